"""Words, numbers and dates in the language of the reader: the only place for them.

Arabic text is isolated from what stands around it, and figures, ranges and p-values are
isolated within Arabic text: otherwise 44 and ±1 run together, and a range turns round.
"""

import re
import textwrap
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from numbers import Integral
from typing import Any

from babel.numbers import format_decimal

from qadaya.dates import day_in_words, month_in_words
from qadaya.language import translator

# Four digits stand together, as those of a year do.
GROUPED_FROM = 10_000
# The spaces before : ; ! ? % » and after « and ◥
_UNPARTED = re.compile(r" (?=[:;!?%»-](?:\s|$))|(?<=[«◥]) ")
_RLI, _LRI, _PDI = "\u2067", "\u2066", "\u2069"
# Signs that set the direction of what follows: in a name, U+202E turns the line.
_TURNS = dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x200E, 0x200F])
# A p-value is read as one; within Arabic, cut in two, it reads backwards.
_P_VALUE = re.compile(r"\bp ([=<]) (?=\d)")
# So is a range, as 65–106: a line may end at its dash.
_RANGE = re.compile(r"(?<=\d)–(?=\d)")
# Behind Arabic letters the sign would change to the other side: 95%.
_PERCENT = re.compile(
    r"(?<![\u2066\d.,–\u2060\-])([+-]?\d[\d.,]*(?:–\u2060?\d[\d.,]*)?%)(?!\u2069)"
)
# So would the numbers of an article within it: 503-2.
_NUMBERED = re.compile(r"(?<![\w\u2066.,–\u2060\-/])(\d+(?:-\d+)+)(?![\w%/\-\u2069])")
_ARABIC = re.compile("[\u0620-\u064a]")
_ISOLATED = re.compile("\u2066[^\u2066-\u2069]{2,32}\u2069")
_STRAIGHT = re.compile(r"(?<=[^\W\d_])'(?=[^\W\d_]|$)")
_JOINER = "\u2060"


@dataclass(frozen=True)
class Words:
    """The words of one language, and how lines and figures are written in it."""

    language: str

    @property
    def rtl(self) -> bool:
        return self.language == "ar"

    def __call__(self, text: str, **facts: Any) -> str:
        template = translator(self.language, "views").gettext(text)
        return template.format(**self._written(facts))

    def plural(self, one: str, many: str, n: int, **facts: Any) -> str:
        ngettext = translator(self.language, "views").ngettext
        return ngettext(one, many, n).format(**self._written({"n": n, **facts}))

    def line(self, text: str) -> str:
        """One line of a drawing; SVG needs to be told that it is Arabic."""
        if self.rtl:
            return f"{_RLI}{runs_kept(text)}{_PDI}"
        return one_apostrophe(text)

    def lines(self, text: str, width: int) -> str:
        """Text broken into lines, for a title, a note or a name."""
        return "<br>".join(self.line(part) for part in broken(text, width))

    def number(self, n: float) -> str:
        """A count: 470, 9618, 36,210,368; in French 36 210 368."""
        return self.decimal(n, 0)

    def decimal(self, value: float, digits: int = 1) -> str:
        whole = "#,##0" if abs(value) >= GROUPED_FROM else "0"
        pattern = f"{whole}.{'0' * digits}" if digits else whole
        return format_decimal(value, format=pattern, locale=self.language)

    def percent(self, share: float, digits: int = 0) -> str:
        """A share as a percentage, a whole one unless `digits` says otherwise."""
        if _missing(share):
            return self("not known")
        number = self.decimal(100 * share, digits)
        return self.isolated(f"{number}{self.before_percent}%")

    def percent_span(self, low: float, high: float) -> str:
        """A range of percentages, the lower one first in every language."""
        if _missing(low, high):
            return self("not known")
        ends = "–".join(self.decimal(100 * share, 0) for share in (low, high))
        return self.isolated(f"{ends}{self.before_percent}%")

    def span(self, low: float, high: float, digits: int = 0) -> str:
        """A range of figures: 20-43, and in Arabic too the lower one first."""
        if _missing(low, high):
            return self("not known")
        return self.isolated(
            f"{self.decimal(low, digits)}–{self.decimal(high, digits)}"
        )

    def isolated(self, text: str) -> str:
        """Figures or Latin words kept in their order within Arabic: >3000, 2024-06."""
        return f"{_LRI}{text}{_PDI}" if self.rtl else text

    def of(self, name: str) -> str:
        """A name behind "of": French puts de before it, or d’ before a vowel."""
        if self.language != "fr":
            return name
        # Before a letter with an accent too: d’Évry.
        first = unicodedata.normalize("NFD", name)[:1].lower()
        return f"d’{name}" if first in "aeiou" else f"de {name}"

    def between(self, low: float, high: float, digits: int = 0) -> str:
        """A range inside a sentence; Arabic says it in words."""
        if not self.rtl or _missing(low, high):
            return self.span(low, high, digits)
        return f"من {self.decimal(low, digits)} إلى {self.decimal(high, digits)}"

    def percent_between(self, low: float, high: float) -> str:
        """A range of percentages inside a sentence; Arabic says it in words."""
        if not self.rtl or _missing(low, high):
            return self.percent_span(low, high)
        return f"من {self.percent(low)} إلى {self.percent(high)}"

    def p_value(self, p: float) -> str:
        """As readers expect it: p = 0.13, p = 0.008, p < 0.001."""
        number = self.p_number(p)
        return self.isolated(
            f"p {number}" if number.startswith("<") else f"p = {number}"
        )

    def p_number(self, p: float) -> str:
        """0.13; a third digit where it is small or where 0.05 would hide its side."""
        if p < 0.001:
            return f"< {self.decimal(0.001, 3)}"
        return self.decimal(p, 3 if p < 0.01 or 0.045 <= p < 0.055 else 2)

    def years(self, years: list[int]) -> str:
        first, last = min(years), max(years)
        if first == last:
            return str(first)
        return self("{first} to {last}", first=first, last=last)

    def date(self, iso: str) -> str:
        """An ISO date in words: 31 July 2026, 31 يوليوز 2026."""
        return day_in_words(date.fromisoformat(iso[:10]), self.language)

    def dated(self, published: str) -> str:
        """A day, a month or a year as far as known; the sign ~ stays before it."""
        inferred, known = "~" * published.startswith("~"), published.lstrip("~")
        if len(known) > len("2026-11"):
            known = self.date(known)
        elif len(known) > len("2026"):
            month = date.fromisoformat(f"{known}-01")
            known = month_in_words(month, self.language)
        return self.line(inferred + known)

    def _written(self, facts: Mapping[str, Any]) -> dict[str, Any]:
        """Facts of a sentence, whole numbers as this language writes them."""
        return {
            name: self.number(int(fact))
            if isinstance(fact, Integral) and not isinstance(fact, bool)
            else fact
            for name, fact in facts.items()
        }

    @property
    def before_percent(self) -> str:
        """The space that French sets before the sign."""
        return "\u202f" if self.language == "fr" else ""


