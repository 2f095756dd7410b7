"""Names, lists and hints that lie beside the cells of a workbook are looked at."""

import io

import pytest
from built_files import PHONE, web, xlsx
from openpyxl import Workbook, load_workbook
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation
from paper_forms import case, form

from qadaya.returns.check_content import check_content
from qadaya.returns.form import write_form

NAME = "محمد العلوي"


def sent(change):
    book = Workbook()
    book.active.title = "s"
    for row in form(case(), case(platform="NCMEC")):
        book.active.append(row)
    change(book)
    target = io.BytesIO()
    book.save(target)
    (one,) = check_content(target.getvalue(), "a.xlsx")
    assert len(one.accepted) == 2
    return [(p.rule, p.sheet, p.cell, p.facts["column"]) for p in one.problems]


def listed(formula, **words):
    def change(book):
        validation = DataValidation(type="list", formula1=formula, **words)
        validation.add("D7")
        book["s"].add_data_validation(validation)

    return change


def defined(name, stands_for):
    def change(book):
        book.defined_names[name] = DefinedName(name, attr_text=stands_for)

    return change


def other_sheet(*rows):
    def change(book):
        sheet = book.create_sheet("o")
        for row in rows:
            sheet.append(row)

    return change


PLATFORMS = '"CPS,NECMEC"'


@pytest.mark.parametrize(
    ("change", "place"),
    [
        (listed(f'"{NAME},CPS"'), ("s", None, "hint")),
        (
            listed(PLATFORMS, promptTitle="اتصل", prompt="0600000000"),
            ("s", None, "hint"),
        ),
        (listed(PLATFORMS, error="x@example.org"), ("s", None, "hint")),
        (defined("Mohamed_Alaoui", "s!$A$1"), ("s", None, "defined_name")),
        (defined("x", f'"{NAME}"'), ("s", None, "defined_name")),
        (other_sheet([NAME]), ("o", "A1", "other_sheet")),
        (
            other_sheet(["المدينة", "الاسم الكامل"], ["سلا", "زكرياء بوعشرين"]),
            ("o", "B2", "other_sheet"),
        ),
    ],
)
def test_personal_data_beside_the_cells_is_told_by_its_place(change, place):
    assert sent(change) == [("personal_data", *place)]


@pytest.mark.parametrize(
    "change",
    [
        listed(PLATFORMS, promptTitle="المنصة", prompt="اختر من القائمة"),
        defined("Liste_plateformes", "s!$A$1"),
        other_sheet([f"حرر من طرف نائب وكيل الملك {NAME}"]),
        other_sheet(["قائمة المنصات"], ["NECMEC"], ["CPS"]),
    ],
)
def test_a_list_of_the_form_or_the_officer_who_signs_is_no_alarm(change):
    assert sent(change) == []


def test_the_lists_and_hints_of_our_own_form_are_no_alarm(tmp_path):
    blank = write_form(tmp_path / "form.xlsx", court_id="tpi-sale", year=2024)
    (one,) = check_content(blank.read_bytes(), "form.xlsx")
    assert [problem.rule for problem in one.problems] == ["empty_return"]


@pytest.mark.parametrize(
    "head",
    [
        f"<title>{PHONE}</title>",
        f'<meta name="description" content="{PHONE}">',
        f'<meta name="author" content="{PHONE}">',
    ],
)
def test_what_a_page_says_of_itself_is_looked_at(head):
    (one,) = check_content(web(head=head), "a.xls")
    assert [(p.rule, p.facts["column"]) for p in one.problems] == [
        ("personal_data", "properties")
    ]


def test_a_card_number_on_a_hidden_sheet_is_no_heading(tmp_path):
    book = load_workbook(io.BytesIO(xlsx()))
    book.create_sheet("h")["A1"] = "CIN AB123456"
    book["h"].sheet_state = "hidden"
    book.save(tmp_path / "a.xlsx")
    (one,) = check_content((tmp_path / "a.xlsx").read_bytes(), "a.xlsx")
    assert [(p.rule, p.cell) for p in one.problems] == [("personal_data", "A1")]
