"""What is said around a funnel: its note, its summary and the table behind it."""

import pandas as pd

from qadaya.inference import LOOSE, STRICT, false_flags, overdispersion
from qadaya.views.frames.funnel import spread_range
from qadaya.views.prose.words import Words


def notes(
    units: pd.DataFrame, drawn: pd.DataFrame, blurred: int, words: Words
) -> list[str]:
    """What chance alone puts outside, what is left out, what rounding did."""
    parts = []
    if len(drawn):
        parts.append(
            words(
                "Outside the 95% limits: {loose} of {n} units, by chance alone up to "
                "{false_loose}; outside those of 99.8%: {strict}, by chance alone up "
                "to {false}.",
                n=len(drawn),
                loose=int(drawn["outside_95"].sum()),
                false_loose=flags_by_chance(len(drawn), LOOSE, words),
                strict=int(drawn["outside_998"].sum()),
                false=flags_by_chance(len(drawn), STRICT, words),
            )
        )
        parts += left_open(drawn, words)
        parts.append(_spread(drawn, words))
    left_out = len(units) - len(drawn)
    if left_out:
        parts.append(
            words.plural(
                "{n} unit with fewer than 4 expected cases is not drawn.",
                "{n} units with fewer than 4 expected cases are not drawn.",
                left_out,
            )
        )
    if blurred:
        parts.append(
            words.plural(
                "{n} unit is not drawn: rounding could carry it across the funnel.",
                "{n} units are not drawn: rounding could carry them across the funnel.",
                blurred,
            )
        )
    if rounded(drawn):
        error = int((drawn["most"] - drawn["observed"]).max())
        parts.append(
            words(
                "Largest error from rounding: ±{n} observed cases; the intervals "
                "cover it.",
                n=error,
            )
        )
    return parts


def _spread(drawn: pd.DataFrame, words: Words) -> str:
    value = words.decimal(overdispersion(drawn["observed"], drawn["expected"]), 1)
    if not rounded(drawn):
        return words(
            "Overdispersion {value} (1 = chance alone); limits are not widened.",
            value=value,
        )
    low, high = spread_range(drawn)
    return words(
        "Overdispersion {value} as rounded, {span} as it may be in truth (1 = chance "
        "alone); limits are not widened.",
        value=value,
        span=words.between(low, high, 1),
    )


def flags_by_chance(units: int, level: float, words: Words) -> str:
    """How many of so many units chance alone puts outside, as it is printed."""
    flags = false_flags(units, level)
    # As many digits as it takes: "up to 0.00" would promise that there is none.
    digits = next((n for n in (1, 2) if flags >= 0.5 * 10**-n), 3)
    return words.decimal(flags, digits)


def summary(
    title: str, units: pd.DataFrame, drawn: pd.DataFrame, blurred: int, words: Words
) -> str:
    """How many units were compared and stand out, in one sentence."""
    if not len(drawn) and blurred:
        return words("{title}: rounded too coarsely to compare.", title=title)
    if not len(drawn):
        return words(
            "{title}: too thin to compare, no unit has four expected cases.",
            title=title,
        )
    text = words(
        "{title}: {drawn} of {all} units compared; {loose} outside the 95% limits, "
        "{strict} outside the 99.8% limits.",
        title=title,
        drawn=len(drawn),
        all=len(units) + blurred,
        loose=int(drawn["outside_95"].sum()),
        strict=int(drawn["outside_998"].sum()),
    )
    return " ".join([text, *left_open(drawn, words)])


def left_open(drawn: pd.DataFrame, words: Words) -> list[str]:
    """How many units rounding leaves open, in a sentence where there are any."""
    if not drawn["open_95"].any():
        return []
    return [
        words(
            "Units of which rounding hides whether they lie outside the 95% limits: "
            "{loose}; outside those of 99.8%: {strict}.",
            loose=int(drawn["open_95"].sum()),
            strict=int(drawn["open_998"].sum()),
        )
    ]


def table(drawn: pd.DataFrame, words: Words) -> pd.DataFrame:
    """The table behind a funnel: one row per unit that is drawn."""

    def stands(column: str) -> list[str]:
        flags = zip(drawn[f"outside_{column}"], drawn[f"open_{column}"], strict=True)
        return [
            words("open: rounded") if opened else words("yes") if out else words("no")
            for out, opened in flags
        ]

    columns = {
        words("Unit"): drawn["name"],
        words("Observed cases"): drawn["observed"],
        words("Expected cases"): drawn["expected"].round(1),
        words("Observed over expected"): drawn["ratio"].round(2),
        words("95% interval, from"): drawn["ratio_low_95"].round(2),
        words("95% interval, to"): drawn["ratio_high_95"].round(2),
    }
    return pd.DataFrame(
        columns
        | {
            words("Outside 95%"): stands("95"),
            words("Outside 99.8%"): stands("998"),
        }
    )


def rounded(drawn: pd.DataFrame) -> bool:
    """Whether rounding leaves a range to any unit that is drawn."""
    return bool((drawn["ratio_high"] > drawn["ratio_low"]).any())
