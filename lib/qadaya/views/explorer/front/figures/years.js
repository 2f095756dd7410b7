// Cases over the years by platform: the figure, its sentence and its words.

import { h } from "../dom/elements.js";
import { refill } from "../dom/refill.js";
import { verdictOf } from "../data/chance.js";
import { breaksIn, known, platformRows } from "../data/view.js";
import { csvButton, imageButtons, measured, tabbedFigure, viewNamed } from "./frame.js";
import { plotPlace } from "./plot.js";
import { yearsDrawing } from "./years_drawing.js";
import { yearsTable } from "./years_table.js";

/** @import { Count, Facts, Figure, Savers, View, Words } from "../types.d.ts" */

/** @param {Facts} facts @param {Words} words @param {Savers} save @returns {Figure} */
export function yearsFigure(facts, words, save) {
  const plot = plotPlace(words, yearsDrawing(words, facts));
  const twin = h("div", {});
  const name = words.say("by_year");
  const views = [viewNamed(words, "chart", plot.nodes), viewNamed(words, "table", twin)];
  const fig = tabbedFigure(words, facts, "years", views, [
    csvButton(words, name, () => save.table(twin, "years-platforms")),
    ...imageButtons(plot, words, save, "years-platforms", name),
  ]);
  return {
    node: fig.node,
    plot,
    show(view) {
      const title = measured(view, words, "title_years");
      fig.title.textContent = title;
      fig.summary.textContent = summary(view, words);
      refill(twin, yearsTable(view, words, title));
      plot.show(view, `${title}. ${inWords(view, words)}`);
    },
  };
}

// The last two years that may be compared, and whether chance explains the change.
/** @param {View} view @param {Words} words */
function summary(view, words) {
  const [before, last] = view.years.slice(-2);
  const pairs = comparablePairs(view).map(({ name, one, other }) => {
    const verdict = one.range && other.range
      ? verdictOf(view.facts.chance, one.range, other.range) : "open";
    return words.say(`pair_${verdict}`,
      { platform: name, before: one.n, after: other.n });
  });
  return [
    pairs.length ? words.say("from_to", { first: String(before.year),
      last: String(last.year), changes: words.list(pairs, "unit") }) : "",
    words.say("upright_lines"),
  ].filter(Boolean).join(" ");
}

// Each platform's counts of the last two years, unless the series breaks between them.
/** @param {View} view @returns {{ name: string, one: Count, other: Count }[]} */
function comparablePairs(view) {
  const last = view.years[view.years.length - 1];
  if (view.years.length < 2 || breaksIn(view).some(({ year }) => year === last.year))
    return [];
  return platformRows(view)
    .map(({ name, cells }) => {
      const [one, other] = cells.slice(-2);
      return { name, one, other };
    })
    .filter(({ one, other }) => known(one) && known(other) && one.n + other.n > 0);
}

/** @param {View} view @param {Words} words */
function inWords(view, words) {
  /** @param {Count} count */
  const said = (count) =>
    known(count) ? words.number(count.n) : words.say(`state_${count.state}`);
  return platformRows(view)
    .map(({ name, cells }) => {
      const counts = cells.map((cell, k) => `${view.years[k].year} ${said(cell)}`);
      return `${name}: ${counts.join(words.say("comma"))}`;
    })
    .join(". ");
}
