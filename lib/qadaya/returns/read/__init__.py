"""Opens a received file, whatever its kind, as grids: sheets, Word tables, records."""

from qadaya.returns.read import kinds, opendocument
from qadaya.returns.read.binary_workbooks import read_binary_workbook
from qadaya.returns.read.bounds import bounds
from qadaya.returns.read.documents import document_grids
from qadaya.returns.read.garbled import what_happened
from qadaya.returns.read.grid import (
    Grid,
    Unreadable,
    without_invisible,
)
from qadaya.returns.read.headings import n_headings
from qadaya.returns.read.items import Item, Pages
from qadaya.returns.read.kinds_of_text import (
    is_clean,
    is_for_programs,
    is_owner_file,
    kind_of_text,
)
from qadaya.returns.read.new_workbooks import read_workbook
from qadaya.returns.read.old_containers import read_container
from qadaya.returns.read.open_looks import looks_of
from qadaya.returns.read.open_sheets import grids_of, read_sheets
from qadaya.returns.read.packages import BROKEN, Package, opened
from qadaya.returns.read.sheets_2003 import read_sheets_2003
from qadaya.returns.read.textfiles import decoded_text, read_text
from qadaya.returns.read.webpages import read_web_archive, read_web_page
from qadaya.returns.read.word import read_word
from qadaya.returns.read.writer import pages_of, read_writer
from qadaya.returns.read.xml_parts import parsed, root_name

_IN_ARCHIVES = (
    ("index/document.iwa", "apple"),
    ("index.xml", "apple"),
    ("index.apxl", "apple"),
    ("index.zip", "apple"),
    ("ppt/presentation.xml", "slides"),
    ("androidmanifest.xml", "program"),
    ("meta-inf/manifest.mf", "program"),
    ("fixeddocseq.fdseq", "kind"),
    ("mimetype", "kind"),
)
_FEW_HEADINGS = 3
_FIRST_BYTES = 4096
_TYPES = "xlsx xlsm xltx xlsb xls xlt ods docx docm dotx doc odt"
_OFFICE_SUFFIXES = {f".{name}" for name in _TYPES.split()}


def read_content(content: bytes, suffix: str = "") -> list[Grid]:
    """The grids of a file, by what the file is; `suffix` is only what it is called.

    Raises: Unreadable with the reason, for anything that is no return at all.
    """
    # Before anything is looked at: the rest takes time that grows with the file.
    if len(content) > bounds().unpacked_mb * 1_000_000:
        raise Unreadable("too_large", bounds().unpacked_mb)
    if not content.strip():
        raise Unreadable("empty")
    if not content.strip(b"\0 \t\r\n"):
        raise Unreadable("zeros")
    content = kinds.without_lines_before(content)
    kind = kinds.kind_of(content)
    try:
        return [without_invisible(grid) for grid in _read(kind, content, suffix)]
    except BROKEN as error:
        raise Unreadable("damaged") from error
    except RecursionError as error:
        raise Unreadable("nested", bounds().nested) from error


def _read(kind: str, content: bytes, suffix: str) -> list[Grid]:
    if kind == "archive":
        return _read_archive(content)
    if kind == "container":
        return read_container(content)
    if kind == "web":
        return document_grids(read_web_page(content))
    if kind == "web_archive":
        return _read_web_archive(content)
    if kind == "sheets_2003":
        return read_sheets_2003(content)
    if kind == "flat":
        return _read_flat(content)
    if kind != "text":
        raise Unreadable(kind)
    return [_read_list(content, suffix)]


