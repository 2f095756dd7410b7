import assert from "node:assert/strict";
import { test } from "node:test";

import { fromHash, toHash, unknownIn } from "../../lib/qadaya/views/explorer/front/data/hash.js";
import {
  everything, sameSelection, whole,
} from "../../lib/qadaya/views/explorer/front/data/selection.js";
import { FACTS } from "./edition.js";

const EVERYTHING = {
  courts: ["ca-rabat", "tpi-sale", "ca-fes", "ca-errachidia"],
  platforms: ["NCMEC", "CPS"],
  years: [2022, 2024],
  measure: "cases",
  breakdown: "platform",
};

test("everything is chosen at first", () => {
  assert.deepEqual(everything(FACTS), EVERYTHING);
});

for (const [said, given, part] of [
  ["nothing", undefined, {}],
  ["an unknown court is left out", { courts: ["ca-nowhere", "ca-fes"] }, { courts: ["ca-fes"] }],
  ["courts come in the order of the edition", { courts: ["ca-fes", "ca-rabat"] },
    { courts: ["ca-rabat", "ca-fes"] }],
  ["no court is a choice", { courts: [] }, { courts: [] }],
  ["courts that are no list mean all", { courts: "ca-fes" }, {}],
  ["years turned round mean all", { years: [2024, 2022] }, {}],
  ["a year outside means all", { years: [2019, 2024] }, {}],
  ["one year is no range", { years: 2024 }, {}],
  ["an unknown measure", { measure: "persons" }, {}],
  ["a measure", { measure: "convicted" }, { measure: "convicted" }],
  ["an unknown breakdown", { breakdown: "court" }, {}],
])
  test(`made whole: ${said}`, () => {
    assert.deepEqual(whole(given, FACTS), { ...EVERYTHING, ...part });
  });

for (const [part, hash] of [
  [{}, ""],
  [{ courts: ["ca-rabat", "tpi-sale"] }, "#courts=ca-rabat*"],
  [{ courts: ["tpi-sale"] }, "#courts=tpi-sale"],
  [{ courts: ["ca-rabat", "ca-fes", "ca-errachidia"] }, "#courts=!tpi-sale"],
  [{ courts: [] }, "#courts="],
  [{ platforms: ["CPS"] }, "#platforms=CPS"],
  [{ years: [2023, 2023], measure: "prosecuted" }, "#years=2023,2023&measure=prosecuted"],
  [{ breakdown: "stage" }, "#breakdown=stage"],
])
  test(`a choice and its address: ${hash || "everything"}`, () => {
    const selection = { ...EVERYTHING, ...part };
    assert.equal(toHash(selection, FACTS), hash);
    if (hash) assert.deepEqual(fromHash(hash, FACTS), selection);
  });

test("every choice of courts comes back from its address", () => {
  const { courts } = EVERYTHING;
  for (let bits = 0; bits < 2 ** courts.length; bits += 1) {
    const chosen = courts.filter((_, k) => bits & (1 << k));
    const selection = { ...EVERYTHING, courts: chosen };
    const back = fromHash(toHash(selection, FACTS) || "#courts=ca-*", FACTS);
    if (chosen.length < courts.length) assert.deepEqual(back, selection);
  }
});

for (const hash of ["#s2", "", "#=&=", "#courts", "#s2&years=2022,2024"])
  test(`an address that is not ours: ${hash || "none"}`, () => {
    assert.equal(fromHash(hash, FACTS), null);
  });

test("a stray percent sign in an address breaks nothing", () => {
  assert.deepEqual(fromHash("#courts=%E0%A4%A,ca-fes", FACTS).courts, ["ca-fes"]);
});

test("a part of which nothing is known chooses nothing away", () => {
  for (const hash of ["#platforms=FAX", "#courts=tpi-nowhere", "#yeers=2022,2024"])
    assert.deepEqual(fromHash(hash, FACTS), EVERYTHING);
  assert.deepEqual(fromHash("#platforms=", FACTS).platforms, []);
  assert.deepEqual(fromHash("#platforms=CPS,FAX", FACTS).platforms, ["CPS"]);
});

test("two selections are the same when all of their parts are", () => {
  assert.ok(sameSelection(EVERYTHING, { ...EVERYTHING }));
  assert.ok(!sameSelection(EVERYTHING, { ...EVERYTHING, years: [2022, 2023] }));
});

for (const [hash, odd] of [
  ["", []],
  ["#s2", []],
  ["#courts=ca-rabat*,!ca-fes&years=2022,2024&measure=cases", []],
  ["#courts=ca-rabat*,tpi-nowhere&measure=guilt", ["courts=tpi-nowhere", "measure=guilt"]],
  ["#years=2024,2022", ["years=2024,2022"]],
  ["#years=1999,2024&platforms=CPS,FAX", ["years=1999,2024", "platforms=FAX"]],
  ["#yeers=2022,2024&courts=ca-rabat*", ["yeers=2022,2024"]],
  ["#colour=red&constructor=", ["colour=red", "constructor="]],
])
  test(`what of an address is dropped: ${hash || "none"}`, () => {
    assert.deepEqual(unknownIn(hash, FACTS), odd);
  });
