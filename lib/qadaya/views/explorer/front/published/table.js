// The table of published figures, and below it what its numbers and letters stand for.

import { h, hiddenText, ltr, scrolled } from "../dom/elements.js";
import { letterOf, numberOf } from "./shown.js";

/** @import { Children } from "../dom/elements.js" */
/** @import { Words } from "../types.d.ts" */
/** @import { Cell, Line, PublishedFacts, Shown, Source } from "./types.d.ts" */

// The bar of a group's largest number, in rem: columns differ in width, bars must not.
const LONGEST = 2.75;

/** @param {Shown} shown @param {Words} words @param {string} caption */
export function figuresTable(shown, words, caption) {
  // Years ascend from left to right in every language.
  const years = words.rtl ? [...shown.years].reverse() : shown.years;
  const table = h("table", { class: "qx-pub" },
    h("caption", { class: "qx-vh" }, caption),
    h("thead", {}, h("tr", {},
      h("th", { scope: "col", class: "qx-rh" }, words.say("court")),
      years.map((year) => h("th", { scope: "col" }, String(year))))),
    shown.groups.map(({ group, lines, top }) => h("tbody", {},
      h("tr", { class: "qx-pubgroup" },
        h("th", { scope: "rowgroup", colspan: years.length + 1 },
          h("span", { class: "qx-stay" }, group.name))),
      lines.map((line) => lineOf(shown.facts, words, line, years, top)))));
  return scrolled(caption, table);
}

/** @param {PublishedFacts} facts @param {Words} words @param {Line} line
 *  @param {number[]} years @param {number} top */
const lineOf = (facts, words, { offence, cells }, years, top) =>
  h("tr", {}, h("th", { scope: "row" }, h("bdi", {}, offence.name)),
    years.map((year) => {
      const cell = cells.find((each) => each.year === year);
      return cell ? cellOf(facts, words, cell, top) : h("td", {});
    }));

/** @param {PublishedFacts} facts @param {Words} words @param {Cell} cell
 *  @param {number} top */
function cellOf(facts, words, { printed, value, sources, reason }, top) {
  if (printed === null)
    return h("td", { class: "qx-na" }, h("span", { "aria-hidden": "true" }, "–"),
      reason === null ? null : [marks([letterOf(reason), ...sources.map(numberOf)]),
        hiddenText(` ${facts.reasons[reason]}`)]);
  const names = sources.map((place) => facts.sources[place].publisher);
  const share = top ? (value ?? 0) / top : 0;
  return h("td", {}, h("bdi", {}, printed), marks(sources.map(numberOf)),
    hiddenText(` (${words.say("source")} ${names.join(words.say("comma"))})`),
    h("i", { "data-drawn": true, "aria-hidden": "true",
      style: `inline-size:${(LONGEST * share).toFixed(2)}rem` }));
}

/** @param {string[]} names */
const marks = (names) =>
  h("sup", { "aria-hidden": "true" }, ltr(names.join(" ")));

/** Reasons by letter and sources by number, as far as the table names them.
 *  @param {Shown} shown @param {Words} words */
export function standsFor({ facts, sources, reasons, never }, words) {
  return [
    never.length ? h("p", { class: "qx-note" }, words.say("never",
      { offences: words.list(never.map(({ name }) => name)) })) : null,
    reasons.length ? h("div", { class: "qx-puball" }, h("h4", {}, words.say("missing")),
      h("ul", {}, reasons.map((place) =>
        entry(letterOf(place), h("bdi", {}, facts.reasons[place]))))) : null,
    sources.length ? h("details", { class: "qx-twin qx-puball" },
      h("summary", { class: "qx-caret" }, words.count("sources", sources.length)),
      h("ul", {}, sources.map((place) =>
        entry(numberOf(place), sourceText(facts.sources[place]))))) : null,
  ];
}

/** @param {string} sign @param {Children} text */
const entry = (sign, text) => h("li", {}, h("b", {}, ltr(sign)), h("span", {}, text));

/** @param {Source} source */
function sourceText({ publisher, title, url, published }) {
  const dated = [publisher, title, published].filter(Boolean);
  return [h("bdi", {}, dated.join(" · ")),
    url ? [" ", h("span", { class: "qx-puburl", dir: "ltr" }, readable(url))] : null];
}

// Arabic in an address is read as letters, not as percent signs.
/** @param {string} address */
function readable(address) {
  try {
    return decodeURI(address);
  } catch {
    return address;
  }
}
