// Courts by circuit: nested lists of check boxes that a search narrows.

// The letters that Python's `fold` makes one: what is compared, never what is shown.
const SAME_LETTER = {
  ء: "", ة: "ه", ى: "ي", ی: "ي", ې: "ي", ک: "ك", ڪ: "ك", گ: "ك", ڭ: "ك", ڤ: "ف",
  ٱ: "ا", ۀ: "ه", ہ: "ه", ھ: "ه", ە: "ه", œ: "oe", æ: "ae", ø: "o", ı: "i",
};

// Folded text, and for each of its letters the place it has in the text as shown.
function folded(text) {
  let out = "";
  const at = [];
  for (let k = 0; k < text.length; k += 1) {
    const letters = text[k].normalize("NFKD").toLowerCase();
    for (const raw of letters.replace(/[\p{Mn}\p{Me}\p{Cf}ـ]/gu, "")) {
      const one = SAME_LETTER[raw] ?? raw;
      const kept = one === "" || /[\p{L}\p{N}]/u.test(one) ? one : " ";
      if (kept === " " && (out === "" || out.endsWith(" "))) continue;
      for (const letter of kept) {
        out += letter;
        at.push(k);
      }
    }
  }
  return { text: out.trimEnd(), at };
}

// A name with what the search found underlined.
function marked(name, query) {
  const { text, at } = folded(name);
  const start = query ? text.indexOf(query) : -1;
  if (start < 0) return [name];
  const last = at[start + query.length - 1] + 1;
  return [name.slice(0, at[start]), h("mark", {}, name.slice(at[start], last)),
    name.slice(last)];
}

const finds = (name, query) => folded(name).text.includes(query);

function createTree(facts, words, onChange) {
  const circuits = facts.circuits.map((circuit, number) =>
    circuitRow(circuit, facts.courts.filter((court) => court.circuit === number), words),
  );
  const empty = h("p", { class: "qx-empty", hidden: true }, words.say("no_court_found"));
  const list = h("ul", { class: "qx-tree", "aria-label": words.say("courts_by_circuit") },
    circuits.map((circuit) => circuit.node));
  let query = "";
  let chosen = new Set();

  const visible = () =>
    circuits
      .flatMap(({ courts }) => courts.filter((row) => row.found))
      .map((row) => row.court.id);

  const set = (ids, on) => {
    const next = new Set(chosen);
    for (const id of ids) on ? next.add(id) : next.delete(id);
    onChange(facts.courts.map((court) => court.id).filter((id) => next.has(id)));
  };

  for (const circuit of circuits) {
    circuit.box.addEventListener("change", () =>
      set(circuit.courts.map((row) => row.court.id), circuit.box.checked));
    for (const row of circuit.courts)
      row.box.addEventListener("change", () => set([row.court.id], row.box.checked));
  }

  return {
    nodes: [list, empty],
    visible,
    set,
    search(text) {
      query = folded(text).text;
      for (const circuit of circuits) circuit.search(query);
      empty.hidden = circuits.some((circuit) => !circuit.node.hidden);
    },
    show(selection, missing) {
      chosen = new Set(selection.courts);
      for (const circuit of circuits) circuit.show(chosen, missing);
    },
  };
}

function courtRow(court, words) {
  const box = h("input", { type: "checkbox" });
  const name = h("span", { dir: "auto" }, court.name);
  const also = h("span", { class: "qx-also", dir: "auto" });
  const chip = h("span", { class: "qx-chip-nr", hidden: true });
  const label = h("label", {}, box, name, also);
  const node = h("li", { class: "qx-row" }, label, chip);
  const row = { court, box, node, found: true };
  row.search = (query, wanted) => {
    const other = query && !finds(court.name, query)
      ? court.also.find((each) => finds(each, query)) : undefined;
    row.found = wanted || !query || finds(court.name, query) || other !== undefined;
    node.hidden = !row.found;
    name.replaceChildren(...marked(court.name, query));
    also.replaceChildren(...(other ? marked(other, query) : []));
  };
  row.show = (chosen, missing) => {
    box.checked = chosen.has(court.id);
    const year = missing.get(court.id);
    chip.hidden = year === undefined;
    const text = year === undefined ? "" : words.say("not_reported_in", { year });
    if (chip.textContent !== text) chip.textContent = text;
  };
  return row;
}

function circuitRow(circuit, members, words) {
  const courts = members.map((court) => courtRow(court, words));
  const full = words.say("circuit_of", { place: circuit.name });
  const box = h("input", { type: "checkbox" });
  const name = h("span", {}, full);
  const count = h("span", { class: "qx-n" });
  const kids = h("ul", { class: "qx-kids", hidden: true }, courts.map((row) => row.node));
  const twist = h("button", { type: "button", class: "qx-twist qx-caret",
    "aria-expanded": "false" });
  const unfold = (open) => {
    kids.hidden = !open;
    twist.setAttribute("aria-expanded", String(open));
    twist.setAttribute("aria-label",
      words.say(open ? "fold_circuit" : "unfold_circuit", { circuit: full }));
  };
  unfold(false);
  twist.addEventListener("click", () => unfold(kids.hidden));
  const node = h("li", {},
    h("div", { class: "qx-row qx-top" }, twist, h("label", {}, box, name), count), kids);
  return {
    node,
    box,
    courts,
    search(query) {
      const whole = query !== "" && finds(circuit.name, query);
      for (const row of courts) row.search(query, whole);
      node.hidden = !courts.some((row) => row.found);
      name.replaceChildren(...marked(full, query));
      unfold(query !== "");
    },
    show(chosen, missing) {
      for (const row of courts) row.show(chosen, missing);
      const n = courts.filter((row) => row.box.checked).length;
      box.checked = n > 0 && n === courts.length;
      box.indeterminate = n > 0 && n < courts.length;
      const text = words.say("n_of_m", { n, m: courts.length });
      if (count.textContent !== text) count.textContent = text;
    },
  };
}
