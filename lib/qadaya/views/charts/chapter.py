"""The lines of the published chapter as bars, with what chance allows around each."""

import pandas as pd
import plotly.graph_objects as go

from qadaya.inference import poisson_interval
from qadaya.ledger.chapter import CHILD, OFFENCES, figure_of
from qadaya.views.charts.bars import draw_rows
from qadaya.views.charts.published import published_series
from qadaya.views.charts.style import Frame, finished
from qadaya.views.prose.published import series_name, unit_name
from qadaya.views.prose.words import Words

_ALL_YEARS = (("cybercrime_total", "cases"), (CHILD, "cases"))


def chapter_lines(year: int, *, language: str = "en") -> go.Figure:
    """The offences of the chapter of one year and, apart, the child cases.

    In cases; in persons prosecuted where only those are printed. A line that was not
    printed has a dash. Where no line was, the totals of all years are drawn, with the
    gap that this year leaves.
    """
    words = Words(language)
    measure = next((unit for unit in ("cases", "persons") if _any(year, unit)), None)
    if measure is None:
        return published_series(_ALL_YEARS, language=language)
    rows = _rows(year, measure, words)
    title = _title(year, rows, words)
    frame = Frame(
        title=title,
        unit=words(
            "{unit}; the line is the 95% interval",
            unit=unit_name(measure, words),
        ),
        note=words("The child cases stand outside the total of the other lines."),
        summary=_summary(rows, words),
        source=words("Source: the ledger of published figures."),
        table=pd.DataFrame(
            {
                words("Line"): rows["name"],
                words("As printed"): rows["n"],
                words("95% interval, from"): rows["low"].round(1),
                words("95% interval, to"): rows["high"].round(1),
            }
        ),
        synthetic=False,
        published=True,
    )
    return finished(draw_rows(rows, rows["name"].tolist(), words), frame, words)


def _any(year: int, measure: str) -> bool:
    return any(figure_of(name, measure, year).value is not None for name in OFFENCES)


def _rows(year: int, measure: str, words: Words) -> pd.DataFrame:
    lines = {name: figure_of(name, measure, year) for name in (*OFFENCES, CHILD)}
    n = pd.Series(
        [None if line.value is None else float(line.value) for line in lines.values()],
        dtype=float,
    )
    # Of what was not printed there is no interval; its row shows a dash.
    interval = poisson_interval(n.fillna(0))
    titles = [series_name(name, words) for name in lines]
    titles[-1] = words("{line}, outside the total", line=titles[-1])
    return pd.DataFrame(
        {
            "name": titles,
            "n": n,
            "low": pd.Series(interval.low).where(n.notna()),
            "high": pd.Series(interval.high).where(n.notna()),
            "state": ["value" if known else "not_established" for known in n.notna()],
        }
    )


def _title(year: int, rows: pd.DataFrame, words: Words) -> str:
    largest = rows.iloc[:-1].nlargest(1, "n").iloc[0]
    return words(
        "{year}: {line} is the largest of the offences by modern means, with {n}",
        year=year,
        line=largest["name"],
        n=int(largest["n"]),
    )


def _summary(rows: pd.DataFrame, words: Words) -> str:
    """What the drawing shows, for who cannot see it: each line with its figure."""
    known = rows[rows["n"].notna()]
    return words("; ").join(
        f"{name} {words.number(n)}"
        for name, n in known[["name", "n"]].to_numpy().tolist()
    )
