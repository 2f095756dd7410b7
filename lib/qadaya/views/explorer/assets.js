// Hands plotly to every explorer on the page: asked for once, run at the first chart.

async function inflated(bytes) {
  const stream = new Blob([bytes])
    .stream()
    .pipeThrough(new DecompressionStream("gzip"));
  return new Response(stream).text();
}

// As text of an inline script, so that no eval and no address is needed. An AMD loader
// or a CommonJS module around the notebook must not catch the library.
function run(code) {
  const script = document.createElement("script");
  script.textContent = `(function(define,module,exports){${code}\n}).call(globalThis)`;
  document.head.append(script);
  script.remove();
  return globalThis.Plotly;
}

function asked(model) {
  return new Promise((resolve) => {
    const take = (content, buffers) => {
      if (content.sent !== "plotly") return;
      model.off("msg:custom", take);
      resolve(buffers[0]);
    };
    model.on("msg:custom", take);
    model.send({ wanted: "plotly" });
  });
}

export default {
  // Promised, not awaited: a widget has two seconds to initialise, the library more.
  // What a former kernel never sent is asked for again; what is there is kept.
  initialize({ model }) {
    let coming;
    const keep = (library) => (globalThis.qadayaPlotlyReady = library);
    globalThis.qadayaPlotly = () =>
      (coming ??= globalThis.qadayaPlotlyReady
        ? Promise.resolve(globalThis.qadayaPlotlyReady)
        : asked(model).then(inflated).then(run).then(keep));
  },
};
