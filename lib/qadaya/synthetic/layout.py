"""A draft laid out as the grid of a sheet or of a Word table."""

from dataclasses import dataclass, field

from openpyxl.utils import get_column_letter

from qadaya.returns.form import texts as w
from qadaya.returns.form.table import HEADING_ROW, heading_lines
from qadaya.returns.form.texts import words
from qadaya.synthetic.draft import TOTAL_ROW, Draft, DraftRow
from qadaya.synthetic.wording import arabic_digits

MARK = {"ar": "بيانات اصطناعية", "fr": "Données synthétiques"}
MARK_ROW = 4
YEAR_ROW = 8
TOTAL_WORD = {"ar": "المجموع", "fr": "Total"}
OUTCOME_COLUMNS = ("first_instance", "appeal", "cassation")
EXTRA = "extra"
# Where a heading is said again, as after the page break of a printed table.
_REPEAT_AFTER = 3

Merge = tuple[int, int, int, int]


@dataclass
class LaidOut:
    """Rows of text from row 1, merged areas, and where each row of the draft went."""

    rows: list[list[str]]
    letters: dict[str, str]
    places: dict[int, int] = field(default_factory=dict)
    merges: list[Merge] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)

    def put(self, row: int, cells: list[str]) -> None:
        """Put cells on a row, after empty rows up to it."""
        while len(self.rows) < row:
            self.rows.append([""] * len(self.letters))
        self.rows[row - 1] = cells


def columns_of(draft: Draft) -> list[str]:
    """The columns of the table in the order of the sheet."""
    columns = list(w.OFFICIAL_COLUMNS)
    if "optional_columns" in draft.habits:
        columns += list(w.OPTIONAL_HEADINGS)
    if draft.extra_heading:
        columns.append(EXTRA)
    return columns[::-1] if "columns_reversed" in draft.habits else columns


def lines_of(draft: Draft) -> dict[int, str]:
    """The heading lines by row, with the mark that the data are invented."""
    language = draft.hand.language
    lines = heading_lines(draft.court_id, draft.year, language)
    lines[MARK_ROW] = MARK[language]
    if "arabic_indic_digits" in draft.habits:
        lines[YEAR_ROW] = arabic_digits(lines[YEAR_ROW])
    lines |= draft.lines
    return {row: lines[row] for row in sorted(lines) if lines[row]}


def lay_out(draft: Draft) -> LaidOut:
    """The whole sheet: lines, headings, rows or the word for nothing, footnote.

    In a Word file the lines are paragraphs, so the table starts with row 1.
    """
    columns = columns_of(draft)
    letters = {key: get_column_letter(i) for i, key in enumerate(columns, start=1)}
    laid_out = LaidOut([], letters, lines=list(lines_of(draft).values()))
    if draft.format != "docx":
        _lay_lines(laid_out, draft, len(columns))
    row = _lay_headings(laid_out, draft, len(laid_out.rows) + 1)
    row = (
        _lay_rows(laid_out, draft, row)
        if draft.rows
        else _lay_nil(laid_out, draft, row)
    )
    if draft.format != "docx":
        note = words(w.FOOTNOTE, draft.hand.language)
        laid_out.put(row + 1, _padded([note], len(columns)))
        laid_out.merges.append((row + 1, 1, row + 1, len(columns)))
    return laid_out


def _lay_lines(laid_out: LaidOut, draft: Draft, n_columns: int) -> None:
    for row, line in lines_of(draft).items():
        laid_out.put(row, _padded([line], n_columns))
        if row > MARK_ROW:
            laid_out.merges.append((row, 1, row, n_columns))
    laid_out.put(HEADING_ROW - 1, [""] * n_columns)


def heading_rows(draft: Draft) -> list[list[str]]:
    """The one or two rows of headings."""
    language, columns = draft.hand.language, columns_of(draft)
    texts = {key: words(text, language) for key, text in w.FORM_COLUMNS.items()}
    texts[EXTRA] = draft.extra_heading or ""
    if "one_row_heading" in draft.habits:
        return [[texts[key] for key in columns]]
    first_outcome = min(columns.index(key) for key in OUTCOME_COLUMNS)
    above = ["" if key in OUTCOME_COLUMNS else texts[key] for key in columns]
    above[first_outcome] = words(w.OUTCOMES, language)
    below = [texts[key] if key in OUTCOME_COLUMNS else "" for key in columns]
    return [above, below]


def _lay_headings(laid_out: LaidOut, draft: Draft, row: int) -> int:
    headings = heading_rows(draft)
    for offset, cells in enumerate(headings):
        laid_out.put(row + offset, list(cells))
    if len(headings) == 2:
        outcomes = [i for i, text in enumerate(headings[1], start=1) if text]
        laid_out.merges.append((row, outcomes[0], row, outcomes[-1]))
        others = [i for i, text in enumerate(headings[1], start=1) if not text]
        laid_out.merges += [(row, i, row + 1, i) for i in others]
    return row + len(headings)


def _lay_rows(laid_out: LaidOut, draft: Draft, row: int) -> int:
    first = row
    for number, drafted in enumerate(draft.rows):
        if "repeated_headings" in draft.habits and number == _REPEAT_AFTER:
            row = _lay_headings(laid_out, draft, row)
        laid_out.put(row, _cells(drafted, draft))
        laid_out.places[number] = row
        row += 1
    if "merged_court" in draft.habits:
        _merge_court(laid_out, draft, first)
    return row


def _cells(row: DraftRow, draft: Draft) -> list[str]:
    columns = columns_of(draft)
    if row.role == TOTAL_ROW:
        n_cases = sum(other.role != TOTAL_ROW for other in draft.rows)
        word = TOTAL_WORD[draft.hand.language]
        return [_total_cell(key, word, n_cases) for key in columns]
    return [row.typed.get(key, "") for key in columns]


def _total_cell(column: str, word: str, n_cases: int) -> str:
    return {"court": word, "body": str(n_cases)}.get(column, "")


def _merge_court(laid_out: LaidOut, draft: Draft, first: int) -> None:
    rows = [
        laid_out.places[i]
        for i, drafted in enumerate(draft.rows)
        if drafted.role != TOTAL_ROW
    ]
    if len(rows) < 2 or rows[-1] - first != len(rows) - 1:
        return
    column = list(laid_out.letters).index("court")
    laid_out.merges.append((first, column + 1, rows[-1], column + 1))
    for row in rows[1:]:
        laid_out.rows[row - 1][column] = ""


def _lay_nil(laid_out: LaidOut, draft: Draft, row: int) -> int:
    if "empty" in draft.habits:
        laid_out.put(row + 2, [""] * len(laid_out.letters))
        return row + 3
    word = words(w.NIL, draft.hand.language)
    laid_out.put(row, _padded([word], len(laid_out.letters)))
    laid_out.merges.append((row, 1, row, len(laid_out.letters)))
    return row + 1


def _padded(cells: list[str], n_columns: int) -> list[str]:
    return cells + [""] * (n_columns - len(cells))
