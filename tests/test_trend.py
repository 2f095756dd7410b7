from dataclasses import replace

import pytest

from court_cases import edition as built
from qadaya.errors import ParameterError
from qadaya.ledger import ledger_sources
from qadaya.views.prose.published import printed_value
from qadaya.views.prose.words import Words
from qadaya.views.topics import trend


@pytest.fixture(scope="module")
def edition(tmp_path_factory):
    return built(tmp_path_factory.mktemp("editions"))


def test_our_counts_say_that_they_are_invented(edition):
    counts = trend.our_counts(edition)
    assert counts["Cases"].tolist() == [21, 25]
    assert counts["Origin"].tolist() == ["synthetic", "synthetic"]
    assert counts["95% interval"].tolist() == ["13–32", "16–37"]
    left = ["not known: 94 have never reported", "not known: 95 have never reported"]
    assert counts["Missing courts would add"].tolist() == left


def test_each_step_between_years_is_said(edition):
    assert trend.our_changes(edition).startswith(
        "25 cases in 2024, against 21 in 2023: not distinguishable from chance"
    )


def test_a_swing_between_subjects_is_a_suspected_break(edition):
    said = trend.component_break(edition, 2024, by="subject")
    assert said.startswith("Break suspected: Distribution from 4 to 21")
    quiet = trend.component_break(edition, 2024, by="body")
    assert quiet == "No break suspected: no component moved against its total."


def test_the_first_year_has_nothing_to_be_compared_with(edition):
    assert trend.component_break(edition, 2023) == (
        "There is no earlier year to compare with."
    )


def test_the_published_swing_is_found_in_the_ledger():
    said = trend.published_break()
    assert "sexual harassment from 204 to 69" in said
    assert "online fraud from 46 to 101" in said
    assert "the total from 520 to 470 (exact p = 0.12) did not" in said


def test_30_to_44_published_cases_are_no_rise():
    table = trend.published_changes([("child_pornography_total", "cases")])
    assert table.iloc[0, 1] == (
        "44 cases in 2024, against 30 in 2023: not distinguishable from chance "
        "(exact p = 0.13)."
    )


def test_figures_on_which_sources_disagree_are_not_compared():
    assert not trend.published_change("child_violence_total", "cases", 2023, 2024)
    table = trend.published_changes([("child_violence_total", "cases")])
    assert "Sources disagree" in table.iloc[0, 1]


def test_every_value_of_a_conflict_is_shown_with_its_publisher():
    table = trend.conflicts_table()
    rows = table[
        (table["Published series"] == "violence against children")
        & (table["Year"] == 2024)
    ]
    assert sorted(rows["Value as printed"]) == ["10,169", "9618"]
    assert rows["Publisher"].notna().all()


def test_a_disputed_number_that_is_printed_for_another_year_too_is_told():
    # 5,650 is also the Ministry's count of child victims of 2004; 4,828 that of 2020.
    table = trend.conflicts_table()
    other = table.set_index(["Year", "Value as printed"])[
        "Printed for another year too"
    ]
    assert other.dropna().to_dict() == {(2019, "5650"): "2004", (2019, "4828"): "2020"}


def test_a_published_figure_stands_beside_ours_with_a_reason(edition):
    table = trend.reconciliation(edition)
    row = table[
        (table["Published series"] == "child pornography")
        & (table["Unit"] == "court cases")
    ].iloc[0]
    assert (row["Ours, in cases"], row["Value as printed"]) == (25, "44")
    reasons = trend.reconciliation_reasons(edition).set_index("No.")["Why they differ"]
    assert reasons[row["Why they differ"]].startswith("It covers child-pornography")


def test_every_reason_is_said_once_and_every_number_has_one(edition):
    table = trend.reconciliation(edition)
    reasons = trend.reconciliation_reasons(edition)
    used = {n for cell in table["Why they differ"] for n in cell.split(", ")}
    assert used == set(reasons["No."])
    assert reasons["Why they differ"].is_unique
    assert (table["Why they differ"] != "").all()


def test_agreement_of_invented_counts_is_said_to_confirm_nothing(edition):
    assert "confirms nothing" in trend.calibration(edition)
    manifest = edition.manifest.model_copy(update={"synthetic": False})
    real = replace(edition, manifest=manifest)
    assert "confirms nothing" not in trend.calibration(real)


def test_each_of_our_figures_stands_beside_what_was_published_on_it(edition):
    table = trend.reconciliation(edition)
    assert table["Our figure"].drop_duplicates().iloc[:2].tolist() == [
        "Cases",
        "Prosecuted",
    ]
    assert "Incitement" in set(table["Our figure"])
    only = trend.reconciliation(edition, measure="prosecuted")
    assert set(only["Our figure"]) == {"Prosecuted"}
    detected = only[only["Published series"] == "of which prosecuted"]
    assert detected["Value as printed"].tolist() == ["13"]
    assert detected["Published on"].tolist() == ["~January 2026"]


@pytest.mark.parametrize(
    ("language", "about", "million", "thousands"),
    [
        ("en", "about 6000", "20.5 million", "10,169"),
        ("fr", "environ 6000", "20,5 millions", "10\u202f169"),
        ("ar", "حوالي \u20666000\u2069", "\u206620.5\u2069 مليون", "10,169"),
    ],
)
def test_a_printed_number_is_written_as_the_reader_writes_numbers(
    language, about, million, thousands
):
    words = Words(language)
    assert printed_value("about 6000", words) == about
    assert printed_value("20.5 million", words) == million
    for printed in ("10169", "10,169", "10.169"):
        assert printed_value(printed, words) == words.isolated(thousands)
    assert printed_value("-7", words) == words.isolated("−7")
    assert printed_value(">3000", words) == words.isolated(">3000")
    percent = {"fr": ">90\u202f%"}.get(language, ">90%")
    assert printed_value(">90%", words) == words.isolated(percent)


def test_every_source_is_listed_in_whole():
    sources = trend.sources_table()
    assert len(sources) == len(ledger_sources())
    assert "…" not in sources._repr_html_()
    assert sources["Site"].iloc[0] == "madar21.com"


@pytest.mark.parametrize(
    ("ask", "message"),
    [
        (lambda e: trend.component_break(e, 2024, by="court_id"), "by is 'court_id'"),
        (
            lambda e: trend.published_change("sextortion", "cases", 2019, 2020),
            "holds no cases of sextortion for 2019",
        ),
    ],
)
def test_a_question_that_cannot_be_answered_is_refused(edition, ask, message):
    with pytest.raises(ParameterError, match=message):
        ask(edition)
