// Words, counted nouns and figures in the language of the reader.

/** @import { Count, Facts, Labels, Values, View, Words } from "../types.d.ts" */

/** @type {Record<string, string>} */
const TAG = { ar: "ar-u-nu-latn", fr: "fr", en: "en" };
const ARABIC = /[\u0590-\u08ff]/;

// Needed where the directions of a sentence and of what it quotes may differ. What has a
// word of Arabic runs from the right, also where it begins with NCMEC.
/** @param {string} value */
const isolated = (value) =>
  `${ARABIC.test(value) ? "\u2067" : "\u2066"}${value}\u2069`;

/**
 * What the front end says, from the catalogue that Python gives.
 * @param {Labels} labels
 * @returns {Words}
 */
export function createWords({ language, direction, words, counted }) {
  const tag = TAG[language];
  const plural = new Intl.PluralRules(tag);
  const whole = wholeIn(tag);
  const put = filler(direction, whole);
  return {
    language,
    direction,
    rtl: direction === "rtl",
    number: (value) => whole.format(value),
    say: (key, values) => put(words[key] ?? key, values),
    count: (key, n, values) => {
      const forms = counted[key];
      return put(forms[plural.select(n)] ?? forms.other, { n, ...values });
    },
    apart: (text) => (direction === "rtl" ? isolated(text) : text),
    list: (items, type = "conjunction") =>
      new Intl.ListFormat(tag, { type }).format(items),
    inPlot: inPlotOf(direction),
  };
}

// Fills the places of a sentence; what is put in cannot turn the rest round.
/** @param {"ltr" | "rtl"} direction @param {{ format(n: number): string }} whole */
function filler(direction, whole) {
  /** @param {string | number} value */
  const shown = (value) => (typeof value === "number" ? whole.format(value) : value);
  /** @param {string} text */
  const safely = (text) =>
    direction === "rtl" || ARABIC.test(text) ? isolated(text) : text;
  /** @param {string} template @param {Values} [values] */
  return (template, values = {}) =>
    rangesKept(template.replace(/\{(\w+)\}/g, (all, name) =>
      name in values ? safely(shown(values[name])) : all));
}

/** No line ends at the dash of a range: 65–106. @param {string} text */
export const rangesKept = (text) => text.replace(/(?<=\d)–(?=\d)/g, "–\u2060");

// Whole numbers as Python writes them: four digits stand together, as a year's do.
/** @param {string} tag */
function wholeIn(tag) {
  const settings = { maximumFractionDigits: 0 };
  const plain = new Intl.NumberFormat(tag, { ...settings, useGrouping: false });
  const grouped = new Intl.NumberFormat(tag, settings);
  /** @param {number} n */
  const format = (n) => (Math.abs(n) < 10_000 ? plain : grouped).format(n);
  return { format };
}

// Plots are left to right in every language; a line of Arabic is turned by itself.
/** @param {"ltr" | "rtl"} direction */
function inPlotOf(direction) {
  /** @param {string} text */
  return (text) => {
    const safe = text.replace(/&/g, "&amp;").replace(/</g, "&lt;");
    return direction === "rtl" ? `\u2067${safe}\u2069` : safe;
  };
}

/** The chosen years: one, or from the first to the last.
 *  @param {View} view @param {Words} words */
export function yearsText(view, words) {
  const [first, last] = view.selection.years;
  return first === last ? String(first)
    : words.say("years_to", { first: String(first), last: String(last) });
}

/** What a count is, to a reader of this edition.
 *  @param {Facts} facts @param {Words} words @param {Count} count */
export function stateText({ audience }, words, { state, nil }) {
  if (nil) return words.say("state_nil");
  const rounded = state === "zero" && audience === "shared";
  return words.say(rounded ? "state_rounded_zero" : `state_${state}`);
}

/** The chosen platforms by name, each in its place: a row of Latin names would run from
 *  the left within Arabic. @param {View} view @param {Words} words */
export const platformsText = ({ facts, selection }, words) =>
  facts.platforms.filter(({ id }) => selection.platforms.includes(id))
    .map(({ name }) => words.apart(name)).join(words.say("comma"));
