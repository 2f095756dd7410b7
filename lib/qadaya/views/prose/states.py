"""The states of a count, drawn and in words: value, zero, not reported, hidden."""

import pandas as pd

from qadaya.editions.edition import Edition
from qadaya.views.charts.style import Words


def state_words(state: str, edition: Edition, error: int | None, words: Words) -> str:
    """What a state means to the reader of this edition, in words.

    In a shared edition a zero may be a small count that was rounded down, and the words
    say no more than that.
    """
    if state == "value" and error:
        return words("reported, ±{n}", n=error)
    if state == "zero" and edition.audience == "shared":
        if error is None:
            return words("rounded zero")
        return words("rounded zero: 0 to {n} cases", n=error)
    return {
        "value": words("reported"),
        "zero": words("reported zero"),
        "not_reported": words("not reported"),
        "not_established": words("not yet established"),
        "hidden": words("hidden to protect people"),
    }[state]


def twin_rows(
    counts: pd.DataFrame,
    names: dict[str, pd.Series],
    edition: Edition,
    error: int | None,
    words: Words,
) -> pd.DataFrame:
    """The table twin: names, count, interval, state and returns, in words.

    Rows: those of `counts`. Unit of the count and of the limits: cases.
    """
    states = [state_words(state, edition, error, words) for state in counts["state"]]
    received = [
        words("{reported} of {expected}", reported=came, expected=due)
        for came, due in zip(counts["reported"], counts["expected"], strict=True)
    ]
    columns = {
        words("Cases"): counts["n"],
        words("95% interval, from"): counts["low"].round(1),
        words("95% interval, to"): counts["high"].round(1),
        words("State"): pd.Series(states, index=counts.index),
        words("Yearly returns received"): pd.Series(received, index=counts.index),
    }
    return pd.DataFrame(names | columns)
