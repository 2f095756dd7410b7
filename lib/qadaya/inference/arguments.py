"""What statistics are given, checked in one place, and given back as the same kind.

Each check raises one ParameterError that names the argument, what was found and what
is expected.
"""

from collections.abc import Iterable
from decimal import Decimal
from numbers import Real
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from qadaya.errors import ParameterError

Numbers = Any  # a number, a list, a numpy array or a pandas object


class Interval(NamedTuple):
    """Lower and upper limit, of the kind that was given; NaN where there is none."""

    low: Any
    high: Any


def counts_of(values: Numbers, name: str) -> np.ndarray:
    """Whole numbers from zero up, as floats. Raises: ParameterError."""
    numbers = numbers_of(values, name)
    _refuse(numbers[numbers < 0], name, "a whole number, 0 or more")
    # Half a case is a rate or a mean: the Poisson law speaks of counts alone.
    _refuse(numbers[numbers != np.floor(numbers)], name, "a whole number of cases")
    return numbers


def positive_of(values: Numbers, name: str) -> np.ndarray:
    """Numbers above zero (an exposure, an expected count). Raises: ParameterError."""
    numbers = numbers_of(values, name)
    _refuse(numbers[numbers <= 0], name, "a number above 0")
    return numbers


def numbers_of(values: Numbers, name: str) -> np.ndarray:
    """Finite numbers, as floats. Raises: ParameterError."""
    numbers = _as_numbers(values, name)
    # A mean of nothing would be NaN, in silence.
    if numbers.size == 0:
        raise ParameterError(f"{name} is empty; expected at least one number")
    if not np.isfinite(numbers).all():
        raise ParameterError(
            f"{name} has missing or infinite values; expected numbers only: "
            "leave out what was not reported, it is not a zero"
        )
    return numbers


def array_of(values: Any, name: str) -> np.ndarray:
    """Values of any kind as an array. Raises: ParameterError for ragged lists."""
    try:
        return np.asarray(values)
    except ValueError:
        raise ParameterError(
            f"{name} holds lists of different lengths; expected numbers"
        ) from None


def one_positive_of(value: float, name: str) -> float:
    """One number above zero. Raises: ParameterError."""
    number = positive_of(value, name)
    if number.ndim:
        raise ParameterError(f"{name} holds {number.size} values; expected one number")
    return float(number)


def level_of(level: float) -> float:
    """A confidence level. Raises: ParameterError unless it is between 0 and 1."""
    # 95 is not 0.95: a percentage is asked about rather than guessed.
    inside = isinstance(level, Real) and 0 < level < 1
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
    """Series that belong together; a lone number fits any.

    Raises: ParameterError for other lengths, labels or units (figures of the ledger).
    """
    _one_unit(arguments)
    shapes = {name: array_of(v, name).shape for name, v in arguments.items()}
    # A lone number has no shape and goes with every other.
    several = {name: shape for name, shape in shapes.items() if shape}
    if len(set(several.values())) > 1:
        lengths = {name: "x".join(map(str, shape)) for name, shape in several.items()}
        sizes = ", ".join(f"{name} has {length}" for name, length in lengths.items())
        raise ParameterError(f"{sizes} values; expected equal lengths")
    # Two series of one length but other courts would be paired by place, in silence.
    indexes = [v.index for v in arguments.values() if isinstance(v, pd.Series)]
    indexes += [v.index for v in arguments.values() if isinstance(v, pd.DataFrame)]
    if any(not index.equals(indexes[0]) for index in indexes[1:]):
        names = " and ".join(arguments)
        raise ParameterError(
            f"{names} are labelled differently; expected the same index in each"
        )


def like(given: tuple[Numbers, ...], result: np.ndarray) -> Any:
    """`result` as the kind of what was given: a pandas object, array or plain float.

    A list comes back as an array.
    """
    # The labels of the first that has some: a figure is found again by its court.
    for argument in given:
        if isinstance(argument, pd.DataFrame):
            return pd.DataFrame(result, index=argument.index, columns=argument.columns)
        if isinstance(argument, pd.Series):
            return pd.Series(result, index=argument.index)
    for argument in given:
        if isinstance(argument, pd.Index):
            return pd.Index(result)
    return float(result) if np.ndim(result) == 0 else np.asarray(result)


def _one_unit(arguments: dict[str, Numbers]) -> None:
    units = {name: _units_in(values) for name, values in arguments.items()}
    # Plain numbers have no unit and pass: only what says two different ones is refused.
    if len(set().union(*units.values())) > 1:
        named = ", ".join(
            f"{name} in {' and '.join(sorted(units_of_it))}"
            for name, units_of_it in units.items()
            if units_of_it
        )
        raise ParameterError(f"{named}: different units; expected one unit")


def _units_in(values: Numbers) -> set[str]:
    if isinstance(values, float):
        values = [values]
    elif not isinstance(values, list | tuple):
        # Only an array of objects can hold figures that know their unit.
        kind = getattr(getattr(values, "dtype", None), "kind", "")
        values = np.ravel(values) if kind == "O" else []
    return {
        value.unit
        for value in values
        if isinstance(value, float) and hasattr(value, "unit")
    }


def _as_numbers(values: Numbers, name: str) -> np.ndarray:
    array = array_of(values, name)
    if array.size and array.dtype.kind not in "iuf":
        # Figures typed as text, dates and true or false would convert in silence.
        if odd := {kind for value in array.ravel() if (kind := _not_a_number(value))}:
            raise ParameterError(f"{name} holds {min(odd)}; expected numbers")
        # What pandas or None call missing becomes one NaN, which `numbers_of` refuses.
        array = np.where(pd.isna(array), np.nan, array)
    return array.astype(float)


def _not_a_number(value: Any) -> str:
    if isinstance(value, Real | Decimal) or (
        pd.api.types.is_scalar(value) and pd.isna(value)
    ):
        # True is a number to Python, but not a count to us.
        return "true or false" if isinstance(value, bool) else ""
    if isinstance(value, np.bool_):
        return "true or false"
    return "text" if isinstance(value, str) else f"a {type(value).__name__}"


def _refuse(wrong: np.ndarray, name: str, expected: str) -> None:
    if wrong.size:
        raise ParameterError(f"{name} is {wrong[0]:g}; expected {expected}")
