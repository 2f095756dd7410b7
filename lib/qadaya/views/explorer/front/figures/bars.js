// Cases by circuit as bars with their intervals: a table that is drawn.

import { h, ltr } from "../dom/elements.js";
import { refill } from "../dom/refill.js";
import { chosenPart, errorBound, oneCircuit } from "../data/bounds.js";
import { chanceInterval } from "../data/chance.js";
import { circuitRows } from "../data/view.js";
import { yearsText } from "../words/words.js";
import { cellContent, intervalText } from "./cells.js";
import { csvButton, figure } from "./frame.js";

/** @import { Facts, Figure, Row, Savers, View, Words } from "../types.d.ts" */

/** @param {Facts} facts @param {Words} words @param {Savers} save @returns {Figure} */
export function barsFigure(facts, words, save) {
  const body = h("div", {});
  const note = h("p", { class: "qx-note" });
  const csv = csvButton(words, words.say("by_circuit"), () => save.table(body, "circuits"));
  const fig = figure(words, facts, "bars", [body, note], [csv]);
  return {
    node: fig.node,
    show(view) {
      const caption = words.say("title_circuits",
        { measure: view.measure.name, years: yearsText(view, words) });
      const rows = circuitRows(view);
      const drawn = rows.filter(({ total }) => total.n > 0 || total.state === "hidden")
        .sort((one, other) => other.total.n - one.total.n);
      fig.title.textContent = caption;
      fig.summary.textContent = summary(view, words, drawn);
      refill(body, drawn.length ? barsTable(view, words, caption, drawn) : null);
      note.textContent = noteOf(view, words, drawn.length, rows.length - drawn.length);
    },
  };
}

/** @param {View} view @param {Words} words @param {number} drawn @param {number} rest */
function noteOf(view, words, drawn, rest) {
  const zeros = view.facts.audience === "shared" ? "more_rounded_zero" : "more_zero";
  return [rest ? words.count(zeros, rest) : "",
    drawn > 1 ? words.say("not_a_ranking") : ""].filter(Boolean).join(" ");
}

/** @param {View} view @param {Words} words @param {Row[]} drawn */
function summary(view, words, drawn) {
  /** @param {Row[]} rows */
  const sum = (rows) => rows.reduce((before, row) => before + row.total.n, 0);
  const top = drawn.slice(0, 3);
  const error = errorBound(view.facts, { ...chosenPart(view), courts: oneCircuit(view) });
  return [
    drawn.length > 3 ? words.say("mostly_in", { part: sum(top), total: sum(drawn),
      circuits: words.list(top.map((row) => row.name)) }) : "",
    words.say("whisker_over_bar"),
    error ? words.say("error_each_circuit", { error: `±${error}` }) : "",
  ].filter(Boolean).join(" ");
}

/** @param {View} view @param {Words} words @param {string} caption @param {Row[]} rows */
function barsTable(view, words, caption, rows) {
  const top = Math.max(...rows.map(({ total }) => chanceInterval(total.n).high));
  return h("table", { class: "qx-bars" },
    h("caption", { class: "qx-vh" }, caption),
    h("thead", {}, h("tr", {}, h("th", { scope: "col" }, words.say("circuit")),
      h("td", { "data-drawn": true }),
      h("th", { scope: "col", class: "qx-num" }, view.measure.name),
      h("th", { scope: "col", class: "qx-iv" }, words.say("interval_95")))),
    h("tbody", {}, rows.map((row) => barsLine(words, row, top))));
}

/** @param {Words} words @param {Row} row @param {number} top The longest interval. */
function barsLine(words, { name, total }, top) {
  const hidden = total.state === "hidden";
  return h("tr", {},
    h("th", { scope: "row" }, h("bdi", {}, name)),
    h("td", { "data-drawn": true },
      h("div", { class: "qx-barcell" }, hidden ? null : bar(total.n, top))),
    h("td", { class: "qx-num" }, cellContent(words, { ...total, partial: false })),
    h("td", { class: "qx-iv" }, hidden ? "" : ltr(intervalText(words, total.n))));
}

/** @param {number} n @param {number} top */
function bar(n, top) {
  /** @param {number} part */
  const share = (part) => `${((100 * part) / top).toFixed(2)}%`;
  const { low, high } = chanceInterval(n);
  return [
    h("i", { style: `inline-size:${share(n)}` }),
    h("u", { style: `inset-inline-start:${share(low)};inline-size:${share(high - low)}` }),
  ];
}
