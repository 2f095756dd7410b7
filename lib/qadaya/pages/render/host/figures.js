// Figures: drawn one by one, and again in the dark and for paper.

import { dark, dressed, paper, recoloured } from "./colours.js";
import { afterPaint, readJson, root, words } from "./document.js";
import { addDownloads } from "./downloads.js";
import { followKey } from "./key.js";

/** @import { Plotly } from "../../../views/explorer/front/types.d.ts" */
/** @import { Spec } from "./types.d.ts" */

const CONFIG = { responsive: true, displayModeBar: false, displaylogo: false };
// As wide as an A4 page between its margins.
const PRINT_WIDTH = 660;
const BESIDE_WIDTH = 330;
const HALF_WIDTH = 320;

/** @type {Map<HTMLElement, Spec>} */
const drawn = new Map();

/** The places of the page's figures, as they are read. */
export const plotsOfPage = () => [...document.querySelectorAll(
  /** @type {"div"} */ (".plot[id^=figure-]"))];

/** @param {HTMLElement[]} plots */
export async function drawFigures(plots) {
  for (const plot of plots) {
    try {
      await drawFigure(plot);
    } catch (fault) {
      sayWhyNot(plot, fault);
    }
    await afterPaint();
  }
}

/** @param {HTMLElement} plot */
async function drawFigure(plot) {
  const plotly = await /** @type {NonNullable<typeof qadayaPlotly>} */ (
    globalThis.qadayaPlotly)();
  // A printer may have been here in the meantime.
  if (!drawn.has(plot)) await drawWith(plotly, plot);
}

/** @param {Plotly} plotly @param {HTMLElement} plot */
function drawWith(plotly, plot) {
  /** @type {Spec} */
  const spec = readJson(`${plot.id}-spec`);
  spec.layout.template = readJson("qadaya-templates")[spec.template];
  drawn.set(plot, spec);
  const done = plotly.newPlot(plot, recoloured(spec.data), dressed(spec), CONFIG);
  // plotly asks the place for its height when the window changes, and a place without
  // one would answer with none: every figure would be gone.
  plot.style.minBlockSize = "";
  plot.style.blockSize = `${spec.height}px`;
  // The words beside the chart say what it shows; its marks take no keyboard focus.
  addDownloads(plot, spec, plotly);
  followKey(plot, spec, plotly);
  return done;
}

/** @param {HTMLElement} plot @param {unknown} fault */
function sayWhyNot(plot, fault) {
  const known = fault instanceof Error && fault.message === words.noInflate;
  const note = document.createElement("p");
  note.className = "nochart";
  note.dir = root.dir;
  note.textContent = known ? words.noInflate : words.failed;
  drawn.delete(plot);
  plot.replaceChildren(note);
  plot.removeAttribute("role");
  plot.style.minBlockSize = plot.style.blockSize = "";
  plot.closest("figure")?.setAttribute("data-view", "both");
  if (!known) console.error(fault);
}

// A printer does not wait until the reader has come to the last figure.
function drawAtOnce() {
  if (!globalThis.Plotly) return;
  for (const plot of plotsOfPage()) {
    try {
      if (!drawn.has(plot)) drawWith(globalThis.Plotly, plot);
    } catch (fault) {
      sayWhyNot(plot, fault);
    }
  }
}

/** @param {HTMLElement} plot */
const roomOnPaper = (plot) =>
  plot.closest(".answer .beside") ? BESIDE_WIDTH
    : plot.closest(".half") ? HALF_WIDTH : PRINT_WIDTH;

/** A chart that was behind its table while the window changed. @param {HTMLElement} plot */
export function fit(plot) {
  const spec = drawn.get(plot);
  if (spec) globalThis.Plotly.react(plot, recoloured(spec.data), dressed(spec), CONFIG);
}

/** @param {boolean} [onPaper] */
function redraw(onPaper) {
  for (const [plot, spec] of drawn) {
    const layout = dressed(spec);
    if (onPaper) Object.assign(layout, { width: roomOnPaper(plot), autosize: false });
    globalThis.Plotly.react(plot, recoloured(spec.data), layout, CONFIG);
  }
}

/** Into the dark, and onto paper: always light, what is folded open. */
export function followTheReader() {
  dark.addEventListener("change", () => redraw());
  /** @type {HTMLDetailsElement[]} */
  let opened = [];
  addEventListener("beforeprint", () => {
    paper.printing = true;
    drawAtOnce();
    opened = [...document.querySelectorAll(
      /** @type {"details"} */ ("details.twin:not([open], .long)"))];
    for (const twin of opened) twin.open = true;
    redraw(true);
  });
  addEventListener("afterprint", () => {
    paper.printing = false;
    for (const twin of opened) twin.open = false;
    redraw();
  });
}
