"""A court, a circuit or a region against the others, where numbers allow it.

Funnels for regions, circuits and courts; a sentence on one unit; rates per child by
region; and the resolution ladder for what is too thin. There is no ranking here.
"""

from collections.abc import Sequence

import pandas as pd
import plotly.graph_objects as go

from qadaya.errors import ParameterError
from qadaya.reference import circuit_of, court_name
from qadaya.tables.edition import Edition
from qadaya.tables.inference import (
    MINIMUM_EXPECTED,
    false_flags,
    funnel_limits,
    overdispersion,
    rate_interval,
)
from qadaya.views.charts_funnel import funnel_plot, funnel_units
from qadaya.views.counts import cases_table
from qadaya.views.ladder import clear_enough, climb, place_error
from qadaya.views.ladder_words import ladder_table, say_ladder
from qadaya.views.paragraph import Paragraph
from qadaya.views.table import Table
from qadaya.views.units import region_units
from qadaya.views.words import Words

__all__ = [
    "climb",
    "funnel",
    "ladder_table",
    "rates_table",
    "say_funnel",
    "say_ladder",
    "standing",
    "units",
]
LEVELS = ("region", "circuit", "court")
COMPARED = "prosecuted"  # of a circuit's or a court's own cases


def units(
    edition: Edition,
    *,
    level: str,
    years: Sequence[int] | None = None,
    language: str = "en",
) -> pd.DataFrame:
    """Units of a level with observed and expected cases, and what rounding leaves.

    Regions: cases, expected at the national rate per child aged 0 to 14. Circuits and
    courts: prosecuted cases, expected from their own cases at the national share,
    since nobody knows how many people live in a circuit. Rows: one per unit with a
    count. Columns: place, name, observed, expected, error (None: not bounded).
    Raises: ParameterError for another level or a year that the edition lacks.
    """
    if level not in LEVELS:
        raise ParameterError(f"level is {level!r}; expected one of {', '.join(LEVELS)}")
    chosen = list(years or edition.years)
    if level == "region":
        found = region_units(edition, years=years, language=language)
        found = found.rename(columns={"region_iso": "place"})
        measure = "cases"
    else:
        found, measure = _of_own_cases(edition, level, chosen, language), COMPARED
    found["error"] = pd.Series(
        [
            place_error(edition, place, level, measure=measure, years=chosen)
            for place in found["place"]
        ],
        index=found.index,
        dtype=object,
    )
    return found[["place", "name", "observed", "expected", "error"]]


def clear_units(found: pd.DataFrame) -> pd.DataFrame:
    """The units of which rounding leaves no more doubt than chance does."""
    clear = [
        clear_enough(error, expected)
        for error, expected in found[["error", "expected"]].to_numpy().tolist()
    ]
    return found[clear].reset_index(drop=True)


def funnel(
    edition: Edition,
    *,
    level: str,
    years: Sequence[int] | None = None,
    language: str = "en",
) -> go.Figure:
    """The funnel of a level; see `units` for what is compared and `funnel_plot`.

    Units that rounding blurs more than chance does are not drawn; the note says so.
    """
    words = Words(language, "comparison")
    found = units(edition, level=level, years=years, language=language)
    clear = clear_units(found)
    title = words(
        {
            "region": "Regions: cases against children, {years}",
            "circuit": "Circuits: prosecuted against their own cases, {years}",
            "court": "Courts: prosecuted against their own cases, {years}",
        }[level],
        years=words.years(list(years or edition.years)),
    )
    worst = max((int(error) for error in clear["error"]), default=0)
    return funnel_plot(
        clear,
        edition,
        title=title,
        language=language,
        error=worst,
        blurred=len(found) - len(clear),
    )


def say_funnel(
    edition: Edition,
    *,
    level: str,
    years: Sequence[int] | None = None,
    language: str = "en",
) -> Paragraph:
    """How many units could be compared, how many stand out, how many by chance alone.

    Overdispersion is said, and what it means: far above 1, the limits are too narrow.
    """
    words = Words(language, "comparison")
    found = units(edition, level=level, years=years, language=language)
    clear = clear_units(found)
    drawn = funnel_units(clear)
    parts = []
    if blurred := len(found) - len(clear):
        parts.append(
            words.plural(
                "{n} unit is left out: rounding leaves more doubt about it than chance "
                "does.",
                "{n} units are left out: rounding leaves more doubt about them than "
                "chance does.",
                blurred,
            )
        )
    if not len(drawn):
        parts.append(words("No unit can be compared; the ladder below goes on."))
        return Paragraph(" ".join(parts))
    parts.append(
        words(
            "{drawn} of {all} units have at least 4 expected cases. Outside the 99.8% "
            "limits: {strict}; chance alone puts up to {false} there. Outside the 95% "
            "limits: {loose}; chance alone puts up to {false_loose} there.",
            drawn=len(drawn),
            all=len(found),
            strict=int(drawn["outside_998"].sum()),
            false=words.decimal(false_flags(len(drawn), 0.998), 2),
            loose=int(drawn["outside_95"].sum()),
            false_loose=words.decimal(false_flags(len(drawn), 0.95), 1),
        )
    )
    parts.append(_spread(drawn, words))
    return Paragraph(" ".join(parts))


