// A selection in the address of a page, in few words, and read from there.

import { fittingRange, partsOf, sortedOut } from "./parts.js";
import { everything, sameSelection, whole } from "./selection.js";

/** @import { Facts, Selection, Spelling } from "../types.d.ts" */

/** How selections of these facts are spelt. @param {Facts} facts
 *  @returns {Spelling<Selection>} */
export const spellingOf = (facts) => ({
  whole: (given) => whole(given, facts),
  toHash: (selection) => toHash(selection, facts),
  fromHash: (hash) => fromHash(hash, facts),
  dropped: (hash) => unknownIn(hash, facts),
});

/**
 * The hash of a selection; empty when everything is chosen.
 * @param {Selection} selection
 * @param {Facts} facts
 */
export function toHash(selection, facts) {
  const base = everything(facts);
  /** @type {string[]} */
  const parts = [];
  /** @param {string} name @param {string[]} words */
  const add = (name, words) =>
    parts.push(`${name}=${words.map(encodeURIComponent).join(",")}`);
  if (selection.courts.length < base.courts.length)
    add("courts", courtsInHash(selection.courts, facts));
  if (selection.platforms.length < base.platforms.length)
    add("platforms", selection.platforms);
  if (!sameSelection(selection.years, base.years))
    add("years", selection.years.map(String));
  if (selection.measure !== base.measure) add("measure", [selection.measure]);
  if (selection.breakdown !== base.breakdown) add("breakdown", [selection.breakdown]);
  return parts.length ? `#${parts.join("&")}` : "";
}

/**
 * The selection in a hash, or null when the hash is not ours (an anchor of the page).
 * @param {string} hash
 * @param {Facts} facts
 */
export function fromHash(hash, facts) {
  const parts = partsOf(hash);
  if (!parts) return null;
  const { held } = sortedOut(parts, knownIn(parts, facts));
  return whole(
    {
      courts: held.courts && courtsFromHash(held.courts, facts),
      platforms: held.platforms,
      years: held.years?.map(Number),
      measure: held.measure?.[0],
      breakdown: held.breakdown?.[0],
    },
    facts,
  );
}

/**
 * What a hash names and the edition does not hold, as it is written there.
 * @param {string} hash
 * @param {Facts} facts
 */
export function unknownIn(hash, facts) {
  const parts = partsOf(hash);
  return parts ? sortedOut(parts, knownIn(parts, facts)).dropped : [];
}

/** @param {Map<string, string[]>} parts @param {Facts} facts */
function knownIn(parts, facts) {
  const places = [...facts.courts.flatMap(({ id, of }) => [id, of ?? id]).flatMap(
    (id) => [id, `!${id}`]),
    ...facts.circuits.map(({ id }) => `${id}*`)];
  return {
    courts: places,
    platforms: facts.platforms.map(({ id }) => id),
    years: fittingRange(parts.get("years"), facts.years),
    measure: facts.measures.map(({ id }) => id),
    breakdown: [...facts.breakdowns],
  };
}

// Courts in few words: whole circuits as `ca-rabat*`, or all but some as `!tpi-sale`.
/** @param {string[]} chosen @param {Facts} facts */
function courtsInHash(chosen, facts) {
  const wanted = new Set(chosen);
  const parts = facts.circuits.flatMap((circuit, number) => {
    const members = facts.courts.filter((court) => court.circuit === number);
    const ticked = members.filter((court) => wanted.has(court.id));
    if (ticked.length === members.length) return [`${circuit.id}*`];
    return ticked.map((court) => court.id);
  });
  const without = facts.courts.filter((court) => !wanted.has(court.id));
  const fewer = without.length < parts.length;
  return fewer ? without.map((court) => `!${court.id}`) : parts;
}

/** @param {string[]} parts @param {Facts} facts */
function courtsFromHash(parts, facts) {
  const named = new Set(parts);
  const allBut = parts.length > 0 && parts.every((part) => part.startsWith("!"));
  return facts.courts
    .filter(({ id, of, circuit }) => {
      if (allBut) return !named.has(`!${id}`) && !named.has(`!${of}`);
      return named.has(id) || named.has(of ?? id) ||
        named.has(`${facts.circuits[circuit].id}*`);
    })
    .map((court) => court.id);
}
