// The table of the breakdown, with its total and the returns behind it.

import { h, ltr, quiet, scrolled } from "../dom/elements.js";
import { refill } from "../dom/refill.js";
import { breakdownRows, hasReturns, sumOver, totalOver } from "../data/view.js";
import { figure } from "./frame.js";
import { yearTable } from "./year_table.js";

/** @import { Facts, Figure, Savers, View, Words } from "../types.d.ts" */
/** @import { Parts } from "./year_table.js" */

/** @param {Facts} facts @param {Words} words @param {Savers} save @returns {Figure} */
export function breakdownFigure(facts, words, save) {
  const body = h("div", {});
  const csv = quiet("CSV", words.say("download_csv"), save.csv);
  const fig = figure(words, facts, "table", body, [csv]);
  return {
    node: fig.node,
    show(view) {
      const { breakdown } = view.selection;
      // Platforms by year are the table of the figure of years already.
      fig.node.hidden = breakdown === "platform";
      if (fig.node.hidden) return;
      const by = words.say(`by_${breakdown}`);
      const caption = words.say("title_breakdown",
        { measure: view.measure.name, by: by.toLocaleLowerCase(words.language) });
      fig.title.textContent = caption;
      fig.summary.textContent = words.say(hasReturns(facts) ? "sum_breakdown" : "sum_frame", {
        received: returnsSum(view, "received"),
        expected: returnsSum(view, "expected"),
        measure: view.measure.name,
      });
      const table = yearTable(view, words, { caption, corner: by,
        rows: breakdownRows(view), footer: totalLines(view, words) });
      refill(body, scrolled(caption, table));
    },
  };
}

/** @param {View} view @param {"received" | "expected"} name */
const returnsSum = (view, name) =>
  sumOver(view.returns[name], 0, view.cube.sizes.year, view.years);

// Two closing lines: the total, and the returns that came of those expected.
/** @param {View} view @param {Words} words @returns {(parts: Parts) => HTMLElement[]} */
const totalLines = (view, words) => ({ columns, gap, line }) => {
  const { returns, years } = view;
  /** @param {number} received @param {number} expected */
  const came = (received, expected) =>
    ltr(`${words.number(received)}/${words.number(expected)}`);
  const total = { name: words.say("total"), total: totalOver(view, years),
    cells: years.map((year) => totalOver(view, [year])) };
  if (!hasReturns(view.facts)) return [line(total, "qx-tot")];
  return [
    line(total, "qx-tot"),
    h("tr", { class: "qx-ret" }, h("th", { scope: "row" }, words.say("returns_received")),
      columns.map((column) => {
        if (column.gap) return gap();
        const { y } = years[column.place];
        return h("td", { class: "qx-val" }, came(returns.received[y], returns.expected[y]));
      }),
      h("td", { class: "qx-sumc" },
        came(returnsSum(view, "received"), returnsSum(view, "expected")))),
  ];
};
