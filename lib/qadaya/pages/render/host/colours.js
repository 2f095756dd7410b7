// Colours of a chart: the tokens of the light page stand for the tokens of this one.

import { readJson, root } from "./document.js";

/** Light colour -> the custom property that it stands for.
 *  @type {Record<string, string>} */
const TOKENS = readJson("qadaya-colours");
const LIGHT = Object.fromEntries(
  Object.entries(TOKENS).map(([light, name]) => [name, light]));

export const dark = matchMedia("(prefers-color-scheme: dark)");

/** Whether the page is on its way to paper, which is always light. */
export const paper = { printing: false };

const isDark = () => dark.matches && !paper.printing;
/** @param {string} name */
const token = (name) => getComputedStyle(root).getPropertyValue(name).trim();
/** @param {string} name */
const ink = (name) => (isDark() ? token(name) : LIGHT[name]);

/** A copy with every colour of the light page as it is now: plotly keeps what it is
 *  given, and writes into it.
 *  @param {any} value @returns {any} */
export function recoloured(value) {
  if (typeof value === "string") {
    const name = TOKENS[value.toLowerCase()];
    return name && isDark() ? token(name) : value;
  }
  if (Array.isArray(value)) return value.map(recoloured);
  if (value?.constructor !== Object) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, each]) => [key, recoloured(each)]),
  );
}

/** The layout of a chart in the page's letters and colours.
 *  @param {{ layout: any, height: number }} spec */
export function dressed({ layout, height }) {
  const whole = { ...recoloured(layout), height, autosize: true };
  delete whole.width;
  whole.margin = { t: 28, r: 24, b: 44, l: 56, ...whole.margin };
  whole.legend = { orientation: "h", x: 0, y: -0.15, yanchor: "top", ...whole.legend };
  whole.paper_bgcolor = whole.plot_bgcolor = "rgba(0,0,0,0)";
  const family = token("--sans");
  whole.font = { size: 13, ...whole.font, family, color: ink("--ink-2") };
  whole.hoverlabel = {
    ...whole.hoverlabel,
    bgcolor: ink("--sheet"), bordercolor: ink("--edge"),
    font: { family, size: 13, color: ink("--ink") },
  };
  for (const key of axesOf(whole)) whole[key] = { ...axis(), ...whole[key] };
  return whole;
}

/** @param {object} layout */
const axesOf = (layout) => new Set(["xaxis", "yaxis",
  ...Object.keys(layout).filter((key) => /^[xy]axis\d*$/.test(key))]);

const axis = () => ({
  automargin: true, fixedrange: true,
  gridcolor: ink("--rule"), zerolinecolor: ink("--edge"),
  linecolor: ink("--edge"),
});
