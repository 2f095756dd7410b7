import re
import shutil
import subprocess
import zipfile
from datetime import date
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from openpyxl import load_workbook

from plain_user import plain_user
from qadaya.errors import ParameterError, ReturnError
from qadaya.language import catalogue
from qadaya.reference import bodies, body_name, courts
from qadaya.returns.check import check_file
from qadaya.returns.form import texts as form_texts
from qadaya.returns.form import write_all_forms, write_form
from qadaya.returns.form.table import FIRST_ROW, LAST_ROW, LETTERS

SAMPLES = Path(__file__).parent / "data" / "returns"
needs_soffice = pytest.mark.skipif(
    shutil.which("soffice") is None, reason="LibreOffice (soffice) is not installed"
)


@pytest.fixture
def form(tmp_path):
    return write_form(tmp_path / "form.xlsx", court_id="tpi-sale", year=2024)


def table_of(path):
    return load_workbook(path).worksheets[0]


def texts_of(path, cells):
    table = table_of(path)
    return [table[cell].value for cell in cells.split()]


def convert(path, suffix, folder):
    folder.mkdir(exist_ok=True)
    profile = f"-env:UserInstallation=file://{folder}/profile"
    command = ["soffice", profile, "--headless", "--convert-to", suffix]
    subprocess.run(
        [*command, "--outdir", str(folder), str(path)], check=True, capture_output=True
    )
    return folder / f"{path.stem}.{suffix}"


def test_the_form_says_which_court_and_which_year(form):
    assert texts_of(form, "A1 A2 A3 A5 A6 A7 A8") == [
        "المملكة المغربية",
        "محكمة الاستئناف بالرباط",
        "المحكمة الابتدائية بسلا",
        "جدول الإحصائيات بشأن قضايا الاستغلال الجنسي للأطفال عبر الأنترنت",
        "المتعلقة بمنصتي",
        "CPS / NECMEC",
        "برسم سنة 2024",
    ]


def test_the_headings_are_those_of_the_circular(form):
    assert texts_of(form, "A10 B10 C10 D10 E10 F10 F11 G11 H11") == [
        "المحكمة",
        "الجهة المكلفة بالبحث",
        "موضوع الإشعار",
        "المنصة المعنية (CPS / NECMEC)",
        "المتابعة",
        "مآل القضية",
        "ابتدائيا",
        "استئنافيا",
        "النقض",
    ]
    merged = {str(area) for area in table_of(form).merged_cells.ranges}
    assert {"A10:A11", "E10:E11", "F10:H10"} <= merged


def test_headings_lines_and_footnote_are_where_a_received_sample_has_them(tmp_path):
    form = write_form(tmp_path / "f.xlsx", court_id="tpi-sale", year=2022)
    ours, sample = table_of(form), table_of(SAMPLES / "tpi-sale-2022.xlsx")
    for row in range(1, 12):
        for column in range(1, 9):
            assert ours.cell(row, column).value == sample.cell(row, column).value
    assert ours[f"A{LAST_ROW + 2}"].value == sample["A25"].value


def test_a_court_of_appeal_keeps_the_dots_of_the_first_instance_line(tmp_path):
    form = write_form(tmp_path / "ca.xlsx", court_id="ca-fes", year=2023)
    assert texts_of(form, "A2 A3 A8") == [
        "محكمة الاستئناف بفاس",
        "المحكمة الابتدائية ب.....",
        "برسم سنة 2023",
    ]


def test_optional_columns_stand_left_of_the_official_ones_and_say_so(form):
    headings = texts_of(form, "I10 J10 K10 L10 M10 N10")
    assert headings == [
        "مرجع القضية (اختياري)",
        "شهر التسجيل (اختياري)",
        "عدد المتابعين (اختياري)",
        "شهر الحكم الابتدائي (اختياري)",
        "شهر القرار الاستئنافي (اختياري)",
        "شهر قرار النقض (اختياري)",
    ]
    # From right to left, a later letter stands further to the left.
    assert table_of(form).sheet_view.rightToLeft


def test_the_sheets_are_table_difficulties_guide_and_hidden_lists(form):
    sheets = load_workbook(form).worksheets
    assert [(sheet.title, sheet.sheet_state) for sheet in sheets] == [
        ("الجدول", "visible"),
        ("الصعوبات", "visible"),
        ("دليل", "visible"),
        ("القوائم", "hidden"),
    ]
    assert all(sheet.sheet_view.rightToLeft for sheet in sheets[:3])


