"""Whether a cell counts or numbers more than one case: "3", or the cases "1-3"."""

import re

from qadaya.reference import fold, plain

_COUNTED = re.compile(r"(\d{1,4})(?: (?:قضيه|قضايا|ملف|ملفات|affaires?|cases?))?")
# A stroke is none of these: behind one stands the year of a number.
_SPANNED = re.compile(
    r"(?:n°?|رقم|من|de|from)? ?(\d{1,4}) ?(?:-|–|—|الي|a|to|و|et|and|,) ?(\d{1,4})"
)


def counts_several(text: str) -> bool:
    """Whether a count of cases is more than one."""
    counted = _COUNTED.fullmatch(fold(text))
    return counted is not None and int(counted[1]) > 1


def numbers_several(text: str) -> bool:
    """Whether a number in a row of numbers reaches from one case to another."""
    spanned = _SPANNED.fullmatch(" ".join(plain(text).split()))
    return spanned is not None and int(spanned[1]) < int(spanned[2])
