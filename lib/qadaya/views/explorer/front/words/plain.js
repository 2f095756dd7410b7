// Texts as they are taken away: read by programmes, pasted anywhere.

/** A text without marks of direction, as it is copied or saved. @param {string} text */
export const bare = (text) => text.replace(/[\u2060\u2066-\u2069]/g, "");

/** A page may be written in Arabic digits; what is taken away counts in Western ones.
 *  @param {string} text */
export const inWesternDigits = (text) =>
  text.replace(/[\u0660-\u0669]/g, (digit) => String(digit.charCodeAt(0) - 0x660));
