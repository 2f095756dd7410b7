// The cube as typed arrays, and its sums for a selection: one pass over the cells.

/** @import { Cells, Cube, CubeSums, Facts, Packed, Places, Selection, Sums }
 *  from "../types.d.ts" */

const TYPES = { Uint8Array, Uint16Array, Uint32Array };

/** @param {Packed} column @returns {Places} */
function unpacked({ type, data }) {
  const text = atob(data);
  const bytes = new Uint8Array(text.length);
  for (let k = 0; k < text.length; k += 1) bytes[k] = text.charCodeAt(k);
  return new TYPES[type](bytes.buffer);
}

/**
 * The cells of an edition, ready to be summed.
 * @param {Record<string, Packed>} columns
 * @param {Facts} facts
 * @returns {Cube}
 */
export function openCube(columns, facts) {
  const cells = Object.fromEntries(
    Object.entries(columns).map(([name, column]) => [name, unpacked(column)]),
  );
  const masks = measureMasks(facts);
  return {
    cells: /** @type {Cells} */ (cells),
    wholes: wholesOf(/** @type {Cells} */ (cells), masks, facts),
    around: facts.measures.map((_, measure) => measuresAround(masks, measure, facts)),
    facts,
    reporting: unpacked(facts.reporting),
    masks,
    sizes: {
      court: facts.courts.length,
      circuit: facts.circuits.length,
      platform: facts.platforms.length,
      year: facts.years.length,
      stage: facts.stages.length,
      result: facts.results.length,
    },
  };
}

// Each measure of all platforms by court and year: what no part of it can exceed.
/** @param {Cells} cells @param {Uint8Array} masks @param {Facts} facts */
function wholesOf({ court, year, stage, result, n }, masks, facts) {
  const { measures, courts, years, results } = facts;
  const wholes = measures.map(() => new Float64Array(courts.length * years.length));
  for (let k = 0; k < n.length; k += 1) {
    const mask = masks[stage[k] * results.length + result[k]];
    const place = court[k] * years.length + year[k];
    for (let bit = 0; bit < wholes.length; bit += 1)
      if (mask & (1 << bit)) wholes[bit][place] += n[k];
  }
  return wholes;
}

// The measures that count every case that a measure counts: itself, and all it is part of.
/** @param {Uint8Array} masks @param {number} measure @param {Facts} facts */
const measuresAround = (masks, measure, { measures }) =>
  measures.map((_, other) => other).filter((other) =>
    masks.every((mask) => !(mask & (1 << measure)) || mask & (1 << other)));

// For each stage and result, one bit a measure that counts such a case.
/** @param {Facts} facts */
function measureMasks({ measures, stages, results }) {
  const masks = new Uint8Array(stages.length * results.length);
  measures.forEach((measure, bit) => {
    for (const stage of measure.stages)
      for (const result of measure.results)
        masks[stage * results.length + result] |= 1 << bit;
  });
  return masks;
}

/** @param {{ id: string }[]} known @param {string[]} chosen */
function flags(known, chosen) {
  const wanted = new Set(chosen);
  return Uint8Array.from(known, (one) => (wanted.has(one.id) ? 1 : 0));
}

/** @param {number} rows @param {number} columns @returns {Sums} */
const emptySums = (rows, columns) => ({
  n: new Float64Array(rows * columns),
  hidden: new Uint8Array(rows * columns),
  given: new Uint8Array(rows * columns),
});

/**
 * Sums of the chosen cells: `courts`, `circuits`, `platforms`, `stages` and `results` by
 * row x year, of the chosen measure; `totals` of each measure; `flow`: all cases by
 * stage.
 * @param {Cube} cube
 * @param {Selection} selection
 * @returns {CubeSums}
 */
