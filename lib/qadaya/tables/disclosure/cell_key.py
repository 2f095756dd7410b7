"""The cell key method: noise that is the same wherever the same cases are counted.

Kept beside rounding as a check on published examples; its tables do not add up, so no
edition uses it.
"""

from collections.abc import Iterable, Sequence
from fractions import Fraction

from qadaya.errors import ParameterError

# (upper end of an interval of keys, noise): keys lie in (0, 1].
Noise = tuple[float, int]


def cell_key(record_keys: Iterable[float]) -> float:
    """The fractional part of the sum of the record keys of a cell."""
    total = sum((Fraction(str(key)) for key in record_keys), Fraction(0))
    return float(total % 1)


def perturbed(record_keys: Sequence[float], table: Sequence[Noise]) -> int:
    """The published count of the cell that holds these records.

    `table`: ends of intervals in rising order with the noise of each; a key belongs to
    the first end that it does not exceed. A count is never published as negative.
    """
    ends = [end for end, _ in table]
    if not ends or ends != sorted(ends) or ends[-1] < 1:
        raise ParameterError(
            f"noise table ends at {ends}; expected rising ends up to 1"
        )
    if not record_keys:
        return 0
    key = cell_key(record_keys)
    noise = next(noise for end, noise in table if key <= end)
    return max(0, len(record_keys) + noise)
