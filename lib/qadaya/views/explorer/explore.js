// The explorer: one module for two hosts, the anywidget and a page's stand-in model.
//
// The model gives `cube`, `facts`, `labels` and `selection`; only `selection` is set
// from here. `globalThis.qadayaPlotly()` promises plotly in both hosts. A host without
// a widget manager is a page: there the first explorer is kept in the address.

function createExplorer(model, el) {
  const facts = model.get("facts");
  const words = createWords(model.get("labels"));
  const cube = openCube(model.get("cube"), facts);
  const inPage = !model.widget_manager && !document.querySelector(".qx");
  let selection = startingSelection(model, facts, inPage);
  let view = null;

  const act = {
    change: (part) => choose({ ...selection, ...part }),
    reset: () => choose(everything(facts)),
    csv: () => saveCsv(fileName("csv", selection.breakdown), tableRows(view, words)),
    link: inPage ? () => copyLink() : null,
  };
  const save = {
    csv: act.csv,
    twin: (place, name) =>
      saveCsv(fileName("csv", name), rowsOfTable(place.querySelector("table"))),
    image: (plot, name, format) => saveImage(plot, fileName(format, name)),
  };
  const fileName = (kind, name) => `qadaya-${facts.edition}-${name}.${kind}`;

  const filters = createFilters(facts, words, act);
  const now = h("p", { class: "qx-now", role: "status", "aria-live": "polite",
    "aria-atomic": "true" });
  const said = h("p", { class: "qx-vh", role: "status", "aria-live": "polite" });
  const keys = h("dl", { class: "qx-keys" });
  const keynote = h("p", { class: "qx-keynote" }, words.say(
    facts.audience === "shared" ? "key_note_shared" : "key_note_internal"));
  const thin = thinChoice(facts, words, act, filters.button);
  const figures = [breakdownFigure, yearsFigure, barsFigure, heatFigure, flowFigure]
    .map((make) => make(facts, words, save));
  const plots = figures.filter((each) => each.plot).map((each) => each.plot);
  const cite = citeBox(words, () => citation(view, words), say);
  const body = h("div", {}, keys, keynote, thin.node, figures.map((each) => each.node));
  const far = farFigures(body, figures.map((each) => each.node));
  const root = h("div", { class: "qx", lang: words.language, dir: words.direction,
    "data-lm-suppress-shortcuts": "true" },
    facts.synthetic ? h("p", { class: "qx-band" }, h("b", {}, words.say("synthetic")), " ",
      words.say("all_invented")) : null,
    filters.node, now, said, body, cite.node);

  function choose(next) {
    if (sameSelection(next, selection)) return;
    selection = next;
    model.set("selection", next);
    if (inPage) keepInAddress(next, facts);
    show();
    // Last, so that what a kernel answers and JupyterLab draws of it follows the frame.
    model.save_changes();
  }
  function show() {
    view = viewOf(cube, selection);
    far.wait();
    filters.show(selection, cube);
    body.hidden = Boolean(view.nothing);
    tell(now, nowLine(view, words));
    if (view.nothing) return;
    refill(keys, keyFigures(view, words));
    thin.show(view);
    for (const each of figures) each.show(view);
    cite.show();
  }
  function say(text) {
    said.textContent = "";
    requestAnimationFrame(() => (said.textContent = text));
  }
  async function copyLink() {
    keepInAddress(selection, facts);
    say(words.say((await copied(location.href)) ? "link_copied" : "not_copied"));
  }
  async function saveImage(plot, name) {
    const address = await plot.image(name.split(".").pop());
    saveFile(name, await contentOf(address));
  }

  const fromModel = () => {
    const next = whole(model.get("selection"), facts);
    if (sameSelection(next, selection)) return;
    selection = next;
    show();
  };
  const fromAddress = () => {
    const found = fromHash(location.hash, facts);
    if (found) choose(found);
  };
  const stop = watchTheme(root, () => plots.forEach((plot) => plot.dress()));
  const narrow = new ResizeObserver(([entry]) => {
    stepForward(el);
    for (const each of figures) each.narrow?.(entry.contentRect.width < 560);
  });

  dress();
  el.append(root);
  narrow.observe(root);
  show();
  model.on("change:selection", fromModel);
  if (inPage) addEventListener("hashchange", fromAddress);
  drawWith(plots);
  return () => {
    model.off("change:selection", fromModel);
    removeEventListener("hashchange", fromAddress);
    stop();
    far.close();
    narrow.disconnect();
    for (const plot of plots) plot.close();
    root.remove();
  };
}

