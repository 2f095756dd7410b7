// The key figures: each measure with its error and interval, and the completeness.

import { h, ltr } from "../dom/elements.js";
import { errorOf } from "../data/errors.js";
import { hasReturns, rangeIn } from "../data/view.js";
import { intervalText } from "../figures/cells.js";
import { bare } from "../words/plain.js";

/** @import { Children } from "../dom/elements.js" */
/** @import { Measure, View, Words } from "../types.d.ts" */

const PLACE = "\uE000";

/** @param {View} view @param {Words} words */
export const keyFigures = (view, words) =>
  [...view.facts.measures.map((measure, k) => measureFigure(view, words, measure, k)),
    ...hasReturns(view.facts) ? [completeness(view, words)] : []];

/** @param {View} view @param {Words} words @param {Measure} measure @param {number} k */
function measureFigure(view, words, measure, k) {
  const n = view.sums.totals[k];
  if (view.sums.hiddenTotals[k])
    return keyFigure(measure.name, "[c]", "", words.say("state_hidden"));
  const range = rangeIn(view, n, view.part, view.years, measure.id);
  const error = range ? errorOf(n, range) : 0;
  return keyFigure(measure.name, words.number(n), error ? `±${words.number(error)}` : "",
    range ? interval(words, intervalText(view.facts, words, range))
      : words.say("rounding_unknown"));
}

// The range stays on one line.
/** @param {Words} words @param {string} span */
function interval(words, span) {
  const [before, after] = bare(words.say("chance_interval", { span: PLACE })).split(PLACE);
  return [before, ltr(span), after];
}

/** @param {View} view @param {Words} words */
function completeness({ returns, years }, words) {
  const { year, y } = years[years.length - 1];
  const [n, m] = [returns.received[y], returns.expected[y]];
  const meter = h("span", { class: "qx-meter", "aria-hidden": "true" },
    h("i", { style: `inline-size:${m ? (100 * n) / m : 0}%` }));
  return keyFigure(words.say("courts_that_reported", { year: String(year) }),
    words.number(n), words.say("of_m", { m }), "", meter);
}

/** @param {string} name @param {string} big @param {string} small @param {Children} note
 *  @param {Node} [meter] */
const keyFigure = (name, big, small, note, meter) =>
  h("div", { class: "qx-keyfig" }, h("dt", {}, name),
    h("dd", { class: "qx-big" }, h("bdi", {}, big),
      // The space is for those who hear or copy it.
      ...small ? [" ", h("small", {}, h("bdi", {}, small))] : []),
    h("dd", { class: "qx-keysub" }, meter, note));
