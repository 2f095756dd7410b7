// What a search compares: the letters of a name without case, accents and vowel signs.

// The letters that Python's `fold` makes one: what is compared, never what is shown.
/** @type {Record<string, string>} */
const SAME_LETTER = {
  ء: "", ة: "ه", ى: "ي", ی: "ي", ې: "ي", ک: "ك", ڪ: "ك", گ: "ك", ڭ: "ك", ڤ: "ف",
  ٱ: "ا", ۀ: "ه", ہ: "ه", ھ: "ه", ە: "ه", œ: "oe", æ: "ae", ø: "o", ı: "i",
};

/** Folded text, and for each of its letters the place it has in the text as shown.
 *  @param {string} text */
export function folded(text) {
  let out = "";
  /** @type {number[]} */
  const at = [];
  for (let k = 0; k < text.length; k += 1) {
    for (const kept of lettersOf(text[k])) {
      if (kept === " " && (out === "" || out.endsWith(" "))) continue;
      for (const letter of kept) {
        out += letter;
        at.push(k);
      }
    }
  }
  return { text: out.trimEnd(), at };
}

/** @param {string} sign */
function lettersOf(sign) {
  const letters = sign.normalize("NFKD").toLowerCase();
  return [...letters.replace(/[\p{Mn}\p{Me}\p{Cf}ـ]/gu, "")].map((raw) => {
    const one = SAME_LETTER[raw] ?? raw;
    return one === "" || /[\p{L}\p{N}]/u.test(one) ? one : " ";
  });
}

/** Whether a folded query stands in a name.
 *  @param {string} name @param {string} query */
export const finds = (name, query) => folded(name).text.includes(query);

/** Where a folded query stands in a name as shown; null when it does not.
 *  @param {string} name @param {string} query @returns {[number, number] | null} */
export function placeOf(name, query) {
  const { text, at } = folded(name);
  const start = query ? text.indexOf(query) : -1;
  return start < 0 ? null : [at[start], at[start + query.length - 1] + 1];
}
