// How far rounding may have moved a sum: the least that the published margins allow.

// `part`: courts, platforms and years summed over, and the measure. Null when no
// margin of the edition can be added up to it; 0 when the edition is exact.
function errorBound(facts, part) {
  if (facts.audience !== "shared") return 0;
  const pieces = piecesOf(facts, part);
  const sums = facts.bounds.map(({ dims, largest }) => largest * copies(dims, pieces));
  const least = Math.min(...sums.filter(Number.isFinite));
  return Number.isFinite(least) ? least : null;
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
