// What one selection shows: the cube counted once, and rows of counts made of it.

import { returnsOf, stateOf } from "./returns.js";
import { sumCube } from "./cube.js";
import { piecesOf, rangeOf } from "./errors.js";

/** @import { Count, Cube, Facts, Named, Part, Range, Returns, Row, Selection, Sums, View,
 *  YearPlace } from "../types.d.ts" */

/**
 * Everything that a selection shows.
 * @param {Cube} cube
 * @param {Selection} selection
 * @returns {View}
 */
export function viewOf(cube, selection) {
  const { facts, sizes } = cube;
  const sums = sumCube(cube, selection);
  const years = facts.years.map((year, y) => ({ year, y })).slice(sums.from, sums.to + 1);
  const measure = facts.measures.find((each) => each.id === selection.measure);
  /** @param {number} court */
  const chosen = (court) => sums.courtOn[court] > 0;
  return {
    cube,
    facts,
    selection,
    sums,
    years,
    returns: returnsOf(cube, sums.courtOn, 1, () => 0),
    circuitReturns: returnsOf(cube, sums.courtOn, sizes.circuit,
      (court) => facts.courts[court].circuit),
    courtReturns: returnsOf(cube, sums.courtOn, sizes.court, (court) => court),
    measure: measure ?? facts.measures[0],
    part: partOf(cube, chosen, selection.platforms.length),
    nothing: nothingIn(selection),
  };
}

/** @param {Selection} selection */
function nothingIn({ courts, platforms }) {
  if (!courts.length) return "no_court_chosen";
  return platforms.length ? null : "no_platform_chosen";
}

/** @param {ArrayLike<number>} array @param {number} row @param {number} size
 *  @param {YearPlace[]} years */
export const sumOver = (array, row, size, years) =>
  years.reduce((sum, { y }) => sum + array[row * size + y], 0);

// One count over some years of a row: n, its state, what it can stand for, and whether
// returns are missing. `part`: null where no margin adds up to such a count.
/** @param {View} view @param {Sums} sums @param {number} row @param {Returns} returns
 *  @param {number} returnsRow @param {Part | null} part @param {YearPlace[]} years
 *  @returns {Count} */
function countOf(view, sums, row, returns, returnsRow, part, years) {
  const size = view.cube.sizes.year;
  const n = sumOver(sums.n, row, size, years);
  const hidden = sumOver(sums.hidden, row, size, years) > 0;
  const received = sumOver(returns.received, returnsRow, size, years);
  const nil = sumOver(returns.nil, returnsRow, size, years);
  const expected = sumOver(returns.expected, returnsRow, size, years);
  // Of a frame, a row is both what came and what was due.
  const given = sumOver(sums.given, row, size, years);
  const behind = view.facts.audience === "frame"
    ? { received: given, expected: given } : { received, expected };
  const state = stateOf(view.facts.states, n, hidden, behind);
  const range = part && !hidden ? rangeIn(view, n, part, years, view.measure.id) : null;
  return { n, state, range, received, expected, nil: state === "zero" && nil === received,
    partial: received < expected && state !== "not_reported" };
}

/** What a count of a measure over a part can stand for.
 *  @param {View} view @param {number} n @param {Part} part @param {YearPlace[]} years
 *  @param {string} measure @returns {Range | null} */
export function rangeIn({ facts, cube }, n, { pieces, wholes, platforms }, years, measure) {
  const place = facts.measures.findIndex(({ id }) => id === measure);
  const around = cube.around[place].map((other) => ({
    measure: facts.measures[other].id,
    n: years.reduce((sum, { y }) => sum + wholes[other][y], 0),
  }));
  return rangeOf(facts, { n, around, measure, platforms, years: years.length, pieces });
}

/** Whether counts come from returns, of which one may be missing; a frame has none.
 *  @param {Facts} facts */
export const hasReturns = ({ audience }) => audience !== "frame";

/** Whether a figure may be shown for a count. @param {Count} count */
export const known = (count) => count.state === "value" || count.state === "zero";

/** @typedef {Named & { index: number }} Entry */

// Rows by name, a count a year and one for all years. `ownReturns`: the returns have a
// row for each entry too.
/** @param {View} view @param {Sums} sums @param {Entry[]} entries
 *  @param {Returns} returns @param {boolean} ownReturns
 *  @param {(index: number) => Part | null} partAt @returns {Row[]} */
