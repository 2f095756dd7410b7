"""Cases over the years, by platform or in all, with intervals and breaks in the series.

The circular of 14 April 2023 asked for 2021 and 2022 at once and for every later case
as it came: what was gathered afterwards and what was reported as it came are not one
series, so no line crosses from 2022 to 2023.
"""

from collections.abc import Sequence

import pandas as pd
import plotly.graph_objects as go

from qadaya.editions.edition import Edition
from qadaya.inference import Change, YearCount
from qadaya.views.charts.style import (
    Frame,
    Words,
    finished,
    rounding_note,
    source_of,
)
from qadaya.views.charts.years_drawn import (
    SHIFT,
    lay_out,
    name_at_the_end,
    platform_name,
    platform_traces,
)
from qadaya.views.frames.counts import cases_table, rounding_error
from qadaya.views.prose.states import twin_rows
from qadaya.vocabulary import label


def cases_by_year(
    edition: Edition,
    *,
    language: str = "en",
    measure: str = "cases",
    years: Sequence[int] | None = None,
) -> go.Figure:
    """Cases by year and platform with 95 % chance intervals and the break of 2023.

    Cases that came through both platforms are a line of their own where there are any.
    """
    words = Words(language)
    counts = cases_table(edition, by=["platform", "year"], measure=measure, years=years)
    error = rounding_error(
        edition, by=["platform", "year"], measure=measure, years=years
    )
    used = counts.groupby("platform")["n"].transform("sum") > 0
    # Both platforms of the circular stay, also with no case at all.
    counts = counts[used | counts["platform"].isin(["NCMEC", "CPS"])]
    kind = label("measure", measure, language)
    title = words("{measure} by year and platform", measure=kind)
    return _years_chart(edition, counts, title, error, words)


def total_by_year(
    edition: Edition,
    *,
    language: str = "en",
    measure: str = "cases",
    years: Sequence[int] | None = None,
) -> go.Figure:
    """Cases by year over all platforms, with 95 % chance intervals and the break."""
    words = Words(language)
    counts = cases_table(edition, by=["year"], measure=measure, years=years)
    counts = counts.assign(platform="total")
    error = rounding_error(edition, by=["year"], measure=measure, years=years)
    kind = label("measure", measure, language)
    title = words("{measure} by year", measure=kind)
    return _years_chart(edition, counts, title, error, words)


def _years_chart(
    edition: Edition,
    counts: pd.DataFrame,
    title: str,
    error: int | None,
    words: Words,
) -> go.Figure:
    counts = counts.reset_index(drop=True)
    counts["name"] = [platform_name(code, words) for code in counts["platform"]]
    figure = go.Figure()
    series = counts["platform"].drop_duplicates().tolist()
    for place, code in enumerate(series):
        offset = (place - (len(series) - 1) / 2) * 2 * SHIFT
        rows = counts[counts["platform"] == code]
        figure.add_traces(platform_traces(rows, code, offset, words))
    top = float(counts[["n", "high"]].max().max() or 1)
    name_at_the_end(figure, counts, top, len(series), words)
    lay_out(figure, counts, top, words)
    names = {words("Platform"): counts["name"], words("Year"): counts["year"]}
    frame = Frame(
        title=title,
        unit=words("Number of cases; the line is the 95% chance interval"),
        note=_note(edition, error, words),
        summary=_summary(title, counts, error, words),
        source=source_of(edition, words),
        table=twin_rows(counts, names, edition, error, words),
        synthetic=edition.synthetic,
    )
    return finished(figure, frame, words)


def _note(edition: Edition, error: int | None, words: Words) -> str:
    below = words("Below each year: returns received, of those due.")
    parts = [below, rounding_note(error, words), source_of(edition, words)]
    return " ".join(part for part in parts if part)


def _summary(title: str, counts: pd.DataFrame, error: int | None, words: Words) -> str:
    parts = [f"{title}."]
    for name, rows in counts.groupby("name", sort=False):
        known = rows[rows["n"].notna()]
        listed = words("; ").join(
            words("{year}: {n}", year=row.year, n=f"{row.n:.0f}")
            for row in known.itertuples()
        )
        parts.append(words("{series}: {counts}.", series=name, counts=listed))
        if len(known) > 1 and error is not None:
            parts.append(_last_change(known, error, words))
    return " ".join(parts)


def _last_change(known: pd.DataFrame, error: int, words: Words) -> str:
    before, after = (
        YearCount(int(year), int(n), error)
        for year, n in known[["year", "n"]].tail(2).to_numpy()
    )
    change = Change(before, after)
    p = words.p_value(float(change.test.p))
    if change.verdict == "chance":
        return words("The last change cannot be told from chance ({p}).", p=p)
    if change.verdict == "open":
        return words("Rounding leaves open whether chance explains the last change.")
    return words("The last change is larger than chance explains ({p}).", p=p)
