// The figures that are tables: the breakdown, bars by circuit, circuit by year.

// The frame of a figure; its parts are filled again at each change, it stays.
function figure(words, facts, name, body, buttons) {
  const parts = {
    title: h("h3", { id: nextId() }),
    summary: h("p", { class: "qx-sum" }),
  };
  const foot = h("div", { class: "qx-foot" },
    facts.synthetic ? h("span", { class: "qx-chip" }, words.say("synthetic")) : null,
    h("span", {}, words.say("edition_as_of",
      { edition: facts.edition, date: facts.as_of })),
    h("span", { class: "qx-x" }, buttons));
  const node = h("figure", { class: `qx-fig qx-fig-${name}`,
    "aria-labelledby": parts.title.id }, parts.title, parts.summary, body, foot);
  return { ...parts, node };
}

const quiet = (text, label, onclick) =>
  h("button", { type: "button", class: "qx-quiet", "aria-label": label, onclick }, text);

const measured = (view, words, key) => words.say(key, { measure: view.measure.name });

const yearsText = (view, words) => {
  const [first, last] = view.selection.years;
  return first === last ? String(first)
    : words.say("years_to", { first: String(first), last: String(last) });
};

function breakdownFigure(facts, words, save) {
  const body = h("div", {});
  const csv = quiet("CSV", words.say("download_csv"), save.csv);
  const fig = figure(words, facts, "table", body, [csv]);
  return {
    node: fig.node,
    show(view) {
      const by = words.say(`by_${view.selection.breakdown}`);
      fig.title.textContent = words.say("title_breakdown",
        { measure: view.measure.name, by: by.toLocaleLowerCase(words.language) });
      fig.summary.textContent = words.say("sum_breakdown", {
        received: sumOver(view.returns.received, 0, view.cube.sizes.year, view.years),
        expected: sumOver(view.returns.expected, 0, view.cube.sizes.year, view.years),
      });
      const table = yearTable(view, words, {
        caption: fig.title.textContent,
        corner: by,
        rows: breakdownRows(view),
        footer: totalLines(view, words),
      });
      refill(body, scrolled(fig.title.textContent, table));
    },
  };
}

// Two closing lines: the total, and the returns that came of those expected.
const totalLines = (view, words) => (columns, gap, line) => {
  const { returns, years } = view;
  const came = ({ y }) => h("td", { class: "qx-val" },
    ltr(`${words.number(returns.received[y])}/${words.number(returns.expected[y])}`));
  const sum = (name) => sumOver(returns[name], 0, view.cube.sizes.year, years);
  return [
    line({ name: words.say("total"), total: totalOver(view, years),
      cells: years.map((year) => totalOver(view, [year])) }, "qx-tot"),
    h("tr", { class: "qx-ret" }, h("th", { scope: "row" }, words.say("returns_received")),
      columns.map((column) => column.gap ? gap() : came(years[column.place])),
      h("td", { class: "qx-sumc" },
        ltr(`${words.number(sum("received"))}/${words.number(sum("expected"))}`))),
  ];
};

function barsFigure(facts, words, save) {
  const body = h("div", {});
  const note = h("p", { class: "qx-note" });
  const csv = quiet("CSV", words.say("csv_of", { figure: words.say("by_circuit") }),
    () => save.twin(body, "circuits"));
  const fig = figure(words, facts, "bars", [body, note], [csv]);
  return {
    node: fig.node,
    show(view) {
      fig.title.textContent = words.say("title_circuits",
        { measure: view.measure.name, years: yearsText(view, words) });
      const rows = circuitRows(view);
      const drawn = rows.filter(({ total }) => total.n > 0 || total.state === "hidden")
        .sort((one, other) => other.total.n - one.total.n);
      fig.summary.textContent = barsSummary(view, words, drawn);
      refill(body, drawn.length ? barsTable(view, words, fig.title.textContent, drawn)
        : null);
      const rest = rows.length - drawn.length;
      const zeros = facts.audience === "shared" ? "more_rounded_zero" : "more_zero";
      note.textContent = [rest ? words.count(zeros, rest) : "",
        drawn.length > 1 ? words.say("not_a_ranking") : ""].filter(Boolean).join(" ");
    },
  };
}

