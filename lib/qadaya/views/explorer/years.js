// Cases over the years by platform, with the table behind the chart.

const SERIES = { NCMEC: ["n", "circle"], CPS: ["c", "diamond"] };
const seriesOf = (platform) => SERIES[platform] ?? ["ink-2", "square"];

// Counts over the years by platform: a mark with its exact 95 % interval, joined by a
// faint line that does not cross a break in the series.
function yearsDrawing(words, facts) {
  return (view, width, theme) => {
    const rows = platformRows(view);
    const years = view.years.length;
    const wide = width >= 560;
    const names = rows.map((row) => textWidth(row.name, theme));
    const breaks = breaksIn(view).map((each) => ({
      ...each, at: view.years.findIndex(({ year }) => year === each.year) - 0.5 }));
    const top = Math.max(4, ...rows.flatMap((row) =>
      row.cells.filter(known).map((cell) => chanceInterval(cell.n).high)));
    const scale = { top: top * 1.16, right: wide ? Math.max(...names, 0) + 24 : 12,
      height: wide ? 344 : 300, dodge: Math.min(0.14, 26 / (width / years)) };
    return {
      data: rows.map((row, k) =>
        yearsTrace(row, k - (rows.length - 1) / 2, { breaks, theme, years, wide, scale })),
      layout: drawing(theme, words, facts,
        wide ? { x: 1, y: 1, xanchor: "right", yanchor: "bottom", xshift: scale.right - 2,
          yshift: 22 } : { x: 1, y: 1, xanchor: "right", yanchor: "top" },
        yearsLayout(view, words, { rows, breaks, theme, wide, scale })),
    };
  };
}

function yearsTrace(row, side, { breaks, theme, years, wide, scale }) {
  const [colour, symbol] = seriesOf(row.id);
  const points = { x: [], y: [], up: [], down: [], text: [] };
  row.cells.forEach((cell, place) => {
    if (breaks.some(({ at }) => at === place - 0.5)) push(points, place, null);
    push(points, place + side * scale.dodge, known(cell) ? cell.n : null);
  });
  return {
    type: "scatter",
    mode: years <= 6 && wide ? "lines+markers+text" : "lines+markers",
    x: points.x, y: points.y, text: points.text, connectgaps: false,
    textposition: side < 0 || (side === 0 && years > 1) ? "middle left" : "middle right",
    textfont: { size: 14, color: theme[colour], weight: 600 },
    cliponaxis: false,
    line: { width: 1.25, color: `${theme[colour]}80` },
    marker: { size: symbol === "diamond" ? 14 : 12, symbol, color: theme[colour],
      opacity: 1 },
    error_y: { type: "data", symmetric: false, array: points.up, arrayminus: points.down,
      color: theme[colour], thickness: 1.75, width: 4 },
  };
}

function push(points, x, n) {
  const { low, high } = n === null ? { low: 0, high: 0 } : chanceInterval(n);
  points.x.push(x);
  points.y.push(n);
  points.up.push(n === null ? 0 : high - n);
  points.down.push(n === null ? 0 : n - low);
  points.text.push(n === null ? "" : `  ${n}  `);
}

function yearsLayout(view, words, { rows, breaks, theme, wide, scale }) {
  const { returns, years } = view;
  const ticks = years.map(({ year, y }) => {
    const parts = { n: returns.received[y], m: returns.expected[y] };
    const under = wide && years.length <= 6 ? words.say("n_of_m_reported", parts)
      : `${parts.n}/${parts.m}`;
    return `<b>${year}</b><br><span style="font-size:12px">${words.inPlot(under)}</span>`;
  });
  return {
    height: scale.height,
    margin: { l: 40, r: scale.right, t: 52, b: 52 },
    xaxis: { range: [-0.6, years.length - 0.4], tickvals: years.map((_, k) => k),
      ticktext: ticks, tickangle: 0, showgrid: false, zeroline: false, showline: true,
      linecolor: theme["ink-2"], linewidth: 1.25, fixedrange: true,
      ticklabeloverflow: "allow",
      tickfont: { color: theme.ink, size: 13 } },
    yaxis: { range: [0, scale.top], gridcolor: theme.rule, zeroline: false, nticks: 6,
      tickformat: "d", fixedrange: true, ticklabeloverflow: "allow", tickfont: { color: theme["ink-3"], size: 12 } },
    shapes: breaks.flatMap((each) => breakShapes(each, theme)),
    annotations: [
      ...breaks.flatMap((each) => breakWords(each, words, theme)),
      ...(wide ? seriesNames(rows, theme, scale) : []),
    ],
  };
}

const breakShapes = ({ at }, theme) => [
  { type: "rect", layer: "below", xref: "x", yref: "paper", x0: -0.6, x1: at, y0: 0, y1: 1,
    fillcolor: theme.early, line: { width: 0 } },
  { type: "line", xref: "x", yref: "paper", x0: at, x1: at, y0: 0, y1: 1.02,
    line: { color: theme["ink-2"], width: 1.25, dash: "3px,3px" } },
];

function breakWords({ at, name }, words, theme) {
  const note = { xref: "x", yref: "paper", showarrow: false };
  const small = `<span style="font-size:12px">${words.inPlot(name)}</span>`;
  return [
    { ...note, x: at, y: 1.02, yanchor: "bottom",
      text: `<b>${words.inPlot(words.say("break_in_series"))}</b><br>${small}`,
      font: { color: theme.ink } },
    { ...note, x: -0.58, y: 1, xanchor: "left", yanchor: "top",
      text: words.inPlot(words.say("gathered_afterwards")),
      font: { size: 12, color: theme["ink-3"] } },
  ];
}

