"""What a clerk sees in a document is what is read."""

import shutil
from zipfile import ZipFile

import pytest
from paper_forms import COURT, ONE_ROW, YEAR, case, save_docx

from qadaya.returns.check import check_file

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
W14 = "http://schemas.microsoft.com/office/word/2010/wordml"
OPEN = f'<w:document xmlns:w="{W}" xmlns:w14="{W14}"><w:body>'
LEGACY = (
    '<w:r><w:fldChar w:fldCharType="begin"><w:ffData>{data}</w:ffData>'
    "</w:fldChar></w:r>"
    "<w:r><w:instrText>FORM</w:instrText></w:r>"
    '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
)
TICK = LEGACY.format(data='<w:checkBox><w:default w:val="1"/></w:checkBox>')
NO_TICK = LEGACY.format(data='<w:checkBox><w:default w:val="0"/></w:checkBox>')


def run(text, marks=""):
    return f'<w:r><w:rPr>{marks}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def cell(content):
    inner = content if content.startswith("<") else run(content)
    return f"<w:tc><w:p>{inner}</w:p></w:tc>"


def table(*rows):
    lines = [f"<w:tr>{''.join(map(cell, row))}</w:tr>" for row in rows]
    return f"<w:tbl>{''.join(lines)}</w:tbl>"


def paragraph(text):
    return f"<w:p>{run(text)}</w:p>"


def word(folder, *blocks):
    """A document with the blocks, from a sound one of which only the text is new."""
    sound = save_docx(folder / "sound.docx", "x")
    path = folder / "a.docx"
    with ZipFile(sound) as old, ZipFile(path, "w") as new:
        for name in old.namelist():
            part = old.read(name)
            if name == "word/document.xml":
                part = f"{OPEN}{''.join(blocks)}</w:body></w:document>".encode()
            new.writestr(name, part)
    return path


def whole(folder, *rows, after=()):
    lines = (paragraph(COURT), paragraph(YEAR))
    return check_file(word(folder, *lines, table(ONE_ROW, *rows), *after))


def changed(column, content):
    row = case()
    row[column] = content
    return row


@pytest.mark.parametrize(
    ("content", "platform"),
    [
        ("☒ NECMEC ☐ CPS", "NCMEC"),
        ("☐ NECMEC ☑ CPS", "CPS"),
        ("NECMEC ☐ CPS ☒", "CPS"),
        ("[x] NECMEC [ ] CPS", "NCMEC"),
        ("✓ NECMEC ✗ CPS", "NCMEC"),
        ("■ NECMEC □ CPS", "NCMEC"),
        (TICK + run(" NECMEC ") + NO_TICK + run(" CPS"), "NCMEC"),
        (
            '<w:r><w:sym w:font="Wingdings" w:char="F0A8"/></w:r>'
            + run(" NECMEC ")
            + '<w:r><w:sym w:font="Wingdings" w:char="F0FE"/></w:r>'
            + run(" CPS"),
            "CPS",
        ),
        (
            LEGACY.format(
                data='<w:ddList><w:result w:val="1"/><w:listEntry w:val="NECMEC"/>'
                '<w:listEntry w:val="CPS"/></w:ddList>'
            ),
            "CPS",
        ),
        (
            "<w:sdt><w:sdtPr><w:dropDownList/></w:sdtPr><w:sdtContent>"
            + run("NECMEC")
            + "</w:sdtContent></w:sdt>",
            "NCMEC",
        ),
        (run("NECMEC", '<w:strike w:val="1"/>') + run("CPS"), "CPS"),
        (run("NECMEC", "<w:vanish/>") + run("CPS"), "CPS"),
        (run("NECMEC", '<w:strike w:val="0"/>'), "NCMEC"),
        (f"<w:del>{run('NECMEC')}</w:del><w:ins>{run('CPS')}</w:ins>", "CPS"),
    ],
)
def test_the_platform_is_the_one_that_is_seen(tmp_path, content, platform):
    (one,) = whole(tmp_path, changed(3, content))
    assert [c.codes["platform"] for c in one.accepted] == [platform]
    assert one.problems == []


