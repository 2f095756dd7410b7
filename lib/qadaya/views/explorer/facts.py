"""What the front end is told of an edition: its cube as typed arrays, and its names.

`cube_columns` gives the counts, `edition_facts` what they mean. Both are plain values
that JSON can hold, the same in a notebook and in a page.
"""

import base64
import hashlib
import json
from typing import Any

import numpy as np
import pandas as pd

from qadaya.editions.edition import Edition
from qadaya.inference import MINIMUM_SEEN, compare_counts
from qadaya.language import translator
from qadaya.reference import court_name, courts, tiles
from qadaya.views.explorer.chance import chance_table, error_table
from qadaya.views.explorer.selection import BREAKDOWNS, Choices
from qadaya.views.explorer.stays import chosen_by, court_of, moved_courts
from qadaya.views.frames.grid import STATE_BY_FACTS
from qadaya.views.frames.missing import largest_years
from qadaya.views.frames.places import in_map_order
from qadaya.views.prose.words import Words, kept_together, one_apostrophe
from qadaya.vocabulary import (
    MEASURES,
    NOT_ESTABLISHED,
    PLATFORMS,
    REPORTING,
    RESULTS,
    RESULTS_OF_MEASURE,
    STAGES,
    STAGES_OF_MEASURE,
    label,
)

# The first year of a new way of collecting: nothing before it is compared with after.
BREAKS = {2023: "circular of 14 April 2023"}


def choices_of(edition: Edition) -> Choices:
    """The courts, platforms and years that can be chosen, in their fixed order."""
    reporting = edition.table("reporting")
    moved = moved_courts(reporting)
    homes = reporting.assign(choice=chosen_by(reporting, moved))
    homes = homes.drop_duplicates("choice").set_index("court_id")
    circuits: dict[str, list[str]] = {}
    for court in in_map_order(homes.index):
        for each in homes.loc[[court]].itertuples():
            circuits.setdefault(str(each.circuit_id), []).append(str(each.choice))
    ranked = in_map_order(circuits)
    seen = set(edition.cube["platform"])
    return Choices(
        holder=f"edition {edition.number}",
        circuits={name: _appeal_first(name, circuits[name]) for name in ranked},
        platforms=tuple(p for p in PLATFORMS if p in seen or p in ("NCMEC", "CPS")),
        years=tuple(int(year) for year in edition.years),
        moved=moved,
    )


def cube_columns(cube: pd.DataFrame, choices: Choices) -> dict[str, Any]:
    """The cells as dictionary-coded columns: name -> {"type", "data" in base64}.

    Codes are positions in the lists of `edition_facts`; `n` holds cases. `hidden` is
    there only when a cell is suppressed, and such a cell has `n` = 0.
    """
    years = {str(year): place for place, year in enumerate(choices.years)}
    columns = {
        "court": _coded(chosen_by(cube, choices.moved), choices.courts),
        "platform": _coded(cube["platform"], choices.platforms),
        "year": cube["year"].astype("str").map(years).to_numpy(),
        "stage": _coded(cube["stage"], tuple(STAGES)),
        "result": _coded(cube["result"], tuple(RESULTS)),
        "n": cube["n"].fillna(0).to_numpy(),
    }
    if cube["n"].isna().any():
        columns["hidden"] = cube["n"].isna().to_numpy()
    return {name: packed(values) for name, values in columns.items()}


def packed(values: np.ndarray) -> dict[str, str]:
    """Whole numbers as little-endian bytes in base64, in the narrowest type."""
    top = int(values.max()) if len(values) else 0
    size = 8 if top < 2**8 else 16 if top < 2**16 else 32
    data = values.astype(f"<u{size // 8}").tobytes()
    return {"type": f"Uint{size}Array", "data": base64.b64encode(data).decode()}


def edition_facts(edition: Edition, choices: Choices, language: str) -> dict[str, Any]:
    """Names, reporting, errors and chance, in the language of the reader.

    `states` is STATE_BY_FACTS. `reporting` holds, court by court, the position of each
    year's status in `statuses`. `errors` and `chance`: see `error_table` and
    `chance_table`. `most`: all cases there can be; None where nothing bounds them.
    `largest`: court by court the most it can have reported in a year, None of one that
    never did; None altogether where the edition does not tell that.
    `tiles`: row and column of each circuit; None where one has no place in the grid.
    """
    errors = error_table(edition, choices)
    cases = int(edition.cube["n"].sum())
    error = errors["cases"][-1][-1]["all"]
    most = None if error is None else cases + error
    return {
        "edition": edition.number,
        "audience": edition.audience,
        "synthetic": bool(edition.synthetic),
        "as_of": Words(language).date(edition.as_of),
        "manifest": manifest_digest(edition),
        "years": list(choices.years),
        "courts": _court_facts(choices, edition.table("reporting"), language),
        "circuits": _circuit_facts(choices, language),
        "tiles": _tile_places(choices),
        "platforms": _named("platform", choices.platforms, language),
        "stages": _named("stage", tuple(STAGES), language),
        "results": _named("result", tuple(RESULTS), language),
        "measures": _measure_facts(language),
        "breakdowns": list(BREAKDOWNS),
        "states": list(STATE_BY_FACTS),
        "statuses": list(REPORTING),
        "reporting": _reporting(edition.table("reporting"), choices),
        "largest": _largest(edition, choices),
        "errors": errors,
        "most": most,
        "chance": chance_table(cases if most is None else most),
        "source": "",
        "p_of_3_and_6": kept_together(
            Words(language).p_value(float(compare_counts(3, 6).p))
        ),
        "breaks": _breaks(choices, language),
        "thin": MINIMUM_SEEN,
    }


