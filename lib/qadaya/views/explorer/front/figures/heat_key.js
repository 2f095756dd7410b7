// The key to the cells of the tinted table, and who owes a return.

import { h, ltr } from "../dom/elements.js";
import { errorOf } from "../data/errors.js";
import { breaksIn, hasReturns } from "../data/view.js";
import { tintSteps } from "./cells.js";

/** @import { Children } from "../dom/elements.js" */
/** @import { Row, View, Words } from "../types.d.ts" */

/** @param {string} kind @param {Children} text */
const swatch = (kind, text = "") =>
  h("span", { class: `qx-sw ${kind}`, "aria-hidden": "true" }, text);
/** @param {Node} mark @param {string} text */
const item = (mark, text) => h("li", {}, mark, h("span", {}, text));

/** @param {View} view @param {Words} words @param {Row[]} rows */
export function heatKey(view, words, rows) {
  return [
    h("h4", {}, words.say("key_title")),
    h("ul", {}, ...cellKey(view, words, rows),
      breaksIn(view).length ? item(swatch("qx-br"), words.say("break_in_series")) : null),
  ];
}

/** What a cell can look like. @param {View} view @param {Words} words @param {Row[]} rows */
export function cellKey(view, words, rows) {
  const shared = view.facts.audience === "shared";
  const anyHidden = rows.some((row) => row.cells.some(({ state }) => state === "hidden"));
  return [
    h("li", { class: "qx-ramps" }, ramp(rows), h("span", {}, words.say("key_value"))),
    item(swatch("qx-z", "0"), zeroText(view, words, rows)),
    ...hasReturns(view.facts) ? ofReturns(words, shared)
      : [item(swatch("", "–"), words.say("key_not_given"))],
    anyHidden ? item(swatch("qx-hid", "[c]"), words.say("key_hidden")) : null,
  ];
}

// What only counts can be that come from returns.
/** @param {Words} words @param {boolean} shared */
const ofReturns = (words, shared) => [
  shared ? null : item(swatch("qx-z qx-nil", h("u", {}, "0")), words.say("key_nil")),
  item(swatch("qx-nr", h("span", {}, words.say("not_reported_short"))),
    words.say("key_missing")),
  item(swatch("qx-part"), words.say("some_missing")),
  item(swatch("", "–"), words.say("key_not_established")),
];

/** @param {Row[]} rows */
function ramp(rows) {
  const { low, steps } = tintSteps(rows);
  const ends = [low, ...steps];
  const ranges = ends.map((start, k) => {
    if (k === 3) return `${start}+`;
    return start === ends[k + 1] - 1 ? `${start}` : `${start}–${ends[k + 1] - 1}`;
  });
  return h("span", { class: "qx-ramp", "aria-hidden": "true" },
    ranges.map((range, k) => h("span", { class: `qx-sw qx-v${k + 1}` }, ltr(range))));
}

/** @param {View} view @param {Words} words @param {Row[]} rows */
function zeroText({ facts }, words, rows) {
  if (facts.audience !== "shared") return words.say("key_zero");
  const zeros = rows.flatMap(({ cells }) => cells).filter(({ state }) => state === "zero");
  const most = Math.max(0, ...zeros.map(({ range }) => range?.most ?? Infinity));
  return Number.isFinite(most) && most > 0
    ? words.count("key_rounded_zero", most) : words.say("key_rounded");
}

/** The largest error of a cell. @param {Row[]} rows */
export const cellError = (rows) => Math.max(0, ...rows.flatMap(({ cells }) =>
  cells.map(({ n, range }) => range ? errorOf(n, range) : 0)));

/** Inside the desk, the courts that owe a return are named.
 *  @param {View} view @param {Words} words */
export function missingCourts(view, words) {
  const { facts, cube, sums, years } = view;
  if (facts.audience === "shared") return null;
  const code = facts.statuses.indexOf("missing");
  const lines = years.map(({ year, y }) => {
    const names = facts.courts
      .filter((_, court) => sums.courtOn[court] &&
        cube.reporting[court * cube.sizes.year + y] === code)
      .map((court) => court.name);
    return names.length ? h("li", {}, h("b", {}, `${year}: `), names.join(words.say("comma")))
      : null;
  });
  if (!lines.some(Boolean)) return null;
  return h("details", { class: "qx-twin" },
    h("summary", { class: "qx-caret" }, words.say("courts_missing")), h("ul", {}, lines));
}
