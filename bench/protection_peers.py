"""Protection by peers and by us on the same tables, and what a reader recovers of it.

tau-ARGUS (its engine on HiGHS, as pytauargus) and ACRO answer here. The R packages
SmallCountRounding, GaussSuppression and sdcTable do not run here: theirs are answers
that they have published for a table of their own. Counts to 4 are small unless said
otherwise. The table is read in docs/protection-compared.md.
"""

import time
from collections.abc import Callable, Sequence
from typing import Any, Literal

import numpy as np
import pandas as pd
from _figures import Figure, Findings, Table, arguments
from _peers import Refused, answer_of, versions
from _recovered import (
    LARGEST_SMALL,
    Margin,
    Told,
    attributes,
    errors_of,
    masks,
    of_hidden,
    of_needed,
    of_rounded,
    of_spans,
)
from protection import CIRCUITS, all_margins, simulated

from sdctables import TOTAL, CellTable, Rule, published_cells, round_counts, suppress

# Introduction to SmallCountRounding (2228747), tables 1, 2 and 3.
SMALL = [[6, 0, 1, 3, 4], [1, 2, 3, 1, 2], [0, 1, 1, 0, 2]]
ALL_ROUNDED = [[6, 0, 0, 5, 5], [0, 0, 5, 0, 5], [0, 0, 0, 0, 0]]
NEEDED_ROUNDED = [[6, 0, 0, 5, 4], [1, 0, 5, 0, 2], [0, 5, 0, 0, 0]]
# GaussSuppression 1.2.3, "Small count frequency table suppression", table 1, maxN = 1.
AGES = [[5, 2, 0], [6, 3, 4]]
HIDDEN_BY_GAUSS = {(0, 1), (0, 2), (1, 1), (1, 2)}
# sdcTable, its test of two linked tables: areas, counties and large ones.
AREAS = {"A": 2, "B": 2, "I": 8, "J": 8, "K": 3, "L": 3, "M": 3, "N": 7}
HIDDEN_BY_SDCTABLE = "ABKLMN"

HEADS = ("answer", "hidden", "cases", "errors of sums", "seconds")
HEADS = (*HEADS, "known, plain", "known, rule-aware")
PEER = "tau-ARGUS OPT"


def main() -> None:
    asked = arguments(__doc__, repeats=1)
    findings = asked.findings
    add(findings, "3 x 5, 27 cases, rounded to 5", rounded_small())
    add(findings, "3 x 5, 27 cases, hidden", hidden_by_all(grid(SMALL)))
    add(findings, "2 x 3, 20 cases, counts to 1 hidden, zeros too", hidden_ages())
    add(findings, "8 areas in two linked tables, counts to 3 hidden", hidden_areas())
    cells = simulated(0, CIRCUITS, cases=(32, 30, 44))
    add(findings, "23 circuits x 4 outcomes, 106 cases", two_way(cells))
    if not asked.small:
        add(findings, "23 x 2 x 3 x 4, 106 cases, all sums", whole_cube(cells))
    findings.note(f"Asked here: {', '.join(versions())}; the others have published.")


# ---- the tables ----


def rounded_small() -> list[Told]:
    cells = grid(SMALL)
    margins = all_margins(cells)
    sums = [margin for margin in margins if len(margin) < 2]
    theirs = cells.assign(published=np.ravel(ALL_ROUNDED))
    needed = cells.assign(published=np.ravel(NEEDED_ROUNDED))
    return [
        ours_rounded("ours", cells, margins, base=5),
        of_rounded("SmallCountRounding", theirs, margins, sums, base=5),
        ours_rounded("ours, sums alone printed", cells, sums, base=5),
        ours_where_needed("ours, only where needed", cells, sums, base=5),
        Told(
            "SmallCountRounding, sums alone",
            errors=errors_of(needed, sums),
            aware=of_needed(needed, sums, base=5),
        ),
        tau_rounded(cells, margins, base=5),
        tau_rounded(cells, margins, base=10),
        acro_rounded(cells),
    ]


def hidden_ages() -> list[Told]:
    published = published_cells(grid(AGES), all_margins(grid(AGES)))
    theirs = {(f"row {row}", f"column {column}") for row, column in HIDDEN_BY_GAUSS}
    hidden = [key in theirs for key in keys_of(published)]
    rule = hiding(1, zeros="protect")
    return [
        ours_hidden("ours", published, rule),
        of_hidden("GaussSuppression", published, hidden, rule),
    ]


