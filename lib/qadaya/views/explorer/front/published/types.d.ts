// What Python gives the explorer of published figures, and what is made of it.

import type { Named } from "../types.d.ts";

export interface Offence extends Named {
  /** Position of its group in `PublishedFacts.groups`. */
  group: number;
  /** Its names in the other languages, for the search. */
  also: string[];
}
export interface Source {
  id: string;
  publisher: string;
  title: string;
  url: string;
  published: string;
}
/** Positions of offence, unit and year; as printed and as a number, null where there is
 *  none; positions of the sources; position of the reason for which it is missing. */
export type Figure = [
  number, number, number, string | null, number | null, number[], number | null];

export interface PublishedFacts {
  years: number[];
  groups: Named[];
  offences: Offence[];
  units: Named[];
  sources: Source[];
  reasons: string[];
  figures: Figure[];
}
export interface Choice {
  offences: string[];
  unit: string;
  /** First and last. */
  years: [number, number];
}
export interface Cell {
  year: number;
  printed: string | null;
  value: number | null;
  sources: number[];
  reason: number | null;
}
export interface Line {
  offence: Offence;
  cells: Cell[];
}
export interface Shown {
  facts: PublishedFacts;
  choice: Choice;
  unit: Named;
  years: number[];
  /** By group, only those with a line; `top`: its largest number. */
  groups: { group: Named; lines: Line[]; top: number }[];
  /** Chosen, and never printed in this unit. */
  never: Offence[];
  /** Positions, ascending, of what the cells name. */
  sources: number[];
  reasons: number[];
  printed: number;
  missing: number;
}