function barsSummary(view, words, drawn) {
  const total = drawn.reduce((sum, row) => sum + row.total.n, 0);
  const top = drawn.slice(0, 3);
  const list = new Intl.ListFormat(TAG[words.language]).format(top.map((row) => row.name));
  const part = top.reduce((sum, row) => sum + row.total.n, 0);
  const error = errorBound(view.facts, { ...pieceOf(view), courts: oneCircuit(view) });
  return [
    drawn.length > 3 ? words.say("mostly_in", { part, total, circuits: list }) : "",
    words.say("whisker_over_bar"),
    error ? words.say("error_each_circuit", { error: `±${error}` }) : "",
  ].filter(Boolean).join(" ");
}

// The courts of one circuit chosen whole, to name the error of such a sum.
function oneCircuit({ facts, circuitReturns, sums }) {
  const members = facts.circuits.map((_, number) =>
    facts.courts.filter((court) => court.circuit === number).map((court) => court.id));
  const whole = members.findIndex((ids, k) =>
    ids.length && circuitReturns.courts[k] === ids.length);
  return whole < 0 ? [] : members[whole];
}

// The chosen part of the cube, as `errorBound` takes it.
const pieceOf = ({ selection, years, measure }) => ({
  courts: selection.courts,
  platforms: selection.platforms.length,
  years: years.length,
  stages: measure.stages.length,
  results: measure.results.length,
  less: measure.less,
});

function barsTable(view, words, caption, rows) {
  const top = Math.max(...rows.map(({ total }) => chanceInterval(total.n).high));
  const share = (n) => `${((100 * n) / top).toFixed(2)}%`;
  const bar = (n) => {
    const { low, high } = chanceInterval(n);
    return [
      h("i", { style: `inline-size:${share(n)}` }),
      h("u", { style: `inset-inline-start:${share(low)};inline-size:${share(high - low)}` }),
    ];
  };
  return h("table", { class: "qx-bars" },
    h("caption", { class: "qx-vh" }, caption),
    h("thead", {}, h("tr", {}, h("th", { scope: "col" }, words.say("circuit")),
      h("td", { "data-drawn": true }),
      h("th", { scope: "col", class: "qx-num" }, view.measure.name),
      h("th", { scope: "col", class: "qx-iv" }, words.say("interval_95")))),
    h("tbody", {}, rows.map(({ name, total }) => h("tr", {},
      h("th", { scope: "row" }, h("bdi", {}, name)),
      h("td", { "data-drawn": true }, h("div", { class: "qx-barcell" },
        total.state === "hidden" ? null : bar(total.n))),
      h("td", { class: "qx-num" }, cellContent(words, { ...total, partial: false })),
      h("td", { class: "qx-iv" },
        total.state === "hidden" ? "" : ltr(intervalText(words, total.n)))))));
}

function heatFigure(facts, words, save) {
  const grid = h("div", {});
  const thin = h("div", { class: "qx-thin", role: "note", hidden: true });
  const key = h("div", { class: "qx-key" });
  const csv = quiet("CSV", words.say("csv_of", { figure: words.say("title_heat") }),
    () => save.twin(grid, "circuits-years"));
  const body = h("div", { class: "qx-heatgrid" }, grid, h("div", {}, thin, key));
  const fig = figure(words, facts, "heat", body, [csv]);
  const note = thinNote(words, thin, () => show());
  let last;
  const show = () => {
    const view = last;
    const byCourt = note.level(view);
    const rows = byCourt ? courtRows(view) : circuitRows(view);
    fig.title.textContent = words.say(byCourt ? "title_heat_courts" : "title_heat");
    fig.summary.textContent = heatSummary(view, words);
    refill(grid, scrolled(fig.title.textContent, yearTable(view, words, {
      caption: measured(view, words, byCourt ? "cap_courts" : "cap_circuits"),
      corner: words.say(byCourt ? "court" : "circuit"), rows, tinted: true })));
    refill(key, ...heatKey(view, words, rows), missingCourts(view, words));
  };
  return { node: fig.node, show(view) { last = view; show(); } };
}

