// Counts over the years by platform, drawn: a mark with its exact 95 % interval, joined
// by a faint line that does not cross a break in the series.

import { intervalOf } from "../data/chance.js";
import { breaksIn, hasReturns, known, platformRows } from "../data/view.js";
import { drawing, textWidth } from "./drawing.js";

/** @import { Break, Count, Draw, Facts, Row, Theme, View, Words } from "../types.d.ts" */
/** @typedef {Break & { at: number }} BreakAt Where on the axis of years it stands. */
/** @typedef {{ top: number, right: number, height: number, dodge: number }} Scale */
/** @typedef {{ facts: Facts, rows: Row[], breaks: BreakAt[], theme: Theme,
 *   years: number, wide: boolean, scale: Scale, left: number, room: number }} Content */

/** @type {Record<string, [colour: string, symbol: string]>} */
const SERIES = { NCMEC: ["n", "circle"], CPS: ["c", "diamond"] };
// Those of a frame, by their place in it.
/** @type {[colour: string, symbol: string][]} */
const OTHERS = [["n", "circle"], ["c", "diamond"], ["ink-2", "square"],
  ["accent", "triangle-up"], ["exit-node", "cross"], ["ink-3", "x"]];

/** @param {Facts} facts @param {string} platform */
function seriesOf({ audience, platforms }, platform) {
  const place = platforms.findIndex(({ id }) => id === platform);
  return audience === "frame" ? OTHERS[place % OTHERS.length]
    : SERIES[platform] ?? ["ink-2", "square"];
}

/** @param {Words} words @param {Facts} facts @returns {Draw} */
export const yearsDrawing = (words, facts) => (view, width, theme) => {
  const content = contentOf(view, width, theme);
  const { rows, wide, scale } = content;
  const corner = wide
    ? { x: 1, y: 1, xanchor: "right", yanchor: "bottom", xshift: scale.right - 2, yshift: 22 }
    : { x: 1, y: 1, xanchor: "right", yanchor: "top" };
  return {
    data: rows.map((row, k) => trace(row, k - (rows.length - 1) / 2, content)),
    layout: drawing(theme, words, facts, corner, layoutOf(view, words, content)),
  };
};

/** @param {View} view @param {number} width @param {Theme} theme @returns {Content} */
function contentOf(view, width, theme) {
  const rows = platformRows(view);
  const years = view.years.length;
  const wide = width >= 560;
  const names = rows.map((row) => textWidth(row.name, theme));
  const breaks = breaksIn(view).map((each) => ({
    ...each, at: view.years.findIndex(({ year }) => year === each.year) - 0.5 }));
  const top = Math.max(4, ...rows.flatMap((row) =>
    row.cells.filter(known).map((cell) => endsOf(view.facts, cell).high)));
  const scale = { top: top * 1.16, right: wide ? Math.max(...names, 0) + 24 : 12,
    height: 300, dodge: Math.min(0.14, 26 / (width / years)) };
  const digits = String(Math.round(scale.top)).length;
  const left = Math.max(40, 9 * digits + 8);
  return { facts: view.facts, rows, breaks, theme, years, wide, scale, left,
    room: width - left - scale.right };
}

// The interval of a count; its own place where nothing bounds what rounding did.
/** @param {Facts} facts @param {Count} count */
const endsOf = ({ chance }, { n, range }) =>
  range ? intervalOf(chance, range) : { low: n, high: n };

// One platform; `side`: how far it stands from the middle of a year.
/** @param {Row} row @param {number} side @param {Content} content */
function trace(row, side, { facts, breaks, theme, years, wide, scale }) {
  const [name, symbol] = seriesOf(facts, row.id);
  const colour = theme[name];
  const { x, y, text, up, down } = pointsOf(facts, row, side * scale.dodge, breaks);
  return {
    type: "scatter",
    mode: years <= 6 && wide ? "lines+markers+text" : "lines+markers",
    x, y, text, connectgaps: false,
    // To the right it stands higher: there a zero would lie on the base line.
    textposition: side < 0 || (side === 0 && years > 1) ? "middle left" : "top right",
    textfont: { size: 14, color: colour, weight: 600 },
    cliponaxis: false,
    line: { width: 1.25, color: `${colour}80` },
    marker: { size: symbol === "diamond" ? 14 : 12, symbol, color: colour, opacity: 1 },
    error_y: { type: "data", symmetric: false, array: up, arrayminus: down,
      color: colour, thickness: 1.75, width: 4 },
  };
}

/** @typedef {{ x: number[], y: (number | null)[], up: number[], down: number[],
 *   text: string[] }} Points */

/** @param {Facts} facts @param {Row} row @param {number} shift
 *  @param {BreakAt[]} breaks */
function pointsOf(facts, row, shift, breaks) {
  /** @type {Points} */
  const points = { x: [], y: [], up: [], down: [], text: [] };
  row.cells.forEach((cell, place) => {
    if (breaks.some(({ at }) => at === place - 0.5)) push(points, place, null, NO_ENDS);
    push(points, place + shift, known(cell) ? cell.n : null,
      known(cell) ? endsOf(facts, cell) : NO_ENDS);
  });
  return points;
}

