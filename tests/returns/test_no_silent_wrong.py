"""What cannot be read for certain is asked about, in every kind of file.

Three cases are sent; those that come out are as they were typed, and what is missing
has a rule that asks.
"""

import io

import pytest
from built_files import (
    AS_TYPED,
    CSV,
    LINES,
    SENT,
    TABLE,
    coded,
    inside,
    odt,
    odt_cell,
    writer_table,
    xlsx,
)
from openpyxl import Workbook
from paper_forms import ONE_ROW, case, form, save_docx

from qadaya.returns.check_content import check_content

FIRST, SECOND, THIRD = AS_TYPED
OTHER_MARKS = CSV.splitlines()
OTHER_MARKS = "\n".join(
    [*OTHER_MARKS[:7], *(x.replace(",", ";") for x in OTHER_MARKS[7:])]
)


def docx(document, old, new):
    return inside(document, "word/document.xml", lambda xml: xml.replace(old, new, 1))


def hidden_by_format(cells):
    """A workbook whose second case has a format that shows nothing."""
    styles = (
        '<numFmts count="1"><numFmt numFmtId="170" formatCode=";;;"/></numFmts><fonts'
    )

    def of_styles(xml):
        xml = xml.replace("<fonts", styles, 1)
        return xml.replace("</cellXfs>", '<xf numFmtId="170" fontId="0"/></cellXfs>')

    def of_sheet(xml):
        for cell in cells:
            xml = xml.replace(f'<c r="{cell}"', f'<c r="{cell}" s="1"')
        return xml

    content = inside(xlsx(), "xl/styles.xml", of_styles)
    return inside(content, "xl/worksheets/sheet1.xml", of_sheet)


def with_second(**typed):
    rows = [list(row) for row in SENT]
    rows[7] = case(**({"platform": "NECMEC", "subject": "تحريض قاصر"} | typed))
    return xlsx(rows)


