"""Answers to courts: what is coloured, commented, listed, and what never goes out."""

import csv
import io
import shutil
from itertools import count
from pathlib import Path
from zipfile import ZipFile

import docx
import pytest
from babel.messages.pofile import read_po
from openpyxl import Workbook, load_workbook
from typer.testing import CliRunner

from qadaya.cli import app
from qadaya.errors import ParameterError
from qadaya.language import catalogue
from qadaya.returns.answers import answer_name, answer_to
from qadaya.returns.check import check_file
from qadaya.returns.form import write_form
from qadaya.returns.form.table import FIRST_ROW, LETTERS
from qadaya.returns.personal import is_personal
from qadaya.returns.register import Register
from sent_returns import HEADINGS, case, closed_case, send

SAMPLES = Path(__file__).parents[1] / "data" / "returns"
REMARKS = {"ar": "ملاحظات المكتب", "fr": "Remarques du bureau"}
MUST, PLEASE = "FFFFC7CE", "FFFFEB9C"
SOUND = {
    "body": "الدرك الملكي",
    "subject": "حيازة مواد إباحية لقاصرين",
    "platform": "NECMEC",
    "prosecution": "متابعة",
    "first_instance": "إدانة",
}
TELEPHONE = "0612 34 56 78"


@pytest.fixture
def register(tmp_path):
    return Register(tmp_path / "register")


def fill(path, *rows, court="tpi-sale", year=2023, change=lambda book: None):
    """The form of a court with rows, each a mapping of columns to texts."""
    path.unlink(missing_ok=True)
    write_form(path, court_id=court, year=year)
    book = load_workbook(path)
    sheet = book.worksheets[0]
    for number, row in enumerate(rows, start=FIRST_ROW):
        for column, text in row.items():
            sheet[f"{LETTERS[column]}{number}"] = text
    change(book)
    book.save(path)
    return path


def answered(register, path):
    """The workbook that answers a file, after it was received."""
    [filed, *_] = register.receive(path)
    return load_workbook(io.BytesIO(answer_to(register.received(filed.return_id))))


def colour(cell):
    return cell.fill.fgColor.rgb if cell.fill.fill_type else None


def texts(sheet):
    return [str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value]


def everything(content):
    """All parts of a workbook as one text."""
    with ZipFile(io.BytesIO(content)) as parts:
        return "\n".join(parts.read(name).decode("utf-8") for name in parts.namelist())


def test_the_workbook_that_was_sent_comes_back_with_its_bad_cells(register, tmp_path):
    sent = fill(
        tmp_path / "sale.xlsx",
        SOUND,
        SOUND | {"platform": "INTERPOL"},
        SOUND | {"body": "مصلحة غير معروفة"},
        change=lambda book: book.create_sheet("مسودة"),
    )
    book = answered(register, sent)
    sheet = book["الجدول"]

    assert book.sheetnames == [REMARKS["ar"], *load_workbook(sent).sheetnames]
    assert book.sheetnames[-1] == "مسودة"
    assert colour(sheet["D13"]) == MUST
    assert "“INTERPOL”" not in sheet["D13"].comment.text  # Arabic marks
    assert "INTERPOL" in sheet["D13"].comment.text
    assert colour(sheet["B14"]) == PLEASE
    assert sheet["B14"].value == "مصلحة غير معروفة"
    assert colour(sheet["D12"]) is None
    assert sheet["D12"].comment is None


def test_the_first_sheet_lists_each_problem_with_a_link_to_its_cell(register, tmp_path):
    sent = fill(tmp_path / "sale.xlsx", SOUND, SOUND | {"platform": "INTERPOL"})
    book = answered(register, sent)
    sheet = book.worksheets[0]
    links = [cell for row in sheet.iter_rows() for cell in row if cell.hyperlink]

    assert book.active is sheet
    assert sheet.sheet_view.rightToLeft
    assert [(cell.value, cell.hyperlink.location) for cell in links] == [
        ("D13", "'الجدول'!D13")
    ]
    told = texts(sheet)
    assert "قبلت قضية واحدة." in told
    assert "الأسطر المقبولة: 12." in told
    assert "الأسطر المستبعدة: 13." in told
    assert "المحتسب في انتظار ذلك: ما قبل من هذا الجدول." in told
    assert any(text.startswith("المطلوب: مراجعة اللائحة") for text in told)


