// A choice kept in the address of a page, so that a link shows the same.

import { fromHash, toHash } from "../data/hash.js";
import { sameSelection, whole } from "../data/selection.js";

/** @import { Facts, Model, Selection } from "../types.d.ts" */

/** What is chosen first: the address wins over the model.
 *  @param {Model} model @param {Facts} facts @param {boolean} inPage */
export function startingSelection(model, facts, inPage) {
  const given = whole(model.get("selection"), facts);
  const found = inPage ? fromHash(location.hash, facts) : null;
  if (!found || sameSelection(found, given)) return given;
  model.set("selection", found);
  model.save_changes();
  return found;
}

/** Replaced in place, so that going back leaves the page and not the last filter.
 *  @param {Selection} selection @param {Facts} facts */
export function keepInAddress(selection, facts) {
  const hash = toHash(selection, facts);
  const address = location.href.replace(/#.*$/, "");
  if (hash || fromHash(location.hash, facts))
    history.replaceState(history.state, "", address + hash);
}

/** Tells what is typed into the address later; gives a function that stops it.
 *  @param {Facts} facts @param {(selection: Selection) => void} onChoice */
export function followAddress(facts, onChoice) {
  const heard = () => {
    const found = fromHash(location.hash, facts);
    if (found) onChoice(found);
  };
  addEventListener("hashchange", heard);
  return () => removeEventListener("hashchange", heard);
}
