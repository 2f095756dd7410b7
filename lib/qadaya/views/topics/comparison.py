"""A court, a circuit or a region against the others, where numbers allow it.

Funnels for regions, circuits and courts; a sentence on one unit; rates per child by
region; and the resolution ladder for what is too thin. There is no ranking here.
"""

from collections.abc import Sequence

import pandas as pd
import plotly.graph_objects as go

from qadaya.editions.edition import Edition
from qadaya.inference import LOOSE, STRICT, overdispersion
from qadaya.views.charts.funnel import funnel_plot
from qadaya.views.charts.region_tiles import rates_map
from qadaya.views.frames.comparable import beside_of, clear_units, units
from qadaya.views.frames.funnel import funnel_units, spread_range
from qadaya.views.frames.ladder import climb
from qadaya.views.frames.places import place_of
from qadaya.views.prose.caseloads import caseload_table, say_caseloads
from qadaya.views.prose.funnel import flags_by_chance, left_open
from qadaya.views.prose.ladder import ladder_table, place_name, say_ladder
from qadaya.views.prose.paragraph import Paragraph
from qadaya.views.prose.position import say_position
from qadaya.views.prose.rates import rates_table
from qadaya.views.prose.words import Words

__all__ = [
    "caseload_table",
    "climb",
    "finding",
    "funnel",
    "ladder_table",
    "rates_map",
    "rates_table",
    "say_caseloads",
    "say_funnel",
    "say_ladder",
    "standing",
    "units",
]


def funnel(
    edition: Edition,
    *,
    level: str,
    beside: str | None = None,
    court: str | None = None,
    years: Sequence[int] | None = None,
    language: str = "en",
) -> go.Figure:
    """The funnel of a level; see `units` for what is compared and `funnel_plot`.

    `court`: its unit of that level is named. Units that rounding alone could carry from
    one limit to the other are not drawn; the note says so.
    Raises: ParameterError for another level, court or year.
    """
    words = Words(language)
    dots = units(edition, level=level, beside=beside, years=years, language=language)
    clear = clear_units(dots)
    place = (
        None if court is None else place_of(court, level, max(years or edition.years))
    )
    denominator = beside_of(level, beside)
    title = words(
        {
            ("region", "children"): (
                "By region: cases beside those expected for its children, {years}"
            ),
            ("circuit", "own_cases"): (
                "By circuit: prosecuted cases beside those expected from all its "
                "cases, {years}"
            ),
            ("circuit", "caseload"): (
                "By circuit: cases beside those expected from its caseload of all "
                "matters, {years}"
            ),
            ("court", "own_cases"): (
                "By court: prosecuted cases beside those expected from all its cases, "
                "{years}"
            ),
        }[level, denominator],
        years=words.years(list(years or edition.years)),
    )
    finding = _finding(clear, level, words)
    return funnel_plot(
        clear,
        edition,
        title=finding.rstrip("."),
        subject=title,
        denominator=denominator,
        beside=level == "region",
        language=language,
        blurred=len(dots) - len(clear),
        marked=next(iter(clear.loc[clear["place"] == place, "name"]), None),
    )


def finding(
    edition: Edition,
    *,
    level: str,
    years: Sequence[int] | None = None,
    language: str = "en",
) -> Paragraph:
    """How many places stand out by more than chance explains, in a sentence.

    Out of the 99.8 % limits for every count that rounding allows; where rounding hides
    the answer, for how many.
    """
    words = Words(language)
    clear = clear_units(units(edition, level=level, years=years, language=language))
    return Paragraph(_finding(clear, level, words))


def _finding(found: pd.DataFrame, level: str, words: Words) -> str:
    drawn = funnel_units(found)
    if not len(drawn):
        return words("No place has enough cases to be compared.")
    out, hidden = int(drawn["outside_998"].sum()), int(drawn["open_998"].sum())
    facts = {"all": len(drawn)}
    text = {
        "region": words("Of {all} regions that can be compared,", **facts),
        "circuit": words("Of {all} circuits that can be compared,", **facts),
        "court": words("Of {all} courts that can be compared,", **facts),
    }[level]
    if not out and hidden == len(drawn):
        return f"{text} {words('rounding hides whether any stands out.')}"
    verdict = (
        words.plural(
            "{n} stands out by more than chance explains.",
            "{n} stand out by more than chance explains.",
            out,
        )
        if out
        else words("none stands out by more than chance explains.")
    )
    rest = words.plural(
        "For {n}, rounding hides the answer.",
        "For {n}, rounding hides the answer.",
        hidden,
    )
    return " ".join([text, verdict, *([rest] if hidden else [])])


def say_funnel(
    edition: Edition,
    *,
    level: str,
    beside: str | None = None,
    years: Sequence[int] | None = None,
    language: str = "en",
) -> Paragraph:
    """How many units could be compared, how many stand out, how many by chance alone.

    Units of which rounding leaves that open are counted apart. Overdispersion is said,
    and what it means: far above 1, the limits are too narrow.
    """
    words = Words(language)
    dots = units(edition, level=level, beside=beside, years=years, language=language)
    clear = clear_units(dots)
    drawn = funnel_units(clear)
    parts = []
    if blurred := len(dots) - len(clear):
        parts.append(
            words.plural(
                "{n} unit is left out: rounding could carry it across the funnel.",
                "{n} units are left out: rounding could carry them across the funnel.",
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
            drawn=len(drawn) + blurred,
            all=len(dots),
            strict=int(drawn["outside_998"].sum()),
            false=flags_by_chance(len(drawn), STRICT, words),
            loose=int(drawn["outside_95"].sum()),
            false_loose=flags_by_chance(len(drawn), LOOSE, words),
        )
    )
    parts += left_open(drawn, words)
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

    Raises: ParameterError for an unknown court or another level.
    """
    words = Words(language)
    listed = units(edition, level=level, years=years, language=language)
    place = place_of(court_id, level, max(years or edition.years))
    rows = listed[listed["place"] == place]
    name = place_name(place, level, words)
    name = name[:1].upper() + name[1:]
    if rows.empty:
        return Paragraph(
            words("{name}: no return came, so nothing is compared.", name=name)
        )
    unit = rows.iloc[0]
    return Paragraph(say_position(unit, name, words))


def _spread(drawn: pd.DataFrame, words: Words) -> str:
    spread = float(overdispersion(drawn["observed"], drawn["expected"]))
    low, high = spread_range(drawn)
    facts = {"value": words.decimal(spread, 1), "span": words.between(low, high, 1)}
    if low < high:
        return words(
            "Overdispersion {value} as rounded; in truth it may be {span}, where 1 is "
            "chance alone.",
            **facts,
        )
    if spread > 2:
        return words(
            "Overdispersion {value}: the units differ by more than chance in general, "
            "so being outside a limit singles nobody out.",
            **facts,
        )
    return words("Overdispersion {value}: about what chance alone would give.", **facts)
