// Beside the text: the citation with a button, the place in the contents, what a link
// leads to.

import { copied } from "../../../views/explorer/front/exports/file.js";
import { words } from "./document.js";

export function addCopyButton() {
  const citation = document.getElementById("qadaya-citation");
  const box = citation?.closest(".cite");
  const told = box?.querySelector(".copied");
  if (!citation || !box || !told) return;
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = words.copy;
  button.addEventListener("click", async () => {
    await copied((citation.textContent ?? "").trim().replace(/\s+/g, " "));
    told.textContent = words.copied;
  });
  box.append(button);
}

/** Marks the section that is being read. */
export function followContents() {
  const links = new Map(
    [...document.querySelectorAll(/** @type {"a"} */ (".toc > ol > li > a"))]
      .map((link) => [link.hash.slice(1), link]));
  const seen = new IntersectionObserver((entries) => {
    for (const { isIntersecting, target } of entries) {
      if (!isIntersecting) continue;
      for (const link of links.values()) link.removeAttribute("aria-current");
      links.get(target.id)?.setAttribute("aria-current", "true");
    }
  }, { rootMargin: "-10% 0px -70% 0px" });
  for (const section of document.querySelectorAll("section.s[id]")) seen.observe(section);
}

/** A link to a word whose list is folded unfolds it. */
export function openWhatIsLinked() {
  document.addEventListener("click", ({ target }) => {
    const link = target instanceof Element ? target.closest("a[href^='#']") : null;
    const id = decodeURIComponent(link?.getAttribute("href")?.slice(1) ?? "");
    document.getElementById(id)?.closest("details")?.setAttribute("open", "");
  });
}
