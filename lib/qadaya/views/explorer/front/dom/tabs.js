// Views of one thing behind tabs: its chart, the table behind it, a map.

import { h, nextId } from "./elements.js";

/** @import { Children } from "./elements.js" */
/** @typedef {{ name: string, text: string, body: Children }} Shown */

/**
 * Tabs that mouse and keys choose from; arrows follow the direction of reading.
 * @param {HTMLElement[]} tabs
 * @param {(chosen: number) => void} show
 */
export function chooseByTabs(tabs, show) {
  /** @param {HTMLElement} chosen */
  const choose = (chosen) => {
    for (const tab of tabs) {
      tab.setAttribute("aria-selected", String(tab === chosen));
      tab.tabIndex = tab === chosen ? 0 : -1;
    }
    show(tabs.indexOf(chosen));
  };
  for (const tab of tabs) {
    tab.addEventListener("click", () => choose(tab));
    tab.addEventListener("keydown", (pressed) => {
      const next = tabAfter(pressed, tab, tabs);
      if (!next) return;
      pressed.preventDefault();
      choose(next);
      next.focus();
    });
  }
}

/** The tab that a key leads to. @param {KeyboardEvent} pressed @param {HTMLElement} tab
 *  @param {HTMLElement[]} tabs */
function tabAfter({ key, ctrlKey, altKey, metaKey }, tab, tabs) {
  if (ctrlKey || altKey || metaKey) return undefined;
  if (key === "Home") return tabs[0];
  if (key === "End") return tabs[tabs.length - 1];
  if (key !== "ArrowLeft" && key !== "ArrowRight") return undefined;
  const ahead = getComputedStyle(tab).direction === "rtl" ? "ArrowLeft" : "ArrowRight";
  const step = key === ahead ? 1 : -1;
  return tabs[(tabs.indexOf(tab) + step + tabs.length) % tabs.length];
}

/**
 * The views of one figure, of which the first is seen to begin with: a list of tabs, a
 * panel for each view, and which is in sight.
 * @param {string} title Id of the heading that names them all.
 * @param {Shown[]} views
 */
export function tabbed(title, views) {
  const tabs = views.map(({ text }, k) =>
    h("button", { type: "button", role: "tab", id: nextId(), "aria-selected": k === 0
      ? "true" : "false", tabindex: k === 0 ? "0" : "-1" }, text));
  const panels = views.map(({ name, body }, k) =>
    h("div", { class: `qx-view qx-view-${name}${k === 0 ? " qx-on" : ""}`, id: nextId(),
      role: "tabpanel", "aria-labelledby": tabs[k].id }, body));
  tabs.forEach((tab, k) => tab.setAttribute("aria-controls", panels[k].id));
  let chosen = 0;
  chooseByTabs(tabs, (next) => {
    chosen = next;
    panels.forEach((panel, k) => panel.classList.toggle("qx-on", k === next));
  });
  return {
    list: h("div", { class: "qx-tabs", role: "tablist", "aria-labelledby": title }, tabs),
    panels,
    chosen: () => views[chosen].name,
  };
}
