"""How clerks and their programs write: signs, spaced letters, odd encodings."""

import io
import os

import pytest
from built_files import (
    AS_TYPED,
    CSV,
    PHONE,
    SENT,
    coded,
    web,
    xlsx,
)
from docx import Document
from docx.enum.table import WD_ROW_HEIGHT_RULE
from docx.shared import Pt
from paper_forms import case, form, save_csv, save_xlsx

from qadaya.cli.inbox import InboxFolder
from qadaya.returns.check import check_file
from qadaya.returns.check_content import check_content
from qadaya.returns.code import code_outcome, code_platform, code_prosecution
from qadaya.returns.read import read_content
from qadaya.returns.register.intake import files_of


def check(content, name):
    (one,) = check_content(content, name)
    return one


@pytest.mark.parametrize("sign", ["✓", "☑", "✗", "[x]", "↓", "=", "×", "●", "\uf0fc"])
def test_a_sign_without_a_word_is_no_answer_and_not_nothing(sign):
    assert code_outcome("first_instance", sign) is None
    assert code_outcome("appeal", f" {sign} ") is None


@pytest.mark.parametrize(
    "text", ["-", "…", "/", "☐", "○", "∅", "~", "|", "☐ إدانة ☐ براءة"]
)
def test_a_line_a_dot_or_an_empty_box_is_nothing(text):
    assert code_outcome("first_instance", text) == "none"


@pytest.mark.parametrize(
    ("text", "platform"),
    [
        ("N C M E C", "NCMEC"),
        ("n-c-m-e-c", "NCMEC"),
        ("N E C M E C", "NCMEC"),
        ("C P S", "CPS"),
        ("C P S / N C M E C", "NCMEC+CPS"),
    ],
)
def test_a_platform_may_be_spelled_letter_by_letter(text, platform):
    assert code_platform(text) == platform


@pytest.mark.parametrize("text", ["حفظت ثم أعيد فتحها", "classée puis réouverte"])
def test_a_case_that_was_opened_again_is_not_simply_closed(text):
    assert code_prosecution(text) is None


@pytest.mark.parametrize("column", [9, 10])
def test_a_legend_beside_headings_of_two_rows_is_none_of_them(column):
    rows = [list(row) for row in SENT]
    for row, text in zip(rows[4:7], ["مفتاح", "إ = إدانة", "ب = براءة"], strict=True):
        row += [""] * (column - len(row)) + [text]
    assert coded(check(xlsx(rows), "a.xlsx")) == AS_TYPED


def test_a_row_of_cases_is_no_second_row_of_headings():
    one_row = ["المحكمة", *SENT[4][1:5], "ابتدائيا", "استئنافيا", "النقض"]
    one = check(xlsx(form(case(), headings=[one_row])), "a.xlsx")
    assert [row.row for row in one.accepted] == [6]


@pytest.mark.parametrize(
    ("heading", "counts", "asked"),
    [
        ("عدد القضايا", ["3", "1", "2 قضايا"], [7, 9]),
        ("Nombre d'affaires", ["1", "", "12"], [9]),
        ("Number of cases", ["1", "1", "1"], []),
        ("رقم القضية", ["3", "12", "45"], []),
        ("عدد المتابعين", ["3", "2", "1"], []),
    ],
)
def test_a_row_that_a_column_counts_as_several_cases_is_asked_about(
    heading, counts, asked
):
    rows = [list(row) for row in SENT]
    for row, text in zip(rows[4:], [heading, "", *counts], strict=True):
        row.append(text)
    one = check(xlsx(rows), "a.xlsx")
    assert len(one.accepted) == 3
    assert [(p.rule, p.row) for p in one.problems] == [
        ("several_cases", row) for row in asked
    ]


