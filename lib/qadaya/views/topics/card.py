"""The card of an edition: what a cell shows that ends with `edition`."""

from html import escape

from qadaya.editions.edition import Edition
from qadaya.language import DIRECTION
from qadaya.views.prose.words import Words
from qadaya.vocabulary import label

MANY = 12  # tables that a card names before it says how many more there are


def card_html(edition: Edition, language: str) -> str:
    """Number, mark of invented data, years, courts and tables, as a small table."""
    words = Words(language)
    mark = f"<b>{escape(words('Synthetic data'))}.</b> " if edition.synthetic else ""
    title = words("Edition {number}", number=edition.number)
    rows = "".join(
        f"<tr><th scope='row'>{escape(name)}</th><td>{text}</td></tr>"
        for name, text in _lines(edition, words)
    )
    return (
        f"<div class='qadaya-card' lang='{language}' dir='{DIRECTION[language]}'>"
        f"<p><b>{escape(title)}</b> {mark}</p>"
        f"<table><tbody>{rows}</tbody></table></div>"
    )


def _lines(edition: Edition, words: Words) -> list[tuple[str, str]]:
    lines = [
        (
            words("Counts"),
            escape(label("audience", edition.audience, words.language)),
        ),
        (words("Years"), escape(_years(edition))),
        (words("Register as of"), escape(words.date(edition.as_of))),
    ]
    if "reporting" in edition.manifest.tables:
        reporting = edition.table("reporting")
        lines.append(
            (
                words("Courts"),
                escape(
                    words(
                        "{courts} in {circuits} circuits",
                        courts=reporting["court_id"].nunique(),
                        circuits=reporting["circuit_id"].nunique(),
                    )
                ),
            )
        )
    bounds = [bound["largest"] for bound in edition.bounds.values()]
    if bounds:
        lines.append((words("Largest rounding error"), f"±{max(bounds)}"))
    return [*lines, (words("Tables"), _tables(edition, words))]


def _years(edition: Edition) -> str:
    return ", ".join(map(str, edition.years)) or "–"


def _tables(edition: Edition, words: Words) -> str:
    held = [f"<code>{escape(name)}</code>" for name in edition.tables]
    rest = len(held) - MANY
    more = [escape(words("{n} more", n=rest))] if rest > 0 else []
    return ", ".join([*held[:MANY], *more])
