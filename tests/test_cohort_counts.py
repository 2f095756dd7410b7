import pandas as pd
import pytest

from court_cases import edition as built
from qadaya.errors import ParameterError
from qadaya.views import charts
from qadaya.views.charts.style import twin
from qadaya.views.frames.cohorts import STANDINGS, cohort_counts
from qadaya.views.frames.history import editions_until
from qadaya.views.topics import cohorts
from small_edition import small_edition


@pytest.fixture(scope="module")
def edition(tmp_path_factory):
    return built(tmp_path_factory.mktemp("editions"))


def test_every_case_of_a_cohort_stands_in_one_place(edition):
    counts = cohort_counts(edition)
    assert counts.columns.tolist() == list(STANDINGS)
    assert counts.loc[2023].to_dict() == {
        "under_investigation": 3,
        "closed": 0,
        "referred": 0,
        "awaiting_judgment": 0,
        "judged": 4,
        "appeal_pending": 5,
        "appeal_decided": 6,
        "cassation_pending": 0,
        "cassation_decided": 3,
    }
    assert counts.sum(axis=1).to_dict() == {2023: 21, 2024: 25}


def test_pending_cases_stay_in_the_share_decided(edition):
    shares = cohorts.decided_share(edition).set_index("year")
    assert shares.loc[2024, ["prosecuted", "decided", "pending"]].tolist() == [
        16,
        12,
        4,
    ]
    assert shares.loc[2024, "share"] == 0.75
    # Wilson, 12 of 16
    assert shares.loc[2024, "low"] == pytest.approx(0.505, abs=5e-4)
    assert shares.loc[2024, "high"] == pytest.approx(0.898, abs=5e-4)


def test_the_share_of_a_cohort_is_said_with_what_is_pending(edition):
    last = cohorts.say_decided(edition).split("\n\n")[-1]
    assert last == (
        "Returns of 2024: 12 of 16 prosecuted cases decided, 75% (95% interval "
        "51–90%); 4 pending."
    )


def test_first_judgments_are_set_against_the_appeal(edition):
    table = cohorts.instances_table(edition, "first_instance", "appeal")
    rows = table.set_index("Decision on appeal")
    assert rows.loc["Upheld", "Convicted"] == 6
    assert rows.loc["Pending", "Acquitted"] == 5
    assert rows.loc["Went no further", "Convicted"] == 16
    assert rows.loc["In all"].tolist() == [25, 5, 0, 30]


def test_a_quashed_appeal_is_counted_in_cassation(edition):
    table = cohorts.instances_table(edition, "appeal", "cassation")
    rows = table.set_index("Decision in cassation")
    assert rows.loc["Quashed", "Amended"] == 3
    assert rows.loc["Went no further", "Upheld"] == 6


def test_appeals_are_said_as_counts(edition):
    assert cohorts.say_instances(edition) == (
        "Of 30 first judgments, 14 were appealed. Of these, 5 are pending and 9 "
        "decided: 6 upheld, 3 changed. "
        "10 of 199 yearly returns; the others have never reported."
    )


def test_cases_that_went_further_without_a_first_judgment_are_counted_apart(edition):
    table = edition.table("outcomes")
    more = [(2024, "CPS", "none", "pending", "none", 2)]
    more += [(2024, "CPS", "none", "none", "none", 9)]
    others = pd.concat([table, pd.DataFrame(more, columns=table.columns)])
    found = small_edition([], [], others={"outcomes": others}, audience="shared")
    assert cohorts.say_instances(found).endswith(
        "6 upheld, 3 changed. 2 more cases went to appeal or cassation without a first "
        "judgment stated. Counts are rounded to protect people; small differences mean "
        "nothing."
    )


def test_sentences_stand_in_bands_with_what_is_not_stated(edition):
    months = cohorts.sentence_table(edition, "imprisonment_months")
    # 95 courts of the edition have sent nothing.
    silent = "not known: 95 have never reported"
    assert months["All years"].tolist() == [0, 0, 22, 0, 0, silent]
    fines = cohorts.sentence_table(edition, "fine_mad")
    assert fines["All years"].tolist() == [0, 0, 0, 22, silent]
    assert fines.iloc[-1, 0] == "Missing courts would add"


@pytest.mark.parametrize(
    ("ask", "message"),
    [
        (lambda e: cohorts.sentence_table(e, "years"), "measure is 'years'"),
        (
            lambda e: cohorts.instances_table(e, "first_instance", "cassation"),
            "expected first_instance and appeal",
        ),
    ],
)
def test_another_measure_or_instance_is_refused(edition, ask, message):
    with pytest.raises(ParameterError, match=message):
        ask(edition)


def test_charts_of_cohorts_have_the_counts_as_twin(edition):
    standings = twin(charts.cohort_standings(edition))
    assert standings["Decided on appeal"].tolist() == [6, 0]
    ages = twin(charts.decided_by_age(edition))
    assert ages["Age in years"].tolist() == [2, 1]
    assert ages["Share decided, %"].tolist() == [100, 75]


def test_a_year_without_prosecutions_has_no_share(tmp_path):
    from court_cases import OPEN

    rows = [("tpi-sale", 2024, 4, "CPS", "other", OPEN)]
    bare = built(tmp_path, rows=rows)
    shares = cohorts.decided_share(bare).set_index("year")
    assert shares.loc[2024, ["share", "low", "high"]].isna().all()
    assert "0 cases prosecuted, so no share" in cohorts.say_decided(bare)
    charts.decided_by_age(bare)


def test_a_cohort_gains_an_age_with_each_edition(tmp_path):
    from court_cases import JUDGED, ROWS, WAITING

    built(tmp_path)
    later = [(*row[:5], JUDGED) if row[5] == WAITING else row for row in ROWS]
    second = built(tmp_path, rows=later, received="2026-03-05T10:00:00+00:00")
    assert [each.number for each in editions_until(second)] == ["2025.1", "2026.1"]
    triangle = cohorts.maturity(second)[["year", "age", "decided"]]
    assert triangle.values.tolist() == [
        [2023, 2, 18],
        [2024, 1, 12],
        [2023, 3, 18],
        [2024, 2, 16],
    ]
    table = cohorts.maturity_table(second)
    assert table.columns.tolist() == [
        "Year of the return",
        "after 1 year",
        "after 2 years",
        "after 3 years",
    ]
    assert table.iloc[0, 1] == ""
    assert table.iloc[1, 1].endswith("12 of 16")


def test_a_table_of_cohorts_adds_up(edition):
    table = cohorts.cohort_table(edition)
    parts = pd.DataFrame(table)["2024"].tolist()
    assert sum(parts[:9]) == parts[9] == 25
    assert parts[10] == "5 of 100"
