"""Cases over the years, by platform or in all, with intervals and breaks in the series.

The circular of 14 April 2023 asked for 2021 and 2022 at once and for every later case
as it came: what was gathered afterwards and what was reported as it came are not one
series, so no line crosses from 2022 to 2023.
"""

from collections.abc import Sequence
from dataclasses import replace

import pandas as pd
import plotly.graph_objects as go

from qadaya.editions.edition import Edition
from qadaya.inference import Change, YearCount
from qadaya.views.charts.style import Frame, finished
from qadaya.views.charts.years_drawn import (
    SHIFT,
    lay_out,
    name_at_the_end,
    platform_name,
    platform_traces,
)
from qadaya.views.prose.count_view import CountView, count_view
from qadaya.views.prose.findings import say_years
from qadaya.views.prose.words import Words
from qadaya.vocabulary import label


def cases_by_year(
    edition: Edition,
    *,
    language: str = "en",
    measure: str = "cases",
    years: Sequence[int] | None = None,
) -> go.Figure:
    """Cases by year and platform with 95 % intervals and the break of 2023.

    Cases that came through both platforms are a line of their own where there are any.
    """
    words = Words(language)
    view = count_view(
        edition, words, by=["platform", "year"], measure=measure, years=years
    )
    counts = view.counts
    used = counts.groupby("platform")["n"].transform("sum") > 0
    # Both platforms of the circular stay, also with no case at all.
    counts = counts[used | counts["platform"].isin(["NCMEC", "CPS"])]
    kind = label("measure", measure, language)
    title = words("{measure} by year and platform", measure=kind)
    return _years_chart(replace(view, counts=counts), title)


def total_by_year(
    edition: Edition,
    *,
    language: str = "en",
    measure: str = "cases",
    years: Sequence[int] | None = None,
) -> go.Figure:
    """Cases by year over all platforms, with 95 % intervals and the break."""
    words = Words(language)
    view = count_view(edition, words, by=["year"], measure=measure, years=years)
    title = words("{measure} by year", measure=label("measure", measure, language))
    counts = view.counts.assign(platform="total")
    return _years_chart(replace(view, counts=counts), title, beside=True)


def _years_chart(view: CountView, title: str, *, beside: bool = False) -> go.Figure:
    words = view.words
    counts = view.counts.reset_index(drop=True)
    counts["name"] = [platform_name(code, words) for code in counts["platform"]]
    view = replace(view, counts=counts)
    figure = go.Figure()
    series = counts["platform"].drop_duplicates().tolist()
    for place, code in enumerate(series):
        offset = (place - (len(series) - 1) / 2) * 2 * SHIFT
        rows = counts[counts["platform"] == code]
        figure.add_traces(platform_traces(rows, code, offset, words))
    top = float(counts[["n", "high"]].max().max() or 1)
    name_at_the_end(figure, counts, top, len(series), words)
    lay_out(figure, counts, top, words)
    below = words("Below each year: returns received, of those due.")
    finding = say_years(view)
    frame = Frame.of_edition(
        view.edition,
        words,
        title=finding or title,
        subject=title if finding else "",
        beside=beside,
        unit=words("Number of cases; the line is the 95% interval"),
        notes=[below, view.rounding],
        summary=_summary(title, view),
        table=view.twin(
            {words("Platform"): counts["name"], words("Year"): counts["year"]}
        ),
    )
    return finished(figure, frame, words)


def _summary(title: str, view: CountView) -> str:
    words, parts = view.words, [f"{title}."]
    for name, rows in view.counts.groupby("name", sort=False):
        known = rows[rows["n"].notna()]
        listed = words("; ").join(
            words("{year}: {n}", year=int(year), n=words.number(n))
            for year, n in known[["year", "n"]].to_numpy().tolist()
        )
        parts.append(words("{series}: {counts}.", series=name, counts=listed))
        if len(known) > 1 and view.error is not None:
            parts.append(_last_change(known, view.error, words))
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