def _read_list(content: bytes, suffix: str) -> Grid:
    """A list of any encoding; where it holds no form, what it is instead."""
    if is_owner_file(content):
        raise Unreadable("companion")
    # A list first: its headings tell it from whatever else begins as it does.
    grid = read_text(content)
    text = decoded_text(content[:_FIRST_BYTES])
    if n_headings(grid.rows) >= _FEW_HEADINGS and not is_for_programs(text):
        return grid
    if kind := kind_of_text(text):
        raise Unreadable(kind)
    # A form whose letters were lost is read as such, so that the clerk is told how.
    if what_happened([grid]) is not None:
        return grid
    is_called_otherwise = suffix.lower() in _OFFICE_SUFFIXES
    if not is_clean(text):
        raise Unreadable("damaged" if is_called_otherwise else "kind")
    if is_called_otherwise:
        raise Unreadable("plain_text")
    return grid


def _read_archive(content: bytes) -> list[Grid]:
    with opened(content) as package:
        opendocument.require_open(package)
        # Office files name their main part; what has none may be of another office.
        main = package.main_part() or _usual_main_part(package)
        if main is not None:
            return _read_office(package, main)
        if "content.xml" in package:
            return _read_open(package)
        for name, reason in _IN_ARCHIVES:
            if name in package:
                raise Unreadable(reason)
        if any(name.endswith(".iwa") for name in package.names):
            raise Unreadable("apple")
        raise Unreadable("packed")


def _usual_main_part(package: Package) -> str | None:
    """The main part of an archive that lost the relations that name it."""
    for name in ("xl/workbook.xml", "xl/workbook.bin", "word/document.xml"):
        if name in package:
            return name
    return None


def _read_office(package: Package, main: str) -> list[Grid]:
    if main.lower().endswith(".bin"):
        return read_binary_workbook(package, main)
    content = package.read(main)
    kind = root_name(content)
    if kind == "workbook":
        return read_workbook(package, main, content)
    if kind == "document":
        return document_grids(read_word(package, main, content, _read_chunk))
    parsed(content)  # a damaged part may say that it is another
    raise Unreadable("slides" if kind == "presentation" else "kind")


def _read_open(package: Package) -> list[Grid]:
    kind = package.read("mimetype") if "mimetype" in package else b""
    if not kind:
        kind = (
            b"spreadsheet"
            if b"office:spreadsheet" in package.read("content.xml")
            else b"text"
        )
    if b"spreadsheet" in kind:
        return read_sheets(package)
    if b"text" in kind:
        return document_grids(read_writer(package))
    raise Unreadable("slides" if b"presentation" in kind else "kind")


def _read_flat(content: bytes) -> list[Grid]:
    root = parsed(content)
    looks = looks_of(root)
    if next(root.iter("{*}spreadsheet"), None) is not None:
        grids = grids_of(root, looks)
    else:
        grids = document_grids(pages_of(root, root, looks))
    for meta in root.iterchildren("{*}meta") if grids else ():
        grids[0].asides += opendocument.told_by(meta)
    return grids


def _read_web_archive(content: bytes) -> list[Grid]:
    grids = []
    for name, pages in read_web_archive(content):
        of_page = document_grids(pages)
        for grid in of_page:
            grid.name = name
        grids += of_page
    most = max((n_headings(grid.rows) for grid in grids), default=0)
    if most < _FEW_HEADINGS and (kind := kind_of_text(decoded_text(content))):
        raise Unreadable(kind)
    return grids


def _read_chunk(content: bytes) -> Pages:
    """A document that lies whole inside a Word document.

    Raises: Unreadable for one that only Word itself can show.
    """
    kind = kinds.kind_of(content)
    if kind == "web":
        return read_web_page(content)
    if kind == "web_archive":
        pages = [page for _, page in read_web_archive(content)]
        return Pages([item for page in pages for item in page.items])
    if kind == "archive":
        with opened(content) as package:
            main = package.main_part()
            if main is not None:
                return read_word(package, main, package.read(main), _no_chunk)
    if kind == "text":
        return Pages([Item(text=decoded_text(content))])
    raise Unreadable("embedded_rich_text" if kind == "rich_text" else "embedded")


def _no_chunk(content: bytes) -> Pages:
    raise Unreadable("embedded")
