"""Tables for statistical offices: states and secrecy in SDMX, columns in CSVW."""

import json
from types import SimpleNamespace

import pandas as pd
import pytest
from csvw import CSVW
from frictionless import Package
from pysdmx.io import read_sdmx

from qadaya.editions.build import build_edition
from qadaya.editions.export.files import write_tables
from qadaya.editions.export.observations import is_counted, observations
from qadaya.ledger import load_caseloads, load_ledger
from qadaya.ledger.export import export_ledger
from qadaya.sdmx import read_sdmx_csv, write_sdmx
from sdctables import Rule
from small_edition import small_edition
from small_register import COURTS, cases, problems, returns

ROUNDED = Rule(base=3)
HIDDEN = Rule(method="suppression", threshold=2)
CELLS = [
    ("tpi-sale", "ca-rabat", "NCMEC", 2022, "closed", "none", 5),
    ("tpi-sale", "ca-rabat", "NCMEC", 2023, "closed", "none", 6),
    ("tpi-rabat", "ca-rabat", "CPS", 2023, "appeal", "convicted", 0),
]
# In 2022 every return came; in 2023 one is out, and one court was not there yet.
STATUSES = [
    ("tpi-sale", "ca-rabat", 2022, "reported"),
    ("tpi-sale", "ca-rabat", 2023, "reported"),
    ("tpi-rabat", "ca-rabat", 2022, "reported"),
    ("tpi-rabat", "ca-rabat", 2023, "reported"),
    ("tpi-fes", "ca-fes", 2022, "reported"),
    ("tpi-fes", "ca-fes", 2023, "missing"),
    ("tpi-new", "ca-fes", 2022, "not_established"),
    ("tpi-new", "ca-fes", 2023, "reported"),
]
COLUMNS = ["COURT", "TIME_PERIOD", "OBS_VALUE", "OBS_STATUS", "CONF_STATUS"]


def edition(rule=None, cells=CELLS, audience="shared", **facts):
    manifest = SimpleNamespace(rule=rule)
    return small_edition(cells, STATUSES, audience=audience, manifest=manifest, **facts)


def told(rule=None, **facts):
    rows = observations(edition(rule, **facts), "cube").rows[COLUMNS]
    return rows.astype(object).where(rows.notna(), None).to_numpy().tolist()


def test_a_rounded_zero_is_no_real_zero_and_a_year_with_returns_out_provisional():
    assert told(ROUNDED) == [
        ["tpi-sale", "2022", 5.0, "A", "F"],
        ["tpi-sale", "2023", 6.0, "P", "F"],
        ["tpi-rabat", "2023", 0.0, "N", "F"],
        ["tpi-fes", "2023", None, "O", "F"],
        ["tpi-new", "2022", None, "M", "F"],
    ]


def test_exact_zeros_are_zeros_and_an_internal_count_is_not_for_publication():
    rows = told(audience="internal")
    assert rows[2] == ["tpi-rabat", "2023", 0.0, "P", "N"]
    assert {row[-1] for row in rows} == {"N"}


def test_a_hidden_cell_tells_nothing_but_that_it_is_hidden():
    small = [(*CELLS[0][:-1], None), (*CELLS[1][:-1], None)]
    other = [(*CELLS[0][:-1], None), (*CELLS[1][:-1], None)]
    assert told(HIDDEN, cells=small) == told(HIDDEN, cells=other)
    assert told(HIDDEN, cells=small)[:2] == [
        ["tpi-sale", "2022", None, "Q", "C"],
        ["tpi-sale", "2023", None, "Q", "C"],
    ]


@pytest.mark.parametrize(("rule", "base"), [(ROUNDED, "3"), (HIDDEN, "0"), (None, "0")])
def test_what_counts_were_rounded_to_stands_beside_each(rule, base):
    rows = observations(edition(rule), "cube").rows
    assert set(rows["ROUNDING_BASE"]) == {base}


@pytest.mark.parametrize("synthetic", [True, False])
def test_each_observation_says_whether_it_is_invented(synthetic):
    rows = observations(edition(ROUNDED, synthetic=synthetic), "cube").rows
    assert set(rows["SYNTHETIC"]) == {"yes" if synthetic else "no"}


