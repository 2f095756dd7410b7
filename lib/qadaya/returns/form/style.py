"""How the sheets of the form look and print."""

from copy import copy

from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.worksheet.worksheet import Worksheet

# Arial is in Excel, and LibreOffice has a font of the same widths.
FONT = "Arial"
_LINE = Side(style="thin", color="FF333333")
_GRID = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
_CENTRE = Alignment(
    horizontal="center", vertical="center", wrap_text=True, readingOrder=2
)
_OFFICIAL = PatternFill("solid", fgColor="FFDCE6F1")
_OPTIONAL = PatternFill("solid", fgColor="FFF2F2F2")
_TEXT = "@"


def as_line(cell: Cell, *, size: int = 12, bold: bool = True) -> None:
    """A heading line at the right edge."""
    cell.font = Font(name=FONT, size=size, bold=bold)
    cell.alignment = Alignment(horizontal="right", vertical="center", readingOrder=2)


def as_title(cell: Cell, *, size: int = 14) -> None:
    """A line in the middle of the columns it spans."""
    cell.font = Font(name=FONT, size=size, bold=True)
    cell.alignment = _CENTRE


def as_heading(cell: Cell, *, optional: bool = False) -> None:
    """The heading of a column."""
    cell.font = Font(name=FONT, size=10 if optional else 11, bold=not optional)
    cell.fill = _OPTIONAL if optional else _OFFICIAL
    cell.alignment = _CENTRE
    cell.border = _GRID


def as_entry(cell: Cell | MergedCell, *, number_format: str = _TEXT) -> None:
    """A cell to type in; text, so that no program turns what is typed into a date."""
    cell.font = Font(name=FONT, size=11)
    cell.alignment = _CENTRE
    cell.border = _GRID
    cell.number_format = number_format


def like(cell: Cell, model: Cell) -> None:
    """A cell that looks like another, for a tenth of the time of a style of its own."""
    # What openpyxl itself copies by; its type stubs leave it out.
    cell._style = copy(model._style)  # type: ignore[attr-defined]


def as_note(cell: Cell, *, italic: bool = False, framed: bool = False) -> None:
    """A sentence that may run over several lines."""
    cell.font = Font(name=FONT, size=11, italic=italic)
    cell.alignment = Alignment(
        horizontal="right", vertical="center", wrap_text=True, readingOrder=2
    )
    if framed:
        cell.border = _GRID


def print_on_one_page(sheet: Worksheet, area: str) -> None:
    """One landscape A4 page, right to left, whatever a clerk types or inserts."""
    sheet.sheet_view.rightToLeft = True
    sheet.sheet_view.showGridLines = False
    sheet.print_area = area
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = int(sheet.PAPERSIZE_A4)
    sheet.page_setup.fitToWidth = 1
    sheet.page_setup.fitToHeight = 1
    assert sheet.sheet_properties.pageSetUpPr is not None
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_options.horizontalCentered = True
    for side in ("left", "right", "top", "bottom"):
        setattr(sheet.page_margins, side, 0.4)
    sheet.page_margins.header = sheet.page_margins.footer = 0.2
