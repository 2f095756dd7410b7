"""Numbers as clerks write them: figures with any marks, or words in three languages."""

import re
from functools import lru_cache
from itertools import pairwise

# Folded words. The feminine and masculine forms count alike, right or wrong.
_SIMPLE = {
    0: "صفر zero",
    1: "واحد واحده احد احدي un une one a",
    2: "اثنان اثنين اثنتان اثنتين اثنا اثني deux two",
    3: "ثلاث ثلاثه trois three",
    4: "اربع اربعه quatre four",
    5: "خمس خمسه cinq five",
    6: "ست سته six",
    7: "سبع سبعه sept seven",
    8: "ثمان ثماني ثمانيه تمانيه huit eight",
    9: "تسع تسعه neuf nine",
    10: "عشر عشره dix ten",
    11: "onze eleven",
    12: "douze twelve",
    13: "treize thirteen",
    14: "quatorze fourteen",
    15: "quinze fifteen",
    16: "seize sixteen",
    17: "seventeen",
    18: "eighteen",
    19: "nineteen",
    20: "عشرون عشرين vingt vingts twenty",
    30: "ثلاثون ثلاثين trente thirty",
    40: "اربعون اربعين quarante forty",
    50: "خمسون خمسين cinquante fifty",
    60: "ستون ستين soixante sixty",
    70: "سبعون سبعين septante seventy",
    80: "ثمانون ثمانين huitante octante eighty",
    90: "تسعون تسعين nonante ninety",
    200: "مايتان مايتين مايتا مايتي ميتان ميتين ميتا ميتي",
    300: "ثلاثمايه ثلاثميه ثلاثمايا",
    400: "اربعمايه اربعميه",
    500: "خمسمايه خمسميه",
    600: "ستمايه ستميه",
    700: "سبعمايه سبعميه",
    800: "ثمانمايه ثمانميه ثمانيمايه",
    900: "تسعمايه تسعميه",
    2000: "الفان الفين الفا الفي",
}
_WORDS = {word: n for n, words in _SIMPLE.items() for word in words.split()}
_HUNDREDS = frozenset("مايه ميه cent cents hundred".split())  # noqa: SIM905
_THOUSANDS = frozenset("الف الاف الفا mille thousand".split())  # noqa: SIM905
_TWENTIES = frozenset({"vingt", "vingts"})
_MILLIONS = frozenset("مليون مليونا ملايين million millions".split())  # noqa: SIM905

_FIGURES = r"\d{1,3}(?:[ .,'’]\d{3})+(?:[.,]\d{1,2})?(?!\d)|\d+(?:[.,]\d{1,2})?(?!\d)"
_NAMES = "|".join(
    sorted({*_WORDS, *_HUNDREDS, *_THOUSANDS, *_MILLIONS}, key=len, reverse=True)
)
NAME_BEGUN = rf"(?:{_NAMES})"
NAME = rf"{NAME_BEGUN}(?!\w)"
_LINK = r"(?:\s+و\s*|\s+et\s+|\s+and\s+|\s*-\s*|\s+)"
# Figures, perhaps times a word (10 آلاف), or a chain of words (خمسة وعشرون ألف).
NUMBER = (
    rf"(?:(?:{_FIGURES})(?:\s+(?:الف|الاف|الفا|mille|thousand|مليون)(?!\w))?"
    rf"|{NAME}(?:{_LINK}{NAME})*)"
)
_CENTS = re.compile(r"[.,](\d{1,2})$")
_NOT_A_DIGIT = re.compile(r"\D")
_FIGURES_ONLY = re.compile(rf"(?:{_FIGURES})")
_ONE_WORD = re.compile(rf"(?:{_NAMES})(?!\w)")


@lru_cache(maxsize=4096)
def read_number(text: str) -> float:
    """The number that a match of `NUMBER` means.

    Marks between groups of three are no decimals: 10.000 is ten thousand.
    """
    figures = _FIGURES_ONLY.match(text)
    if figures is None:
        return _from_words(_ONE_WORD.findall(text))
    number = _from_figures(figures[0])
    rest = text[figures.end() :].split()
    return number * (_from_words(rest) if rest else 1)


def _from_figures(text: str) -> float:
    cents = _CENTS.search(text)
    whole = text[: cents.start()] if cents else text
    digits = _NOT_A_DIGIT.sub("", whole)
    return float(f"{digits}.{cents[1]}" if cents else digits)


def _from_words(words: list[str]) -> float:
    """Adds up from the left; a hundred, a thousand and a million multiply."""
    total = part = 0.0
    for before, word in pairwise(["", *words]):
        if before == "quatre" and word in _TWENTIES:
            part += 76  # four twenties, where four are counted already
        elif word in _MILLIONS:
            total, part = total + (part or 1) * 1_000_000, 0.0
        elif word in _THOUSANDS and not (word == "الفا" and part == 0):
            total, part = total + (part or 1) * 1000, 0.0
        elif word in _HUNDREDS:
            # "ثلاث مائة" is 300, "ألف ومائة" 1,100, "twenty hundred" nobody says.
            part = part * 100 if 0 < part < 10 else part + 100
        elif _WORDS[word] == 2000:
            total += 2000
        else:
            part += _WORDS[word]
    return total + part
