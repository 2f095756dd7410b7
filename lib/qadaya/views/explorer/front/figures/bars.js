// Cases by circuit as bars with their intervals, a table that is drawn.

import { h, ltr } from "../dom/elements.js";
import { refill } from "../dom/refill.js";
import { intervalOf } from "../data/chance.js";
import { errorOf } from "../data/errors.js";
import { cellContent, intervalText } from "./cells.js";

/** @import { Count, Facts, Row, View, Words } from "../types.d.ts" */

/** @param {Words} words */
export function barsView(words) {
  const how = h("p", { class: "qx-sum" });
  const table = h("div", {});
  const button = h("button", { type: "button", class: "qx-quiet" });
  const more = h("p", { class: "qx-acts" }, button);
  let whole = false;
  const fold = () => {
    for (const row of table.querySelectorAll(/** @type {"tr"} */ ("tbody tr:nth-child(n+11)")))
      row.hidden = !whole;
    button.textContent = words.say(whole ? "fewer_circuits" : "all_circuits");
  };
  button.addEventListener("click", () => {
    whole = !whole;
    fold();
  });
  return {
    nodes: [how, table, more],
    table,
    /** @param {View} view @param {string} caption @param {Row[]} drawn */
    show(view, caption, drawn) {
      how.textContent = howToRead(words, drawn);
      refill(table, drawn.length ? barsTable(view, words, caption, drawn) : null);
      more.hidden = drawn.length <= 10;
      fold();
    },
  };
}

/** The rows that have a bar, the longest first. @param {Row[]} rows */
export const drawnOf = (rows) =>
  rows.filter(({ total }) => total.n > 0 || total.state === "hidden")
    .sort((one, other) => other.total.n - one.total.n);

/** @param {Words} words @param {Row[]} drawn */
function howToRead(words, drawn) {
  const errors = drawn.map(({ total: { n, range } }) => range ? errorOf(n, range) : 0);
  const error = Math.max(0, ...errors);
  return [words.say("whisker_over_bar"),
    error ? words.say("error_each_circuit", { error: `±${words.number(error)}` }) : ""]
    .filter(Boolean).join(" ");
}

/** @param {View} view @param {Words} words @param {string} caption @param {Row[]} rows */
function barsTable(view, words, caption, rows) {
  const top = Math.max(...rows.map(({ total }) => endOf(view.facts, total)));
  return h("table", { class: "qx-bars" },
    h("caption", { class: "qx-vh" }, caption),
    h("thead", {}, h("tr", {}, h("th", { scope: "col" }, words.say("circuit")),
      h("td", { "data-drawn": true }),
      h("th", { scope: "col", class: "qx-num" }, view.measure.name),
      h("th", { scope: "col", class: "qx-iv" }, words.say("interval_95")))),
    h("tbody", {}, rows.map((row) => barsLine(view.facts, words, row, top))));
}

// How far a bar or its interval reaches.
/** @param {Facts} facts @param {Count} count */
const endOf = ({ chance }, { n, range }) => range ? intervalOf(chance, range).high : n;

/** @param {Facts} facts @param {Words} words @param {Row} row
 *  @param {number} top The longest interval. */
function barsLine(facts, words, { name, total }, top) {
  const hidden = total.state === "hidden";
  return h("tr", {},
    h("th", { scope: "row" }, h("bdi", {}, name)),
    h("td", { "data-drawn": true },
      h("div", { class: "qx-barcell" }, hidden ? null : bar(facts, total, top))),
    h("td", { class: "qx-num" }, cellContent(words, { ...total, partial: false })),
    h("td", { class: "qx-iv" },
      hidden ? "" : ltr(intervalText(facts, words, total.range))));
}

/** @param {Facts} facts @param {Count} count @param {number} top */
function bar({ chance }, { n, range }, top) {
  /** @param {number} part */
  const share = (part) => `${((100 * part) / top).toFixed(2)}%`;
  const whole = h("i", { style: `inline-size:${share(n)}` });
  if (!range) return [whole];
  const { low, high } = intervalOf(chance, range);
  return [whole,
    h("u", { style: `inset-inline-start:${share(low)};inline-size:${share(high - low)}` })];
}
