// Numbers and dates in the digits of the parameter.

import { root } from "./document.js";

const WESTERN = /[0-9]/g;
const NOT_WRITTEN = "script, style, pre, code, kbd, textarea";

/** @param {string} text */
const inArabic = (text) =>
  text.replace(WESTERN, (digit) => String.fromCharCode(0x660 + +digit));

// What is code or an address stays as it was typed.
/** @param {Text} node */
function write(node) {
  if (!node.data.match(WESTERN) || node.parentElement?.closest(NOT_WRITTEN)) return;
  node.data = inArabic(node.data);
}

/** @param {Node} top */
function writeWithin(top) {
  if (top instanceof Text) return write(top);
  const walk = document.createTreeWalker(top, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) write(/** @type {Text} */ (walk.currentNode));
}

/** Whatever is shown, and whatever comes to be shown: charts, filters, messages. */
export function writeArabicDigits() {
  writeWithin(document.body);
  new MutationObserver((changes) => {
    for (const { target, addedNodes } of changes)
      for (const node of addedNodes.length ? addedNodes : [target]) writeWithin(node);
  }).observe(document.body, { subtree: true, childList: true, characterData: true });
}

/** A page writes 10,208,542 or 10 208 542, and French 33,7; what is taken away is read by
 *  programmes. @param {string} text */
export function withPoint(text) {
  const french = root.lang === "fr";
  const parted = french ? /^-?\d{1,3}(\u202f\d{3})+$/ : /^-?\d{1,3}(,\d{3})+$/;
  if (parted.test(text)) return text.replace(/[,\u202f]/g, "");
  return french && /^-?\d+,\d+$/.test(text) ? text.replace(",", ".") : text;
}
