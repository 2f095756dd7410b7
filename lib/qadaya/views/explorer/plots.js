// Charts drawn by plotly: a still drawing, redrawn in place when its data change.

const PRINT_WIDTH = 660;
const STILL = { staticPlot: true, displayModeBar: false, responsive: false };
const COLOURS = ["paper", "ink", "ink-2", "ink-3", "rule", "early", "accent", "flow",
  "exit", "exit-node", "n", "c"];

function themeOf(node) {
  const style = getComputedStyle(node);
  const colours = Object.fromEntries(
    COLOURS.map((name) => [name, style.getPropertyValue(`--qx-${name}`).trim()]),
  );
  return { ...colours, family: style.getPropertyValue("--qx-sans").trim() };
}

const canvas = document.createElement("canvas").getContext("2d");

function textWidth(text, theme, size = 13) {
  canvas.font = `600 ${size}px ${theme.family}`;
  return canvas.measureText(text).width;
}

// What every drawing has in common; `layout` wins. The mark of invented data stands
// inside, at `corner`, so that it survives export.
function drawing(theme, words, facts, corner, layout) {
  const mark = facts.synthetic ? [{
    ...corner, text: words.inPlot(words.say("synthetic")), xref: "paper", yref: "paper",
    showarrow: false, font: { size: 12, color: theme["ink-3"] },
  }] : [];
  return {
    paper_bgcolor: "rgba(0,0,0,0)",
    plot_bgcolor: "rgba(0,0,0,0)",
    font: { family: theme.family, size: 13, color: theme["ink-2"] },
    showlegend: false,
    hovermode: false,
    ...layout,
    annotations: [...(layout.annotations ?? []), ...mark],
  };
}

// A place for one plot. It is drawn when it can be seen and plotly has come; until
// then, and if plotly never comes, sentence and table are there without it.
function plotPlace(words, build) {
  const target = h("div", {});
  const holder = h("div", { class: "qx-plot", role: "img" }, target);
  const failed = h("p", { class: "qx-note", hidden: true }, words.say("no_chart"));
  let library = null;
  let view = null;
  let due = false;
  let near = false;
  // Kept, because asking for them in the middle of a change makes the browser lay the
  // half-changed page out.
  let width = 0;
  let theme = null;
  let drawn = "";

  function draw() {
    if (!library || !view || view.nothing || width < 40) return;
    due = false;
    theme ??= themeOf(holder);
    const { data, layout } = build(view, width, theme);
    // Many a change leaves a drawing as it was: the flow counts every measure alike.
    const next = JSON.stringify([data, layout, width]);
    if (next === drawn) return;
    drawn = next;
    library.react(target, data, { ...layout, width }, STILL);
  }
  const watch = new IntersectionObserver(
    (entries) => {
      near = entries.at(-1).isIntersecting;
      if (near && due) draw();
    },
    { rootMargin: "300px" },
  );
  watch.observe(holder);
  const sized = new ResizeObserver(() => {
    if (measure()) redraw();
  });
  sized.observe(holder);

  // Whether the place is another size than before.
  function measure() {
    const now = holder.closest("[data-paper]") ? PRINT_WIDTH : holder.clientWidth;
    if (Math.abs(now - width) <= 1) return false;
    width = now;
    return true;
  }
  function redraw() {
    due = true;
    if (near) draw();
  }

  return {
    nodes: [holder, failed],
    show(next, description) {
      view = next;
      holder.setAttribute("aria-label", description);
      redraw();
    },
    use(plotly) {
      library = plotly;
      if (near) draw();
    },
    fail() {
      failed.hidden = false;
      holder.hidden = true;
    },
    // In other colours, or on paper: near or not, for a printer sees all of it.
    dress() {
      theme = null;
      measure();
      draw();
    },
    async image(format) {
      theme ??= themeOf(holder);
      const { data, layout } = build(view, width || 856, theme);
      return library.toImage(
        { data, layout: { ...layout, paper_bgcolor: theme.paper } },
        { format, width: width || 856, height: layout.height, scale: 2 },
      );
    },
    close() {
      watch.disconnect();
      sized.disconnect();
      if (library) library.purge(target);
    },
  };
}
