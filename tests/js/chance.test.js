import assert from "node:assert/strict";
import { test } from "node:test";

import { intervalOf, verdictOf } from "../../lib/qadaya/views/explorer/front/data/chance.js";
import { openCube } from "../../lib/qadaya/views/explorer/front/data/cube.js";
import {
  errorOf, piecesOf, rangeOf,
} from "../../lib/qadaya/views/explorer/front/data/errors.js";
import { everything } from "../../lib/qadaya/views/explorer/front/data/selection.js";
import {
  circuitRows, courtRows, platformRows, totalOver, viewOf,
} from "../../lib/qadaya/views/explorer/front/data/view.js";
import { CHANCE, columnsOf, errorsOf, FACTS } from "./edition.js";

const exactly = (n) => ({ fewest: n, most: n });

for (const [said, fewest, most, low, high] of [
  ["none", 0, 0, 0, 3.7],
  ["one count", 8, 8, 3.4, 15.8],
  ["what rounding allows", 6, 10, 2.2, 18.4],
  ["between two counts of the table the outer ones", 15, 16, 6.9, 30.9],
])
  test(`the interval of ${said}`, () => {
    assert.deepEqual(intervalOf(CHANCE, { fewest, most }), { low, high });
  });

for (const [before, after, verdict] of [
  [exactly(0), exactly(6), "rise"],
  [exactly(0), exactly(5), "chance"],
  [exactly(6), exactly(0), "fall"],
  [exactly(7), exactly(1), "chance"],
  // Rounded, 0 and 6 may be 0 and 4, and then chance explains them.
  [{ fewest: 0, most: 2 }, { fewest: 4, most: 8 }, "open"],
  [{ fewest: 4, most: 8 }, { fewest: 0, most: 2 }, "open"],
  [{ fewest: 0, most: 2 }, { fewest: 10, most: 12 }, "rise"],
  [{ fewest: 10, most: 12 }, { fewest: 0, most: 2 }, "fall"],
  [{ fewest: 5, most: 6 }, { fewest: 5, most: 7 }, "chance"],
])
  test(`from ${before.fewest}-${before.most} to ${after.fewest}-${after.most}: ${verdict}`, () => {
    assert.equal(verdictOf(CHANCE, before, after), verdict);
  });

for (const [courts, pieces] of [
  [[0, 1, 2, 3], { courts: 4, circuits: 3, all: true }],
  [[0, 1], { courts: 2, circuits: 1, all: false }],
  [[1, 2], { courts: 2, circuits: null, all: false }],
  [[2], { courts: 1, circuits: 1, all: false }],
  [[], { courts: 0, circuits: 0, all: false }],
])
  test(`courts ${courts}: ${JSON.stringify(pieces)}`, () => {
    assert.deepEqual(piecesOf(FACTS, (court) => courts.includes(court)), pieces);
  });

const shared = { ...FACTS, audience: "shared", most: 23, errors: errorsOf((measure, p) =>
  measure === "cases" && p === 2
    ? { all: 2, circuit: 4, court: null }
    : { all: null, circuit: 9, court: 40 }) };
const SALE = { courts: 1, circuits: null, all: false };
const FEZ = { courts: 1, circuits: 1, all: false };

for (const [said, part, range] of [
  ["its own error", { n: 5, pieces: FEZ, platforms: 2 }, { fewest: 1, most: 9 }],
  ["no more than all cases of its places",
    { n: 5, around: [{ measure: "cases", n: 6 }], pieces: FEZ, platforms: 1 },
    { fewest: 0, most: 10 }],
  ["no more than all cases there can be",
    { n: 3, pieces: SALE, platforms: 1 }, { fewest: 0, most: 23 }],
])
  test(`a count can stand for ${said}`, () => {
    const count = { around: [{ measure: "cases", n: 20 }], measure: "cases", years: 1,
      ...part };
    assert.deepEqual(rangeOf(shared, count), range);
  });

test("convicted are no more than those prosecuted can be", () => {
  const errors = errorsOf((measure) =>
    ({ all: null, circuit: null, court: measure === "prosecuted" ? 13 : 47 }));
  const around = [{ measure: "cases", n: 22 }, { measure: "prosecuted", n: 18 }];
  const count = { n: 6, around, measure: "convicted", years: 1, platforms: 2, pieces: SALE };
  const chance = { ...CHANCE, counts: [0, 80] };
  assert.deepEqual(rangeOf({ ...FACTS, most: null, chance, errors }, count),
    { fewest: 0, most: 31 });
});

test("where nothing bounds a count there is no range", () => {
  const none = { ...shared, errors: errorsOf(() => ({ all: null, circuit: null, court: null })) };
  const count = { n: 3, around: [{ measure: "cases", n: 9 }], measure: "cases", years: 1,
    platforms: 2, pieces: FEZ };
  assert.equal(rangeOf(none, count), null);
});

test("an error is how far the count can be off on either side", () => {
  assert.equal(errorOf(5, { fewest: 1, most: 6 }), 4);
  assert.equal(errorOf(0, { fewest: 0, most: 2 }), 2);
});

test("every count of an exact edition stands for itself", () => {
  const view = viewOf(openCube(columnsOf(), FACTS), everything(FACTS));
  const counts = [...circuitRows(view), ...courtRows(view), ...platformRows(view)]
    .flatMap(({ cells, total }) => [...cells, total]);
  for (const { n, range } of [...counts, totalOver(view, view.years)])
    assert.deepEqual(range, exactly(n));
});

test("a platform of some courts cannot exceed all of their cases", () => {
  const view = viewOf(openCube(columnsOf(), shared), { ...everything(shared), courts: ["ca-fes"] });
  const [ncmec, cps] = platformRows(view);
  // Fez: 3 cases in 2022 and 5 in 2024, all of them CPS; a circuit is off by 4 at most.
  assert.deepEqual(cps.cells[2].range, { fewest: 0, most: 9 });
  assert.deepEqual(ncmec.cells[2].range, { fewest: 0, most: 9 });
});
