"""What of a notebook's prose a catalogue lacks."""

import re
from pathlib import Path

import nbformat

from qadaya.language import translator
from qadaya.pages.render.prose import PLACEHOLDERS, pieces


def missing_prose(notebook, language):
    """The texts of a notebook that the catalogue `notebooks` lacks in a language.

    A translation that drops or invents a {name} counts as missing. English needs none.
    """
    if language == "en":
        return []
    read = (
        nbformat.read(notebook, as_version=4)
        if isinstance(notebook, Path)
        else notebook
    )
    gettext = translator(language, "pages.notebooks").gettext
    return [text for text in _texts(read) if not _carries(text, gettext(text))]


def _texts(notebook):
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            for piece in pieces(cell.source):
                if piece.translatable and re.search(r"[^\W\d_]", piece.text):
                    yield piece.text


def _carries(text, translation):
    def names(words):
        return sorted(name for name in PLACEHOLDERS if f"{{{name}}}" in words)

    return translation != text and names(text) == names(translation)
