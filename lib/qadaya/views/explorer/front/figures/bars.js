// Cases by circuit: tiles where the circuits lie, and bars with their intervals, a table
// that is drawn.

import { h, ltr } from "../dom/elements.js";
import { refill } from "../dom/refill.js";
import { intervalOf } from "../data/chance.js";
import { errorOf } from "../data/errors.js";
import { circuitRows } from "../data/view.js";
import { yearsText } from "../words/words.js";
import { cellContent, intervalText } from "./cells.js";
import { csvButton, figure } from "./frame.js";
import { tileGrid } from "./tiles.js";

/** @import { Actions, Count, Facts, Figure, Row, Savers, View, Words } from "../types.d.ts" */

/** @param {Facts} facts @param {Words} words @param {Savers} save @param {Actions} act
 *  @returns {Figure} */
export function barsFigure(facts, words, save, act) {
  const body = h("div", {});
  const note = h("p", { class: "qx-note" });
  const button = h("button", { type: "button", class: "qx-quiet" });
  const more = h("p", { class: "qx-acts" }, button);
  let whole = false;
  const fold = () => {
    for (const row of body.querySelectorAll(/** @type {"tr"} */ ("tbody tr:nth-child(n+11)")))
      row.hidden = !whole;
    button.textContent = words.say(whole ? "fewer_circuits" : "all_circuits");
  };
  button.addEventListener("click", () => {
    whole = !whole;
    fold();
  });
  const csv = csvButton(words, words.say("by_circuit"), () => save.table(body, "circuits"));
  const map = mapOf(facts, words, act);
  const where = h("div", { class: map ? "qx-where" : "" }, map?.node,
    h("div", {}, body, more));
  const fig = figure(words, facts, "bars", [where, note], [csv]);
  return {
    node: fig.node,
    show(view) {
      const caption = words.say("title_circuits",
        { measure: view.measure.name, years: yearsText(view, words) });
      const rows = circuitRows(view);
      const drawn = rows.filter(({ total }) => total.n > 0 || total.state === "hidden")
        .sort((one, other) => other.total.n - one.total.n);
      fig.title.textContent = caption;
      fig.summary.textContent = summary(words, drawn, map !== null);
      map?.show(view);
      refill(body, drawn.length ? barsTable(view, words, caption, drawn) : null);
      more.hidden = drawn.length <= 10;
      fold();
      note.textContent = noteOf(view, words, drawn.length, rows.length - drawn.length);
    },
  };
}

// Only where every circuit has its place on the map.
/** @param {Facts} facts @param {Words} words @param {Actions} act */
function mapOf(facts, words, act) {
  const { tiles } = facts;
  return tiles ? tileGrid({ ...facts, tiles }, words, act) : null;
}

/** @param {View} view @param {Words} words @param {number} drawn @param {number} rest */
function noteOf(view, words, drawn, rest) {
  const zeros = view.facts.audience === "shared" ? "more_rounded_zero" : "more_zero";
  return [rest ? words.count(zeros, rest) : "",
    drawn > 1 ? words.say("not_a_ranking") : ""].filter(Boolean).join(" ");
}

/** @param {Words} words @param {Row[]} drawn @param {boolean} map */
function summary(words, drawn, map) {
  /** @param {Row[]} rows */
  const sum = (rows) => rows.reduce((before, row) => before + row.total.n, 0);
  const top = drawn.slice(0, 3);
  const errors = drawn.map(({ total: { n, range } }) => range ? errorOf(n, range) : 0);
  const error = Math.max(0, ...errors);
  return [
    drawn.length > 3 ? words.say("mostly_in", { part: sum(top), total: sum(drawn),
      circuits: words.list(top.map((row) => row.name)) }) : "",
    map ? words.say("tiles_how") : "",
    words.say("whisker_over_bar"),
    error ? words.say("error_each_circuit", { error: `±${words.number(error)}` }) : "",
  ].filter(Boolean).join(" ");
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
