"""The words of the explorer's front end, by key, in the language of the reader.

English stands here and is the key of the catalogue `explore`; a noun after a figure is
given in every plural form of its language, of which the front end takes the right one.
"""

from collections.abc import Mapping
from typing import Any

from qadaya.language import DIRECTION, translator
from qadaya.views.prose.words import kept_together, one_apostrophe

WORDS = {
    "address_dropped": "The address names what is not held here, and it was left "
    "out: {parts}",
    "all_circuits": "Show all circuits",
    "all_invented": "Every figure here is invented to show its form; none describes a "
    "court or a case.",
    "break_in_series": "Break in series",
    "broken_down_by": "Broken down by",
    "by_circuit": "Circuit",
    "by_court_too": "By court as well",
    "by_platform": "Platform",
    "by_result": "Result",
    "by_stage": "Stage",
    "by_year": "Year",
    "cap_circuits": "{measure} by circuit and year",
    "cap_courts": "{measure} by court and year",
    "cases": "Cases",
    "chance_interval": "95% interval: {span}",
    "choose_what_is_shown": "Choose what is shown",
    "circuit": "Circuit",
    "circuit_of": "Circuit of {place}",
    "citation": "Qadaya, edition {edition} ({kind}). {measure}; {courts} courts; "
    "{platforms}; {years}. Register as of {date}. Manifest {manifest}.",
    "citation_copied": "Citation copied.",
    "cite_as": "Cite as:",
    "comma": ", ",
    "copy_citation": "Copy",
    "copy_link": "Copy link",
    "court": "Court",
    "court_reason": "{cases} on {returns}.",
    "courts_by_circuit": "Courts by circuit",
    "courts_missing": "Courts without a return",
    "courts_that_reported": "Courts that reported, {year}",
    "csv_of": "Download CSV: {figure}",
    "download_csv": "Download CSV",
    "edition_as_of": "Edition {edition} · register as of {date}",
    "error_each_cell": "Largest rounding error {error} for a cell.",
    "error_each_circuit": "Largest rounding error {error} for a circuit.",
    "fewer_circuits": "Show ten circuits",
    "flow_all_cases": "The flow counts all cases, whatever the measure.",
    "flow_appealed": "Appealed",
    "flow_cassation": "Cassation",
    "flow_decided": "First judgment",
    "flow_prosecuted": "Prosecuted",
    "flow_time": "Cases of recent years have not had time to go further, so no "
    "conviction rate is drawn from them.",
    "fold_circuit": "Fold {circuit}",
    "from_rounding": "{error} from rounding",
    "from_to": "From {first} to {last}: {changes}.",
    "from_year": "From",
    "gathered_afterwards": "gathered afterwards",
    "image_of": "Download {format}: {figure}",
    "internal": "internal, exact counts",
    "internal_synthetic": "internal, exact counts, synthetic data",
    "interval_95": "95% interval",
    "key_hidden": "Hidden to protect people",
    "key_missing": "Not reported: no return",
    "key_nil": "Nil return: the court reported that it had none",
    "key_not_established": "Not yet established",
    "key_note_internal": "95% interval: Garwood's, for the mean behind a count if "
    "cases come by chance alone. Counts are exact.",
    "key_note_shared": "± is the largest error that rounding brought in to protect "
    "people; it is not a sampling error. 95% interval: Garwood's, for the mean behind "
    "a count if cases come by chance alone; it covers every count that rounding "
    "allows.",
    "key_rounded": "Rounded zero",
    "key_title": "Key to the cells",
    "key_value": "Number of cases",
    "key_zero": "Zero: no case was accepted",
    "link_copied": "Link copied.",
    "measure": "Measure",
    "mostly_in": "{part} of {total} are in {circuits}.",
    "n_of_m": "{n} of {m}",
    "n_of_m_reported": "{n} of {m} reported",
    "no_chart": "The chart could not be drawn here. The table holds the same figures.",
    "no_court_chosen": "No court is chosen.",
    "no_court_found": "No court is called that.",
    "no_platform_chosen": "No platform is chosen.",
    "not_a_ranking": "The order is for reading, not for ranking: circuits differ in "
    "people and courts, and their intervals overlap.",
    "not_copied": "It could not be copied; the browser keeps its clipboard closed.",
    "not_reported_in": "not rep. {year}",
    "not_reported_short": "n. r.",
    "of_m": "of {m}",
    "offer_cases": "Show all cases",
    "offer_circuits": "Show the whole circuit",
    "offer_country": "Show the whole country",
    "offer_platforms": "Show all platforms",
    "offer_years": "Show all years",
    "others_add": "the others would add {bound}",
    "others_never": "the others have never reported",
    "pair_chance": "{platform} {before} to {after} (can be chance)",
    "pair_fall": "{platform} {before} to {after} (a fall beyond chance)",
    "pair_open": "{platform} {before} to {after} (rounding leaves open whether it is "
    "chance)",
    "pair_rise": "{platform} {before} to {after} (a rise beyond chance)",
    "platform": "Platform",
    "read_rows": "Read rows, not cells: a cell of 3 and a cell of 6 cannot be told "
    "apart from chance ({p}).",
    "registered": "Registered",
    "reset": "Reset",
    "returns_expected": "Returns expected",
    "returns_received": "Returns received",
    "rounding_unknown": "rounding error of this choice not given",
    "search_courts": "Search in Arabic or French",
    "shared": "shared, protected counts",
    "shared_synthetic": "shared, protected counts, synthetic data",
    "show_circuits": "Show circuits again",
    "show_courts": "Show the table of courts",
    "some_missing": "Some returns missing",
    "state": "State of the count",
    "state_hidden": "hidden",
    "state_nil": "nil return",
    "state_not_established": "not yet established",
    "state_not_reported": "not reported",
    "state_rounded_zero": "rounded zero",
    "state_value": "reported",
    "state_zero": "reported zero",
    "stay_awaiting": "Awaiting judgment",
    "stay_closed": "Closed",
    "stay_investigation": "Under investigation",
    "stay_not_appealed": "Not appealed",
    "stay_on_appeal": "On appeal",
    "stay_referred": "Referred",
    "step": "Step",
    "sum_breakdown": "{received} of {expected} yearly returns stand behind these "
    "counts.",
    "synthetic": "Synthetic data",
    "thin_reason": "{cases} on {returns}. The circuit is shown instead of the court.",
    "tiles_are": "A tile lies roughly where its circuit does, and its shade is a "
    "count, not a rate.",
    "tiles_label": "Map of the circuits; arrow keys go from tile to tile",
    "tiles_press": "Press a tile for that circuit alone, more tiles to add theirs.",
    "title_breakdown": "Table: {measure} by {by} and year",
    "title_circuits": "{measure} by court of appeal circuit, {years}",
    "title_flow": "From report to cassation",
    "thin_choice": "A count below {limit} cases is too small to compare.",
    "title_years": "{measure} by year and platform",
    "to_year": "to",
    "too_thin": "Too thin to say anything for this choice",
    "too_thin_court": "Too thin to say by court",
    "total": "Total",
    "unfold_circuit": "Unfold {circuit}",
    "upright_lines": "Upright lines: 95% interval.",
    "view_chart": "Chart",
    "view_map": "Map",
    "view_table": "Table",
    "whisker_over_bar": "The line over each bar is the 95% interval.",
    "year": "Year",
    "years_to": "{first} to {last}",
}

