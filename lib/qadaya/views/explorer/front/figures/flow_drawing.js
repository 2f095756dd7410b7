// The flow, drawn: bands as wide as the cases that took them.

import { drawing, linesWithin } from "./drawing.js";
import { flowOf } from "./flow_steps.js";

/** @import { Draw, Facts, Theme, Words } from "../types.d.ts" */
/** @import { Part, Step } from "./flow_steps.js" */
/** @typedef {Part & { top: number, tall: number, trunk?: boolean }} Placed In pixels. */
/** @typedef {Part & { column: number, tall: number, ends: Placed[] }} PlacedStep */
/** @typedef {{ width: number, inner: number, mirrored: boolean, theme: Theme }} Size */

// Where the columns begin, as shares of the width; the last leaves room for words.
const COLUMNS = [0, 0.22, 0.43, 0.64, 0.84];
const THICK = 9;
const PAD = 24;
const LINE = 17;
const MARGIN = { l: 4, r: 4, t: LINE, b: 12 };
const INNER = 272;

/** @param {Words} words @param {Facts} facts @returns {Draw} */
export const flowDrawing = (words, facts) => (view, width, theme) => {
  const inner = INNER;
  const flow = flowOf(view);
  const steps = flow[0].n > 0 ? placed(flow, inner) : [];
  const mirrored = words.rtl;
  const size = { width: width - MARGIN.l - MARGIN.r, inner, mirrored, theme };
  const heads = steps.map((step) => headOf(step, words, size));
  const top = MARGIN.t + LINE * Math.max(1, ...heads.map((lines) => lines.length));
  const labels = steps.flatMap((step, k) => [
    head(step.column, heads[k], words, size),
    ...step.ends.filter((end) => !end.trunk)
      .map((end) => label(end, step.column + 1, words, size)),
  ]);
  const corner = { x: mirrored ? 0 : 1, y: 0, yanchor: "bottom",
    xanchor: mirrored ? "left" : "right" };
  return {
    data: steps.filter((step) => step.ends.length).map((step) => trace(step, size)),
    layout: drawing(theme, words, facts, corner,
      { height: top + inner + MARGIN.b, margin: { ...MARGIN, t: top }, annotations: labels }),
  };
};

/** @template {Part} P @param {P[]} list */
const someCases = (list) => list.filter(({ n }) => n > 0);

// Each step with what it leads to, first what goes on; sizes and places in pixels.
/** @param {Step[]} steps @param {number} inner @returns {PlacedStep[]} */
function placed(steps, inner) {
  const reached = someCases(steps);
  const parts = reached.map((step, k) => [
    ...(reached[k + 1] ? [{ ...reached[k + 1], trunk: true }] : []),
    ...someCases(step.exits),
  ]);
  const most = Math.max(...parts.map((list) => list.length));
  const scale = (inner - (most - 1) * PAD) / steps[0].n;
  return reached.map((step, k) => {
    let top = 0;
    const ends = parts[k].map((part) => {
      const end = { ...part, top, tall: part.n * scale };
      top += end.tall + PAD;
      return end;
    });
    return { ...step, column: k, tall: step.n * scale, ends };
  });
}

// One sankey a step, so that what goes on is always on top: plotly orders the bands of
// a longer chain by its own lights. Neighbours draw the node they share in one place.
/** @param {PlacedStep} step @param {Size} size */
function trace(step, { width, inner, mirrored, theme }) {
  const left = COLUMNS[step.column];
  const across = (COLUMNS[step.column + 1] - left) * width + THICK;
  const tall = step.ends.reduce((sum, end) => sum + end.tall + PAD, -PAD);
  const near = THICK / 2 / across;
  /** @param {number} x */
  const side = (x) => (mirrored ? 1 - x : x);
  const nodes = [{ tall: step.tall, top: 0, trunk: true, x: side(near) },
    ...step.ends.map((end) => ({ ...end, x: side(1 - near) }))];
  return {
    type: "sankey",
    arrangement: "fixed",
    domain: { x: [left, left + across / width].map(side).sort((one, other) => one - other),
      y: [1 - tall / inner, 1] },
    node: { x: nodes.map((node) => node.x),
      y: nodes.map((node) => (node.top + node.tall / 2) / tall),
      label: nodes.map(() => ""), pad: PAD, thickness: THICK, line: { width: 0 },
      color: nodes.map((node) => theme[node.trunk ? "accent" : "exit-node"]) },
    link: linksOf(step, mirrored, theme),
  };
}

// Mirrored, a step is told from its end: plotly only draws left to right.
/** @param {PlacedStep} step @param {boolean} mirrored @param {Theme} theme */
function linksOf({ ends }, mirrored, theme) {
  const others = ends.map((_, k) => k + 1);
  const first = ends.map(() => 0);
  return { source: mirrored ? others : first, target: mirrored ? first : others,
    value: ends.map((end) => end.n),
    color: ends.map((end) => theme[end.trunk ? "flow" : "exit"]) };
}

// A step's name with its count, in lines that end before the next step begins.
/** @param {PlacedStep} step @param {Words} words @param {Size} size */
function headOf({ key, column, n }, words, { width, theme }) {
  const room = ((COLUMNS[column + 1] ?? 1) - COLUMNS[column]) * width - 12;
  return linesWithin(`${words.say(key)} ${words.number(n)}`, room, theme);
}

/** @param {number} column @param {string[]} lines @param {Words} words @param {Size} size */
const head = (column, lines, words, { mirrored, theme }) => ({
  ...sideOf(COLUMNS[column], mirrored), y: 1, yanchor: "bottom", yshift: 4,
  align: mirrored ? "right" : "left",
  text: lines.map((line) => `<b>${words.inPlot(line)}</b>`).join("<br>"),
  font: { color: theme.ink, size: 13 },
});

// In lines that end before the next column. There a band passes above what ends in a
// later column, so that further lines stand below the first.
/** @param {Placed} node @param {number} column @param {Words} words @param {Size} size */
function label(node, column, words, { width, inner, mirrored, theme }) {
  const room = ((COLUMNS[column + 1] ?? 1) - COLUMNS[column]) * width - 3 * THICK;
  const lines = linesWithin(`${words.say(node.key)} ${words.number(node.n)}`, room, theme);
  const below = column > 1 && lines.length > 1;
  return {
    ...sideOf(COLUMNS[column] + (2 * THICK) / width, mirrored),
    y: 1 - (node.top + node.tall / 2) / inner,
    yanchor: below ? "top" : "middle", yshift: below ? LINE / 2 : 0,
    align: mirrored ? "right" : "left",
    text: lines.map((line) => words.inPlot(line)).join("<br>"),
    font: { color: theme["ink-2"], size: 13 },
  };
}

/** @param {number} x @param {boolean} mirrored */
const sideOf = (x, mirrored) => ({ xref: "paper", yref: "paper", showarrow: false,
  x: mirrored ? 1 - x : x, xanchor: mirrored ? "right" : "left" });
