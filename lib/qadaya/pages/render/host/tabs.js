// One question, two answers: a figure's tabs show its chart or the table behind it.

/** @param {(plot: HTMLElement) => void} shown called when a chart is seen again */
export function addTabs(shown) {
  for (const list of document.querySelectorAll(".tabs")) {
    const tabs = /** @type {HTMLElement[]} */ ([...list.children]);
    for (const tab of tabs) {
      tab.addEventListener("click", () => choose(tab, tabs, shown));
      tab.addEventListener("keydown", (pressed) => {
        const next = following(pressed.key, tab, tabs);
        if (!next) return;
        pressed.preventDefault();
        choose(next, tabs, shown);
        next.focus();
      });
    }
  }
}

/** The tab that a key leads to. @param {string} key @param {HTMLElement} tab
 *  @param {HTMLElement[]} tabs */
function following(key, tab, tabs) {
  const ahead = document.documentElement.dir === "rtl" ? "ArrowLeft" : "ArrowRight";
  if (key === "Home") return tabs[0];
  if (key === "End") return tabs[tabs.length - 1];
  if (key !== "ArrowLeft" && key !== "ArrowRight") return undefined;
  const step = key === ahead ? 1 : -1;
  return tabs[(tabs.indexOf(tab) + step + tabs.length) % tabs.length];
}

/** @param {HTMLElement} chosen @param {HTMLElement[]} tabs
 *  @param {(plot: HTMLElement) => void} shown */
function choose(chosen, tabs, shown) {
  for (const tab of tabs) {
    tab.setAttribute("aria-selected", String(tab === chosen));
    tab.tabIndex = tab === chosen ? 0 : -1;
  }
  const figure = /** @type {HTMLElement | null} */ (chosen.closest("figure"));
  if (!figure) return;
  figure.dataset.view = chosen === tabs[0] ? "chart" : "table";
  const plot = /** @type {HTMLElement | null} */ (figure.querySelector(".plot"));
  if (plot && chosen === tabs[0]) shown(plot);
}
