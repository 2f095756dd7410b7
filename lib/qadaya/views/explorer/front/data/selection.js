// The selection: everything, made whole, and whether two are the same.

/** @import { Breakdown, Court, Facts, Selection } from "../types.d.ts" */

/** @param {Facts} facts @returns {Selection} */
export const everything = (facts) => ({
  courts: facts.courts.map((court) => court.id),
  platforms: facts.platforms.map((platform) => platform.id),
  years: [facts.years[0], facts.years[facts.years.length - 1]],
  measure: facts.measures[0].id,
  breakdown: facts.breakdowns[0],
});

/** How many courts are chosen; one that moved is there once for each of its circuits.
 *  @param {Court[]} courts @param {string[]} [chosen] All, where not given. */
export function countCourts(courts, chosen) {
  const wanted = new Set(chosen ?? courts.map(({ id }) => id));
  return new Set(courts.filter(({ id }) => wanted.has(id)).map(({ id, of }) => of ?? id))
    .size;
}

/** @param {unknown} one @param {unknown} other */
export const sameSelection = (one, other) =>
  JSON.stringify(one) === JSON.stringify(other);

/**
 * A selection from outside: what it leaves out or misnames is taken as everything.
 * @param {any} given
 * @param {Facts} facts
 * @returns {Selection}
 */
export function whole(given, facts) {
  const base = everything(facts);
  const measures = facts.measures.map((measure) => measure.id);
  const breakdowns = /** @type {string[]} */ (facts.breakdowns);
  return {
    courts: kept(base.courts, given?.courts),
    platforms: kept(base.platforms, given?.platforms),
    years: fittingYears(given?.years, facts) ?? base.years,
    measure: one(measures, given?.measure, base.measure),
    breakdown: /** @type {Breakdown} */ (
      one(breakdowns, given?.breakdown, base.breakdown)),
  };
}

/** @param {string[]} known @param {unknown} wanted */
const kept = (known, wanted) =>
  Array.isArray(wanted) ? known.filter((id) => wanted.includes(id)) : known;

/** @param {string[]} known @param {string} wanted @param {string} otherwise */
const one = (known, wanted, otherwise) => (known.includes(wanted) ? wanted : otherwise);

/** @param {unknown} given @param {Facts} facts @returns {[number, number] | null} */
function fittingYears(given, { years }) {
  const [from, to] = Array.isArray(given) ? given : [];
  const fits = years.includes(from) && years.includes(to) && from <= to;
  return fits ? [from, to] : null;
}
