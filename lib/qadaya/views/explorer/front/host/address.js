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
 * Replaced in place, so that going back leaves the page and not the last filter.
 * @template S
 * @param {S} selection
 * @param {Spelling<S>} spelling
 */
export function keepInAddress(selection, spelling) {
  const hash = spelling.toHash(selection);
  const address = location.href.replace(/#.*$/, "");
  if (hash || spelling.fromHash(location.hash))
    history.replaceState(history.state, "", address + hash);
}

/**
 * Tells what is typed into the address later; gives a function that stops it.
 * @template S
 * @param {Spelling<S>} spelling
 * @param {(selection: S) => void} onChoice
 */
export function followAddress(spelling, onChoice) {
  const heard = () => {
    const found = spelling.fromHash(location.hash);
    if (found) onChoice(found);
  };
  addEventListener("hashchange", heard);
  return () => removeEventListener("hashchange", heard);
}