export function sumCube(cube, selection) {
  const { facts, sizes } = cube;
  const wanted = {
    bit: 1 << facts.measures.findIndex((each) => each.id === selection.measure),
    courtOn: flags(facts.courts, selection.courts),
    platformOn: flags(facts.platforms, selection.platforms),
    from: facts.years.indexOf(selection.years[0]),
    to: facts.years.indexOf(selection.years[1]),
  };
  const into = {
    courts: emptySums(sizes.court, sizes.year),
    platforms: emptySums(sizes.platform, sizes.year),
    stages: emptySums(sizes.stage, sizes.year),
    results: emptySums(sizes.result, sizes.year),
    standing: emptySums(sizes.stage, sizes.result),
  };
  addCells(cube, wanted, into);
  const { hidden } = cube.cells;
  if (hidden) mark(cube, (k) => hidden[k] > 0, "hidden", wanted, into);
  // A frame knows its own rows only; an edition knows what no cell stands for.
  if (facts.audience === "frame") mark(cube, () => true, "given", wanted, into);
  const { standing, ...sums } = into;
  const { from, to, courtOn } = wanted;
  return { from, to, courtOn, ...sums, circuits: byCircuit(cube, sums.courts),
    ...totalsOf(cube, standing) };
}

/**
 * @typedef {{ bit: number, courtOn: Uint8Array, platformOn: Uint8Array, from: number,
 *   to: number }} Wanted
 * @typedef {{ courts: Sums, platforms: Sums, stages: Sums, results: Sums,
 *   standing: Sums }} Into
 */

// The one loop that meets every cell at every change: plain, for it must be fast.
/** @param {Cube} cube @param {Wanted} wanted @param {Into} into */
function addCells({ cells, masks, sizes }, { bit, courtOn, platformOn, from, to }, into) {
  const { court, platform, year, stage, result, n } = cells;
  const years = sizes.year;
  const [standing, courts] = [into.standing.n, into.courts.n];
  const [platforms, stages, results] = [into.platforms.n, into.stages.n, into.results.n];
  for (let k = 0; k < n.length; k += 1) {
    const y = year[k];
    if (y < from || y > to || !courtOn[court[k]] || !platformOn[platform[k]]) continue;
    const kind = stage[k] * sizes.result + result[k];
    const value = n[k];
    standing[kind] += value;
    if (!(masks[kind] & bit)) continue;
    courts[court[k] * years + y] += value;
    platforms[platform[k] * years + y] += value;
    stages[stage[k] * years + y] += value;
    results[result[k] * years + y] += value;
  }
}

// What is true of a cell is true of every sum that it is part of: hidden, or given.
/** @param {Cube} cube @param {(k: number) => boolean} which
 *  @param {"hidden" | "given"} as @param {Wanted} wanted @param {Into} into */
function mark({ cells, masks, sizes }, which, as, wanted, into) {
  const { court, platform, year, stage, result } = cells;
  const { bit, courtOn, platformOn, from, to } = wanted;
  for (let k = 0; k < year.length; k += 1) {
    const y = year[k];
    if (!which(k) || y < from || y > to) continue;
    if (!courtOn[court[k]] || !platformOn[platform[k]]) continue;
    const kind = stage[k] * sizes.result + result[k];
    into.standing[as][kind] = 1;
    if (!(masks[kind] & bit)) continue;
    into.courts[as][court[k] * sizes.year + y] = 1;
    into.platforms[as][platform[k] * sizes.year + y] = 1;
    into.stages[as][stage[k] * sizes.year + y] = 1;
    into.results[as][result[k] * sizes.year + y] = 1;
  }
}

/** @param {Cube} cube @param {Sums} standing Cases by stage x result. */
function totalsOf({ facts, masks, sizes }, standing) {
  const sums = {
    totals: new Float64Array(facts.measures.length),
    hiddenTotals: new Uint8Array(facts.measures.length),
    flow: new Float64Array(sizes.stage),
  };
  standing.n.forEach((n, kind) => {
    sums.flow[Math.floor(kind / sizes.result)] += n;
    facts.measures.forEach((_, m) => {
      if (!(masks[kind] & (1 << m))) return;
      sums.totals[m] += n;
      sums.hiddenTotals[m] |= standing.hidden[kind];
    });
  });
  return sums;
}

/** @param {Cube} cube @param {Sums} courts */
function byCircuit({ facts, sizes }, courts) {
  const sums = emptySums(sizes.circuit, sizes.year);
  facts.courts.forEach(({ circuit }, court) => {
    for (let y = 0; y < sizes.year; y += 1) {
      sums.n[circuit * sizes.year + y] += courts.n[court * sizes.year + y];
      sums.hidden[circuit * sizes.year + y] |= courts.hidden[court * sizes.year + y];
      sums.given[circuit * sizes.year + y] |= courts.given[court * sizes.year + y];
    }
  });
  return sums;
}
