"""Puts remarks into a workbook: coloured cells, comments, and a list in front."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence

from openpyxl import Workbook
from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import quote_sheetname
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.worksheet import Worksheet

from qadaya.language import LANGUAGES, translator
from qadaya.returns.answers.remarks import (
    DOMAIN,
    FOR_INFORMATION,
    MUST,
    PLEASE,
    FirstSheet,
    Remark,
)
from qadaya.returns.form.style import FONT
from qadaya.returns.messages import column_name
from qadaya.spreadsheet import inert

SHEET = "Remarks"
AUTHOR = "Qadaya"
HEADINGS = ("No.", "Sheet", "Cell", "What is asked", "As typed", "Remark")
_WIDTHS = (6, 18, 10, 18, 30, 95)
_COLOURS = {MUST: "FFFFC7CE", PLEASE: "FFFFEB9C", FOR_INFORMATION: "FFDDEBF7"}
# A comment is as wide as its text is long, within what a screen can show.
_COMMENT_WIDTH, _LINE_HEIGHT, _LETTERS_A_LINE = 320, 22, 42

# The sheet and the cells that a remark means; none where the whole file is meant.
Place = tuple[Worksheet, list[Cell]] | None
Find = Callable[[Remark], Place]


def mark(book: Workbook, told: FirstSheet, find: Find) -> None:
    """Colour and comment the cells of all remarks, and list them on a first sheet."""
    places = [find(remark) for remark in told.remarks]
    texts: dict[tuple[str, str], list[str]] = defaultdict(list)
    cells: dict[tuple[str, str], tuple[Cell, str]] = {}
    for remark, place in zip(told.remarks, places, strict=True):
        if place is None or not place[1]:
            continue
        sheet, found = place
        for cell in found:
            key = (sheet.title, cell.coordinate)
            _, kind = cells.get(key, (cell, FOR_INFORMATION))
            cells[key] = (cell, min(kind, remark.kind, key=list(_COLOURS).index))
        texts[sheet.title, found[0].coordinate].append(remark.text)
    for key, (cell, kind) in cells.items():
        cell.fill = PatternFill("solid", fgColor=_COLOURS[kind])
        if key in texts:
            _comment(cell, texts[key])
    _list(book, told, places)


def unmark(book: Workbook) -> None:
    """Take out what an earlier answer put in, so that only this one's remarks show."""
    ours = {_title(language) for language in LANGUAGES}
    for sheet in list(book.worksheets):
        if sheet.title in ours and len(book.worksheets) > 1:
            del book[sheet.title]
            continue
        for cell in _cells(sheet):
            if cell.comment is not None and cell.comment.author == AUTHOR:
                cell.comment = None
            if cell.fill.fill_type and cell.fill.fgColor.rgb in _COLOURS.values():
                cell.fill = PatternFill()


def cell_at(sheet: Worksheet, name: str) -> Cell | None:
    """A cell by its name; of a merged range the one that shows."""
    cell = sheet[name]
    if isinstance(cell, Cell):
        return cell
    for merged in sheet.merged_cells.ranges:
        if name in merged:
            return sheet.cell(merged.min_row, merged.min_col)  # type: ignore[return-value]
    return None


def write_text(cell: Cell | MergedCell, text: str) -> None:
    """Put a text into a cell, where it stays a text whatever it begins with."""
    cell.value = inert(text)
    cell.data_type = "s"


def _cells(sheet: Worksheet) -> Iterator[Cell]:
    for row in sheet.iter_rows():
        yield from (cell for cell in row if isinstance(cell, Cell))


