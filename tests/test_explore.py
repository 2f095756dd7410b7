import base64
import json
import random

import ipywidgets
import numpy as np
import pandas as pd
import pytest
import traitlets

from explorer_editions import (
    CELLS,
    SHARED_BOUNDS,
    all_courts,
    few_courts,
    random_selection,
)
from qadaya.errors import ParameterError
from qadaya.views.explorer.assets import plotly_assets, plotly_library
from qadaya.views.explorer.explore import MIME, explore
from qadaya.views.explorer.facts import choices_of, edition_facts
from qadaya.views.explorer.labels import CATEGORIES, labels
from qadaya.views.explorer.selection import everything
from qadaya.vocabulary import RESULTS_OF_MEASURE, STAGES_OF_MEASURE
from small_edition import CUBE, REPORTING

EVERYTHING = {
    "courts": ["ca-rabat", "tpi-sale", "ca-fes", "ca-errachidia"],
    "platforms": ["NCMEC", "CPS"],
    "years": [2022, 2024],
    "measure": "cases",
    "breakdown": "platform",
}


def test_it_starts_with_everything_chosen():
    assert explore(few_courts()).selection == EVERYTHING


def test_each_court_has_the_most_that_it_can_have_reported_in_a_year():
    def largest(edition):
        return edition_facts(edition, choices_of(edition), "en")["largest"]

    # Rabat, Sale and Fez; Errachidia never reported.
    assert largest(few_courts()) == [1, 6, 5, None]
    told = {"court_id x year": {"largest": 2, "mean": 0.5}}
    rounded = few_courts(audience="shared", bounds=SHARED_BOUNDS | told)
    assert largest(rounded) == [3, 8, 7, None]
    untold = few_courts(audience="shared", bounds=SHARED_BOUNDS)
    assert largest(untold) is None


def test_the_table_counts_by_year_and_platform():
    table = explore(few_courts()).table()
    assert table.to_dict("list") == {
        "year": [2022, 2022, 2023, 2023, 2024, 2024],
        "platform": ["NCMEC", "CPS"] * 3,
        "n": [0, 3, 4, 2, 7, 5],
        "state": ["zero"] + ["value"] * 5,
        "reported": [3, 3, 2, 2, 3, 3],
        "expected": [3, 3, 3, 3, 4, 4],
        "nil": [2, 2, 1, 1, 0, 0],
    }


def test_each_circuit_has_the_state_of_its_own_courts():
    table = explore(few_courts(), selection={"breakdown": "circuit"}).table()
    states = table.pivot(index="circuit_id", columns="year", values="state")
    assert states.loc["ca-rabat"].to_list() == ["zero", "value", "value"]
    assert states.loc["ca-fes"].to_list() == ["value", "not_reported", "value"]
    assert states.loc["ca-errachidia"].to_list() == [
        "not_established",
        "not_established",
        "not_reported",
    ]
    known = table.set_index(["circuit_id", "year"])["n"]
    assert known["ca-rabat", 2022] == 0
    assert pd.isna(known["ca-fes", 2023])
    assert pd.isna(known["ca-errachidia", 2022])


def test_a_hidden_cell_hides_every_sum_it_is_part_of():
    edition = few_courts()
    edition.cube["n"] = edition.cube["n"].astype("Int64")
    edition.cube.loc[2, "n"] = pd.NA
    explorer = explore(edition)
    table = explorer.table().set_index(["year", "platform"])
    assert table.loc[(2024, "NCMEC"), "state"] == "hidden"
    assert pd.isna(table.loc[(2024, "NCMEC"), "n"])
    assert table.loc[(2024, "CPS"), "n"] == 5
    assert unpacked(explorer.cube["hidden"]) == [0, 0, 1, 0, 0, 0]


@pytest.fixture(scope="module")
def country():
    edition = all_courts()
    return edition, explore(edition)


@pytest.mark.parametrize("number", range(60))
def test_the_table_adds_up_to_the_cells_one_by_one(number, country):
    edition, explorer = country
    draw = random.Random(number)
    selection = random_selection(explorer._choices, draw)
    explorer.selection = selection
    expected = sum(
        row.n
        for row in edition.cube.itertuples()
        if row.court_id in selection["courts"]
        and row.platform in selection["platforms"]
        and selection["years"][0] <= row.year <= selection["years"][1]
        and row.stage in STAGES_OF_MEASURE[selection["measure"]]
        and row.result in RESULTS_OF_MEASURE[selection["measure"]]
    )
    assert explorer.table()["n"].sum() == expected
    assert explorer.cells()["n"].sum() == expected


