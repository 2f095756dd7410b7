// Controls of the panel that know nothing of what they filter: lists, years, actions.

import { h } from "../dom/elements.js";

/** @import { Actions, Ids, Words } from "../types.d.ts" */

/** A list of which one is picked. @param {string} id @param {string} label
 *  @param {string[][]} options @param {(value: string) => void} onPick */
export function choice(id, label, options, onPick) {
  const select = h("select", { id },
    options.map(([value, name]) => h("option", { value }, name)));
  select.addEventListener("change", () => onPick(select.value));
  return { select, label: h("label", { class: "qx-lab", for: id }, label) };
}

/** The first and the last year. @param {number[]} known @param {Words} words
 *  @param {(years: [number, number]) => void} onChange @param {Ids} id */
export function yearRange(known, words, onChange, id) {
  const years = known.map((year) => [String(year), String(year)]);
  let [from, to] = known;
  // A range turned round by one end takes the other end along.
  const first = choice(id("from"), words.say("from_year"), years, (value) =>
    onChange([+value, Math.max(+value, to)]));
  const last = choice(id("to"), words.say("to_year"), years, (value) =>
    onChange([Math.min(+value, from), +value]));
  first.label.className = "qx-vh";
  last.label.className = "";
  const node = h("fieldset", { class: "qx-f" },
    h("legend", {}, words.say("year")),
    h("div", { class: "qx-inl qx-yy" }, first.label, first.select, last.label, last.select));
  return {
    node,
    /** @param {[number, number]} chosen */
    show(chosen) {
      [from, to] = chosen;
      first.select.value = String(from);
      last.select.value = String(to);
    },
  };
}

/** What can be done with a choice. @param {Words} words
 *  @param {Pick<Actions, "reset" | "link" | "csv">} act */
export function actions(words, act) {
  /** @param {string} key @param {() => void} onclick */
  const button = (key, onclick) =>
    h("button", { type: "button", "data-act": key, onclick }, words.say(key));
  return h("div", { class: "qx-acts" },
    button("reset", act.reset),
    act.link ? button("copy_link", act.link) : null,
    button("download_csv", act.csv));
}
