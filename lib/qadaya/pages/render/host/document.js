// What the page holds for its script, and when a frame has been shown.

export const root = document.documentElement;

/** @param {string} id @returns {HTMLElement} */
export function byId(id) {
  const found = document.getElementById(id);
  if (!found) throw new Error(`the page holds no element ${id}`);
  return found;
}

/** @param {string} id @returns {any} */
export const readJson = (id) => JSON.parse(byId(id).textContent ?? "");

/** What the script says, in the page's language.
 *  @type {Record<"noInflate" | "failed" | "copy" | "copied" | "download", string>} */
export const words = readJson("qadaya-words");

export const afterPaint = () =>
  new Promise((done) => requestAnimationFrame(() => setTimeout(done, 0)));
