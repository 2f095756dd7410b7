// What stands in the cell of a table: a count with its state, and its tint.

import { h, hiddenText } from "../dom/elements.js";
import { intervalOf } from "../data/chance.js";
import { rangesKept } from "../words/words.js";

/** @import { Count, Facts, Range, Row, Words } from "../types.d.ts" */

/** Four tints: the design's steps for small counts, quarters of the largest beyond.
 *  @param {Row[]} rows */
export function tintSteps(rows) {
  const shown = rows.flatMap((row) => row.cells).map((cell) => cell.n)
    .filter((n) => n > 0);
  const top = Math.max(0, ...shown);
  const low = Math.min(3, ...shown);
  const steps = top <= 12 ? [4, 6, 8]
    : [0.25, 0.5, 0.75].map((share) => Math.ceil(top * share));
  /** @param {number} n */
  const tint = (n) => 1 + steps.filter((step) => n >= step).length;
  return { low, steps, tint };
}

/** The interval over all that rounding allows; a dash where nothing bounds that.
 *  @param {Facts} facts @param {Words} words @param {Range | null} range */
export function intervalText({ chance }, words, range) {
  if (!range) return "–";
  const { low, high } = intervalOf(chance, range);
  return rangesKept(`${words.number(Math.round(low))}–${words.number(Math.round(high))}`);
}

/** What a state is shown as in place of a figure; null where there is one.
 *  @param {Words} words @param {Count} count */
export function signOf(words, { state }) {
  if (state === "not_reported") return words.say("not_reported_short");
  if (state === "not_established" || state === "not_given") return "–";
  return state === "hidden" ? "[c]" : null;
}

/** What stands in a cell, and what is said of it to those who do not see it.
 *  @param {Words} words @param {Count} count */
export function cellContent(words, count) {
  const sign = signOf(words, count);
  if (sign)
    return [h("span", { "aria-hidden": "true" }, sign),
      hiddenText(words.say(`state_${count.state}`))];
  const figure = words.number(count.n);
  const { nil } = count;
  return [nil ? h("u", {}, figure) : figure,
    nil ? hiddenText(` (${words.say("state_nil")})`) : null,
    count.partial ? hiddenText(` (${words.say("some_missing")})`) : null];
}

/** @type {Record<string, string>} */
const CLASS = { not_reported: "qx-nr", not_established: "qx-na",
  not_given: "qx-na", hidden: "qx-hid" };

/** The class of a cell. @param {Count} count @param {(n: number) => string} tint */
export function cellClass(count, tint) {
  const zero = count.nil ? "qx-z qx-nil" : "qx-z";
  const own = CLASS[count.state] ?? (count.n === 0 ? zero : tint(count.n));
  return `${own}${count.partial ? " qx-part" : ""}`;
}
