// plotly, from the host: a page has it packed inside, a kernel sends it.

/** @import { Plot } from "../types.d.ts" */

// The widget that brings plotly may be a moment later than this one.
async function plotlyOfHost(patience = 300) {
  for (let k = 0; k < patience && !globalThis.qadayaPlotly; k += 1)
    await new Promise((next) => setTimeout(next, 100));
  if (!globalThis.qadayaPlotly) throw new Error("no host brought plotly");
  return globalThis.qadayaPlotly();
}

/** @param {Plot[]} plots */
export async function drawWith(plots) {
  try {
    const plotly = await plotlyOfHost();
    for (const plot of plots) plot.use(plotly);
  } catch (reason) {
    console.warn("qadaya: no chart could be drawn;", reason);
    for (const plot of plots) plot.fail();
  }
}
