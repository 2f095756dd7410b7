// What one choice shows: lines by group, their cells, what these name.

/** @import { Cell, Choice, Line, PublishedFacts, Shown } from "./types.d.ts" */

/** @param {PublishedFacts} facts @param {Choice} choice @returns {Shown} */
export function shownOf(facts, choice) {
  const [first, last] = choice.years;
  const unit = facts.units.find(({ id }) => id === choice.unit) ?? facts.units[0];
  const years = facts.years.filter((year) => first <= year && year <= last);
  const lines = linesOf(facts, facts.units.indexOf(unit), years);
  const chosen = facts.offences.filter(({ id }) => choice.offences.includes(id));
  const groups = facts.groups.map((group, number) => {
    const own = chosen.filter((offence) => offence.group === number)
      .flatMap(({ id }) => lines.get(id) ?? []);
    const numbers = own.flatMap((line) => line.cells).map(({ value }) => value ?? 0);
    return { group, lines: own, top: Math.max(0, ...numbers) };
  }).filter((each) => each.lines.length);
  const cells = groups.flatMap((each) => each.lines).flatMap((line) => line.cells);
  const printed = cells.filter((cell) => cell.printed !== null);
  return {
    facts, choice, unit, years, groups,
    never: chosen.filter(({ id }) => !lines.has(id)),
    sources: ascending(cells.flatMap((cell) => cell.sources)),
    reasons: ascending(cells.flatMap(({ reason }) => reason ?? [])),
    printed: printed.length,
    missing: cells.length - printed.length,
  };
}

// The lines that were ever printed in a unit, with a cell for each of the years.
/** @param {PublishedFacts} facts @param {number} unit @param {number[]} years
 *  @returns {Map<string, Line>} */
function linesOf(facts, unit, years) {
  /** @type {Map<string, Line>} */
  const lines = new Map();
  for (const [place, ofUnit, y, printed, value, sources, reason] of facts.figures) {
    if (ofUnit !== unit) continue;
    const offence = facts.offences[place];
    const line = lines.get(offence.id) ?? { offence, cells: /** @type {Cell[]} */ ([]) };
    lines.set(offence.id, line);
    const year = facts.years[y];
    if (years.includes(year)) line.cells.push({ year, printed, value, sources, reason });
  }
  return lines;
}

/** @param {number[]} places */
const ascending = (places) => [...new Set(places)].sort((a, b) => a - b);

/** The letter that stands for a reason. @param {number} place @returns {string} */
export const letterOf = (place) =>
  (place < 26 ? "" : letterOf(Math.floor(place / 26) - 1))
  + String.fromCharCode(97 + (place % 26));

/** The number that stands for a source. @param {number} place */
export const numberOf = (place) => String(place + 1);
