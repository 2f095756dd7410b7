// What is shown, as rows: counts with their states, and the cells that draw them.

// Everything one selection shows, counted once.
function viewOf(cube, selection) {
  const { facts, sizes } = cube;
  const sums = sumCube(cube, selection);
  const years = facts.years.map((year, y) => ({ year, y })).slice(sums.from, sums.to + 1);
  const circuitOf = (court) => facts.courts[court].circuit;
  return {
    cube,
    facts,
    selection,
    sums,
    years,
    returns: returnsOf(cube, sums.courtOn, 1, () => 0),
    circuitReturns: returnsOf(cube, sums.courtOn, sizes.circuit, circuitOf),
    courtReturns: returnsOf(cube, sums.courtOn, sizes.court, (court) => court),
    measure: facts.measures.find((each) => each.id === selection.measure),
    nothing: !selection.courts.length
      ? "no_court_chosen"
      : !selection.platforms.length ? "no_platform_chosen" : null,
  };
}

const sumOver = (array, row, size, years) =>
  years.reduce((sum, { y }) => sum + array[row * size + y], 0);

// One count over some years of a row: n, its state, and whether returns are missing.
function countOf(view, sums, row, returns, returnsRow, years) {
  const size = view.cube.sizes.year;
  const n = sumOver(sums.n, row, size, years);
  const hidden = sumOver(sums.hidden, row, size, years) > 0;
  const [received, nil, expected] = ["received", "nil", "expected"].map((name) =>
    sumOver(returns[name], returnsRow, size, years));
  const state = stateOf(n, hidden, received, nil, expected);
  return { n, state, received, expected,
    partial: received < expected && state !== "missing" };
}

const known = (count) => count.state === "reported" || count.state === "nil";

// Rows by name, a count a year and one for all years.
function rowsOf(view, sums, entries, returns, ownReturns) {
  return entries.map(({ index, id, name, indent }) => {
    const at = ownReturns ? index : 0;
    const count = (years) => countOf(view, sums, index, returns, at, years);
    return { id, name, indent, cells: view.years.map((year) => count([year])),
      total: count(view.years) };
  });
}

const entriesOf = (list, keep = () => true) =>
  list.map(({ id, name }, index) => ({ id, name, index })).filter(keep);

function circuitRows(view) {
  const chosen = entriesOf(view.facts.circuits, ({ index }) =>
    view.circuitReturns.courts[index] > 0);
  return rowsOf(view, view.sums.circuits, chosen, view.circuitReturns, true);
}

function courtRows(view) {
  const chosen = entriesOf(view.facts.courts, ({ index }) => view.sums.courtOn[index]);
  return rowsOf(view, view.sums.courts, chosen, view.courtReturns, true);
}

function platformRows(view) {
  const chosen = entriesOf(view.facts.platforms, ({ id }) =>
    view.selection.platforms.includes(id));
  return rowsOf(view, view.sums.platforms, chosen, view.returns, false);
}

// The rows of the breakdown: the table behind what is shown.
function breakdownRows(view) {
  const { facts, sums, measure, selection } = view;
  if (view.nothing) return [];
  if (selection.breakdown === "circuit") return circuitRows(view);
  if (selection.breakdown === "platform") return platformRows(view);
  const stages = selection.breakdown === "stage";
  const counted = stages ? measure.stages : measure.results;
  const list = entriesOf(stages ? facts.stages : facts.results, ({ index }) =>
    counted.includes(index));
  return rowsOf(view, stages ? sums.stages : sums.results, list, view.returns, false);
}

// The total of the chosen measure over some of the years.
function totalOver(view, years) {
  const { sums } = view;
  const all = { n: new Float64Array(view.cube.sizes.year),
    hidden: new Uint8Array(view.cube.sizes.year) };
  for (let row = 0; row < view.cube.sizes.platform; row += 1)
    for (const { y } of years) {
      all.n[y] += sums.platforms.n[row * view.cube.sizes.year + y];
      all.hidden[y] |= sums.platforms.hidden[row * view.cube.sizes.year + y];
    }
  return countOf(view, all, 0, view.returns, 0, years);
}

