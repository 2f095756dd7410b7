"""Which column of the form a heading names, in Arabic, French or English."""

import re
from functools import cache, lru_cache

from rapidfuzz import fuzz, process

from qadaya.reference import fold
from qadaya.reference.tables import read_rows

OFFICIAL = (
    "court",
    "body",
    "subject",
    "platform",
    "prosecution",
    "first_instance",
    "appeal",
    "cassation",
)
# The court stands in the lines above as well; every other column is needed.
NEEDED = OFFICIAL[1:]
OUTCOMES = "outcomes"
# A row that names fewer columns is no heading.
FEWEST_NAMED = 4
_FIRST = frozenset(OFFICIAL[:4])
_SURE = frozenset({*OFFICIAL, OUTCOMES})
ORDINAL = "ordinal"
REMARKS = "remarks"
_ASIDE = re.compile(
    r"(?<!\S)(?:اختياري|اختياريه|facultati(?:f|ve)|optionnel(?:le)?|optional)(?!\S)"
)
# Without a word for cases it may be a number of a file as well.
_COUNT = re.compile(
    r"(?:ال)?(?:عدد|مجموع) (?:ال)?(?:قضايا|ملفات|محاضر|شكايات|حالات|اشعارات)(?: .*)?"
    r"|(?:nombre|nb|nbre|total) (?:de |d |des )?(?:affaires|dossiers|cas)(?: .*)?"
    r"|(?:number|count|total)(?: of)? cases(?: .*)?"
)
_SPELLINGS = {
    "الجهه المكلفه بالبحث": "body",
    "موضوع الاشعار": "subject",
    "المنصه المعنيه cps necmec": "platform",
    "المنصه المعنيه": "platform",
    "المتابعه": "prosecution",
    "مال القضيه": OUTCOMES,
    "ابتداييا": "first_instance",
    "استينافيا": "appeal",
    "service charge de l enquete": "body",
    "objet du signalement": "subject",
    "plateforme concernee": "platform",
    "poursuites": "prosecution",
    "premiere instance": "first_instance",
    "cassation": "cassation",
}
_SAME_WORD = 88
_LONGEST = 90


@lru_cache(maxsize=4096)
def heading_column(text: str) -> str | None:
    """The column that a whole heading names, None for any other text.

    Besides the columns: `outcomes` (the heading over the three instances), `ordinal`
    and `remarks`, which are no part of the form and do no harm.
    """
    # Asked of every cell of a sheet: a long text is no heading, whatever it begins
    # with.
    if not text or len(text) > _LONGEST:
        return None
    # "(optional)" is no part of a heading's name.
    typed = " ".join(_ASIDE.sub(" ", fold(text)).split())
    if not typed:
        return ORDINAL if text.strip() == "#" else None
    # A whole cell must match: a heading within a sentence names no column.
    columns, pattern = _patterns()
    found = pattern.fullmatch(typed)
    if found and found.lastgroup:
        return columns[found.lastgroup]
    # In a short word one letter makes another word of it.
    return _misspelled(typed) if len(typed) > 6 else None


@lru_cache(maxsize=1024)
def counts_cases(heading: str) -> bool:
    """Whether a column of no form tells how many cases a row stands for."""
    return bool(_COUNT.fullmatch(fold(heading)))


def columns_of_row(row: list[str]) -> dict[int, str]:
    """The columns that the cells of a row name, by position."""
    return {
        position: column
        for position, text in enumerate(row)
        if text and (column := heading_column(text)) is not None
    }


def is_heading_row(named: dict[int, str]) -> bool:
    """Whether a row that names these columns is the heading of a table.

    A row of cases may hold a word that is also a heading ("متابعة"), but never four,
    of which two are none of the words of decisions.
    """
    if len(named) < FEWEST_NAMED:
        return False
    columns = set(named.values())
    return len(columns & _SURE) >= FEWEST_NAMED and len(columns & _FIRST) >= 2


def n_headings(rows: list[list[str]]) -> int:
    """The largest number of official columns that one row names, and the next adds."""
    most = 0
    for row, following in zip(rows, [*rows[1:], []], strict=False):
        columns = set(columns_of_row(row).values())
        # The three instances may stand one row lower, under a heading over all of them.
        if len(columns & set(OFFICIAL)) >= 3:
            columns |= set(columns_of_row(following).values())
        most = max(most, len(columns & set(OFFICIAL)))
        if most == len(OFFICIAL):
            break
    return most


@cache
def _patterns() -> tuple[dict[str, str], re.Pattern[str]]:
    """What a whole folded heading may read; the first that matches counts.

    One pattern of all, and the columns by the names of its groups: asked one by one
    for each cell, the patterns take longer than all the rest.
    """
    # Names of groups may not hold what a heading does, so they are numbered.
    rows = {f"row{n}": row for n, row in enumerate(read_rows("headings.csv"))}
    pattern = "|".join(f"(?P<{n}>{row['pattern']})" for n, row in rows.items())
    return {name: row["column"] for name, row in rows.items()}, re.compile(pattern)


def _misspelled(typed: str) -> str | None:
    best = process.extractOne(
        typed, _SPELLINGS.keys(), scorer=fuzz.ratio, score_cutoff=_SAME_WORD
    )
    return _SPELLINGS[best[0]] if best else None
