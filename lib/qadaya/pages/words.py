"""Sentences of a page that are put together from facts, in the page's language."""

import re
from collections.abc import Callable

from qadaya.language import translator
from qadaya.pages.facts import Facts
from qadaya.vocabulary import AUDIENCES, label


def audience_words(facts: Facts) -> str | None:
    """The stamp of the page: internal or shared; None where the notebook is silent."""
    if facts.audience not in AUDIENCES:
        return None
    return label("audience", facts.audience, facts.language)


def bound_words(facts: Facts) -> str | None:
    """Largest rounding error for each kind of margin; None where nothing is rounded."""
    _ = translator(facts.language, "pages").gettext
    parts = []
    for margin, error in facts.bounds.items():
        largest = error.get("largest")
        if largest is not None:
            parts.append(f"\u2066±{largest:g}\u2069 {margin_words(margin, _)}")
    return " · ".join(parts) or None


def margin_words(margin: str, _: Callable[[str], str]) -> str:
    """A kind of margin in words: `circuit_id,year` is "circuit and year"."""
    names = {
        "": _("whole country"),
        "()": _("whole country"),
        "total": _("whole country"),
        "court_id": _("court"),
        "circuit_id": _("circuit"),
        "platform": _("platform"),
        "year": _("year"),
        "stage": _("stage"),
        "result": _("result"),
    }
    parts = [part for part in re.split(r"[\s,+()'\"]+|\sx\s", margin) if part != "x"]
    words = [names.get(part, part) for part in parts if part]
    return " × ".join(words) if words else names[""]


def run_words(facts: Facts, name: str) -> str:
    """What was run and with which parameters, as a researcher would type it."""
    parts = [f"{name}.ipynb"]
    for parameter in ("year", "edition", "audience", "language"):
        value = getattr(facts, parameter)
        if value is not None:
            parts.append(f"{parameter}={value}")
    return " · ".join(parts)


def host_words(language: str) -> dict[str, str]:
    """What `host.js` says: its buttons, its reasons, its announcements."""
    _ = translator(language, "pages").gettext
    return {
        "noInflate": _(
            "This browser cannot unpack the charts (it lacks DecompressionStream). "
            "The tables hold the same figures."
        ),
        "failed": _(
            "This chart could not be drawn. The table under it holds the same figures."
        ),
        "copy": _("Copy"),
        "copied": _("Copied"),
        "download": _("Download {form} of figure {number}"),
    }
