// A small edition as Python would give it: four courts in three circuits, three years.

/** Whole numbers as the explorer gets them: little-endian bytes in base64. */
export const packed = (values) => ({
  type: "Uint8Array",
  data: Buffer.from(Uint8Array.from(values)).toString("base64"),
});

const named = (...ids) => ids.map((id) => ({ id, name: id }));
const STAGES = ["under_investigation", "closed", "referred", "prosecuted",
  "first_instance", "appeal", "cassation"];
const RESULTS = ["none", "pending", "convicted", "acquitted", "other"];
export const STATUSES = ["reported", "nil", "missing", "not_established"];
// STATE_BY_FACTS of Python, as one bit each for cases, a hidden cell, a return, one due.
const NONE = ["not_established", "value", "not_established", "hidden"];
const STATES = [...NONE, ...NONE, "not_reported", "value", "not_reported", "hidden",
  "zero", "value", "hidden", "hidden"];
const ALL = [0, 1, 2, 3, 4, 5, 6];

/** Errors by measure, platforms and years; `of` gives those of one. */
export function errorsOf(of) {
  const byYears = (measure, platforms) => [1, 2, 3].map((years) => of(measure, platforms, years));
  return Object.fromEntries(["cases", "prosecuted", "convicted"].map((measure) =>
    [measure, [1, 2].map((platforms) => byYears(measure, platforms))]));
}

// What Python gives for 0 to 13, and for 20 and 30.
export const CHANCE = {
  counts: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 20, 30],
  low: [0, 0, 0.2, 0.6, 1, 1.6, 2.2, 2.8, 3.4, 4.1, 4.7, 5.4, 6.2, 6.9, 12.2, 20.2],
  high: [3.7, 5.6, 7.3, 8.8, 10.3, 11.7, 13.1, 14.5, 15.8, 17.1, 18.4, 19.7, 21, 22.3, 30.9,
    42.9],
  down: [-1, -1, -1, -1, -1, -1, 0, 0, 1, 1, 2, 3, 3, 4, 8, 15],
  up: [6, 8, 10, 12, 13, 15, 17, 18, 20, 21, 23, 24, 26, 27, 36, 49],
};

export const FACTS = {
  edition: "2025.1",
  audience: "internal",
  synthetic: false,
  as_of: "30 June 2025",
  manifest: "3f9a71c4",
  years: [2022, 2023, 2024],
  courts: [
    { id: "ca-rabat", name: "Court of Appeal, Rabat", circuit: 0, also: [] },
    { id: "tpi-sale", name: "Salé", circuit: 0, also: ["سلا"] },
    { id: "ca-fes", name: "Court of Appeal, Fez", circuit: 1, also: ["فاس"] },
    { id: "ca-errachidia", name: "Court of Appeal, Errachidia", circuit: 2, also: [] },
  ],
  circuits: named("ca-rabat", "ca-fes", "ca-errachidia"),
  tiles: [[2, 1], [1, 2], [3, 2]],
  platforms: named("NCMEC", "CPS"),
  stages: named(...STAGES),
  results: named(...RESULTS),
  measures: [
    { id: "cases", name: "Cases", stages: ALL, results: [0, 1, 2, 3, 4] },
    { id: "prosecuted", name: "Prosecuted", stages: [3, 4, 5, 6], results: [0, 1, 2, 3, 4] },
    { id: "convicted", name: "Convicted", stages: [4, 5, 6], results: [2] },
  ],
  breakdowns: ["platform", "circuit", "stage", "result"],
  states: STATES,
  statuses: STATUSES,
  // Court by court, 2022 to 2024.
  reporting: packed([1, 1, 0, 1, 0, 0, 0, 2, 0, 3, 3, 2]),
  largest: [1, 6, 5, null],
  errors: errorsOf(() => ({ all: 0, circuit: 0, court: 0 })),
  chance: CHANCE,
  most: 21,
  p_of_3_and_6: "p = 0.51",
  breaks: [],
  thin: 10,
};

// court, platform, year, stage, result, n
export const CELLS = [
  [1, 0, 1, 1, 0, 4], // Salé, NCMEC, 2023, closed
  [1, 1, 1, 3, 1, 2], // Salé, CPS, 2023, prosecuted and pending
  [1, 0, 2, 4, 2, 6], // Salé, NCMEC, 2024, convicted at first instance
  [0, 0, 2, 5, 2, 1], // Rabat, NCMEC, 2024, convicted, on appeal
  [2, 1, 0, 6, 3, 3], // Fez, CPS, 2022, acquitted, in cassation
  [2, 1, 2, 1, 0, 5], // Fez, CPS, 2024, closed
];
const COLUMNS = ["court", "platform", "year", "stage", "result", "n"];

/** The cells as columns; `hidden`: one mark a cell. */
export function columnsOf(cells = CELLS, hidden = null) {
  const columns = Object.fromEntries(
    COLUMNS.map((name, at) => [name, packed(cells.map((cell) => cell[at]))]));
  return hidden ? { ...columns, hidden: packed(hidden) } : columns;
}
