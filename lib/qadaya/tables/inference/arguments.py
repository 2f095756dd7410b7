"""What statistics are given, checked in one place, and given back as the same kind.

Each check raises one ParameterError that names the argument, what was found and what
is expected.
"""

from collections.abc import Iterable
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from qadaya.errors import ParameterError

Numbers = Any  # a number, a list, a numpy array or a pandas Series or Index


class Interval(NamedTuple):
    """Lower and upper limit, of the kind that was given; NaN where there is none."""

    low: Any
    high: Any


def counts_of(values: Numbers, name: str) -> np.ndarray:
    """Whole numbers from zero up, as floats. Raises: ParameterError."""
    numbers = numbers_of(values, name)
    _refuse(numbers[numbers < 0], name, "a whole number, 0 or more")
    _refuse(numbers[numbers != np.floor(numbers)], name, "a whole number of cases")
    return numbers


def positive_of(values: Numbers, name: str) -> np.ndarray:
    """Numbers above zero (an exposure, an expected count). Raises: ParameterError."""
    numbers = numbers_of(values, name)
    _refuse(numbers[numbers <= 0], name, "a number above 0")
    return numbers


def numbers_of(values: Numbers, name: str) -> np.ndarray:
    """Finite numbers, as floats. Raises: ParameterError."""
    found = np.asarray(values)
    if found.size == 0:
        raise ParameterError(f"{name} is empty; expected at least one number")
    if found.dtype == bool:
        raise ParameterError(f"{name} holds true or false; expected numbers")
    try:
        numbers = found.astype(float)
    except (TypeError, ValueError):
        kind = "missing values or text" if found.dtype == object else "text"
        raise ParameterError(f"{name} holds {kind}; expected numbers") from None
    if not np.isfinite(numbers).all():
        raise ParameterError(
            f"{name} has missing or infinite values; expected numbers only: "
            "leave out what was not reported, it is not a zero"
        )
    return numbers


def level_of(level: float) -> float:
    """A confidence level. Raises: ParameterError unless it is between 0 and 1."""
    inside = isinstance(level, int | float) and 0 < level < 1
    if not inside:
        raise ParameterError(
            f"level is {level!r}; expected a number between 0 and 1, such as 0.95"
        )
    return float(level)


def choice_of(value: str, allowed: Iterable[str], name: str) -> str:
    """One of the allowed words. Raises: ParameterError."""
    words = tuple(allowed)
    if value not in words:
        raise ParameterError(f"{name} is {value!r}; expected {' or '.join(words)}")
    return value


def same_length(**arguments: Numbers) -> None:
    """Series that belong together. Raises: ParameterError; a lone number fits any."""
    lengths = {name: np.asarray(v).shape for name, v in arguments.items()}
    several = {name: shape[0] for name, shape in lengths.items() if shape}
    if len(set(several.values())) > 1:
        found = ", ".join(f"{name} has {length}" for name, length in several.items())
        raise ParameterError(f"{found} values; expected equal lengths")
    indexes = [v.index for v in arguments.values() if isinstance(v, pd.Series)]
    if any(not index.equals(indexes[0]) for index in indexes[1:]):
        names = " and ".join(arguments)
        raise ParameterError(
            f"{names} are labelled differently; expected the same index in each"
        )


def like(given: tuple[Numbers, ...], result: np.ndarray) -> Any:
    """`result` as the kind of what was given: Series, array or plain float."""
    for one in given:
        if isinstance(one, pd.Series):
            return pd.Series(result, index=one.index)
    for one in given:
        if isinstance(one, pd.Index):
            return pd.Index(result)
    return float(result) if np.ndim(result) == 0 else np.asarray(result)


def _refuse(wrong: np.ndarray, name: str, expected: str) -> None:
    if wrong.size:
        raise ParameterError(f"{name} is {wrong[0]:g}; expected {expected}")