def broken(text: str, width: int) -> list[str]:
    """Lines of at most `width` characters and of nearly the same length.

    A line begins with no mark of punctuation: French sets a space before some.
    """
    text = kept_together(text)
    lines = textwrap.wrap(text, width)
    for narrower in range(max(len(text) // max(len(lines), 1), 1), width):
        even = textwrap.wrap(text, narrower, break_long_words=False)
        if len(even) == len(lines) and max(map(len, even), default=0) <= width:
            return even
    return lines


def one_apostrophe(text: str) -> str:
    """French and English with the sign ’ alone: names of courts come with both."""
    return _STRAIGHT.sub("’", text)


def kept_together(text: str) -> str:
    """The same text with the spaces kept that no line may end at: 95 %, « a.

    For what is shown; sentences themselves have plain spaces.
    """
    return runs_kept(_UNPARTED.sub("\u00a0", text))


def runs_kept(text: str) -> str:
    """The same text with no place to break in a p-value, a range, a short isolate.

    In Arabic a percentage is isolated, so that its sign stands as in a table, and so
    is a number of parts, which would be read from its end.
    """
    text = _P_VALUE.sub("p\u00a0\\1\u00a0", text)
    text = _RANGE.sub(f"–{_JOINER}", text)
    if _ARABIC.search(text):
        text = _PERCENT.sub(f"{_LRI}\\1{_PDI}", text)
        text = _NUMBERED.sub(f"{_LRI}\\1{_PDI}", text)
    return _ISOLATED.sub(_unbroken, text) if _LRI in text else text


def _unbroken(isolate: re.Match[str]) -> str:
    if not any(letter.isdigit() for letter in isolate[0]):
        return isolate[0]
    joined = re.sub(r"(?<=\w)-(?=\d)", f"-{_JOINER}", isolate[0])
    return joined.replace(" ", "\u00a0")


def from_outside(name: object) -> str:
    """A name that others typed, a file's say: it cannot turn the line it stands in.

    Signs that set a direction are taken out of it, and it runs as its letters do.
    """
    return f"\u2068{str(name).translate(_TURNS)}{_PDI}"


def _missing(*values: float | None) -> bool:
    return any(value is None or value != value for value in values)
