// The explorer of published figures: what was printed, by whom, and what was not.
//
// The model gives `facts`, `labels` and `selection`; only `selection` is set from here.
// The controls are those of the explorer of an edition: an offence in its group stands
// where a court in its circuit does.

import { sameSelection } from "./data/selection.js";
import { h, nextId, quiet } from "./dom/elements.js";
import { refill } from "./dom/refill.js";
import { csvText } from "./exports/csv.js";
import { copied, saveFile } from "./exports/file.js";
import { actions, choice, yearRange } from "./filters/controls.js";
import { courtPanel } from "./filters/courts.js";
import { droppedLine } from "./headline/dropped.js";
import { tell } from "./headline/now.js";
import { followAddress, KeptInAddress, startingSelection } from "./host/address.js";
import { dress, keepKeys, stepForward, watchTheme } from "./host/surroundings.js";
import { everything, spellingOf } from "./published/choice.js";
import { figureRows } from "./published/rows.js";
import { shownOf } from "./published/shown.js";
import { figuresTable, standsFor } from "./published/table.js";
import { createWords } from "./words/words.js";

/** @import { Ids, Model, Words } from "./types.d.ts" */
/** @import { Choice, PublishedFacts, Shown } from "./published/types.d.ts" */

class Published {
  /** @param {Model} model @param {HTMLElement} el */
  constructor(model, el) {
    this.model = model;
    /** @type {PublishedFacts} */
    this.facts = model.get("facts");
    this.words = createWords(model.get("labels"));
    this.spelling = spellingOf(this.facts);
    this.address = new KeptInAddress(this.spelling);
    this.inPage = !model.widget_manager && !document.querySelector(".qx");
    this.first = this.spelling.whole(model.get("selection"));
    this.choice = startingSelection(model, this.spelling, this.inPage);
    this.parts = this.build();
    this.stops = this.open(el);
    this.show();
    if (this.inPage) this.parts.dropped.say(this.spelling.dropped(location.hash));
  }

  build() {
    const { facts, words } = this;
    const filters = createFilters(facts, words, (part) => this.choose({ ...this.choice, ...part }),
      { reset: () => this.choose(everything(facts)), csv: () => this.saveCsv(),
        link: this.inPage ? () => this.copyLink() : null });
    const title = h("h3", { id: nextId() });
    const place = h("div", {});
    const legend = h("div", { class: "qx-key" });
    const node = h("figure", { class: "qx-fig qx-fig-published",
      "aria-labelledby": title.id }, title, place,
      h("p", { class: "qx-note" }, words.say("not_a_change")), legend,
      h("div", { class: "qx-foot" }, h("span", { class: "qx-x" },
        quiet("CSV", words.say("csv_of", { figure: words.say("court") }),
          () => this.saveCsv()))));
    const now = h("p", { class: "qx-now", role: "status", "aria-live": "polite",
      "aria-atomic": "true" });
    const said = h("p", { class: "qx-vh", role: "status", "aria-live": "polite" });
    const dropped = droppedLine(words);
    const root = h("div", { class: "qx", lang: words.language, dir: words.direction,
      onfocusin: keepKeys }, dropped.node, filters.node, now, said, node);
    return { filters, title, place, legend, node, now, said, dropped, root };
  }

  saveCsv() {
    const rows = figureRows(shownOf(this.facts, this.choice), this.words);
    saveFile("qadaya-published-figures.csv",
      new Blob([csvText(rows)], { type: "text/csv;charset=utf-8" }));
  }

  async copyLink() {
    this.address.now(this.choice);
    const { said } = this.parts;
    const done = await copied(location.href);
    said.textContent = "";
    requestAnimationFrame(() => {
      said.textContent = this.words.say(done ? "link_copied" : "not_copied");
    });
  }

  /** @param {Choice} next */
  choose(next) {
    if (sameSelection(next, this.choice)) return;
    this.choice = next;
    this.model.set("selection", next);
    if (this.inPage) this.address.soon(next);
    this.show();
    this.model.save_changes();
  }