const NO_ENDS = { low: 0, high: 0 };

/** @param {Points} points @param {number} x @param {number | null} n
 *  @param {{ low: number, high: number }} ends */
function push(points, x, n, { low, high }) {
  points.x.push(x);
  points.y.push(n);
  points.up.push(n === null ? 0 : high - n);
  points.down.push(n === null ? 0 : n - low);
  points.text.push(n === null ? "" : `  ${n}  `);
}

/** @param {View} view @param {Words} words @param {Content} content */
function layoutOf(view, words, content) {
  const { breaks, theme, years, wide, scale, left } = content;
  return {
    height: scale.height,
    margin: { l: left, r: scale.right, t: 52, b: 52 },
    xaxis: { range: [-0.6, years - 0.4], tickvals: view.years.map((_, k) => k),
      ticktext: yearNames(view, words, content), tickangle: 0, showgrid: false,
      zeroline: false, showline: true, linecolor: theme["ink-2"], linewidth: 1.25,
      fixedrange: true, ticklabeloverflow: "allow",
      tickfont: { color: theme.ink, size: 13 } },
    yaxis: { range: [0, scale.top], gridcolor: theme.rule, zeroline: false, nticks: 6,
      tickformat: "d", fixedrange: true, ticklabeloverflow: "allow",
      tickfont: { color: theme["ink-3"], size: 12 } },
    shapes: breaks.flatMap((each) => breakShapes(each, theme)),
    annotations: [
      ...breaks.flatMap((each) => breakWords(each, words, content)),
      ...(wide ? seriesNames(content, words) : []),
    ],
  };
}

// Under each year, how many of its returns came, where there are returns: in words
// where all years have room for them.
/** @param {View} view @param {Words} words @param {Content} content */
function yearNames({ facts, returns, years }, words, { room, theme }) {
  if (!hasReturns(facts)) return years.map(({ year }) => `<b>${year}</b>`);
  const parts = years.map(({ y }) => ({ n: returns.received[y], m: returns.expected[y] }));
  const said = parts.map((each) => words.say("n_of_m_reported", each));
  const fits = said.every((text) => textWidth(text, theme, 12) + 10 <= room / years.length);
  return years.map(({ year }, k) => {
    const under = fits ? said[k] : `${parts[k].n}/${parts[k].m}`;
    return `<b>${year}</b><br><span style="font-size:12px">${words.inPlot(under)}</span>`;
  });
}

/** @param {BreakAt} at @param {Theme} theme */
const breakShapes = ({ at }, theme) => [
  { type: "rect", layer: "below", xref: "x", yref: "paper", x0: -0.6, x1: at, y0: 0, y1: 1,
    fillcolor: theme.early, line: { width: 0 } },
  { type: "line", xref: "x", yref: "paper", x0: at, x1: at, y0: 0, y1: 1.02,
    line: { color: theme["ink-2"], width: 1.25, dash: "3px,3px" } },
];

/** @param {BreakAt} place @param {Words} words @param {Content} content */
function breakWords({ at, name }, words, { theme, wide, room }) {
  const gathered = words.say("gathered_afterwards");
  // Where it is narrow the mark of invented data stands in the same line, at its end.
  const beside = textWidth(`${gathered} ${words.say("synthetic")}`, theme, 12) + 24 <= room;
  const note = { xref: "x", yref: "paper", showarrow: false };
  const small = `<span style="font-size:12px">${words.inPlot(name)}</span>`;
  return [
    { ...note, x: at, y: 1.02, yanchor: "bottom",
      text: `<b>${words.inPlot(words.say("break_in_series"))}</b><br>${small}`,
      font: { color: theme.ink } },
    { ...note, x: -0.58, y: 1, xanchor: "left", yanchor: "top",
      yshift: wide || beside ? 0 : -18, text: words.inPlot(gathered),
      bgcolor: theme.early, borderpad: 0,
      font: { size: 12, color: theme["ink-3"] } },
  ];
}

// Names at the ends of the lines, moved apart where the lines end close together.
/** @param {Content} content @param {Words} words */
function seriesNames({ facts, rows, theme, scale }, words) {
  const room = scale.height - 104;
  const ends = rows
    .map(({ id, name, cells }) => ({ id, name, n: cells[cells.length - 1].n }))
    .sort((one, other) => one.n - other.n);
  let below = -Infinity;
  return ends.map(({ id, name, n }) => {
    const height = Math.max((n / scale.top) * room, below + 18);
    below = height;
    return { xref: "paper", yref: "paper", x: 1, y: height / room, xanchor: "left",
      yanchor: "middle", xshift: 6, showarrow: false, text: `<b>${words.inPlot(name)}</b>`,
      font: { size: 14, color: theme[seriesOf(facts, id)[0]] } };
  });
}
