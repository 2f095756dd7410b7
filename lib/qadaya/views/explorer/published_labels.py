"""The words of the explorer of published figures.

The controls are those of the explorer of an edition, and so are the keys by which they
ask: what is a court in its circuit there is an offence in its group here.
"""

from typing import Any

from qadaya.views.explorer.labels import WORDS as SHARED
from qadaya.views.explorer.labels import labels
from qadaya.views.prose.words import Words

_OF_CONTROLS = (
    "address_dropped",
    *("choose_what_is_shown", "comma", "copy_link", "csv_of", "download_csv"),
    *("fold_circuit", "from_year", "link_copied", "n_of_m", "not_copied", "reset"),
    *("to_year", "unfold_circuit", "year", "years_to"),
)
WORDS = {name: SHARED[name] for name in _OF_CONTROLS} | {
    "circuit_of": "{place}",
    "court": "Offence",
    "courts_by_circuit": "Offences by group",
    "no_court_found": "No offence is called that.",
    "search_courts": "Search an offence",
    "as_printed": "As printed",
    "missing": "Why there is none",
    "never": "Never printed in this unit: {offences}.",
    "not_a_change": "Each figure stands as it was printed; nothing is added up and no "
    "change is judged here. A letter stands for a reason, a number for a source.",
    "nothing_chosen": "No offence is chosen.",
    "source": "Source",
    "title": "{unit} as printed, {years}",
    "unit": "Unit",
    "value": "Number",
}
COUNTED = {
    "missing_cells": ("{n} figure missing", "{n} figures missing"),
    "printed_cells": ("{n} figure printed", "{n} figures printed"),
    "sources": ("The source of these figures", "The {n} sources of these figures"),
    "tick_visible": ("Tick all visible ({n})", "Tick all visible ({n})"),
    "untick_visible": ("Untick all visible ({n})", "Untick all visible ({n})"),
}


def published_labels(language: str) -> dict[str, Any]:
    """What the front end says; see `labels`.

    Raises: ParameterError for an unknown language.
    """
    return labels(language, WORDS, COUNTED)


def group_name(group: str, words: Words) -> str:
    """The words for a group of lines of the chapter."""
    return {
        "modern_means": words("Offences by modern means"),
        "children_in_material": words(
            "Children in pornographic material, outside the total"
        ),
        "data_systems": words("Offences against data systems"),
        "platforms": words("Cases through the platforms"),
        "against_children": words("Violence against children, of every kind"),
    }[group]
