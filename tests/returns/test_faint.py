"""Letters that nobody sees are not counted in silence; words of a format are read."""

import html

import pytest
from built_files import (
    AS_TYPED,
    LINES,
    SENT,
    TABLE,
    coded,
    inside,
)
from openpyxl import Workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.formatting.rule import CellIsRule, FormulaRule, Rule
from openpyxl.styles import Font, PatternFill
from openpyxl.styles.colors import Color
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.styles.numbers import NumberFormat
from paper_forms import save_docx

from qadaya.returns.check_content import check_content
from qadaya.returns.read.ink import colour, is_faint
from qadaya.returns.read.number_formats import parts_shown, shown_number, shown_text

FIRST, SECOND, THIRD = AS_TYPED
ASKED = [FIRST, ("NCMEC", "prosecuted", "none"), THIRD], ["struck_cell"]
SEEN = AS_TYPED, []


@pytest.mark.parametrize(
    ("code", "three", "text"),
    [
        ("General", None, "براءة"),
        ("0.00", None, "براءة"),
        ("@", None, "براءة"),
        (";;;", "", ""),
        (";;;@", "", "براءة"),
        ("General;General;General;", None, ""),
        ('@" ملغاة"', "3 ملغاة", "براءة ملغاة"),
        ('"متابعة";;', "متابعة", "براءة"),
        ('0" أشهر"', "3 أشهر", "براءة"),
        ("[$DH-40C] 0", "DH 3", "براءة"),
        ('[>0]"متابعة";"حفظ"', "متابعة", "براءة"),
        ("[White]@", "", ""),
        ('d "de" mmmm "de" yyyy', "1900-01-03", "براءة"),
        ('0;-0;;@" "', None, "براءة"),
    ],
)
def test_a_format_says_what_is_seen(code, three, text):
    parts = parts_shown(170, code)
    assert shown_number(3, parts) == three
    assert shown_text("براءة", parts) == text


@pytest.mark.parametrize(
    ("letters", "under", "lost"),
    [
        ("FFFFFFFF", "ffffff", True),
        ("#fff", "ffffff", True),
        ("rgb(0, 0, 0)", "000000", True),
        ("white", "1f3864", False),
        ("#ffff00", "ffffff", True),
        ("#a6a6a6", "ffffff", False),
        ("unheard of", "ffffff", False),
    ],
)
def test_letters_are_lost_on_what_is_nearly_their_colour(letters, under, lost):
    assert is_faint(colour(letters), under) is lost


def workbook(cell="F8", font=None, under=None, **changed):
    book = Workbook()
    for row in SENT:
        book.active.append(row)
    book.active[cell].font = font or Font()
    if under:
        book.active[cell].fill = PatternFill("solid", fgColor=under)
    for name, value in changed.items():
        setattr(book.active[cell], name, value)
    return book


def two(first, second, **look):
    """A text whose first letters have a look of their own."""
    return CellRichText(TextBlock(InlineFont(**look), first), second)


@pytest.mark.parametrize(
    ("book", "expected"),
    [
        (workbook(font=Font(color="FFFFFFFF")), ASKED),
        (workbook(font=Font(color=Color(theme=0))), ASKED),
        (workbook(font=Font(color=Color(indexed=9))), ASKED),
        (workbook(font=Font(size=1)), ASKED),
        (workbook(font=Font(color="FFFFFF00"), under="FFFFFF00"), ASKED),
        (workbook(under="FF000000"), ASKED),
        (workbook(number_format="[White]@"), ASKED),
        (workbook(font=Font(color="FFFFFFFF"), under="FF1F3864"), SEEN),
        (workbook(font=Font(color="FFA6A6A6", size=8)), SEEN),
        (workbook(value=two("إدانة ", "براءة", color="FFFFFFFF")), SEEN),
        (workbook(value=two("إدانة ", "براءة", sz=1)), SEEN),
        (workbook(value=two("بر", "اءة", color="FFFF0000")), SEEN),
        (
            workbook(number_format='@" خطأ"'),
            ([FIRST, THIRD], ["outcome_unclear"]),
        ),
    ],
)
def test_what_is_not_seen_in_a_workbook_is_asked_about(tmp_path, book, expected):
    path = tmp_path / "a.xlsx"
    book.save(path)
    assert told(path.read_bytes()) == expected


