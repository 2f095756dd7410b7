// From registration to cassation: how many cases went on, and where the others are.

// Trunk and exits, each a sum of stages. A case is at exactly one stage, so what went
// on plus what stayed is always what came.
const TRUNK = [
  ["registered", ["under_investigation", "closed", "referred", "prosecuted",
    "first_instance", "appeal", "cassation"]],
  ["flow_prosecuted", ["prosecuted", "first_instance", "appeal", "cassation"]],
  ["flow_decided", ["first_instance", "appeal", "cassation"]],
  ["flow_appealed", ["appeal", "cassation"]],
  ["flow_cassation", ["cassation"]],
];
const EXITS = [
  [["stay_investigation", "under_investigation"], ["stay_closed", "closed"],
    ["stay_referred", "referred"]],
  [["stay_awaiting", "prosecuted"]],
  [["stay_not_appealed", "first_instance"]],
  [["stay_on_appeal", "appeal"]],
];

function flowOf({ facts, sums }) {
  const n = Object.fromEntries(facts.stages.map(({ id }, k) => [id, sums.flow[k]]));
  return TRUNK.map(([key, stages], step) => ({
    key,
    n: stages.reduce((sum, stage) => sum + n[stage], 0),
    exits: (EXITS[step] ?? []).map(([name, stage]) => ({ key: name, n: n[stage] })),
  }));
}

// Where the columns begin, as shares of the width; the last leaves room for words.
const COLUMNS = [0, 0.22, 0.43, 0.64, 0.84];
const THICK = 9;
const PAD = 24;
const MARGIN = { l: 4, r: 4, t: 34, b: 12 };
const FLOW_HEIGHT = 318;

const someCases = (list) => list.filter(({ n }) => n > 0);

// Each step with what it leads to, first what goes on; sizes and places in pixels.
function flowSteps(steps, inner) {
  const reached = someCases(steps);
  const parts = reached.map((step, k) => [
    ...(reached[k + 1] ? [{ ...reached[k + 1], trunk: true }] : []),
    ...someCases(step.exits),
  ]);
  const most = Math.max(...parts.map((list) => list.length));
  const scale = (inner - (most - 1) * PAD) / steps[0].n;
  return reached.map((step, k) => {
    let top = 0;
    const ends = parts[k].map((part) => {
      const end = { ...part, top, tall: part.n * scale };
      top += end.tall + PAD;
      return end;
    });
    return { ...step, column: k, tall: step.n * scale, ends };
  });
}

// One sankey a step, so that what goes on is always on top: plotly orders the bands of
// a longer chain by its own lights. Neighbours draw the node they share in one place.
function stepTrace(step, { width, inner, mirrored, theme }) {
  const across = (COLUMNS[step.column + 1] - COLUMNS[step.column]) * width + THICK;
  const left = COLUMNS[step.column];
  const domain = [left, left + across / width];
  const tall = step.ends.reduce((sum, end) => sum + end.tall + PAD, -PAD);
  const near = THICK / 2 / across;
  const side = (x) => (mirrored ? 1 - x : x);
  const nodes = [{ tall: step.tall, top: 0, trunk: true, x: side(near) },
    ...step.ends.map((end) => ({ ...end, x: side(1 - near) }))];
  const others = step.ends.map((_, k) => k + 1);
  const first = step.ends.map(() => 0);
  return {
    type: "sankey",
    arrangement: "fixed",
    domain: { x: domain.map(side).sort((one, other) => one - other),
      y: [1 - tall / inner, 1] },
    node: { x: nodes.map((node) => node.x),
      y: nodes.map((node) => (node.top + node.tall / 2) / tall),
      label: nodes.map(() => ""), pad: PAD, thickness: THICK, line: { width: 0 },
      color: nodes.map((node) => theme[node.trunk ? "accent" : "exit-node"]) },
    // Mirrored, the same step is told from its end: plotly only draws left to right.
    link: { source: mirrored ? others : first, target: mirrored ? first : others,
      value: step.ends.map((end) => end.n),
      color: step.ends.map((end) => theme[end.trunk ? "flow" : "exit"]) },
  };
}

