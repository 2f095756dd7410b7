"""Traits that files get in courts' programs: hidden rows, copies, lost letters.

The returns that ship have none of them. These measure the rules of reading: each file
has at most one trait, and the truth says which rule must find it, and where.
"""

import re
from collections import Counter
from dataclasses import replace
from pathlib import Path
from random import Random

from qadaya.synthetic.cell_traits import CELL_TRAITS, OF_A_CELL, open_cases, type_words
from qadaya.synthetic.draft import CASE_ROW, Draft, DraftRow
from qadaya.synthetic.drafting import drafts_of_year
from qadaya.synthetic.faults import refuse
from qadaya.synthetic.files import CSV_WRITERS, file_bytes, sheet_name
from qadaya.synthetic.layout import lay_out
from qadaya.synthetic.names import file_name
from qadaya.synthetic.planting import with_faults
from qadaya.synthetic.refused_traits import (
    REFUSING,
    befall,
    damaged,
    lay_wrong,
    refusing_traits,
)
from qadaya.synthetic.sheet_again import with_sheet_again
from qadaya.synthetic.truth import PlantedFault, SentReturn, Truth, sent_return
from qadaya.synthetic.unread import TYPED_TRAITS, type_trait, typed_traits
from qadaya.synthetic.world import senders
from qadaya.synthetic.written import Change, changed, unchanged

_COMMENT = "<office:annotation><text:p>0600000000</text:p></office:annotation>"
_RULE = (
    '<extLst><ext xmlns:x14="http://schemas.microsoft.com/office/spreadsheetml/2009/9/'
    'main" uri="{{78C0D931-6437-407d-A8EE-F0AAD7539E65}}"><x14:conditionalFormattings>'
    '<x14:conditionalFormatting xmlns:xm="http://schemas.microsoft.com/office/excel/'
    '2006/main"><x14:cfRule type="expression"><xm:f>Sheet2!$A$1=1</xm:f><x14:dxf><font>'
    '<color rgb="FFFFFFFF"/></font></x14:dxf></x14:cfRule><xm:sqref>A{row}:Z{row}'
    "</xm:sqref></x14:conditionalFormatting></x14:conditionalFormattings></ext></extLst>"
)
_ODS_ROW, _DOCX_ROW = "<table:table-row>", "<w:tr>"
# Of the faults of a year, so that plain returns are left; of those, that have a trait.
FAULTS, SHARE = 0.85, 1.0
# Cases of a year: many times as many as there are, so that nearly every court has some
# for a trait.
N_CASES = 700


def write_returns_with_traits(
    folder: str | Path, *, seed: int, years: tuple[int, ...] = (2021, 2022, 2023, 2024)
) -> Truth:
    """The truth about invented returns of which about half have a trait.

    Raises: FileExistsError when the folder is there already.
    """
    folder = Path(folder)
    folder.mkdir(parents=True)
    rng = Random(seed)
    taken: set[str] = set()
    sent = []
    given: Counter[str] = Counter()
    for year in years:
        courts = senders(rng, year)
        age = max(years) - year
        drafts = drafts_of_year(rng, courts, year, age=age, n_cases=N_CASES)
        for number, draft in enumerate(with_faults(rng, drafts, FAULTS)):
            name = file_name(rng, draft, taken)
            sent.append(_send(rng, folder / name, draft, number, given))
    return Truth(seed, list(years), sent)


def _send(
    rng: Random, path: Path, draft: Draft, number: int, given: Counter[str]
) -> SentReturn:
    rule, change = None, None
    if draft.is_plain and draft.cases and rng.random() < SHARE:
        rule, change = _trait(given, draft, number)
    if rule in REFUSING:
        return _send_refused(rng, path, draft, number, rule)
    row = _row_of(rng, draft, rule) if rule else None
    laid_out = lay_out(draft)
    content = file_bytes(draft, laid_out, csv_writer=number)
    sent = sent_return(path.name, draft, laid_out)
    if rule and change and row is not None:
        place = laid_out.places[draft.rows.index(row)]
        content = changed(content, draft.format, change, place)
        if draft.format == "xlsx" and rule in _OF_THE_FILE:
            content = with_sheet_again(content, hidden=rule == "sheet_hidden")
        sent = _with_fault(sent, rule, place)
    path.write_bytes(content)
    return sent


def _send_refused(
    rng: Random, path: Path, draft: Draft, number: int, rule: str
) -> SentReturn:
    befall(rng, draft, rule)
    laid_out = lay_out(draft)
    lay_wrong(draft, laid_out, rule)
    content = file_bytes(draft, laid_out, csv_writer=number)
    path.write_bytes(damaged(content, draft, laid_out, rule))
    return sent_return(path.name, draft, laid_out)


def _trait(
    given: Counter[str], draft: Draft, number: int
) -> tuple[str | None, Change | None]:
    """The trait of those that the file can have which the fewest have so far."""
    possible = [
        *TRAITS.get(draft.format, ()),
        *(CELL_TRAITS.get(draft.format, ()) if open_cases(draft) else ()),
        *((rule, unchanged) for rule in typed_traits(draft)),
        *((rule, unchanged) for rule in refusing_traits(draft)),
    ]
    encoding, _ = CSV_WRITERS[number % len(CSV_WRITERS)]
    if draft.format == "csv" and not encoding.startswith("utf-8"):
        # Every byte is a letter of such an encoding; none can be lost.
        possible = [trait for trait in possible if trait[0] != "letters_lost"]
    if not possible:
        return None, None
    rule, change = min(possible, key=lambda trait: given[trait[0]])
    given[rule] += 1
    return rule, change