@pytest.mark.parametrize(
    ("numbers", "asked"),
    [
        (["1-3", "4", "5 إلى 7"], [7, 9]),
        (["1 à 2", "3 et 4", "5,6"], [7, 8, 9]),
        (["1", "2", "3"], []),
        (["1/2022", "2/2022", "3-1"], []),
        (["1.0", "2.0", "n° 3"], []),
    ],
)
def test_a_row_whose_number_reaches_over_several_is_asked_about(numbers, asked):
    rows = [list(row) for row in SENT]
    for row, text in zip(rows[4:], ["ر.ت", "", *numbers], strict=True):
        row.insert(0, text)
    one = check(xlsx(rows), "a.xlsx")
    assert len(one.accepted) == 3
    assert [(p.rule, p.cell) for p in one.problems] == [
        ("several_cases", f"A{row}") for row in asked
    ]


@pytest.mark.parametrize(
    ("platform", "prosecution", "rules"),
    [
        ("CPS\nCPS", "متابعة\nمتابعة", ["several_cases"]),
        ("CPS\nNECMEC", "متابعة\nمتابعة", ["platform_both", "several_cases"]),
        ("CPS\nCPS", "متابعة", []),
        ("CPS", "متابعة\nفي حالة سراح", []),
    ],
)
def test_cells_that_list_several_cases_line_by_line_are_asked_about(
    platform, prosecution, rules
):
    sent = form(case(platform=platform, prosecution=prosecution))
    one = check(xlsx(sent), "a.xlsx")
    assert [(p.rule, p.cell) for p in one.problems] == [(rule, "D7") for rule in rules]


@pytest.mark.parametrize(
    ("name", "rules"),
    [
        ("مسودة", ["sheet_set_aside"]),
        ("النسخة القديمة", ["sheet_set_aside"]),
        ("Brouillon 2", ["sheet_set_aside"]),
        ("Example", ["sheet_set_aside"]),
        ("القضايا الجديدة", []),
        ("NCMEC", []),
        ("يناير", []),
    ],
)
def test_a_sheet_that_is_called_a_draft_among_others_is_asked_about(
    tmp_path, name, rules
):
    drawn = form(case(subject="استدراج"))
    path = save_xlsx(tmp_path / "a.xlsx", ("ورقة1", SENT), (name, drawn))
    first, second = check_file(path)
    assert (len(first.accepted), len(second.accepted)) == (3, 1)
    assert (first.problems, [p.rule for p in second.problems]) == ([], rules)


def test_a_sheet_that_stands_alone_may_be_called_anything(tmp_path):
    (one,) = check_file(save_xlsx(tmp_path / "a.xlsx", ("مسودة", SENT)))
    assert one.problems == []


SINGLE = "\r\n".join(",".join(f"'{text}'" for text in row) for row in SENT)


@pytest.mark.parametrize(
    "content",
    [
        CSV.encode("utf-7"),
        b"+/v8-" + CSV.encode("utf-7"),
        SINGLE.encode(),
        SINGLE.replace("حيازة", "l''enfant, حيازة").replace(",", ";").encode(),
        CSV.replace("حيازة", "'حيازة, نشر'").encode(),
        CSV.replace("حيازة", "'حيازة, نشر'").replace("متابعة", "'متابعة'").encode(),
        CSV.encode("ascii", "xmlcharrefreplace"),
        CSV.replace(",", ";").encode("ascii", "xmlcharrefreplace"),
        CSV.replace("حيازة", "d&eacute;tention").replace(",", ";").encode(),
        CSV.replace("\r\n", "\n\r").encode(),
        CSV.replace("\r\n", "\u2028").encode(),
        CSV.replace("\r\n", "\x85").encode(),
    ],
)
def test_a_list_is_read_however_it_is_written(content):
    assert coded(check(content, "a.csv")) == AS_TYPED


def test_marks_around_the_cells_of_a_list_are_none_of_their_words():
    quoted = SINGLE.replace("تحريض قاصر", "l''enfant, \"mineur\"")
    one = check(quoted.encode(), "a.csv")
    assert one.accepted[1].typed["subject"] == 'l\'enfant, "mineur"'