TRIED = {
    "row whose format shows nothing": (
        hidden_by_format([f"{column}8" for column in "ABCDEF"]),
        [FIRST, THIRD],
        ["row_hidden"],
    ),
    "cell whose format shows nothing": (
        hidden_by_format(["F8"]),
        [FIRST, ("NCMEC", "prosecuted", "none"), THIRD],
        ["struck_cell"],
    ),
    "number too wide for its column": (
        with_second(first_instance="#######"),
        [FIRST, THIRD],
        ["error_cell"],
    ),
    "error in another language": (
        with_second(first_instance="#NOM?"),
        [FIRST, THIRD],
        ["error_cell"],
    ),
    "error without its mark": (
        with_second(first_instance="#DIV/0"),
        [FIRST, THIRD],
        ["outcome_unclear"],
    ),
    "tick between two platforms": (
        with_second(platform="CPS ✓ NECMEC", first_instance="براءة"),
        [FIRST, ("NCMEC+CPS", "prosecuted", "acquitted"), THIRD],
        ["platform_both"],
    ),
    "empty box between two outcomes": (
        with_second(first_instance="إدانة ☐ براءة"),
        [FIRST, THIRD],
        ["outcome_unclear"],
    ),
    "rows with another separator": (
        OTHER_MARKS.encode(),
        [FIRST],
        2
        * [
            "platform_missing",
            "prosecution_unclear",
            "body_unknown",
            "subject_unclear",
        ],
    ),
    "answers that words beside them take back": (
        with_second(prosecution="متابعة (ملغاة)", first_instance="براءة خطأ"),
        [FIRST, THIRD],
        ["prosecution_unclear", "outcome_unclear"],
    ),
    "signs for the same as above": (
        with_second(first_instance='"', platform="〃"),
        [FIRST, THIRD],
        ["platform_unknown", "outcome_unclear"],
    ),
    "body that is called a mistake": (
        with_second(body="الدرك الملكي (خطأ)", first_instance="براءة"),
        AS_TYPED,
        ["body_unknown"],
    ),
    "term that is called a mistake": (
        with_second(first_instance="6 mois ferme (erreur)"),
        [FIRST, THIRD],
        ["outcome_unclear"],
    ),
    "remark that takes the case back": (
        xlsx(
            [*SENT[:4], [*SENT[4], "ملاحظات"], *SENT[5:7], [*SENT[7], "تلغى"], SENT[8]]
        ),
        AS_TYPED,
        ["row_taken_back"],
    ),
    **{
        f"columns parted by {mark}": (
            "\n".join(mark.join(row) for row in SENT).encode(),
            AS_TYPED,
            [],
        )
        for mark in ("|", "^", "~", "||", "^^", "|~|", "\x1f", "¤")
    },
    **{
        f"columns parted by {mark}": (
            "\n".join(mark.join(row) for row in SENT).encode(),
            [],
            ["file_unreadable"],
        )
        for mark in ("/", "<>", "=>")
    },
    "a zero byte in a list": (
        CSV.replace("تحريض", "تحريض\0", 1).encode(),
        AS_TYPED,
        ["letters_lost"],
    ),
    "quotation marks open in two rows": (
        CSV.replace("تحريض", '"تحريض', 1).replace("حفظ", '"حفظ', 1).encode(),
        AS_TYPED,
        ["quote_unclosed", "quote_unclosed"],
    ),
    "a cell too few in a row": (
        CSV.replace("الشرطة القضائية,تحريض", "تحريض", 1).encode(),
        [FIRST, THIRD],
        ["platform_unknown", "prosecution_unclear", "body_unknown", "subject_unclear"],
    ),
    "only an outcome in a row": (
        xlsx([*SENT, ["", "", "", "", "", "براءة", "", ""]]),
        AS_TYPED,
        ["platform_missing", "prosecution_unclear", "body_unknown", "subject_unclear"],
    ),
    "a case after a note": (
        xlsx([*SENT[:8], ["ملاحظة: يتبع"], SENT[8]]),
        AS_TYPED,
        [],
    ),
    "letters of other keyboards": (
        CSV.replace("إدانة", "اِدَانۃ")
        .replace("براءة", "براۃ")
        .replace("CPS", "ＣＰＳ")
        .encode(),
        AS_TYPED,
        [],
    ),
    "dialect of UTF-32": (CSV.encode("utf-32"), AS_TYPED, []),
    "odt: remark on an outcome": (
        odt_cell(
            3,
            5,
            "<text:p>براءة<office:annotation><text:p>إدانة</text:p>"
            "</office:annotation></text:p>",
        ),
        AS_TYPED,
        [],
    ),
    "odt: chosen from a list": (
        odt_cell(
            2,
            3,
            '<text:p><text:drop-down><text:label text:value="NECMEC"/>'
            '<text:label text:current-selected="true" text:value="CPS"/>CPS'
            "</text:drop-down></text:p>",
        ),
        AS_TYPED,
        [],
    ),
    "odt: table that goes on": (
        odt(*LINES, writer_table(TABLE[:4]), "صفحة 1 من 2", writer_table(TABLE[4:])),
        AS_TYPED,
        [],
    ),
}


@pytest.mark.parametrize("trait", TRIED)
def test_what_comes_out_was_typed_and_the_rest_is_asked_about(trait):
    content, expected, rules = TRIED[trait]
    returns = check_content(content, "a.csv")
    assert [row for one in returns for row in coded(one)] == expected
    assert [p.rule for one in returns for p in one.problems] == rules


@pytest.fixture(scope="module")
def document(tmp_path_factory):
    path = tmp_path_factory.mktemp("docx") / "a.docx"
    return save_docx(path, *LINES, TABLE).read_bytes()


