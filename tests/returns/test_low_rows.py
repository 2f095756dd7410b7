"""A row that is too low for its letters is hidden, as one that is folded away."""

import io
from zipfile import ZipFile

import pytest
from built_files import LINES, SENT, SPACES, TABLE, written, xlsx

from qadaya.returns.check_content import check_content

STYLE = (
    '<office:automatic-styles><style:style style:name="ro9" style:family="table-row">'
    "<style:table-row-properties {height}/></style:style></office:automatic-styles>"
)


def opened(kind, rows, height, *, low, around=""):
    lines = "".join(
        f'<table:table-row table:style-name="{"ro9" if number == low else "ro1"}">'
        + "".join(f"<table:table-cell>{written(t)}</table:table-cell>" for t in row)
        + "</table:table-row>"
        for number, row in enumerate(rows, start=1)
    )
    target = io.BytesIO()
    with ZipFile(target, "w") as archive:
        archive.writestr("mimetype", f"application/vnd.oasis.opendocument.{kind}")
        archive.writestr(
            "content.xml",
            f"<office:document-content {SPACES}>{STYLE.format(height=height)}"
            f"<office:body><office:{kind}>{around}"
            f'<table:table table:name="1">{lines}</table:table></office:{kind}>'
            "</office:body></office:document-content>",
        )
    return target.getvalue()


def ods(height):
    return opened("spreadsheet", SENT, height, low=8)


def odt(height):
    around = "".join(map(written, LINES))
    return opened("text", TABLE, height, low=4, around=around)


@pytest.mark.parametrize(
    ("height", "rules"),
    [
        *((height, ["row_hidden"]) for height in ("0", "0.75", "2", "2.25")),
        *((height, []) for height in ("3", "12.75", "20")),
    ],
)
def test_a_row_of_a_workbook_is_hidden_where_it_is_as_low(height, rules):
    def lower(xml):
        return xml.replace('<row r="8"', f'<row r="8" ht="{height}" customHeight="1"')

    (one,) = check_content(xlsx(SENT, lower), "a")
    assert [problem.rule for problem in one.problems] == rules


@pytest.mark.parametrize("build", [ods, odt])
@pytest.mark.parametrize("height", ["0.01cm", "0.2mm", "2.5pt", "0.04in", "0.105cm"])
def test_a_row_that_shows_nothing_of_its_letters_is_asked_about(build, height):
    (one,) = check_content(build(f'style:row-height="{height}"'), "a")
    assert [problem.rule for problem in one.problems] == ["row_hidden"]
    assert len(one.accepted) == 2


@pytest.mark.parametrize("build", [ods, odt])
@pytest.mark.parametrize(
    "height",
    [
        'style:row-height="0.45cm"',
        'style:row-height="0.11cm"',
        'style:row-height="4.5mm"',
        'style:min-row-height="0.01cm"',
    ],
)
def test_a_row_that_shows_its_letters_is_a_case(build, height):
    (one,) = check_content(build(height), "a")
    assert (one.problems, len(one.accepted)) == ([], 3)
