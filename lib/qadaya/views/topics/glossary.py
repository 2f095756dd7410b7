"""The words of a page, each in three languages, with what they mean.

A notebook shows them at its end; its prose links to them as `#word-case` and the like.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from html import escape

from qadaya.errors import ParameterError
from qadaya.language import LANGUAGES
from qadaya.views.prose.words import Words


@dataclass(frozen=True)
class Term:
    """One term: its code, its word by language, its meaning for the reader."""

    code: str
    names: dict[str, str]
    meaning: str


class Glossary(tuple[Term, ...]):
    """Entries as a list of definitions, each of which a link can reach."""

    __slots__ = ()

    def _repr_html_(self) -> str:
        return f'<dl class="words">{"".join(map(_entry_html, self))}</dl>'


def glossary(*terms: str, language: str = "en") -> Glossary:
    """The named terms in the order given; their codes are those of `_names`.

    Raises: ParameterError for a term that is not explained here.
    """
    names = {code: _names(Words(code)) for code in LANGUAGES}
    meanings = _meanings(Words(language))
    if unknown := [term for term in terms if term not in meanings]:
        raise ParameterError(
            f"terms are {', '.join(unknown)}; expected some of {', '.join(meanings)}"
        )
    ordered = [language, *(code for code in LANGUAGES if code != language)]
    return Glossary(
        Term(term, {code: names[code][term] for code in ordered}, meanings[term])
        for term in terms
    )


def _entry_html(entry: Term) -> str:
    first, *others = _named(entry)
    return (
        f'<div id="word-{entry.code}"><dt>{first} <small>{" · ".join(others)}</small>'
        f"</dt><dd>{escape(entry.meaning)}</dd></div>"
    )


def _named(entry: Term) -> Iterator[str]:
    for language, name in entry.names.items():
        yield f'<bdi lang="{language}">{escape(name)}</bdi>'


def _names(words: Words) -> dict[str, str]:
    return {
        "case": words("case"),
        "return": words("return"),
        "nil": words("nil return"),
        "completeness": words("completeness"),
        "circuit": words("circuit"),
        "platform": words("platform"),
        "stage": words("stage"),
        "cohort": words("cohort"),
        "interval": words("95% interval"),
        "p": words("exact test, p"),
        "limits": words("limits of chance"),
        "break": words("break in series"),
        "rounding": words("rounding, ±"),
        "zero": words("rounded zero"),
        "edition": words("edition"),
        "ledger": words("ledger of published figures"),
    }


def _meanings(words: Words) -> dict[str, str]:
    return {
        "case": words(
            "One accepted row of a court's return. It is not a person: several persons "
            "can be prosecuted in one case."
        ),
        "return": words(
            "The table that one court sends for one year, on the form of the circular "
            "of 14 April 2023."
        ),
        "nil": words(
            "A return that states that there was no case. It is an answer; silence is "
            "not."
        ),
        "completeness": words(
            "The courts that reported, out of those that existed in that year."
        ),
        "circuit": words("A court of appeal with its courts of first instance."),
        "platform": words("Where the report came from: NCMEC or CPS."),
        "stage": words(
            "How far a case has come: under investigation, closed, referred, "
            "prosecuted, decided at first instance, on appeal, in cassation. Each case "
            "is at exactly one."
        ),
        "cohort": words("The cases of one year's returns, followed through the years."),
        "interval": words(
            "Garwood's interval for the mean behind a count, if cases arrive "
            "independently of each other. It covers every count that rounding allows. "
            "It is no sampling error, and no forecast of the next count."
        ),
        "p": words(
            "How often two counts of one and the same mean would lie at least this far "
            "apart, given their sum. A difference is called a rise or a fall where p "
            "is at most 0.05 for every count that rounding allows."
        ),
        "limits": words(
            "What chance allows around the expected count. Of twenty places that "
            "differ by chance alone about one lies outside the limits of 95%."
        ),
        "break": words(
            "A point where the figures stop meaning the same thing. Since the circular "
            "of 14 April 2023 courts report as cases come in."
        ),
        "rounding": words(
            "Small inner counts are changed to 0 or to a base to protect people, and "
            "every other number is a sum of such counts. The figure after ± is the "
            "largest error that this made; it is no sampling error."
        ),
        "zero": words("A 0 on a shared page: a few cases can stand behind it."),
        "edition": words("The tables as of one date, counted once and protected once."),
        "ledger": words(
            "What other bodies have published on the same subject, as printed, each "
            "figure with its source."
        ),
    }
