// One question, two answers: a figure's tabs show its chart or the table behind it.

import { chooseByTabs } from "../../../views/explorer/front/dom/tabs.js";

/** @param {(plot: HTMLElement) => void} shown called when a chart is seen again */
export function addTabs(shown) {
  for (const figure of /** @type {NodeListOf<HTMLElement>} */ (
    document.querySelectorAll(".fig:has(.tabs)")
  )) {
    const tabs = /** @type {NodeListOf<HTMLElement>} */ (figure.querySelectorAll(".tabs > *"));
    chooseByTabs([...tabs], (chosen) => {
      figure.dataset.view = chosen === 0 ? "chart" : "table";
      const plot = /** @type {HTMLElement | null} */ (figure.querySelector(".plot"));
      if (plot && chosen === 0) shown(plot);
    });
  }
}
