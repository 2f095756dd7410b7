// Every verdict that the explorer can give between two years, as JSON: read by a test
// of Python that knows the exact counts.

import { readFileSync } from "node:fs";

import { intervalOf, verdictOf } from "../../lib/qadaya/views/explorer/front/data/chance.js";
import { openCube } from "../../lib/qadaya/views/explorer/front/data/cube.js";
import { everything } from "../../lib/qadaya/views/explorer/front/data/selection.js";
import {
  circuitRows, courtRows, platformRows, totalOver, viewOf,
} from "../../lib/qadaya/views/explorer/front/data/view.js";

const { cube: columns, facts } = JSON.parse(readFileSync(0, "utf8"));
const cube = openCube(columns, facts);
const ids = facts.platforms.map(({ id }) => id);

function* told(kind, { id, cells }, chosen, years) {
  for (let one = 0; one < cells.length; one += 1)
    for (let other = one + 1; other < cells.length; other += 1) {
      const [before, after] = [cells[one], cells[other]];
      const bounded = before.range && after.range;
      yield { kind, id, ...chosen, years: [years[one].year, years[other].year],
        shown: [before.n, after.n], ranges: [before.range, after.range],
        intervals: [before, after].map(({ range }) =>
          range && intervalOf(facts.chance, range)),
        verdict: bounded ? verdictOf(facts.chance, before.range, after.range) : "open" };
    }
}

const found = [];
for (const { id: measure } of facts.measures)
  for (const platforms of [ids, ...ids.map((id) => [id])]) {
    const view = viewOf(cube, { ...everything(facts), measure, platforms });
    const chosen = { measure, platforms };
    const country = { id: "MA", cells: view.years.map((year) => totalOver(view, [year])) };
    for (const [kind, rows] of [["court_id", courtRows(view)],
      ["circuit_id", circuitRows(view)], ["platform", platformRows(view)],
      ["country", [country]]])
      for (const row of rows) found.push(...told(kind, row, chosen, view.years));
  }
process.stdout.write(JSON.stringify(found));