@pytest.mark.parametrize("kind", ["xlsx", "xls", "ods"])
def test_every_kind_of_workbook_shows_the_same(tmp_path, converted, kind):
    book = workbook("E7", value=1, number_format='"متابعة";;')
    book.active["F8"].font = Font(color="FFFFFFFF")
    book.active["E9"].number_format = '@" ملغاة"'
    path = tmp_path / f"sale-{kind}.xlsx"
    book.save(path)
    if kind != "xlsx":
        path = converted(path, kind)
    expected = [FIRST, ("NCMEC", "prosecuted", "none")]
    assert told(path.read_bytes()) == (expected, ["struck_cell", "prosecution_unclear"])


@pytest.mark.parametrize("kind", ["xlsx", "xls", "ods"])
def test_letters_of_a_colour_of_their_own_are_seen_on_that_of_the_cell(
    tmp_path, converted, kind
):
    book = workbook(value=two("إدانة ", "براءة", color="FFFFFFFF"))
    book.active["F7"].value = two("براءة", " ", color="FFFFFFFF")
    book.active["F7"].fill = PatternFill("solid", fgColor="FF000000")
    path = tmp_path / f"runs-{kind}.xlsx"
    book.save(path)
    if kind != "xlsx":
        path = converted(path, kind)
    expected = [("CPS", "prosecuted", "acquitted"), SECOND, THIRD], []
    assert told(path.read_bytes()) == expected


WHITE_LETTERS = Font(color="FFFFFFFF")
BLACKENED = {"font": Font(color="FF000000"), "fill": PatternFill(bgColor="FF000000")}
NOTHING = DifferentialStyle(numFmt=NumberFormat(numFmtId=170, formatCode=";;;"))
SHOWN = "hidden_by_rule"


def ruled(area, rule, **changed):
    book = workbook(**changed)
    book.active.conditional_formatting.add(area, rule)
    return book


def is_equal(text, **look):
    return CellIsRule(operator="equal", formula=[f'"{text}"'], **look)


def formula(text, **look):
    return FormulaRule(formula=[text], **look)


@pytest.mark.parametrize(
    ("book", "expected"),
    [
        (ruled("F7:H9", is_equal("براءة", font=WHITE_LETTERS)), ASKED),
        (ruled("F7:H9", is_equal("حفظ", font=WHITE_LETTERS)), SEEN),
        (ruled("F8", formula('$D8="x"', font=WHITE_LETTERS)), (AS_TYPED, [SHOWN])),
        (ruled("B8:H8", formula("ROW()=8", **BLACKENED)), (AS_TYPED, [SHOWN])),
        (ruled("A7:H9", formula("ISERROR(A7)", font=WHITE_LETTERS)), SEEN),
        (ruled("A7:H9", formula("ISBLANK(A7)", font=WHITE_LETTERS)), SEEN),
        (ruled("F7:F9", formula("TRUE", font=Font(color="FFFF0000"))), SEEN),
        (ruled("F8", formula("TRUE", font=WHITE_LETTERS), under="FF1F3864"), SEEN),
        (ruled("J8:J20", formula("TRUE", font=WHITE_LETTERS)), SEEN),
    ],
)
def test_what_a_rule_of_the_sheet_may_hide_is_asked_about(tmp_path, book, expected):
    path = tmp_path / "a.xlsx"
    book.save(path)
    assert told(path.read_bytes()) == expected


@pytest.mark.parametrize("kind", ["xls", "ods"])
def test_rules_hide_the_same_in_every_kind_of_workbook(tmp_path, converted, kind):
    book = ruled("F7:H9", is_equal("براءة", font=WHITE_LETTERS))
    rules = book.active.conditional_formatting
    rules.add("B9:H9", formula("ROW()=8", **BLACKENED))
    rules.add("A7:H9", formula("ROW()=1", font=Font(color="FFFF0000")))
    path = tmp_path / f"rules-{kind}.xlsx"
    book.save(path)
    cases, asked = told(converted(path, kind).read_bytes())
    assert cases == ASKED[0]
    assert sorted(asked) == [SHOWN, "struck_cell"]


def test_a_rule_may_give_a_format_that_shows_nothing(tmp_path):
    book = ruled("F8", Rule(type="expression", formula=["TRUE"], dxf=NOTHING))
    book.save(tmp_path / "a.xlsx")
    assert told((tmp_path / "a.xlsx").read_bytes()) == (AS_TYPED, [SHOWN])