def hidden_areas() -> list[Told]:
    """The same answers for a reader who is told why a figure is hidden, and who not."""
    rows = [
        (area, "1" if area in "ABIJ" else "2", "big" if area in "LM" else "small", n)
        for area, n in AREAS.items()
    ]
    cells = pd.DataFrame(rows, columns=["area", "county", "size", "n"])
    tables: list[Margin] = [("area", "county", "size"), ("county",), ("size",), ()]
    published = published_cells(cells, tables)
    hidden = published["area"].isin(list(HIDDEN_BY_SDCTABLE)).tolist()
    told = []
    for marks, said in (("hidden", ""), ("kind", ", reasons told")):
        rule = hiding(3, marks=marks)
        told.append(ours_hidden(f"ours{said}", published, rule))
        told.append(of_hidden(f"sdcTable{said}", published, hidden, rule))
    return told


def two_way(cells: pd.DataFrame) -> list[Told]:
    """Circuit by outcome: ACRO prints tables of two columns."""
    table = cells.groupby(["circuit", "outcome"], as_index=False)["n"].sum()
    return [
        *hidden_by_all(table),
        acro_beside(cells, table),
        ours_rounded("ours, rounded to 5", table, all_margins(table), base=5),
        acro_rounded(table),
    ]


def whole_cube(cells: pd.DataFrame) -> list[Told]:
    margins = all_margins(cells)
    return [
        *hidden_by_all(cells, acro=False),
        ours_rounded("ours, rounded to 5", cells, margins, base=5),
        tau_rounded(cells, margins, base=5),
        tau_rounded(cells, margins, base=100),
    ]


def hidden_by_all(cells: pd.DataFrame, *, acro: bool = True) -> list[Told]:
    published = published_cells(cells, all_margins(cells))
    asked = [("tau-ARGUS OPT", "tau-argus", "OPT(1)")]
    asked.append(("tau-ARGUS MOD", "tau-argus", "MOD(1)"))
    if acro:
        asked.append(("ACRO suppress", "acro", "suppress"))
    told = [ours_hidden("ours", published, hiding(LARGEST_SMALL))]
    for what, tool, method in asked:
        told.append(peer_hidden(what, tool, method, cells, published))
    return told


# ---- ours ----


def hiding(
    threshold: int,
    zeros: Literal["show", "protect"] = "show",
    marks: Any = "hidden",
) -> Rule:
    settings = {"zeros": zeros, "marks": marks, "totals": "hide"}
    return Rule(method="suppression", threshold=threshold, **settings)


def ours_hidden(what: str, published: CellTable, rule: Rule) -> Told:
    began = time.perf_counter()
    done = suppress(published, rule=rule, seed=1)
    seconds = time.perf_counter() - began
    hidden = (done["status"] != "shown").tolist()
    return of_hidden(what, published, hidden, rule, seconds)


def ours_rounded(
    what: str, cells: pd.DataFrame, margins: Sequence[Margin], *, base: int
) -> Told:
    rule = Rule(method="rounding", base=base)
    rounded, report = round_counts(cells, margins, rule=rule, seed=1, gap=0.02)
    sums = [margin for margin in margins if len(margin) < len(attributes(cells))]
    return of_rounded(what, rounded, margins, sums, base=base, seconds=report.seconds)


def ours_where_needed(
    what: str, cells: pd.DataFrame, sums: Sequence[Margin], *, base: int
) -> Told:
    rule = Rule(method="rounding", base=base)
    rounded, report = round_counts(
        cells, sums, rule=rule, seed=1, only_where_needed=True
    )
    return Told(
        what,
        errors=errors_of(rounded, sums),
        seconds=report.seconds,
        aware=of_needed(rounded, sums, base=base),
    )


# ---- peers ----


def or_refused(what: str, told: Callable[[], Told]) -> Told:
    try:
        return told()
    except Refused as reason:
        return Told(f"{what}: {reason}", refused=True)


