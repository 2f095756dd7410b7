"""A page is made again from what it names, and is the same to the last byte."""

import re

import pytest

from qadaya.errors import QadayaError
from qadaya.pages.reproduce import reproduce
from qadaya.pages.run.choice import Choice
from qadaya.pages.run.plan import plan
from qadaya.pages.run.run_all import run_all

# What differs from run to run where nobody sees to it: the order of a set of words, and
# the mark that plotly draws for each trace of a figure that is live.
UNSTEADY = (
    "print(*{'conviction', 'acquittal', 'dismissal', 'appeal', 'cassation'})",
    "import plotly.graph_objects as go\ngo.FigureWidget(go.Bar(x=[1, 2], y=[3, 4]))",
)


@pytest.fixture
def page(project):
    """A page of a notebook whose output is not steady by itself."""
    project.edition()
    project.notebook("annual", *UNSTEADY)
    (run,) = plan(
        [project.folder / "params" / "2023.yml"],
        Choice(),
        out=project.folder / "reports",
        work=project.folder / "build" / "runs",
    )
    (built,) = run_all([run])
    assert built.error is None
    return run.page


def test_a_page_made_again_is_the_same_byte_for_byte(page):
    compared = reproduce(page)
    assert (compared.where, compared.differs, compared.same) == (None, [], True)


def test_an_altered_figure_is_shown_where_it_stands(page):
    true = page.read_text()
    assert "dismissal" in true
    page.write_text(true.replace("dismissal", "discharge"))
    compared = reproduce(page)
    assert not compared.same
    assert re.match(
        r"line \d+: '.*discharge.*', made again '.*dismissal", compared.where
    )


def test_a_changed_notebook_is_named_as_what_differs(project, page):
    project.notebook("annual", "1 + 1")
    compared = reproduce(page)
    (line,) = compared.differs
    assert re.fullmatch(
        r"notebook: [0-9a-f]{12} made the page; here [0-9a-f]{12}", line
    )
    assert not compared.same


def test_a_notebook_that_fails_now_is_told_with_what_has_changed(project, page):
    project.notebook("annual", "1 / 0")
    with pytest.raises(QadayaError) as raised:
        reproduce(page)
    assert str(raised.value) == (
        f"{page}: cannot be made again: annual 2023 en internal: cell 4 [4]: "
        "ZeroDivisionError: division by zero; since it was made, notebook changed"
    )


def test_another_commit_alone_is_no_other_page(page):
    named = re.search('"commit":[^}]*', page.read_text())[0]
    page.write_text(page.read_text().replace(named, '"commit":"0a1b2c3d4e5f"'))
    compared = reproduce(page)
    assert compared.differs == ["commit: 0a1b2c3d4e5f made the page; here none"]
    assert compared.same and compared.commit_alone


def test_links_to_pages_that_came_later_are_no_difference(project, page):
    beside = page.with_name(page.name.replace(".en.", ".fr."))
    beside.write_text(page.read_text().replace('"language":"en"', '"language":"fr"'))
    from qadaya.pages.index import write_index

    before = page.read_text()
    write_index(project.folder / "reports")
    assert page.read_text() != before
    assert reproduce(page).where is None


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (None, "there is no such file; expected a page"),
        ("<p>a page of somebody else", "no page of `qadaya report`, so it does not"),
        (
            '<script type="application/json" id="qadaya-page">{"notebook": "a"}'
            "</script>",
            "names no parts, as it was rendered by itself or by an earlier version",
        ),
    ],
)
def test_what_cannot_be_made_again_is_one_line(tmp_path, content, message):
    page = tmp_path / "page.html"
    if content is not None:
        page.write_text(content)
    with pytest.raises(QadayaError) as refused:
        reproduce(page)
    assert str(refused.value).startswith(f"{page}: {message}")
    assert "\n" not in str(refused.value)