@pytest.mark.parametrize("breakdown", ["platform", "circuit", "stage", "result"])
def test_the_grid_is_complete_whatever_the_breakdown(breakdown):
    explorer = explore(few_courts(), selection={"breakdown": breakdown})
    table = explorer.table()
    codes = table.iloc[:, 1].nunique()
    assert len(table) == 3 * codes
    assert codes == {"platform": 2, "circuit": 3, "stage": 7, "result": 5}[breakdown]


def test_a_measure_keeps_only_the_stages_and_results_it_counts():
    selection = {"measure": "convicted", "breakdown": "result"}
    table = explore(few_courts(), selection=selection).table()
    assert set(table["result"]) == {"convicted"}
    assert table["n"].sum() == 6 + 1


def test_choosing_no_court_gives_a_table_without_rows():
    table = explore(few_courts(), selection={"courts": []}).table()
    assert list(table.columns) == [
        "year",
        "platform",
        "n",
        "state",
        "reported",
        "expected",
        "nil",
    ]
    assert table.empty


def test_what_a_selection_leaves_out_means_everything():
    explorer = explore(few_courts())
    explorer.selection = {"years": [2024, 2024]}
    assert explorer.selection == {**EVERYTHING, "years": [2024, 2024]}


def test_circuits_name_their_courts_alone_or_beside_others():
    explorer = explore(few_courts(), selection={"circuits": ["ca-rabat"]})
    assert explorer.selection["courts"] == ["ca-rabat", "tpi-sale"]
    explorer.selection = {"circuits": ["ca-rabat"], "courts": ["ca-fes"]}
    assert explorer.selection["courts"] == ["ca-rabat", "tpi-sale", "ca-fes"]


def test_reset_chooses_everything_again():
    explorer = explore(few_courts(), selection={"courts": ["ca-fes"]})
    explorer.reset()
    assert explorer.selection == EVERYTHING


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"courts": ["ca-nowhere"]}, "selection: courts is 'ca-nowhere'; expected"),
        ({"courts": 7}, "courts is 7; expected a list of codes"),
        ({"courts": "Rabatt"}, "courts is 'Rabatt'; did you mean 'ca-rabat'?"),
        ({"circuits": ["tpi-sale"]}, "circuits is 'tpi-sale'; expected one of ca-"),
        ({"platforms": ["INTERPOL"]}, "platforms is 'INTERPOL'; expected one of NCM"),
        ({"years": [2019, 2024]}, "edition 2025.1 holds 2022 to 2024, give a year"),
        ({"years": [2024, 2022]}, r"years is \[2024, 2022\]"),
        ({"years": 2019}, "years is 2019; edition 2025.1 holds"),
        ({"years": ["2022", "later"]}, r"years is \['2022', 'later'\]"),
        ({"years": True}, "years is True; edition 2025.1 holds"),
        ({"measure": "persons"}, "measure is 'persons'; expected one of cases, pros"),
        ({"breakdown": "court"}, "breakdown is 'court'; expected one of platform"),
        ({"year": [2022, 2024]}, "a key is 'year'; did you mean 'years'?"),
        (["ca-rabat"], r"selection is \['ca-rabat'\]; expected a dict"),
    ],
)
def test_a_wrong_selection_is_refused_in_one_line(wrong, message):
    with pytest.raises(ParameterError, match=message) as refusal:
        explore(few_courts(), selection=wrong)
    assert "\n" not in str(refusal.value)


def test_a_wrong_selection_set_later_changes_nothing():
    explorer = explore(few_courts())
    with pytest.raises(ParameterError, match="courts is 'ca-nowhere'"):
        explorer.selection = {"courts": ["ca-nowhere"]}
    assert explorer.selection == EVERYTHING


def test_an_unknown_language_is_refused():
    with pytest.raises(ParameterError, match="'de'; expected one of ar, fr, en"):
        explore(few_courts(), language="de")


def test_the_selection_can_be_observed_linked_and_composed():
    first, second = explore(few_courts()), explore(few_courts())
    seen = []
    first.observe(lambda change: seen.append(change["new"]["measure"]), "selection")
    traitlets.link((first, "selection"), (second, "selection"))
    first.selection = {"measure": "decided"}
    assert seen == ["decided"]
    assert second.selection["measure"] == "decided"
    box = ipywidgets.VBox([first, second])
    assert box.children == (first, second)


def unpacked(column):
    size = column["type"].removeprefix("Uint").removesuffix("Array")
    data = base64.b64decode(column["data"])
    return np.frombuffer(data, dtype=f"<u{int(size) // 8}").tolist()


