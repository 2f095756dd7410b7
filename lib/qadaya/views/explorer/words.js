// Words, counted nouns and figures in the language of the reader.

const ISOLATE = ["\u2068", "\u2069"];
const TAG = { ar: "ar-u-nu-latn", fr: "fr", en: "en" };

// Needed where the directions of a sentence and of what it quotes may differ.
const isolated = (value) => `${ISOLATE[0]}${value}${ISOLATE[1]}`;
const ARABIC = /[\u0590-\u08ff]/;

// What is copied or saved needs no marks of direction inside.
const bare = (text) => text.replace(/[\u2066-\u2069]/g, "");

function createWords({ language, direction, words, counted }) {
  const plural = new Intl.PluralRules(TAG[language]);
  const whole = new Intl.NumberFormat(TAG[language], { maximumFractionDigits: 0 });
  const fraction = (digits) =>
    new Intl.NumberFormat(TAG[language], {
      minimumFractionDigits: digits,
      maximumFractionDigits: digits,
    });

  const shown = (value) => (typeof value === "number" ? whole.format(value) : value);
  const safely = (text) =>
    direction === "rtl" || ARABIC.test(text) ? isolated(text) : text;
  const put = (template, values = {}) =>
    template.replace(/\{(\w+)\}/g, (all, name) =>
      name in values ? safely(shown(values[name])) : all,
    );

  return {
    language,
    direction,
    rtl: direction === "rtl",
    number: (value) => whole.format(value),
    // p of an exact test: two decimals, three below 0.1, never 0.
    chance: (p) =>
      p < 0.001
        ? `p < ${fraction(3).format(0.001)}`
        : `p = ${fraction(p < 0.1 ? 3 : 2).format(p)}`,
    say: (key, values) => put(words[key] ?? key, values),
    count: (key, n, values) => {
      const forms = counted[key];
      return put(forms[plural.select(n)] ?? forms.other, { n, ...values });
    },
    // Plots are left to right in every language; a line of Arabic is turned by itself.
    inPlot: (text) => {
      const safe = text.replace(/&/g, "&amp;").replace(/</g, "&lt;");
      return direction === "rtl" ? `\u2067${safe}\u2069` : safe;
    },
  };
}
