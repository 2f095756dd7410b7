"""The explorer of published figures: its choice, its table, what it is told."""

import json

import pandas as pd
import pytest

from qadaya import explore_published
from qadaya.errors import ParameterError
from qadaya.ledger import load_ledger
from qadaya.ledger.chapter import GROUPS
from qadaya.views.explorer.kept import MIME


@pytest.fixture(scope="module")
def explorer():
    return explore_published()


def shown(explorer, **selection):
    explorer.selection = selection
    return explorer.table()


def test_it_begins_with_every_offence_in_cases_over_all_years(explorer):
    assert explore_published().selection == {
        "offences": [name for names in GROUPS.values() for name in names],
        "unit": "cases",
        "years": [2017, 2024],
    }


def test_a_figure_comes_with_its_source_and_a_missing_one_with_its_reason(explorer):
    table = shown(explorer, offences=["sexual_harassment"], years=[2022, 2024])
    expected = pd.DataFrame(
        {
            "offence": "sexual_harassment",
            "unit": "cases",
            "year": [2022, 2023, 2024],
            "value": [None, 204.0, 69.0],
            "as_printed": [None, "204", "69"],
            "sources": [None, "MADAR21_23", "ALOMQ24, TANJAOUI24"],
            "missing": ["not found in anything published", None, None],
        }
    )
    pd.testing.assert_frame_equal(table, expected, check_dtype=False)


def test_what_is_known_only_together_has_no_number_and_says_so(explorer):
    table = shown(explorer, offences=["incitement"], unit="persons", years=[2024, 2024])
    assert pd.isna(table["value"].iloc[0])
    assert table["missing"].iloc[0] == (
        "not printed by itself; 128 together with: sexual harassment"
    )


def test_victims_by_sex_stand_in_their_own_unit(explorer):
    girls = ["child_violence_victims_girls", "child_sexual_assault_victims_girls"]
    table = shown(explorer, offences=girls, unit="victims")
    known = table.dropna(subset="value")[["offence", "year", "value"]]
    assert known.to_numpy().tolist() == [
        [girls[0], 2021, 4280],
        [girls[1], 2018, 2658],
        [girls[1], 2020, 2110],
        [girls[1], 2021, 2640],
    ]


def test_every_number_shown_is_one_of_the_ledger_as_it_was_printed(explorer):
    ledger = load_ledger()
    printed = set(
        zip(
            ledger["series"],
            ledger["unit"],
            ledger["year"],
            ledger["value"].map(float),
            ledger["as_printed"],
            strict=True,
        )
    )
    for unit in ("cases", "persons", "victims"):
        table = shown(explorer, unit=unit).dropna(subset="value")
        columns = ["offence", "unit", "year", "value", "as_printed"]
        assert set(map(tuple, table[columns].to_numpy().tolist())) <= printed
        assert table["sources"].notna().all() and len(table) > 5


@pytest.mark.parametrize(
    ("selection", "message"),
    [
        ("all", "selection is 'all'; expected a dict"),
        ({"courts": []}, "a key is 'courts'; expected one of offences, unit, years"),
        ({"offences": "fraud"}, "offences is 'fraud'; expected a list of series"),
        ({"offences": ["theft"]}, "offences is 'theft'; expected one of sextortion"),
        ({"unit": "lions"}, "unit is 'lions'; expected one of cases, persons, victims"),
        ({"years": 2023}, "years is 2023; expected the first and the last year"),
        ({"years": [2024, 2023]}, r"such as \[2017, 2024\]"),
        ({"years": [1999, 2023]}, r"such as \[2017, 2024\]"),
    ],
)
def test_a_selection_of_what_is_not_there_is_refused(selection, message):
    with pytest.raises(ParameterError, match=message):
        explore_published(selection=selection)


@pytest.mark.parametrize("language", ["ar", "fr", "en"])
def test_a_page_is_given_plain_json_and_a_table_for_each_unit(language):
    bundle = explore_published(language=language)._kept()
    state = bundle[MIME]
    assert state["module"] == "published"
    assert json.loads(json.dumps(state)) == state
    assert bundle["text/html"].count("<caption>") == 3
    assert "207" in bundle["text/html"] and "4280" in bundle["text/html"]


def test_every_dash_has_a_reason_and_every_figure_a_source(explorer):
    for *_, printed, _value, sources, reason in explorer.facts["figures"]:
        assert (printed is None) == (reason is not None)
        assert printed is None or sources