def test_a_return_in_french_is_answered_in_french(register, tmp_path):
    typed = {
        "body": "Gendarmerie royale",
        "subject": "Détention d'images",
        "platform": "INTERPOL",
        "prosecution": "Poursuite",
    }
    book = answered(register, fill(tmp_path / "sale.xlsx", typed))

    assert book.sheetnames[0] == REMARKS["fr"]
    assert not book.worksheets[0].sheet_view.rightToLeft
    assert "La plateforme" in book["الجدول"]["D12"].comment.text.capitalize()


def test_a_corrected_answer_is_the_next_version_and_all_is_well(register, tmp_path):
    sent = fill(tmp_path / "sale.xlsx", SOUND, SOUND | {"platform": "INTERPOL"})
    book = answered(register, sent)
    book["الجدول"]["D13"] = "CPS"
    corrected = tmp_path / "corrected.xlsx"
    book.save(corrected)

    [filed] = register.receive(corrected)

    assert (filed.version, filed.current, filed.reading.state) == (2, True, "accepted")
    assert len(filed.reading.accepted) == 2
    again = load_workbook(io.BytesIO(answer_to(register.received(filed.return_id))))
    assert again.sheetnames == book.sheetnames  # one list of remarks, not two
    assert colour(again["الجدول"]["D13"]) is None
    assert again["الجدول"]["D13"].comment is None
    assert "لا يطلب أي إجراء." in texts(again.worksheets[0])


def test_an_answer_sent_back_as_it_is_gives_the_same_problems(register, tmp_path):
    sent = fill(tmp_path / "sale.xlsx", SOUND, SOUND | {"platform": "INTERPOL"})
    book = answered(register, sent)
    book.save(tmp_path / "again.xlsx")

    [before], [after] = check_file(sent), check_file(tmp_path / "again.xlsx")

    assert [(p.rule, p.cell) for p in after.problems] == [
        (p.rule, p.cell) for p in before.problems
    ]
    assert (after.court_id, after.year) == (before.court_id, before.year)


def hidden_comment(book):
    from openpyxl.comments import Comment

    book.worksheets[0]["B12"].comment = Comment(f"Tel {TELEPHONE}", "Amine Zahidi")


def property_(book):
    book.properties.description = TELEPHONE
    book.properties.lastModifiedBy = "Amine Zahidi"


def header(book):
    book.worksheets[0].oddHeader.center.text = f"Tel {TELEPHONE}"


def hidden_sheet(book):
    extra = book.create_sheet("brouillon")
    extra.sheet_state = "hidden"
    extra["A1"] = TELEPHONE


def named_sheet(book):
    book.create_sheet(TELEPHONE)["A1"] = "x"


def defined_name(book):
    from openpyxl.workbook.defined_name import DefinedName

    book.defined_names["tel"] = DefinedName("tel", attr_text=f'"{TELEPHONE}"')


def list_of_choices(book):
    from openpyxl.worksheet.datavalidation import DataValidation

    rule = DataValidation(type="list", formula1=f'"{TELEPHONE},b"')
    rule.add("C12")
    book.worksheets[0].add_data_validation(rule)


@pytest.mark.parametrize(
    "change",
    [
        hidden_comment, property_, header, hidden_sheet, named_sheet, defined_name,
        list_of_choices,
    ],
)  # fmt: skip
def test_nothing_personal_goes_back_wherever_it_stood(register, tmp_path, change):
    rows = [SOUND, SOUND | {"subject": f"حيازة مواد {TELEPHONE}"}]
    path = fill(tmp_path / "sale.xlsx", *rows, change=change)
    [filed, *_] = register.receive(path)
    content = answer_to(register.received(filed.return_id))

    assert TELEPHONE not in everything(content)
    assert "Zahidi" not in everything(content)
    for sheet in load_workbook(io.BytesIO(content)).worksheets:
        assert TELEPHONE not in texts(sheet)


