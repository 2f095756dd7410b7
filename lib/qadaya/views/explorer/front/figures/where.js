// Where the cases are: one question, answered by a map, by bars with their intervals and
// by a table of the years.

import { h } from "../dom/elements.js";
import { circuitRows } from "../data/view.js";
import { yearsText } from "../words/words.js";
import { barsView, drawnOf } from "./bars.js";
import { csvButton, tabbedFigure, viewNamed } from "./frame.js";
import { heatView } from "./heat.js";
import { tileGrid } from "./tiles.js";

/** @import { Actions, Facts, Figure, Row, Savers, View, Words } from "../types.d.ts" */

/** @param {Facts} facts @param {Words} words @param {Savers} save @param {Actions} act
 *  @returns {Figure} */
export function whereFigure(facts, words, save, act) {
  const map = mapOf(facts, words, act);
  const bars = barsView(words);
  const heat = heatView(words);
  const note = h("p", { class: "qx-note" });
  const views = [
    ...map ? [viewNamed(words, "map", map.nodes)] : [],
    viewNamed(words, "chart", bars.nodes),
    viewNamed(words, "table", heat.nodes),
  ];
  const csv = csvButton(words, words.say("by_circuit"), () => fig.chosen() === "table"
    ? save.table(heat.table, "circuits-years") : save.table(bars.table, "circuits"));
  const fig = tabbedFigure(words, facts, "where", views, [csv], note);
  return {
    node: fig.node,
    show(view) {
      const title = words.say("title_circuits",
        { measure: view.measure.name, years: yearsText(view, words) });
      const rows = circuitRows(view);
      const drawn = drawnOf(rows);
      fig.title.textContent = title;
      fig.summary.textContent = mostlyIn(words, drawn);
      map?.show(view);
      bars.show(view, title, drawn);
      heat.show(view, rows);
      note.textContent = noteOf(view, words, drawn.length, rows.length - drawn.length);
    },
  };
}

// Only where every circuit has its place on the map.
/** @param {Facts} facts @param {Words} words @param {Actions} act */
function mapOf(facts, words, act) {
  const { tiles } = facts;
  if (!tiles) return null;
  const grid = tileGrid({ ...facts, tiles }, words, act);
  const how = h("p", { class: "qx-note" }, words.say("tiles_are"), " ",
    h("span", { class: "qx-press" }, words.say("tiles_press")));
  return { nodes: h("div", { class: "qx-where" }, grid.node, how), show: grid.show };
}

/** @param {Words} words @param {Row[]} drawn */
function mostlyIn(words, drawn) {
  /** @param {Row[]} rows */
  const sum = (rows) => rows.reduce((before, row) => before + row.total.n, 0);
  const top = drawn.slice(0, 3);
  return drawn.length > 3 ? words.say("mostly_in", { part: sum(top), total: sum(drawn),
    circuits: words.list(top.map((row) => row.name)) }) : "";
}

/** @param {View} view @param {Words} words @param {number} drawn @param {number} rest */
function noteOf(view, words, drawn, rest) {
  const zeros = view.facts.audience === "shared" ? "more_rounded_zero" : "more_zero";
  return [rest ? words.count(zeros, rest) : "",
    drawn > 1 ? words.say("not_a_ranking") : ""].filter(Boolean).join(" ");
}
