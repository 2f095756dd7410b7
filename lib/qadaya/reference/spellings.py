"""Every spelling of a court: kinds, cities, full names, folded and read once."""

import re
from functools import cache

from qadaya.reference.folding import fold
from qadaya.reference.tables import read_rows

# Words of the folded text that say which kind of court follows. Longest first.
LEVELS = {
    "appeal": (
        "الوكيل العام للملك لدي محكمه الاستيناف",
        "النيابه العامه لدي محكمه الاستيناف",
        "محكمه الاستيناف",
        "محكمه استيناف",
        "محكمه الاستناف",
        "المحكمه الاستينافيه",
        "الدايره الاستينافيه",
        "الدايره القضاييه",
        "استينافيه",
        "غرفه الجنايات الابتداييه",
        "غرفه الجنايات الاستينافيه",
        "غرفه الجنايات",
        "الوكيل العام للملك",
        "الوكيل العام",
        "cour d appel",
        "cour dappel",
        "cour appel",
        "court of appeal",
        "court of appeals",
        "appeal court",
        "circuit",
        "ca",
    ),
    "first_instance": (
        "وكيل الملك لدي المحكمه الابتداييه",
        "النيابه العامه لدي المحكمه الابتداييه",
        "المحكمه الابتداييه",
        "محكمه الابتداييه",
        "محكمه ابتداييه",
        "ابتداييه",
        "الابتداييه",
        "وكيل الملك",
        "tribunal de premiere instance",
        "tribunal de 1ere instance",
        "tribunal de 1 ere instance",
        "tribunal de la premiere instance",
        "tribunal premiere instance",
        "tribunal 1ere instance",
        "court of first instance",
        "first instance court",
        "tribunal",
        "tpi",
        "t p i",
    ),
    "any": ("المحكمه", "محكمه", "juridiction", "cour", "court"),
}
LEVEL_OF = {name: level for level, names in LEVELS.items() for name in names}
LEVEL = re.compile(
    r"(?<!\S)[بلو]?("
    + "|".join(sorted(map(re.escape, LEVEL_OF), key=len, reverse=True))
    + r")(?!\S)"
)


def level_of(court_id: str) -> str:
    """Whether a court is one of appeal or of first instance."""
    return "appeal" if court_id.startswith("ca-") else "first_instance"


def level_word(alias: str) -> str | None:
    """The kind of court that a folded name begins with, if it does."""
    mark = LEVEL.match(alias)
    return LEVEL_OF[mark[1]] if mark else None


def size_of_known_name(tokens: list[str], position: int) -> int:
    """How many words from a position on are a name that says it is a court's, or 0."""
    sizes, longest = _full_names()
    for size in range(min(longest, len(tokens) - position), 0, -1):
        if " ".join(tokens[position : position + size]) in sizes:
            return size
    return 0


@cache
def _full_names() -> tuple[frozenset[str], int]:
    """The spellings that are more than a city, and the words of the longest."""
    names = frozenset(spellings()) - frozenset(cities())
    return names, max(len(name.split()) for name in names)


@cache
def courts_by_city() -> dict[str, tuple[str, ...]]:
    """The courts that sit in each city: `{"sale": ("tpi-sale",)}`."""
    courts_by_city: dict[str, tuple[str, ...]] = {}
    for row in read_rows("courts.csv"):
        city = row["court_id"].partition("-")[2]
        if row["city_fr"] == "Casablanca":
            city = "casablanca"
        courts_by_city[city] = (*courts_by_city.get(city, ()), row["court_id"])
    return courts_by_city


@cache
def cities() -> dict[str, str]:
    """The city that each folded spelling of a city means."""
    return {
        fold(row["alias"]): row["court_id_or_city"].removeprefix("city:")
        for row in read_rows("court_aliases.csv")
        if row["court_id_or_city"].startswith("city:")
        and not LEVEL.match(fold(row["alias"]))
    }


@cache
def spellings() -> dict[str, tuple[str, ...]]:
    """Every known spelling, folded, and the courts it may mean."""
    index: dict[str, tuple[str, ...]] = {}
    for row in read_rows("court_aliases.csv"):
        city = row["court_id_or_city"].removeprefix("city:")
        ids = courts_by_city().get(city, (row["court_id_or_city"],))
        alias = fold(row["alias"])
        # An alias of a city that names a kind of court means the courts of that kind.
        mark = LEVEL.match(alias)
        if mark and city != row["court_id_or_city"]:
            ids = tuple(c for c in ids if level_of(c) == LEVEL_OF[mark[1]]) or ids
        index[alias] = ids
    for row in read_rows("courts.csv"):
        for name in ("court_id", "name_ar", "name_fr", "name_en"):
            index[fold(row[name])] = (row["court_id"],)
    return index
