// What every drawing has in common: colours, letters, the mark of invented data.

/** @import { Facts, Theme, Words } from "../types.d.ts" */

const COLOURS = ["paper", "ink", "ink-2", "ink-3", "rule", "early", "accent", "flow",
  "exit", "exit-node", "n", "c"];

/** The colours of the style sheet as they hold for an element now.
 *  @param {Element} node @returns {Theme} */
export function themeOf(node) {
  const style = getComputedStyle(node);
  const colours = Object.fromEntries(
    COLOURS.map((name) => [name, style.getPropertyValue(`--qx-${name}`).trim()]),
  );
  return { ...colours, family: style.getPropertyValue("--qx-sans").trim() };
}

/** @type {CanvasRenderingContext2D | null} */
let canvas = null;

/** Pixels that a text takes in the bold letters of a drawing.
 *  @param {string} text @param {Theme} theme */
export function textWidth(text, theme, size = 13) {
  canvas ??= document.createElement("canvas").getContext("2d");
  if (!canvas) return text.length * size;
  canvas.font = `600 ${size}px ${theme.family}`;
  return canvas.measureText(text).width;
}

/** A label in lines that are no wider than its room, words whole.
 *  @param {string} text @param {number} room @param {Theme} theme */
export function linesWithin(text, room, theme) {
  /** @type {string[]} */
  const lines = [];
  for (const word of text.split(" ")) {
    const longer = `${lines.at(-1)} ${word}`;
    if (lines.length && textWidth(longer, theme) <= room) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines;
}

/**
 * The layout of a drawing; `layout` wins. The mark of invented data stands inside, at
 * `corner`, so that it survives export.
 * @param {Theme} theme
 * @param {Words} words
 * @param {Facts} facts
 * @param {object} corner
 * @param {{ height: number, annotations?: object[] } & Record<string, unknown>} layout
 */
export function drawing(theme, words, facts, corner, layout) {
  const mark = facts.synthetic ? [{
    ...corner, text: words.inPlot(words.say("synthetic")), xref: "paper", yref: "paper",
    showarrow: false, bgcolor: theme.paper, font: { size: 12, color: theme["ink-3"] },
  }] : [];
  return {
    paper_bgcolor: "rgba(0,0,0,0)",
    plot_bgcolor: "rgba(0,0,0,0)",
    font: { family: theme.family, size: 13, color: theme["ink-2"] },
    showlegend: false,
    hovermode: false,
    ...layout,
    annotations: [...(layout.annotations ?? []), ...mark],
  };
}
