// Hands plotly to every explorer on the page: asked for once, run at the first chart.

import { inflated, run } from "./host/packed.js";

/** @import { Model, Plotly } from "./types.d.ts" */

/** @param {Model} model @returns {Promise<BlobPart>} */
function asked(model) {
  return new Promise((resolve) => {
    /** @param {{ sent?: string }} content @param {BlobPart[]} buffers */
    const take = (content, buffers) => {
      if (content.sent !== "plotly") return;
      model.off("msg:custom", take);
      resolve(buffers[0]);
    };
    model.on("msg:custom", take);
    model.send({ wanted: "plotly" });
  });
}

// An AMD loader or a CommonJS module around the notebook must not catch the library.
/** @param {string} code @returns {Plotly} */
function alone(code) {
  run(`(function(define,module,exports){${code}\n}).call(globalThis)`);
  globalThis.qadayaPlotlyReady = globalThis.Plotly;
  return globalThis.Plotly;
}

export default {
  // Promised, not awaited: a widget has two seconds to initialise, the library more.
  // What a former kernel never sent is asked for again; what is there is kept.
  /** @param {{ model: Model }} host */
  initialize({ model }) {
    /** @type {Promise<Plotly> | undefined} */
    let coming;
    globalThis.qadayaPlotly = () =>
      (coming ??= globalThis.qadayaPlotlyReady
        ? Promise.resolve(globalThis.qadayaPlotlyReady)
        : asked(model).then(inflated).then(alone));
  },
};
