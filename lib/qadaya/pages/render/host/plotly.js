// plotly, unpacked once, when the first chart is wanted.

import { inflated, run } from "../../../views/explorer/front/host/packed.js";
import { afterPaint, byId, words } from "./document.js";

export async function unpackPlotly() {
  const source = await unpacked("qadaya-plotly");
  await afterPaint();
  run(source);
  return globalThis.Plotly;
}

/** The script that an element holds in gzip and base64. @param {string} id */
export async function unpacked(id) {
  if (typeof DecompressionStream === "undefined") throw new Error(words.noInflate);
  const packed = atob((byId(id).textContent ?? "").trim());
  const bytes = new Uint8Array(packed.length);
  for (let k = 0; k < packed.length; k += 1) bytes[k] = packed.charCodeAt(k);
  return inflated(bytes);
}
