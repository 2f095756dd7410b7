import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { openCube, sumCube } from "../../lib/qadaya/views/explorer/front/data/cube.js";
import { returnsOf, stateOf } from "../../lib/qadaya/views/explorer/front/data/returns.js";
import { everything } from "../../lib/qadaya/views/explorer/front/data/selection.js";
import {
  breakdownRows, circuitRows, platformRows, totalOver, viewOf,
} from "../../lib/qadaya/views/explorer/front/data/view.js";
import { CELLS, columnsOf, FACTS } from "./edition.js";

const cube = openCube(columnsOf(), FACTS);
const chosen = (part) => ({ ...everything(FACTS), ...part });
const byYear = (sums, row) => [...sums.n.slice(3 * row, 3 * row + 3)];

test("all cases by court and year", () => {
  const { courts } = sumCube(cube, chosen({}));
  assert.deepEqual([0, 1, 2, 3].map((court) => byYear(courts, court)),
    [[0, 0, 1], [0, 6, 6], [3, 0, 5], [0, 0, 0]]);
});

test("a measure is part of each that counts all its cases", () => {
  assert.deepEqual(cube.around, [[0], [0, 1], [0, 1, 2]]);
});

test("a circuit is the sum of its courts", () => {
  const { circuits } = sumCube(cube, chosen({}));
  assert.deepEqual([0, 1, 2].map((circuit) => byYear(circuits, circuit)),
    [[0, 6, 7], [3, 0, 5], [0, 0, 0]]);
});

test("a measure keeps only the stages and results that it counts", () => {
  const sums = sumCube(cube, chosen({ measure: "convicted" }));
  assert.deepEqual([0, 1].map((platform) => byYear(sums.platforms, platform)),
    [[0, 0, 7], [0, 0, 0]]);
  assert.equal(byYear(sums.stages, 4)[2], 6);
});

test("totals are of each measure, and the flow is of all cases, whatever is chosen", () => {
  const sums = sumCube(cube, chosen({ measure: "convicted" }));
  assert.deepEqual([...sums.totals], [21, 12, 7]);
  assert.deepEqual([...sums.flow], [0, 9, 0, 2, 6, 1, 3]);
});

test("courts, platforms and years that are not chosen are not counted", () => {
  const part = { courts: ["tpi-sale", "ca-fes"], platforms: ["CPS"], years: [2023, 2024] };
  const { totals, from, to } = sumCube(cube, chosen(part));
  assert.deepEqual([[...totals], from, to], [[7, 2, 0], 1, 2]);
});

test("nothing chosen counts nothing", () => {
  assert.deepEqual([...sumCube(cube, chosen({ courts: [] })).totals], [0, 0, 0]);
});

test("a hidden cell hides every sum that it is part of, and no other", () => {
  const cells = CELLS.map((cell, k) => (k === 2 ? [...cell.slice(0, 5), 0] : cell));
  const hiding = openCube(columnsOf(cells, [0, 0, 1, 0, 0, 0]), FACTS);
  const sums = sumCube(hiding, chosen({}));
  assert.deepEqual([...sums.courts.hidden], [0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0]);
  assert.deepEqual([...sums.circuits.hidden], [0, 0, 1, 0, 0, 0, 0, 0, 0]);
  assert.deepEqual([...sums.hiddenTotals], [1, 1, 1]);
  assert.deepEqual([...sumCube(hiding, chosen({ years: [2022, 2023] })).hiddenTotals],
    [0, 0, 0]);
  assert.deepEqual([...sumCube(hiding, chosen({ platforms: ["CPS"] })).hiddenTotals],
    [0, 0, 0]);
});

test("numbers above a byte come in a wider type", () => {
  const bytes = Buffer.from(Uint32Array.from([70_000, 1, 1, 1, 1, 1]).buffer);
  const n = { type: "Uint32Array", data: bytes.toString("base64") };
  const wide = openCube({ ...columnsOf(), n }, FACTS);
  assert.equal(sumCube(wide, chosen({})).totals[0], 70_005);
});

test("returns are counted by year, of all chosen courts and of each circuit", () => {
  const on = Uint8Array.from([1, 1, 1, 1]);
  const all = returnsOf(cube, on, 1, () => 0);
  assert.deepEqual([[...all.received], [...all.nil], [...all.expected]],
    [[3, 2, 3], [2, 1, 0], [3, 3, 4]]);
  const { received, courts } = returnsOf(cube, Uint8Array.from([0, 1, 1, 1]), 3,
    (court) => FACTS.courts[court].circuit);
  assert.deepEqual([[...received], [...courts]], [[1, 1, 1, 1, 0, 1, 0, 0, 0], [1, 1, 1]]);
});

const examples = new URL("../data/count_states.json", import.meta.url);

for (const [said, n, hidden, received, expected, state] of
  JSON.parse(readFileSync(examples, "utf-8")))
  test(`${said}: ${state}`, () => {
    assert.equal(stateOf(FACTS.states, n, hidden, { received, expected }), state);
  });

test("each circuit has the state of its own courts", () => {
  const rows = circuitRows(viewOf(cube, chosen({})));
  assert.deepEqual(rows.map((row) => row.cells.map((cell) => cell.state)), [
    ["zero", "value", "value"],
    ["value", "not_reported", "value"],
    ["not_established", "not_established", "not_reported"],
  ]);
  assert.deepEqual(rows[0].cells.map((cell) => cell.nil), [true, false, false]);
});

test("a row has a count a year and a total, and says whether returns are missing", () => {
  const view = viewOf(cube, chosen({}));
  const [ncmec, cps] = platformRows(view);
  assert.deepEqual(ncmec.cells.map(({ n, partial }) => [n, partial]),
    [[0, false], [4, true], [7, true]]);
  assert.deepEqual([ncmec.total.n, cps.total.n, totalOver(view, view.years).n], [11, 10, 21]);
});

test("the breakdown has a row for each code that the measure counts", () => {
  const rows = (part) => breakdownRows(viewOf(cube, chosen(part))).map(({ id }) => id);
  assert.deepEqual(rows({ breakdown: "platform" }), ["NCMEC", "CPS"]);
  assert.deepEqual(rows({ breakdown: "circuit", courts: ["ca-fes"] }), ["ca-fes"]);
  assert.deepEqual(rows({ breakdown: "stage", measure: "convicted" }),
    ["first_instance", "appeal", "cassation"]);
  assert.deepEqual(rows({ breakdown: "result", measure: "convicted" }), ["convicted"]);
  assert.deepEqual(rows({ courts: [] }), []);
});

test("choosing nothing names the sentence that says so", () => {
  assert.equal(viewOf(cube, chosen({ courts: [] })).nothing, "no_court_chosen");
  assert.equal(viewOf(cube, chosen({ platforms: [] })).nothing, "no_platform_chosen");
  assert.equal(viewOf(cube, chosen({})).nothing, null);
});