// Four tints: the design's steps for small counts, quarters of the largest beyond.
function tintSteps(rows) {
  const shown = rows.flatMap((row) => row.cells).filter((cell) => cell.n > 0);
  const top = Math.max(0, ...shown.map((cell) => cell.n));
  const low = Math.min(3, ...shown.map((cell) => cell.n));
  const steps = top <= 12 ? [4, 6, 8]
    : [0.25, 0.5, 0.75].map((share) => Math.ceil(top * share));
  return { low, steps, tint: (n) => 1 + steps.filter((step) => n >= step).length };
}

const intervalText = (words, n) => {
  const { low, high } = chanceInterval(n);
  return `${words.number(Math.round(low))}–${words.number(Math.round(high))}`;
};

// What stands in a cell, and what is said of it to those who do not see it.
function cellContent(words, count) {
  const shown = { missing: words.say("not_reported_short"), not_established: "–",
    hidden: "[c]" }[count.state];
  if (shown)
    return [h("span", { "aria-hidden": "true" }, shown),
      hiddenText(words.say(`state_${count.state}`))];
  const figure = words.number(count.n);
  const nil = count.state === "nil";
  return [nil ? h("u", {}, figure) : figure,
    nil ? hiddenText(` (${words.say("state_nil")})`) : null,
    count.partial ? hiddenText(` (${words.say("some_missing")})`) : null];
}

function cellClass(count, tint) {
  const state = { missing: "qx-nr", not_established: "qx-na", hidden: "qx-hid" };
  const own = state[count.state] ??
    (count.n === 0 ? (count.state === "nil" ? "qx-z qx-nil" : "qx-z") : tint(count.n));
  return `${own}${count.partial ? " qx-part" : ""}`;
}

const breaksIn = (view) =>
  view.facts.breaks.filter(({ year }) =>
    view.years.length && view.years[0].year < year && year <= view.years.at(-1).year);

// Columns of a table with a column a year; a break in the series is a column too.
function yearColumns(view, words) {
  const breaks = new Set(breaksIn(view).map(({ year }) => year));
  const columns = view.years.flatMap(({ year }, place) =>
    breaks.has(year) ? [{ gap: true }, { year, place }] : [{ year, place }]);
  // Years ascend from left to right in every language.
  return words.rtl ? columns.reverse() : columns;
}

function yearTable(view, words, { caption, corner, rows, tinted, footer }) {
  const columns = yearColumns(view, words);
  const { tint } = tintSteps(rows);
  const tintClass = tinted ? (n) => `qx-v${tint(n)}` : () => "qx-val";
  const cell = (count, kind = "") =>
    h("td", { class: `${kind}${cellClass(count, tintClass)}` }, cellContent(words, count));
  const gap = () => h("td", { class: "qx-gapc" });
  const line = (row, total = "") =>
    h("tr", { class: total }, h("th", { scope: "row" }, h("bdi", {}, row.name)),
      columns.map((column) => column.gap ? gap() : cell(row.cells[column.place])),
      cell({ ...row.total, partial: false }, "qx-sumc "));
  return h("table", { class: `qx-years${tinted ? " qx-heat" : ""}` },
    h("caption", { class: "qx-vh" }, caption),
    h("thead", {}, h("tr", {}, h("th", { scope: "col", class: "qx-rh" }, corner),
      columns.map((column) => column.gap
        ? h("td", { class: "qx-gapc" }, hiddenText(words.say("break_in_series")))
        : h("th", { scope: "col" }, String(column.year))),
      h("th", { scope: "col" }, words.say("total")))),
    h("tbody", {}, rows.map((row) => line(row))),
    footer ? h("tfoot", {}, footer(columns, gap, line)) : null);
}

// A wide table scrolls inside a region that the keyboard can reach.
const scrolled = (label, table) =>
  h("div", { class: "qx-scroll", tabindex: "0", role: "region", "aria-label": label },
    table);
