import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { finds, folded, placeOf } from "../../lib/qadaya/views/explorer/front/words/fold.js";
import { bare, inWesternDigits } from "../../lib/qadaya/views/explorer/front/words/plain.js";
import { createWords, platformsText } from "../../lib/qadaya/views/explorer/front/words/words.js";

const LABELS = {
  en: { language: "en", direction: "ltr",
    words: { of: "{n} of {m}", in: "in {place}", comma: ", " },
    counted: { cases: { one: "{n} case", other: "{n} cases" } } },
  fr: { language: "fr", direction: "ltr", words: {},
    counted: { cases: { one: "{n} affaire", other: "{n} affaires" } } },
  ar: { language: "ar", direction: "rtl", words: { of: "{n} من {m}" },
    counted: { cases: { zero: "لا قضية", one: "قضية واحدة", two: "قضيتان",
      few: "{n} قضايا", many: "{n} قضية", other: "{n} قضية" } } },
};
const words = Object.fromEntries(
  Object.entries(LABELS).map(([language, labels]) => [language, createWords(labels)]));

const arabic = createWords({ ...LABELS.ar, words: { comma: "، " } });

test("a sentence is filled with figures of its language", () => {
  assert.equal(words.en.say("of", { n: 1234, m: 5000 }), "1234 of 5000");
  assert.equal(words.fr.number(1234567), "1\u202f234\u202f567");
});

test("what is put into an Arabic sentence is isolated, and so is Arabic in English", () => {
  assert.equal(words.ar.say("of", { n: 3, m: 4 }), "\u20663\u2069 من \u20664\u2069");
  assert.equal(words.en.say("in", { place: "فاس" }), "in \u2067فاس\u2069");
  // What begins with Latin letters and goes on in Arabic runs from the right too.
  assert.equal(words.ar.say("in", { place: "NCMEC وCPS معا" }),
    words.ar.say("in", { place: "@" }).replace("\u2066@", "\u2067NCMEC وCPS معا"));
  assert.equal(words.en.say("in", { place: "Fez" }), "in Fez");
});

test("a place of a sentence that nothing fills stays to be seen", () => {
  assert.equal(words.en.say("of", { n: 1 }), "1 of {m}");
  assert.equal(words.en.say("no such key"), "no such key");
});

test("a value that looks like a place is not filled again", () => {
  assert.equal(words.en.say("of", { n: "{m}", m: 2 }), "{m} of 2");
});

for (const [language, n, said] of [
  ["en", 1, "1 case"], ["en", 0, "0 cases"],
  ["fr", 0, "0 affaire"], ["fr", 1, "1 affaire"], ["fr", 2, "2 affaires"],
  ["ar", 0, "لا قضية"], ["ar", 1, "قضية واحدة"], ["ar", 2, "قضيتان"],
  ["ar", 3, "3 قضايا"], ["ar", 11, "11 قضية"], ["ar", 100, "100 قضية"],
])
  test(`a noun follows its number: ${language} ${n}`, () => {
    assert.equal(bare(words[language].count("cases", n)), said);
  });

const examples = JSON.parse(readFileSync(
  new URL("../data/numbers_in_words.json", import.meta.url), "utf-8"));

for (const [language, n, said] of examples.number)
  test(`a whole number: ${language} ${n}`, () => {
    assert.equal(words[language].number(n), said);
  });

test("a list is joined as its language joins it", () => {
  assert.equal(words.en.list(["Rabat", "Fez", "Agadir"]), "Rabat, Fez, and Agadir");
  assert.equal(words.fr.list(["Rabat", "Fès"]), "Rabat et Fès");
});

test("a name in a plot is a text, and an Arabic one turns by itself", () => {
  assert.equal(words.en.inPlot("<b>a & b"), "&lt;b>a &amp; b");
  assert.equal(words.ar.inPlot("فاس"), "\u2067فاس\u2069");
});

test("platforms in a row stand in the order of the language", () => {
  const view = { facts: { platforms: [{ id: "n", name: "NCMEC" }, { id: "c", name: "CPS" }] },
    selection: { platforms: ["n", "c"] } };
  assert.equal(platformsText(view, words.en), "NCMEC, CPS");
  // Each by itself: as one run of Latin letters they would be read from the left.
  assert.equal(platformsText(view, arabic), "\u2066NCMEC\u2069، \u2066CPS\u2069");
});

test("what is taken away has no marks of direction, and Western digits", () => {
  assert.equal(bare("\u2068فاس\u2069 \u20673\u2069"), "فاس 3");
  assert.equal(inWesternDigits("٢٠٢٤"), "2024");
});

for (const [name, query] of [
  ["Benslimane", "BENSLI"], ["Fès", "fes"], ["أكادير", "اكادير"], ["الجديدة", "الجديده"],
  ["Laâyoune", "laayoune"], ["Aïn Sebaâ-Hay Mohammadi", "ain  sebaa hay"],
])
  test(`${query} finds ${name}`, () => {
    assert.ok(finds(name, folded(query).text));
  });

test("what was found is marked in the name as shown", () => {
  const [start, end] = placeOf("Court of Appeal, Fès", folded("fes").text);
  assert.equal("Court of Appeal, Fès".slice(start, end), "Fès");
  assert.equal(placeOf("Rabat", "fes"), null);
  assert.equal(placeOf("Rabat", ""), null);
});
