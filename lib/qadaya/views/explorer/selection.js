// The selection: everything, made whole, kept in the address of a page.

const everything = (facts) => ({
  courts: facts.courts.map((court) => court.id),
  platforms: facts.platforms.map((platform) => platform.id),
  years: [facts.years[0], facts.years.at(-1)],
  measure: facts.measures[0].id,
  breakdown: facts.breakdowns[0],
});

const sameSelection = (one, other) => JSON.stringify(one) === JSON.stringify(other);

// A selection from outside: what it leaves out or misnames is taken as everything.
function whole(given, facts) {
  const base = everything(facts);
  const kept = (known, wanted) =>
    Array.isArray(wanted) ? known.filter((id) => wanted.includes(id)) : known;
  const one = (known, wanted, otherwise) => (known.includes(wanted) ? wanted : otherwise);
  const measures = facts.measures.map((measure) => measure.id);
  const [from, to] = given?.years ?? base.years;
  const fits = facts.years.includes(from) && facts.years.includes(to) && from <= to;
  return {
    courts: kept(base.courts, given?.courts),
    platforms: kept(base.platforms, given?.platforms),
    years: fits ? [from, to] : base.years,
    measure: one(measures, given?.measure, base.measure),
    breakdown: one(facts.breakdowns, given?.breakdown, base.breakdown),
  };
}

// Courts in few words: whole circuits as `ca-rabat*`, or all but some as `!tpi-sale`.
function courtsInHash(chosen, facts) {
  const wanted = new Set(chosen);
  const parts = facts.circuits.flatMap((circuit, number) => {
    const members = facts.courts.filter((court) => court.circuit === number);
    const ticked = members.filter((court) => wanted.has(court.id));
    if (ticked.length === members.length) return [`${circuit.id}*`];
    return ticked.map((court) => court.id);
  });
  const without = facts.courts.filter((court) => !wanted.has(court.id));
  const fewer = without.length < parts.length;
  return fewer ? without.map((court) => `!${court.id}`) : parts;
}

function courtsFromHash(parts, facts) {
  const named = new Set(parts);
  const all = parts.length > 0 && parts.every((part) => part.startsWith("!"));
  return facts.courts
    .filter(({ id, circuit }) => {
      if (all) return !named.has(`!${id}`);
      return named.has(id) || named.has(`${facts.circuits[circuit].id}*`);
    })
    .map((court) => court.id);
}

// The hash of a selection; empty when everything is chosen.
function toHash(selection, facts) {
  const base = everything(facts);
  const parts = [];
  const add = (name, words) =>
    parts.push(`${name}=${words.map(encodeURIComponent).join(",")}`);
  if (selection.courts.length < base.courts.length)
    add("courts", courtsInHash(selection.courts, facts));
  if (selection.platforms.length < base.platforms.length)
    add("platforms", selection.platforms);
  if (!sameSelection(selection.years, base.years))
    add("years", selection.years.map(String));
  if (selection.measure !== base.measure) add("measure", [selection.measure]);
  if (selection.breakdown !== base.breakdown) add("breakdown", [selection.breakdown]);
  return parts.length ? `#${parts.join("&")}` : "";
}

const HASH_KEYS = ["courts", "platforms", "years", "measure", "breakdown"];

// The selection in a hash, or null when the hash is not ours (an anchor of the page).
function fromHash(hash, facts) {
  const found = {};
  for (const part of hash.replace(/^#/, "").split("&")) {
    const [name, words] = part.split("=");
    if (!HASH_KEYS.includes(name) || words === undefined) return null;
    found[name] = words.split(",").filter(Boolean).map(readable);
  }
  return whole(
    {
      courts: found.courts && courtsFromHash(found.courts, facts),
      platforms: found.platforms,
      years: found.years?.map(Number),
      measure: found.measure?.[0],
      breakdown: found.breakdown?.[0],
    },
    facts,
  );
}

// A hash that somebody cut or typed may hold a stray percent sign.
function readable(word) {
  try {
    return decodeURIComponent(word);
  } catch {
    return word;
  }
}
