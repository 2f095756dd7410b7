// What surrounds the explorer: light and dark, paper, JupyterLab, what is out of view.

import { h } from "../dom/elements.js";
import COLOURS from "../colours.css";
import RULES from "../explore.css";

/** The style sheet, once a page; a newer kernel brings its own. `colours.css` stands in
 *  no file: `module.py` makes it of the one palette. */
export function dress() {
  const sheet = document.getElementById("qx-style") ?? h("style", { id: "qx-style" });
  sheet.textContent = COLOURS + RULES;
  document.head.append(sheet);
}

/**
 * Keys pressed in the explorer are its own: else JupyterLab takes arrows and letters
 * for the cell around it. It asks the field itself, before those that hold it.
 * @param {FocusEvent} event
 */
export function keepKeys({ target }) {
  /** @type {Element} */ (target).setAttribute("data-lm-suppress-shortcuts", "true");
}

/**
 * Light or dark: JupyterLab says it on its body, a page by what the reader prefers.
 * Paper is always light, and wider or narrower than the screen. Gives a function that
 * stops it.
 * @param {HTMLElement} root
 * @param {() => void} redraw
 */
export function watchTheme(root, redraw) {
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const set = () => {
    const lab = document.body.dataset.jpThemeLight;
    root.dataset.theme = (lab === undefined ? dark.matches : lab === "false")
      ? "dark" : "light";
    redraw();
  };
  const toPaper = () => {
    root.dataset.theme = "light";
    root.dataset.paper = "";
    redraw();
  };
  const toScreen = () => {
    delete root.dataset.paper;
    set();
  };
  const lab = new MutationObserver(set);
  lab.observe(document.body, { attributeFilter: ["data-jp-theme-light"] });
  const left = new AbortController();
  dark.addEventListener("change", set, left);
  addEventListener("beforeprint", toPaper, left);
  addEventListener("afterprint", toScreen, left);
  set();
  return () => {
    lab.disconnect();
    left.abort();
  };
}

/**
 * What is far out of view changes with the rest, and is laid out after the frame that
 * answers the reader: that alone would take as long as everything in sight.
 * @param {HTMLElement} body
 * @param {HTMLElement[]} nodes
 */
export function farFigures(body, nodes) {
  const watch = new IntersectionObserver((entries) => {
    for (const { target, isIntersecting } of entries)
      target.classList.toggle("qx-far", !isIntersecting);
  }, { rootMargin: "300px" });
  for (const node of nodes) watch.observe(node);
  const settle = () => body.classList.remove("qx-changing");
  return {
    wait() {
      body.classList.add("qx-changing");
      requestAnimationFrame(() => setTimeout(settle, 0));
    },
    close: () => watch.disconnect(),
  };
}

/**
 * In JupyterLab the plain table, kept for a saved notebook, stands in the next output
 * of the cell. It steps back, and its rule goes: one that asks what an element holds
 * would be weighed again at every change of the document. Called when the explorer has
 * a size: JupyterLab may put it into the document after it was rendered.
 * @param {HTMLElement} el
 */
export function stepForward(el) {
  const output = el.closest(".jp-OutputArea-child");
  if (!output || output.classList.contains("qx-live")) return;
  output.classList.add("qx-live");
  const tidy = () => {
    const sheets = output.parentElement
      ?.querySelectorAll(":scope > .jp-OutputArea-child style") ?? [];
    for (const sheet of sheets)
      if (sheet.nextElementSibling?.matches(".qx-saved")) sheet.remove();
  };
  for (const wait of [0, 500, 3000]) setTimeout(tidy, wait);
}
