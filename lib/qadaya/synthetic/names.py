"""What courts call their files: in two languages, with the year or without."""

from random import Random

from qadaya.reference import court_name
from qadaya.synthetic.draft import Draft

SUFFIXES = {"form": "xlsx"}
ARABIC_STEMS = (
    "{court} {year}",
    "إحصائيات {court} برسم سنة {year}",
    "جدول {court} {year}",
    "{id}-{year}",
)
FRENCH_STEMS = ("{court} {year}", "Statistiques {court} {year}", "{id}-{year}")
NAMELESS_STEM = "جدول الإحصائيات {year}"
CORRECTED = {"ar": "_مصحح", "fr": "_rectifié"}


def file_name(rng: Random, draft: Draft, taken: set[str]) -> str:
    """A name that no other file has; a corrected return sorts after the first one."""
    suffix = SUFFIXES.get(draft.format, draft.format)
    stem = _stem(rng, draft)
    if draft.corrects is not None:
        stem = _plain_stem(draft) + CORRECTED[draft.hand.language]
    number = 1
    name = f"{stem}.{suffix}"
    while name in taken:
        number += 1
        name = f"{stem} ({number}).{suffix}"
    taken.add(name)
    return name


def _plain_stem(draft: Draft) -> str:
    return f"{draft.court_id}-{draft.year}"


def _stem(rng: Random, draft: Draft) -> str:
    if draft.replaced:
        return _plain_stem(draft)
    stems = ARABIC_STEMS if draft.hand.language == "ar" else FRENCH_STEMS
    pattern = NAMELESS_STEM if "nameless" in draft.habits else rng.choice(stems)
    year = "" if draft.name_year is None else str(draft.name_year)
    named = pattern.format(
        court=court_name(draft.court_id, draft.hand.language),
        id=draft.court_id,
        year=year,
    )
    return (
        " ".join(named.replace("برسم سنة", "").split()).rstrip("-")
        if (not year)
        else named
    )
