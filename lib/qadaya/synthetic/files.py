"""A laid-out return as the bytes of a file: .xlsx, .ods, .docx or .csv.

The office formats are written from the smallest documents that the programs open:
four hundred of them would take the libraries a good minute.
"""

import csv
import io
from collections.abc import Callable
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZIP_STORED

from openpyxl.utils import get_column_letter

from qadaya.returns.form.book import UndatedZip, form_workbook, workbook_bytes
from qadaya.returns.form.notes import DIFFICULTIES_HEADING_ROW
from qadaya.returns.form.style import as_line
from qadaya.returns.form.table import FIRST_ROW, HEADING_ROW, LETTERS
from qadaya.returns.form.texts import FOOTNOTE, NIL, words
from qadaya.synthetic import package_parts as parts
from qadaya.synthetic.draft import Draft, Formula
from qadaya.synthetic.layout import LaidOut, lines_of

# What a spreadsheet of Excel in Arabic or French writes as .csv.
CSV_WRITERS = (
    ("utf-8-sig", ","),
    ("utf-8", ";"),
    ("windows-1256", ";"),
    ("utf-8-sig", ";"),
    ("windows-1256", ","),
)
# In twentieths of a point, across a landscape A4 page.
_TABLE_WIDTH = 14000
SHEET_NAMES = {"ar": "ورقة1", "fr": "Feuil1"}


def file_bytes(draft: Draft, laid_out: LaidOut, *, csv_writer: int = 0) -> bytes:
    """The file of a draft that was laid out; `csv_writer` chooses an encoding."""
    if draft.format == "form":
        return _filled_form(draft)
    if draft.format == "csv":
        return _csv(laid_out, *CSV_WRITERS[csv_writer % len(CSV_WRITERS)])
    writers: dict[str, Callable[[Draft, LaidOut], bytes]] = {
        "xlsx": _xlsx,
        "ods": _ods,
        "docx": _docx,
    }
    return writers[draft.format](draft, laid_out)


def sheet_name(draft: Draft) -> str:
    """The name of the sheet that holds the table."""
    return draft.sheet_name or SHEET_NAMES[draft.hand.language]


def _filled_form(draft: Draft) -> bytes:
    book = form_workbook(draft.court_id, draft.year)
    table, difficulties = book.worksheets[:2]
    for row, line in lines_of(draft).items():
        table.cell(row, 1, line)
    as_line(table["A4"])
    if not draft.rows and "empty" not in draft.habits:
        table[f"A{FIRST_ROW}"] = words(NIL)
    for number, drafted in enumerate(draft.rows):
        for key, letter in LETTERS.items():
            table[f"{letter}{FIRST_ROW + number}"] = drafted.typed.get(key) or None
    if draft.difficulties:
        difficulties[f"A{DIFFICULTIES_HEADING_ROW + 1}"] = draft.difficulties
    return workbook_bytes(book)


def _csv(laid_out: LaidOut, encoding: str, separator: str) -> bytes:
    text = io.StringIO()
    csv.writer(text, delimiter=separator).writerows(laid_out.rows)
    try:
        return text.getvalue().encode(encoding)
    except UnicodeEncodeError:
        # Such as Arabic-Indic digits, which windows-1256 does not have.
        return text.getvalue().encode("utf-8-sig")


def _xlsx(draft: Draft, laid_out: LaidOut) -> bytes:
    rows = [
        f'<row r="{number}"{_height(number)}>{_xlsx_cells(number, cells)}</row>'
        for number, cells in enumerate(laid_out.rows, start=1)
    ]
    merges = "".join(
        f'<mergeCell ref="{get_column_letter(left)}{top}:'
        f'{get_column_letter(right)}{bottom}"/>'
        for top, left, bottom, right in laid_out.merges
    )
    sheet = parts.XLSX_SHEET.format(
        right_to_left=int(draft.hand.language == "ar"),
        n_columns=len(laid_out.letters),
        rows="".join(rows),
        merges=f"<mergeCells>{merges}</mergeCells>" if merges else "",
    )
    workbook = parts.XLSX_WORKBOOK.format(name=escape(sheet_name(draft)))
    return _zipped(
        parts.XLSX_PARTS
        | {"xl/workbook.xml": workbook, "xl/worksheets/sheet1.xml": sheet}
    )


def _height(row: int) -> str:
    # Room for two lines of text in the rows of the table.
    return ' ht="32" customHeight="1"' if row >= HEADING_ROW else ""


def _xlsx_cells(row: int, cells: list[str]) -> str:
    in_table = row >= HEADING_ROW
    return "".join(
        _xlsx_cell(f"{get_column_letter(column)}{row}", text, in_table)
        for column, text in enumerate(cells, start=1)
        if text or in_table
    )


