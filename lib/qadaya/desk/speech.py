"""The words of the desk in the language of the person who sits at it."""

from dataclasses import dataclass
from datetime import date
from html import escape

from qadaya.dates import day_in_words
from qadaya.language import DIRECTION, translator
from qadaya.reference import court_name

DOMAIN = "desk.desk"


@dataclass(frozen=True)
class Speech:
    """What the panel says; a value in a sentence stands as it is, apart from it."""

    language: str

    def __post_init__(self) -> None:
        translator(self.language, DOMAIN)  # refuses a language by its name

    @property
    def direction(self) -> str:
        return DIRECTION[self.language]

    def say(self, text: str, **values: object) -> str:
        return translator(self.language, DOMAIN).gettext(text).format(**values)

    def plural(self, one: str, many: str, n: int, **values: object) -> str:
        words = translator(self.language, DOMAIN)
        return words.ngettext(one, many, n).format(n=n, **values)

    def day(self, day: date) -> str:
        return day_in_words(day, self.language)

    def court(self, court_id: str | None) -> str:
        if not court_id:
            return self.say("court not known")
        return court_name(court_id, self.language)

    def listed(self, names: list[str]) -> str:
        return ("، " if self.language == "ar" else ", ").join(names)


def inert(text: object) -> str:
    """Text of others as HTML: nothing in it acts, and none of it turns its neighbours.

    Characters that no person sees are left out.
    """
    seen = "".join(c for c in str(text) if c.isprintable())
    return f"<bdi>{escape(seen)}</bdi>"
