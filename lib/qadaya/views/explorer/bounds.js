// How far rounding may have moved a sum: the least that the published margins allow.

// `part`: courts, platforms and years summed over, and the stages and results that a
// measure counts; it also is all cases less those in `less`. Null when no margin of the
// edition can be added up to either; 0 when the edition is exact. As `rounding_error`
// in Python.
function errorBound(facts, { less = [], ...part }) {
  if (facts.audience !== "shared") return 0;
  const all = { ...part, stages: facts.stages.length, results: facts.results.length };
  const readings = [[part]];
  if (less.length) readings.push([all, ...less.map((each) => ({ ...all, ...each }))]);
  const least = Math.min(...readings.map((terms) =>
    terms.reduce((sum, term) => sum + leastBound(facts, term), 0)));
  return Number.isFinite(least) ? least : null;
}

// The least error that one margin allows a sum; infinite when none adds up to it.
function leastBound(facts, part) {
  const pieces = piecesOf(facts, part);
  const sums = facts.bounds.map(({ dims, largest }) => largest * copies(dims, pieces));
  return Math.min(...sums.filter(Number.isFinite));
}

// How many cells of each dimension the part is made of; `all` when it is all of them.
function piecesOf(facts, { courts, platforms, years, stages, results }) {
  const chosen = new Set(courts);
  const whole = facts.circuits.map((circuit, number) => {
    const members = facts.courts.filter((court) => court.circuit === number);
    const ticked = members.filter((court) => chosen.has(court.id)).length;
    return ticked === 0 ? 0 : ticked === members.length ? 1 : NaN;
  });
  const some = (n, of) => ({ n, all: n === of });
  return {
    court: some(courts.length, facts.courts.length),
    circuit: some(whole.reduce((one, other) => one + other, 0), whole.length),
    platform: some(platforms, facts.platforms.length),
    year: some(years, facts.years.length),
    stage: some(stages, facts.stages.length),
    result: some(results, facts.results.length),
  };
}

// Cells of a margin that add up to the part; infinite when they cannot.
function copies(dims, pieces) {
  let n = 1;
  for (const [name, piece] of Object.entries(pieces)) {
    if (name === "court" || name === "circuit") continue;
    if (dims.includes(name)) n *= piece.n;
    else if (!piece.all) return Infinity;
  }
  if (dims.includes("court")) return n * pieces.court.n;
  if (dims.includes("circuit"))
    return Number.isNaN(pieces.circuit.n) ? Infinity : n * pieces.circuit.n;
  return pieces.court.all ? n : Infinity;
}
