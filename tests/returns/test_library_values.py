"""The library and the parser tell the same of a workbook, where either may read it."""

import io
from pathlib import Path
from zipfile import ZipFile

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from qadaya.returns.read import new_workbooks, read_content
from qadaya.returns.read.library_values import told_by_library

RETURNS = Path(__file__).parents[1] / "data" / "returns"
# What XML can hold; a cell of a sheet begins with no sign of a formula.
LETTERS = st.characters(
    codec="utf-8", exclude_categories=("Cs", "Cc"), exclude_characters="\ufffe\uffff"
)
TEXTS = st.text(LETTERS, max_size=12).filter(lambda text: not text.startswith("="))
NUMBERS = st.floats(-1e12, 1e12) | st.integers(-(10**9), 10**9)
CELLS = st.none() | TEXTS | NUMBERS | st.booleans()
ROWS = st.lists(st.lists(CELLS, max_size=6), min_size=1, max_size=8)


def read_twice(monkeypatch, content):
    """A workbook by the library and by the parser, and whether the library would do."""
    asked = []

    def by_library(*of):
        told = told_by_library(*of)
        asked.append(told is not None)
        return told

    with monkeypatch.context() as patched:
        patched.setattr(new_workbooks, "told_by_library", by_library)
        quick = read_content(content)
        patched.setattr(new_workbooks, "told_by_library", lambda *of: None)
        return quick, read_content(content), asked


@pytest.mark.parametrize("path", sorted(RETURNS.glob("*.xlsx")), ids=lambda p: p.name)
def test_the_library_tells_what_the_parser_tells(monkeypatch, path):
    quick, parsed, _ = read_twice(monkeypatch, path.read_bytes())
    assert quick == parsed


def test_most_returns_are_read_by_the_library(monkeypatch):
    paths = sorted(RETURNS.glob("*.xlsx"))
    asked = [read_twice(monkeypatch, path.read_bytes())[2][0] for path in paths]
    assert sum(asked) > len(asked) / 2


@given(ROWS)
def test_any_cells_are_told_alike(rows):
    book = Workbook()
    for row in rows:
        book.active.append(row)
    book.active.merge_cells("A1:B3")
    target = io.BytesIO()
    book.save(target)
    with pytest.MonkeyPatch.context() as monkeypatch:
        quick, parsed, _ = read_twice(monkeypatch, target.getvalue())
    assert quick == parsed


@pytest.mark.parametrize(
    "mark",
    ['hidden="1"', 'hidden="true"', 'ht="0"', "hidden='1'", 'hidden = "1"', 'ht="0.5"'],
)
def test_a_row_that_is_hidden_in_any_writing_is_for_the_parser(monkeypatch, mark):
    book = Workbook()
    book.active.append(["a", "b"])
    target = io.BytesIO()
    book.save(target)
    content = rewritten(target.getvalue(), '<row r="1"', f'<row r="1" {mark}')
    quick, parsed, asked = read_twice(monkeypatch, content)
    assert (quick, asked) == (parsed, [False])
    assert quick[0].rows == [] or not any(quick[0].rows)


def rewritten(content, old, new):
    target = io.BytesIO()
    with ZipFile(io.BytesIO(content)) as before, ZipFile(target, "w") as after:
        for name in before.namelist():
            part = before.read(name).decode().replace(old, new)
            after.writestr(name, part)
    return target.getvalue()