function heatSummary(view, words) {
  const error = errorBound(view.facts,
    { ...pieceOf(view), courts: oneCircuit(view), years: 1 });
  const p = words.chance(chanceOfDifference(3, 6));
  return [words.say("read_rows", { p }),
    error ? words.say("error_each_cell", { error: `±${error}` }) : ""]
    .filter(Boolean).join(" ");
}

// Court by year is mostly thinner than one case a return; then circuits are shown,
// and courts are one button away.
function thinNote(words, place, redraw) {
  const text = h("span", {});
  const button = h("button", { type: "button", class: "qx-quiet" });
  let wanted = false;
  button.addEventListener("click", () => {
    wanted = !wanted;
    redraw();
  });
  place.append(h("b", {}, words.say("too_thin_court")), text,
    h("p", { class: "qx-acts" }, button));
  return {
    level(view) {
      const total = totalOver(view, view.years);
      const thin = total.n < total.received;
      place.hidden = false;
      const parts = { cases: words.count("cases", total.n),
        returns: words.count("returns", total.received) };
      place.firstChild.textContent = words.say(thin ? "too_thin_court" : "by_court_too");
      text.textContent = words.say(thin ? "thin_reason" : "court_reason", parts);
      button.textContent = words.say(wanted ? "show_circuits" : "show_courts");
      return wanted;
    },
  };
}

function heatKey(view, words, rows) {
  const { low, steps } = tintSteps(rows);
  const ends = [low, ...steps];
  const ranges = ends.map((start, k) => k === 3 ? `${start}+`
    : start === ends[k + 1] - 1 ? `${start}` : `${start}–${ends[k + 1] - 1}`);
  const swatch = (kind, text = "") =>
    h("span", { class: `qx-sw ${kind}`, "aria-hidden": "true" }, text);
  const item = (mark, text) => h("li", {}, mark, h("span", {}, text));
  const shared = view.facts.audience === "shared";
  const bound = errorBound(view.facts,
    { ...pieceOf(view), courts: oneCircuit(view), years: 1 });
  const zero = !shared ? words.say("key_zero")
    : bound ? words.count("key_rounded_zero", bound) : words.say("key_rounded");
  const any = (state) => rows.some((row) => row.cells.some((cell) => cell.state === state));
  return [
    h("h4", {}, words.say("key_title")),
    h("ul", {},
      h("li", { class: "qx-ramps" }, h("span", { class: "qx-ramp", "aria-hidden": "true" },
        ranges.map((range, k) => h("span", { class: `qx-sw qx-v${k + 1}` }, ltr(range)))),
        h("span", {}, words.say("key_value"))),
      item(swatch("qx-z", "0"), zero),
      shared ? null : item(swatch("qx-z qx-nil", h("u", {}, "0")), words.say("key_nil")),
      item(swatch("qx-nr", h("span", {}, words.say("not_reported_short"))),
        words.say("key_missing")),
      any("hidden") ? item(swatch("qx-hid", "[c]"), words.say("key_hidden")) : null,
      item(swatch("qx-part"), words.say("some_missing")),
      item(swatch("", "–"), words.say("key_not_established")),
      breaksIn(view).length ? item(swatch("qx-br"), words.say("break_in_series")) : null),
  ];
}

// Inside the desk, the courts that owe a return are named.
function missingCourts(view, words) {
  const { facts, cube, sums, years } = view;
  if (facts.audience === "shared") return null;
  const code = facts.statuses.indexOf("missing");
  const lines = years.map(({ year, y }) => {
    const names = facts.courts
      .filter((_, court) => sums.courtOn[court] &&
        cube.reporting[court * cube.sizes.year + y] === code)
      .map((court) => court.name);
    return names.length ? h("li", {}, h("b", {}, `${year}: `), names.join(words.say("comma")))
      : null;
  });
  if (!lines.some(Boolean)) return null;
  return h("details", { class: "qx-twin" },
    h("summary", { class: "qx-caret" }, words.say("courts_missing")), h("ul", {}, lines));
}