function rowsOf(view, sums, entries, returns, ownReturns, partAt) {
  return entries.map(({ index, id, name }) => {
    const at = ownReturns ? index : 0;
    const part = partAt(index);
    /** @param {YearPlace[]} years */
    const count = (years) => countOf(view, sums, index, returns, at, part, years);
    return { id, name, cells: view.years.map((year) => count([year])),
      total: count(view.years) };
  });
}

// Some courts and platforms as a part of the cube.
/** @param {Cube} cube @param {(court: number) => boolean} inPart
 *  @param {number} platforms @returns {Part} */
function partOf(cube, inPart, platforms) {
  const { facts, sizes } = cube;
  const wholes = cube.wholes.map(() => new Float64Array(sizes.year));
  facts.courts.forEach((_, court) => {
    if (!inPart(court)) return;
    wholes.forEach((whole, measure) => {
      for (let y = 0; y < sizes.year; y += 1)
        whole[y] += cube.wholes[measure][court * sizes.year + y];
    });
  });
  return { pieces: piecesOf(facts, inPart), wholes, platforms };
}

// The chosen courts of a row as a part of their own.
/** @param {View} view @param {(court: number) => boolean} inRow */
const placePart = ({ cube, sums, selection }, inRow) =>
  partOf(cube, (court) => sums.courtOn[court] > 0 && inRow(court),
    selection.platforms.length);

/** @param {Named[]} list @param {(entry: Entry) => boolean | number} keep */
const entriesOf = (list, keep) =>
  list.map(({ id, name }, index) => ({ id, name, index })).filter(keep);

/** @param {View} view */
export function circuitRows(view) {
  const chosen = entriesOf(view.facts.circuits, ({ index }) =>
    view.circuitReturns.courts[index] > 0);
  return rowsOf(view, view.sums.circuits, chosen, view.circuitReturns, true, (index) =>
    placePart(view, (court) => view.facts.courts[court].circuit === index));
}

/** @param {View} view */
export function courtRows(view) {
  const chosen = entriesOf(view.facts.courts, ({ index }) => view.sums.courtOn[index]);
  return rowsOf(view, view.sums.courts, chosen, view.courtReturns, true, (index) =>
    placePart(view, (court) => court === index));
}

/** @param {View} view */
export function platformRows(view) {
  const chosen = entriesOf(view.facts.platforms, ({ id }) =>
    view.selection.platforms.includes(id));
  const part = { ...view.part, platforms: 1 };
  return rowsOf(view, view.sums.platforms, chosen, view.returns, false, () => part);
}

/** The rows of the breakdown: the table behind what is shown. @param {View} view */
export function breakdownRows(view) {
  const { facts, sums, measure, selection } = view;
  if (view.nothing) return [];
  if (selection.breakdown === "circuit") return circuitRows(view);
  if (selection.breakdown === "platform") return platformRows(view);
  const stages = selection.breakdown === "stage";
  const counted = stages ? measure.stages : measure.results;
  const list = entriesOf(stages ? facts.stages : facts.results, ({ index }) =>
    counted.includes(index));
  return rowsOf(view, stages ? sums.stages : sums.results, list, view.returns, false,
    () => null);
}

/** The total of the chosen measure over some of the years.
 *  @param {View} view @param {YearPlace[]} years */
export function totalOver(view, years) {
  const { platforms } = view.sums;
  const { year, platform } = view.cube.sizes;
  const all = { n: new Float64Array(year), hidden: new Uint8Array(year),
    given: new Uint8Array(year) };
  for (let row = 0; row < platform; row += 1)
    for (const { y } of years) {
      all.n[y] += platforms.n[row * year + y];
      all.hidden[y] |= platforms.hidden[row * year + y];
      all.given[y] |= platforms.given[row * year + y];
    }
  return countOf(view, all, 0, view.returns, 0, view.part, years);
}

/** The breaks in the series between the chosen years. @param {View} view */
export const breaksIn = ({ facts, years }) =>
  facts.breaks.filter(({ year }) =>
    years.length && years[0].year < year && year <= years[years.length - 1].year);
