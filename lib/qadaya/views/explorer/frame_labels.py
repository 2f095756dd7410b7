"""The words of the explorer of a frame: those of an edition, less what it cannot know.

What the frame's own columns are called stands where an edition says court, circuit,
platform and cases.
"""

from collections.abc import Mapping
from typing import Any

from qadaya.views.explorer.labels import labels
from qadaya.views.prose.words import Words

# Of a frame nothing is said of returns, nor that its counts are cases.
WORDS = {
    "cap_circuits": "{measure} by {group} and {year}",
    "cap_courts": "{measure} by {court} and {year}",
    "circuit_of": "{place}",
    "citation": "{measure} ({kind}); {court}: {courts}; {platform}: {platforms}; "
    "{years}. Source: {source}",
    "court_reason": "The figures by {court} are smaller still.",
    "courts_by_circuit": "{court}, by {group}",
    "frame": "as given",
    "frame_synthetic": "synthetic data",
    "edition_as_of": "Source: {source}",
    "fewer_circuits": "Show ten lines",
    "all_circuits": "Show all lines",
    "key_note_frame": "Source: {source} The figures are shown as the source gives "
    "them. 95% interval: Garwood's, for the mean behind a count if cases come by "
    "chance alone.",
    "key_not_given": "No figure in the source",
    "key_zero": "Zero in the source",
    "no_court_chosen": "Nothing is chosen.",
    "no_court_found": "None is called that.",
    "no_platform_chosen": "Nothing is chosen.",
    "not_a_ranking": "The order is for reading, not for ranking: places differ in "
    "people, and intervals overlap.",
    "offer_cases": "Show all",
    "offer_circuits": "Show the whole group",
    "offer_country": "Show all",
    "offer_platforms": "Show all",
    "search_courts": "Search",
    "show_circuits": "Show groups again",
    "show_courts": "Show the table in detail",
    "state_not_given": "no figure",
    "state_value": "figure",
    "state_zero": "zero",
    "sum_frame": "{measure}, as the source gives them.",
    "thin_choice": "A count below {limit} is too small to compare.",
    "title_circuits": "{measure} by {group}, {years}",
    "title_heat": "Which {group} in which year?",
    "title_heat_courts": "Which {court} in which year?",
    "title_years": "{measure} by {year} and {platform}",
    "by_court_too": "By {court} as well",
}
# Of a frame that tells no platforms apart.
OF_ONE_PLATFORM = {
    "citation": "{measure} ({kind}); {court}: {courts}; {years}. Source: {source}",
    "title_years": "{measure} by {year}",
}
# The parts that a column plays, by the places for its name in these sentences.
_NAMED = {"court": "court", "group": "groups", "year": "year", "platform": "platform"}
_FORMS = ("zero", "one", "two", "few", "many", "other")


def frame_labels(names: Mapping[str, str], language: str) -> dict[str, Any]:
    """What the front end says of a frame whose columns have these names.

    `names`: what a reader sees for court, year, count, and for platform and groups
    where there are any. Raises: ParameterError for an unknown language.
    """
    known = {"groups": names["court"], "platform": "", **names}
    texts = WORDS if known["platform"] else WORDS | OF_ONE_PLATFORM
    own = labels(language, texts, {})["words"]
    all_labels = labels(language)
    all_labels["words"] |= {key: _filled(text, known) for key, text in own.items()} | {
        "court": known["court"],
        "circuit": known["groups"],
        "platform": known["platform"],
        "year": known["year"],
        "by_year": known["year"],
        "by_platform": known["platform"],
        "by_circuit": known["groups"],
    }
    all_labels["counted"] |= _counted(known, Words(language))
    return all_labels


def _filled(text: str, known: Mapping[str, str]) -> str:
    """The names of columns in their places; the reader's choice is filled in later."""
    for place, part in _NAMED.items():
        text = text.replace(f"{{{place}}}", known[part])
    return text


def _counted(known: Mapping[str, str], words: Words) -> dict[str, dict[str, str]]:
    """A name and a figure, since nobody can give the plural of a column's name."""

    def named(name: str) -> dict[str, str]:
        text = words("{name}: {n}", name=name, n="{n}") if name else ""
        return dict.fromkeys(_FORMS, text)

    rest = words("At 0 or without a figure: {n}.", n="{n}")
    return {
        "courts": named(known["court"]),
        "cases": named(known["count"]),
        "total_cases": named(known["count"]),
        "all_platforms": named(known["platform"]),
        "more_zero": dict.fromkeys(_FORMS, rest),
    }
