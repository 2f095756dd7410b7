// The figures shown, as rows to take away.

import { bare } from "../words/plain.js";

/** @import { Words } from "../types.d.ts" */
/** @import { Shown } from "./types.d.ts" */

/** One row an offence and year. @param {Shown} shown @param {Words} words
 *  @returns {(string | number)[][]} */
export function figureRows({ facts, groups, unit }, words) {
  const head = ["court", "unit", "year", "value", "as_printed", "source", "missing"];
  return [head.map((key) => bare(words.say(key))),
    ...groups.flatMap(({ lines }) => lines.flatMap(({ offence, cells }) =>
      cells.map(({ year, printed, value, sources, reason }) => [
        bare(offence.name), bare(unit.name), year, value ?? "", bare(printed ?? ""),
        sources.map((place) => facts.sources[place].id).join(" "),
        reason === null ? "" : bare(facts.reasons[reason]),
      ])))];
}
