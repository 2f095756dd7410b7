"""What a clerk sees on a sheet is what is read, in every kind of workbook."""

import datetime
import os
import shutil
import subprocess

import pytest
from openpyxl import load_workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.comments import Comment
from openpyxl.styles import Font
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation
from paper_forms import case, form, save_xlsx

from qadaya.returns.check import check_file

CASES = (
    case(),
    case(platform="NCMEC", first_instance="براءة"),
    case(prosecution="حفظ", first_instance=""),
)


def hide_row(book):
    book["s"].row_dimensions[8].hidden = True


def filter_row(book):
    book["s"].auto_filter.ref = "A6:H9"
    book["s"].auto_filter.add_filter_column(3, ["CPS"])
    book["s"].row_dimensions[8].hidden = True


def strike_row(book):
    for cell in book["s"][8]:
        cell.font = Font(strike=True)


def strike_cell(book):
    book["s"]["F8"].font = Font(strike=True)


def strike_all_runs(book):
    struck = TextBlock(InlineFont(strike=True), "براءة")
    book["s"]["F8"] = CellRichText(struck, TextBlock(InlineFont(), " "))


def strike_one_run(book):
    struck = TextBlock(InlineFont(strike=True), "إدانة ")
    book["s"]["F8"] = CellRichText(struck, TextBlock(InlineFont(), "براءة"))


def hide_column(book):
    book["s"].column_dimensions["F"].hidden = True


def hide_column_of_names(book):
    book["s"]["J5"], book["s"]["J7"] = "الاسم الكامل", "فلان"
    book["s"].column_dimensions["J"].hidden = True


def comment_on_cell(book):
    book["s"]["F7"].comment = Comment("هاتف المعني 0600000000", "x")


def innocent_comment(book):
    book["s"]["F7"].comment = Comment("حكم حضوري", "x")


def year_from_date(book):
    book["s"]["A4"] = datetime.date(2022, 1, 1)
    book["s"]["A4"].number_format = "yyyy"


def page_heading(book):
    book["s"]["A2"] = book["s"]["A3"] = None
    for row in (7, 8, 9):
        book["s"].cell(row, 1).value = None
    book["s"].oddHeader.center.text = "المحكمة الابتدائية بسلا"


def hide_sheet(book):
    old = book.create_sheet("old")
    for row in form(*CASES, year="برسم سنة 2021"):
        old.append(row)
    old.sheet_state = "veryHidden"


def table_beside(book):
    for row, texts in enumerate(form(*CASES), start=1):
        for column, text in enumerate(texts, start=10):
            book["s"].cell(row, column, text)


def choose_from(book, formula, **words):
    validation = DataValidation(type="list", formula1=formula, **words)
    validation.add("D7")
    book["s"].add_data_validation(validation)


def list_of_names(book):
    choose_from(book, '"محمد العلوي,CPS"')


def hint_with_a_telephone(book):
    words = {"promptTitle": "x", "prompt": "0600000000", "showInputMessage": True}
    choose_from(book, '"CPS,NECMEC"', **words)


def innocent_list(book):
    choose_from(book, '"CPS,NECMEC"', promptTitle="x", prompt="اختر")


def area_called_after_a_person(book):
    names = book.defined_names
    names["Mohamed_Alaoui"] = DefinedName("Mohamed_Alaoui", attr_text="s!$A$1")


def name_on_another_sheet(book):
    book.create_sheet("o").append(["محمد العلوي"])


def strike_end_of_cell(book):
    struck = TextBlock(InlineFont(strike=True), " وإدانة")
    book["s"]["F8"] = CellRichText("براءة", struck)


def title_that_is_no_town(book):
    book["s"].title = "القضايا الجديدة"


def long_decimal(book):
    book["s"]["J7"] = 8.729296020285052