def manifest_digest(edition: Edition) -> str:
    """The first characters of the manifest's SHA-256, as a citation gives them."""
    manifest = edition.path / "manifest.json"
    content = (
        manifest.read_bytes()
        if manifest.is_file()
        else json.dumps(edition.manifest, sort_keys=True, default=str).encode()
    )
    return hashlib.sha256(content).hexdigest()[:8]


def _appeal_first(circuit: str, members: list[str]) -> tuple[str, ...]:
    return tuple(sorted(members, key=lambda court: court != circuit))


def _coded(column: pd.Series, codes: tuple[str, ...]) -> np.ndarray:
    return pd.Categorical(column, categories=list(codes)).codes.astype("int64")


def _named(kind: str, known: tuple[str, ...], language: str) -> list[dict[str, str]]:
    return [{"id": code, "name": label(kind, code, language)} for code in known]


def _measure_facts(language: str) -> list[dict[str, Any]]:
    stages, results = list(STAGES), list(RESULTS)
    return [
        {
            "id": code,
            "name": label("measure", code, language),
            "stages": [stages.index(stage) for stage in STAGES_OF_MEASURE[code]],
            "results": [results.index(result) for result in RESULTS_OF_MEASURE[code]],
        }
        for code in MEASURES
    ]


def place_name(court_id: str, language: str) -> str:
    """The place of a court; its code when the reference does not know it."""
    if court_id not in courts().index:
        return court_id
    name = court_name(court_id, language, short=True)
    return one_apostrophe(name) if language == "fr" else name


def _court_facts(
    choices: Choices, reporting: pd.DataFrame, language: str
) -> list[dict[str, Any]]:
    """Names of courts; of a stay its court (`of`), and its years in the name."""
    words, facts = Words(language), []
    years = reporting["year"].groupby(chosen_by(reporting, choices.moved)).unique()
    for number, (circuit, members) in enumerate(choices.circuits.items()):
        for choice in members:
            court = court_of(choice, choices.moved)
            place = place_name(court, language)
            appeal = words("Court of Appeal, {place}", place=place)
            also = {place_name(court, other) for other in ("ar", "fr", "en")} - {place}
            fact: dict[str, Any] = {
                "id": choice,
                "circuit": number,
                "name": appeal if court == circuit else place,
                "also": sorted(also),
            }
            if choice != court:
                span = words.years([int(year) for year in years[choice]])
                fact |= {"name": f"{fact['name']} ({span})", "of": court}
            facts.append(fact)
    return facts


def _circuit_facts(choices: Choices, language: str) -> list[dict[str, str]]:
    return [
        {"id": circuit, "name": place_name(circuit, language)}
        for circuit in choices.circuits
    ]


def _tile_places(choices: Choices) -> list[list[int]] | None:
    placed = tiles("circuit")
    if not placed.keys() >= choices.circuits.keys():
        return None
    return [list(placed[circuit]) for circuit in choices.circuits]


def _reporting(reporting: pd.DataFrame, choices: Choices) -> dict[str, str]:
    statuses = list(REPORTING)
    grid = reporting.assign(
        code=reporting["status"].map(statuses.index),
        choice=chosen_by(reporting, choices.moved),
    )
    wide = grid.pivot(index="choice", columns="year", values="code")
    complete = wide.reindex(index=list(choices.courts), columns=list(choices.years))
    # In the years in which it was in another circuit a court is no court of this one.
    elsewhere = statuses.index(NOT_ESTABLISHED)
    return packed(complete.fillna(elsewhere).to_numpy().astype("int64").ravel())


def _largest(edition: Edition, choices: Choices) -> list[int | None] | None:
    largest = largest_years(edition)
    if None in largest.values():
        return None
    return [largest.get(court_of(court, choices.moved)) for court in choices.courts]


def _breaks(choices: Choices, language: str) -> list[dict[str, Any]]:
    gettext = translator(language, "views").gettext
    first, last = choices.years[0], choices.years[-1]
    return [
        {"year": year, "name": gettext(name)}
        for year, name in BREAKS.items()
        if first < year <= last
    ]