# Rules that leave their row out: the row is one more than the court's cases.
_LEAVES_OUT = ("row_hidden", "row_struck", "error_cell")
_OF_THE_FILE = ("sheet_repeated", "sheet_hidden", "sheet_set_aside")
# A sheet called a draft is one among several: here, of its own copy.
_ALSO = {"sheet_set_aside": ("sheet_repeated",)}
_DRAFTS = ("مسودة", "brouillon", "exemple", "old")


def _row_of(rng: Random, draft: Draft, rule: str) -> DraftRow:
    """The row that has the trait: one of the cases, or one more that is left out."""
    if rule == "sheet_set_aside":
        draft.sheet_name = f"{sheet_name(draft)} {rng.choice(_DRAFTS)}"
    if rule in TYPED_TRAITS:
        return type_trait(rng, draft, rule)
    if rule in OF_A_CELL:
        return type_words(rng, draft)
    if rule not in _LEAVES_OUT:
        return rng.choice([row for row in draft.rows if row.role == CASE_ROW])
    text = "#N/A" if rule == "error_cell" else "رائجة"
    refuse(rule, "first_instance", (text,))(rng, draft)
    row = next(row for row in draft.rows if (rule, "first_instance") in row.faults)
    row.faults.clear()
    # Merged cells and a second heading would lie across what is hidden.
    draft.habits -= {"merged_court"}
    return row


def _with_fault(told: SentReturn, rule: str, place: int) -> SentReturn:
    row = None if rule in _OF_THE_FILE or rule == "personal_data" else place
    rules = (rule, *_ALSO.get(rule, ()))
    planted = [PlantedFault(rule, told.file, None, row) for rule in rules]
    return replace(told, faults=[*told.faults, *planted])


def _nth(text: str, mark: str, n: int) -> tuple[str, str]:
    """The text before the n-th mark, and from it on."""
    at = -1
    for _ in range(n):
        at = text.index(mark, at + 1)
    return text[:at], text[at:]


def _hide_in_xlsx(text: str, row: int) -> str:
    return text.replace(f'<row r="{row}"', f'<row r="{row}" hidden="1"')


def _rule_in_xlsx(text: str, row: int) -> str:
    """A rule of the sheet that may whiten the row, as Excel writes those of today."""
    return text.replace("</worksheet>", _RULE.format(row=row) + "</worksheet>")


def _hide_in_ods(text: str, row: int) -> str:
    before, line = _nth(text, _ODS_ROW, row)
    hidden = '<table:table-row table:visibility="collapse">'
    return before + hidden + line.removeprefix(_ODS_ROW)


def _mark_in_docx(mark: str) -> Change:
    def change(text: str, row: int) -> str:
        before, line = _nth(text, _DOCX_ROW, row)
        line, end, after = line.partition("</w:tr>")
        marked = line.replace("<w:r>", f"<w:r><w:rPr>{mark}</w:rPr>")
        return before + marked + end + after

    return change


def _comment_in_ods(text: str, row: int) -> str:
    before, line = _nth(text, _ODS_ROW, row)
    return before + line.replace("<text:p>", f"{_COMMENT}<text:p>", 1)


def _sheet_again(name: str, style: str) -> Change:
    def change(text: str, row: int) -> str:
        (sheet,) = re.findall(r"<table:table .*</table:table>", text, re.DOTALL)
        again = re.sub(r'table:name="[^"]*"', f'table:name="{name}"', sheet, count=1)
        again = again.replace('table:style-name="ta"', f'table:style-name="{style}"', 1)
        hides = '<style:style style:name="hid" style:family="table">'
        hides += '<style:table-properties table:display="false"/></style:style>'
        text = text.replace(
            "</office:automatic-styles>", f"{hides}</office:automatic-styles>"
        )
        return text.replace(sheet, sheet + again)

    return change


def _open_a_mark(text: str, row: int) -> str:
    lines = text.splitlines(keepends=True)
    separator = max(",;", key=lines[row - 1].count)
    cells = lines[row - 1].split(separator)
    cells[1] = f'"{cells[1]}'
    lines[row - 1] = separator.join(cells)
    return "".join(lines)


def _lose_a_letter(text: str, row: int) -> str:
    lines = text.splitlines(keepends=True)
    separator = max(",;", key=lines[row - 1].count)
    # Of the first word: what is lost where nothing stood says something all the same.
    end_of_word = rf"(?<=\w)([^\w{separator}]*{separator})"
    lines[row - 1] = re.sub(end_of_word, "\udca0\\1", lines[row - 1], count=1)
    return "".join(lines)


TRAITS: dict[str, tuple[tuple[str, Change], ...]] = {
    "xlsx": (
        ("row_hidden", _hide_in_xlsx),
        ("hidden_by_rule", _rule_in_xlsx),
        ("error_cell", unchanged),
        *((rule, unchanged) for rule in _OF_THE_FILE),
    ),
    "ods": (
        ("row_hidden", _hide_in_ods),
        ("personal_data", _comment_in_ods),
        ("sheet_repeated", _sheet_again("2 (2)", "ta")),
        ("sheet_hidden", _sheet_again("old", "hid")),
        ("sheet_set_aside", _sheet_again("2 (2)", "ta")),
    ),
    "docx": (
        ("row_struck", _mark_in_docx("<w:strike/>")),
        ("row_hidden", _mark_in_docx("<w:vanish/>")),
        ("error_cell", unchanged),
    ),
    "csv": (("quote_unclosed", _open_a_mark), ("letters_lost", _lose_a_letter)),
}
