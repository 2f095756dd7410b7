// What an address names and is not here: who got a link must know that it does not show
// all of what it asks for.

import { h } from "../dom/elements.js";

/** @import { Words } from "../types.d.ts" */

/** @param {Words} words */
export function droppedLine(words) {
  const node = h("p", { class: "qx-dropped", role: "status" });
  return {
    node,
    /** @param {string[]} parts */
    say(parts) {
      node.textContent = parts.length
        ? words.say("address_dropped", { parts: parts.join(" · ") }) : "";
    },
  };
}