def choices_of(path, column):
    book = load_workbook(path)
    cell = f"{LETTERS[column]}{FIRST_ROW}"
    rules = book.worksheets[0].data_validations.dataValidation
    rule = next(rule for rule in rules if cell in rule.sqref)
    sheet, area = rule.formula1.split("!")
    cells = book[sheet.strip("'")][area.replace("$", "")]
    return [cell.value for (cell,) in cells], rule


def test_the_lists_offer_words_that_courts_use(form):
    assert choices_of(form, "platform")[0] == ["NECMEC", "CPS", "NECMEC / CPS"]
    assert choices_of(form, "prosecution")[0] == [
        "متابعة",
        "حفظ",
        "البحث جار",
        "إحالة على الاختصاص",
    ]
    assert choices_of(form, "cassation")[0] == [
        "رفض الطلب",
        "نقض وإحالة",
        "عدم القبول",
        "رائجة",
        "-",
    ]
    names = [body_name(body_id, "ar") for body_id in bodies().index]
    assert choices_of(form, "body")[0] == names and len(names) == 16


@pytest.mark.parametrize("column", ["first_instance", "appeal", "cassation", "subject"])
def test_other_words_than_those_of_the_list_may_be_typed(form, column):
    _, rule = choices_of(form, column)
    assert not rule.showErrorMessage
    assert rule.showInputMessage and rule.prompt


@pytest.mark.parametrize("column", form_texts.CHOICES)
def test_every_choice_is_understood_when_it_comes_back(form, column):
    book = load_workbook(form)
    choices, _ = choices_of(form, column)
    plain = {"platform": "CPS", "prosecution": "متابعة", "subject": "استدراج قاصر"}
    before = {"appeal": "first_instance", "cassation": "first_instance"}
    for row, choice in enumerate(choices, start=FIRST_ROW):
        row_texts = plain | {"body": body_name("gr", "ar")} | {column: choice}
        if column in before:
            row_texts[before[column]] = "إدانة"
        if column == "cassation":
            row_texts["appeal"] = "تأييد"
        for key, text in row_texts.items():
            book.worksheets[0][f"{LETTERS[key]}{row}"] = text
        # Rows that differ in nothing but a word for the same code would look alike.
        book.worksheets[0][f"{LETTERS['case_reference']}{row}"] = f"2024/{row}"
    book.save(form)
    (returned,) = check_file(form)
    codes = [case.codes[column] for case in returned.accepted]
    assert codes == EXPECTED_CODES[column]


EXPECTED_CODES = {
    "platform": ["NCMEC", "CPS", "NCMEC+CPS"],
    "prosecution": ["prosecuted", "closed", "under_investigation", "referred"],
    "subject": [
        "possession",
        "distribution",
        "production",
        "incitement",
        "solicitation",
        "extortion",
    ],
    "first_instance": [
        "convicted",
        "acquitted",
        "pending",
        "other",
        "other",
        "none",
    ],
    "appeal": [
        "upheld",
        "amended",
        "overturned",
        "convicted",
        "acquitted",
        "pending",
        "none",
    ],
    "cassation": ["rejected", "quashed", "inadmissible", "pending", "none"],
}


def test_every_body_of_the_list_is_understood_when_it_comes_back(form):
    book = load_workbook(form)
    names, _ = choices_of(form, "body")
    for row, name in enumerate(names, start=FIRST_ROW):
        for key, text in {
            "body": name,
            "subject": "استدراج قاصر",
            "platform": "CPS",
            "prosecution": "حفظ",
        }.items():
            book.worksheets[0][f"{LETTERS[key]}{row}"] = text
    book.save(form)
    (returned,) = check_file(form)
    assert [case.codes["body"] for case in returned.accepted] == list(bodies().index)


ROWS = (
    {
        "court": "المحكمة الابتدائية بسلا",
        "body": "الدرك الملكي",
        "subject": "نشر وتوزيع",
        "platform": "NECMEC",
        "prosecution": "متابعة",
        "first_instance": "سنتان حبسا نافذا وغرامة 10.000 درهم",
        "appeal": "رائجة",
        "cassation": "-",
        "registered_month": "2024-03",
        "persons_prosecuted": 2,
        "first_instance_month": "2024-11",
    },
    {
        "body": "فرقة الأحداث",
        "subject": "استدراج قاصر عبر الأنترنت",
        "platform": "CPS",
        "prosecution": "حفظ",
    },
)


