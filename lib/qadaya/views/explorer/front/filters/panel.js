// The panel of filters: native controls with labels, in the order they are read.

import { h, mark, nextId } from "../dom/elements.js";
import { hasReturns } from "../data/view.js";
import { actions, choice, yearRange } from "./controls.js";
import { courtPanel, missingIn } from "./courts.js";

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
  const courts = courtPanel(facts, words, (chosen) => act.change({ courts: chosen }), id);
  const platforms = platformBoxes(facts, words, act);
  const years = yearRange(facts.years, words, (chosen) => act.change({ years: chosen }), id);
  const measure = measureChoice(facts, words, act, id);
  const breakdown = breakdownChoice(facts, words, act, id);
  /** Nothing can be chosen among one. @param {unknown[]} list @param {Node} part */
  const among = (list, part) => (list.length > 1 ? part : null);
  const node = h("div", { class: "qx-fwrap" },
    h("form", { class: `qx-filters${hasReturns(facts) ? "" : " qx-own"}`,
      "aria-label": words.say("choose_what_is_shown"),
      onsubmit: (/** @type {Event} */ event) => event.preventDefault() },
      courts.opener, courts.panel, among(facts.platforms, platforms.node), years.node,
      among(facts.measures, h("div", { class: "qx-f" }, measure.label, measure.select)),
      among(facts.breakdowns,
        h("div", { class: "qx-f" }, breakdown.label, breakdown.select)),
      actions(words, act)));
  return {
    node,
    button: courts.button,
    /** @param {Selection} selection @param {Cube} cube */
    show(selection, cube) {
      const last = selection.years[1];
      courts.show(selection.courts, String(last), () => missingIn(cube, last));
      platforms.show(selection);
      years.show(selection.years);
      measure.select.value = selection.measure;
      breakdown.select.value = selection.breakdown;
    },
  };
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
  // Only ours are known by their mark.
  /** @param {string} id */
  const markOf = (id) => (facts.audience === "frame" ? null : mark(id));
  const ticked = () => boxes.filter(({ box }) => box.checked).map(({ box }) => box.value);
  for (const { box } of boxes)
    box.addEventListener("change", () => act.change({ platforms: ticked() }));
  const node = h("fieldset", { class: "qx-f" },
    h("legend", {}, words.say("platform")),
    h("div", { class: "qx-inl" },
      boxes.map(({ platform, box }) =>
        h("label", {}, box, markOf(platform.id), h("span", {}, platform.name)))));
  return {
    node,
    /** @param {Selection} selection */
    show({ platforms }) {
      for (const { platform, box } of boxes) box.checked = platforms.includes(platform.id);
    },
  };
}
