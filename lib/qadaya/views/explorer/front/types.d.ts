// What Python gives the front end (`facts.py`, `words.py`), and what the front end makes
// of it. Types only: nothing here is joined into a page.

/** For whom an edition is, or that it is none but somebody's frame. */
export type Audience = "internal" | "shared" | "frame";
export type Status = "reported" | "nil" | "missing" | "not_established";
export type State = "value" | "zero" | "not_reported" | "not_established" | "hidden"
  | "not_given";
export type Breakdown = "platform" | "circuit" | "stage" | "result";

/** Whole numbers as little-endian bytes in base64. */
export interface Packed {
  type: "Uint8Array" | "Uint16Array" | "Uint32Array";
  data: string;
}
export type Places = Uint8Array | Uint16Array | Uint32Array;

export interface Named {
  id: string;
  name: string;
}
export interface Court extends Named {
  /** Position of its circuit in `Facts.circuits`. */
  circuit: number;
  /** The same place in the other languages, for the search. */
  also: string[];
  /** Its own code, where it stands once for each circuit that it has been in. */
  of?: string;
}
/** Names in groups: courts in their circuits. */
export type Grouped = Pick<Facts, "courts" | "circuits"> & Partial<Pick<Facts, "audience">>;
export interface Measure extends Named {
  /** Positions in `Facts.stages` and `Facts.results`. */
  stages: number[];
  results: number[];
}
/** The largest error of all courts together, of one circuit, of one court. */
export interface Errors {
  all: number | null;
  circuit: number | null;
  court: number | null;
}
/** By count: its interval, and the nearest counts that chance would not explain. */
export interface Chance {
  counts: number[];
  low: number[];
  high: number[];
  down: number[];
  up: number[];
}
/** How some courts add up; `circuits`: null where one is in it only in part. */
export interface Pieces {
  courts: number;
  circuits: number | null;
  all: boolean;
}
/** What a count sums over; of its courts each measure by year, of every platform. */
export interface Part {
  pieces: Pieces;
  platforms: number;
  wholes: Float64Array[];
}
/** The true counts that a count can stand for. */
export interface Range {
  fewest: number;
  most: number;
}
/** The first year of a new way of collecting. */
export interface Break {
  year: number;
  name: string;
}

export interface Facts {
  edition: string;
  audience: Audience;
  synthetic: boolean;
  /** Where the figures of a frame are from; "" of an edition, which says it itself. */
  source: string;
  as_of: string;
  manifest: string;
  years: number[];
  courts: Court[];
  circuits: Named[];
  /** Row and column of each circuit, from 1 in the north-west; null: none are drawn. */
  tiles: [number, number][] | null;
  platforms: Named[];
  stages: Named[];
  results: Named[];
  measures: Measure[];
  breakdowns: Breakdown[];
  /** What a count is, by what is known of it; see `stateOf`. */
  states: State[];
  statuses: Status[];
  /** Court by court, each year's position in `statuses`. */
  reporting: Packed;
  /** Court by court, the most that it can have reported in a year, null of one that
   *  never did; null altogether where the edition does not tell that. */
  largest: (number | null)[] | null;
  /** By measure, as many platforms less one, as many years less one. */
  errors: Record<string, Errors[][]>;
  chance: Chance;
  /** All cases that there can be; null where nothing bounds them. */
  most: number | null;
  /** What a test of 3 against 6 cases gives, in words. */
  p_of_3_and_6: string;
  breaks: Break[];
  /** Below so many cases a choice says nothing. */
  thin: number;
}

export interface Labels {
  language: string;
  direction: "ltr" | "rtl";
  words: Record<string, string>;
  /** Nouns after a figure, in each plural form of the language. */
  counted: Record<string, Record<string, string>>;
}

export interface Selection {
  courts: string[];
  platforms: string[];
  /** First and last. */
  years: [number, number];
  measure: string;
  breakdown: Breakdown;
}
export type PartOfSelection = Partial<Selection>;

/** How a choice is made whole, and written into an address. */
export interface Spelling<S> {
  whole(given: unknown): S;
  toHash(selection: S): string;
  /** Null when the hash is an anchor of the page. */
  fromHash(hash: string): S | null;
  /** What a hash names and is not here, as it is written there. */
  dropped(hash: string): string[];
}

