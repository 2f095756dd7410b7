"""What a cell without a word says: nothing, the same as above, or what nobody knows."""

import unicodedata

# Strokes and blanks around a sign, and marks of direction.
_STROKES = frozenset("-–—−ـ_")
_AROUND = _STROKES | frozenset(" \t\n\xa0\u200e\u200f\u061c")
# For what stands in the cell above; it takes two of the lesser ones.
_SAME = frozenset('"〃״”“„‟″ʺ»«')
_SAME_IN_PAIRS = frozenset("'’‚′,،")
# Drawn where there is nothing; any other sign is an answer.
_OF_NOTHING = frozenset("∅○◯☐□◻⬜⚪❏❑<>|~¬°")
_SIGNS = frozenset({"So", "Sm", "Co"})


def is_an_answer(text: str) -> bool:
    """Whether a text without a word says something all the same.

    A question mark is an answer still owed, and a sign for "the same" another.
    """
    return _says_the_same(text) or any(map(_says_something, text))


def _says_the_same(text: str) -> bool:
    sign = [letter for letter in text if letter not in _AROUND]
    # Two slashes alone are a stroke through the cell; between strokes they repeat.
    if sign == ["/", "/"]:
        return not _STROKES.isdisjoint(text)
    if _SAME.issuperset(sign):
        return bool(sign)
    return len(sign) > 1 and _SAME_IN_PAIRS.issuperset(sign)


def _says_something(letter: str) -> bool:
    if letter in "?؟":
        return True
    return unicodedata.category(letter) in _SIGNS and letter not in _OF_NOTHING
