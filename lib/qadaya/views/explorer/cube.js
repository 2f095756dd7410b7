// The cube as typed arrays, and its sums for a selection: one pass over the cells.

const TYPES = { Uint8Array, Uint16Array, Uint32Array };

function decoded({ type, data }) {
  const text = atob(data);
  const bytes = new Uint8Array(text.length);
  for (let k = 0; k < text.length; k += 1) bytes[k] = text.charCodeAt(k);
  return new TYPES[type](bytes.buffer);
}

function openCube(columns, facts) {
  const cells = Object.fromEntries(
    Object.entries(columns).map(([name, column]) => [name, decoded(column)]),
  );
  return {
    cells,
    facts,
    reporting: decoded(facts.reporting),
    masks: measureMasks(facts),
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

// For each stage and result, one bit a measure that counts such a case.
function measureMasks({ measures, stages, results }) {
  const masks = new Uint8Array(stages.length * results.length);
  measures.forEach((measure, bit) => {
    for (const stage of measure.stages)
      for (const result of measure.results)
        masks[stage * results.length + result] |= 1 << bit;
  });
  return masks;
}

const flags = (known, chosen) => {
  const wanted = new Set(chosen);
  return Uint8Array.from(known, (one) => (wanted.has(one.id) ? 1 : 0));
};

// A table of sums by year, and whether a suppressed cell is among them.
const yearly = (rows, years) => ({
  n: new Float64Array(rows * years),
  hidden: new Uint8Array(rows * years),
});

// Sums of the chosen cells. `courts`, `platforms`, `stages`, `results`: row x year,
// of the chosen measure; `totals`: each measure; `flow`: all cases by stage.
function sumCube(cube, selection) {
  const { cells, facts, masks, sizes } = cube;
  const years = sizes.year;
  const bit = 1 << facts.measures.findIndex((each) => each.id === selection.measure);
  const courtOn = flags(facts.courts, selection.courts);
  const platformOn = flags(facts.platforms, selection.platforms);
  const from = facts.years.indexOf(selection.years[0]);
  const to = facts.years.indexOf(selection.years[1]);
  const courts = yearly(sizes.court, years);
  const platforms = yearly(sizes.platform, years);
  const stages = yearly(sizes.stage, years);
  const results = yearly(sizes.result, years);
  const standing = yearly(sizes.stage, sizes.result);
  const { court, platform, year, stage, result, n, hidden } = cells;
  for (let k = 0; k < n.length; k += 1) {
    const y = year[k];
    if (y < from || y > to || !courtOn[court[k]] || !platformOn[platform[k]]) continue;
    const kind = stage[k] * sizes.result + result[k];
    const value = n[k];
    standing.n[kind] += value;
    if (hidden?.[k]) standing.hidden[kind] = 1;
    if (!(masks[kind] & bit)) continue;
    courts.n[court[k] * years + y] += value;
    platforms.n[platform[k] * years + y] += value;
    stages.n[stage[k] * years + y] += value;
    results.n[result[k] * years + y] += value;
    if (hidden?.[k]) {
      courts.hidden[court[k] * years + y] = 1;
      platforms.hidden[platform[k] * years + y] = 1;
      stages.hidden[stage[k] * years + y] = 1;
      results.hidden[result[k] * years + y] = 1;
    }
  }
  const circuits = byCircuit(cube, courts);
  const ends = totalsOf(cube, standing);
  return { from, to, courtOn, courts, circuits, platforms, stages, results, ...ends };
}

function totalsOf({ facts, masks, sizes }, standing) {
  const sums = {
    totals: new Float64Array(facts.measures.length),
    hiddenTotals: new Uint8Array(facts.measures.length),
    flow: new Float64Array(sizes.stage),
  };
  standing.n.forEach((n, kind) => {
    sums.flow[Math.floor(kind / sizes.result)] += n;
    for (let m = 0; m < facts.measures.length; m += 1)
      if (masks[kind] & (1 << m)) {
        sums.totals[m] += n;
        sums.hiddenTotals[m] |= standing.hidden[kind];
      }
  });
  return sums;
}

function byCircuit({ facts, sizes }, courts) {
  const sums = yearly(sizes.circuit, sizes.year);
  facts.courts.forEach(({ circuit }, court) => {
    for (let y = 0; y < sizes.year; y += 1) {
      sums.n[circuit * sizes.year + y] += courts.n[court * sizes.year + y];
      sums.hidden[circuit * sizes.year + y] |= courts.hidden[court * sizes.year + y];
    }
  });
  return sums;
}

// Returns of the chosen courts by year: received, nil and expected, of all courts
// (`rows` = 1) or of each circuit or each court, where `rowOf(court)` says which row.
function returnsOf(cube, courtOn, rows, rowOf) {
  const { facts, reporting, sizes } = cube;
  const years = sizes.year;
  const nilCode = facts.statuses.indexOf("nil");
  const noneYet = facts.statuses.indexOf("not_established");
  const missing = facts.statuses.indexOf("missing");
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
      if (status === nilCode) found.nil[at] += 1;
    }
  }
  return found;
}

// The state of one count; the same rule as `counted_table` in Python.
function stateOf(n, hidden, received, nil, expected) {
  if (hidden) return "hidden";
  if (n > 0) return "reported";
  if (expected === 0) return "not_established";
  if (received === 0) return "missing";
  return nil === received ? "nil" : "reported";
}