@pytest.mark.parametrize("language", ["ar", "fr", "en"])
def test_the_file_gives_back_what_was_written(tmp_path, language):
    table = observations(edition(ROUNDED), "cube", language)
    data, structure = write_sdmx(table, tmp_path)
    read = read_sdmx_csv(data)
    written = table.rows[list(read.columns)]
    assert read["OBS_VALUE"].replace("", None).astype(float).tolist() == pytest.approx(
        written["OBS_VALUE"].tolist(), nan_ok=True
    )
    others = [name for name in read if name != "OBS_VALUE"]
    assert read[others].to_numpy().tolist() == written[others].to_numpy().tolist()
    # The library reads the structure too, and finds the codes that the data use.
    message = read_sdmx(structure)
    lists = {
        each.id: {code.id for code in each.codes} for each in message.get_codelists()
    }
    for name in ("COURT", "PLATFORM", "STAGE", "OBS_STATUS", "CONF_STATUS"):
        assert set(read[name]) <= lists[f"CL_{name}"], name
    assert [each.id for each in message.get_dataflows()] == ["CUBE"]


def test_codes_keep_to_the_letters_that_the_standard_allows():
    both = [("tpi-sale", "ca-rabat", "NCMEC+CPS", 2022, "closed", "none", 5)]
    table = observations(edition(ROUNDED, cells=both), "cube")
    assert table.rows["PLATFORM"].tolist()[0] == "NCMEC_CPS"
    assert table.codes["PLATFORM"]["NCMEC_CPS"] == "NCMEC+CPS"


def test_only_counts_by_year_and_something_else_are_observations():
    assert is_counted(pd.DataFrame(columns=["year", "platform", "n"]))
    assert not is_counted(pd.DataFrame(columns=["year", "n", "hidden"]))
    assert not is_counted(pd.DataFrame(columns=["court_id", "year", "status"]))


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    folder = tmp_path_factory.mktemp("tables")
    built = build_edition(
        cases(),
        returns(),
        problems(),
        audience="internal",
        folder=folder / "editions",
        courts=COURTS,
    )
    write_tables(built, folder / "out", language="ar")
    return built, folder / "out"


def tables_read(folder):
    """Each CSV file as a reader of CSVW gives it, typed by its description."""
    described = CSVW(str(folder / "csv-metadata.json"), validate=True)
    assert described.warnings == []
    return {
        str(table.url): pd.DataFrame(list(table), dtype=object)
        for table in described.tables
    }


def test_the_tables_are_read_back_by_their_description_for_the_web(written):
    built, folder = written
    read = tables_read(folder)
    assert set(read) == {f"{name}.csv" for name in built.tables}
    cube = read["cube.csv"]
    expected = built.cube.assign(synthetic=True).astype(object)
    assert cube.to_numpy().tolist() == expected.to_numpy().tolist()
    assert json.loads((folder / "csv-metadata.json").read_text())["dc:title"]


def test_every_table_of_counts_has_its_observations_and_no_other(written):
    built, folder = written
    found = {path.name.removesuffix(".sdmx.csv") for path in folder.glob("*.sdmx.csv")}
    assert found == {name for name in built.tables if is_counted(built.table(name))}
    assert found == {"cube", "bodies", "subjects", "outcomes", "sentences"}


def test_the_ledger_is_read_back_by_its_description_for_the_web(tmp_path):
    export_ledger(tmp_path)
    read = tables_read(tmp_path)
    figures = read["national_statistics.csv"]
    ledger = load_ledger()
    assert figures["year"].tolist() == ledger["year"].tolist()
    assert figures["value"].map(float).tolist() == ledger["value"].map(float).tolist()
    assert figures["as_printed"].tolist() == ledger["as_printed"].tolist()
    assert len(read["circuit_caseload.csv"]) == len(load_caseloads())


@pytest.mark.parametrize(
    ("name", "dimensions"),
    [
        ("ledger", ["SERIES", "UNIT_MEASURE", "SOURCE", "TIME_PERIOD"]),
        ("circuit_caseload", ["COURT", "SCOPE", "MEASURE", "SOURCE", "TIME_PERIOD"]),
        ("company_reports", ["COMPANY", "SOURCE", "TIME_PERIOD"]),
    ],
)
def test_the_structure_of_the_ledger_is_valid_by_the_schema_of_the_standard(
    tmp_path, name, dimensions
):
    export_ledger(tmp_path)
    message = read_sdmx(tmp_path / f"{name}.structure.json")
    (definition,) = message.get_data_structure_definitions()
    assert [each.id for each in definition.components.dimensions] == dimensions


def test_the_checker_of_the_standard_finds_nothing_in_the_tables(written):
    _, folder = written
    report = Package(str(folder / "datapackage.json")).validate()
    assert report.flatten(["type", "rowNumber", "fieldName", "message"]) == []
    assert report.stats["errors"] == 0
