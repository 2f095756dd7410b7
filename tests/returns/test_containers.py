"""A file is known by what is in it, whatever it is called."""

import io
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from zipfile import ZipFile

import pytest
from paper_forms import case, form, save_xlsx

from qadaya.returns.check import check_file
from qadaya.returns.check_content import check_content
from qadaya.returns.reasons import REASONS

ROWS = form(case(), case(platform="NCMEC", first_instance="براءة"))
TD = "</td><td>"


def page(rows=ROWS, head='<meta charset="utf-8">'):
    lines = "".join(f"<tr><td>{TD.join(row)}</td></tr>" for row in rows)
    return f"<html><head>{head}</head><body><table>{lines}</table></body></html>"


def sheets_2003(rows=ROWS):
    cells = "".join(
        "<Row>"
        + "".join(f'<Cell><Data ss:Type="String">{t}</Data></Cell>' for t in row)
        + "</Row>"
        for row in rows
    )
    return (
        '<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>'
        '<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" '
        'xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">'
        f'<Worksheet ss:Name="s"><Table>{cells}</Table></Worksheet></Workbook>'
    )


def web_archive():
    mail = MIMEMultipart("related")
    for name, text in (("index", "<html><p>x</p></html>"), ("sheet001", page())):
        part = MIMEText(text, "html", "utf-8")
        part["Content-Location"] = f"file:///C:/x/{name}.htm"
        mail.attach(part)
    return mail.as_bytes()


def with_backslashes(content):
    packed = io.BytesIO()
    with ZipFile(io.BytesIO(content)) as old, ZipFile(packed, "w") as new:
        for name in old.namelist():
            new.writestr(name.replace("/", "\\"), old.read(name))
    return packed.getvalue()


def renamed_main_part(content):
    packed = io.BytesIO()
    with ZipFile(io.BytesIO(content)) as old, ZipFile(packed, "w") as new:
        for name in old.namelist():
            part = old.read(name).replace(b"workbook.xml", b"workbook2.xml")
            new.writestr(name.replace("workbook.xml", "workbook2.xml"), part)
    return packed.getvalue()


def xlsx(tmp_path):
    return save_xlsx(tmp_path / "sound.xlsx", ("s", ROWS)).read_bytes()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.xls", page().encode()),
        ("a.xls", page(head="").encode("windows-1256")),
        ("a.html", page().encode("utf-16")),
        ("a.xls", sheets_2003().encode()),
        ("a.xml", sheets_2003().encode()),
        ("a.mht", web_archive()),
        ("a.xls", "\n".join("\t".join(row) for row in ROWS).encode("utf-16")),
        ("a.xlsx", "\n".join(";".join(row) for row in ROWS).encode("utf-8-sig")),
    ],
    ids=["web", "web-1256", "web-utf-16", "2003", "2003-xml", "mht", "tsv", "csv"],
)
def test_a_list_is_read_whatever_it_is_called(tmp_path, name, content):
    (tmp_path / name).write_bytes(content)
    (one,) = check_file(tmp_path / name)
    assert (one.court_id, one.year) == ("tpi-sale", 2022)
    outcomes = [c.codes["first_instance"] for c in one.accepted]
    assert (outcomes, one.problems) == (["convicted", "acquitted"], [])


@pytest.mark.parametrize("change", [with_backslashes, renamed_main_part])
def test_a_workbook_whose_parts_are_named_otherwise_is_read(tmp_path, change):
    (tmp_path / "a.xlsx").write_bytes(change(xlsx(tmp_path)))
    (one,) = check_file(tmp_path / "a.xlsx")
    assert (len(one.accepted), one.problems) == (2, [])


@pytest.mark.parametrize("hidden", ["display:none", "DISPLAY: None"])
def test_a_row_that_a_page_hides_is_asked_about(tmp_path, hidden):
    lines = page().rpartition("<tr>")
    text = f'{lines[0]}<tr style="{hidden}">{lines[2]}'
    (tmp_path / "a.xls").write_text(text, encoding="utf-8")
    (one,) = check_file(tmp_path / "a.xls")
    assert [p.rule for p in one.problems] == ["row_hidden"]
    assert (len(one.accepted), len(one.refused)) == (1, 1)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (
            "\n".join(",".join(row) for row in ROWS)
            .encode()
            .decode("cp1252", "replace"),
            "mojibake",
        ),
        ("\n".join(",".join(t[::-1] for t in row) for row in ROWS), "reversed"),
        (
            "\n".join(",".join("?" * len(t) for t in row) for row in ROWS),
            "letters_lost",
        ),
        ("\n".join('"' + ",".join(row) + '"' for row in ROWS), "one_column"),
    ],
    ids=lambda text: text if len(text) < 20 else "",
)
def test_letters_or_columns_that_were_lost_are_named(tmp_path, text, reason):
    (tmp_path / "a.csv").write_text(text, encoding="utf-8")
    (one,) = check_file(tmp_path / "a.csv")
    (found,) = one.problems
    assert (found.rule, found.facts.get("reason")) == ("file_unreadable", reason)


@pytest.mark.parametrize("at", range(7, 9))
def test_a_mark_that_is_never_closed_swallows_no_row(tmp_path, at):
    lines = [",".join(row) for row in ROWS]
    lines.append(",".join(case(first_instance='"سنة, نافذا"')))
    lines[at - 1] = lines[at - 1].replace("CPS", '"CPS').replace("NCMEC", '"NCMEC')
    (tmp_path / "a.csv").write_text("\n".join(lines), encoding="utf-8")
    (one,) = check_file(tmp_path / "a.csv")
    assert [c.row for c in one.accepted] == [7, 8, 9]
    assert [(p.rule, p.row) for p in one.problems] == [("quote_unclosed", at)]


@pytest.mark.parametrize("end", ["/>", "></c>"])
def test_blank_rows_by_the_hundred_thousand_are_an_ordinary_workbook(tmp_path, end):
    path = save_xlsx(tmp_path / "a.xlsx", ("s", ROWS))
    blank = "".join(
        f'<row r="{row}">'
        + "".join(f'<c r="{c}{row}" s="0"{end}' for c in "ABCDEFGH")
        + "</row>"
        for row in range(10, 200_000)
    )
    with ZipFile(path) as old, ZipFile(tmp_path / "b.xlsx", "w", 8) as new:
        for name in old.namelist():
            part = old.read(name)
            if name.endswith("sheet1.xml"):
                part = part.replace(b"</sheetData>", blank.encode() + b"</sheetData>")
            new.writestr(name, part)
    (one,) = check_file(tmp_path / "b.xlsx")
    assert (len(one.accepted), one.problems) == (2, [])


def test_every_reason_has_a_sentence_and_a_remedy_of_its_own():
    sentences = [sentence for sentence, _ in REASONS.values()]
    assert len(set(sentences)) == len(sentences)
    assert all(remedy.endswith(".") for _, remedy in REASONS.values())


@pytest.mark.parametrize(
    ("content", "reason", "limit"),
    [
        (("x,\r\n" * 100_001).encode(), "too_many_rows", 100_000),
        (b"x" * 600_000, "too_much_text", 500_000),
        (b'"' * 600_000, "too_much_text", 500_000),
    ],
)
def test_a_list_of_more_than_a_form_holds_is_refused_with_the_limit(
    content, reason, limit
):
    (one,) = check_content(content, "a.csv")
    facts = one.problems[0].facts
    assert (facts["reason"], facts["limit"]) == (reason, limit)