def test_a_personal_cell_goes_back_empty_coloured_and_told_by_its_place(
    register, tmp_path
):
    sent = fill(
        tmp_path / "sale.xlsx",
        SOUND | {"subject": f"حيازة {TELEPHONE}"},
        change=lambda book: book.create_sheet("مسودة"),
    )
    book = answered(register, sent)
    cell = book["الجدول"]["C12"]

    assert cell.value is None
    assert colour(cell) == MUST
    assert cell.comment is not None
    assert book.sheetnames[-1] == "مسودة"  # the workbook as sent
    assert any(
        text.startswith("حذفت المعطيات الشخصية") for text in texts(book.worksheets[0])
    )


@pytest.mark.parametrize("language", ["ar", "fr"])
def test_no_sentence_of_an_answer_is_taken_for_personal_data_itself(language):
    with catalogue(language, "returns.answers").open("rb") as source:
        told = [one.string for one in read_po(source) if one.id]
    texts = [text for one in told for text in ([one] if isinstance(one, str) else one)]

    assert texts
    assert not [text for text in texts if is_personal(text)]


@pytest.mark.parametrize(
    "typed", ['=HYPERLINK("http://x.y","z")', "=1+1", "=cmd|' /C calc'!A0"]
)
def test_a_formula_goes_back_as_no_formula(register, tmp_path, typed):
    sent = fill(tmp_path / "sale.xlsx", SOUND | {"subject": typed})
    [filed] = register.receive(sent)
    content = answer_to(register.received(filed.return_id))

    assert "<f>" not in everything(content)
    for sheet in load_workbook(io.BytesIO(content)).worksheets:
        assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)


@pytest.mark.parametrize(
    "typed", ["'=1+1", "@SUM(A1)", "<b>x</b>", "]]>&amp;<!--", "+cmd", "a\x1fb"]
)
def test_what_looks_like_a_formula_or_markup_stays_a_text(register, tmp_path, typed):
    sent = send(tmp_path / "s.csv", "tpi-sale", 2023, case(platform=typed))
    [filed] = register.receive(sent)
    book = load_workbook(io.BytesIO(answer_to(register.received(filed.return_id))))

    cells = [c for s in book.worksheets for row in s.iter_rows() for c in row]
    assert all(cell.data_type != "f" for cell in cells)
    assert not any(str(cell.value).startswith(("=", "@", "+")) for cell in cells)


@pytest.mark.parametrize("name", ["ca-fes-2021.docx", "tpi-agadir-2022.ods",
                                  "tpi-nador-2023.csv"])  # fmt: skip
def test_another_kind_of_file_is_answered_with_the_form_and_its_rows(
    register, tmp_path, name
):
    sent = shutil.copy(SAMPLES / name, tmp_path / name)
    [filed] = register.receive(sent)
    received = register.received(name)
    answer = tmp_path / answer_name(received)
    answer.write_bytes(answer_to(received))

    [again] = register.receive(answer)

    assert (again.reading.court_id, again.reading.year, again.version) == (
        filed.reading.court_id,
        filed.reading.year,
        2,
    )
    codes = ("body", "subject", "platform", "prosecution", "first_instance", "appeal")
    assert [[one.codes[code] for code in codes] for one in again.reading.accepted] == [
        [one.codes[code] for code in codes] for one in filed.reading.accepted
    ]
    assert len(again.reading.refused) == len(filed.reading.refused)
    assert again.reading.difficulties == filed.reading.difficulties


