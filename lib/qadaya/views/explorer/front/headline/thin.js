// A choice too small to say anything says so, and offers the next level up.

import { h } from "../dom/elements.js";
import { sameSelection } from "../data/selection.js";
import { totalOver } from "../data/view.js";

/** @import { Actions, Facts, PartOfSelection, View, Words } from "../types.d.ts" */
/** @typedef {{ offer: string, part: PartOfSelection }} Wider */

/**
 * The note; `fallback` takes the focus when the note steps back under it.
 * @param {Facts} facts
 * @param {Words} words
 * @param {Actions} act
 * @param {HTMLElement} fallback
 */
export function thinChoice(facts, words, act, fallback) {
  const text = h("span", {});
  const button = h("button", { type: "button", class: "qx-quiet" });
  const node = h("div", { class: "qx-thin", role: "note", hidden: true },
    h("b", {}, words.say("too_thin")), text, h("p", { class: "qx-acts" }, button));
  /** @type {Wider | null} */
  let wider = null;
  button.addEventListener("click", () => {
    if (wider) act.change(wider.part);
    if (node.hidden) fallback.focus();
  });
  return {
    node,
    /** @param {View} view */
    show(view) {
      const total = totalOver(view, view.years);
      wider = total.n < facts.thin ? nextLevel(view) : null;
      const held = node.contains(document.activeElement);
      node.hidden = wider === null;
      if (held && node.hidden) fallback.focus();
      if (!wider) return;
      text.textContent = words.say("thin_choice", { limit: facts.thin });
      button.textContent = words.say(wider.offer);
    },
  };
}

// Courts give way to their circuits, circuits to the country, then years to all years.
/** @param {View} view @returns {Wider | null} */
function nextLevel({ facts, selection }) {
  const { courts, platforms, years } = facts;
  const chosen = new Set(selection.courts);
  const touched = new Set(
    courts.filter((court) => chosen.has(court.id)).map((court) => court.circuit));
  const circuits = courts.filter((court) => touched.has(court.circuit));
  if (circuits.length > chosen.size)
    return { offer: "offer_circuits", part: { courts: ids(circuits) } };
  if (courts.length > chosen.size)
    return { offer: "offer_country", part: { courts: ids(courts) } };
  /** @type {[number, number]} */
  const all = [years[0], years[years.length - 1]];
  if (!sameSelection(all, selection.years))
    return { offer: "offer_years", part: { years: all } };
  if (selection.platforms.length < platforms.length)
    return { offer: "offer_platforms", part: { platforms: ids(platforms) } };
  return selection.measure === "cases" ? null
    : { offer: "offer_cases", part: { measure: "cases" } };
}

/** @param {{ id: string }[]} list */
const ids = (list) => list.map(({ id }) => id);
