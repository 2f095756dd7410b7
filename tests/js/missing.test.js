import assert from "node:assert/strict";
import { test } from "node:test";

import { openCube } from "../../lib/qadaya/views/explorer/front/data/cube.js";
import { missingOf } from "../../lib/qadaya/views/explorer/front/data/returns.js";
import { everything } from "../../lib/qadaya/views/explorer/front/data/selection.js";
import { viewOf } from "../../lib/qadaya/views/explorer/front/data/view.js";
import { othersAdd } from "../../lib/qadaya/views/explorer/front/headline/now.js";
import { bare } from "../../lib/qadaya/views/explorer/front/words/plain.js";
import { createWords } from "../../lib/qadaya/views/explorer/front/words/words.js";
import { columnsOf, FACTS } from "./edition.js";

const words = createWords({ language: "en", direction: "ltr",
  words: { others_add: "the others would add {bound}", others_never: "they never reported" },
  counted: { never_reported: { one: "{span}; {n} never reported", other: "" } } });
const years = FACTS.years.map((year, y) => ({ year, y }));
const cube = openCube(columnsOf(), FACTS);

// Fez sent nothing for 2023, Errachidia nothing for 2024 and nothing ever.
test("what has not come would add none, to the most of each court in another year", () => {
  assert.deepEqual(missingOf(cube, Uint8Array.from([1, 1, 1, 1]), years),
    { returns: 2, most: 5, unknown: 1 });
  assert.deepEqual(missingOf(cube, Uint8Array.from([0, 0, 1, 0]), years),
    { returns: 1, most: 5, unknown: 0 });
  assert.deepEqual(missingOf(cube, Uint8Array.from([1, 1, 1, 1]), years.slice(0, 1)),
    { returns: 0, most: 0, unknown: 0 });
});

for (const [courts, said] of /** @type {[string[], string][]} */ ([
  [["ca-rabat"], ""],
  [["ca-fes"], "the others would add 0–5"],
  [["ca-fes", "ca-errachidia"], "the others would add 0–5; 1 never reported"],
  [["ca-errachidia"], "they never reported"],
]))
  test(`of ${courts.join(" and ")} stands beside the total: ${said || "nothing"}`, () => {
    const view = viewOf(cube, { ...everything(FACTS), courts });
    assert.equal(bare(othersAdd(view, words)), said);
  });

test("an edition that does not tell the counts of courts bounds nothing", () => {
  const hidden = openCube(columnsOf(), { ...FACTS, largest: null });
  assert.equal(othersAdd(viewOf(hidden, everything(FACTS)), words), "");
});