BOX = (
    '<w:sdt><w:sdtPr><w14:checkbox xmlns:w14="urn:w14"><w14:checked w14:val="{on}"/>'
    "</w14:checkbox></w:sdtPr><w:sdtContent><w:r><w:t>{sign}</w:t></w:r>"
    "</w:sdtContent></w:sdt><w:r><w:t> {choice} </w:t></w:r>"
)
LEGACY = (
    '<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:checkBox><w:default '
    'w:val="{default}"/>{now}</w:checkBox></w:ffData></w:fldChar></w:r>'
    '<w:r><w:fldChar w:fldCharType="end"/></w:r><w:r><w:t> {choice} </w:t></w:r>'
)
CROSSED = "<w:r><w:rPr><w:dstrike/></w:rPr><w:t>إدانة</w:t></w:r><w:r><w:t>براءة</w:t>"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (
            "<w:r><w:t>CPS</w:t></w:r>",
            BOX.format(on=0, sign="○", choice="NECMEC")
            + BOX.format(on=1, sign="✘", choice="CPS"),
        ),
        (
            "<w:r><w:t>CPS</w:t></w:r>",
            LEGACY.format(default=1, now='<w:checked w:val="0"/>', choice="NECMEC")
            + LEGACY.format(default=0, now="<w:checked/>", choice="CPS"),
        ),
        ("<w:r><w:t>براءة</w:t>", CROSSED),
        (
            "<w:r><w:t>براءة</w:t></w:r>",
            "<w:del><w:r><w:delText>إدانة</w:delText></w:r></w:del>"
            "<w:ins><w:r><w:t>براءة</w:t></w:r></w:ins>",
        ),
        (
            "<w:r><w:t>براءة</w:t></w:r></w:p>",
            "</w:p><w:tbl><w:tr><w:tc><w:p><w:r><w:t>ابتدائيا</w:t></w:r></w:p></w:tc>"
            "<w:tc><w:p><w:r><w:t>براءة</w:t></w:r></w:p></w:tc></w:tr></w:tbl><w:p/>",
        ),
    ],
    ids=["box-of-other-signs", "old-box", "crossed-out-twice", "corrected", "table"],
)
def test_in_word_what_is_seen_is_read(document, old, new):
    (one,) = check_content(docx(document, old, new), "a.docx")
    assert (coded(one), one.problems) == (AS_TYPED, [])


@pytest.mark.parametrize(
    ("more", "platform"),
    [
        ([row[1:] for row in TABLE[4:]], "CPS"),  # without the column of courts
        ([["3", *row] for row in TABLE[4:]], "CPS"),
        ([[*row, "x"] for row in TABLE[4:]], "CPS"),
        ([[*TABLE[4][:3], "", *TABLE[4][4:]]], None),
    ],
    ids=["narrower", "numbered", "wider", "without-platform"],
)
def test_a_table_that_goes_on_in_another_width_is_read(tmp_path, more, platform):
    sent = save_docx(tmp_path / "a.docx", *LINES, TABLE[:4], "2/2", more)
    _, second = check_content(sent.read_bytes(), "a.docx")
    cases = second.accepted if platform else second.refused
    assert [c.codes["platform"] for c in cases] == [platform]
    assert [p.rule for p in second.problems] == (
        [] if platform else ["platform_missing"]
    )


@pytest.mark.parametrize("name", ["نسخة من s", "s - Copie", "s (2)", "s_old"])
def test_a_copy_under_any_name_is_not_counted(name):
    book = Workbook()
    book.active.title = "s"
    for sheet in (book.active, book.create_sheet(name)):
        for row in form(*SENT[6:]):
            sheet.append(row)
    target = io.BytesIO()
    book.save(target)
    first, copy = check_content(target.getvalue(), "a.xlsx")
    assert (len(first.accepted), copy.accepted) == (3, [])
    assert [p.rule for p in copy.problems] == ["sheet_repeated"]


@pytest.mark.parametrize(
    ("text", "months", "fine"),
    [
        ("1 an 6 mois ferme", 18, None),
        ("سنتان 6 أشهر حبسا", 30, None),
        ("soixante et onze mois", 71, None),
        ("quatre-vingts mille dirhams d'amende", None, 80_000),
        ("deux cent cinquante mille dh", None, 250_000),
        ("18 mois dont 6 ferme", 18, None),
        ("عشرة أشهر وغرامة ألفي درهم", 10, 2000),
        ("six (06) mois", 6, None),
    ],
)
def test_terms_and_fines_in_words(text, months, fine):
    (one,) = check_content(xlsx(form(case(first_instance=text))), "a.xlsx")
    (read,) = one.accepted
    assert one.problems == []
    assert (read.codes["imprisonment_months"], read.codes["fine_mad"]) == (months, fine)


