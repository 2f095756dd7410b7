// The sentence that is announced at each change, and the citation of what is shown.

import { h } from "../dom/elements.js";
import { errorOf } from "../data/errors.js";
import { missingOf } from "../data/returns.js";
import { countCourts } from "../data/selection.js";
import { hasReturns, totalOver } from "../data/view.js";
import { copied } from "../exports/file.js";
import { bare } from "../words/plain.js";
import { platformsText, yearsText } from "../words/words.js";

/** @import { Count, View, Words } from "../types.d.ts" */

/** The total with its error and completeness, as parts of one sentence.
 *  @param {View} view @param {Words} words */
export function nowLine(view, words) {
  if (view.nothing) return [h("strong", {}, words.say(view.nothing))];
  const { facts, selection, years } = view;
  const total = totalOver(view, years);
  const platforms = selection.platforms.length === facts.platforms.length
    ? words.count("all_platforms", facts.platforms.length) : platformsText(view, words);
  const part = [words.count("courts", countCourts(facts.courts, selection.courts)), platforms,
    yearsText(view, words)].filter(Boolean).join(" · ");
  const others = othersAdd(view, words);
  return [
    h("strong", {}, total.state === "hidden" ? words.say("state_hidden")
      : totalText(view, total, words)),
    ...roundingText(total, words),
    ...hasReturns(facts) ? [h("span", {}, words.count("yearly_returns", total.expected,
      { received: total.received })), ...others ? [h("span", {}, others)] : []] : [],
    h("span", {}, part),
  ];
}

/** What the missing returns would add; "" where none is missing or nothing is told.
 *  @param {View} view @param {Words} words */
export function othersAdd({ cube, facts, sums, years }, words) {
  const { returns, most, unknown } = missingOf(cube, sums.courtOn, years);
  if (!returns || !facts.largest) return "";
  if (unknown && !most) return words.say("others_never");
  const span = `0–${words.number(most)}`;
  const bound = unknown ? words.count("never_reported", unknown, { span }) : span;
  return words.say("others_add", { bound });
}

// A zero that was rounded is no "0 cases".
/** @param {View} view @param {Count} total @param {Words} words */
function totalText({ facts, selection }, total, words) {
  const rounded = total.n === 0 && facts.audience === "shared";
  if (!rounded) return words.count(`total_${selection.measure}`, total.n);
  return total.range ? words.count("key_rounded_zero", total.range.most)
    : words.say("key_rounded");
}

/** @param {Count} count @param {Words} words */
function roundingText({ n, range, state }, words) {
  if (state === "hidden") return [];
  if (!range) return [h("span", {}, words.say("rounding_unknown"))];
  const error = errorOf(n, range);
  return error && n ? [h("span", {}, words.say("from_rounding", { error: `±${words.number(error)}` }))] : [];
}

/** Said once a change, and only when it says something new.
 *  @param {HTMLElement} place @param {HTMLElement[]} parts */
export function tell(place, parts) {
  if (place.textContent !== parts.map((part) => part.textContent).join(""))
    place.replaceChildren(...parts);
}

/** @param {View} view @param {Words} words */
export function citation(view, words) {
  const { facts, selection } = view;
  const kind = words.say(facts.synthetic ? `${facts.audience}_synthetic` : facts.audience);
  return words.say("citation", {
    edition: facts.edition,
    kind,
    measure: view.measure.name,
    courts: words.say("n_of_m", { n: countCourts(facts.courts, selection.courts),
      m: countCourts(facts.courts) }),
    platforms: platformsText(view, words),
    years: yearsText(view, words),
    date: facts.as_of,
    manifest: facts.manifest,
    source: facts.source,
  });
}

/** The citation with a button that copies it; `say` tells a reader that it was.
 *  @param {Words} words @param {(text: string) => void} say */
export function citeBox(words, say) {
  const line = h("span", {});
  const button = h("button", { type: "button" }, words.say("copy_citation"));
  button.addEventListener("click", async () =>
    say(words.say(await copied(bare(line.textContent ?? "")) ? "citation_copied" : "not_copied")));
  const node = h("div", { class: "qx-cite" },
    h("p", {}, h("b", {}, words.say("cite_as")), " ", line), button);
  return { node,
    /** @param {View} view */
    show: (view) => {
      line.textContent = citation(view, words);
    } };
}
