"""How many persons a cell says: a figure, a word, or both with what is counted."""

import re

from qadaya.reference import plain
from qadaya.returns.code.numerals import NUMBER, read_number

_PERSONS = (
    r"(?:شخص|شخصا|اشخاص|متهم|متهما|متهمين|متهمون|ظنين|اظناء|فرد|افراد|متابع|متابعين"
    r"|personnes?|persons?|people|prevenus?|accuses?|mis en cause"
    r"|suspects?|defendants?)"
)
_ONE = re.compile(r"(?:(?:شخص|متهم|ظنين|فرد)(?: (?:واحد|وحيد))?)")
_TWO = re.compile(r"(?:شخصان|شخصين|متهمان|متهمين اثنين|ظنينان|ظنينين|فردان|فردين)")
_COUNT = re.compile(
    rf"(?P<number>{NUMBER})(?: ?\(\s?(?P<again>{NUMBER})\s?\))?(?: ?{_PERSONS})?"
)
_MOST = 999


def code_persons(text: str) -> int | None:
    """A number of persons, 0 to 999, from "3", "3 أشخاص", "شخصان" or "trois (3)".

    None where that is not all that the cell says.
    """
    typed = " ".join(plain(text).split())
    if typed.isdigit():
        return int(typed) if len(typed) <= 3 else None
    if _ONE.fullmatch(typed):
        return 1
    if _TWO.fullmatch(typed):
        return 2
    match = _COUNT.fullmatch(typed)
    if match is None:
        return None
    number = read_number(match["number"])
    if match["again"] and read_number(match["again"]) != number:
        return None
    return int(number) if number.is_integer() and number <= _MOST else None
