import ast
import re
from html import escape

import nbformat
import pytest

import court_cases
from checkout import CHECKOUT
from qadaya.errors import ParameterError
from qadaya.views.topics import headline
from qadaya.views.topics.glossary import glossary


@pytest.fixture(scope="module")
def edition(tmp_path_factory):
    return court_cases.edition(tmp_path_factory.mktemp("editions"))


def test_a_finding_is_one_sentence_with_both_counts_and_chance(edition):
    # 21 cases of 2023 and 25 of 2024
    assert headline.finding(edition, year=2024) == (
        "25 cases in 2024, against 21 in 2023: not distinguishable from chance "
        "(exact p = 0.66)."
    )


def test_a_first_year_gives_its_count_and_why_nothing_is_compared(edition):
    assert headline.finding(edition, year=2023) == (
        "21 cases in 2023. There is no earlier year to compare with."
    )
    assert headline.evidence(edition, year=2023) == ""


def test_the_evidence_goes_on_where_the_finding_ends(edition):
    said = headline.evidence(edition, year=2024)
    assert said.startswith("95% interval of the count of 2024: 16–37;")
    assert "25 cases in 2024" not in said


def test_four_figures_open_a_page(edition):
    shown = headline.key_figures(edition, years=[2024])
    assert [(each.name, each.count, each.error) for each in shown] == [
        ("Cases", "25", ""),
        ("Prosecuted", "16", ""),
        ("Decided at first instance", "12", ""),
        ("Courts that reported, 2024", "5", "of 100"),
    ]
    assert shown[0].note == "95% interval: 16–37"


def test_over_several_years_the_yearly_returns_are_counted(edition):
    last = headline.key_figures(edition)[-1]
    assert (last.name, last.count, last.error) == (
        "Yearly returns received",
        "10",
        "of 199",
    )
    assert last.note == "the others have never reported"


def test_each_year_stands_with_the_courts_that_reported(edition):
    shown = headline.counts_by_year(edition)
    assert [(each.name, each.count, each.note) for each in shown] == [
        ("2023", "21", "5 of 99 courts reported; the others have never reported"),
        ("2024", "25", "5 of 100 courts reported; the others have never reported"),
    ]


def test_what_is_decided_is_said_of_all_years(edition):
    assert headline.decided(edition) == (
        "Of 34 prosecuted cases of 2023 to 2024, 30 are decided at first instance and "
        "4 are pending."
    )


def test_figures_are_a_list_of_definitions_and_hold_no_markup_of_others():
    shown = headline.KeyFigures([headline.KeyFigure("a <b>", "1", "±2", "x & y")])
    assert shown._repr_html_() == (
        '<dl class="keys"><div><dt>a &lt;b&gt;</dt><dd class="big"><bdi>1</bdi> '
        '<small><bdi>±2</bdi></small></dd><dd class="note">x &amp; y</dd></div></dl>'
    )


@pytest.mark.parametrize(
    ("language", "first"), [("en", "case"), ("fr", "affaire"), ("ar", "قضية")]
)
def test_a_word_stands_in_three_languages_with_its_meaning(language, first):
    [entry] = glossary("case", language=language)
    assert next(iter(entry.names.values())) == first
    assert set(entry.names.values()) == {"case", "affaire", "قضية"}
    html = glossary("case", language=language)._repr_html_()
    assert html.startswith('<dl class="words"><div id="word-case"><dt>')
    assert escape(entry.meaning) in html


def test_a_word_that_is_not_explained_is_refused():
    with pytest.raises(ParameterError, match=r"terms are cube; expected some of case"):
        glossary("case", "cube")


def test_each_link_of_a_notebook_reaches_a_word_that_it_explains():
    for path in sorted((CHECKOUT / "notebooks").glob("*.ipynb")):
        cells = nbformat.read(path, as_version=4).cells
        prose = " ".join(c.source for c in cells if c.cell_type == "markdown")
        explained = {
            argument.value
            for cell in cells
            if cell.cell_type == "code" and cell.source.startswith("glossary(")
            for argument in ast.parse(cell.source).body[0].value.args
        }
        assert explained or path.stem == "desk"  # its words are those of buttons
        assert set(re.findall(r"\(#word-(\w+)\)", prose)) <= explained
        assert "docs/" not in prose
