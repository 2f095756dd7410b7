"""Opens a received file, whatever its kind, as grids: sheets, Word tables, records."""

import io
import struct
import zlib
from pathlib import Path
from zipfile import BadZipFile, ZipFile

from lxml.etree import LxmlError

from qadaya.returns.read.documents import Item, read_docx, read_odt
from qadaya.returns.read.grid import MOST_BYTES, Grid, Unreadable
from qadaya.returns.read.layout import find_tables
from qadaya.returns.read.textfiles import read_csv
from qadaya.returns.read.workbooks import read_ods, read_xls, read_xlsx

_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
_TEXT_KINDS = (".csv", ".txt", ".tsv")
_NOT_TEXT = (
    b"%PDF",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"Rar!",
    b"{\\rtf",
    b"GIF8",
    b"7z\xbc",
)
# What zipfile, zlib and lxml raise over a damaged archive; ValueError is a file name
# inside it that is no text.
_BROKEN = (
    BadZipFile,
    LxmlError,
    zlib.error,
    struct.error,
    KeyError,
    ValueError,
    EOFError,
    OSError,
)


def read_file(path: Path) -> list[Grid]:
    """The grids of a file, by what the file is rather than by its name.

    Raises: Unreadable with the reason, for anything that is no return at all.
    """
    if not path.is_file():
        raise Unreadable("not_a_file")
    try:
        if path.stat().st_size > MOST_BYTES:
            raise Unreadable("too_large")
        content = path.read_bytes()
    except PermissionError as error:
        raise Unreadable("denied") from error
    except OSError as error:
        raise Unreadable("damaged") from error
    if not content.strip():
        raise Unreadable("empty")
    return _read(content, path.suffix.lower())


def _read(content: bytes, suffix: str) -> list[Grid]:
    if content.startswith(_ZIP):
        return _read_archive(content)
    if content.startswith(_OLE):
        return _read_ole(content)
    if content.startswith(_NOT_TEXT) or (suffix and suffix not in _TEXT_KINDS):
        # A workbook cut short or a picture called .xlsx ends here as well.
        known = (".xlsx", ".xls", ".ods", ".docx", ".odt")
        raise Unreadable("damaged" if suffix in known else "kind")
    return [read_csv(content)]


def _read_archive(content: bytes) -> list[Grid]:
    try:
        with ZipFile(io.BytesIO(content)) as parts:
            if sum(part.file_size for part in parts.infolist()) > MOST_BYTES:
                raise Unreadable("too_large")
            return _read_parts(content, parts)
    except _BROKEN as error:
        raise Unreadable("damaged") from error
    except RuntimeError as error:
        # How zipfile asks for a password, or says that it lacks a method.
        raise Unreadable("encrypted") from error


def _read_parts(content: bytes, parts: ZipFile) -> list[Grid]:
    names = set(parts.namelist())
    if "xl/workbook.xml" in names or any(n.startswith("xl/worksheets/") for n in names):
        return read_xlsx(content, parts)
    if "word/document.xml" in names:
        return word_grids(read_docx(content))
    if "content.xml" not in names:
        raise Unreadable("kind")
    if b"encryption-data" in parts.read("META-INF/manifest.xml"):
        raise Unreadable("encrypted")
    kind = parts.read("mimetype") if "mimetype" in names else b""
    if b"spreadsheet" in kind:
        return read_ods(content, parts)
    if b"text" in kind:
        return word_grids(read_odt(parts))
    raise Unreadable("kind")


def _read_ole(content: bytes) -> list[Grid]:
    # Names of streams in the old container are UTF-16.
    if "EncryptedPackage".encode("utf-16-le") in content:
        raise Unreadable("encrypted")
    if "WordDocument".encode("utf-16-le") in content:
        raise Unreadable("old_word")
    return read_xls(content)


def word_grids(items: list[Item]) -> list[Grid]:
    """One grid per table that holds the form, with the paragraphs around it.

    Other tables count as text. A table without headings that directly follows the
    form, as wide as it, continues it.
    """
    grids: list[Grid] = []
    lines: list[str] = []
    for item in items:
        if item.rows is None:
            lines += [line for line in item.text.split("\n") if line.strip()]
            continue
        grid = Grid(None, item.rows, is_word=True, before=lines)
        headed = bool(find_tables(grid).tables)
        if headed or _continues(grid, grids, lines):
            grid.continues = not headed
            if grids:
                grids[-1].after = lines
            grids.append(grid)
            lines = []
        else:
            lines += [" ".join(filter(None, row)) for row in item.rows if any(row)]
    if grids:
        grids[-1].after = lines
        return grids
    return [_unformed(items, lines)]


def _continues(grid: Grid, grids: list[Grid], lines: list[str]) -> bool:
    if not grids or lines or not grid.rows:
        return False
    return max(map(len, grid.rows)) == max(map(len, grids[-1].rows))


def _unformed(items: list[Item], lines: list[str]) -> Grid:
    """The largest table of a document without a form, to say what it lacks."""
    tables = [item.rows for item in items if item.rows]
    return Grid(None, max(tables, key=len, default=[]), before=lines, is_word=True)
