// What chance does to a count, looked up in the table that Python made.

/** @import { Chance, Range } from "../types.d.ts" */

// The position of the largest count of the table that is no larger.
/** @param {number[]} counts @param {number} n */
function below(counts, n) {
  let [low, high] = [0, counts.length - 1];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (counts[middle] <= n) low = middle;
    else high = middle - 1;
  }
  return low;
}

// The position of the smallest count of the table that is no smaller.
/** @param {number[]} counts @param {number} n */
function above(counts, n) {
  const at = below(counts, n);
  return counts[at] < n ? Math.min(at + 1, counts.length - 1) : at;
}

/** The 95 % interval over all counts of a range. @param {Chance} chance
 *  @param {Range} range */
export const intervalOf = (chance, { fewest, most }) => ({
  low: chance.low[below(chance.counts, fewest)],
  high: chance.high[above(chance.counts, most)],
});

/**
 * Whether chance explains a difference, whatever the true counts are: `rise` or `fall`
 * where it does for none of them, `chance` where it does for all, else `open`.
 * @param {Chance} chance
 * @param {Range} before
 * @param {Range} after
 */
export function verdictOf({ counts, down, up }, before, after) {
  const [first, last] = [below(counts, before.fewest), above(counts, before.most)];
  if (after.fewest >= up[last]) return "rise";
  if (after.most <= down[first]) return "fall";
  return after.most < up[first] && after.fewest > down[last] ? "chance" : "open";
}
