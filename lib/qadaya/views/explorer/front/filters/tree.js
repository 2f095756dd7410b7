// Courts by circuit: nested lists of check boxes that a search narrows.

import { h } from "../dom/elements.js";
import { finds, folded, placeOf } from "../words/fold.js";

/** @import { Court, Grouped, Named, Words } from "../types.d.ts" */

/**
 * The tree; `onChange` is told the courts ticked, in the order of the edition.
 * @param {Grouped} facts
 * @param {Words} words
 * @param {(courts: string[]) => void} onChange
 */
export function createTree(facts, words, onChange) {
  const circuits = facts.circuits.map((circuit, number) =>
    new CircuitRow(circuit, facts.courts.filter((court) => court.circuit === number), words,
      facts.audience === "frame"));
  const empty = h("p", { class: "qx-empty", hidden: true }, words.say("no_court_found"));
  const list = h("ul", { class: "qx-tree", "aria-label": words.say("courts_by_circuit") },
    circuits.map((circuit) => circuit.node));
  /** @type {Set<string>} */
  let chosen = new Set();
  /** @param {string[]} ids @param {boolean} on */
  const set = (ids, on) => {
    const next = new Set(chosen);
    for (const id of ids) if (on) next.add(id); else next.delete(id);
    onChange(facts.courts.map((court) => court.id).filter((id) => next.has(id)));
  };
  for (const circuit of circuits) circuit.listen(set);
  return {
    nodes: [list, empty],
    set,
    visible: () => circuits.flatMap(({ courts }) => courts.filter((row) => row.found))
      .map((row) => row.court.id),
    /** @param {string} text */
    search(text) {
      const query = folded(text).text;
      for (const circuit of circuits) circuit.search(query);
      empty.hidden = circuits.some((circuit) => !circuit.node.hidden);
    },
    /** @param {string[]} courts @param {Map<string, string>} missing */
    show(courts, missing) {
      chosen = new Set(courts);
      for (const circuit of circuits) circuit.show(chosen, missing);
    },
  };
}

// A name with what the search found underlined.
/** @param {string} name @param {string} query */
function marked(name, query) {
  const place = placeOf(name, query);
  if (!place) return [name];
  const [start, end] = place;
  return [name.slice(0, start), h("mark", {}, name.slice(start, end)), name.slice(end)];
}

/** @param {HTMLElement} node @param {string} text */
function setText(node, text) {
  if (node.textContent !== text) node.textContent = text;
}

class CourtRow {
  box = h("input", { type: "checkbox" });
  name = h("span", { dir: "auto" });
  also = h("span", { class: "qx-also", dir: "auto" });
  chip = h("span", { class: "qx-chip-nr", hidden: true });
  node = h("li", { class: "qx-row" },
    h("label", {}, this.box, this.name, this.also), this.chip);
  /** Whether the search finds it. */
  found = true;

  /** @param {Court} court @param {Words} words */
  constructor(court, words) {
    this.court = court;
    this.words = words;
    this.name.textContent = court.name;
  }

  /** @param {string} query @param {boolean} wanted Its circuit is what was sought. */
  search(query, wanted) {
    const { name, also } = this.court;
    const own = !query || finds(name, query);
    const other = own ? undefined : also.find((each) => finds(each, query));
    this.found = wanted || own || other !== undefined;
    this.node.hidden = !this.found;
    this.name.replaceChildren(...marked(name, query));
    this.also.replaceChildren(...(other ? marked(other, query) : []));
  }

  /** @param {Set<string>} chosen @param {Map<string, string>} missing */
  show(chosen, missing) {
    this.box.checked = chosen.has(this.court.id);
    const year = missing.get(this.court.id);
    this.chip.hidden = year === undefined;
    setText(this.chip, year === undefined ? ""
      : this.words.say("not_reported_in", { year }));
  }
}

class CircuitRow {
  box = h("input", { type: "checkbox" });
  name = h("span", {});
  count = h("span", { class: "qx-n" });
  kids = h("ul", { class: "qx-kids", hidden: true });
  twist = h("button", { type: "button", class: "qx-twist qx-caret",
    "aria-expanded": "false" });
  node = h("li", {},
    h("div", { class: "qx-row qx-top" }, this.twist,
      h("label", {}, this.box, this.name), this.count),
    this.kids);

  /** @param {Named} circuit @param {Court[]} members @param {Words} words
   *  @param {boolean} own Whether these are the groups of somebody's frame. */
  constructor(circuit, members, words, own) {
    this.circuit = circuit;
    this.words = words;
    this.full = words.say("circuit_of", { place: circuit.name });
    this.courts = members.map((court) => new CourtRow(court, words));
    this.name.textContent = this.full;
    this.kids.append(...this.courts.map((row) => row.node));
    // A frame without groups has its courts in their place: nothing to unfold.
    this.alone = own && members.length === 1 && members[0].id === circuit.id;
    this.twist.hidden = this.alone;
    this.count.hidden = this.alone;
    this.unfold(false);
    this.twist.addEventListener("click", () => this.unfold(Boolean(this.kids.hidden)));
  }

  /** @param {boolean} wanted */
  unfold(wanted) {
    const open = wanted && !this.alone;
    this.kids.hidden = !open;
    this.twist.setAttribute("aria-expanded", String(open));
    this.twist.setAttribute("aria-label", this.words.say(
      open ? "fold_circuit" : "unfold_circuit", { circuit: this.full }));
  }

  /** @param {(ids: string[], on: boolean) => void} set */
  listen(set) {
    this.box.addEventListener("change", () =>
      set(this.courts.map((row) => row.court.id), this.box.checked));
    for (const row of this.courts)
      row.box.addEventListener("change", () => set([row.court.id], row.box.checked));
  }

  /** @param {string} query */
  search(query) {
    const whole = query !== "" && finds(this.circuit.name, query);
    for (const row of this.courts) row.search(query, whole);
    this.node.hidden = !this.courts.some((row) => row.found);
    this.name.replaceChildren(...marked(this.full, query));
    this.unfold(query !== "");
  }

  /** @param {Set<string>} chosen @param {Map<string, string>} missing */
  show(chosen, missing) {
    for (const row of this.courts) row.show(chosen, missing);
    const m = this.courts.length;
    const n = this.courts.filter((row) => row.box.checked).length;
    this.box.checked = n > 0 && n === m;
    this.box.indeterminate = n > 0 && n < m;
    setText(this.count, this.words.say("n_of_m", { n, m }));
  }
}