def standing(
    edition: Edition,
    court_id: str,
    *,
    level: str = "circuit",
    years: Sequence[int] | None = None,
    language: str = "en",
) -> Paragraph:
    """Where one court or its circuit stands among the others, in a sentence.

    Raises: ParameterError for a court that the edition lacks.
    """
    words = Words(language, "comparison")
    found = units(edition, level=level, years=years, language=language)
    place = circuit_of(court_id) if level == "circuit" else court_id
    rows = found[found["place"] == place]
    name = court_name(place, language)
    if rows.empty:
        return Paragraph(
            words("{name}: no return came, so nothing is compared.", name=name)
        )
    unit = rows.iloc[0]
    expected = float(unit["expected"])
    facts = {
        "name": name,
        "observed": int(unit["observed"]),
        "expected": words.decimal(expected),
    }
    if expected < MINIMUM_EXPECTED:
        return Paragraph(
            words(
                "{name}: {expected} prosecuted cases are expected, fewer than 4. Not "
                "even none at all would be unusual, so nothing is compared.",
                **facts,
            )
        )
    if not clear_enough(unit["error"], expected):
        return Paragraph(
            words(
                "{name}: rounding leaves more doubt than chance about its prosecuted "
                "cases, so nothing is compared.",
                **facts,
            )
        )
    return Paragraph(_position(unit, facts, words))


def rates_table(
    edition: Edition, *, years: Sequence[int] | None = None, language: str = "en"
) -> Table:
    """Cases a year per 100,000 children aged 0 to 14, by region, in the official order.

    Rows: one per region with a return. The interval covers chance and rounding; "–"
    where nothing bounds the rounding.
    """
    words = Words(language, "comparison")
    chosen = list(years or edition.years)
    rates = region_units(edition, years=years, language=language)
    spans = []
    for place, n, base in zip(
        rates["region_iso"], rates["observed"], rates["child_years"], strict=True
    ):
        error = place_error(edition, place, "region", measure="cases", years=chosen)
        spans.append(_rate_span(int(n), error, float(base), words))
    return Table(
        {
            words("Region"): rates["name"],
            words("Cases"): rates["observed"].astype(int),
            words("Children aged 0 to 14"): rates["children"],
            words("Cases a year per 100,000 children"): [
                words.decimal(rate, 2) for rate in rates["rate_per_100k"]
            ],
            words("95% interval"): spans,
        }
    )


def _rate_span(n: int, error: int | None, exposure: float, words: Words) -> str:
    if error is None:
        return "–"
    low = rate_interval(max(n - error, 0), exposure).low
    return words.span(low, rate_interval(n + error, exposure).high, 2)


def _of_own_cases(
    edition: Edition, level: str, years: list[int], language: str
) -> pd.DataFrame:
    place = f"{level}_id"
    cases = cases_table(edition, by=[place], years=years)
    prosecuted = cases_table(edition, by=[place], measure=COMPARED, years=years)
    whole = cases.set_index(place)["n"]
    part = prosecuted.set_index(place)["n"]
    share = part.sum() / whole.sum() if whole.sum() else 0.0
    found = pd.DataFrame({"observed": part, "expected": whole * share}).dropna()
    found = found.reset_index(names="place")
    found["name"] = [
        court_name(place, language, short=level == "circuit")
        for place in found["place"]
    ]
    return found


def _spread(drawn: pd.DataFrame, words: Words) -> str:
    spread = overdispersion(drawn["observed"], drawn["expected"])
    facts = {"value": words.decimal(float(spread), 1)}
    if spread > 2:
        return words(
            "Overdispersion {value}: the units differ by more than chance in general, "
            "so being outside a limit singles nobody out.",
            **facts,
        )
    return words("Overdispersion {value}: about what chance alone would give.", **facts)


def _position(unit: pd.Series, facts: dict[str, object], words: Words) -> str:
    expected, error = float(unit["expected"]), int(unit["error"])
    observed = int(unit["observed"])
    limits = {level: funnel_limits(expected, level) for level in (0.95, 0.998)}
    counts = {
        level: (float(low) * expected, float(high) * expected)
        for level, (low, high) in limits.items()
    }
    low, high = counts[0.998]
    facts |= {
        "limits": words.between(*counts[0.95]),
        "strict": words.between(low, high),
    }
    text = words(
        "{name}: {observed} prosecuted cases, {expected} expected from its own cases "
        "at the national share; chance allows {limits} at 95% and {strict} at 99.8%.",
        **facts,
    )
    inside = low <= observed - error and observed + error <= high
    outside = observed + error < low or observed - error > high
    if inside:
        verdict = words("It does not stand out.")
    elif outside:
        verdict = words("It stands out: look at its returns before anything else.")
    else:
        verdict = words("Rounding leaves open whether it stands out.")
    return f"{text} {verdict}"