@pytest.mark.parametrize(
    "content",
    [
        "☐ NECMEC ☐ CPS",
        "<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>"
        + run("اختر عنصرا")
        + "</w:sdtContent></w:sdt>",
    ],
    ids=["no-box-ticked", "nothing-chosen"],
)
def test_a_choice_that_was_not_made_is_a_missing_one(tmp_path, content):
    (one,) = whole(tmp_path, changed(3, content))
    assert [p.rule for p in one.problems] == ["platform_missing"]


@pytest.mark.parametrize(
    ("mark", "rule"),
    [("<w:strike/>", "row_struck"), ("<w:vanish/>", "row_hidden")],
)
def test_a_row_that_is_not_seen_to_stand_is_asked_about(tmp_path, mark, rule):
    gone = [run(text, mark) if text else "" for text in case(subject="ابتزاز قاصر")]
    (one,) = whole(tmp_path, case(), gone)
    assert [c.row for c in one.accepted] == [2]
    assert [(p.rule, p.row) for p in one.problems] == [(rule, 3)]


@pytest.mark.parametrize(
    "between",
    ["صفحة 1 من 2", "يتبع", "ملاحظة: تابع الجدول في الصفحة الموالية", ""],
)
def test_a_table_that_goes_on_loses_no_row(tmp_path, between):
    rest = table(
        case(first_instance="براءة"), case(prosecution="حفظ", first_instance="")
    )
    returns = whole(tmp_path, case(), after=(paragraph(between), rest))
    assert [len(one.accepted) for one in returns] == [1, 2]
    assert all(one.court_id == "tpi-sale" for one in returns)


def test_a_table_that_goes_on_one_column_wider_is_read_in_its_own_columns(tmp_path):
    wider = [[str(n), *case(first_instance="براءة")] for n in (1, 2)]
    returns = whole(tmp_path, case(), after=(paragraph("يتبع"), table(*wider)))
    found = [c.codes["first_instance"] for one in returns for c in one.accepted]
    assert found == ["convicted", "acquitted", "acquitted"]


def test_headings_in_a_table_of_their_own_are_no_return(tmp_path):
    (one,) = whole(tmp_path, after=(paragraph(""), table(case(), case(subject="نشر"))))
    assert (one.court_id, one.year, len(one.accepted)) == ("tpi-sale", 2022, 2)
    assert one.problems == []


def test_a_table_of_something_else_is_no_alarm(tmp_path):
    signatures = table(["وكيل الملك", "كاتب الضبط"], ["التوقيع", "التوقيع"])
    (one,) = whole(tmp_path, case(), after=(paragraph(""), signatures))
    assert (len(one.accepted), one.problems) == (1, [])


def test_the_court_may_stand_in_a_page_heading(tmp_path):
    path = save_docx(tmp_path / "a.docx", YEAR, [ONE_ROW, case(court="")], header=COURT)
    (one,) = check_file(path)
    assert (one.court_id, len(one.accepted)) == ("tpi-sale", 1)


def test_tables_nested_without_end_are_refused_at_once(tmp_path):
    nested = "<w:tbl><w:tr><w:tc>" * 22 + "<w:p/>" + "</w:tc></w:tr></w:tbl>" * 22
    (one,) = check_file(word(tmp_path, nested))
    assert one.problems[0].facts["reason"] == "nested"


@pytest.mark.parametrize("suffix", [".docm", ".dotx", ".xlsx", ""])
def test_a_document_is_known_by_what_is_in_it(tmp_path, suffix):
    path = save_docx(tmp_path / "a.docx", COURT, YEAR, [ONE_ROW, case()])
    (one,) = check_file(shutil.copy(path, tmp_path / f"b{suffix}"))
    assert len(one.accepted) == 1
