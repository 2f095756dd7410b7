// Words in a drawing: where they stand, and how an Arabic name is read.

import assert from "node:assert/strict";
import { test } from "node:test";

import { openCube } from "../../lib/qadaya/views/explorer/front/data/cube.js";
import { everything } from "../../lib/qadaya/views/explorer/front/data/selection.js";
import { viewOf } from "../../lib/qadaya/views/explorer/front/data/view.js";
import { flowDrawing } from "../../lib/qadaya/views/explorer/front/figures/flow_drawing.js";
import { yearsDrawing } from "../../lib/qadaya/views/explorer/front/figures/years_drawing.js";
import { createWords } from "../../lib/qadaya/views/explorer/front/words/words.js";
import { columnsOf, FACTS } from "./edition.js";

const LETTER = 7; // px, where nothing measures letters
globalThis.document = { createElement: () => ({ getContext: () => ({
  measureText: (text) => ({ width: LETTER * text.length }) }) }) };
const theme = new Proxy({}, { get: (_, name) => String(name) });

/** What is drawn of the whole edition. */
function drawn(drawing, words, width, facts = FACTS) {
  const cube = openCube(columnsOf(), facts);
  return drawing(words, facts)(viewOf(cube, everything(facts)), width, theme);
}

const english = createWords({ language: "en", direction: "ltr", counted: {},
  words: { stay_awaiting: "Waiting for a first judgment", comma: ", " } });

test("a label of the flow ends before the next column begins", () => {
  const labels = drawn(flowDrawing, english, 800).layout.annotations;
  const waiting = labels.find(({ text }) => text.startsWith("Waiting"));
  const lines = waiting.text.split("<br>");
  assert.deepEqual(lines, ["Waiting for a first", "judgment 2"]);
  // Three columns at 0.43, 0.64 and 0.84 of the width.
  for (const line of lines) assert.ok(waiting.x * 792 + LETTER * line.length < 0.64 * 792);
  // A band passes above it: the second line stands below the first.
  assert.equal(waiting.yanchor, "top");
});

test("a name at the end of a line of years is read from the right in Arabic", () => {
  const platforms = FACTS.platforms.map((each) => ({ ...each, name: `${each.id} معا` }));
  const words = createWords({ language: "ar", direction: "rtl", counted: {}, words: {} });
  const { annotations } = drawn(yearsDrawing, words, 800, { ...FACTS, platforms }).layout;
  const names = annotations.map(({ text }) => text);
  for (const { id } of platforms) assert.ok(names.includes(`<b>\u2067${id} معا\u2069</b>`));
});

test("a zero does not lie on the base line", () => {
  const sides = drawn(yearsDrawing, english, 800).data.map((trace) => trace.textposition);
  assert.deepEqual(sides, ["middle left", "top right"]);
});