/** The cells by column; `hidden` only where the edition suppresses one. */
export type Cells = Record<"court" | "platform" | "year" | "stage" | "result" | "n", Places> & {
  hidden?: Places;
};
export interface Sizes {
  court: number;
  circuit: number;
  platform: number;
  year: number;
  stage: number;
  result: number;
}
export interface Cube {
  cells: Cells;
  facts: Facts;
  reporting: Places;
  /** For each stage x result, one bit a measure that counts such a case. */
  masks: Uint8Array;
  sizes: Sizes;
  /** Each measure by court x year, of every platform. */
  wholes: Float64Array[];
  /** For each measure those that count every case of it, itself among them. */
  around: number[][];
}

/** Row x year: sums, and whether a hidden cell, and any at all, is among them. */
export interface Sums {
  n: Float64Array;
  hidden: Uint8Array;
  given: Uint8Array;
}
export interface CubeSums {
  /** Positions of the first and last chosen year. */
  from: number;
  to: number;
  courtOn: Uint8Array;
  courts: Sums;
  circuits: Sums;
  platforms: Sums;
  stages: Sums;
  results: Sums;
  /** By measure. */
  totals: Float64Array;
  hiddenTotals: Uint8Array;
  /** All cases by stage, whatever the measure. */
  flow: Float64Array;
}
/** Returns by row x year; `courts`: how many courts a row stands for. */
export interface Returns {
  received: Uint16Array;
  nil: Uint16Array;
  expected: Uint16Array;
  courts: Uint16Array;
}
export interface YearPlace {
  year: number;
  /** Its position in `Facts.years`. */
  y: number;
}
export interface View {
  cube: Cube;
  facts: Facts;
  selection: Selection;
  sums: CubeSums;
  years: YearPlace[];
  returns: Returns;
  circuitReturns: Returns;
  courtReturns: Returns;
  measure: Measure;
  /** All that is chosen. */
  part: Part;
  /** The key of the sentence to say when nothing is chosen. */
  nothing: string | null;
}
export interface Count {
  n: number;
  state: State;
  received: number;
  expected: number;
  /** The true counts behind it; null where nothing bounds them. */
  range: Range | null;
  /** A zero of which every return said that there was no case. */
  nil: boolean;
  /** Some of the returns expected did not come. */
  partial: boolean;
}
export interface Row {
  id: string;
  name: string;
  /** One a chosen year. */
  cells: Count[];
  total: Count;
}

export type Values = Record<string, string | number>;
export interface Words {
  language: string;
  direction: "ltr" | "rtl";
  rtl: boolean;
  number(value: number): string;
  say(key: string, values?: Values): string;
  count(key: string, n: number, values?: Values): string;
  list(items: string[], type?: Intl.ListFormatType): string;
  /** A name in a row of names: it cannot turn the others round. */
  apart(text: string): string;
  inPlot(text: string): string;
}

/** The id of an element by its name in one panel. */
export type Ids = (name: string) => string;
/** What a reader can do from the panel. */
export interface Actions {
  change(part: PartOfSelection): void;
  reset(): void;
  csv(): void;
  /** Only where there is an address to keep a choice in. */
  link: (() => void) | null;
}
/** What a figure offers to take away. */
export interface Savers {
  csv(): void;
  table(place: Element, name: string): void;
  image(plot: Plot, name: string, format: "png" | "svg"): void;
}
/** A place for one drawing. */
export interface Plot {
  nodes: HTMLElement[];
  show(view: View, description: string): void;
  use(library: Plotly): void;
  fail(): void;
  dress(): void;
  image(format: "png" | "svg"): Promise<string>;
  close(): void;
}
export interface Figure {
  node: HTMLElement;
  show(view: View): void;
  plot?: Plot;
}

export type Theme = Record<string, string>;
export interface Drawing {
  data: object[];
  layout: { height: number } & Record<string, unknown>;
}
export type Draw = (view: View, width: number, theme: Theme) => Drawing;
export interface Plotly {
  react(place: Element, data: object[], layout: object, config?: object): Promise<unknown>;
  relayout(place: Element, layout: object): Promise<unknown>;
  newPlot(place: Element, data: object[], layout: object, config?: object): Promise<unknown>;
  toImage(figure: object, options: object): Promise<string>;
  downloadImage(figure: object, options: object): Promise<string>;
  purge(place: Element): void;
}

/** The part of anywidget's model that is used; a page gives a stand-in. */
export interface Model {
  get(name: string): any;
  set(name: string, value: unknown): void;
  save_changes(): void;
  on(events: string, listener: (...facts: any[]) => void): void;
  off(events?: string | null, listener?: (...facts: any[]) => void): void;
  send(content: unknown): void;
  widget_manager?: unknown;
}

declare global {
  var qadayaPlotly: (() => Promise<Plotly>) | undefined;
  var qadayaPlotlyReady: Plotly | undefined;
  var qadayaIds: number | undefined;
  var Plotly: Plotly;
}
