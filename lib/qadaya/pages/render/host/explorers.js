// The explorers of a page, each on a stand-in model.

import { run } from "../../../views/explorer/front/host/packed.js";
import { byId, readJson, root, words } from "./document.js";
import { unpacked } from "./plotly.js";
import { standIn } from "./stand_in.js";

/** @import { Model } from "../../../views/explorer/front/types.d.ts" */
/** @typedef {{ initialize?: (host: { model: Model }) => unknown,
 *   render: (host: { model: Model, el: HTMLElement }) => unknown }} Widget */

export async function hostExplorers() {
  const places = /** @type {HTMLElement[]} */ ([...document.querySelectorAll(".explorer")]);
  const names = [...new Set(places.map(({ dataset }) => dataset.module ?? ""))];
  /** @type {Map<string, Widget | null>} */
  const widgets = new Map();
  for (const name of names) widgets.set(name, await unpackedWidget(name));
  for (const { id, dataset } of places)
    try {
      const widget = widgets.get(dataset.module ?? "");
      if (widget) await host(widget, id);
    } catch (fault) {
      console.error(fault);
    }
  root.dataset.explorers = [...widgets.values()].every(Boolean) ? "done" : "failed";
}

/** @param {string} name @returns {Promise<Widget | null>} */
async function unpackedWidget(name) {
  try {
    // A scope of its own and strict, as a module has.
    run(`(() => { "use strict";\n${await unpacked(`qadaya-${name}`)}\n})();`);
    return /** @type {any} */ (globalThis).qadayaExplorer;
  } catch (fault) {
    // The plain table stays, and it has the same counts.
    if (!(fault instanceof Error && fault.message === words.noInflate)) console.error(fault);
    return null;
  }
}

/** @param {Widget} widget @param {string} id */
async function host(widget, id) {
  const model = standIn(readJson(`${id}-state`));
  await widget.initialize?.({ model });
  await widget.render({ model, el: byId(`${id}-live`) });
  // The plain table said the same before there was anything to filter with.
  byId(`${id}-plain`).hidden = true;
}
