"""Words in the language of the reader, and how figures stand among them.

Arabic text is isolated from what stands around it, and figures, ranges and p-values are
isolated within Arabic text: otherwise 44 and ±1 run together, and a range turns round.
"""

import re
import textwrap
from dataclasses import dataclass
from typing import Any

import pandas as pd
from babel.dates import format_date

from qadaya.language import translator

# The spaces before : ; ! ? % » and after « and ◥
_UNPARTED = re.compile(r" (?=[:;!?%»](?:\s|$))|(?<=[«◥]) ")
_RLI, _LRI, _PDI = "\u2067", "\u2066", "\u2069"
# Within Arabic a p-value cut in two reads backwards.
_P_VALUE = re.compile(f"(?<={_LRI})p ([=<]) (?=\\d)")


@dataclass(frozen=True)
class Words:
    """One catalogue in one language, and how lines and figures are written in it."""

    language: str
    domain: str = "views.charts"

    @property
    def rtl(self) -> bool:
        return self.language == "ar"

    def __call__(self, text: str, **facts: Any) -> str:
        return translator(self.language, self.domain).gettext(text).format(**facts)

    def plural(self, one: str, many: str, n: int, **facts: Any) -> str:
        catalogue = translator(self.language, self.domain)
        return catalogue.ngettext(one, many, n).format(n=n, **facts)

    def line(self, text: str) -> str:
        """One line of a drawing; SVG needs to be told that it is Arabic."""
        return f"{_RLI}{text}{_PDI}" if self.rtl else text

    def lines(self, text: str, width: int) -> str:
        """Text broken into lines, for a title, a note or a name."""
        return "<br>".join(self.line(part) for part in broken(text, width))

    def decimal(self, value: float, digits: int = 1) -> str:
        text = f"{value:.{digits}f}"
        return text.replace(".", ",") if self.language == "fr" else text

    def span(self, low: float, high: float, digits: int = 0) -> str:
        """A range of figures: 20-43, and in Arabic too the lower one first."""
        if pd.isna(low) or pd.isna(high):
            return self("not known")
        text = f"{self.decimal(low, digits)}–{self.decimal(high, digits)}"
        return f"{_LRI}{text}{_PDI}" if self.rtl else text

    def isolated(self, text: str) -> str:
        """Figures or Latin words kept in their order within Arabic: >3000, 2024-06."""
        return f"{_LRI}{text}{_PDI}" if self.rtl else text

    def between(self, low: float, high: float, digits: int = 0) -> str:
        """A range inside a sentence; Arabic says it in words."""
        if not self.rtl or pd.isna(low) or pd.isna(high):
            return self.span(low, high, digits)
        return f"من {self.decimal(low, digits)} إلى {self.decimal(high, digits)}"

    def p_value(self, p: float) -> str:
        """As readers expect it: p = 0.13, p = 0.008, p < 0.001."""
        number = self.p_number(p)
        text = f"p {number}" if number.startswith("<") else f"p = {number}"
        return f"{_LRI}{text}{_PDI}" if self.rtl else text

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
        day = pd.Timestamp(iso).date()
        locale = {"ar": "ar_MA", "fr": "fr", "en": "en_GB"}[self.language]
        return format_date(day, "d MMMM y", locale=locale)


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


def kept_together(text: str) -> str:
    """The same text with the spaces kept that no line may end at: 95 %, « a.

    For what is shown; sentences themselves have plain spaces.
    """
    text = _UNPARTED.sub("\u00a0", text)
    return _P_VALUE.sub("p\u00a0\\1\u00a0", text)
