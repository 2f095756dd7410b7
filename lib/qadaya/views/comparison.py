"""A court, a circuit or a region against the others, where numbers allow it.

Funnels for regions, circuits and courts; a sentence on one unit; rates per child by
region; and the resolution ladder for what is too thin. There is no ranking here.
"""

from collections.abc import Sequence

import pandas as pd
import plotly.graph_objects as go

from qadaya.reference import circuit_of, court_name
from qadaya.tables.edition import Edition
from qadaya.tables.inference import (
    MINIMUM_EXPECTED,
    false_flags,
    funnel_limits,
    overdispersion,
)
from qadaya.views.charts.funnel import funnel_plot, funnel_units
from qadaya.views.comparable import clear_units, rates_table, units
from qadaya.views.ladder import clear_enough, climb
from qadaya.views.ladder_words import ladder_table, say_ladder
from qadaya.views.paragraph import Paragraph
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
