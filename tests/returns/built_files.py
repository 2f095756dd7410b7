"""Returns of three cases in files of several kinds, built part by part for tests."""

import io
from zipfile import ZipFile

from openpyxl import Workbook
from paper_forms import case, form

CASES = (
    case(),
    case(platform="NECMEC", subject="تحريض قاصر", first_instance="براءة"),
    case(prosecution="حفظ", first_instance=""),
)
SENT = form(*CASES)
LINES, TABLE = [row[0] for row in SENT[:4]], SENT[4:]
NO_YEAR = [*SENT[:3], *SENT[4:]]
AS_TYPED = [
    ("CPS", "prosecuted", "convicted"),
    ("NCMEC", "prosecuted", "acquitted"),
    ("CPS", "closed", "none"),
]
PHONE = "0600000000"
OTHER_YEAR = "برسم سنة 2021"


def xlsx(rows=SENT, change=None):
    book = Workbook()
    for row in rows:
        book.active.append(row)
    target = io.BytesIO()
    book.save(target)
    content = target.getvalue()
    return inside(content, "xl/worksheets/sheet1.xml", change) if change else content


def inside(content, part, change):
    """An archive of which one part is changed."""
    target = io.BytesIO()
    with ZipFile(io.BytesIO(content)) as old, ZipFile(target, "w") as new:
        for name in old.namelist():
            told = old.read(name)
            new.writestr(name, change(told.decode()) if name == part else told)
    return target.getvalue()


def with_end(text):
    return lambda xml: xml.replace("</worksheet>", f"{text}</worksheet>")


def page_heading(name, text, attributes=""):
    heading = f"<headerFooter {attributes}><{name}>{text}</{name}></headerFooter>"
    return with_end(heading)


SPACES = " ".join(
    f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for short, name in (
        *(("office", "office"), ("table", "table"), ("text", "text")),
        *(("style", "style"), ("draw", "drawing"), ("svg", "svg-compatible")),
    )
)
MORE_SPACES = (
    'xmlns:xlink="http://www.w3.org/1999/xlink" '
    'xmlns:loext="urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0"'
)


def written(text):
    return text if text.startswith("<") else f"<text:p>{text}</text:p>"


def writer_table(rows):
    lines = (
        "".join(f"<table:table-cell>{written(c)}</table:table-cell>" for c in row)
        for row in rows
    )
    rows = "".join(f"<table:table-row>{line}</table:table-row>" for line in lines)
    return f"<table:table>{rows}</table:table>"


def odt(*items, styles=""):
    body = "".join(map(written, items))
    target = io.BytesIO()
    with ZipFile(target, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        archive.writestr(
            "content.xml",
            f"<office:document-content {SPACES} {MORE_SPACES}><office:body>"
            f"<office:text>{body}</office:text></office:body>"
            "</office:document-content>",
        )
        archive.writestr(
            "styles.xml",
            f"<office:document-styles {SPACES}><office:master-styles>"
            f"<style:master-page>{styles}</style:master-page>"
            "</office:master-styles></office:document-styles>",
        )
    return target.getvalue()


def odt_cell(row, column, content):
    rows = [list(line) for line in TABLE]
    rows[row][column] = content
    return odt(*LINES, writer_table(rows))


def web(head="", **changes):
    rows = "".join(
        f"<tr>{''.join(f'<td>{text}</td>' for text in row)}</tr>" for row in SENT
    )
    page = f"<html><head><meta charset=utf-8>{head}</head><table>{rows}</table></html>"
    for old, new in changes.get("swap", ()):
        assert old in page
        page = page.replace(old, new, 1)
    return page.encode()


SHEET_2003 = (
    '<?xml version="1.0"?><Workbook '
    'xmlns="urn:schemas-microsoft-com:office:spreadsheet" '
    'xmlns:x="urn:schemas-microsoft-com:office:excel" '
    'xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">'
    '<Worksheet ss:Name="s"><Table>{rows}</Table>{options}</Worksheet></Workbook>'
)


def sheet_2003(rows, options=""):
    lines = (
        "".join(f'<Cell><Data ss:Type="String">{c}</Data></Cell>' for c in row)
        for row in rows
    )
    text = "".join(f"<Row>{line}</Row>" for line in lines)
    return SHEET_2003.format(rows=text, options=options).encode()


CSV = "\r\n".join(",".join(row) for row in SENT)


def coded(one):
    columns = ("platform", "prosecution", "first_instance")
    return [tuple(case.codes[column] for column in columns) for case in one.accepted]
