// A table with a column a year; a break in the series is a column too.

import { h, hiddenText } from "../dom/elements.js";
import { breaksIn } from "../data/view.js";
import { cellClass, cellContent, tintSteps } from "./cells.js";

/** @import { Count, Row, View, Words } from "../types.d.ts" */
/** @typedef {{ gap: true } | { gap?: false, year: number, place: number }} Column */
/** @typedef {Pick<Row, "name" | "cells" | "total">} Line */
/** @typedef {{ columns: Column[], gap: () => HTMLElement,
 *   line: (row: Line, kind?: string) => HTMLElement }} Parts */

/**
 * @param {View} view
 * @param {Words} words
 * @param {{ caption: string, corner: string, rows: Row[], tinted?: boolean,
 *   footer?: (parts: Parts) => HTMLElement[] }} content
 */
export function yearTable(view, words, { caption, corner, rows, tinted, footer }) {
  const columns = yearColumns(view, words);
  const { tint } = tintSteps(rows);
  const parts = lineParts(columns, words,
    tinted ? (n) => `qx-v${tint(n)}` : () => "qx-val");
  return h("table", { class: `qx-years${tinted ? " qx-heat" : ""}` },
    h("caption", { class: "qx-vh" }, caption),
    heading(columns, corner, words),
    h("tbody", {}, rows.map((row) => parts.line(row))),
    footer ? h("tfoot", {}, footer(parts)) : null);
}

/** @param {View} view @param {Words} words @returns {Column[]} */
function yearColumns(view, words) {
  const breaks = new Set(breaksIn(view).map(({ year }) => year));
  /** @type {Column[]} */
  const columns = view.years.flatMap(({ year }, place) =>
    breaks.has(year) ? [{ gap: true }, { year, place }] : [{ year, place }]);
  // Years ascend from left to right in every language.
  return words.rtl ? columns.reverse() : columns;
}

/** @param {Column[]} columns @param {Words} words @param {(n: number) => string} tint
 *  @returns {Parts} */
function lineParts(columns, words, tint) {
  const gap = () => h("td", { class: "qx-gapc" });
  /** @param {Count} count */
  const cell = (count, kind = "") =>
    h("td", { class: `${kind}${cellClass(count, tint)}` }, cellContent(words, count));
  /** @param {Line} row */
  const line = (row, kind = "") =>
    h("tr", { class: kind }, h("th", { scope: "row" }, h("bdi", {}, row.name)),
      columns.map((column) => column.gap ? gap() : cell(row.cells[column.place])),
      cell({ ...row.total, partial: false }, "qx-sumc "));
  return { columns, gap, line };
}

/** @param {Column[]} columns @param {string} corner @param {Words} words */
const heading = (columns, corner, words) =>
  h("thead", {}, h("tr", {}, h("th", { scope: "col", class: "qx-rh" }, corner),
    columns.map((column) => column.gap
      ? h("td", { class: "qx-gapc" }, hiddenText(words.say("break_in_series")))
      : h("th", { scope: "col" }, String(column.year))),
    h("th", { scope: "col" }, words.say("total"))));
