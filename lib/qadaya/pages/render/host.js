/* The page's own script. It draws the figures after the text is there, hosts the
   explorer on a stand-in model, and adds what only works with scripts: picture and
   table downloads, copying the citation, the place in the contents.
   It asks for no address: plotly is in the page, packed, in an inert element. */
(() => {
  "use strict";
  const root = document.documentElement;
  const byId = (id) => document.getElementById(id);
  const readJson = (id) => JSON.parse(byId(id).textContent);
  const words = readJson("qadaya-words");
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const afterPaint = () =>
    new Promise((done) => requestAnimationFrame(() => setTimeout(done, 0)));

  // ---- numbers and dates in the digits of the parameter ----

  const WESTERN = /[0-9]/g;
  const inArabic = (text) => text.replace(WESTERN, (d) => String.fromCharCode(0x660 + +d));
  const inWestern = (text) =>
    text.replace(/[\u0660-\u0669]/g, (d) => String(d.charCodeAt(0) - 0x660));

  // Whatever is shown, and whatever comes to be shown: charts, filters, messages. What
  // is code or an address stays as it was typed.
  function writeArabicDigits() {
    const written = (node) => {
      if (!node.data.match(WESTERN)) return;
      if (node.parentElement?.closest("script, style, pre, code, kbd, textarea")) return;
      node.data = inArabic(node.data);
    };
    const within = (top) => {
      if (top.nodeType === Node.TEXT_NODE) return written(top);
      const walk = document.createTreeWalker(top, NodeFilter.SHOW_TEXT);
      while (walk.nextNode()) written(walk.currentNode);
    };
    within(document.body);
    new MutationObserver((changes) => {
      for (const { target, addedNodes } of changes)
        for (const node of addedNodes.length ? addedNodes : [target]) within(node);
    }).observe(document.body, { subtree: true, childList: true, characterData: true });
  }
  if (root.dataset.digits === "arabic") writeArabicDigits();

  // ---- plotly, unpacked once, when the first chart is wanted ----

  let plotly;
  globalThis.qadayaPlotly = () => (plotly ??= unpackPlotly());

  async function unpackPlotly() {
    const source = await unpacked("qadaya-plotly");
    await afterPaint();
    run(source);
    return globalThis.Plotly;
  }

  async function unpacked(id) {
    if (typeof DecompressionStream === "undefined") throw new Error(words.noInflate);
    const packed = atob(byId(id).textContent.trim());
    const bytes = new Uint8Array(packed.length);
    for (let k = 0; k < packed.length; k += 1) bytes[k] = packed.charCodeAt(k);
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
    return new Response(stream).text();
  }

  // As the text of an inline script it needs neither eval nor an address.
  function run(source) {
    const script = document.createElement("script");
    script.textContent = source;
    document.head.append(script);
    script.remove();
  }

  // ---- colours: the tokens of the light page stand for the tokens of this one ----

  // Light colour -> the custom property that it stands for.
  const TOKENS = readJson("qadaya-colours");
  const isDark = () => dark.matches && !printing;
  const token = (name) => getComputedStyle(root).getPropertyValue(name).trim();
  let printing = false;

  function recoloured(value) {
    if (typeof value === "string") {
      const name = TOKENS[value.toLowerCase()];
      return name && isDark() ? token(name) : value;
    }
    if (Array.isArray(value)) return value.map(recoloured);
    if (value && value.constructor === Object) {
      return Object.fromEntries(
        Object.entries(value).map(([key, each]) => [key, recoloured(each)]),
      );
    }
    return value;
  }

  const LIGHT = Object.fromEntries(Object.entries(TOKENS).map(([light, name]) => [name, light]));
  const ink = (name) => (isDark() ? token(name) : LIGHT[name]);

  function dressed(spec) {
    const whole = recoloured(spec.layout);
    whole.height = spec.height;
    whole.margin = { t: 28, r: 24, b: 44, l: 56, ...whole.margin };
    whole.legend = { orientation: "h", x: 0, y: -0.15, yanchor: "top", ...whole.legend };
    whole.paper_bgcolor = whole.plot_bgcolor = "rgba(0,0,0,0)";
    whole.font = {
      size: 13, ...whole.font, family: token("--sans"), color: ink("--ink-2"),
    };
    whole.autosize = true;
    delete whole.width;
    whole.hoverlabel = {
      ...whole.hoverlabel,
      bgcolor: ink("--sheet"), bordercolor: ink("--edge"),
      font: { family: token("--sans"), size: 13, color: ink("--ink") },
    };
    const axes = Object.keys(whole).filter((key) => /^[xy]axis\d*$/.test(key));
    for (const key of new Set(["xaxis", "yaxis", ...axes])) {
      whole[key] = {
        automargin: true, fixedrange: true,
        gridcolor: ink("--rule"), zerolinecolor: ink("--edge"),
        linecolor: ink("--edge"), ...whole[key],
      };
    }
    return whole;
  }

  // ---- figures ----

  const drawn = new Map();
  const CONFIG = { responsive: true, displayModeBar: false, displaylogo: false };

  async function drawFigure(plot) {
    const spec = readJson(`${plot.id}-spec`);
    spec.layout.template = readJson("qadaya-templates")[spec.template];
    const Plotly = await globalThis.qadayaPlotly();
    await Plotly.newPlot(plot, recoloured(spec.data), dressed(spec), CONFIG);
    // The words beside the chart say what it shows; its marks take no keyboard focus.
    plot.style.minBlockSize = "";
    drawn.set(plot, spec);
    addDownloads(plot, spec, Plotly);
  }

  async function drawFigures(plots) {
    for (const plot of plots) {
      try {
        await drawFigure(plot);
      } catch (fault) {
        sayWhyNot(plot, fault);
      }
      await afterPaint();
    }
  }

  function sayWhyNot(plot, fault) {
    const known = fault.message === words.noInflate;
    const note = document.createElement("p");
    note.className = "nochart";
    note.dir = root.dir;
    note.textContent = known ? words.noInflate : words.failed;
    plot.replaceChildren(note);
    plot.removeAttribute("role");
    plot.style.minBlockSize = "";
    plot.closest("figure").querySelector("details.twin")?.setAttribute("open", "");
    if (!known) console.error(fault);
  }

  function redraw(width) {
    for (const [plot, spec] of drawn) {
      const layout = dressed(spec);
      if (width) Object.assign(layout, { width, autosize: false });
      globalThis.Plotly.react(plot, recoloured(spec.data), layout, CONFIG);
    }
  }

  dark.addEventListener("change", () => redraw());
  // On paper: always light, as wide as an A4 page between its margins, twins open.
  let opened = [];
  addEventListener("beforeprint", () => {
    printing = true;
    opened = [...document.querySelectorAll("details.twin:not([open], .long)")];
    for (const twin of opened) twin.open = true;
    redraw(660);
  });
  addEventListener("afterprint", () => {
    printing = false;
    for (const twin of opened) twin.open = false;
    redraw();
  });

  // ---- downloads ----

  function addDownloads(plot, spec, Plotly) {
    const figure = plot.closest("figure");
    const place = figure.querySelector(".foot .x");
    const name = `${readJson("qadaya-page").notebook}-${spec.number}`;
    const twin = figure.querySelector("details.twin table");
    const forms = { SVG: () => savePicture("svg"), PNG: () => savePicture("png") };
    if (twin) forms.CSV = () => save(`${name}.csv`, "text/csv", csvOf(twin));
    for (const [form, act] of Object.entries(forms)) {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = form;
      button.setAttribute(
        "aria-label",
        words.download.replace("{form}", form).replace("{number}", spec.number),
      );
      button.addEventListener("click", act);
      place.append(button);
    }

    function savePicture(format) {
      const layout = { ...spec.layout, ...spec.export, autosize: false };
      const size = { width: 900, height: layout.height ?? spec.height };
      return Plotly.downloadImage(
        { data: spec.data, layout: { ...layout, ...size } },
        { format, filename: name, scale: format === "png" ? 2 : 1, ...size },
      );
    }
  }

  // French writes 33,7; what is taken away is read by programmes.
  function withPoint(text) {
    const french = document.documentElement.lang === "fr" && /^-?\d+,\d+$/.test(text);
    return french ? text.replace(",", ".") : text;
  }

  function csvOf(table) {
    const cell = (node) => {
      const text = withPoint(inWestern(node.textContent.trim()));
      // A spreadsheet would run a cell that begins like a formula.
      const safe = /^[=+\-@\t\r]/.test(text) && !/^[+-]?[\d.,]+$/.test(text) ? `'${text}` : text;
      return /[",\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
    };
    const lines = [...table.rows].map((row) => [...row.cells].map(cell).join(","));
    return `\ufeff${lines.join("\r\n")}\r\n`;
  }

  function save(name, type, text) {
    const link = document.createElement("a");
    link.download = name;
    link.href = URL.createObjectURL(new Blob([text], { type }));
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
  }

  // ---- the explorer, on a stand-in for the model that JupyterLab would give it ----

  function standIn(state) {
    const values = { ...state };
    const listeners = new Map();
    const emit = (event, ...facts) => {
      for (const listener of [...(listeners.get(event) ?? [])]) listener(...facts);
    };
    const model = {
      get: (key) => values[key],
      set(key, value) {
        const changes = typeof key === "string" ? { [key]: value } : key;
        const changed = Object.keys(changes).filter((each) => values[each] !== changes[each]);
        Object.assign(values, changes);
        for (const each of changed) emit(`change:${each}`, model, values[each]);
        if (changed.length) emit("change", model);
      },
      on(events, listener) {
        for (const event of events.split(/\s+/)) {
          if (!listeners.has(event)) listeners.set(event, new Set());
          listeners.get(event).add(listener);
        }
      },
      off(events, listener) {
        if (!events) return listeners.clear();
        for (const event of events.split(/\s+/)) {
          if (listener) listeners.get(event)?.delete(listener);
          else listeners.delete(event);
        }
      },
      save_changes() {},
      send() {},
    };
    return model;
  }

  async function hostExplorers() {
    try {
      // A scope of its own and strict, as a module has.
      run(`(() => { "use strict";\n${await unpacked("qadaya-explorer")}\n})();`);
    } catch (fault) {
      // The plain table stays, and it has the same counts.
      if (fault.message !== words.noInflate) console.error(fault);
      root.dataset.explorers = "failed";
      return;
    }
    for (const element of document.querySelectorAll(".explorer")) {
      const model = standIn(readJson(`${element.id}-state`));
      try {
        const el = byId(`${element.id}-live`);
        await globalThis.qadayaExplorer.initialize?.({ model });
        await globalThis.qadayaExplorer.render({ model, el });
        // The plain table said the same before there was anything to filter with.
        byId(`${element.id}-plain`).hidden = true;
      } catch (fault) {
        console.error(fault);
      }
    }
    root.dataset.explorers = "done";
  }

  // ---- the citation, the contents ----

  function addCopyButton() {
    const citation = byId("qadaya-citation");
    const box = citation?.closest(".cite");
    if (!box) return;
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = words.copy;
    button.addEventListener("click", async () => {
      await copyText(citation.textContent.trim().replace(/\s+/g, " "));
      box.querySelector(".copied").textContent = words.copied;
    });
    box.append(button);
  }

  async function copyText(text) {
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      // Browsers without the clipboard for local files still have the older way.
      const field = document.createElement("textarea");
      field.value = text;
      field.className = "vh";
      document.body.append(field);
      field.select();
      document.execCommand("copy");
      field.remove();
    }
  }

  function followContents() {
    const links = new Map(
      [...document.querySelectorAll(".toc > ol > li > a")].map((a) => [a.hash.slice(1), a]),
    );
    const seen = new IntersectionObserver(
      (entries) => {
        for (const { isIntersecting, target } of entries) {
          if (!isIntersecting) continue;
          for (const link of links.values()) link.removeAttribute("aria-current");
          links.get(target.id)?.setAttribute("aria-current", "true");
        }
      },
      { rootMargin: "-10% 0px -70% 0px" },
    );
    for (const section of document.querySelectorAll("section.s[id]")) seen.observe(section);
  }

  addEventListener("DOMContentLoaded", async () => {
    addCopyButton();
    followContents();
    await afterPaint();
    // The first chart stands where reading begins; the explorer comes before the rest.
    const [first, ...others] = document.querySelectorAll(".plot[id^=figure-]");
    if (first) await drawFigures([first]);
    if (document.querySelector(".explorer")) await hostExplorers();
    await drawFigures(others);
    root.dataset.charts = "done";
  });
})();