def test_the_front_end_gets_the_cells_by_their_places_in_the_lists():
    explorer = explore(few_courts())
    cube, facts = explorer.cube, explorer.facts
    columns = {name: unpacked(column) for name, column in cube.items()}
    courts = [court["id"] for court in facts["courts"]]
    stages = [stage["id"] for stage in facts["stages"]]
    read = [
        (courts[court], facts["years"][year], stages[stage], n)
        for court, year, stage, n in zip(
            columns["court"],
            columns["year"],
            columns["stage"],
            columns["n"],
            strict=True,
        )
    ]
    assert read == [(c[0], c[3], c[4], c[6]) for c in CELLS]
    assert "hidden" not in cube


def test_counts_above_a_byte_take_a_wider_type():
    edition = few_courts()
    edition.cube.loc[0, "n"] = 70_000
    column = explore(edition).cube["n"]
    assert column["type"] == "Uint32Array"
    assert unpacked(column)[0] == 70_000


def test_nothing_of_a_court_outside_the_edition_is_told():
    told = json.dumps(explore(few_courts()).state())
    assert "tpi-sale" in told
    assert "tpi-nador" not in told


def test_a_shared_edition_tells_no_nil_return():
    edition = all_courts(audience="shared", bounds=SHARED_BOUNDS)
    explorer = explore(edition, selection={"breakdown": "circuit"})
    facts = explorer.facts
    nil = facts["statuses"].index("nil")
    assert nil not in unpacked(facts["reporting"])
    assert not explorer.table()["nil"].any()


@pytest.mark.parametrize("language", ["ar", "fr", "en"])
def test_the_mime_bundle_has_view_state_and_a_plain_table(language):
    bundle = explore(few_courts(synthetic=True), language=language)._repr_mimebundle_()
    assert set(bundle) == {
        "application/vnd.jupyter.widget-view+json",
        MIME,
        "text/html",
        "text/plain",
    }
    assert set(bundle[MIME]) == {"module", "cube", "facts", "labels", "selection"}
    assert json.loads(json.dumps(bundle[MIME])) == bundle[MIME]
    assert bundle["text/html"].count("<tr>") == 3
    assert f"lang='{language}'" in bundle["text/html"]
    assert labels(language)["words"]["synthetic"] in bundle["text/html"]


def test_the_kept_table_names_states_in_words():
    explorer = explore(few_courts(), selection={"breakdown": "circuit"})
    kept = explorer._repr_mimebundle_()["text/html"]
    assert "<td>not reported</td>" in kept
    assert "<td>not yet established</td>" in kept
    assert "<td>7</td>" in kept


def named(court_id):
    cells = [(court_id, court_id, "CPS", 2023, "closed", "none", 5)]
    statuses = [(court_id, court_id, 2023, "reported")]
    edition = few_courts()
    edition.cube = pd.DataFrame(cells, columns=CUBE)
    edition.reporting = pd.DataFrame(statuses, columns=REPORTING)
    return edition


def test_a_name_that_is_markup_stays_text_in_the_kept_table():
    edition = named("<script>alert(1)</script>")
    explorer = explore(edition, selection={"breakdown": "circuit"})
    kept = explorer._repr_mimebundle_()["text/html"]
    assert "<script" not in kept
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in kept


def test_plotly_is_asked_for_by_message_and_never_part_of_a_state():
    assets = plotly_assets()
    sent = []
    assets.send = lambda content, buffers: sent.append((content, buffers))
    assets._answer(assets, {"wanted": "tea"}, [])
    assert sent == []
    assets._answer(assets, {"wanted": "plotly"}, [])
    assert sent == [({"sent": "plotly"}, [plotly_library()])]
    states = [assets.get_state(), explore(few_courts()).get_state()]
    assert all(len(json.dumps(state, default=str)) < 400_000 for state in states)


def test_there_is_one_assets_widget_for_all_explorers():
    explore(few_courts())
    before = plotly_assets()
    explore(few_courts())
    assert plotly_assets() is before


@pytest.mark.parametrize("language", ["ar", "fr", "en"])
def test_a_counted_noun_has_every_form_of_its_language(language):
    forms = labels(language)["counted"]["total_cases"]
    assert list(forms) == list(CATEGORIES[language])
    assert labels("ar")["counted"]["total_cases"]["two"] == "قضيتان"
    assert labels("fr")["counted"]["total_cases"]["one"] == "{n} affaire"


def test_choices_keep_the_appeal_court_first_in_its_circuit():
    choices = explore(all_courts())._choices
    # One of the 112 moved to another circuit between the years.
    assert len(choices.courts) == 113
    for circuit, courts in choices.circuits.items():
        assert courts[0] == circuit
    assert everything(choices)["courts"] == list(choices.courts)
