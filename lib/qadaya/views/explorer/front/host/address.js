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
 * Choices on their way into the address, each a step of its own: going back takes it
 * back. They are written after the frame that shows them, since the browser asks
 * another process then and waits: as long as a chart takes to draw.
 * @template S
 */
export class KeptInAddress {
  /** @param {Spelling<S>} spelling */
  constructor(spelling) {
    this.spelling = spelling;
    /** @type {S[]} */
    this.waiting = [];
  }

  /** @param {S} selection */
  soon(selection) {
    this.waiting.push(selection);
    if (this.waiting.length === 1)
      requestAnimationFrame(() => setTimeout(() => this.write()));
  }

  /** @param {S} selection */
  now(selection) {
    this.waiting.push(selection);
    this.write();
  }

  // What the address says by itself is newer than what was to be written.
  forget() {
    this.waiting = [];
  }

  write() {
    for (const each of this.waiting.splice(0)) keepInAddress(each, this.spelling);
  }
}

/**
 * @template S
 * @param {S} selection
 * @param {Spelling<S>} spelling
 */
function keepInAddress(selection, spelling) {
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
