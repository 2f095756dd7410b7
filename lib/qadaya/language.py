"""Gettext catalogues: the words people see, in Arabic, French and English.

The English text is the key. Each folder of the package keeps the catalogues of its own
words: the domain `pages.notebooks` is `pages/labels/<language>/notebooks.po`, and
`views` all catalogues of `views/labels/<language>` together.
"""

import gettext
import io
from functools import cache
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from qadaya.errors import ParameterError
from qadaya.packaged import packaged_folder

LANGUAGES = ("ar", "fr", "en")
DIRECTION = {"ar": "rtl", "fr": "ltr", "en": "ltr"}


def catalogue(language: str, domain: str) -> Path:
    """The file of one domain in one language; its folder for a domain of many files.

    Raises: QadayaError when the package does not hold it.
    """
    *folders, name = domain.split(".")
    labels = packaged_folder("/".join([*folders, "labels", language]))
    file = labels / f"{name}.po"
    if file.is_file():
        return file
    return packaged_folder("/".join([*folders, name, "labels", language]))


@cache
def translator(language: str, domain: str) -> gettext.NullTranslations:
    """The words of one domain: `.gettext(text)`, `.ngettext(one, many, n)`.

    Raises: ParameterError for a language other than ar, fr and en.
    """
    if language not in LANGUAGES:
        raise ParameterError(
            f"language is {language!r}; expected one of {', '.join(LANGUAGES)}"
        )
    if language == "en":
        return gettext.NullTranslations()
    place = catalogue(language, domain)
    files = [place] if place.is_file() else sorted(place.iterdir(), key=str)
    first, *others = (_compiled(language, file) for file in files)
    for other in others:
        first.add_fallback(other)
    return first


def _compiled(language: str, catalogue: Path) -> gettext.GNUTranslations:
    compiled = io.BytesIO()
    with catalogue.open("rb") as source:
        write_mo(compiled, read_po(source, locale=language))
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)
