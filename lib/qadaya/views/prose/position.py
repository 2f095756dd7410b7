"""Where one unit stands among the others, in a sentence."""

import pandas as pd

from qadaya.inference import LOOSE, MINIMUM_EXPECTED, STRICT, funnel_limits
from qadaya.views.frames.comparable import fits_the_funnel
from qadaya.views.frames.funnel import funnel_units
from qadaya.views.prose.words import Words


def say_position(unit: pd.Series, name: str, words: Words) -> str:
    """Whether the unit stands out, or why it cannot be compared.

    `unit`: a row of `comparable.units`; `name`: as it begins a sentence.
    """
    expected = float(unit["expected"])
    facts = {
        "name": name,
        "observed": int(unit["observed"]),
        "expected": words.decimal(expected),
    }
    if expected < MINIMUM_EXPECTED:
        return words(
            "{name}: {expected} prosecuted cases are expected, fewer than 4. Not even "
            "none at all would be unusual, so nothing is compared.",
            **facts,
        )
    if not fits_the_funnel(unit["error"], float(unit["expected_high"])):
        return words(
            "{name}: rounding alone could carry its prosecuted cases across the "
            "funnel, so nothing is compared.",
            **facts,
        )

    def limits(level: float) -> str:
        low, high = funnel_limits(expected, level)
        return words.between(low * expected, high * expected)

    facts |= {"limits": limits(LOOSE), "strict": limits(STRICT)}
    text = words(
        "{name}: {observed} prosecuted cases, {expected} expected from its own cases "
        "at the national share; chance allows {limits} at 95% and {strict} at 99.8%.",
        **facts,
    )
    rounded = words(
        "Rounding moved the prosecuted cases by {error} at the most.",
        error=int(unit["error"]),
    )
    return " ".join(
        [text, *([rounded] if unit["error"] else []), _verdict(unit, words)]
    )


def _verdict(unit: pd.Series, words: Words) -> str:
    flags = funnel_units(pd.DataFrame([unit])).iloc[0]
    if flags["open_998"]:
        return words("Rounding leaves open whether it stands out.")
    if flags["outside_998"]:
        return words("It stands out: look at its returns before anything else.")
    return words("It does not stand out.")
