import pytest

from court_cases import ROWS
from court_cases import edition as built
from qadaya.editions.edition import open_edition
from qadaya.language import LANGUAGES
from qadaya.returns.rule_texts import RULES
from qadaya.views.prose.rules import rule_name
from qadaya.views.prose.words import Words
from qadaya.views.topics import quality
from qadaya.vocabulary import OPTIONAL_COLUMNS


@pytest.fixture(scope="module")
def edition(seven_courts):
    return open_edition(folder=seven_courts)


@pytest.fixture(scope="module")
def shared(seven_courts):
    return open_edition(audience="shared", folder=seven_courts)


def test_answers_keep_nil_apart_from_silence(edition):
    answers = quality.answers_by_year(edition)
    assert answers["Nil return"].tolist() == [1, 2]
    assert answers["Not reported"].tolist() == [94, 95]
    assert answers["Completeness"].tolist() == ["5%", "5%"]


def test_in_a_shared_edition_nil_reads_as_reported(shared):
    answers = quality.answers_by_year(shared)
    assert "Nil return" not in answers
    assert answers["Reported"].tolist() == [5, 5]
    courts = quality.status_by_court(shared).set_index("Court")
    assert courts.loc["Court of Appeal of Errachidia", "2024"] == "Reported"


def test_the_least_complete_year_is_named(edition):
    assert quality.say_answers(edition) == (
        "Every court reported in 0 years of 2. The least complete year is 2024: "
        "5 of 100 courts."
    )


def test_each_court_has_a_row_with_its_status_by_year(edition):
    courts = quality.status_by_court(edition)
    assert len(courts) == 112
    named = courts.set_index("Court")
    assert named.loc["Court of First Instance of Sale", "2023"] == "Reported"
    assert named.loc["Court of Appeal of Fez", "2024"] == "Nil return"


def test_problems_are_counted_by_rule_the_gravest_first(edition):
    table = quality.problems_by_year(edition)
    assert table["Rule"].tolist() == [
        "no platform",
        "case that seems counted twice",
        "nil return",
    ]
    assert table["2023"].tolist() == [1, 1, 0]
    assert table["2024"].tolist() == [0, 0, 1]
    assert quality.say_problems(edition) == (
        "2 problems in the returns that count or were refused: 1 kept a row or a "
        "return out of the counts, 1 are questions to courts. 1 more entries are for "
        "information, nil returns among them. The gravest rules stand first; versions "
        "that a court has replaced are left out."
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_rule_has_a_name_that_is_no_code(language):
    names = {rule: rule_name(rule, Words(language)) for rule in RULES}
    assert [rule for rule, name in names.items() if "_" in name] == []
    assert len(set(names.values())) == len(RULES)


def test_what_a_shared_edition_does_not_hold_is_not_called_none(shared):
    said = quality.double_counting(shared)._repr_html_()
    assert "this edition does not say" in said
    assert quality.problems_by_year(shared)._repr_html_() == "<p></p>"


def test_a_shared_edition_gives_the_same_columns_and_no_rows(edition, shared):
    for table in (quality.problems_by_year, quality.double_counting):
        assert table(shared).columns.tolist() == table(edition).columns.tolist()
        assert table(shared).empty
    assert "holds no problems" in quality.say_problems(shared)


def test_every_rule_of_double_counting_is_listed_also_without_a_case(edition):
    table = quality.double_counting(edition)
    assert table["Rule"].tolist() == [
        "case that seems counted twice",
        "case of a first-instance court",
        "repeated row",
    ]
    assert table["2023"].tolist() == [1, 0, 0]


def test_one_edition_shows_no_revision(shared):
    assert quality.say_revisions(shared) == (
        f"Only edition {shared.number} is at hand here, so no revision can be shown."
    )
    assert quality.revision_table(shared).shape == (2, 2)


@pytest.mark.parametrize(
    ("language", "month"), [("en", "March"), ("fr", "mars"), ("ar", "مارس")]
)
def test_an_edition_is_headed_by_its_date_in_words(shared, language, month):
    [_, head] = quality.revision_table(shared, language=language).columns
    assert month in head and shared.as_of not in head
    # Words of the page run as it does: held from left to right they would turn round.
    assert "\u2066" not in head


def test_the_revision_triangle_says_how_far_counts_moved(tmp_path):
    built(tmp_path)
    more = [*ROWS, ("tpi-temara", 2023, 4, "CPS", "other", ROWS[0][5])]
    later = built(tmp_path, rows=more, received="2026-03-05T10:00:00+00:00")
    table = quality.revision_table(later)
    assert table.values.tolist() == [[2023, 21, 25], [2024, 25, 25]]
    assert quality.say_revisions(later) == (
        "2 editions at hand. Mean absolute revision of a year's count: 2.0 cases; "
        "largest: 4."
    )


def test_every_optional_column_has_what_it_would_show():
    table = quality.optional_columns()
    assert len(table) == len(OPTIONAL_COLUMNS)
    assert table.notna().all(axis=None)


@pytest.mark.parametrize("language", ["ar", "fr"])
def test_tables_are_in_the_language_of_the_reader(edition, language):
    english = quality.problems_by_year(edition).columns[1]
    assert quality.problems_by_year(edition, language=language).columns[1] != english
