// The choice of offences, a unit and years: everything, made whole, in an address.

import { fittingRange, partsOf, sortedOut } from "../data/parts.js";
import { sameSelection } from "../data/selection.js";

/** @import { Spelling } from "../types.d.ts" */
/** @import { Choice, PublishedFacts } from "./types.d.ts" */

const KEYS = ["offences", "unit", "years"];

/** @param {PublishedFacts} facts @returns {Choice} */
export const everything = ({ offences, units, years }) => ({
  offences: offences.map(({ id }) => id),
  unit: units[0].id,
  years: [years[0], years[years.length - 1]],
});

/** What is left out or misnamed is taken as everything.
 *  @param {any} given @param {PublishedFacts} facts @returns {Choice} */
export function whole(given, facts) {
  const base = everything(facts);
  const wanted = given?.offences;
  const [from, to] = Array.isArray(given?.years) ? given.years : [];
  const fits = facts.years.includes(from) && facts.years.includes(to) && from <= to;
  return {
    offences: Array.isArray(wanted)
      ? base.offences.filter((id) => wanted.includes(id)) : base.offences,
    unit: facts.units.some(({ id }) => id === given?.unit) ? given.unit : base.unit,
    years: fits ? [from, to] : base.years,
  };
}

/** @param {PublishedFacts} facts @returns {Spelling<Choice>} */
export const spellingOf = (facts) => ({
  whole: (given) => whole(given, facts),
  toHash(choice) {
    const base = everything(facts);
    const words = { offences: choice.offences, unit: [choice.unit], years: choice.years };
    const parts = /** @type {(keyof Choice)[]} */ (KEYS)
      .filter((key) => !sameSelection(choice[key], base[key]))
      .map((key) => `${key}=${words[key].join(",")}`);
    return parts.length ? `#${parts.join("&")}` : "";
  },
  fromHash(hash) {
    const parts = partsOf(hash);
    if (!parts) return null;
    const { held } = sortedOut(parts, knownIn(parts, facts));
    return whole({ offences: held.offences, unit: held.unit?.[0],
      years: held.years?.map(Number) }, facts);
  },
  dropped(hash) {
    const parts = partsOf(hash);
    return parts ? sortedOut(parts, knownIn(parts, facts)).dropped : [];
  },
});

/** @param {Map<string, string[]>} parts @param {PublishedFacts} facts */
const knownIn = (parts, { offences, units, years }) => ({
  offences: offences.map(({ id }) => id),
  unit: units.map(({ id }) => id),
  years: fittingRange(parts.get("years"), years),
});
