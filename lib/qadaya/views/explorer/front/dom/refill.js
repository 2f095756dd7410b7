// New content in an old place, of which only what differs is laid out again.

import { filled } from "./elements.js";

/** @import { Children } from "./elements.js" */

/**
 * Puts new content in a place without losing the focus that stands inside it. What is
 * the same stays: a browser styles and lays out only what differs, and a table that was
 * scrolled stays where it was.
 * @param {HTMLElement} place
 * @param {Children[]} children
 */
export function refill(place, ...children) {
  const held = place.contains(document.activeElement);
  const fresh = /** @type {Element} */ (place.cloneNode(false));
  replaceDiffering(place, filled(fresh, null, children));
  if (held && !place.contains(document.activeElement)) {
    place.tabIndex = -1;
    place.focus({ preventScroll: true });
  }
}

/** @param {Node} place @param {Node} fresh */
function replaceDiffering(place, fresh) {
  const wanted = [...fresh.childNodes];
  wanted.forEach((node, k) => {
    const was = place.childNodes[k];
    if (!was) place.appendChild(node);
    else if (!was.isEqualNode(node)) become(was, node);
  });
  while (place.lastChild && place.childNodes.length > wanted.length)
    place.removeChild(place.lastChild);
}

// Only of what listens to nothing: a node that stays keeps its own listeners.
/** @param {ChildNode} was @param {ChildNode} node */
function become(was, node) {
  if (was.nodeName !== node.nodeName) was.replaceWith(node);
  else if (was instanceof Element && node instanceof Element) {
    takeAttributes(was, node);
    replaceDiffering(was, node);
  } else was.nodeValue = node.nodeValue;
}

// What the reader has opened stays open.
/** @param {Element} was @param {Element} node */
function takeAttributes(was, node) {
  for (const { name } of [...was.attributes])
    if (name !== "open" && !node.hasAttribute(name)) was.removeAttribute(name);
  for (const { name, value } of node.attributes)
    if (was.getAttribute(name) !== value) was.setAttribute(name, value);
}
