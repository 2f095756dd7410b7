// The panel of filters: native controls with labels, in the order they are read.

const option = (value, name) => h("option", { value }, name);

function choice(id, label, options, onPick) {
  const select = h("select", { id }, options.map(([value, name]) => option(value, name)));
  select.addEventListener("change", () => onPick(select.value));
  return { select, label: h("label", { class: "qx-lab", for: id }, label) };
}

function createFilters(facts, words, act) {
  const number = nextId();
  const id = (name) => `${number}-${name}`;
  const courts = courtPanel(facts, words, act, id);
  const platforms = platformBoxes(facts, words, act);
  const years = yearRange(facts, words, act, id);
  const measure = choice(id("measure"), words.say("measure"),
    facts.measures.map((each) => [each.id, each.name]),
    (value) => act.change({ measure: value }));
  const breakdown = choice(id("breakdown"), words.say("broken_down_by"),
    facts.breakdowns.map((each) => [each, words.say(`by_${each}`)]),
    (value) => act.change({ breakdown: value }));
  const buttons = actions(words, act);
  const node = h("div", { class: "qx-fwrap" },
    h("form", { class: "qx-filters", "aria-label": words.say("choose_what_is_shown"),
      onsubmit: (event) => event.preventDefault() },
      courts.opener, courts.panel, platforms.node, years.node,
      h("div", { class: "qx-f" }, measure.label, measure.select),
      h("div", { class: "qx-f" }, breakdown.label, breakdown.select),
      buttons));
  return {
    node,
    button: courts.button,
    show(selection, cube) {
      courts.show(selection, cube);
      platforms.show(selection);
      years.show(selection);
      measure.select.value = selection.measure;
      breakdown.select.value = selection.breakdown;
    },
  };
}

function courtPanel(facts, words, act, id) {
  const tree = createTree(facts, words, (courts) => act.change({ courts }));
  const label = h("span", { class: "qx-lab", id: id("court-label") }, words.say("court"));
  const button = h("button", { type: "button", class: "qx-open qx-caret",
    "aria-expanded": "false", "aria-controls": id("courts"),
    "aria-describedby": id("court-label") });
  const search = h("input", { type: "search", id: id("search"), dir: "auto",
    autocomplete: "off", placeholder: words.say("search_courts") });
  const all = h("button", { type: "button" });
  const none = h("button", { type: "button" });
  const panel = h("fieldset", { class: "qx-courts", id: id("courts"), hidden: true },
    h("legend", { class: "qx-vh" }, words.say("courts_by_circuit")),
    h("div", { class: "qx-find" },
      h("label", { class: "qx-vh", for: id("search") }, words.say("search_courts")),
      search, all, none),
    ...tree.nodes);

  const count = () => {
    const n = tree.visible().length;
    all.textContent = words.count("tick_visible", n);
    none.textContent = words.count("untick_visible", n);
    all.disabled = none.disabled = n === 0;
  };
  const open = (yes) => {
    panel.hidden = !yes;
    button.setAttribute("aria-expanded", String(yes));
  };
  button.addEventListener("click", () => open(panel.hidden));
  search.addEventListener("input", () => {
    tree.search(search.value);
    count();
  });
  all.addEventListener("click", () => tree.set(tree.visible(), true));
  none.addEventListener("click", () => tree.set(tree.visible(), false));
  panel.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      event.preventDefault();
      open(false);
      button.focus();
    }
  });
  count();
  let shown = null;
  return {
    panel,
    button,
    opener: h("div", { class: "qx-f1" }, label, button),
    show(selection, cube) {
      const wanted = JSON.stringify([selection.courts, selection.years[1]]);
      if (wanted === shown) return;
      shown = wanted;
      tree.show(selection, missingIn(cube, selection.years[1]));
      button.textContent = words.say("n_of_m",
        { n: selection.courts.length, m: facts.courts.length });
    },
  };
}

// Courts without a return in a year, told apart in the list.
function missingIn({ facts, reporting, sizes }, year) {
  const code = facts.statuses.indexOf("missing");
  const y = facts.years.indexOf(year);
  return new Map(
    facts.courts
      .filter((_, court) => reporting[court * sizes.year + y] === code)
      .map((court) => [court.id, String(year)]),
  );
}

function platformBoxes(facts, words, act) {
  const boxes = facts.platforms.map((platform) => ({
    platform,
    box: h("input", { type: "checkbox", value: platform.id }),
  }));
  const changed = () =>
    act.change({
      platforms: boxes.filter(({ box }) => box.checked).map(({ box }) => box.value),
    });
  for (const { box } of boxes) box.addEventListener("change", changed);
  const node = h("fieldset", { class: "qx-f" },
    h("legend", {}, words.say("platform")),
    h("div", { class: "qx-inl" },
      boxes.map(({ platform, box }) =>
        h("label", {}, box, mark(platform.id), h("span", {}, platform.name)))));
  return {
    node,
    show({ platforms }) {
      for (const { platform, box } of boxes) box.checked = platforms.includes(platform.id);
    },
  };
}

function yearRange(facts, words, act, id) {
  const years = facts.years.map((year) => [String(year), String(year)]);
  let range = [];
  // A range turned round by one end takes the other end along.
  const first = choice(id("from"), words.say("from_year"), years, (value) =>
    act.change({ years: [+value, Math.max(+value, range[1])] }));
  const last = choice(id("to"), words.say("to_year"), years, (value) =>
    act.change({ years: [Math.min(+value, range[0]), +value] }));
  first.label.className = "qx-vh";
  last.label.className = "";
  const node = h("fieldset", { class: "qx-f" },
    h("legend", {}, words.say("year")),
    h("div", { class: "qx-inl qx-yy" }, first.label, first.select, last.label, last.select));
  return {
    node,
    show(selection) {
      range = selection.years;
      first.select.value = String(range[0]);
      last.select.value = String(range[1]);
    },
  };
}

function actions(words, act) {
  const button = (key, onclick) =>
    h("button", { type: "button", "data-act": key, onclick }, words.say(key));
  return h("div", { class: "qx-acts" },
    button("reset", act.reset),
    act.link ? button("copy_link", act.link) : null,
    button("download_csv", act.csv));
}
