"""Where a catalogue ends, a test ends: nobody is to read English by accident.

Imported before anything that translates, so that all of it asks here.
"""

import gettext
from functools import cache

from qadaya import language

# The prose of notebooks: one that nobody translated is shown as it was written.
OPEN = "pages.notebooks"
_translator = language.translator


class _Missing(gettext.NullTranslations):
    def gettext(self, message):
        raise AssertionError(f"{message!r} is in no catalogue of this domain")

    def ngettext(self, msgid1, msgid2, n):
        raise AssertionError(f"{msgid1!r} is in no catalogue of this domain")


@cache
def _strict(reader, domain):
    found = _translator(reader, domain)
    if domain != OPEN and reader != "en":
        found.add_fallback(_Missing())
    return found


language.translator = _strict