@pytest.mark.parametrize("n_blank", [0, 3])
@pytest.mark.parametrize("cells", [slice(None), slice(1, None), slice(1, 6)])
def test_cases_on_a_sheet_without_headings_are_refused_by_name(n_blank, cells):
    book = Workbook()
    for row in SENT:
        book.active.append(row)
    more = book.create_sheet("تتمة")
    for row in [*[[""]] * n_blank, case()[cells], case(platform="NECMEC")[cells]]:
        more.append(row)
    target = io.BytesIO()
    book.save(target)
    first, second = check_content(target.getvalue(), "a.xlsx")
    assert coded(first) == AS_TYPED
    assert (second.state, second.sheet) == ("refused", "تتمة")
    assert [p.rule for p in second.problems] == ["form_not_recognised"]
    assert second.problems[0].sheet == "تتمة"


def test_lists_to_choose_from_are_no_cases():
    book = Workbook()
    for row in SENT:
        book.active.append(row)
    lists = book.create_sheet("Listes")
    lists.append(["CPS", "متابعة", "حيازة", "إدانة", "تأييد"])
    target = io.BytesIO()
    book.save(target)
    (one,) = check_content(target.getvalue(), "a.xlsx")
    assert (coded(one), one.problems) == (AS_TYPED, [])


@pytest.mark.parametrize("column", ["platform", "prosecution", "first_instance"])
@pytest.mark.parametrize("mark", ["?", "؟", " (؟)"])
def test_an_answer_with_a_question_mark_is_asked_about(column, mark):
    sure = dict(platform="CPS", prosecution="متابعة", first_instance="إدانة")
    (one,) = check_content(xlsx(form(case(**{column: sure[column] + mark}))), "a.xlsx")
    asks = {"platform": "platform_unknown", "first_instance": "outcome_unclear"}
    assert [p.rule for p in one.problems] == [asks.get(column, "prosecution_unclear")]
    assert one.accepted == []


@pytest.mark.parametrize(
    ("shown_as", "number", "outcome"),
    [
        (';;"إدانة"', 0, "convicted"),
        ('"براءة"', 1, "acquitted"),
        ('[=1]"إدانة";[=2]"براءة";0', 1, "convicted"),
        ('[=1]"إدانة";[=2]"براءة";0', 2, "acquitted"),
        ("0;-0;;@", 0, "none"),
    ],
)
def test_a_format_that_shows_words_is_read_as_it_shows(shown_as, number, outcome):
    book = Workbook()
    for row in form(case(first_instance=number)):
        book.active.append(row)
    book.active["F7"].number_format = shown_as
    target = io.BytesIO()
    book.save(target)
    (one,) = check_content(target.getvalue(), "a.xlsx")
    assert [c.codes["first_instance"] for c in one.accepted] == [outcome]
    assert one.problems == []


@pytest.mark.parametrize(
    ("kind", "aspect", "reasons"),
    [
        ("Excel.Sheet.12", "Content", ["embedded_sheet"]),
        ("opendocument.CalcDocument.1", "Content", ["embedded_sheet"]),
        ("Excel.Sheet.12", "Icon", []),
        ("Equation.3", "Content", []),
    ],
)
def test_a_sheet_shown_as_a_picture_in_a_document_is_refused(
    tmp_path, kind, aspect, reasons
):
    told = (
        '<w:p><w:r><w:object><o:OLEObject xmlns:o="urn:schemas-microsoft-com:office:'
        f'office" Type="Embed" ProgID="{kind}" DrawAspect="{aspect}"/></w:object>'
        "</w:r></w:p><w:sectPr"
    )
    save_docx(tmp_path / "a.docx", *LINES, TABLE)
    content = docx((tmp_path / "a.docx").read_bytes(), "<w:sectPr", told)
    (one,) = check_content(content, "a.docx")
    assert [p.facts["reason"] for p in one.problems] == reasons
    assert coded(one) == ([] if reasons else AS_TYPED)


def test_headings_that_stand_in_a_column_are_not_called_garbled():
    turned = [list(line) for line in zip(ONE_ROW, *TABLE[2:], strict=True)]
    (one,) = check_content(xlsx([*SENT[:4], *turned]), "a.xlsx")
    assert [p.rule for p in one.problems] == ["form_not_recognised"]