function flowDrawing(words, facts) {
  return (view, width, theme) => {
    const inner = FLOW_HEIGHT - MARGIN.t - MARGIN.b;
    const steps = flowOf(view)[0].n > 0 ? flowSteps(flowOf(view), inner) : [];
    const mirrored = words.rtl;
    const size = { width: width - MARGIN.l - MARGIN.r, inner, mirrored, theme };
    const labels = steps.flatMap((step) => [
      flowLabel({ ...step, trunk: true, top: 0 }, step.column, words, size),
      ...step.ends.filter((end) => !end.trunk)
        .map((end) => flowLabel(end, step.column + 1, words, size)),
    ]);
    return {
      data: steps.filter((step) => step.ends.length).map((step) => stepTrace(step, size)),
      layout: drawing(theme, words, facts, { x: mirrored ? 0 : 1, y: 0, yanchor: "bottom",
        xanchor: mirrored ? "left" : "right" },
      { height: FLOW_HEIGHT, margin: MARGIN, annotations: labels }),
    };
  };
}

function flowLabel(node, column, words, { width, inner, mirrored, theme }) {
  const text = words.inPlot(`${words.say(node.key)} ${words.number(node.n)}`);
  const x = COLUMNS[column] + (node.trunk ? 0 : (2 * THICK) / width);
  const shared = { xref: "paper", yref: "paper", x: mirrored ? 1 - x : x,
    xanchor: mirrored ? "right" : "left", showarrow: false };
  return node.trunk
    ? { ...shared, y: 1, yanchor: "bottom", yshift: 4, text: `<b>${text}</b>`,
      font: { color: theme.ink, size: 13 } }
    : { ...shared, y: 1 - (node.top + node.tall / 2) / inner, yanchor: "middle", text,
      font: { color: theme["ink-2"], size: 13 } };
}

function flowTable(view, words, caption) {
  const rows = flowOf(view).flatMap((step) => [
    { key: step.key, n: step.n },
    ...step.exits.map((exit) => ({ ...exit, out: true })),
  ]);
  const top = Math.max(1, rows[0].n);
  return h("table", { class: "qx-bars qx-ladder" },
    h("caption", { class: "qx-vh" }, caption),
    h("thead", {}, h("tr", {}, h("th", { scope: "col" }, words.say("step")),
      h("td", { "data-drawn": true }),
      h("th", { scope: "col", class: "qx-num" }, words.say("cases")))),
    h("tbody", {}, rows.map((row) => h("tr", {},
      h("th", { scope: "row", class: row.out ? "qx-in1" : "" }, words.say(row.key)),
      h("td", { "data-drawn": true }, h("div", { class: "qx-barcell" },
        h("i", { class: row.out ? "qx-out" : "",
          style: `inline-size:${((100 * row.n) / top).toFixed(2)}%` }))),
      h("td", { class: "qx-num" }, words.number(row.n))))));
}

function flowFigure(facts, words, save) {
  const plot = plotPlace(words, flowDrawing(words, facts));
  const twin = h("div", {});
  const details = h("details", { class: "qx-twin" },
    h("summary", { class: "qx-caret" }, words.say("table_behind")), twin);
  const name = words.say("title_flow");
  const fig = figure(words, facts, "flow", [...plot.nodes, details], [
    quiet("CSV", words.say("csv_of", { figure: name }), () => save.twin(twin, "flow")),
    ...imageButtons(plot, words, save, "flow", name),
  ]);
  fig.title.textContent = name;
  return {
    node: fig.node,
    plot,
    // On a narrow screen the flow is the ladder of bars, so the ladder is unfolded.
    narrow(yes) {
      if (yes) details.open = true;
    },
    show(view) {
      const [all, prosecuted, decided, , cassation] = flowOf(view);
      const sentence = words.count("flow_summary", all.n, { prosecuted: prosecuted.n,
        decided: decided.n, cassation: cassation.n });
      fig.summary.textContent = [sentence, words.say("flow_time"),
        view.selection.measure === "cases" ? "" : words.say("flow_all_cases")]
        .filter(Boolean).join(" ");
      refill(twin, flowTable(view, words, name));
      plot.show(view, `${name}. ${sentence}`);
    },
  };
}
