// The explorer: one module for two hosts, the anywidget and a page's stand-in model.
//
// The model gives `cube`, `facts`, `labels` and `selection`; only `selection` is set
// from here. `globalThis.qadayaPlotly()` promises plotly in both hosts. A host without
// a widget manager is a page: there the first explorer is kept in the address.

import { openCube } from "./data/cube.js";
import { spellingOf } from "./data/hash.js";
import { everything, sameSelection } from "./data/selection.js";
import { hasReturns, viewOf } from "./data/view.js";
import { h } from "./dom/elements.js";
import { refill } from "./dom/refill.js";
import { csvText } from "./exports/csv.js";
import { contentOf, copied, saveFile } from "./exports/file.js";
import { rowsOfTable, tableRows } from "./exports/table.js";
import { breakdownFigure } from "./figures/breakdown.js";
import { flowFigure } from "./figures/flow.js";
import { whereFigure } from "./figures/where.js";
import { yearsFigure } from "./figures/years.js";
import { createFilters } from "./filters/panel.js";
import { droppedLine } from "./headline/dropped.js";
import { keyFigures } from "./headline/keys.js";
import { citeBox, nowLine, tell } from "./headline/now.js";
import { thinChoice } from "./headline/thin.js";
import { followAddress, KeptInAddress, startingSelection } from "./host/address.js";
import { drawWith } from "./host/plotly.js";
import {
  dress, farFigures, keepKeys, stepForward, watchTheme,
} from "./host/surroundings.js";
import { createWords } from "./words/words.js";

/** @import { Actions, Facts, Model, Savers, Selection } from "./types.d.ts" */

const FIGURES = [breakdownFigure, yearsFigure, whereFigure];
/** @type {Record<Facts["audience"], string>} */
const KEY_NOTE = { internal: "key_note_internal", shared: "key_note_shared",
  frame: "key_note_frame" };

class Explorer {
  /** @param {Model} model @param {HTMLElement} el */
  constructor(model, el) {
    this.model = model;
    /** @type {Facts} */
    this.facts = model.get("facts");
    this.words = createWords(model.get("labels"));
    this.cube = openCube(model.get("cube"), this.facts);
    this.inPage = !model.widget_manager && !document.querySelector(".qx");
    this.spelling = spellingOf(this.facts);
    this.address = new KeptInAddress(this.spelling);
    this.first = this.spelling.whole(model.get("selection"));
    this.selection = startingSelection(model, this.spelling, this.inPage);
    this.view = viewOf(this.cube, this.selection);
    this.parts = this.build();
    this.stops = this.open(el);
    this.show();
    if (this.inPage) this.parts.dropped.say(this.spelling.dropped(location.hash));
    drawWith(this.parts.plots);
  }

  build() {
    const { facts, words } = this;
    const act = this.actions();
    const filters = createFilters(facts, words, act);
    const thin = thinChoice(facts, words, act, filters.button);
    // A frame knows nothing of how far its cases have come.
    const shown = hasReturns(facts) ? [...FIGURES, flowFigure] : FIGURES;
    const figures = shown.map((make) => make(facts, words, this.savers(), act));
    const nodes = figures.map((each) => each.node);
    const cite = citeBox(words, (text) => this.say(text));
    const keys = h("dl", { class: "qx-keys" });
    const keynote = h("p", { class: "qx-keynote" },
      words.say(KEY_NOTE[facts.audience], { source: facts.source }));
    const body = h("div", {}, keys, keynote, thin.node, nodes);
    const now = h("p", { class: "qx-now", role: "status", "aria-live": "polite",
      "aria-atomic": "true" });
    const dropped = droppedLine(words);
    const said = h("p", { class: "qx-vh", role: "status", "aria-live": "polite" });
    const root = h("div", { class: "qx", lang: words.language, dir: words.direction,
      onfocusin: keepKeys },
      this.band(), dropped.node, filters.node, now, said, body, cite.node);
    const plots = figures.flatMap(({ plot }) => plot ? [plot] : []);
    return { filters, thin, figures, plots, cite, keys, body, now, said, dropped, root,
      far: farFigures(body, nodes) };
  }