RUN = '</w:r><w:r><w:rPr>{}</w:rPr><w:t xml:space="preserve">{}</w:t></w:r><w:r>'
WHITE, DARK = '<w:color w:val="FFFFFF"/>', '<w:shd w:val="clear" w:fill="002060"/>'


@pytest.mark.parametrize(
    ("marks", "expected"),
    [
        (WHITE, ASKED),
        ('<w:color w:val="FFFFFF" w:themeColor="background1"/>', ASKED),
        ('<w:sz w:val="2"/>', ASKED),
        ("<w:vanish/>", ASKED),
        (WHITE + DARK, SEEN),
        ('<w:color w:val="A6A6A6"/>', SEEN),
    ],
)
def test_what_is_not_seen_in_a_document_is_asked_about(tmp_path, marks, expected):
    content = save_docx(tmp_path / "a.docx", *LINES, TABLE).read_bytes()
    run = RUN.format(marks, "براءة")
    content = inside(
        content,
        "word/document.xml",
        lambda xml: xml.replace("<w:t>براءة</w:t>", run, 1),
    )
    assert told(content) == expected


def test_white_letters_in_a_dark_cell_of_a_document_are_seen(tmp_path):
    content = save_docx(tmp_path / "a.docx", *LINES, TABLE).read_bytes()

    def dark(xml):
        before, after = xml.split("<w:t>براءة</w:t>", 1)
        at = before.rindex("<w:tcPr>") + len("<w:tcPr>")
        run = RUN.format(WHITE, "براءة")
        return before[:at] + DARK + before[at:] + run + after

    assert told(inside(content, "word/document.xml", dark)) == SEEN


def page(cell, style=""):
    rows = "".join(
        "<tr>" + "".join(f"<td>{text}</td>" for text in row) + "</tr>" for row in TABLE
    ).replace("<td>براءة</td>", cell, 1)
    lines = "".join(f"<p>{line}</p>" for line in LINES)
    head = f"<head><meta charset=utf-8><style>{style}</style></head>"
    return f"<html>{head}<body>{lines}<table>{rows}</table></body></html>".encode()


def sheet_of_2003(style):
    rows = "".join(
        "<Row>"
        + "".join(
            f'<Cell ss:StyleID="{"s1" if text == "براءة" else "s0"}">'
            f'<Data ss:Type="String">{html.escape(text)}</Data></Cell>'
            for text in row
        )
        + "</Row>"
        for row in SENT
    )
    name = "urn:schemas-microsoft-com:office:spreadsheet"
    return (
        f'<?xml version="1.0"?><Workbook xmlns="{name}" xmlns:ss="{name}"><Styles>'
        f'<Style ss:ID="s1">{style}</Style></Styles><Worksheet ss:Name="f">'
        f"<Table>{rows}</Table></Worksheet></Workbook>"
    ).encode()


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (page('<td style="color:white">براءة</td>'), ASKED),
        (page('<td><font color="#FFFFFF">براءة</font></td>'), ASKED),
        (page("<td class=x>براءة</td>", ".x {color:#fff}"), ASKED),
        (page('<td style="font-size:1pt">براءة</td>'), ASKED),
        (page('<td style="opacity:0">براءة</td>'), ASKED),
        (page('<td>براءة<span style="color:#fff"> ملغاة</span></td>'), SEEN),
        (page('<td bgcolor="#000080" style="color:white">براءة</td>'), SEEN),
        (page('<td style="color:#333;font:12pt Arial">براءة</td>'), SEEN),
        (sheet_of_2003('<Font ss:Color="#FFFFFF"/>'), ASKED),
        (sheet_of_2003('<Font ss:Size="1"/>'), ASKED),
        (sheet_of_2003('<NumberFormat ss:Format=";;;"/>'), ASKED),
        (sheet_of_2003('<Font ss:Color="#000000"/>'), SEEN),
    ],
)
def test_what_is_not_seen_on_a_page_is_asked_about(content, expected):
    assert told(content) == expected


def told(content):
    """The cases that came out, and the rules that asked."""
    returns = check_content(content, "a")
    cases = [row for one in returns for row in coded(one)]
    return cases, [problem.rule for one in returns for problem in one.problems]
