"""What a notebook can do with an edition: its card, its counts, names with Tab."""

import pandas as pd
import pytest
from IPython.core.completer import IPCompleter, provisionalcompleter
from IPython.core.interactiveshell import InteractiveShell

import qadaya
from qadaya.errors import EditionError, ParameterError
from qadaya.views.explorer.explore import explore
from qadaya.views.topics.opened import open_edition


@pytest.fixture(scope="module")
def internal(seven_courts):
    return open_edition(folder=seven_courts)


@pytest.fixture(scope="module")
def shared(seven_courts):
    return open_edition(folder=seven_courts, audience="shared")


def test_a_cell_with_an_edition_shows_a_card(internal):
    shown = internal._repr_mimebundle_()
    assert shown["text/plain"] == (
        "<Edition 2025.1: internal, synthetic, exact counts, 2023 to 2024, "
        "as of 2025-03-05, 8 tables>"
    )
    card = shown["text/html"]
    for said in ("Synthetic data", "2023, 2024", "112 in 23 circuits", "<code>cube<"):
        assert said in card
    assert len(card) < 2_000 and str(internal.path) not in card


@pytest.mark.parametrize(
    ("language", "said"), [("ar", "dir='rtl'"), ("fr", "Édition 2025.1")]
)
def test_the_card_is_in_the_language_that_was_asked_for(internal, language, said):
    again = open_edition(internal, language=language)
    assert said in again._repr_mimebundle_()["text/html"]
    assert again.counts("platform")["platform_name"][0]  # in some language


def test_an_edition_that_is_opened_again_is_itself(internal):
    assert open_edition(internal) is internal
    assert isinstance(internal, qadaya.Edition)


def test_a_number_is_the_number_of_an_edition(seven_courts):
    assert open_edition(2025.1, folder=seven_courts).number == "2025.1"
    with pytest.raises(EditionError, match=r"edition is \[2025\]; expected a number"):
        open_edition([2025], folder=seven_courts)


def test_counts_have_the_same_columns_in_every_language(internal):
    columns = ["circuit_id", "circuit_name", "year", "n", "state", "fewest", "most"]
    columns += ["low", "high", "reported", "expected"]
    columns += ["missing_most", "never_reported"]
    for language in ("ar", "fr", "en"):
        counts = internal.counts(["circuit", "year"], intervals=True, language=language)
        assert counts.columns.tolist() == columns


def test_counts_are_of_what_is_asked_for(internal):
    of_sale = internal.counts(
        by=["year", "platform"], where={"court": "سلا", "year": [2023, "2024"]}
    )
    rows = of_sale[["year", "platform", "platform_name", "n", "state"]]
    known = rows[rows["n"] > 0].to_numpy().tolist()
    assert known == [
        [2023, "NCMEC", "NCMEC", 3, "value"],
        [2023, "CPS", "CPS", 4, "value"],
        [2024, "NCMEC", "NCMEC", 4, "value"],
    ]
    assert of_sale["expected"].tolist() == [1] * len(of_sale)
    assert "low" not in of_sale


def test_counts_of_nothing_in_particular_are_one_sum(internal):
    assert internal.counts([])["n"].tolist() == [46]
    assert internal.counts([], where={"circuit": "Rabat"})["n"].tolist() == [26]


def test_counts_of_a_shared_edition_are_its_rounded_ones_with_their_bounds(shared):
    counts = shared.counts("court", where={"circuit": "ca-rabat"})
    published = shared.cube[shared.cube["circuit_id"] == "ca-rabat"]
    sums = published.groupby("court_id")["n"].sum()
    shown = counts.set_index("court_id")
    for court, n in sums.items():
        assert shown.loc[court, "n"] == n
        assert shown.loc[court, "fewest"] <= n <= shown.loc[court, "most"]
    assert (shown["most"] - shown["fewest"]).max() > 0


def test_whole_circuits_named_by_their_courts_err_as_circuits_do(shared):
    courts = shared.table("reporting").query("circuit_id == 'ca-rabat'")["court_id"]
    as_courts = shared.counts([], where={"court": courts.unique()})
    as_circuit = shared.counts([], where={"circuit": "ca-rabat"})
    pd.testing.assert_frame_equal(as_courts, as_circuit)


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        ({"by": "cuort"}, "by is 'cuort'; did you mean 'court'?"),
        ({"by": ["year", "year"]}, "by names one column twice: year, year"),
        ({"by": ["body", "court"]}, "no table of the edition holds these together"),
        ({"where": {"court": "Rabat"}}, "2 courts; expected one of ca-rabat, tpi-rab"),
        ({"where": {"court": "Salle"}}, "court is 'Salle'; did you mean 'tpi-sale'?"),
        ({"where": {"court": 5}}, "court is 5; expected a list of codes or names"),
        ({"where": {"court": []}}, r"where: court is \[\]; expected one at least"),
        ({"where": {"year": 2030}}, "year is 2030; expected one of 2023, 2024"),
        ({"where": {"yaer": 2023}}, "where is 'yaer'; did you mean 'year'?"),
        ({"where": "Salé"}, "where is 'Salé'; expected a dict"),
        ({"measure": "case"}, "measure is 'case'; did you mean 'cases'?"),
    ],
    ids=str,
)
def test_what_an_edition_does_not_hold_is_refused_with_the_nearest(
    internal, asked, message
):
    with pytest.raises(ParameterError, match=message):
        internal.counts(**asked)


def test_names_complete_with_tab(internal):
    shell = InteractiveShell.instance()
    complete = IPCompleter(shell=shell, namespace={"edition": internal})

    def offered(text):
        with provisionalcompleter():
            return {
                each.text.lstrip(".") for each in complete.completions(text, len(text))
            }

    assert {"courts", "platforms", "tables", "years"} <= offered("edition.")
    assert "tpi_sale" in offered("edition.courts.tpi_s")
    assert "cube" in offered("edition.tables.cu")
    assert "NCMEC" in offered("edition.platforms.N")


def test_a_name_leads_to_its_code_and_its_table(internal):
    assert internal.courts.tpi_sale == internal.courts["Salé"] == "tpi-sale"
    assert internal.circuits["فاس"] == "ca-fes"
    assert internal.platforms == ["NCMEC", "CPS"]
    assert len(internal.tables.cube) == len(internal.cube)
    with pytest.raises(AttributeError, match="Codes holds no 'tpi_nowhere'"):
        _ = internal.courts.tpi_nowhere


@pytest.mark.parametrize(
    ("part", "key", "meant"),
    [
        ({"years": 2023}, "years", [2023, 2023]),
        ({"years": "2023"}, "years", [2023, 2023]),
        ({"years": pd.Series([2023, 2024])}, "years", [2023, 2024]),
        ({"years": (2023.0, 2024)}, "years", [2023, 2024]),
        ({"courts": "Salé"}, "courts", ["tpi-sale"]),
        ({"courts": ["سلا", "tpi-rabat"]}, "courts", ["tpi-rabat", "tpi-sale"]),
        ({"platforms": "ncmec"}, "platforms", ["NCMEC"]),
    ],
    ids=str,
)
def test_a_selection_is_read_as_it_is_meant(internal, part, key, meant):
    assert explore(internal, selection=part).selection[key] == meant


def test_the_courts_of_a_city_are_its_circuit_when_circuits_are_asked_for(internal):
    chosen = explore(internal, selection={"circuits": "Rabat"}).selection["courts"]
    assert chosen[0] == "ca-rabat" and "tpi-sale" in chosen