  // Who reads one figure alone must still see that it is invented.
  band() {
    const { words } = this;
    if (!this.facts.synthetic) return null;
    return h("p", { class: "qx-band" }, h("b", {}, words.say("synthetic")), " ",
      words.say("all_invented"));
  }

  /** @returns {Actions} */
  actions() {
    return {
      change: (part) => this.choose({ ...this.selection, ...part }),
      reset: () => this.choose(everything(this.facts)),
      csv: () => this.saveCsv(this.selection.breakdown, tableRows(this.view, this.words)),
      link: this.inPage ? () => this.copyLink() : null,
    };
  }

  /** @returns {Savers} */
  savers() {
    return {
      csv: () => this.actions().csv(),
      table: (place, name) => {
        const table = place.querySelector("table");
        if (table) this.saveCsv(name, rowsOfTable(table));
      },
      image: async (plot, name, format) =>
        saveFile(this.fileName(name, format), contentOf(await plot.image(format))),
    };
  }

  /** @param {string} name @param {string} kind */
  fileName(name, kind) {
    return `qadaya-${this.facts.edition}-${name}.${kind}`;
  }

  /** @param {string} name @param {(string | number)[][]} rows */
  saveCsv(name, rows) {
    const file = new Blob([csvText(rows)], { type: "text/csv;charset=utf-8" });
    saveFile(this.fileName(name, "csv"), file);
  }

  async copyLink() {
    this.address.now(this.selection);
    this.say(this.words.say(await copied(location.href) ? "link_copied" : "not_copied"));
  }

  // Emptied first, so that the same sentence is read aloud again.
  /** @param {string} text */
  say(text) {
    const { said } = this.parts;
    said.textContent = "";
    requestAnimationFrame(() => {
      said.textContent = text;
    });
  }

  /** @param {Selection} next */
  take(next) {
    this.selection = next;
    this.view = viewOf(this.cube, next);
  }

  /** @param {Selection} next */
  choose(next) {
    if (sameSelection(next, this.selection)) return;
    this.take(next);
    this.model.set("selection", next);
    if (this.inPage) this.address.soon(next);
    this.show();
    // Last, so that what a kernel answers and JupyterLab draws of it follows the frame.
    this.model.save_changes();
  }

  show() {
    const { view } = this;
    const { filters, thin, figures, cite, keys, body, now, far } = this.parts;
    far.wait();
    filters.show(this.selection, this.cube);
    // What shows nothing is not cited either.
    body.hidden = cite.node.hidden = Boolean(view.nothing);
    tell(now, nowLine(view, this.words));
    if (view.nothing) return;
    refill(keys, keyFigures(view, this.words));
    thin.show(view);
    for (const each of figures) each.show(view);
    cite.show(view);
  }

  // Puts it into its place; gives what undoes that.
  /** @param {HTMLElement} el @returns {(() => void)[]} */
  open(el) {
    const { root, plots } = this.parts;
    const placed = new ResizeObserver(() => stepForward(el));
    const theme = watchTheme(root, () => plots.forEach((plot) => plot.dress()));
    dress();
    el.append(root);
    placed.observe(root);
    const heard = () => this.fromModel();
    this.model.on("change:selection", heard);
    return [
      () => this.model.off("change:selection", heard),
      theme,
      () => placed.disconnect(),
      this.inPage
        ? followAddress(this.spelling, this.first, (found) => this.follow(found))
        : () => {},
    ];
  }

  // The address has changed, and needs no further step.
  /** @param {Selection} found */
  follow(found) {
    this.address.forget();
    this.parts.dropped.say(this.spelling.dropped(location.hash));
    if (sameSelection(found, this.selection)) return;
    this.take(found);
    this.model.set("selection", found);
    this.show();
    this.model.save_changes();
  }

  fromModel() {
    const next = this.spelling.whole(this.model.get("selection"));
    if (sameSelection(next, this.selection)) return;
    this.take(next);
    this.show();
  }

  close() {
    for (const stop of this.stops) stop();
    this.parts.far.close();
    for (const plot of this.parts.plots) plot.close();
    this.parts.root.remove();
  }
}

export default {
  /** @param {{ model: Model, el: HTMLElement }} host */
  render({ model, el }) {
    const explorer = new Explorer(model, el);
    return () => explorer.close();
  },
};