@pytest.mark.parametrize("kind", ["xls", "odt"])
def test_an_old_workbook_or_a_writer_document_gets_its_rows_back_marked(
    register, tmp_path, converted, kind
):
    rows = [case(), closed_case(platform="منصة أخرى")]
    sent = send(tmp_path / "sale.csv", "tpi-sale", 2023, *rows)
    with sent.open(encoding="utf-8-sig", newline="") as file:
        lines = list(csv.reader(file))
    path = converted(_as_table(tmp_path / f"sale-{kind}", lines, kind), kind)
    [filed] = register.receive(path)
    assert (len(filed.reading.accepted), len(filed.reading.refused)) == (1, 1)
    answer = tmp_path / answer_name(register.received(filed.return_id))
    answer.write_bytes(answer_to(register.received(filed.return_id)))
    book = load_workbook(answer)
    marked = [
        cell
        for sheet in book.worksheets
        for line in sheet.iter_rows()
        for cell in line
        if cell.comment
    ]
    assert [cell.value for cell in marked] == ["منصة أخرى"]
    marked[0].value = "NCMEC"
    book.save(answer)
    [again] = register.receive(answer)
    assert (again.version, again.current) == (2, True)
    assert (len(again.reading.accepted), again.reading.state) == (2, "accepted")


def _as_table(stem, lines, kind):
    """The lines of a list in a workbook or a document, to be converted from."""
    if kind == "xls":
        book = Workbook()
        for line in lines:
            book.active.append(line)
        book.save(stem.with_suffix(".xlsx"))
        return stem.with_suffix(".xlsx")
    document = docx.Document()
    head = next(n for n, line in enumerate(lines) if sum(map(bool, line)) > 3)
    for line in lines[:head]:
        document.add_paragraph(" ".join(filter(None, line)))
    table = document.add_table(rows=0, cols=len(lines[head]))
    for line in lines[head:]:
        for cell, text in zip(table.add_row().cells, line, strict=False):
            cell.text = text
    document.save(stem.with_suffix(".docx"))
    return stem.with_suffix(".docx")


def test_a_long_word_table_has_room_for_every_row(register, tmp_path):
    document = docx.Document()
    document.add_paragraph("المحكمة الابتدائية بسلا")
    document.add_paragraph("برسم سنة 2023")
    table = document.add_table(rows=1, cols=8)
    for cell, text in zip(table.rows[0].cells, HEADINGS, strict=False):
        cell.text = text
    for number in range(45):
        body = "الدرك الملكي" if number % 2 else "مصلحة مجهولة"
        cells = table.add_row().cells
        for cell, text in zip(cells, ["", *case(body=body)], strict=False):
            cell.text = text
    document.save(tmp_path / "sale.docx")
    book = answered(register, tmp_path / "sale.docx")
    sheet = book.worksheets[1]

    last = FIRST_ROW + 44
    assert sheet[f"B{last}"].value == "مصلحة مجهولة"
    assert colour(sheet[f"B{last}"]) == PLEASE
    assert sheet.print_area.endswith(f"${last + 7}")


def test_a_file_that_cannot_be_read_is_answered_with_the_reason(register, tmp_path):
    path = tmp_path / "scan.pdf"
    path.write_bytes(b"%PDF-1.4 x")
    book = answered(register, path)

    assert book.sheetnames == [REMARKS["ar"]]
    told = texts(book.worksheets[0])
    assert "تعذر قبول الجدول." in told
    assert "المحتسب في انتظار ذلك: لا شيء؛ تعتبر المحكمة غير مصرحة." in told


def test_the_same_findings_give_the_same_bytes(register, tmp_path):
    fill(tmp_path / "sale.xlsx", SOUND | {"platform": "x"})
    register.receive(tmp_path / "sale.xlsx")
    received = register.received("sale.xlsx")

    assert answer_to(received) == answer_to(received)