def _xlsx_cell(address: str, text: str, in_table: bool) -> str:
    about = f'r="{address}" s="{int(in_table)}"'
    if not text:
        return f"<c {about}/>"
    if isinstance(text, Formula):
        return f"<c {about}><f>{escape(text[1:])}</f><v>2</v></c>"
    if text.isascii() and text.isdigit():
        return f"<c {about}><v>{text}</v></c>"
    return (
        f'<c {about} t="inlineStr"><is><t xml:space="preserve">'
        f"{escape(text)}</t></is></c>"
    )


def _ods(draft: Draft, laid_out: LaidOut) -> bytes:
    spans = {
        (top, left): (bottom, right) for top, left, bottom, right in laid_out.merges
    }
    covered = {
        (row, column)
        for (top, left), (bottom, right) in spans.items()
        for row in range(top, bottom + 1)
        for column in range(left, right + 1)
    } - set(spans)
    rows = "".join(
        "<table:table-row>"
        + "".join(
            _ods_cell((row, column), text, spans, covered)
            for column, text in enumerate(cells, start=1)
        )
        + "</table:table-row>"
        for row, cells in enumerate(laid_out.rows, start=1)
    )
    content = parts.ODS_CONTENT.format(
        mode="rl-tb" if draft.hand.language == "ar" else "lr-tb",
        name=escape(sheet_name(draft)),
        n_columns=len(laid_out.letters),
        rows=rows,
    )
    return _zipped(parts.ODS_PARTS | {"content.xml": content}, stored=("mimetype",))


def _ods_cell(
    place: tuple[int, int],
    text: str,
    spans: dict[tuple[int, int], tuple[int, int]],
    covered: set[tuple[int, int]],
) -> str:
    if place in covered:
        return "<table:covered-table-cell/>"
    about = ' table:style-name="ce"' if place[0] >= HEADING_ROW else ""
    if place in spans:
        bottom, right = spans[place]
        about += (
            f' table:number-rows-spanned="{bottom - place[0] + 1}"'
            f' table:number-columns-spanned="{right - place[1] + 1}"'
        )
    if isinstance(text, Formula):
        about += f' table:formula="of:{escape(text)}" office:value="2"'
        return (
            f'<table:table-cell office:value-type="float"{about}>'
            "<text:p>2</text:p></table:table-cell>"
        )
    if not text:
        return f"<table:table-cell{about}/>"
    return (
        f'<table:table-cell office:value-type="string"{about}>'
        f"<text:p>{escape(text)}</text:p></table:table-cell>"
    )


def _docx(draft: Draft, laid_out: LaidOut) -> bytes:
    mark = "<w:bidi/>" if draft.hand.language == "ar" else ""
    lines = [*laid_out.lines, words(FOOTNOTE, draft.hand.language)]
    *paragraphs, note = [
        parts.DOCX_PARAGRAPH.format(bidi=mark, text=escape(line)) for line in lines
    ]
    column = _TABLE_WIDTH // len(laid_out.letters)
    widths = f'<w:gridCol w:w="{column}"/>' * len(laid_out.letters)
    rows = "".join(
        f"<w:tr>{_docx_cells(number, cells, laid_out, mark)}</w:tr>"
        for number, cells in enumerate(laid_out.rows, start=1)
    )
    document = parts.DOCX_DOCUMENT.format(
        paragraphs="".join(paragraphs),
        visual="<w:bidiVisual/>" if mark else "",
        grid=widths,
        rows=rows,
        note=note,
    )
    return _zipped(parts.DOCX_PARTS | {"word/document.xml": document})


def _docx_cells(row: int, cells: list[str], laid_out: LaidOut, mark: str) -> str:
    written = []
    column = 1
    while column <= len(cells):
        about, width = _docx_merge(row, column, laid_out.merges)
        written.append(
            parts.DOCX_CELL.format(
                width=width * _TABLE_WIDTH // len(cells),
                about=about,
                bidi=mark,
                text=escape(cells[column - 1]),
            )
        )
        column += width
    return "".join(written)


def _docx_merge(
    row: int, column: int, merges: list[tuple[int, int, int, int]]
) -> tuple[str, int]:
    for top, left, bottom, right in merges:
        if top <= row <= bottom and left == column:
            width = right - left + 1
            span = f'<w:gridSpan w:val="{width}"/>' if width > 1 else ""
            first = '<w:vMerge w:val="restart"/>' if row == top else "<w:vMerge/>"
            return span + (first if bottom > top else ""), width
    return "", 1


def _zipped(members: dict[str, str], *, stored: tuple[str, ...] = ()) -> bytes:
    target = io.BytesIO()
    with UndatedZip(target, "w", ZIP_DEFLATED) as archive:
        for name in sorted(members, key=lambda name: name not in stored):
            how = ZIP_STORED if name in stored else ZIP_DEFLATED
            archive.writestr(name, members[name].encode("utf-8"), how)
    return target.getvalue()
