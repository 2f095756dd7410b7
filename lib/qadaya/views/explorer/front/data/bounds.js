// How far rounding may have moved a sum: the least that the published margins allow.

/** @import { Extent, Facts, View } from "../types.d.ts" */

/**
 * A part of the cube: the courts summed over, and how many platforms, years, stages and
 * results. It is also all cases less those in `less`, where that is given.
 * @typedef {{ courts: string[], platforms: number, years: number, stages: number,
 *   results: number, less?: Extent[] }} Part
 */
/** @typedef {{ n: number, all: boolean }} Piece Cells of a dimension; are they all? */

/**
 * The largest rounding error of a sum, as `rounding_error` in Python. Null when no margin
 * of the edition can be added up to it; 0 when the edition is exact.
 * @param {Facts} facts
 * @param {Part} part
 * @returns {number | null}
 */
export function errorBound(facts, { less = [], ...part }) {
  if (facts.audience !== "shared") return 0;
  const all = { ...part, stages: facts.stages.length, results: facts.results.length };
  const readings = [[part]];
  if (less.length) readings.push([all, ...less.map((each) => ({ ...all, ...each }))]);
  const least = Math.min(...readings.map((terms) =>
    terms.reduce((sum, term) => sum + leastBound(facts, term), 0)));
  return Number.isFinite(least) ? least : null;
}

// The least error that one margin allows a sum; infinite when none adds up to it.
/** @param {Facts} facts @param {Part} part */
function leastBound(facts, part) {
  const pieces = piecesOf(facts, part);
  const sums = facts.bounds.map(({ dims, largest }) => largest * copies(dims, pieces));
  return Math.min(...sums.filter(Number.isFinite));
}

// How many cells of each dimension the part is made of; `all` when it is all of them.
/** @param {Facts} facts @param {Part} part @returns {Record<string, Piece>} */
function piecesOf(facts, { courts, platforms, years, stages, results }) {
  /** @param {number} n @param {number} of */
  const some = (n, of) => ({ n, all: n === of });
  return {
    court: some(courts.length, facts.courts.length),
    circuit: some(wholeCircuits(facts, courts), facts.circuits.length),
    platform: some(platforms, facts.platforms.length),
    year: some(years, facts.years.length),
    stage: some(stages, facts.stages.length),
    result: some(results, facts.results.length),
  };
}

// How many circuits the courts make up; not a number when one is chosen in part.
/** @param {Facts} facts @param {string[]} courts */
function wholeCircuits({ circuits, courts: known }, courts) {
  const chosen = new Set(courts);
  const whole = circuits.map((_, number) => {
    const members = known.filter((court) => court.circuit === number);
    const ticked = members.filter((court) => chosen.has(court.id)).length;
    if (ticked === 0) return 0;
    return ticked === members.length ? 1 : NaN;
  });
  return whole.reduce((one, other) => one + other, 0);
}

// Cells of a margin that add up to the part; infinite when they cannot.
/** @param {string[]} dims @param {Record<string, Piece>} pieces */
function copies(dims, pieces) {
  let n = 1;
  for (const [name, piece] of Object.entries(pieces)) {
    if (name === "court" || name === "circuit") continue;
    if (dims.includes(name)) n *= piece.n;
    else if (!piece.all) return Infinity;
  }
  if (dims.includes("court")) return n * pieces.court.n;
  if (dims.includes("circuit"))
    return Number.isNaN(pieces.circuit.n) ? Infinity : n * pieces.circuit.n;
  return pieces.court.all ? n : Infinity;
}

/** The chosen part of the cube, as `errorBound` takes it. @param {View} view */
export const chosenPart = ({ selection, years, measure }) => ({
  courts: selection.courts,
  platforms: selection.platforms.length,
  years: years.length,
  stages: measure.stages.length,
  results: measure.results.length,
  less: measure.less,
});

/** The courts of one circuit that is chosen whole, to name the error of such a sum.
 *  @param {View} view */
export function oneCircuit({ facts, circuitReturns }) {
  const members = facts.circuits.map((_, number) =>
    facts.courts.filter((court) => court.circuit === number).map((court) => court.id));
  const whole = members.findIndex((ids, k) =>
    ids.length && circuitReturns.courts[k] === ids.length);
  return whole < 0 ? [] : members[whole];
}
