// A key under a drawing has one line on a wide page and many on a phone; the room under
// the drawing is as high as the key is.

import { dressed } from "./colours.js";

/** @import { Plotly } from "../../../views/explorer/front/types.d.ts" */
/** @import { Drawn, Spec } from "./types.d.ts" */

const EDGE = 8;

/** Keeps the height of what was drawn in step with its key, at every width.
 *  @param {HTMLElement} plot @param {Spec} spec @param {Plotly} plotly */
export function followKey(plot, spec, plotly) {
  const { margin, legend, height } = dressed(spec);
  if (!(spec.layout.legend?.y < 0)) return;
  const inner = height - margin.t - margin.b;
  const place = /** @type {Drawn} */ (plot);
  place.on("plotly_afterplot", () => {
    const key = place.querySelector(".legend > .bg")?.getAttribute("height");
    if (!key) return;
    const room = Math.ceil(Number(key) - legend.y * inner + EDGE);
    const high = inner + margin.t + room;
    if (Math.abs(place.layout.margin.b - room) <= 1) return;
    place.style.blockSize = `${high}px`;
    // A height that is set would else fix the width too.
    const { autosize } = place.layout;
    plotly.relayout(place, { "margin.b": room, height: high, autosize });
  });
}