def peer_hidden(
    what: str, tool: str, method: str, cells: pd.DataFrame, published: CellTable
) -> Told:
    def told() -> Told:
        printed, seconds = answer_of(tool, method, cells, LARGEST_SMALL)
        # A figure that is not the sum of all its cases shows no count of this table.
        pairs = zip(keys_of(published), published["n"], strict=True)
        hidden = [printed.get(key) != n for key, n in pairs]
        return of_hidden(what, published, hidden, hiding(LARGEST_SMALL), seconds)

    return or_refused(what, told)


def acro_beside(cells: pd.DataFrame, table: pd.DataFrame) -> Told:
    """Its table by outcome, beside its table by platform of the same cases.

    Each table's totals are those of what it shows: where the second hides nothing of a
    circuit its total is the true one, and more than the first lets through.
    """

    def told() -> Told:
        other = cells.groupby(["circuit", "platform"], as_index=False)["n"].sum()
        first, seconds = answer_of("acro", "suppress", table, LARGEST_SMALL)
        second, more = answer_of("acro", "suppress", other, LARGEST_SMALL)
        published = published_cells(table, all_margins(table))
        hidden = []
        for key, n in zip(keys_of(published), published["n"], strict=True):
            known = {first.get(key)}
            if key[1] == TOTAL:
                known.add(second.get(key))
            hidden.append(n not in known)
        rule = hiding(LARGEST_SMALL)
        return of_hidden(what, published, hidden, rule, seconds + more)

    what = "ACRO suppress, two tables"
    return or_refused(what, told)


def acro_rounded(cells: pd.DataFrame) -> Told:
    """Each cell to the nearest 5, totals as sums of that."""

    def told() -> Told:
        printed, seconds = answer_of("acro", "round", cells, LARGEST_SMALL)
        figures = [printed.get(key) or 0 for key in keys_of(cells)]
        spans = zip(np.eye(len(cells), dtype=bool), figures, strict=True)
        sums = [margin for margin in all_margins(cells) if len(margin) < 2]
        return Told(
            "ACRO round to 5",
            errors=errors_of(cells.assign(published=figures), sums),
            seconds=seconds,
            aware=of_spans(cells, spans, apart=3),
        )

    return or_refused("ACRO round to 5", told)


def tau_rounded(cells: pd.DataFrame, margins: Sequence[Margin], *, base: int) -> Told:
    """Every figure, sums too, to a multiple beside it, so that all add up."""
    what = f"tau-ARGUS RND({base})"

    def told() -> Told:
        printed, seconds = answer_of("tau-argus", f"RND(1,{base})", cells, 0)
        inner = [printed.get(key) or 0 for key in keys_of(cells)]
        rounded = cells.assign(published=inner)
        spans = [
            (mask, int(rounded["published"][mask].sum()))
            for mask in masks(cells, margins)
        ]
        sums = [margin for margin in margins if len(margin) < len(attributes(cells))]
        return Told(
            what,
            errors=errors_of(rounded, sums),
            seconds=seconds,
            aware=of_spans(cells, spans, apart=base),
        )

    return or_refused(what, told)


# ---- said ----


def keys_of(cells: pd.DataFrame | CellTable) -> list[tuple[str, ...]]:
    if isinstance(cells, CellTable):
        names, cells = list(cells.attributes), cells.frame
    else:
        names = attributes(cells)
    return list(cells[names].itertuples(index=False, name=None))


def grid(counts: list[list[int]]) -> pd.DataFrame:
    rows = [
        (f"row {row}", f"column {column}", n)
        for row, line in enumerate(counts)
        for column, n in enumerate(line)
    ]
    return pd.DataFrame(rows, columns=["row", "column", "n"])


def add(findings: Findings, title: str, told: list[Told]) -> None:
    """The answers in a table, and the seconds of ours beside those of a peer."""
    lines = [
        (one.what, one.hidden, one.cases, one.errors, one.took, one.plain, one.aware)
        for one in told
    ]
    findings.add_table(Table(title, [HEADS, *lines]))
    seconds = {one.what: one.seconds for one in told if one.seconds is not None}
    if PEER in seconds and "ours" in seconds:
        ratio = seconds["ours"] / seconds[PEER]
        findings.add(Figure(f"{title}: ours / {PEER}", "times", [ratio]))


if __name__ == "__main__":
    main()
