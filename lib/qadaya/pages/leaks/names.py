"""The names that counts stand beside: places, years, bodies, words of the form."""

from collections import defaultdict
from collections.abc import Iterator
from functools import cache

from qadaya.language import LANGUAGES
from qadaya.pages.leaks.carried import plain_digits
from qadaya.reference import bodies, body_name, court_name, courts, fold
from qadaya.vocabulary import codes, label

PLACES = ("court_id", "circuit_id")
SPELLED = {
    "platform": "platform",
    "stage": "stage",
    "result": "result",
    "subject": "subject",
    "first_instance": "first_instance",
    "appeal": "appeal",
    "cassation": "cassation",
}

# What a name can mean: dimension, kind of name, code.
Meaning = tuple[str, str, str]


@cache
def folded(text: str) -> str:
    """A name as it is compared."""
    return fold(plain_digits(text))


@cache
def names() -> dict[str, list[Meaning]]:
    """Every name in every language: dimension, kind of name, code."""
    meanings: dict[str, set[Meaning]] = defaultdict(set)
    for dimension, kind, code, text in (*_place_names(), *_code_names()):
        meanings[folded(text)].add((dimension, kind, code))
    return {text: sorted(named) for text, named in meanings.items() if text}


def _place_names() -> Iterator[tuple[str, str, str, str]]:
    table = courts()
    for court in table.index:
        level = str(table.at[court, "level"])
        dimensions = PLACES if level == "appeal" else PLACES[:1]
        for dimension in dimensions:
            yield dimension, "id", court, court
            for language in LANGUAGES:
                yield dimension, "name", court, court_name(court, language)
                # A city can have a court of each level: read as one or the other.
                city = court_name(court, language, short=True)
                yield dimension, level, court, city


def _code_names() -> Iterator[tuple[str, str, str, str]]:
    for year in range(2000, 2100):
        yield "year", "year", str(year), str(year)
    for body in bodies().index:
        yield "body", "id", body, body
        for language in LANGUAGES:
            yield "body", "name", body, body_name(body, language)
    for dimension, kind in SPELLED.items():
        for code in codes(kind):
            yield dimension, "code", code, code
            for language in LANGUAGES:
                yield dimension, "name", code, label(kind, code, language)
