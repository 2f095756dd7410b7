// A place for one drawing by plotly: still, and redrawn in place when its data change.

import { h } from "../dom/elements.js";
import { themeOf } from "./drawing.js";

/** @import { Draw, Plot, Plotly, Theme, View, Words } from "../types.d.ts" */

const PRINT_WIDTH = 660;
// What is saved before it was ever drawn.
const USUAL_WIDTH = 856;
const STILL = { staticPlot: true, displayModeBar: false, responsive: false };

/**
 * It is drawn when it can be seen and plotly has come; until then, and if plotly never
 * comes, sentence and table are there without it.
 * @param {Words} words
 * @param {Draw} build
 * @returns {Plot & PlotPlace}
 */
export const plotPlace = (words, build) => new PlotPlace(words, build);

class PlotPlace {
  target = h("div", {});
  holder = h("div", { class: "qx-plot", role: "img" }, this.target);
  /** @type {Plotly | null} */
  library = null;
  /** @type {View | null} */
  view = null;
  due = false;
  near = false;
  // Kept, because asking for them in the middle of a change makes the browser lay the
  // half-changed page out.
  width = 0;
  /** @type {Theme | null} */
  theme = null;
  drawn = "";

  /** @param {Words} words @param {Draw} build */
  constructor(words, build) {
    this.build = build;
    this.failed = h("p", { class: "qx-note", hidden: true }, words.say("no_chart"));
    this.nodes = [this.holder, this.failed];
    this.watch = new IntersectionObserver((entries) => this.seen(entries),
      { rootMargin: "300px" });
    this.watch.observe(this.holder);
    this.sized = new ResizeObserver(() => {
      if (this.measure()) this.redraw();
    });
    this.sized.observe(this.holder);
  }

  /** @param {IntersectionObserverEntry[]} entries */
  seen(entries) {
    this.near = entries[entries.length - 1].isIntersecting;
    if (this.near && this.due) this.draw();
  }

  /** @param {View} view @param {string} description */
  show(view, description) {
    this.view = view;
    this.holder.setAttribute("aria-label", description);
    this.redraw();
  }

  /** @param {Plotly} library */
  use(library) {
    this.library = library;
    if (this.near) this.draw();
  }

  fail() {
    this.failed.hidden = false;
    this.holder.hidden = true;
  }

  redraw() {
    this.due = true;
    if (this.near) this.draw();
  }

  draw() {
    if (!this.library || !this.view || this.view.nothing || this.width < 40) return;
    this.due = false;
    this.theme ??= themeOf(this.holder);
    const { data, layout } = this.build(this.view, this.width, this.theme);
    // Many a change leaves a drawing as it was: the flow counts every measure alike.
    const next = JSON.stringify([data, layout, this.width]);
    if (next === this.drawn) return;
    this.drawn = next;
    this.library.react(this.target, data, { ...layout, width: this.width }, STILL);
  }

  // Whether the place is another size than before.
  measure() {
    const paper = this.holder.closest("[data-paper]");
    const now = paper ? PRINT_WIDTH : this.holder.clientWidth;
    if (Math.abs(now - this.width) <= 1) return false;
    this.width = now;
    return true;
  }

  // In other colours, or on paper: near or not, for a printer sees all of it.
  dress() {
    this.theme = null;
    this.measure();
    this.draw();
  }

  /** The drawing as a data address. @param {"png" | "svg"} format */
  async image(format) {
    if (!this.library || !this.view) throw new Error("nothing is drawn yet");
    this.theme ??= themeOf(this.holder);
    const width = this.width || USUAL_WIDTH;
    const { data, layout } = this.build(this.view, width, this.theme);
    return this.library.toImage(
      { data, layout: { ...layout, paper_bgcolor: this.theme.paper } },
      { format, width, height: layout.height, scale: 2 },
    );
  }

  close() {
    this.watch.disconnect();
    this.sized.disconnect();
    if (this.library) this.library.purge(this.target);
  }
}
