// The panel of filters: native controls with labels, in the order they are read.

import { h, mark, nextId } from "../dom/elements.js";
import { courtPanel } from "./courts.js";

/** @import { Actions, Breakdown, Cube, Facts, Ids, Selection, Words }
 *  from "../types.d.ts" */

/**
 * The panel; `button` opens the courts, and takes the focus of what steps back.
 * @param {Facts} facts
 * @param {Words} words
 * @param {Actions} act
 */
export function createFilters(facts, words, act) {
  const number = nextId();
  /** @type {Ids} */
  const id = (name) => `${number}-${name}`;
  const courts = courtPanel(facts, words, act, id);
  const platforms = platformBoxes(facts, words, act);
  const years = yearRange(facts, words, act, id);
  const measure = measureChoice(facts, words, act, id);
  const breakdown = breakdownChoice(facts, words, act, id);
  const node = h("div", { class: "qx-fwrap" },
    h("form", { class: "qx-filters", "aria-label": words.say("choose_what_is_shown"),
      onsubmit: (/** @type {Event} */ event) => event.preventDefault() },
      courts.opener, courts.panel, platforms.node, years.node,
      h("div", { class: "qx-f" }, measure.label, measure.select),
      h("div", { class: "qx-f" }, breakdown.label, breakdown.select),
      actions(words, act)));
  return {
    node,
    button: courts.button,
    /** @param {Selection} selection @param {Cube} cube */
    show(selection, cube) {
      courts.show(selection, cube);
      platforms.show(selection);
      years.show(selection);
      measure.select.value = selection.measure;
      breakdown.select.value = selection.breakdown;
    },
  };
}

/** @param {string} id @param {string} label @param {string[][]} options
 *  @param {(value: string) => void} onPick */
function choice(id, label, options, onPick) {
  const select = h("select", { id },
    options.map(([value, name]) => h("option", { value }, name)));
  select.addEventListener("change", () => onPick(select.value));
  return { select, label: h("label", { class: "qx-lab", for: id }, label) };
}

/** @param {Facts} facts @param {Words} words @param {Actions} act @param {Ids} id */
const measureChoice = (facts, words, act, id) =>
  choice(id("measure"), words.say("measure"),
    facts.measures.map((each) => [each.id, each.name]),
    (measure) => act.change({ measure }));

/** @param {Facts} facts @param {Words} words @param {Actions} act @param {Ids} id */
const breakdownChoice = (facts, words, act, id) =>
  choice(id("breakdown"), words.say("broken_down_by"),
    facts.breakdowns.map((each) => [each, words.say(`by_${each}`)]),
    (value) => act.change({ breakdown: /** @type {Breakdown} */ (value) }));

/** @param {Facts} facts @param {Words} words @param {Actions} act */
function platformBoxes(facts, words, act) {
  const boxes = facts.platforms.map((platform) => ({
    platform,
    box: h("input", { type: "checkbox", value: platform.id }),
  }));
  const ticked = () => boxes.filter(({ box }) => box.checked).map(({ box }) => box.value);
  for (const { box } of boxes)
    box.addEventListener("change", () => act.change({ platforms: ticked() }));
  const node = h("fieldset", { class: "qx-f" },
    h("legend", {}, words.say("platform")),
    h("div", { class: "qx-inl" },
      boxes.map(({ platform, box }) =>
        h("label", {}, box, mark(platform.id), h("span", {}, platform.name)))));
  return {
    node,
    /** @param {Selection} selection */
    show({ platforms }) {
      for (const { platform, box } of boxes) box.checked = platforms.includes(platform.id);
    },
  };
}

/** @param {Facts} facts @param {Words} words @param {Actions} act @param {Ids} id */
function yearRange(facts, words, act, id) {
  const years = facts.years.map((year) => [String(year), String(year)]);
  let [from, to] = facts.years;
  // A range turned round by one end takes the other end along.
  const first = choice(id("from"), words.say("from_year"), years, (value) =>
    act.change({ years: [+value, Math.max(+value, to)] }));
  const last = choice(id("to"), words.say("to_year"), years, (value) =>
    act.change({ years: [Math.min(+value, from), +value] }));
  first.label.className = "qx-vh";
  last.label.className = "";
  const node = h("fieldset", { class: "qx-f" },
    h("legend", {}, words.say("year")),
    h("div", { class: "qx-inl qx-yy" }, first.label, first.select, last.label, last.select));
  return {
    node,
    /** @param {Selection} selection */
    show(selection) {
      [from, to] = selection.years;
      first.select.value = String(from);
      last.select.value = String(to);
    },
  };
}

/** @param {Words} words @param {Actions} act */
function actions(words, act) {
  /** @param {string} key @param {() => void} onclick */
  const button = (key, onclick) =>
    h("button", { type: "button", "data-act": key, onclick }, words.say(key));
  return h("div", { class: "qx-acts" },
    button("reset", act.reset),
    act.link ? button("copy_link", act.link) : null,
    button("download_csv", act.csv));
}