# A noun after a figure: one, many.
COUNTED = {
    "all_platforms": ("{n} platform", "all {n} platforms"),
    "cases": ("{n} case", "{n} cases"),
    "courts": ("{n} court", "{n} courts"),
    "flow_summary": (
        "Of {n} case, {prosecuted} went to prosecution, {decided} to a first judgment "
        "and {cassation} to the Court of Cassation.",
        "Of {n} cases, {prosecuted} went to prosecution, {decided} to a first judgment "
        "and {cassation} to the Court of Cassation.",
    ),
    "key_rounded_zero": (
        "Rounded zero: 0 to {n} case",
        "Rounded zero: 0 to {n} cases",
    ),
    "more_rounded_zero": (
        "{n} circuit stands at rounded 0 or did not report.",
        "{n} circuits stand at rounded 0 or did not report.",
    ),
    "more_zero": (
        "{n} circuit stands at 0 or did not report.",
        "{n} circuits stand at 0 or did not report.",
    ),
    "never_reported": (
        "{span}; {n} has never reported",
        "{span}; {n} have never reported",
    ),
    "returns": ("{n} return", "{n} returns"),
    "tick_visible": ("Tick all visible ({n})", "Tick all visible ({n})"),
    "total_cases": ("{n} case", "{n} cases"),
    "total_convicted": ("{n} case with a conviction", "{n} cases with a conviction"),
    "total_decided": (
        "{n} case decided at first instance",
        "{n} cases decided at first instance",
    ),
    "total_prosecuted": ("{n} case prosecuted", "{n} cases prosecuted"),
    "untick_visible": ("Untick all visible ({n})", "Untick all visible ({n})"),
    "yearly_returns": (
        "{received} of {n} yearly return received",
        "{received} of {n} yearly returns received",
    ),
}
# For each plural category of a language, a number that belongs to it.
CATEGORIES = {
    "ar": {"zero": 0, "one": 1, "two": 2, "few": 3, "many": 11, "other": 100},
    "fr": {"one": 1, "other": 2},
    "en": {"one": 1, "other": 2},
}


def labels(
    language: str,
    words: Mapping[str, str] = WORDS,
    counted: Mapping[str, tuple[str, str]] = COUNTED,
) -> dict[str, Any]:
    """What the front end says: `words` by key, `counted` by key and plural category.

    Also `language` and `direction`. Raises: ParameterError for an unknown language.
    """
    catalogue = translator(language, "views")
    return {
        "language": language,
        "direction": DIRECTION[language],
        "words": {key: _shown(catalogue.gettext(text)) for key, text in words.items()},
        "counted": {
            key: {
                category: _shown(catalogue.ngettext(one, many, number))
                for category, number in CATEGORIES[language].items()
            }
            for key, (one, many) in counted.items()
        },
    }


def _shown(text: str) -> str:
    """A sentence with its spaces and apostrophes as a page sets them."""
    return kept_together(one_apostrophe(text))
