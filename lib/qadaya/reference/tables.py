"""The reference tables, read once, as rows and as frames: courts, bodies, regions.

They lie in the package (in a checkout: `data/reference`). Sources stand in the files
themselves (`source_id`) and in `judicial_map_sources.csv`.
"""

import csv
import io
from functools import cache
from typing import TYPE_CHECKING

from qadaya.errors import ParameterError
from qadaya.language import LANGUAGES
from qadaya.packaged import packaged_file

# To check a file takes rows alone: pandas, which takes longer to load than the file to
# read, comes with the first frame.
if TYPE_CHECKING:
    import pandas as pd

_COURT_COLUMNS = [
    "level",
    "name_ar",
    "name_fr",
    "name_en",
    "city_ar",
    "city_fr",
    "parent_court_id",
    "region_iso",
    "valid_from",
    "circuit_id",
]


@cache
def read_rows(name: str) -> list[dict[str, str]]:
    """The rows of one reference table, as typed there; read once.

    Do not change them: every caller is given the same.
    Raises: QadayaError when the package does not hold the file.
    """
    table = packaged_file(f"reference/data/{name}")
    columns, *lines = csv.reader(io.StringIO(table.read_text(encoding="utf-8-sig")))
    return [dict(zip(columns, line, strict=True)) for line in lines]


@cache
def courts() -> "pd.DataFrame":
    """All courts, courts of appeal first, indexed by `court_id`.

    One row is one court. `level` is appeal or first_instance; `valid_from` is the first
    year of a recent court, missing for an old one; `circuit_id` is the court of appeal
    it belongs to today (itself, for a court of appeal). Do not change the frame: it is
    read once.
    """
    import pandas as pd

    table = pd.DataFrame(read_rows("courts.csv")).set_index("court_id")
    table = table.replace("", pd.NA)
    table["valid_from"] = pd.to_numeric(table["valid_from"]).astype("Int64")
    own = pd.Series(table.index, index=table.index)
    table["circuit_id"] = table["parent_court_id"].fillna(own)
    return table[_COURT_COLUMNS]


@cache
def bodies() -> "pd.DataFrame":
    """The investigating bodies by `body_id`: name_ar, name_fr, name_en, variants.

    `variants` are other names of the body, parted by a vertical bar.
    """
    import pandas as pd

    table = pd.DataFrame(read_rows("investigating_bodies.csv")).set_index("body_id")
    return table[["name_ar", "name_fr", "name_en", "variants"]]


@cache
def regions() -> "pd.DataFrame":
    """The twelve regions, indexed by `region_iso`.

    Columns: name_ar, name_fr, name_en, population_2024 (persons, legal population of
    1 September 2024) and children (persons aged 0 to 14, `age_band`). Do not divide
    the two: they rest on different populations, see docs/method.md.
    """
    import pandas as pd

    table = pd.DataFrame(read_rows("regions.csv")).set_index("region_iso")
    table = table.rename(columns={"population_u18_or_0_14": "children"})
    numbers = {"population_2024": "int64", "children": "int64"}
    return table.astype(numbers)


@cache
def tiles(kind: str) -> dict[str, tuple[int, int]]:
    """Row and column of the tile of each circuit or region, as `kind` says.

    Both count from 1 in the north-west. Tiles say roughly where a place lies: north of
    another is above it, west of its neighbours left of them. Kinds: circuit, region.
    """
    return {
        row["place_id"]: (int(row["row"]), int(row["column"]))
        for row in read_rows("tiles.csv")
        if row["kind"] == kind
    }


@cache
def circuits() -> dict[str, str]:
    """The court of appeal of each court today."""
    return {
        row["court_id"]: row["parent_court_id"] or row["court_id"]
        for row in read_rows("courts.csv")
    }


@cache
def _names() -> dict[str, dict[str, str]]:
    rows = read_rows("courts.csv") + read_rows("investigating_bodies.csv")
    return {row.get("court_id") or row["body_id"]: row for row in rows}


def circuit_of(court_id: str) -> str:
    """The court of appeal of a court today: itself, for a court of appeal.

    Raises: ParameterError for an id that is not in courts.csv.
    """
    if court_id not in circuits():
        raise _unknown("court", court_id, "courts.csv")
    return circuits()[court_id]


def court_name(court_id: str, language: str, *, short: bool = False) -> str:
    """A court's name in ar, fr or en; `short` gives the city only, for a chart.

    The three courts of Casablanca share a city, so their short names add the branch.
    Raises: ParameterError for an unknown court or language.
    """
    circuit_of(court_id)
    row = _names()[court_id]
    if not short:
        return row[f"name_{_checked(language)}"]
    city = _city(row, language)
    branch = _BRANCHES.get(court_id, {}).get(language)
    return f"{city} ({branch})" if branch else city


def body_name(body_id: str, language: str) -> str:
    """An investigating body's name in ar, fr or en.

    Raises: ParameterError for an unknown body or language.
    """
    row = _names().get(body_id)
    if row is None or "body_id" not in row:
        raise _unknown("body", body_id, "investigating_bodies.csv")
    return row[f"name_{_checked(language)}"]


_BRANCHES = {
    "tpi-casablanca-civile": {"ar": "المدنية", "fr": "civil", "en": "civil"},
    "tpi-casablanca-penale": {"ar": "الزجرية", "fr": "pénal", "en": "criminal"},
    "tpi-casablanca-sociale": {"ar": "الاجتماعية", "fr": "social", "en": "social"},
}


def _city(row: dict[str, str], language: str) -> str:
    if _checked(language) != "en":
        return row[f"city_{language}"]
    # English spellings of cities stand only inside the court's English name.
    return row["name_en"].rpartition(" of ")[2]


def _checked(language: str) -> str:
    if language not in LANGUAGES:
        raise ParameterError(
            f"language is {language!r}; expected one of {', '.join(LANGUAGES)}"
        )
    return language


def _unknown(kind: str, found: str, table: str) -> ParameterError:
    return ParameterError(
        f"{kind} is {found!r}; expected an id of data/reference/{table}"
    )
