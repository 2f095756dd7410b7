// What a reader takes away: tables as CSV, drawings, the citation, a link.

// Excel reads a leading = + - @ as a formula; an apostrophe keeps it text.
const harmless = (text) => (/^[=+\-@\t\r]/.test(text) ? `'${text}` : text);

function csvField(value) {
  const text = typeof value === "number" ? String(value) : harmless(bare(String(value)));
  return /[",\n\r;]/.test(text) ? `"${text.replace(/"/g, '""')}"` : text;
}

// With a byte-order mark, so that Excel reads Arabic and French as they are.
const csvText = (rows) =>
  `\uFEFF${rows.map((row) => row.map(csvField).join(",")).join("\r\n")}\r\n`;

function saveFile(name, content) {
  const link = h("a", { download: name });
  const address = URL.createObjectURL(content);
  link.href = address;
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(address), 30_000);
}

const saveCsv = (name, rows) =>
  saveFile(name, new Blob([csvText(rows)], { type: "text/csv;charset=utf-8" }));

// The current table, one row a year and code of the breakdown, as `table()` gives it.
function currentTable(view) {
  const ownReturns = view.selection.breakdown === "circuit";
  const rows = breakdownRows(view);
  return view.years.flatMap(({ year, y }, place) =>
    rows.map((row) => {
      const count = row.cells[place];
      return {
        year,
        code: row.id,
        name: row.name,
        n: known(count) ? count.n : null,
        status: count.state,
        received: ownReturns ? count.received : view.returns.received[y],
        expected: ownReturns ? count.expected : view.returns.expected[y],
      };
    }));
}

const tableRows = (view, words) => [
  [words.say("year"), words.say(`by_${view.selection.breakdown}`), view.measure.name,
    words.say("state"), words.say("returns_received"), words.say("returns_expected")],
  ...currentTable(view).map((row) => [row.year, row.name, row.n ?? "",
    words.say(`state_${row.status}`), row.received, row.expected]),
];

// A table of the page as rows of text: what is drawn is left out, what is read is kept.
function rowsOfTable(table) {
  const held = [];
  const grid = [...table.rows].map((row, r) => {
    const out = [...(held[r] ?? [])];
    const cells = [...row.cells].filter((cell) =>
      !cell.hasAttribute("data-drawn") && !cell.classList.contains("qx-gapc"));
    for (const cell of cells) {
      const at = out.findIndex((value) => value === undefined);
      const place = at < 0 ? out.length : at;
      out[place] = cellText(cell);
      for (let c = 1; c < cell.colSpan; c += 1) out[place + c] = cellText(cell);
      for (let below = 1; below < cell.rowSpan; below += 1) {
        held[r + below] ??= [];
        held[r + below][place] = cellText(cell);
      }
    }
    return out;
  });
  return headersJoined(grid, table.tHead.rows.length);
}

// A page may be written in Arabic digits; what is taken away counts in Western ones.
const inWesternDigits = (text) =>
  text.replace(/[\u0660-\u0669]/g, (digit) => String(digit.charCodeAt(0) - 0x660));

// A figure stays a figure; of a cell in words, the words that are read aloud.
function cellText(cell) {
  const copy = cell.cloneNode(true);
  for (const seen of copy.querySelectorAll("[aria-hidden]")) seen.remove();
  const text = inWesternDigits(copy.textContent);
  const figureCell = /^(\d[\d\s.,\u00a0\u202f]*)( \(.*\))?$/.exec(text);
  if (cell.tagName === "TD" && figureCell)
    return Number(figureCell[1].replace(/[\s.,\u00a0\u202f]/g, ""));
  return text;
}

// Two lines of headers become one: `NCMEC: Cases`.
function headersJoined(grid, lines) {
  const head = grid.slice(0, lines);
  const width = Math.max(...grid.map((row) => row.length));
  const joined = Array.from({ length: width }, (_, c) =>
    [...new Set(head.map((row) => row[c] ?? ""))].filter(Boolean).join(": "));
  return [joined, ...grid.slice(lines)];
}

function citation(view, words) {
  const { facts, selection } = view;
  const kind = words.say(facts.synthetic ? `${facts.audience}_synthetic` : facts.audience);
  return bare(words.say("citation", {
    edition: facts.edition,
    kind,
    measure: view.measure.name,
    courts: words.say("n_of_m", { n: selection.courts.length, m: facts.courts.length }),
    platforms: facts.platforms.filter(({ id }) => selection.platforms.includes(id))
      .map(({ name }) => name).join(words.say("comma")),
    years: yearsText(view, words),
    date: facts.as_of,
    manifest: facts.manifest,
  }));
}

// Copies a text; false when the browser keeps its clipboard closed.
async function copied(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copiedBySelection(text);
  }
}

function copiedBySelection(text) {
  const held = document.activeElement;
  const area = h("textarea", { class: "qx-vh", "aria-hidden": "true" });
  area.value = text;
  document.body.append(area);
  area.select();
  const done = document.execCommand("copy");
  area.remove();
  held?.focus();
  return done;
}
