"""The chapter of the public prosecution's annual report, as far as it is published.

Offences of ordinary law by modern means, line by line; the child cases of article
503-2, which the report counts outside that total; and for every missing figure why it
is missing. A figure is what was printed, and where two sources disagree it is none.
"""

from dataclasses import dataclass

import pandas as pd

from qadaya.ledger.figures import load_ledger, without_roundings
from qadaya.ledger.units import Amount

TOTAL, CHILD = "cybercrime_total", "child_pornography_total"
OFFENCES = (
    "sextortion",
    "sexual_harassment",
    "online_fraud",
    "incitement",
    "data_theft",
)
PARAGRAPHS = ("child_pornography_incitement", "child_pornography_production")
# What is printed as the sum of the offences after the largest one or two.
REST = "cybercrime_remaining_offences"
LINES = (*OFFENCES, TOTAL, CHILD, *PARAGRAPHS)
# What is printed of a line beside its counts, all in per cent, and of the chapter.
CHANGES, SHARE = ("yoy_cases", "yoy_persons"), "share_of_cases"
PROFILE = "cybercrime_adult_moroccan_males_share"
# What can be filtered, by what the report counts together; victims are no offenders.
GROUPS = {
    "modern_means": (*OFFENCES, TOTAL),
    "children_in_material": (*PARAGRAPHS, CHILD),
    "data_systems": ("data_systems_total",),
    "platforms": ("platform_ncmec_cps_detected", "platform_ncmec_cps_prosecutions"),
    "against_children": (
        "child_violence_total",
        "child_sexual_assault",
        "child_violence_victims",
        "child_violence_victims_girls",
        "child_violence_victims_boys",
        "child_sexual_assault_victims_girls",
        "child_sexual_assault_victims_boys",
    ),
}
# The prosecution is independent, and reports by itself, since October of this year.
FIRST_REPORT = 2017
# The first year whose report is cited in the ledger for offences against children; of
# the chapter itself nothing was found for it, and the page says so.
FIRST_YEAR = 2019
MEASURES = ("cases", "persons")


@dataclass(frozen=True)
class Published:
    """One figure of the chapter: what was printed, or why there is none.

    `value` is missing where nothing was found ("not_found"), where sources disagree
    ("disagree"; `as_printed` holds both), and where only a sum with others is known
    ("together": `rest` for all the lines named in `others`).
    """

    series: str
    measure: str
    year: int
    value: Amount | None = None
    as_printed: tuple[str, ...] = ()
    source_ids: tuple[str, ...] = ()
    reason: str = ""
    rest: Amount | None = None
    others: tuple[str, ...] = ()


def chapter_years(ledger: pd.DataFrame | None = None) -> list[int]:
    """The years with a page of their own; also those of which nothing was found."""
    figures = load_ledger() if ledger is None else ledger
    last = figures.loc[figures["series"].isin(LINES), "year"].max()
    return list(range(FIRST_YEAR, int(last) + 1))


def figure_of(
    series: str, measure: str, year: int, ledger: pd.DataFrame | None = None
) -> Published:
    """One figure of the ledger with its sources, or without a value and the reason.

    Where one source prints it and another only rounds it, it is what the first prints.
    """
    figures = load_ledger() if ledger is None else ledger
    rows = figures[
        (figures["series"] == series)
        & (figures["measure"] == measure)
        & (figures["year"] == year)
    ]
    rows = without_roundings(rows)
    if rows.empty:
        return Published(series, measure, year, reason="not_found")
    values = rows["value"].unique()
    return Published(
        series,
        measure,
        year,
        value=rows["value"].iloc[0] if len(values) == 1 else None,
        as_printed=tuple(dict.fromkeys(rows["as_printed"])),
        source_ids=tuple(dict.fromkeys(rows["source_id"])),
        reason="" if len(values) == 1 else "disagree",
    )


def chapter(year: int, ledger: pd.DataFrame | None = None) -> list[Published]:
    """Every figure of the chapter of one year: cases and persons of each line.

    In the order of LINES. Where all offences but some are printed with their total,
    those are known together, and only together.
    """
    figures = load_ledger() if ledger is None else ledger
    lines = {
        (series, measure): figure_of(series, measure, year, figures)
        for series in LINES
        for measure in MEASURES
    }
    for measure in MEASURES:
        _known_together(lines, measure, OFFENCES, TOTAL)
        _known_together(lines, measure, PARAGRAPHS, CHILD)
    return list(lines.values())


def printed_beside(year: int, ledger: pd.DataFrame | None = None) -> list[Published]:
    """What is printed of the chapter of a year beside the counts of its lines.

    Shares and changes of its lines, the sum of the smaller offences, who was
    prosecuted, what the platforms detected; only what is printed, nothing missing.
    """
    figures = load_ledger() if ledger is None else ledger
    percents = [f"{name}_{what}" for name in LINES for what in (SHARE, *CHANGES)]
    wanted = [(name, "percent") for name in (*percents, PROFILE)]
    wanted += [(name, "cases") for name in (REST, *GROUPS["platforms"])]
    found = [figure_of(name, measure, year, figures) for name, measure in wanted]
    return [line for line in found if line.source_ids]


def lines_of_groups(ledger: pd.DataFrame | None = None) -> list[Published]:
    """Every line of GROUPS in every year, missing figures with their reason.

    One per line, measure and year from FIRST_REPORT on; a measure in which a line was
    never printed is left out.
    """
    figures = load_ledger() if ledger is None else ledger
    last = chapter_years(figures)[-1]
    years = range(FIRST_REPORT, last + 1)
    chapters = {
        (line_figure.series, line_figure.measure, line_figure.year): line_figure
        for year in years
        for line_figure in chapter(year, figures)
    }
    lines = []
    for series in (name for names in GROUPS.values() for name in names):
        for measure in MEASURES:
            line = [
                chapters.get((series, measure, year))
                or figure_of(series, measure, year, figures)
                for year in years
            ]
            if any(line_figure.reason != "not_found" for line_figure in line):
                lines += line
    return lines


def lines_of(year: int) -> dict[tuple[str, str], Published]:
    """The chapter of one year by line and measure."""
    return {(line.series, line.measure): line for line in chapter(year)}


def _known_together(
    lines: dict[tuple[str, str], Published],
    measure: str,
    parts: tuple[str, ...],
    whole: str,
) -> None:
    """2024: 556 persons less 291, 124 and 13 leaves 128 for two offences together."""
    absent = [part for part in parts if lines[part, measure].value is None]
    total = lines[whole, measure].value
    if total is None or not absent or len(absent) == len(parts):
        return
    present = [lines[part, measure].value for part in parts if part not in absent]
    rest = total - sum(value for value in present if value is not None)
    for part in absent:
        lines[part, measure] = Published(
            part,
            measure,
            lines[part, measure].year,
            reason="together",
            rest=rest,
            others=tuple(other for other in absent if other != part),
        )
