// The circuits where they lie, roughly: a tile each, and each a button of the filter.

import { h, hiddenText } from "../dom/elements.js";
import { refill } from "../dom/refill.js";
import { everything } from "../data/selection.js";
import { courtsAfterPress, inRows, pickedCircuits, tileAfterKey } from "../data/tiles.js";
import { circuitRows, viewOf } from "../data/view.js";
import { stateText } from "../words/words.js";
import { cellClass, signOf, tintSteps } from "./cells.js";
import { cellKey } from "./heat_key.js";

/** @import { Actions, Count, Facts, Row, View, Words } from "../types.d.ts" */

/** The grid of tiles. @param {Facts & { tiles: [number, number][] }} facts
 *  @param {Words} words @param {Actions} act */
export function tileGrid(facts, words, act) {
  const tiles = facts.circuits.map((circuit, k) => tileOf(circuit.name, facts.tiles[k]));
  const columns = Math.max(...facts.tiles.map(([, column]) => column));
  const key = h("ul", { class: "qx-tilekey", dir: words.direction,
    style: `grid-area:${freeCorner(facts.tiles)}` });
  // In the order of reading: what is read aloud runs from north to south.
  const set = h("div", { class: "qx-tileset", role: "group",
    "aria-label": words.say("tiles_label") }, inRows(facts.tiles).map((k) => tiles[k].node));
  const node = h("div", { class: "qx-mapbox" }, h("div", { class: "qx-tiles",
    style: `grid-template-columns:repeat(${columns},minmax(0,1fr))` }, set, key));
  /** @type {View} */
  let last;
  tiles.forEach((tile, k) => tile.node.addEventListener("click", () =>
    act.change({ courts: courtsAfterPress(facts, last.selection, k) })));
  roving(tiles.map((tile) => tile.node), facts.tiles);
  const rowsOf = countedOnce();
  return {
    node,
    /** @param {View} view */
    show(view) {
      last = view;
      const rows = rowsOf(view);
      const { tint } = tintSteps(rows);
      pickedCircuits(facts, view.selection).forEach((pressed, k) =>
        tiles[k].show(rows[k].total, view, words, pressed, tint));
      refill(key, cellKey(view, words, rows));
    },
  };
}

// Where no tile lies: beside those of the first column, under all others.
/** @param {[number, number][]} tiles */
function freeCorner(tiles) {
  const [last, lastAside] = [0, 1].map((column) =>
    Math.max(...tiles.filter((tile) => tile[1] > column).map(([row]) => row)));
  return last > lastAside ? `${lastAside + 1}/2/${last + 1}/-1` : `${last + 1}/1/auto/-1`;
}

// A tile counts its circuit whatever courts are chosen, or nothing could be added; so
// the cube is counted again only when something else has changed.
function countedOnce() {
  let counted = "";
  /** @type {Row[]} */
  let rows = [];
  /** @param {View} view */
  return (view) => {
    const selection = { ...view.selection, courts: everything(view.facts).courts };
    const wanted = JSON.stringify([selection.platforms, selection.years, selection.measure]);
    if (wanted !== counted)
      rows = circuitRows(viewOf(view.cube, selection))
        .map((row) => ({ ...row, cells: [row.total] }));
    counted = wanted;
    return rows;
  };
}

/** @param {string} name @param {[number, number]} place */
function tileOf(name, [row, column]) {
  const count = h("span", { class: "qx-tilen" });
  const node = h("button", { type: "button", class: "qx-tile", "aria-pressed": "false",
    tabindex: "-1", style: `grid-area:${row}/${column}` }, h("bdi", {}, name), " ", count);
  return {
    node,
    /** @param {Count} total @param {View} view @param {Words} words
     *  @param {string} pressed @param {(n: number) => string | number} tint */
    show(total, view, words, pressed, tint) {
      node.className = `qx-tile ${cellClass(total, (n) => `qx-v${tint(n)}`)}`;
      node.setAttribute("aria-pressed", pressed);
      const figure = signOf(words, total) ?? words.number(total.n);
      refill(count, h("span", { "aria-hidden": "true" }, total.nil ? h("u", {}, figure) : figure),
        hiddenText(spoken(total, view, words)));
    },
  };
}

/** @param {Count} total @param {View} view @param {Words} words */
function spoken(total, view, words) {
  const text = total.state === "value"
    ? words.count(`total_${view.selection.measure}`, total.n)
    : stateText(view.facts, words, total);
  return total.partial ? `${text} (${words.say("some_missing")})` : text;
}

// One of the tiles is reached with Tab, the others from there with the arrow keys.
/** @param {HTMLButtonElement[]} nodes @param {[number, number][]} tiles */
function roving(nodes, tiles) {
  /** @param {number} at */
  const reached = (at) => nodes.forEach((node, k) => {
    node.tabIndex = k === at ? 0 : -1;
  });
  reached(inRows(tiles)[0]);
  nodes.forEach((node, k) => {
    node.addEventListener("focus", () => reached(k));
    node.addEventListener("keydown", (event) => {
      const next = event.ctrlKey || event.altKey || event.metaKey ? null
        : tileAfterKey(tiles, k, event.key);
      if (next === null) return;
      event.preventDefault();
      nodes[next].focus();
    });
  });
}