// Names at the ends of the lines, moved apart where the lines end close together.
function seriesNames(rows, theme, scale) {
  const room = scale.height - 104;
  const ends = rows
    .map((row) => ({ row, n: row.cells.at(-1).n }))
    .sort((one, other) => one.n - other.n);
  let below = -Infinity;
  return ends.map(({ row, n }) => {
    const height = Math.max((n / scale.top) * room, below + 18);
    below = height;
    return { xref: "paper", yref: "paper", x: 1, y: height / room, xanchor: "left",
      yanchor: "middle", xshift: 6, showarrow: false, text: `<b>${row.name}</b>`,
      font: { size: 14, color: theme[seriesOf(row.id)[0]] } };
  });
}

function yearsFigure(facts, words, save) {
  const plot = plotPlace(words, yearsDrawing(words, facts));
  const twin = h("div", {});
  const details = h("details", { class: "qx-twin" },
    h("summary", { class: "qx-caret" }, words.say("table_behind")), twin);
  const figureName = words.say("by_year");
  const buttons = [
    quiet("CSV", words.say("csv_of", { figure: figureName }),
      () => save.twin(twin, "years-platforms")),
    ...imageButtons(plot, words, save, "years-platforms", figureName),
  ];
  const fig = figure(words, facts, "years", [...plot.nodes, details], buttons);
  return {
    node: fig.node,
    plot,
    show(view) {
      fig.title.textContent = measured(view, words, "title_years");
      fig.summary.textContent = yearsSummary(view, words);
      refill(twin, yearsTwin(view, words, fig.title.textContent));
      plot.show(view, `${fig.title.textContent}. ${yearsInWords(view, words)}`);
    },
  };
}

const imageButtons = (plot, words, save, name, figureName) =>
  ["PNG", "SVG"].map((format) =>
    quiet(format, words.say("image_of", { figure: figureName, format }),
      () => save.image(plot, name, format.toLowerCase())));

// The last two years that may be compared, and whether chance explains the change.
function yearsSummary(view, words) {
  const [before, last] = view.years.slice(-2);
  const apart = breaksIn(view).some(({ year }) => year === last?.year);
  const pairs = view.years.length < 2 || apart ? [] : platformRows(view)
    .map((row) => ({ row, one: row.cells.at(-2), other: row.cells.at(-1) }))
    .filter(({ one, other }) => known(one) && known(other) && one.n + other.n > 0)
    .map(({ row, one, other }) => {
      const p = chanceOfDifference(one.n, other.n);
      return words.say(p < 0.05 ? "pair_more" : "pair_chance",
        { platform: row.name, before: one.n, after: other.n, p: words.chance(p) });
    });
  const list = new Intl.ListFormat(TAG[words.language], { type: "unit" }).format(pairs);
  return [
    pairs.length ? words.say("from_to",
      { first: String(before.year), last: String(last.year), changes: list }) : "",
    words.say("upright_lines"),
  ].filter(Boolean).join(" ");
}

const yearsInWords = (view, words) =>
  platformRows(view)
    .map((row) => `${row.name}: ${row.cells.map((cell, k) =>
      `${view.years[k].year} ${known(cell) ? words.number(cell.n)
        : words.say(`state_${cell.state}`)}`).join(words.say("comma"))}`)
    .join(". ");

function yearsTwin(view, words, caption) {
  const rows = platformRows(view);
  const total = { name: words.say("total"), total: totalOver(view, view.years),
    cells: view.years.map((year) => totalOver(view, [year])) };
  const groups = [...rows, total];
  const breaks = new Set(breaksIn(view).map(({ year }) => year));
  const pair = (count) => [
    h("td", { class: `qx-gs ${cellClass({ ...count, partial: false }, () => "qx-val")}` },
      cellContent(words, { ...count, partial: false })),
    h("td", { class: "qx-iv" }, known(count) ? ltr(intervalText(words, count.n)) : ""),
  ];
  const came = (received, expected) => h("td", { class: "qx-gs" },
    ltr(`${words.number(received)}/${words.number(expected)}`));
  const line = (name, pick, kind) => {
    const all = pick(total);
    return h("tr", { class: kind }, h("th", { scope: "row", class: "qx-rh" }, name),
      groups.flatMap((group) => pair(pick(group))), came(all.received, all.expected));
  };
  const table = h("table", {},
    h("caption", { class: "qx-vh" }, caption),
    h("thead", {},
      h("tr", {}, h("th", { rowspan: 2, scope: "col", class: "qx-rh" }, words.say("year")),
        groups.map(({ name }) => h("th", { colspan: 2, scope: "colgroup", class: "qx-gs" },
          name)),
        h("th", { rowspan: 2, scope: "col", class: "qx-gs" }, words.say("returns_received"))),
      h("tr", {}, groups.flatMap(() => [
        h("th", { scope: "col", class: "qx-gs" }, view.measure.name),
        h("th", { scope: "col" }, words.say("interval_95"))]))),
    h("tbody", {},
      view.years.map(({ year }, k) => {
        const first = breaks.has(year);
        const name = first
          ? [String(year), hiddenText(` (${words.say("break_in_series")})`)] : String(year);
        return line(name, (group) => group.cells[k], first ? "qx-brkrow" : "");
      }),
      line(words.say("total"), (group) => group.total, "qx-tot")));
  return scrolled(caption, table);
}
