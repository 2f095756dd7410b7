"""Changes in a file that is written: in the text of the part that holds its table."""

import io
from collections.abc import Callable
from zipfile import ZIP_DEFLATED, ZipFile

# From the text and the row of a case, counted from 1, to the text as it will be.
Change = Callable[[str, int], str]
_PARTS = {
    "xlsx": "xl/worksheets/sheet1.xml",
    "ods": "content.xml",
    "docx": "word/document.xml",
}


def changed(content: bytes, kind: str, change: Change, row: int) -> bytes:
    """A file of a kind (xlsx, ods, docx, csv) with a change at a row."""
    part = _PARTS.get(kind)
    if part is None:
        text = content.decode("utf-8-sig", "surrogateescape")
        return change(text, row).encode("utf-8", "surrogateescape")
    target = io.BytesIO()
    with (
        ZipFile(io.BytesIO(content)) as old,
        ZipFile(target, "w", ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            told = old.read(name)
            if name == part:
                told = change(told.decode(), row).encode()
            new.writestr(name, told)
    return target.getvalue()


def unchanged(text: str, row: int) -> str:
    """The text: the trait is what was typed."""
    return text
