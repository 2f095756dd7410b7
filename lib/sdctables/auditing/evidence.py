"""All that one audit looks at: releases, and totals that are public elsewhere."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import pandas as pd
from scipy import sparse

from sdctables.auditing.constraints import Columns, Constraints
from sdctables.auditing.reader import learn, learn_totals
from sdctables.auditing.release import Release, read_release
from sdctables.cells.checks import TOTAL, whole_counts
from sdctables.cells.incidence import InnerCells, patterns
from sdctables.cells.table import CellTable, as_table
from sdctables.errors import ParameterError
from sdctables.rule import Reader, Rule
from sdctables.solver import INFINITY

# What may have happened to a true count between two editions, strongest belief first.
Changes = Literal["none", "added", "any"]
CHANGES: tuple[Changes, ...] = ("none", "added", "any")

_TOTALS = "a frame of attributes and n, or a list of mappings"

Cells = CellTable | pd.DataFrame
Earlier = Cells | tuple[Cells, Rule]
Total = Mapping[str, Any] | tuple[Mapping[str, Any], int]
External = pd.DataFrame | Total | Iterable[Total | pd.DataFrame]


@dataclass(frozen=True)
class Evidence:
    """Everything one audit looks at."""

    present: Release
    earlier: list[Release]
    totals: pd.DataFrame

    @property
    def releases(self) -> list[Release]:
        return [*self.earlier, self.present]

    @property
    def behind(self) -> InnerCells:
        return self.present.behind


def gather(
    published: Cells,
    rule: Rule | None,
    reader: Reader | str,
    external: External,
    earlier: Earlier | Iterable[Earlier],
    bounds: Mapping[Any, Any] | None,
    inner: pd.DataFrame | None,
) -> Evidence:
    """Read everything once, with one clear error for whatever cannot be used."""
    reader = Reader.of(reader)
    table = as_table(published)
    table = table if bounds is None else table.of(bounds=bounds)
    table = table if inner is None else table.of(inner=inner)
    # From here on no true count is at hand: a release has what is shown and no more.
    present = read_release(table, rule=rule, reader=reader)
    reader.require_audit_of(present.rule)
    olds = []
    for number, vintage in enumerate(_vintages(earlier), start=1):
        cells, old_rule = vintage if isinstance(vintage, tuple) else (vintage, None)
        old_table, name = as_table(cells), f"earlier edition {number}"
        _require_same_attributes(old_table, present, name)
        # The rule in its own notes; without any it is taken to be the present one.
        own = old_rule or old_table.rule or present.rule
        olds.append(read_release(old_table, rule=own, reader=reader, name=name))
    return Evidence(present, olds, _totals(external, present.attributes))


def _vintages(earlier: Earlier | Iterable[Earlier]) -> list[Earlier]:
    """Earlier editions, oldest first; one alone counts as a list of one."""
    if isinstance(earlier, pd.DataFrame | CellTable) or _with_rule(earlier):
        return [earlier]  # type: ignore[list-item]
    vintages = _listed(earlier, "earlier", "a list of tables of published cells")
    for vintage in vintages:
        if not isinstance(vintage, pd.DataFrame | CellTable) and not _with_rule(
            vintage
        ):
            raise ParameterError(
                f"earlier: has a {type(vintage).__name__}; expected tables of "
                "published cells, each alone or as (table, rule)"
            )
    return vintages


def _with_rule(one: object) -> bool:
    if not isinstance(one, tuple) or len(one) != 2:
        return False
    return isinstance(one[0], pd.DataFrame | CellTable) and isinstance(one[1], Rule)


def _listed(given: Any, name: str, expected: str) -> list[Any]:
    if isinstance(given, str) or not isinstance(given, Iterable):
        raise ParameterError(f"{name} is a {type(given).__name__}; expected {expected}")
    return list(given)


def constraints_of(evidence: Evidence, changes: Changes) -> tuple[Constraints, Columns]:
    """The rows of a reader, and where the present inner cells are among the columns."""
    constraints = Constraints()
    columns = _columns(constraints, evidence.releases, changes)
    # Columns before rows: a row can tie counts of two editions to one threshold.
    thresholds = _thresholds(constraints, evidence.releases)
    for release, counts, above in zip(
        evidence.releases, columns, thresholds, strict=True
    ):
        learn(constraints, release, counts, above)
        _learn_bounds(constraints, release, counts)
    # Totals from elsewhere are those of the present counts, not of earlier ones.
    if len(evidence.totals):
        totals = evidence.totals["n"].to_numpy(dtype=float)
        learn_totals(constraints, evidence.totals, totals, evidence.behind, columns[-1])
    return constraints, columns[-1]


def _require_same_attributes(old: CellTable, present: Release, name: str) -> None:
    if set(old.attributes) != set(present.attributes):
        raise ParameterError(
            f"{name} has the attributes {', '.join(old.attributes)}; expected "
            f"{', '.join(present.attributes)}, as in the present one"
        )


def _columns(
    constraints: Constraints, releases: list[Release], changes: Changes
) -> list[Columns]:
    """Where the counts of each edition are: the same columns if nothing changed."""
    # "none": one column for a cell, whatever the edition. Else one for each edition,
    # tied to the one before by `added` or by nothing.
    places = _places(releases)
    if changes == "none":
        size = max(int(place.max()) for place in places) + 1
        columns = constraints.add_columns(np.full(size, INFINITY))
        return [columns[place] for place in places]
    by_edition: list[Columns] = []
    for number, place in enumerate(places):
        counts = constraints.add_columns(np.full(len(place), INFINITY))
        if number and changes == "added":
            _learn_added(constraints, by_edition[-1], places[number - 1], counts, place)
        by_edition.append(counts)
    return by_edition


def _thresholds(
    constraints: Constraints, releases: list[Release]
) -> list[Columns | None]:
    """Where the thresholds of each edition are, less 1; None where each has its own.

    Editions of one base that keep them share them: p = 0 says x < t, p = base x >= t.
    So 3 and then 0 says that cases went away, and none that only came in late.
    """
    places = _places(releases)
    # Only editions of one base and of the same exact margins share thresholds.
    kept = [release.kept_thresholds for release in releases]
    thresholds: list[Columns | None] = [None] * len(releases)
    for group in dict.fromkeys(own for own in kept if own is not None):
        members = [number for number, own in enumerate(kept) if own == group]
        # Of a single edition a threshold says nothing: any count has one that fits.
        if len(members) < 2:
            continue
        size = max(int(place.max()) for place in places) + 1
        # t from 0 to base - 1, so that x <= t says "below the threshold".
        columns = constraints.add_columns(np.full(size, group[0] - 1.0))
        for number in members:
            thresholds[number] = columns[places[number]]
    return thresholds


def _places(releases: list[Release]) -> list[Columns]:
    """The same number for the same inner cell in every edition."""
    by = releases[-1].attributes
    # Numbered together, so that a cell has one number in all of them.
    every = pd.concat([release.behind.keys[by] for release in releases])
    number = every.groupby(by, sort=False).ngroup().to_numpy(dtype=np.intp)
    sizes = [len(release.behind) for release in releases]
    return np.split(number, np.cumsum(sizes)[:-1])


def _learn_added(
    constraints: Constraints, old: Columns, before: Columns, new: Columns, now: Columns
) -> None:
    """No count is lower in the next edition: cases come in late, none goes away."""
    _, first, second = np.intersect1d(before, now, return_indices=True)
    # n (now) - n (before) >= 0, for cells that both editions have.
    one = sparse.identity(len(first), format="csr")
    names = np.array(["cases are only added"] * len(first), dtype=object)
    constraints.add_rows(
        [(one, new[second]), (-one, old[first])], 0, INFINITY, None, names
    )


def _totals(external: External, attributes: list[str]) -> pd.DataFrame:
    """Outside totals as cells: "Total" in every attribute that is not named."""
    given = _given_totals(external)
    known = {*attributes, "n"}
    for total in given:
        if "n" not in total or (unknown := set(total) - known - {"status"}):
            odd = ", ".join(map(str, unknown)) if "n" in total else "no n"
            raise ParameterError(
                f"external {total}: {odd}; expected n and some of "
                f"{', '.join(attributes)}"
            )
    totals = pd.DataFrame(
        [{name: total.get(name, TOTAL) for name in attributes} for total in given],
        columns=attributes,
        dtype="object",
    )
    totals["n"] = pd.Series([total["n"] for total in given], dtype="object")
    return totals.assign(n=whole_counts(totals, attributes)) if given else totals


def _given_totals(
    external: External,
) -> list[dict[str, Any]]:
    """Each total by itself, from frames, mappings and (cell, count) in any mixture."""
    if isinstance(external, pd.DataFrame | Mapping):
        external = [external]
    totals: list[dict[str, Any]] = []
    for total in _listed(external, "external", _TOTALS):
        if isinstance(total, pd.DataFrame):
            rows = total.itertuples(index=False, name=None)
            totals += [dict(zip(total.columns, row, strict=True)) for row in rows]
        else:
            totals.append(_one_total(total))
    return totals


def _one_total(total: object) -> dict[str, Any]:
    if isinstance(total, Mapping):
        return dict(total)
    if isinstance(total, tuple) and len(total) == 2 and isinstance(total[0], Mapping):
        return {**total[0], "n": total[1]}
    raise ParameterError(
        f"external: has {total!r}; expected {_TOTALS}, for example "
        '[{"year": 2023, "n": 30}]'
    )


def _learn_bounds(constraints: Constraints, release: Release, counts: Columns) -> None:
    """The printed largest error of a margin holds for each of its cells."""
    if not release.bounds or not release.reader.has_rule:
        return
    incidence = release.behind.incidence(release.cells)
    for margin, rows in patterns(release.cells, release.attributes).items():
        largest = release.bounds.get(frozenset(margin))
        if largest is not None:
            # |published - true| <= largest, so published - largest <= true and so
            # above.
            near, far = release.shown[rows] - largest, release.shown[rows] + largest
            constraints.add_rows([(incidence[rows], counts)], near, far, release, rows)
