// The flow of cases: the figure, its sentence, and the ladder of bars behind it.

import { h } from "../dom/elements.js";
import { refill } from "../dom/refill.js";
import { csvButton, imageButtons, tabbedFigure, viewNamed } from "./frame.js";
import { flowDrawing } from "./flow_drawing.js";
import { flowOf } from "./flow_steps.js";
import { plotPlace } from "./plot.js";

/** @import { Facts, Figure, Savers, View, Words } from "../types.d.ts" */
/** @typedef {import("./flow_steps.js").Part & { out?: boolean }} Line */

/** @param {Facts} facts @param {Words} words @param {Savers} save @returns {Figure} */
export function flowFigure(facts, words, save) {
  const plot = plotPlace(words, flowDrawing(words, facts));
  const twin = h("div", {});
  const name = words.say("title_flow");
  const views = [viewNamed(words, "chart", plot.nodes), viewNamed(words, "table", twin)];
  const fig = tabbedFigure(words, facts, "flow", views, [
    csvButton(words, name, () => save.table(twin, "flow")),
    ...imageButtons(plot, words, save, "flow", name),
  ]);
  fig.title.textContent = name;
  return {
    node: fig.node,
    plot,
    show(view) {
      const [all, prosecuted, decided, , cassation] = flowOf(view);
      const sentence = words.count("flow_summary", all.n, { prosecuted: prosecuted.n,
        decided: decided.n, cassation: cassation.n });
      fig.summary.textContent = [sentence, words.say("flow_time"),
        view.selection.measure === "cases" ? "" : words.say("flow_all_cases")]
        .filter(Boolean).join(" ");
      refill(twin, ladder(view, words, name));
      plot.show(view, `${name}. ${sentence}`);
    },
  };
}

/** @param {View} view @param {Words} words @param {string} caption */
function ladder(view, words, caption) {
  /** @type {Line[]} */
  const rows = flowOf(view).flatMap((step) => [
    { key: step.key, n: step.n },
    ...step.exits.map((exit) => ({ ...exit, out: true })),
  ]);
  const top = Math.max(1, rows[0].n);
  return h("table", { class: "qx-bars qx-ladder" },
    h("caption", { class: "qx-vh" }, caption),
    h("thead", {}, h("tr", {}, h("th", { scope: "col" }, words.say("step")),
      h("td", { "data-drawn": true }),
      h("th", { scope: "col", class: "qx-num" }, words.say("cases")))),
    h("tbody", {}, rows.map((row) => rung(row, top, words))));
}

/** @param {Line} row @param {number} top @param {Words} words */
const rung = ({ key, n, out }, top, words) =>
  h("tr", {},
    h("th", { scope: "row", class: out ? "qx-in1" : "" }, words.say(key)),
    h("td", { "data-drawn": true }, h("div", { class: "qx-barcell" },
      h("i", { class: out ? "qx-out" : "",
        style: `inline-size:${((100 * n) / top).toFixed(2)}%` }))),
    h("td", { class: "qx-num" }, words.number(n)));
