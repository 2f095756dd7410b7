import assert from "node:assert/strict";
import { test } from "node:test";

import { errorBound, oneCircuit } from "../../lib/qadaya/views/explorer/front/data/bounds.js";
import { openCube } from "../../lib/qadaya/views/explorer/front/data/cube.js";
import { everything } from "../../lib/qadaya/views/explorer/front/data/selection.js";
import { viewOf } from "../../lib/qadaya/views/explorer/front/data/view.js";
import { columnsOf, FACTS } from "./edition.js";

const BOUNDS = [
  { dims: [], largest: 1 },
  { dims: ["year"], largest: 1 },
  { dims: ["platform", "year"], largest: 2 },
  { dims: ["circuit"], largest: 2 },
  { dims: ["circuit", "year"], largest: 3 },
  { dims: ["stage"], largest: 3 },
  { dims: ["result"], largest: 2 },
];
const shared = { ...FACTS, audience: "shared", bounds: BOUNDS };
const ALL = { courts: FACTS.courts.map(({ id }) => id), platforms: 2, years: 3, stages: 7,
  results: 5 };
const RABAT = ["ca-rabat", "tpi-sale"];

for (const [said, part, bound] of [
  ["everything: the bound of the country", {}, 1],
  ["one year", { years: 1 }, 1],
  ["two years: twice the bound of a year", { years: 2 }, 2],
  ["one platform of one year", { years: 1, platforms: 1 }, 2],
  ["one platform of all years: three times", { platforms: 1 }, 6],
  ["one circuit", { courts: RABAT }, 2],
  ["one circuit of one year", { courts: RABAT, years: 1 }, 3],
  ["one stage", { stages: 1 }, 3],
  ["one result: its own bound", { results: 1 }, 2],
  ["one court, which no margin adds up to", { courts: ["tpi-sale"] }, null],
  ["one circuit of one platform", { courts: RABAT, platforms: 1 }, null],
  ["one stage of one year", { stages: 1, years: 1 }, null],
])
  test(said, () => {
    assert.equal(errorBound(shared, { ...ALL, ...part }), bound);
  });

test("what is all cases less three stages has the least of both readings", () => {
  const less = [{ stages: 1 }];
  // Four stages are 12; all cases less one stage are 1 + 3.
  assert.equal(errorBound(shared, { ...ALL, stages: 4 }), 12);
  assert.equal(errorBound(shared, { ...ALL, stages: 4, less }), 4);
});

test("an exact edition has no error", () => {
  assert.equal(errorBound(FACTS, { ...ALL, courts: ["tpi-sale"] }), 0);
});

test("an edition without bounds says that none is known", () => {
  assert.equal(errorBound({ ...shared, bounds: [] }, ALL), null);
});

test("a circuit is named for its error only when it is chosen whole", () => {
  const cube = openCube(columnsOf(), shared);
  const circuit = (courts) =>
    oneCircuit(viewOf(cube, { ...everything(shared), courts }));
  assert.deepEqual(circuit(ALL.courts), RABAT);
  assert.deepEqual(circuit(["tpi-sale", "ca-fes"]), ["ca-fes"]);
  assert.deepEqual(circuit(["tpi-sale"]), []);
});
