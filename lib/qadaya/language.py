"""Gettext catalogues: the words people see, in Arabic, French and English.

The English text is the key. Each house of the package has a catalogue of its own
(a gettext domain), `views/labels/<language>/<domain>.po`.
"""

import gettext
import io
from functools import cache

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from qadaya.errors import ParameterError
from qadaya.paths import CATALOGUES

LANGUAGES = ("ar", "fr", "en")
DIRECTION = {"ar": "rtl", "fr": "ltr", "en": "ltr"}


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
    path = CATALOGUES / language / f"{domain}.po"
    compiled = io.BytesIO()
    with path.open("rb") as source:
        write_mo(compiled, read_po(source, locale=language, domain=domain))
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)
