// Tables as CSV that a spreadsheet reads as they are, and runs nothing of.

// No workbook can hold these. The replacement shows that something stood there.
const NO_TEXT = /[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]|[\ud800-\udfff]/gu;
// A cell begins where the text begins, and where a program set to French begins a new
// one inside it; quotes, spaces and signs without a width are passed over.
const WOULD_RUN = new RegExp(
  String.raw`^(?=[\t\n\r])|(?<=^|[,;\t\n\r])(?=["\t\n\r \x7f\x85\xa0\xad\u061c\u1680` +
  String.raw`\u180e\u2000-\u200f\u2028-\u202f\u205f-\u206f\u3000\ufeff]*[=+\-@＝＋－＠])`, "g");

/**
 * A text with an apostrophe before each part that would be run as a formula; the same
 * rule as `qadaya.spreadsheet.inert` in Python.
 * @param {string} text
 */
export const inert = (text) =>
  text.replace(NO_TEXT, "\ufffd").replace(WOULD_RUN, "'");

/** @param {string | number} value */
function field(value) {
  const text = typeof value === "number" ? String(value) : inert(value);
  return /[",\n\r;]/.test(text) ? `"${text.replace(/"/g, '""')}"` : text;
}

/**
 * Rows as CSV, with a byte-order mark, so that Excel reads Arabic and French as they are.
 * @param {(string | number)[][]} rows
 */
export const csvText = (rows) =>
  `\uFEFF${rows.map((row) => row.map(field).join(",")).join("\r\n")}\r\n`;