  // The address has changed, and needs no further step.
  /** @param {Choice} found */
  follow(found) {
    this.address.forget();
    this.parts.dropped.say(this.spelling.dropped(location.hash));
    if (sameSelection(found, this.choice)) return;
    this.choice = found;
    this.model.set("selection", found);
    this.show();
    this.model.save_changes();
  }

  show() {
    const { facts, words, choice: chosen } = this;
    const { filters, title, place, legend, node, now } = this.parts;
    const shown = shownOf(facts, chosen);
    filters.show(chosen);
    node.hidden = chosen.offences.length === 0;
    tell(now, nowLine(shown, words));
    const caption = words.say("title", { unit: shown.unit.name, years: yearsOf(shown, words) });
    title.textContent = caption;
    refill(place, shown.groups.length ? figuresTable(shown, words, caption) : null);
    refill(legend, standsFor(shown, words));
  }

  // Puts it into its place; gives what undoes that.
  /** @param {HTMLElement} el @returns {(() => void)[]} */
  open(el) {
    const { root } = this.parts;
    const theme = watchTheme(root, () => {});
    const placed = new ResizeObserver(() => {
      stepForward(el);
      this.toLatestYears();
    });
    dress();
    el.append(root);
    placed.observe(root);
    const heard = () => {
      const next = this.spelling.whole(this.model.get("selection"));
      if (sameSelection(next, this.choice)) return;
      this.choice = next;
      this.show();
    };
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

  // A narrow place begins with the latest years; what a reader moved stays.
  toLatestYears() {
    const place = this.parts.place.querySelector(".qx-scroll");
    if (place && !this.words.rtl && !place.scrollLeft) place.scrollLeft = place.scrollWidth;
  }

  close() {
    for (const stop of this.stops) stop();
    this.parts.root.remove();
  }
}

/** @param {PublishedFacts} facts @param {Words} words
 *  @param {(part: Partial<Choice>) => void} change
 *  @param {Parameters<typeof actions>[1]} act */
function createFilters(facts, words, change, act) {
  const number = nextId();
  /** @type {Ids} */
  const id = (name) => `${number}-${name}`;
  const grouped = { circuits: facts.groups,
    courts: facts.offences.map((each) => ({ ...each, circuit: each.group })) };
  const offences = courtPanel(grouped, words, (chosen) => change({ offences: chosen }), id);
  const unit = choice(id("unit"), words.say("unit"),
    facts.units.map((each) => [each.id, each.name]), (chosen) => change({ unit: chosen }));
  const years = yearRange(facts.years, words, (chosen) => change({ years: chosen }), id);
  const node = h("div", { class: "qx-fwrap" },
    h("form", { class: "qx-filters", "aria-label": words.say("choose_what_is_shown"),
      onsubmit: (/** @type {Event} */ event) => event.preventDefault() },
      offences.opener, offences.panel,
      h("div", { class: "qx-f" }, unit.label, unit.select), years.node,
      actions(words, act)));
  return {
    node,
    /** @param {Choice} chosen */
    show(chosen) {
      offences.show(chosen.offences, "", () => new Map());
      unit.select.value = chosen.unit;
      years.show(chosen.years);
    },
  };
}

// How many figures are printed of those asked for, as parts of one sentence.
/** @param {Shown} shown @param {Words} words */
function nowLine(shown, words) {
  if (!shown.choice.offences.length)
    return [h("strong", {}, words.say("nothing_chosen"))];
  return [
    h("strong", {}, words.count("printed_cells", shown.printed)),
    h("span", {}, words.count("missing_cells", shown.missing)),
    h("span", {}, `${shown.unit.name} · ${yearsOf(shown, words)}`),
  ];
}

/** @param {Shown} shown @param {Words} words */
function yearsOf({ choice: { years: [first, last] } }, words) {
  return first === last ? String(first)
    : words.say("years_to", { first: String(first), last: String(last) });
}

export default {
  /** @param {{ model: Model, el: HTMLElement }} host */
  render({ model, el }) {
    const explorer = new Published(model, el);
    return () => explorer.close();
  },
};
