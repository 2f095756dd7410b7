// What a reader takes away of a figure: the drawing, and the table behind it.

import { csvText } from "../../../views/explorer/front/exports/csv.js";
import { saveFile } from "../../../views/explorer/front/exports/file.js";
import { inWesternDigits } from "../../../views/explorer/front/words/plain.js";
import { withPoint } from "./digits.js";
import { readJson, words } from "./document.js";

/** @import { Plotly } from "../../../views/explorer/front/types.d.ts" */
/** @import { Spec } from "./types.d.ts" */

/** @param {HTMLElement} plot @param {Spec} spec @param {Plotly} plotly */
export function addDownloads(plot, spec, plotly) {
  const figure = plot.closest("figure");
  const name = `${readJson("qadaya-page").notebook}-${spec.number}`;
  /** @type {HTMLTableElement | null | undefined} */
  const twin = figure?.querySelector(".view.table table");
  const buttons = [
    button("SVG", spec, () => savePicture(spec, plotly, name, "svg")),
    button("PNG", spec, () => savePicture(spec, plotly, name, "png")),
  ];
  if (twin) buttons.push(button("CSV", spec, () => saveTable(twin, `${name}.csv`)));
  figure?.querySelector(".foot .x")?.append(...buttons);
}

/** @param {string} form @param {Spec} spec @param {() => void} act */
function button(form, { number }, act) {
  const made = document.createElement("button");
  made.type = "button";
  made.textContent = form;
  made.setAttribute("aria-label", words.download.replace("{form}", form)
    .replace("{number}", String(number)));
  made.addEventListener("click", act);
  return made;
}

/** @param {Spec} spec @param {Plotly} plotly @param {string} filename
 *  @param {"svg" | "png"} format */
function savePicture({ data, layout, export: own, height }, plotly, filename, format) {
  const whole = { ...layout, ...own, autosize: false };
  const size = { width: 900, height: whole.height ?? height };
  return plotly.downloadImage(
    { data, layout: { ...whole, ...size } },
    { format, filename, scale: format === "png" ? 2 : 1, ...size },
  );
}

/** @param {HTMLTableElement} table @param {string} name */
function saveTable(table, name) {
  const rows = [...table.rows].map((row) => [...row.cells].map(valueOf));
  saveFile(name, new Blob([csvText(rows)], { type: "text/csv" }));
}

// A figure below zero is no formula.
/** @param {HTMLElement} cell */
function valueOf(cell) {
  const text = withPoint(inWesternDigits((cell.textContent ?? "").trim()));
  return /^-\d+(\.\d+)?$/.test(text) ? Number(text) : text;
}
