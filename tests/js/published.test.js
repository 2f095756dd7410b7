// The explorer of published figures: what a choice shows, and how it is written down.

import assert from "node:assert/strict";
import { test } from "node:test";

import { everything, spellingOf, whole }
  from "../../lib/qadaya/views/explorer/front/published/choice.js";
import { figureRows } from "../../lib/qadaya/views/explorer/front/published/rows.js";
import { letterOf, shownOf }
  from "../../lib/qadaya/views/explorer/front/published/shown.js";

const FACTS = {
  years: [2022, 2023],
  groups: [{ id: "means", name: "Means" }, { id: "victims", name: "Victims" }],
  offences: [
    { id: "fraud", name: "Fraud", group: 0, also: [] },
    { id: "total", name: "Total", group: 0, also: [] },
    { id: "girls", name: "Girls", group: 1, also: [] },
  ],
  units: [{ id: "cases", name: "Cases" }, { id: "victims", name: "Victims" }],
  sources: ["A", "B"].map((id) => ({ id, publisher: `Paper ${id}`, title: "", url: "",
    published: "" })),
  reasons: ["not found", "sources disagree"],
  figures: [
    [0, 0, 0, null, null, [], 0],
    [0, 0, 1, "46", 46, [1], null],
    [1, 0, 0, null, null, [0, 1], 1],
    [1, 0, 1, "about 520", 520, [0], null],
    [2, 1, 0, null, null, [], 0],
    [2, 1, 1, "7", 7, [0], null],
  ],
};
const WORDS = { say: (key) => key };
const shown = (part) => shownOf(FACTS, whole(part, FACTS));

test("cases of every offence: what is printed, what is missing, what it names", () => {
  const all = shown({});
  assert.deepEqual([all.printed, all.missing], [2, 2]);
  assert.deepEqual([all.sources, all.reasons], [[0, 1], [0, 1]]);
  assert.deepEqual(all.groups.map(({ group, top }) => [group.id, top]), [["means", 520]]);
  assert.deepEqual(all.never.map(({ id }) => id), ["girls"]);
});

test("another unit has other lines, and says which have none", () => {
  const victims = shown({ unit: "victims" });
  assert.deepEqual(victims.groups.map(({ group }) => group.id), ["victims"]);
  assert.deepEqual(victims.never.map(({ id }) => id), ["fraud", "total"]);
  assert.equal(victims.printed, 1);
});

test("one year names only the sources of that year", () => {
  const fraud = shown({ offences: ["fraud"], years: [2023, 2023] });
  assert.deepEqual([fraud.sources, fraud.reasons, fraud.missing], [[1], [], 0]);
});

test("a choice survives the address, and everything needs no words there", () => {
  const spelling = spellingOf(FACTS);
  assert.equal(spelling.toHash(everything(FACTS)), "");
  const choice = whole({ offences: ["girls"], unit: "victims", years: [2023, 2023] }, FACTS);
  assert.equal(spelling.toHash(choice), "#offences=girls&unit=victims&years=2023,2023");
  assert.deepEqual(spelling.fromHash(spelling.toHash(choice)), choice);
  assert.deepEqual(spelling.fromHash("#offences=").offences, []);
  assert.equal(spelling.fromHash("#s3"), null);
});

test("what is misnamed in an address is taken as everything", () => {
  const given = spellingOf(FACTS).fromHash("#unit=lions&years=2023,2022");
  assert.deepEqual(given, everything(FACTS));
});

test("what of an address is dropped is named", () => {
  const spelling = spellingOf(FACTS);
  for (const [hash, dropped] of [
    ["", []], ["#s3", []], ["#unit=victims&years=2023,2023", []],
    ["#unit=lions&years=2023,2022", ["unit=lions", "years=2023,2022"]],
    ["#offences=fraud,theft&court=ca-fes", ["offences=theft", "court=ca-fes"]],
  ])
    assert.deepEqual(spelling.dropped(hash), dropped);
});

test("a row to take away has the number, the print, the source or the reason", () => {
  const rows = figureRows(shown({ offences: ["total"] }), WORDS);
  assert.deepEqual(rows.slice(1), [
    ["Total", "Cases", 2022, "", "", "A B", "sources disagree"],
    ["Total", "Cases", 2023, 520, "about 520", "A", ""],
  ]);
});

test("reasons have letters, also beyond the alphabet", () => {
  assert.deepEqual([0, 25, 26, 27, 52].map(letterOf), ["a", "z", "aa", "ab", "ba"]);
});
