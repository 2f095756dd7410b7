// The frame of a figure; its parts are filled again at each change, it stays.

import { h, nextId, quiet } from "../dom/elements.js";

/** @import { Children } from "../dom/elements.js" */
/** @import { Facts, Plot, Savers, View, Words } from "../types.d.ts" */

/**
 * Title, summary, body and foot.
 * @param {Words} words
 * @param {Facts} facts
 * @param {string} name
 * @param {Children} body
 * @param {HTMLElement[]} buttons
 */
export function figure(words, facts, name, body, buttons) {
  const title = h("h3", { id: nextId() });
  const summary = h("p", { class: "qx-sum" });
  const foot = h("div", { class: "qx-foot" },
    facts.synthetic ? h("span", { class: "qx-chip" }, words.say("synthetic")) : null,
    h("span", {}, words.say("edition_as_of",
      { edition: facts.edition, date: facts.as_of, source: facts.source })),
    h("span", { class: "qx-x" }, buttons));
  const node = h("figure", { class: `qx-fig qx-fig-${name}`, "aria-labelledby": title.id },
    title, summary, body, foot);
  return { title, summary, node };
}

/** @param {View} view @param {Words} words @param {string} key */
export const measured = (view, words, key) =>
  words.say(key, { measure: view.measure.name });

/** @param {Words} words @param {string} figureName @param {() => void} save */
export const csvButton = (words, figureName, save) =>
  quiet("CSV", words.say("csv_of", { figure: figureName }), save);

/** @param {Plot} plot @param {Words} words @param {Savers} save @param {string} name
 *  @param {string} figureName */
export const imageButtons = (plot, words, save, name, figureName) =>
  /** @type {const} */ (["png", "svg"]).map((format) =>
    quiet(format.toUpperCase(),
      words.say("image_of", { figure: figureName, format: format.toUpperCase() }),
      () => save.image(plot, name, format)));

/** The table behind a drawing, folded. @param {Words} words @param {HTMLElement} table */
export const twinOf = (words, table) =>
  h("details", { class: "qx-twin" },
    h("summary", { class: "qx-caret" }, words.say("table_behind")), table);
