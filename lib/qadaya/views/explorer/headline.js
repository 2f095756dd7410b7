// The sentence that is announced, the key figures, and what stands around the figures.

function nowLine(view, words) {
  if (view.nothing) return [h("strong", {}, words.say(view.nothing))];
  const { facts, selection, years } = view;
  const total = totalOver(view, years);
  const error = errorBound(facts, pieceOf(view));
  const platforms = selection.platforms.length === facts.platforms.length
    ? words.count("all_platforms", facts.platforms.length)
    : facts.platforms.filter(({ id }) => selection.platforms.includes(id))
      .map(({ name }) => name).join(words.say("comma"));
  const part = [words.count("courts", selection.courts.length), platforms,
    yearsText(view, words)].join(" · ");
  return [
    h("strong", {}, total.state === "hidden" ? words.say("state_hidden")
      : words.count(`total_${selection.measure}`, total.n)),
    error ? h("span", {}, words.say("from_rounding", { error: `±${error}` })) : null,
    error === null ? h("span", {}, words.say("rounding_unknown")) : null,
    h("span", {}, words.count("yearly_returns", total.expected,
      { received: total.received })),
    h("span", {}, part),
  ].filter(Boolean);
}

function keyFigures(view, words) {
  const { facts, sums } = view;
  const figures = facts.measures.map((measure, k) => {
    const n = sums.totals[k];
    const error = errorBound(facts, { ...pieceOf(view), stages: measure.stages.length,
      results: measure.results.length, less: measure.less });
    const { low, high } = chanceInterval(n);
    const hidden = sums.hiddenTotals[k];
    return keyFigure(measure.name, hidden ? "[c]" : words.number(n),
      error ? `±${error}` : "",
      hidden ? words.say("state_hidden") : words.say("chance_interval",
        { low: Math.round(low), high: Math.round(high) }));
  });
  const last = view.years.at(-1);
  const received = view.returns.received[last.y];
  const expected = view.returns.expected[last.y];
  const meter = h("span", { class: "qx-meter", "aria-hidden": "true" },
    h("i", { style: `inline-size:${expected ? (100 * received) / expected : 0}%` }));
  const complete = keyFigure(words.say("courts_that_reported", { year: String(last.year) }),
    words.number(received), words.say("of_m", { m: expected }),
    words.count("courts_reported", expected,
      { n: received, m: expected }), meter);
  return [...figures, complete];
}

const keyFigure = (name, big, small, note, meter) =>
  h("div", { class: "qx-keyfig" }, h("dt", {}, name),
    h("dd", { class: "qx-big" }, h("bdi", {}, big), small ? h("small", {}, h("bdi", {}, small)) : null),
    h("dd", { class: "qx-keysub" }, meter, note));

// A choice too small to say anything says so, and offers the next level up.
function thinChoice(facts, words, act, fallback) {
  const text = h("span", {});
  const button = h("button", { type: "button", class: "qx-quiet" });
  const node = h("div", { class: "qx-thin", role: "note", hidden: true },
    h("b", {}, words.say("too_thin")), text, h("p", { class: "qx-acts" }, button));
  let wider = null;
  button.addEventListener("click", () => {
    act.change(wider);
    if (node.hidden) fallback.focus();
  });
  return {
    node,
    show(view) {
      const total = totalOver(view, view.years);
      wider = total.n < facts.thin ? nextLevel(view) : null;
      const held = node.contains(document.activeElement);
      node.hidden = wider === null;
      if (held && node.hidden) fallback.focus();
      if (!wider) return;
      text.textContent = words.count("thin_choice", total.n, { limit: facts.thin });
      button.textContent = words.say(wider.offer);
      delete wider.offer;
    },
  };
}

// Courts give way to their circuits, circuits to the country, then years to all years.
function nextLevel({ facts, selection }) {
  const chosen = new Set(selection.courts);
  const touched = new Set(
    facts.courts.filter((court) => chosen.has(court.id)).map((court) => court.circuit));
  const circuits = facts.courts.filter((court) => touched.has(court.circuit));
  const ids = (courts) => courts.map((court) => court.id);
  if (circuits.length > chosen.size)
    return { courts: ids(circuits), offer: "offer_circuits" };
  if (facts.courts.length > chosen.size)
    return { courts: ids(facts.courts), offer: "offer_country" };
  const all = [facts.years[0], facts.years.at(-1)];
  if (!sameSelection(all, selection.years)) return { years: all, offer: "offer_years" };
  if (selection.platforms.length < facts.platforms.length)
    return { platforms: ids(facts.platforms), offer: "offer_platforms" };
  return selection.measure === "cases" ? null : { measure: "cases", offer: "offer_cases" };
}

function citeBox(words, text, say) {
  const line = h("span", {});
  const button = h("button", { type: "button" }, words.say("copy_citation"));
  button.addEventListener("click", async () =>
    say(words.say((await copied(line.textContent)) ? "citation_copied" : "not_copied")));
  const node = h("div", { class: "qx-cite" },
    h("p", {}, h("b", {}, words.say("cite_as")), " ", line), button);
  return { node, show: () => (line.textContent = text()) };
}