def fill(form, rows=ROWS, first_row=FIRST_ROW):
    book = load_workbook(form)
    for row, texts in enumerate(rows, start=first_row):
        for key, text in texts.items():
            book.worksheets[0][f"{LETTERS[key]}{row}"] = text
    book.save(form)
    return form


def assert_read_as_typed(path):
    (returned,) = check_file(path)
    assert (returned.court_id, returned.year) == ("tpi-sale", 2024)
    assert returned.state == "accepted", returned.problems
    first, second = returned.accepted
    assert [first.row, second.row] == [FIRST_ROW, FIRST_ROW + 1]
    for case, texts in zip(returned.accepted, ROWS, strict=True):
        for key, text in texts.items():
            assert case.typed[key] == str(text)
    codes = {key: first.codes[key] for key in EXPECTED_FIRST}
    assert codes == EXPECTED_FIRST
    assert second.codes["court_id"] == "tpi-sale"
    assert second.codes["prosecution"] == "closed"


EXPECTED_FIRST = {
    "court_id": "tpi-sale",
    "year": 2024,
    "body": "gr",
    "subject": "distribution",
    "platform": "NCMEC",
    "prosecution": "prosecuted",
    "first_instance": "convicted",
    "appeal": "pending",
    "cassation": "none",
    "imprisonment_months": 24,
    "fine_mad": 10000,
    "registered_month": "2024-03",
    "persons_prosecuted": 2,
    "first_instance_month": "2024-11",
    "appeal_month": None,
    "stage": "appeal",
    "result": "convicted",
}


def test_what_is_read_back_is_what_was_typed(form):
    assert_read_as_typed(fill(form))


@needs_soffice
def test_a_trip_through_another_program_changes_nothing_that_is_read(form, tmp_path):
    ods = convert(fill(form), "ods", tmp_path / "ods")
    assert_read_as_typed(ods)
    assert_read_as_typed(convert(ods, "xlsx", tmp_path / "xlsx"))


def test_rows_inserted_by_a_clerk_are_read(form):
    book = load_workbook(form)
    book.worksheets[0].insert_rows(FIRST_ROW, amount=2)
    book.save(form)
    (returned,) = check_file(fill(form))
    assert len(returned.accepted) == 2


def test_an_untouched_form_is_refused_as_empty(form):
    (returned,) = check_file(form)
    assert returned.state == "refused"
    assert [problem.rule for problem in returned.problems] == ["empty_return"]


def test_a_form_with_the_word_for_nothing_is_a_nil_return(form):
    (returned,) = check_file(fill(form, [{"court": "لا شيء"}]))
    assert returned.state == "nil"


def test_difficulties_are_read_without_the_words_of_the_form(form):
    book = load_workbook(form)
    book.worksheets[1]["A5"] = "تأخر الخبرات التقنية"
    book.save(form)
    (returned,) = check_file(fill(form))
    assert returned.difficulties == "تأخر الخبرات التقنية"


@needs_soffice
def test_the_form_prints_on_one_landscape_a4_page(form, tmp_path):
    pdf = convert(fill(form), "pdf", tmp_path / "pdf").read_bytes()
    # Table, difficulties and guide: one page each.
    assert len(re.findall(rb"/Type\s*/Page\b", pdf)) == 3
    sizes = re.findall(rb"/MediaBox\s*\[\s*0 0 ([\d.]+) ([\d.]+)\s*\]", pdf)
    assert {(round(float(w)), round(float(h))) for w, h in sizes} == {(842, 595)}


def test_a_form_is_a_valid_package_of_parts(form):
    with zipfile.ZipFile(form) as archive:
        assert archive.testzip() is None
        assert "[Content_Types].xml" in archive.namelist()


def test_the_same_form_is_the_same_file_whenever_it_is_written(tmp_path):
    paths = [tmp_path / "a.xlsx", tmp_path / "b.xlsx"]
    first, second = (write_form(p, court_id="tpi-fes", year=2024) for p in paths)
    assert first.read_bytes() == second.read_bytes()


def test_a_form_still_blank_may_be_written_again(form):
    assert write_form(form, court_id="tpi-sale", year=2024) == form


