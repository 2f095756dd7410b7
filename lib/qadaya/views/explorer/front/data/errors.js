// How far rounding can have moved a count, looked up in what Python made of the margins.

/** @import { Errors, Facts, Pieces, Range } from "../types.d.ts" */

/**
 * How some courts add up: how many, in how many whole circuits, and whether all.
 * @param {Facts} facts
 * @param {(court: number) => boolean | number} chosen
 * @returns {Pieces}
 */
export function piecesOf(facts, chosen) {
  const members = facts.circuits.map(() => 0);
  const ticked = facts.circuits.map(() => 0);
  facts.courts.forEach(({ circuit }, court) => {
    members[circuit] += 1;
    if (chosen(court)) ticked[circuit] += 1;
  });
  const courts = ticked.reduce((sum, n) => sum + n, 0);
  const whole = ticked.every((n, circuit) => n === 0 || n === members[circuit]);
  return { courts, circuits: whole ? ticked.filter((n) => n > 0).length : null,
    all: courts === facts.courts.length };
}

/**
 * The least error that the published margins allow such a sum; null where none adds up
 * to it.
 * @param {Errors} errors
 * @param {Pieces} pieces
 */
function leastError(errors, { courts, circuits, all }) {
  const known = [
    all ? errors.all : null,
    errors.circuit === null || circuits === null ? null : errors.circuit * circuits,
    errors.court === null ? null : errors.court * courts,
  ].filter((error) => error !== null);
  return known.length ? Math.min(...known) : null;
}

/**
 * The true counts that a count can stand for: within its own error, and no more than
 * what it is part of can be. Null where nothing bounds it.
 * @param {Facts} facts
 * @param {{ n: number, around: { n: number, measure: string }[], measure: string,
 *   platforms: number, years: number, pieces: Pieces }} count `around`: what it is part
 *   of, of all platforms.
 * @returns {Range | null}
 */
export function rangeOf({ errors, platforms: all, chance, most: highest }, count) {
  const { n, around, measure, platforms, years, pieces } = count;
  const own = leastError(errors[measure][platforms - 1][years - 1], pieces);
  const bounds = around.flatMap((whole) => {
    const error = leastError(errors[whole.measure][all.length - 1][years - 1], pieces);
    return error === null ? [] : [whole.n + error];
  });
  if (own === null && !bounds.length) return null;
  const most = Math.min(n + (own ?? Infinity), ...bounds, highest ?? Infinity);
  if (most > chance.counts[chance.counts.length - 1]) return null;
  return { fewest: own === null ? 0 : Math.max(0, n - own), most };
}

/** How far a count can be off, at the most. @param {number} n @param {Range} range */
export const errorOf = (n, { fewest, most }) => Math.max(n - fewest, most - n);
