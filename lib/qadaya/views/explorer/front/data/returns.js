// Returns received and expected, and what a count means beside them.

/** @import { Cube, Returns, State, YearPlace } from "../types.d.ts" */

/**
 * Returns of the chosen courts by year: of all courts (`rows` = 1), of each circuit or
 * of each court, where `rowOf(court)` says which row.
 * @param {Cube} cube
 * @param {Uint8Array} courtOn
 * @param {number} rows
 * @param {(court: number) => number} rowOf
 * @returns {Returns}
 */
export function returnsOf({ facts, reporting, sizes }, courtOn, rows, rowOf) {
  const years = sizes.year;
  const [nil, missing, noneYet] = ["nil", "missing", "not_established"].map((status) =>
    facts.statuses.indexOf(/** @type {any} */ (status)));
  const found = {
    received: new Uint16Array(rows * years),
    nil: new Uint16Array(rows * years),
    expected: new Uint16Array(rows * years),
    courts: new Uint16Array(rows),
  };
  for (let court = 0; court < sizes.court; court += 1) {
    if (!courtOn[court]) continue;
    found.courts[rowOf(court)] += 1;
    for (let y = 0; y < years; y += 1) {
      const status = reporting[court * years + y];
      const at = rowOf(court) * years + y;
      if (status !== noneYet) found.expected[at] += 1;
      if (status !== noneYet && status !== missing) found.received[at] += 1;
      if (status === nil) found.nil[at] += 1;
    }
  }
  return found;
}

/**
 * What the chosen courts that have not reported in these years could add: none, to the
 * most of each in another year. `unknown`: courts of which nothing was ever reported.
 * @param {Cube} cube
 * @param {Uint8Array} courtOn
 * @param {YearPlace[]} years
 */
export function missingOf({ facts, reporting, sizes }, courtOn, years) {
  const missing = facts.statuses.indexOf("missing");
  const unknown = new Set();
  const found = { returns: 0, most: 0 };
  facts.courts.forEach(({ id, of }, court) => {
    if (!courtOn[court]) return;
    const due = years.filter(({ y }) => reporting[court * sizes.year + y] === missing).length;
    const most = facts.largest?.[court] ?? null;
    found.returns += due;
    if (due && most === null) unknown.add(of ?? id);
    found.most += due * (most ?? 0);
  });
  return { ...found, unknown: unknown.size };
}

/**
 * The state of one count, looked up in the table that Python made of its one rule.
 * @param {State[]} states
 * @param {number} n
 * @param {boolean} hidden
 * @param {{ received: number, expected: number }} returns
 */
export const stateOf = (states, n, hidden, { received, expected }) =>
  states[+(n > 0) | (+hidden << 1) | (+(received > 0) << 2) | (+(expected > 0) << 3)];
