import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { openCube } from "../../lib/qadaya/views/explorer/front/data/cube.js";
import { everything } from "../../lib/qadaya/views/explorer/front/data/selection.js";
import { viewOf } from "../../lib/qadaya/views/explorer/front/data/view.js";
import { csvText, inert } from "../../lib/qadaya/views/explorer/front/exports/csv.js";
import { tableRows } from "../../lib/qadaya/views/explorer/front/exports/table.js";
import { columnsOf, FACTS } from "./edition.js";

const examples = new URL("../data/inert_cells.json", import.meta.url);

for (const [name, typed, shown] of JSON.parse(readFileSync(examples, "utf-8")))
  test(`no spreadsheet runs ${name}`, () => {
    assert.equal(inert(typed), shown);
  });

test("CSV begins with a mark that Excel reads, and ends each line with both signs", () => {
  assert.equal(csvText([["السنة", "n"], [2024, -3]]), "\uFEFFالسنة,n\r\n2024,-3\r\n");
});

test("a field with a comma, a semicolon, a quote or a line is quoted", () => {
  assert.equal(csvText([["a,b", "a;b", 'a"b', "a\nb", "a b"]]),
    '\uFEFF"a,b","a;b","a""b","a\nb",a b\r\n');
});

test("a text that is a formula is guarded, a figure below zero is not", () => {
  assert.equal(csvText([["=1+1", -1]]), "\uFEFF'=1+1,-1\r\n");
});

test("the table of the breakdown has a row a year and code, with states in words", () => {
  const cube = openCube(columnsOf(), FACTS);
  const words = { say: (key) => key };
  const selection = { ...everything(FACTS), breakdown: "circuit", years: [2023, 2024] };
  assert.deepEqual(tableRows(viewOf(cube, selection), words), [
    ["year", "by_circuit", "Cases", "state", "returns_received", "returns_expected"],
    [2023, "ca-rabat", 6, "state_value", 2, 2],
    [2023, "ca-fes", "", "state_not_reported", 0, 1],
    [2023, "ca-errachidia", "", "state_not_established", 0, 0],
    [2024, "ca-rabat", 7, "state_value", 2, 2],
    [2024, "ca-fes", 5, "state_value", 1, 1],
    [2024, "ca-errachidia", "", "state_not_reported", 0, 1],
  ]);
});
