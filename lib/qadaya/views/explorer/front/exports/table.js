// The tables that a reader takes away, as rows.

import { breakdownRows, hasReturns, known } from "../data/view.js";
import { bare, inWesternDigits } from "../words/plain.js";
import { stateText } from "../words/words.js";

/** @import { View, Words } from "../types.d.ts" */
/** @typedef {string | number} Value */

/** The current table, one row a year and code of the breakdown, as `table()` gives it.
 *  @param {View} view @param {Words} words @returns {Value[][]} */
export function tableRows(view, words) {
  const by = view.selection.breakdown;
  const returned = hasReturns(view.facts);
  const head = [words.say("year"), words.say(`by_${by}`), view.measure.name,
    words.say("state"),
    ...returned ? [words.say("returns_received"), words.say("returns_expected")] : []];
  const rows = breakdownRows(view);
  return [head.map(bare), ...view.years.flatMap(({ year, y }, place) =>
    rows.map((row) => {
      const count = row.cells[place];
      const own = by === "circuit";
      const behind = own ? [count.received, count.expected]
        : [view.returns.received[y], view.returns.expected[y]];
      return [year, bare(row.name), known(count) ? count.n : "",
        bare(stateText(view.facts, words, count)), ...returned ? behind : []];
    }))];
}

/** A table of the page as rows: what is drawn is left out, what is read is kept.
 *  @param {HTMLTableElement} table @returns {Value[][]} */
export function rowsOfTable(table) {
  /** @type {Value[][]} */
  const held = [];
  const grid = [...table.rows].map((row, r) => {
    const out = [...(held[r] ?? [])];
    for (const cell of row.cells) if (isRead(cell)) place(cell, out, held, r);
    return out;
  });
  return headersJoined(grid, table.tHead?.rows.length ?? 0);
}

/** @param {Element} cell */
const isRead = (cell) =>
  !cell.hasAttribute("data-drawn") && !cell.classList.contains("qx-gapc");

// Into the first free column of its row, and into all that it spans.
/** @param {HTMLTableCellElement} cell @param {Value[]} out @param {Value[][]} held
 *  @param {number} r */
function place(cell, out, held, r) {
  const free = out.findIndex((value) => value === undefined);
  const at = free < 0 ? out.length : free;
  const text = cellText(cell);
  for (let c = 0; c < cell.colSpan; c += 1) out[at + c] = text;
  for (let below = 1; below < cell.rowSpan; below += 1) {
    held[r + below] ??= [];
    held[r + below][at] = text;
  }
}

// A figure stays a figure; of a cell in words, the words that are read aloud.
/** @param {HTMLTableCellElement} cell @returns {Value} */
function cellText(cell) {
  const copy = /** @type {HTMLElement} */ (cell.cloneNode(true));
  for (const seen of copy.querySelectorAll("[aria-hidden]")) seen.remove();
  const text = bare(inWesternDigits(copy.textContent ?? ""));
  const figure = /^(\d[\d\s.,\u00a0\u202f]*)( \(.*\))?$/.exec(text);
  return cell.tagName === "TD" && figure
    ? Number(figure[1].replace(/[\s.,\u00a0\u202f]/g, "")) : text;
}

// Two lines of headers become one: `NCMEC: Cases`.
/** @param {Value[][]} grid @param {number} lines */
function headersJoined(grid, lines) {
  const head = grid.slice(0, lines);
  const width = Math.max(...grid.map((row) => row.length));
  const joined = Array.from({ length: width }, (_, c) =>
    [...new Set(head.map((row) => row[c] ?? ""))].filter(Boolean).join(": "));
  return [joined, ...grid.slice(lines)];
}
