// The frame of a figure; its parts are filled again at each change, it stays.

import { h, nextId, quiet } from "../dom/elements.js";
import { tabbed } from "../dom/tabs.js";

/** @import { Children } from "../dom/elements.js" */
/** @import { Shown } from "../dom/tabs.js" */
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
  return framed(words, facts, name, title, title, body, buttons);
}

/**
 * A figure whose views stand behind tabs; `chosen` names the one in sight.
 * @param {Words} words
 * @param {Facts} facts
 * @param {string} name
 * @param {Shown[]} views
 * @param {HTMLElement[]} buttons
 * @param {HTMLElement | null} note Under every view.
 */
export function tabbedFigure(words, facts, name, views, buttons, note = null) {
  const title = h("h3", { id: nextId() });
  const { list, panels, chosen } = tabbed(title.id, views);
  const kick = h("div", { class: "qx-kick" }, title, list);
  const body = [h("div", { class: "qx-views" }, panels), note];
  return { ...framed(words, facts, name, title, kick, body, buttons), chosen };
}

/** @param {Words} words @param {Facts} facts @param {string} name
 *  @param {HTMLElement} title @param {HTMLElement} head @param {Children} body
 *  @param {HTMLElement[]} buttons */
function framed(words, facts, name, title, head, body, buttons) {
  const summary = h("p", { class: "qx-sum" });
  const foot = h("div", { class: "qx-foot" },
    facts.synthetic ? h("span", { class: "qx-chip" }, words.say("synthetic")) : null,
    h("span", {}, words.say("edition_as_of",
      { edition: facts.edition, date: facts.as_of, source: facts.source })),
    h("span", { class: "qx-x" }, buttons));
  const node = h("figure", { class: `qx-fig qx-fig-${name}`, "aria-labelledby": title.id },
    head, summary, body, foot);
  return { title, summary, node };
}

/** A view of a figure. @param {Words} words @param {"map" | "chart" | "table"} name
 *  @param {Children} body @returns {Shown} */
export const viewNamed = (words, name, body) =>
  ({ name, text: words.say(`view_${name}`), body });

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
