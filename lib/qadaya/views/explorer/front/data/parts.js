// The parts of an address, as `years=2021,2023&unit=cases`, and which of them are known.

/**
 * The words of an address by key; null where it is an anchor of the page.
 * @param {string} hash
 * @returns {Map<string, string[]> | null}
 */
export function partsOf(hash) {
  const parts = hash.replace(/^#/, "").split("&").map((part) => part.split("="));
  if (parts.some(([name, words]) => !name || words === undefined)) return null;
  return new Map(parts.map(([name, words]) =>
    [name, words.split(",").filter(Boolean).map(readable)]));
}

/**
 * What is known of an address by key, and the rest as it is written there. A list of
 * which nothing is known is as if it were not there: it chooses nothing away.
 * @param {Map<string, string[]>} parts
 * @param {Record<string, string[]>} known
 */
export function sortedOut(parts, known) {
  /** @type {Record<string, string[]>} */
  const held = {};
  /** @type {string[]} */
  const dropped = [];
  for (const [name, words] of parts) {
    const ours = Object.hasOwn(known, name);
    const kept = words.filter((word) => ours && known[name].includes(word));
    const odd = words.filter((word) => !kept.includes(word));
    if (odd.length || !ours) dropped.push(`${name}=${odd.join(",")}`);
    if (ours && (kept.length || !odd.length)) held[name] = kept;
  }
  return { held, dropped };
}

/**
 * The words of a range of years that fits, else none.
 * @param {string[] | undefined} words
 * @param {number[]} years
 */
export function fittingRange(words = [], years) {
  const [from, to] = words.map(Number);
  const fits = words.length === 2 && years.includes(from) && years.includes(to) && from <= to;
  return fits ? words : [];
}

// An address that somebody cut or typed may hold a stray percent sign.
/** @param {string} word */
function readable(word) {
  try {
    return decodeURIComponent(word);
  } catch {
    return word;
  }
}
