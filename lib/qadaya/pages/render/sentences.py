"""Sentences of a page that are put together from facts, in the page's language."""

from collections import defaultdict
from typing import Any

from qadaya.editions.margins import COUNTRY, margin_columns
from qadaya.language import translator
from qadaya.pages.render.facts import Facts
from qadaya.vocabulary import AUDIENCES, label

COMMA = {"ar": "، ", "fr": ", ", "en": ", "}


def audience_words(facts: Facts) -> str | None:
    """The stamp of the page: published, internal or shared; None where it is silent."""
    if facts.source == "ledger":
        return translator(facts.language, "pages.pages").gettext(
            "Published figures, each with its source"
        )
    if facts.audience not in AUDIENCES:
        return None
    return label("audience", facts.audience, facts.language)


def bound_words(facts: Facts) -> str | None:
    """Largest rounding error of each kind of margin, those with the same together.

    None where nothing is rounded.
    """
    names = _column_names(facts.language)
    alike: dict[float, list[str]] = defaultdict(list)
    for margin, error in facts.bounds.items():
        if error.get("largest") is not None:
            columns = margin_columns(margin) or (COUNTRY,)
            alike[error["largest"]].append(
                " × ".join(names[column] for column in columns)
            )
    return (
        " · ".join(
            f"\u2066±{largest:g}\u2069 {COMMA[facts.language].join(margins)}"
            for largest, margins in sorted(alike.items())
        )
        or None
    )


def largest_bound(facts: Facts) -> str:
    """The largest rounding error of any kind of margin; empty where none is known."""
    errors = [error.get("largest") for error in facts.bounds.values()]
    known = [error for error in errors if error is not None]
    return f"\u2066±{max(known):g}\u2069" if known else ""


def _column_names(language: str) -> dict[str, str]:
    _ = translator(language, "pages.pages").gettext
    return {
        COUNTRY: _("whole country"),
        "court_id": _("court"),
        "circuit_id": _("circuit"),
        "platform": _("platform"),
        "year": _("year"),
        "stage": _("stage"),
        "result": _("result"),
        "body": _("investigating body"),
        "subject": _("subject"),
        "first_instance": _("first instance"),
        "appeal": _("appeal"),
        "cassation": _("cassation"),
        "imprisonment_band": _("imprisonment"),
        "fine_band": _("fine"),
    }


def run_words(facts: Facts, name: str, made_from: dict[str, Any] | None) -> str:
    """What was run, with which parameters, by which version of the package.

    As a researcher would type it; the commit too, where the workbench has one.
    """
    parts = [f"{name}.ipynb"]
    for parameter in ("year", "edition", "audience", "language"):
        value = getattr(facts, parameter)
        if value is not None:
            parts.append(f"{parameter}={value}")
    if made_from:
        own = made_from["parameters"].get("own") or {}
        parts += [f"{parameter}={value}" for parameter, value in own.items()]
        parts.append(f"qadaya {made_from['version']}")
        if made_from["commit"]:
            parts.append(f"commit {made_from['commit']}")
    return " · ".join(parts)


def host_words(language: str) -> dict[str, str]:
    """What the host script says: its buttons, its reasons, its announcements."""
    _ = translator(language, "pages.pages").gettext
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