def test_all_answers_go_into_a_folder_one_for_each_court_and_year(register, tmp_path):
    numbers = count(1)
    for court, year in (("tpi-sale", 2022), ("tpi-rabat", 2022), ("tpi-sale", 2023)):
        send(
            tmp_path / "sent" / f"{next(numbers)}.csv", court, year, case(platform="x")
        )
    register.receive_all(sorted((tmp_path / "sent").iterdir()))
    register.receive(send(tmp_path / "b.csv", "tpi-sale", 2022, case()))
    words = ["answer", "--all", "-o", str(tmp_path / "out"), "--register"]

    answer = CliRunner().invoke(app, [*words, str(register.folder)])

    assert answer.exit_code == 0, answer.output
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == [
        "tpi-rabat-2022-v1.xlsx",
        "tpi-sale-2022-v2.xlsx",
        "tpi-sale-2023-v1.xlsx",
    ]
    later = CliRunner().invoke(
        app, [*words, str(register.folder), "--since", "2999-01-01"]
    )
    assert "0 answers" in later.output


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["answer", "-o", "x.xlsx"], "expected either a RETURN or --all"),
        (["answer", "a", "--all", "-o", "x"], "expected either a RETURN or --all"),
        (["answer", "nothing", "-o", "x.xlsx"], "is not in this register"),
        (["answer", "", "-o", "x.xlsx"], "is not in this register"),
        (["answer", "1.csv", "-o", "x.docx"], "ends in .xlsx"),
        (["answer", "1.csv", "-o", "x.xlsx", "--since", "2024-01-01"], "with --all"),
        (["answer", "--all", "-o", "x", "--since", "soon"], "expected a day such as"),
        (["diff", "tpi-sale", "twenty"], "expected a year such as"),
        (["diff", "tpi-nowhere", "2022"], "COURT is 'tpi-nowhere'"),
        (["diff", "tpi-fes", "2022"], "no return in this register"),
    ],
)
def test_wrong_words_are_refused_in_one_line(register, tmp_path, words, message):
    register.receive(send(tmp_path / "1.csv", "tpi-sale", 2022, case()))
    answer = CliRunner().invoke(app, [*words, "--register", str(register.folder)])
    assert answer.exit_code == 2
    assert message in " ".join(answer.output.split())
    assert len(answer.output.strip().splitlines()) == 1


def test_several_returns_that_an_id_may_mean_are_named(register, tmp_path):
    for number in range(40):
        reference = f"{number}/2610"
        register.receive(
            send(tmp_path / "1.csv", "tpi-sale", 2022, case(reference=reference))
        )
    with pytest.raises(ParameterError, match="expected one of them"):
        register.received(register.returns()["return"].str[0].mode()[0])


def test_a_diff_names_rows_that_came_and_went_and_cells_that_changed(
    register, tmp_path
):
    first = [
        case(),
        case(platform="INTERPOL"),
        case(subject="ابتزاز قاصر عبر الأنترنيت"),
    ]
    second = [case(), case(platform="CPS"), case(body="الشرطة القضائية", platform="CPS",
                                                subject="تحريض"), ]  # fmt: skip
    for number, cases in enumerate((first, second)):
        register.receive(send(tmp_path / f"{number}.csv", "tpi-sale", 2022, *cases))
    answer = CliRunner().invoke(
        app,
        ["diff", "سلا", "2022", "--format", "csv", "--register", str(register.folder)],
    )
    lines = answer.stdout.splitlines()[1:]

    assert lines[:2] == [
        "1,2,changed,6,6,platform,INTERPOL,CPS",
        "1,2,changed,6,6,state,left out,accepted",
    ]
    assert any(",subject," in line for line in lines[2:])


@pytest.mark.parametrize("typed", ["@ابتزاز قاصر", "+ابتزاز قاصر", "=ابتزاز قاصر"])
def test_the_apostrophe_of_an_answer_is_no_change(register, tmp_path, typed):
    for number, subject in enumerate((typed, f"'{typed}", f"'{typed} آخر")):
        sent = case(body="الشرطة القضائية", subject=subject)
        register.receive(send(tmp_path / f"{number}.csv", "tpi-sale", 2022, sent))
    words = ["diff", "tpi-sale", "2022", "--format", "csv", "--register"]
    answer = CliRunner().invoke(app, [*words, str(register.folder)])
    changed = [line for line in answer.stdout.splitlines() if ",subject," in line]
    assert [line[:4] for line in changed] == ["2,3,"]