# What is done to the sheet; the rows then accepted and left out; the rules.
TRAITS = {
    hide_row: ([7, 9], [8], ["row_hidden"]),
    filter_row: ([7, 9], [8], ["row_hidden"]),
    strike_row: ([7, 9], [8], ["row_struck"]),
    strike_cell: ([7, 8, 9], [], ["struck_cell"]),
    strike_all_runs: ([7, 8, 9], [], ["struck_cell"]),
    strike_one_run: ([7, 8, 9], [], []),
    hide_column: ([], [], ["column_hidden"]),
    hide_column_of_names: ([7, 8, 9], [], ["personal_data"]),
    comment_on_cell: ([7, 8, 9], [], ["personal_data"]),
    innocent_comment: ([7, 8, 9], [], []),
    year_from_date: ([7, 8, 9], [], []),
    page_heading: ([7, 8, 9], [], []),
    hide_sheet: ([7, 8, 9], [], ["sheet_hidden"]),
    table_beside: ([], [7, 8, 9], ["tables_beside"]),
    strike_end_of_cell: ([7, 8, 9], [], []),
    list_of_names: ([7, 8, 9], [], ["personal_data"]),
    hint_with_a_telephone: ([7, 8, 9], [], ["personal_data"]),
    innocent_list: ([7, 8, 9], [], []),
    area_called_after_a_person: ([7, 8, 9], [], ["personal_data"]),
    name_on_another_sheet: ([7, 8, 9], [], ["personal_data"]),
    title_that_is_no_town: ([7, 8, 9], [], []),
    long_decimal: ([7, 8, 9], [], []),
}


@pytest.fixture(scope="session")
def workbooks(tmp_path_factory):
    folder = tmp_path_factory.mktemp("seen")
    for change in TRAITS:
        path = save_xlsx(folder / f"{change.__name__}.xlsx", ("s", form(*CASES)))
        book = load_workbook(path)
        change(book)
        book.save(path)
    program = shutil.which("soffice")
    if program is None:
        if os.environ.get("CI"):
            pytest.fail("no LibreOffice; continuous integration must install it")
        return folder
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    for kind in ("xls", "ods"):
        files = map(str, folder.glob("*.xlsx"))
        command = [program, profile, "--headless", "--convert-to", kind]
        subprocess.run(
            [*command, "--outdir", str(folder), *files],
            check=True,
            capture_output=True,
            timeout=300,
        )
    return folder


@pytest.mark.parametrize("kind", ["xlsx", "xls", "ods"])
@pytest.mark.parametrize("change", TRAITS, ids=lambda change: change.__name__)
def test_what_is_seen_is_read_and_the_rest_is_asked_about(workbooks, change, kind):
    path = workbooks / f"{change.__name__}.{kind}"
    if not path.exists():
        pytest.skip("no LibreOffice to save another kind of workbook")
    (one,) = check_file(path)
    accepted, left_out, rules = TRAITS[change]
    assert [c.row for c in one.accepted] == accepted
    assert [c.row for c in one.refused] == left_out
    assert [p.rule for p in one.problems] == rules
    if accepted:
        assert (one.court_id, one.year) == ("tpi-sale", 2022)


def test_a_stale_value_under_a_merged_cell_is_not_read(tmp_path):
    path = save_xlsx(tmp_path / "a.xlsx", ("s", form(*CASES)))
    book = load_workbook(path)
    sheet = book["s"]
    # openpyxl empties what it merges; other programs leave it in the file.
    sheet.merged_cells.add("D7:D9")
    book.save(path)
    (one,) = check_file(path)
    assert [c.codes["platform"] for c in one.accepted] == ["CPS"] * 3


def test_a_copy_of_a_sheet_is_asked_about_and_not_counted(tmp_path):
    sent = form(*CASES)
    path = save_xlsx(tmp_path / "a.xlsx", ("s", sent), ("s (2)", sent))
    first, copy = check_file(path)
    assert [c.row for c in first.accepted] == [7, 8, 9]
    assert (copy.state, [p.rule for p in copy.problems]) == (
        "refused",
        ["sheet_repeated"],
    )


def test_one_row_that_stands_on_two_sheets_may_be_two_cases(tmp_path):
    others = (case(first_instance="سنة حبسا"), case(subject="ابتزاز قاصر"), CASES[2])
    path = save_xlsx(tmp_path / "a.xlsx", ("s", form(*CASES)), ("t", form(*others)))
    first, second = check_file(path)
    assert (len(first.accepted), len(second.accepted)) == (3, 3)
    (found,) = second.problems
    assert (found.rule, found.row) == ("duplicate_row", 9)
    assert "this row repeats row 9 of sheet “s” word for word" in found.message("en")
