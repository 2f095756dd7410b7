// Elements are built from text nodes and attributes only: a name stays text.

/** @typedef {Node | string | null | undefined | false} Child */
/** @typedef {Child | Children[]} Children */
/** @typedef {Record<string, any>} Attributes */

const SVG = "http://www.w3.org/2000/svg";

/**
 * @template {Element} E
 * @param {E} node
 * @param {Attributes | null} attributes
 * @param {Children[]} children
 * @returns {E}
 */
export function filled(node, attributes, children) {
  for (const [name, value] of Object.entries(attributes ?? {})) {
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (value === true) node.setAttribute(name, "");
    else if (value !== false && value != null) node.setAttribute(name, value);
  }
  const flat = /** @type {Child[]} */ (/** @type {any[]} */ (children).flat(Infinity));
  node.append(...flat.filter((child) => child !== null && child !== undefined
    && child !== false));
  return node;
}

/**
 * An element of HTML. `on...` listens; `true` is an attribute without a value.
 * @template {keyof HTMLElementTagNameMap} K
 * @param {K} tag
 * @param {Attributes} [attributes]
 * @param {Children[]} children
 */
export const h = (tag, attributes, ...children) =>
  filled(document.createElement(tag), attributes ?? null, children);

/**
 * @template {keyof SVGElementTagNameMap} K
 * @param {K} tag
 * @param {Attributes} attributes
 * @param {Children[]} children
 */
export const svg = (tag, attributes, ...children) =>
  filled(document.createElementNS(SVG, tag), attributes, children);

/** Read aloud and not seen. @param {Children} text */
export const hiddenText = (text) => h("span", { class: "qx-vh" }, text);

/** Figures, signs and Latin words keep their order inside Arabic sentences.
 *  @param {string} text */
export const ltr = (text) => h("span", { class: "qx-ltr" }, text);

// The mark of a platform: disc, lozenge, square; the same shapes as in the plots.
/** @type {Record<string, () => SVGElement>} */
const MARKS = {
  NCMEC: () => svg("circle", { cx: 7, cy: 7, r: 6, class: "qx-sn" }),
  CPS: () => svg("path", { d: "M7 0l7 7l-7 7l-7-7z", class: "qx-sc" }),
};
const otherMark = () => svg("path", { d: "M1.5 1.5h11v11h-11z", class: "qx-sb" });

/** @param {string} platform */
export const mark = (platform) =>
  svg("svg", { class: "qx-mk", viewBox: "0 0 14 14", "aria-hidden": "true" },
    (MARKS[platform] ?? otherMark)());

/** A quiet button, with what it does said in full.
 *  @param {string} text @param {string} label @param {() => void} onclick */
export const quiet = (text, label, onclick) =>
  h("button", { type: "button", class: "qx-quiet", "aria-label": label, onclick }, text);

/** A wide table scrolls inside a region that the keyboard can reach.
 *  @param {string} label @param {Node} table */
export const scrolled = (label, table) =>
  h("div", { class: "qx-scroll", tabindex: "0", role: "region", "aria-label": label },
    table);

/** In JupyterLab each explorer runs a module of its own: the count is the page's. */
export function nextId() {
  globalThis.qadayaIds = (globalThis.qadayaIds ?? 0) + 1;
  return `qx-${globalThis.qadayaIds}`;
}
