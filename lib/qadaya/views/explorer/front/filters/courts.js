// The courts of the panel: a button that opens the tree, a search that narrows it.

import { countCourts } from "../data/selection.js";
import { h } from "../dom/elements.js";
import { createTree } from "./tree.js";

/** @import { Court, Cube, Grouped, Ids, Words } from "../types.d.ts" */

/**
 * Names in groups, courts in their circuits; `onChange` is told those that are ticked.
 * @param {Grouped} facts
 * @param {Words} words
 * @param {(chosen: string[]) => void} onChange
 * @param {Ids} id
 */
export function courtPanel(facts, words, onChange, id) {
  const tree = createTree(facts, words, onChange);
  const parts = panelParts(words, id, tree.nodes);
  const { panel, button } = parts;
  openedBy(button, panel);
  searching(parts, tree, facts.courts, words);
  let shown = "";
  return {
    panel,
    button,
    opener: h("div", { class: "qx-f1" }, parts.label, button),
    /** @param {string[]} chosen @param {string} when What `missing` depends on.
     *  @param {() => Map<string, string>} missing */
    show(chosen, when, missing) {
      const wanted = JSON.stringify([chosen, when]);
      if (wanted === shown) return;
      shown = wanted;
      tree.show(chosen, missing());
      button.textContent = words.say("n_of_m",
        { n: countCourts(facts.courts, chosen), m: countCourts(facts.courts) });
    },
  };
}

/** @param {Words} words @param {Ids} id @param {HTMLElement[]} tree */
function panelParts(words, id, tree) {
  const label = h("span", { class: "qx-lab", id: id("court-label") }, words.say("court"));
  const button = h("button", { type: "button", class: "qx-open qx-caret",
    "aria-expanded": "false", "aria-controls": id("courts"),
    "aria-describedby": id("court-label") });
  const search = h("input", { type: "search", id: id("search"), dir: "auto",
    autocomplete: "off", placeholder: words.say("search_courts") });
  const all = h("button", { type: "button" });
  const none = h("button", { type: "button" });
  const panel = h("fieldset", { class: "qx-courts", id: id("courts"), hidden: true },
    h("legend", { class: "qx-vh" }, words.say("courts_by_circuit")),
    h("div", { class: "qx-find" },
      h("label", { class: "qx-vh", for: id("search") }, words.say("search_courts")),
      search, all, none),
    tree);
  return { label, button, search, all, none, panel };
}

/** @param {HTMLButtonElement} button @param {HTMLFieldSetElement} panel */
function openedBy(button, panel) {
  /** @param {boolean} yes */
  const open = (yes) => {
    panel.hidden = !yes;
    button.setAttribute("aria-expanded", String(yes));
  };
  button.addEventListener("click", () => open(Boolean(panel.hidden)));
  panel.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    event.preventDefault();
    open(false);
    button.focus();
  });
}

// The two buttons act on what the search leaves visible, and say how many that is.
/** @param {ReturnType<typeof panelParts>} parts
 *  @param {ReturnType<typeof createTree>} tree @param {Court[]} courts
 *  @param {Words} words */
function searching({ search, all, none }, tree, courts, words) {
  const count = () => {
    const n = countCourts(courts, tree.visible());
    all.textContent = words.count("tick_visible", n);
    none.textContent = words.count("untick_visible", n);
    all.disabled = none.disabled = n === 0;
  };
  search.addEventListener("input", () => {
    tree.search(search.value);
    count();
  });
  all.addEventListener("click", () => tree.set(tree.visible(), true));
  none.addEventListener("click", () => tree.set(tree.visible(), false));
  count();
}

/** Courts without a return in a year, told apart in the list.
 *  @param {Cube} cube @param {number} year @returns {Map<string, string>} */
export function missingIn({ facts, reporting, sizes }, year) {
  const code = facts.statuses.indexOf("missing");
  const y = facts.years.indexOf(year);
  return new Map(
    facts.courts
      .filter((_, court) => reporting[court * sizes.year + y] === code)
      .map((court) => [court.id, String(year)]),
  );
}
