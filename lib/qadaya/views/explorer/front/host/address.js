// A choice kept in the address of a page, so that a link shows the same.

import { sameSelection } from "../data/selection.js";

/** @import { Model, Spelling } from "../types.d.ts" */

/**
 * What is chosen first: the address wins over the model.
 * @template S
 * @param {Model} model
 * @param {Spelling<S>} spelling
 * @param {boolean} inPage
 * @returns {S}
 */
export function startingSelection(model, spelling, inPage) {
  const given = spelling.whole(model.get("selection"));
  const found = inPage ? spelling.fromHash(location.hash) : null;
  if (!found || sameSelection(found, given)) return given;
  model.set("selection", found);
  model.save_changes();
  return found;
}

/**
 * A choice is a step of its own: going back takes it back.
 * @template S
 * @param {S} selection
 * @param {Spelling<S>} spelling
 */
export function keepInAddress(selection, spelling) {
  const hash = spelling.toHash(selection);
  const address = location.href.replace(/#.*$/, "");
  if (hash !== location.hash && (hash || spelling.fromHash(location.hash)))
    history.pushState(history.state, "", address + hash);
}

/**
 * Tells what the address says later, typed or gone back to; gives a function that stops
 * it. An address without a choice stands for the first one.
 * @template S
 * @param {Spelling<S>} spelling
 * @param {S} first
 * @param {(selection: S) => void} onChoice
 */
export function followAddress(spelling, first, onChoice) {
  const heard = () => {
    const found = location.hash ? spelling.fromHash(location.hash) : first;
    if (found) onChoice(found);
  };
  addEventListener("hashchange", heard);
  return () => removeEventListener("hashchange", heard);
}
