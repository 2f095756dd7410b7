import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { everything } from "../../lib/qadaya/views/explorer/front/data/selection.js";
import {
  courtsAfterPress, inRows, pickedCircuits, tileAfterKey,
} from "../../lib/qadaya/views/explorer/front/data/tiles.js";
import { FACTS } from "./edition.js";

// Circuits 0 to 2: Rabat with Salé, Fes, Errachidia.
const ALL = everything(FACTS).courts;
for (const [said, courts, pressed] of [
  ["no tile is picked out while every court is chosen", ALL, ["false", "false", "false"]],
  ["a circuit of which every court is chosen is picked out", ["ca-fes"],
    ["false", "true", "false"]],
  ["a circuit chosen in part is neither", ["tpi-sale", "ca-fes"], ["mixed", "true", "false"]],
])
  test(said, () => {
    assert.deepEqual(pickedCircuits(FACTS, { ...everything(FACTS), courts }), pressed);
  });

for (const [said, courts, circuit, after] of [
  ["the first tile pressed shows its circuit alone", ALL, 0, ["ca-rabat", "tpi-sale"]],
  ["the next is added", ["ca-rabat", "tpi-sale"], 1, ["ca-rabat", "tpi-sale", "ca-fes"]],
  ["one pressed again is taken away", ["ca-rabat", "tpi-sale", "ca-fes"], 0, ["ca-fes"]],
  ["with none left every court is chosen", ["ca-fes"], 1, ALL],
  ["a circuit chosen in part is made whole", ["tpi-sale"], 0, ["ca-rabat", "tpi-sale"]],
])
  test(said, () => {
    const selection = { ...everything(FACTS), courts };
    assert.deepEqual(courtsAfterPress(FACTS, selection, circuit), after);
  });

// A tile in the middle, one a row up and to the right, one two rows down at its left.
const FEW = [[2, 2], [1, 3], [4, 1], [2, 4]];
for (const [key, from, to] of [
  ["ArrowUp", 0, 1], ["ArrowRight", 0, 3], ["ArrowDown", 0, 2], ["ArrowLeft", 0, 2],
  ["ArrowUp", 1, null], ["ArrowLeft", 3, 0], ["Home", 2, 1], ["End", 1, 2], ["a", 0, null],
])
  test(`${key} leads from tile ${from} to ${to}`, () => {
    assert.equal(tileAfterKey(FEW, from, key), to);
  });

const rows = readFileSync(new URL("../../data/reference/tiles.csv", import.meta.url), "utf8")
  .trim().split("\n").slice(1).map((line) => line.split(","));

for (const kind of ["circuit", "region"])
  test(`arrow keys lead from the first ${kind} to every other`, () => {
    const tiles = rows.filter((row) => row[1] === kind).map((row) => [+row[2], +row[3]]);
    const reached = new Set([inRows(tiles)[0]]);
    for (const tile of reached)
      for (const key of ["ArrowUp", "ArrowDown", "ArrowLeft", "ArrowRight"]) {
        const next = tileAfterKey(tiles, tile, key);
        if (next !== null) reached.add(next);
      }
    assert.equal(reached.size, tiles.length);
  });
