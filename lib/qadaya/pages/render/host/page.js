// The page's own script. It draws the figures after the text is there, hosts the
// explorer on a stand-in model, and adds what only works with scripts. It asks for no
// address: plotly is in the page, packed, in an inert element.

import { writeArabicDigits } from "./digits.js";
import { afterPaint, root } from "./document.js";
import { hostExplorers } from "./explorers.js";
import { drawFigures, fit, followTheReader, plotsOfPage } from "./figures.js";
import { unpackPlotly } from "./plotly.js";
import { addCopyButton, followContents, openWhatIsLinked } from "./reading.js";
import { addTabs } from "./tabs.js";

/** @import { Plotly } from "../../../views/explorer/front/types.d.ts" */

/** @type {Promise<Plotly> | undefined} */
let plotly;
globalThis.qadayaPlotly = () => (plotly ??= unpackPlotly());

if (root.dataset.digits === "arabic") writeArabicDigits();
followTheReader();

addEventListener("DOMContentLoaded", async () => {
  addCopyButton();
  addTabs(fit);
  openWhatIsLinked();
  followContents();
  await afterPaint();
  // The first chart stands where reading begins; the explorer comes before the rest.
  const [first, ...others] = plotsOfPage();
  if (first) await drawFigures([first]);
  if (document.querySelector(".explorer")) await hostExplorers();
  await drawFigures(others);
  root.dataset.charts = "done";
});
