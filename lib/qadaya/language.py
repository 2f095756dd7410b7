"""Gettext catalogues: the words people see, in Arabic, French and English.

The English text is the key. Each folder of the package keeps the catalogues of its own
words: the domain `views.charts` is `views/labels/<language>/charts.po`.
"""

import gettext
import io
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from qadaya.errors import ParameterError

LANGUAGES = ("ar", "fr", "en")
DIRECTION = {"ar": "rtl", "fr": "ltr", "en": "ltr"}


def catalogue(language: str, domain: str) -> Traversable:
    """The file of one domain in one language."""
    *folders, name = domain.split(".")
    return files("qadaya").joinpath(*folders, "labels", language, f"{name}.po")


@cache
def translator(language: str, domain: str) -> gettext.NullTranslations:
    """The catalogue of one domain: `.gettext(text)`, `.ngettext(one, many, n)`.

    Raises: ParameterError for a language other than ar, fr and en.
    """
    if language not in LANGUAGES:
        raise ParameterError(
            f"language is {language!r}; expected one of {', '.join(LANGUAGES)}"
        )
    if language == "en":
        return gettext.NullTranslations()
    compiled = io.BytesIO()
    with catalogue(language, domain).open("rb") as source:
        write_mo(compiled, read_po(source, locale=language, domain=domain))
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)
