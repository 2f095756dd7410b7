// Circuit by year, or court by year where a reader asks for it, as a tinted table.

import { h, scrolled } from "../dom/elements.js";
import { refill } from "../dom/refill.js";
import { courtRows, hasReturns, totalOver } from "../data/view.js";
import { measured } from "./frame.js";
import { cellError, heatKey, missingCourts } from "./heat_key.js";
import { yearTable } from "./year_table.js";

/** @import { Row, View, Words } from "../types.d.ts" */

/** @param {Words} words */
export function heatView(words) {
  const how = h("p", { class: "qx-sum" });
  const table = h("div", {});
  const thin = h("div", { class: "qx-thin", role: "note", hidden: true });
  const key = h("div", { class: "qx-key" });
  /** @type {[View, Row[]]} */
  let last;
  const draw = () => {
    const [view, circuits] = last;
    const byCourt = level(view);
    const rows = byCourt ? courtRows(view) : circuits;
    const caption = measured(view, words, byCourt ? "cap_courts" : "cap_circuits");
    how.textContent = howToRead(view, words, rows);
    refill(table, scrolled(caption, yearTable(view, words, { caption,
      corner: words.say(byCourt ? "court" : "circuit"), rows, tinted: true })));
    refill(key, ...heatKey(view, words, rows), missingCourts(view, words));
  };
  const level = levelChoice(words, thin, draw);
  return {
    nodes: [how, h("div", { class: "qx-heatgrid" }, table, h("div", {}, thin, key))],
    table,
    /** @param {View} view @param {Row[]} circuits */
    show(view, circuits) {
      last = [view, circuits];
      draw();
    },
  };
}

/** @param {View} view @param {Words} words @param {Row[]} rows */
function howToRead(view, words, rows) {
  const error = cellError(rows);
  return [words.say("read_rows", { p: view.facts.p_of_3_and_6 }),
    error ? words.say("error_each_cell", { error: `±${error}` }) : ""]
    .filter(Boolean).join(" ");
}

// Court by year is mostly thinner than one case a return; then circuits are shown,
// and courts are one button away. What it gives says whether courts are wanted.
/** @param {Words} words @param {HTMLElement} place @param {() => void} redraw */
function levelChoice(words, place, redraw) {
  const title = h("b", {});
  const text = h("span", {});
  const button = h("button", { type: "button", class: "qx-quiet" });
  let wanted = false;
  button.addEventListener("click", () => {
    wanted = !wanted;
    redraw();
  });
  place.append(title, text, h("p", { class: "qx-acts" }, button));
  /** @param {View} view */
  return (view) => {
    const total = totalOver(view, view.years);
    // Without groups a table by group is one by court already.
    place.hidden = view.facts.circuits.length === view.facts.courts.length;
    const thin = hasReturns(view.facts) && total.n < total.received;
    const parts = { cases: words.count("cases", total.n),
      returns: words.count("returns", total.received) };
    title.textContent = words.say(thin ? "too_thin_court" : "by_court_too");
    text.textContent = words.say(thin ? "thin_reason" : "court_reason", parts);
    button.textContent = words.say(wanted ? "show_circuits" : "show_courts");
    return wanted;
  };
}
