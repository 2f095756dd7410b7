// The table behind the drawing of years: each platform's count and its interval.

import { h, hiddenText, ltr, scrolled } from "../dom/elements.js";
import { breaksIn, hasReturns, known, platformRows, totalOver } from "../data/view.js";
import { cellClass, cellContent, intervalText } from "./cells.js";

/** @import { Children } from "../dom/elements.js" */
/** @import { Count, Facts, Row, View, Words } from "../types.d.ts" */
/** @typedef {Pick<Row, "name" | "cells" | "total">} Group */

/** @param {View} view @param {Words} words @param {string} caption */
export function yearsTable(view, words, caption) {
  const total = { name: words.say("total"), total: totalOver(view, view.years),
    cells: view.years.map((year) => totalOver(view, [year])) };
  const groups = [...platformRows(view), total];
  const breaks = new Set(breaksIn(view).map(({ year }) => year));
  const line = lineOf(view, words, groups);
  const table = h("table", {},
    h("caption", { class: "qx-vh" }, caption),
    heading(view, words, groups),
    h("tbody", {},
      view.years.map(({ year }, k) => {
        const first = breaks.has(year);
        return line(first
          ? [String(year), hiddenText(` (${words.say("break_in_series")})`)]
          : String(year), (group) => group.cells[k], first ? "qx-brkrow" : "");
      }),
      line(words.say("total"), (group) => group.total, "qx-tot")));
  return scrolled(caption, table);
}

/** @param {View} view @param {Words} words @param {Group[]} groups */
const heading = (view, words, groups) =>
  h("thead", {},
    h("tr", {}, h("th", { rowspan: 2, scope: "col", class: "qx-rh" }, words.say("year")),
      groups.map(({ name }) =>
        h("th", { colspan: 2, scope: "colgroup", class: "qx-gs" }, name)),
      hasReturns(view.facts) ? h("th", { rowspan: 2, scope: "col", class: "qx-gs" },
        words.say("returns_received")) : null),
    h("tr", {}, groups.flatMap(() => [
      h("th", { scope: "col", class: "qx-gs" }, view.measure.name),
      h("th", { scope: "col" }, words.say("interval_95"))])));

// A line of the table: the counts that `pick` takes from each group.
/** @param {View} view @param {Words} words @param {Group[]} groups */
const lineOf = ({ facts }, words, groups) =>
  /** @param {Children} name @param {(group: Group) => Count} pick @param {string} kind */
  (name, pick, kind) => {
    const { received, expected } = pick(groups[groups.length - 1]);
    return h("tr", { class: kind }, h("th", { scope: "row", class: "qx-rh" }, name),
      groups.flatMap((group) => pair(facts, words, pick(group))),
      hasReturns(facts) ? h("td", { class: "qx-gs" },
        ltr(`${words.number(received)}/${words.number(expected)}`)) : null);
  };

/** @param {Facts} facts @param {Words} words @param {Count} count */
function pair(facts, words, count) {
  const whole = { ...count, partial: false };
  return [
    h("td", { class: `qx-gs ${cellClass(whole, () => "qx-val")}` },
      cellContent(words, whole)),
    h("td", { class: "qx-iv" }, 
      known(count) ? ltr(intervalText(facts, words, count.range)) : ""),
  ];
}