// The style sheet, once a page; a newer kernel brings its own.
function dress() {
  const sheet = document.getElementById("qx-style") ?? h("style", { id: "qx-style" });
  sheet.textContent = STYLE;
  document.head.append(sheet);
}

// What is far out of view changes with the rest, and is laid out after the frame that
// answers the reader: that alone would take as long as everything in sight.
function farFigures(body, nodes) {
  const watch = new IntersectionObserver((entries) => {
    for (const { target, isIntersecting } of entries)
      target.classList.toggle("qx-far", !isIntersecting);
  }, { rootMargin: "300px" });
  for (const node of nodes) watch.observe(node);
  const settle = () => body.classList.remove("qx-changing");
  return {
    wait() {
      body.classList.add("qx-changing");
      requestAnimationFrame(() => setTimeout(settle, 0));
    },
    close: () => watch.disconnect(),
  };
}

// In JupyterLab the plain table, kept for a saved notebook, stands in the next output
// of the cell. It steps back, and its rule goes: one that asks what an element holds
// would be weighed again at every change of the document. Called when the explorer has
// a size: JupyterLab may put it into the document after it was rendered.
function stepForward(el) {
  const output = el.closest(".jp-OutputArea-child");
  if (!output || output.classList.contains("qx-live")) return;
  output.classList.add("qx-live");
  const tidy = () => output.parentElement
    ?.querySelectorAll(":scope > .jp-OutputArea-child style")
    .forEach((sheet) => sheet.nextElementSibling?.matches(".qx-saved") && sheet.remove());
  for (const wait of [0, 500, 3000]) setTimeout(tidy, wait);
}

function startingSelection(model, facts, inPage) {
  const given = whole(model.get("selection"), facts);
  const found = inPage ? fromHash(location.hash, facts) : null;
  if (!found || sameSelection(found, given)) return given;
  model.set("selection", found);
  model.save_changes();
  return found;
}

// Replaced in place, so that going back leaves the page and not the last filter.
function keepInAddress(selection, facts) {
  const hash = toHash(selection, facts);
  const address = location.href.replace(/#.*$/, "");
  if (hash || fromHash(location.hash, facts))
    history.replaceState(history.state, "", address + hash);
}

// The widget that brings plotly may be a moment later than this one.
async function plotlyOfHost(patience = 300) {
  for (let k = 0; k < patience && !globalThis.qadayaPlotly; k += 1)
    await new Promise((next) => setTimeout(next, 100));
  return globalThis.qadayaPlotly();
}

async function drawWith(plots) {
  try {
    const plotly = await plotlyOfHost();
    for (const plot of plots) plot.use(plotly);
  } catch (reason) {
    console.warn("qadaya: no chart could be drawn;", reason);
    for (const plot of plots) plot.fail();
  }
}

// A data address becomes a file without asking any address.
async function contentOf(address) {
  const [head, data] = address.split(/,(.*)/s);
  const text = head.endsWith(";base64") ? atob(data) : null;
  const bytes = text === null ? new TextEncoder().encode(decodeURIComponent(data))
    : Uint8Array.from(text, (letter) => letter.charCodeAt(0));
  return new Blob([bytes], { type: head.slice(5).split(";")[0] });
}

// Said once a change, and only when it says something new.
function tell(place, parts) {
  const text = parts.map((part) => part.textContent).join(" ");
  if (place.textContent !== parts.map((part) => part.textContent).join(""))
    place.replaceChildren(...parts);
  return text;
}

// Light or dark: JupyterLab says it on its body, a page by what the reader prefers.
// Paper is always light, and wider or narrower than the screen.
function watchTheme(root, redraw) {
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const set = () => {
    const lab = document.body.dataset.jpThemeLight;
    root.dataset.theme = (lab === undefined ? dark.matches : lab === "false")
      ? "dark" : "light";
    redraw();
  };
  const toPaper = () => {
    root.dataset.theme = "light";
    root.dataset.paper = "";
    redraw();
  };
  const toScreen = () => {
    delete root.dataset.paper;
    set();
  };
  const lab = new MutationObserver(set);
  lab.observe(document.body, { attributeFilter: ["data-jp-theme-light"] });
  dark.addEventListener("change", set);
  addEventListener("beforeprint", toPaper);
  addEventListener("afterprint", toScreen);
  set();
  return () => {
    lab.disconnect();
    dark.removeEventListener("change", set);
    removeEventListener("beforeprint", toPaper);
    removeEventListener("afterprint", toScreen);
  };
}

export default {
  render({ model, el }) {
    return createExplorer(model, el);
  },
};