@pytest.mark.parametrize(
    "escaped",
    [
        lambda text: text.encode("unicode_escape").replace(b"\\r\\n", b"\r\n"),
        lambda text: b"\r\n".join(
            b",".join(
                "".join(f"%{byte:02X}" for byte in cell.encode()).encode()
                for cell in line.split(",")
            )
            for line in text.split("\r\n")
        ),
    ],
)
def test_letters_written_as_numbers_are_called_garbled(escaped):
    one = check(escaped(CSV), "a.csv")
    assert [p.facts.get("reason") for p in one.problems] == ["mojibake"]


def test_the_properties_of_a_flat_document_are_looked_at():
    spaces = "urn:oasis:names:tc:opendocument:xmlns"
    cells = "".join(f"<t:table-cell><x:p>{text}</x:p></t:table-cell>" for text in "ab")
    content = (
        f'<o:document xmlns:o="{spaces}:office:1.0" xmlns:t="{spaces}:table:1.0" '
        f'xmlns:x="{spaces}:text:1.0" xmlns:d="http://purl.org/dc/elements/1.1/">'
        f"<o:meta><d:title>{PHONE}</d:title></o:meta><o:body><o:spreadsheet>"
        f"<t:table><t:table-row>{cells}</t:table-row></t:table>"
        "</o:spreadsheet></o:body></o:document>"
    )
    (grid,) = read_content(content.encode())
    assert [(aside.place, aside.text) for aside in grid.asides] == [
        ("properties", PHONE)
    ]


@pytest.mark.parametrize(
    ("meta", "rules"),
    [
        ('<meta name="generator" content="LibreOffice 7.4.7.2 (Linux)">', []),
        ('<meta name="created" content="2013-12-23T23:15:00">', []),
        (f'<meta name="description" content="{PHONE}">', ["personal_data"]),
    ],
)
def test_what_a_program_says_of_itself_on_a_page_is_no_alarm(meta, rules):
    assert [p.rule for p in check(web(meta), "a.html").problems] == rules


@pytest.mark.parametrize(
    ("points", "rule", "rules"),
    [
        (1, WD_ROW_HEIGHT_RULE.EXACTLY, ["row_hidden"]),
        (1, WD_ROW_HEIGHT_RULE.AT_LEAST, []),
        (14, WD_ROW_HEIGHT_RULE.EXACTLY, []),
    ],
)
def test_a_row_of_a_document_too_low_for_its_letters_is_not_seen(points, rule, rules):
    document = Document()
    for line in SENT[:4]:
        document.add_paragraph(line[0])
    table = document.add_table(0, 8)
    for texts in SENT[4:]:
        for cell, text in zip(table.add_row().cells, texts, strict=True):
            cell.text = text
    table.rows[3].height, table.rows[3].height_rule = Pt(points), rule
    target = io.BytesIO()
    document.save(target)
    assert [p.rule for p in check(target.getvalue(), "a.docx").problems] == rules


def test_what_is_no_file_below_a_folder_is_told_and_the_others_are_read(tmp_path):
    save_csv(tmp_path / "good.csv", form(case()))
    os.mkfifo(tmp_path / "channel.csv")
    (tmp_path / "gone.csv").symlink_to(tmp_path / "nowhere")
    (tmp_path / "loop.csv").symlink_to(tmp_path / "loop.csv")
    found = files_of([tmp_path]).files
    reasons = {
        path.name: check_file(path)[0].problems[0].facts["reason"]
        for path in found
        if path.name in ("channel.csv", "loop.csv")
    }
    assert [path.name for path in found] == [
        *("channel.csv", "gone.csv", "good.csv", "loop.csv"),
    ]
    assert reasons == {"channel.csv": "not_a_file", "loop.csv": "not_a_file"}


def test_a_link_that_leads_nowhere_stops_no_inbox(tmp_path):
    (tmp_path / "gone.csv").symlink_to(tmp_path / "nowhere")
    (tmp_path / "loop.csv").symlink_to(tmp_path / "loop.csv")
    save_csv(tmp_path / "good.csv", form(case()))
    whole, _ = InboxFolder(tmp_path, lambda: 4e9).arrived()
    assert [path.name for path in whole] == ["good.csv"]