def _comment(cell: Cell, texts: Sequence[str]) -> None:
    before = [cell.comment.text] if cell.comment else []
    text = "\n\n".join([*before, *texts])
    comment = Comment(text, AUTHOR)
    lines = sum(1 + len(part) // _LETTERS_A_LINE for part in text.split("\n"))
    comment.width, comment.height = _COMMENT_WIDTH, 20 + _LINE_HEIGHT * lines
    cell.comment = comment


def _title(language: str) -> str:
    return translator(language, DOMAIN).gettext(SHEET)


def _list(book: Workbook, told: FirstSheet, places: Sequence[Place]) -> None:
    sheet = book.create_sheet(_title(told.language), 0)
    sheet.sheet_view.rightToLeft = told.language == "ar"
    sheet.sheet_view.showGridLines = False
    _line(sheet, told.title, size=14)
    for text in told.summary:
        _line(sheet, text)
    if told.remarks:
        _table(sheet, told, places)
    for letter, width in zip("ABCDEF", _WIDTHS, strict=True):
        sheet.column_dimensions[letter].width = width
    for other in book.worksheets:
        # Two sheets selected at once are both typed into.
        other.sheet_view.tabSelected = other is sheet
    book.active = sheet
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    assert sheet.sheet_properties.pageSetUpPr is not None
    sheet.sheet_properties.pageSetUpPr.fitToPage = True


def _line(sheet: Worksheet, text: str, *, size: int = 11) -> None:
    row = sheet.max_row + (sheet["A1"].value is not None)
    cell = sheet.cell(row, 1)
    write_text(cell, text)
    cell.font = Font(name=FONT, size=size, bold=size > 11)
    cell.alignment = _aligned(sheet)
    sheet.merge_cells(start_row=row, end_row=row, start_column=1, end_column=6)
    sheet.row_dimensions[row].height = 18 * (1 + len(text) // 130) + (size - 11)


def _table(sheet: Worksheet, told: FirstSheet, places: Sequence[Place]) -> None:
    say = translator(told.language, DOMAIN).gettext
    head = sheet.max_row + 2
    for column, name in enumerate(HEADINGS, start=1):
        title = sheet.cell(head, column, say(name))
        title.font = Font(name=FONT, size=11, bold=True)
        title.alignment = _aligned(sheet)
    for number, (remark, place) in enumerate(
        zip(told.remarks, places, strict=True), start=1
    ):
        row = head + number
        values = _columns(remark, place, told.language)
        for column, text in enumerate([str(number), *values], start=1):
            cell = sheet.cell(row, column)
            write_text(cell, text)
            cell.font = Font(name=FONT, size=11)
            cell.alignment = _aligned(sheet)
        sheet.cell(row, 4).fill = PatternFill("solid", fgColor=_COLOURS[remark.kind])
        sheet.row_dimensions[row].height = 16 * (1 + len(remark.text) // 85) + 4
        if place is not None:
            _link(sheet.cell(row, 3), place)
    sheet.freeze_panes = f"A{head + 1}"


def _columns(remark: Remark, place: Place, language: str) -> list[str]:
    say = translator(language, DOMAIN).gettext
    where = remark.cell or (
        say("row {n}").format(n=remark.row) if remark.row is not None else ""
    )
    if place is not None and place[1]:
        where = place[1][0].coordinate
    if not where and remark.column:
        where = column_name(remark.column, language)
    sheet = place[0].title if place is not None else remark.sheet or ""
    return [sheet, where or "—", say(remark.kind), remark.value or "", remark.text]


def _link(cell: Cell | MergedCell, place: tuple[Worksheet, list[Cell]]) -> None:
    sheet, found = place
    target = found[0].coordinate if found else "A1"
    location = f"{quote_sheetname(sheet.title)}!{target}"
    cell.hyperlink = Hyperlink(ref=cell.coordinate, location=location)
    cell.font = Font(name=FONT, size=11, underline="single", color="FF0563C1")


def _aligned(sheet: Worksheet) -> Alignment:
    arabic = sheet.sheet_view.rightToLeft
    return Alignment(
        horizontal="right" if arabic else "left",
        vertical="top",
        wrap_text=True,
        readingOrder=2 if arabic else 1,
    )
