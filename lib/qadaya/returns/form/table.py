"""The first sheet of the form: lines above, headings, rows, lists, footnote."""

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from qadaya.reference import body_name, court_name
from qadaya.reference.history import circuit_in
from qadaya.reference.tables import read_rows
from qadaya.returns.form import texts as w
from qadaya.returns.form.style import (
    as_entry,
    as_heading,
    as_line,
    as_note,
    as_title,
    like,
    print_on_one_page,
)
from qadaya.returns.form.texts import words

HEADING_ROW = 10
FIRST_ROW = HEADING_ROW + 2
N_ROWS = 20
LAST_ROW = FIRST_ROW + N_ROWS - 1
# The letters of the columns; on a sheet from right to left the optional ones, which
# come last, stand to the left of the official ones.
LETTERS = {key: get_column_letter(i) for i, key in enumerate(w.FORM_COLUMNS, start=1)}
_WIDTHS = {
    "court": 21,
    "body": 24,
    "subject": 26,
    "platform": 16,
    "prosecution": 14,
    "first_instance": 24,
    "appeal": 14,
    "cassation": 13,
}
_OPTIONAL_WIDTH = 11
_LAST_OFFICIAL = LETTERS["cassation"]
_LAST = get_column_letter(len(w.FORM_COLUMNS))
# Only these two are closed lists; elsewhere a court may type its own words.
_CLOSED = ("platform", "prosecution")


def heading_lines(court_id: str, year: int, language: str = "ar") -> dict[int, str]:
    """The lines above the table by their row: who reports, on what, for which year.

    A court of appeal leaves the dots of the first-instance line as they are.
    """
    parent = circuit_in(court_id, year)
    first = (
        words(w.FIRST_INSTANCE_LINE, language)
        if parent == court_id
        else court_name(court_id, language)
    )
    lines = [words(w.KINGDOM, language), court_name(parent, language), first, ""]
    lines += [words(line, language) for line in w.TITLE_LINES]
    lines += [words(w.YEAR_LINE, language, year=year)]
    return {row: line for row, line in enumerate(lines, start=1) if line}


def fill_lists(sheet: Worksheet) -> dict[str, str]:
    """The ranges of the drop-down lists by column, after writing them on the sheet."""
    lists = {key: [words(text) for text in texts] for key, texts in w.CHOICES.items()}
    lists["body"] = [
        body_name(row["body_id"], "ar") for row in read_rows("investigating_bodies.csv")
    ]
    for column, (_, texts) in enumerate(lists.items(), start=1):
        for row, text in enumerate(texts, start=1):
            sheet.cell(row, column, text)
    sheet.sheet_state = "hidden"
    return {
        key: f"'{sheet.title}'!${letter}$1:${letter}${len(texts)}"
        for letter, (key, texts) in zip("ABCDEFGH", lists.items(), strict=False)
    }


def fill_table(
    sheet: Worksheet,
    court_id: str,
    year: int,
    lists: dict[str, str],
    n_rows: int = N_ROWS,
) -> None:
    """Write the form on a sheet; `lists` gives the range of each drop-down list."""
    last = FIRST_ROW + n_rows - 1
    footnote = last + 2
    _write_lines(sheet, court_id, year)
    _write_headings(sheet)
    _write_rows(sheet, last)
    _write_footnote(sheet, footnote)
    _add_lists(sheet, year, lists, last)
    sheet.freeze_panes = f"A{FIRST_ROW}"
    sheet.print_title_rows = f"{HEADING_ROW}:{HEADING_ROW + 1}"
    print_on_one_page(sheet, f"A1:{_LAST}{footnote}")


def _write_lines(sheet: Worksheet, court_id: str, year: int) -> None:
    for row, line in heading_lines(court_id, year).items():
        cell = sheet.cell(row, 1, line)
        if row < 5:
            as_line(cell)
        else:
            as_title(cell)
            sheet.merge_cells(f"A{row}:{_LAST}{row}")
            sheet.row_dimensions[row].height = 20


def _write_headings(sheet: Worksheet) -> None:
    below = HEADING_ROW + 1
    for key, letter in LETTERS.items():
        outcome = key in ("first_instance", "appeal", "cassation")
        text = words(w.FORM_COLUMNS[key])
        sheet[f"{letter}{below if outcome else HEADING_ROW}"] = text
        for row in (HEADING_ROW, below):
            as_heading(sheet[f"{letter}{row}"], optional=key in w.OPTIONAL_HEADINGS)
        if not outcome:
            sheet.merge_cells(f"{letter}{HEADING_ROW}:{letter}{below}")
        sheet.column_dimensions[letter].width = _WIDTHS.get(key, _OPTIONAL_WIDTH)
    first = LETTERS["first_instance"]
    sheet[f"{first}{HEADING_ROW}"] = words(w.OUTCOMES)
    sheet.merge_cells(f"{first}{HEADING_ROW}:{_LAST_OFFICIAL}{HEADING_ROW}")
    sheet.row_dimensions[HEADING_ROW].height = 26
    sheet.row_dimensions[below].height = 34


def _write_rows(sheet: Worksheet, last: int) -> None:
    # A default height, not a fixed one: a row still grows with a long sentence.
    sheet.sheet_format.defaultRowHeight = 27
    sheet.sheet_format.customHeight = True
    for key, letter in LETTERS.items():
        first = sheet[f"{letter}{FIRST_ROW}"]
        as_entry(first, number_format="0" if key == "persons_prosecuted" else "@")
        for row in range(FIRST_ROW + 1, last + 1):
            like(sheet[f"{letter}{row}"], first)


def _write_footnote(sheet: Worksheet, row: int) -> None:
    note = sheet.cell(row, 1, words(w.FOOTNOTE))
    as_note(note, italic=True)
    sheet.merge_cells(f"A{row}:{_LAST_OFFICIAL}{row}")


def _add_lists(sheet: Worksheet, year: int, lists: dict[str, str], last: int) -> None:
    for key, prompt in w.PROMPTS.items():
        rule = _list_rule(key, lists) if key in lists else _hint()
        rule.showInputMessage = True
        rule.promptTitle = words(w.FORM_COLUMNS[key])[:32]
        rule.prompt = words(prompt, year=year)
        rule.add(f"{LETTERS[key]}{FIRST_ROW}:{LETTERS[key]}{last}")
        sheet.add_data_validation(rule)


def _list_rule(key: str, lists: dict[str, str]) -> DataValidation:
    rule = DataValidation(type="list", formula1=lists[key], allow_blank=True)
    if key in _CLOSED:
        rule.showErrorMessage, rule.errorStyle = True, "stop"
        rule.errorTitle, rule.error = words(w.NOT_IN_LIST_TITLE), words(w.NOT_IN_LIST)
    elif key == "body":
        rule.showErrorMessage, rule.errorStyle = True, "warning"
        rule.errorTitle, rule.error = words(w.CHECK_TITLE), words(w.CHECK_BODY)
    return rule


def _hint() -> DataValidation:
    return DataValidation(type=None, allow_blank=True)
