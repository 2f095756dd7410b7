"""Every line under a heading is a case, no case by its name, or a problem."""

import io
from zipfile import ZipFile

from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook
from paper_forms import COURT, ONE_ROW, YEAR, case

from qadaya.returns.check_content import check_content

LINES = st.sampled_from(
    [
        case(),
        case(platform="NCMEC", first_instance="براءة"),
        case(prosecution="حفظ", first_instance=""),
        case(platform="INTERPOL"),
        case(platform="", prosecution="؟", first_instance="#N/A"),
        ["", "", "", "", "", "", "تأييد", ""],
        [COURT, "", "", "", "", "", "", ""],
        ["المجموع", "3", "", "", "", "", "", ""],
        [str(number) for number in range(1, 9)],
        ONE_ROW,
        ["لا شيء", "", "", "", "", "", "", ""],
        ["ملاحظة: كلام يخص الجدول أعلاه", "", "", "", "", "", "", ""],
        ["", "", "", "x", "", "", "", ""],
        ["", "", "", "", "", "", "", "", "", "remark"],
        [""] * 8,
        [" "] * 8,
    ]
)
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
OPEN = "urn:oasis:names:tc:opendocument:xmlns"
RELATION = (
    '<Relationships xmlns="x"><Relationship Id="r" Type="x/officeDocument" '
    'Target="word/document.xml"/></Relationships>'
)


def csv(rows):
    return "\n".join(";".join(row) for row in rows).encode()


def web(rows):
    lines = "".join(f"<tr><td>{'</td><td>'.join(row)}</td></tr>" for row in rows)
    return f'<html><meta charset="utf-8"><table>{lines}</table></html>'.encode()


def packed(parts):
    target = io.BytesIO()
    with ZipFile(target, "w") as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return target.getvalue()


def xlsx(rows):
    book = Workbook()
    for row in rows:
        book.active.append(row)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def docx(rows):
    lines = "".join(
        "<w:tr>"
        + "".join(f"<w:tc><w:p><w:r><w:t>{t}</w:t></w:r></w:p></w:tc>" for t in row)
        + "</w:tr>"
        for row in rows
    )
    return packed(
        {
            "_rels/.rels": RELATION,
            "word/document.xml": f'<w:document xmlns:w="{WORD}"><w:body><w:tbl>'
            f"{lines}</w:tbl></w:body></w:document>",
        }
    )


def ods(rows):
    lines = "".join(
        "<t:table-row>"
        + "".join(f"<t:table-cell><x:p>{t}</x:p></t:table-cell>" for t in row)
        + "</t:table-row>"
        for row in rows
    )
    names = f'xmlns:o="{OPEN}:office:1.0" xmlns:t="{OPEN}:table:1.0" '
    names += f'xmlns:x="{OPEN}:text:1.0"'
    return packed(
        {
            "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
            "content.xml": f"<o:document-content {names}><o:body><o:spreadsheet>"
            f'<t:table t:name="s">{lines}</t:table></o:spreadsheet></o:body>'
            "</o:document-content>",
        }
    )


@settings(deadline=None, max_examples=60)
@given(
    st.lists(LINES, max_size=12),
    st.sampled_from([csv, web, xlsx, docx, ods]),
)
def test_no_line_under_a_heading_is_lost(lines, written):
    rows = [[COURT], [YEAR], ONE_ROW, *lines]
    (one,) = check_content(written(rows), "a")
    seen = sum(any(map(str.strip, line)) for line in lines)
    # A heading that is said again begins the table anew and is none of its lines.
    headings = sum(line is ONE_ROW for line in lines)
    assert one.account.seen == seen - headings
    others = sum(one.account.others.values())
    assert one.account.seen == len(one.accepted) + len(one.refused) + others


@settings(deadline=None, max_examples=40)
@given(st.integers(0, 30), st.sampled_from([csv, web, xlsx, docx, ods]))
def test_as_many_cases_as_were_typed_are_counted(n, written):
    rows = [case(first_instance=f"{months} أشهر حبسا") for months in range(1, n + 1)]
    (one,) = check_content(written([[COURT], [YEAR], ONE_ROW, *rows]), "a")
    assert len(one.accepted) == n