def test_a_form_that_a_clerk_has_filled_in_is_not_replaced(form):
    filled = fill(form).read_bytes()
    with pytest.raises(ReturnError, match="not this blank form; nothing was replaced"):
        write_form(form, court_id="tpi-sale", year=2024)
    assert form.read_bytes() == filled


def test_all_forms_are_one_for_each_court(tmp_path):
    told = []
    paths = write_all_forms(tmp_path / "out", year=2024, on_written=told.append)
    assert [path.name for path in paths] == [f"{c}-2024.xlsx" for c in courts().index]
    assert told == paths and len(list((tmp_path / "out").iterdir())) == 112


def test_a_filled_form_is_found_before_any_of_the_others_is_written(tmp_path):
    (tmp_path / "tpi-zagora-2024.xlsx").write_text("kept")
    with pytest.raises(ReturnError, match=r"tpi-zagora-2024\.xlsx"):
        write_all_forms(tmp_path, year=2024)
    assert [path.name for path in tmp_path.iterdir()] == ["tpi-zagora-2024.xlsx"]


@pytest.mark.parametrize(
    ("name", "asked", "message"),
    [
        ("f.xlsx", {"court_id": "tpi-sala", "year": 2024}, "did you mean tpi-sale?"),
        ("f.xlsx", {"court_id": "", "year": 2024}, "expected one of the 112 ids"),
        ("f.xlsx", {"court_id": "tpi-sale", "year": 2020}, "from 2021"),
        ("f.xlsx", {"court_id": "tpi-sale", "year": "2024"}, "a whole number"),
        (
            "f.xlsx",
            {"court_id": "tpi-sale", "year": date.today().year + 2},
            f"to {date.today().year + 1}",
        ),
        ("f.ods", {"court_id": "tpi-sale", "year": 2024}, "ends in .xlsx"),
    ],
)
def test_a_wrong_parameter_is_named_and_nothing_is_written(
    tmp_path, name, asked, message
):
    with pytest.raises(ParameterError) as told:
        write_form(tmp_path / name, **asked)
    assert message in str(told.value)
    assert "\n" not in str(told.value)
    assert not list(tmp_path.iterdir())


def test_a_folder_in_the_way_is_named(tmp_path):
    (tmp_path / "f.xlsx").mkdir()
    with pytest.raises(ReturnError, match="is a folder"):
        write_form(tmp_path / "f.xlsx", court_id="tpi-sale", year=2024)


def test_a_place_that_cannot_be_written_to_is_named(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(ReturnError, match="cannot be written"):
        write_form(tmp_path / "file" / "f.xlsx", court_id="tpi-sale", year=2024)


def test_a_read_only_folder_is_named(tmp_path):
    tmp_path.chmod(0o500)
    with plain_user(), pytest.raises(ReturnError, match="cannot be written"):
        write_form(tmp_path / "f.xlsx", court_id="tpi-sale", year=2024)


def english_of_the_form():
    words = form_texts
    texts = {
        words.FIRST_INSTANCE_LINE,
        words.KINGDOM,
        words.YEAR_LINE,
        words.OUTCOMES,
        words.FOOTNOTE,
        words.NIL,
        words.DIFFICULTIES_SHEET,
        words.DIFFICULTIES_TITLE,
        words.GUIDE_SHEET,
        words.GUIDE_TITLE,
        words.LISTS_SHEET,
        words.FORM_SHEET,
        words.NOT_IN_LIST_TITLE,
        words.NOT_IN_LIST,
        words.CHECK_TITLE,
        words.CHECK_BODY,
        *words.TITLE_LINES,
        *words.FORM_COLUMNS.values(),
        *words.PROMPTS.values(),
    }
    texts |= {text for texts in words.CHOICES.values() for text in texts}
    return texts | {text for pair in words.GUIDE for text in pair}


@pytest.mark.parametrize("language", ["ar", "fr"])
def test_no_word_of_the_form_lacks_a_translation(language):
    with catalogue(language, "returns.form").open("rb") as source:
        words = read_po(source, locale=language)
    translated = {message.id for message in words if message.id and message.string}
    assert translated == english_of_the_form()


def test_prompts_are_not_longer_than_a_spreadsheet_allows(form):
    for rule in table_of(form).data_validations.dataValidation:
        assert len(rule.promptTitle) <= 32
        assert len(rule.prompt) <= 255
