"""The ledger as a data set: what is written can be read by others and by us again."""

import json

import pandas as pd
import pytest
from frictionless import Package
from typer.testing import CliRunner

import qadaya.cli.ledger  # noqa: F401  the commands join on import
from qadaya.cli.command import app
from qadaya.ledger import load_ledger, offences
from qadaya.ledger.export import export_ledger
from qadaya.sdmx import read_sdmx_csv


@pytest.fixture(scope="module")
def exported(tmp_path_factory):
    folder = tmp_path_factory.mktemp("ledger")
    export_ledger(folder)
    return folder


def test_the_checker_of_the_standard_finds_nothing_in_the_data_package(exported):
    report = Package(str(exported / "datapackage.json")).validate()
    assert report.flatten(["type", "rowNumber", "fieldName", "message"]) == []
    assert report.stats["tasks"] == 6


def test_sdmx_gives_every_figure_back(exported):
    read = read_sdmx_csv(exported / "ledger.sdmx.csv")
    figures = load_ledger()
    assert read["OBS_VALUE"].astype(float).tolist() == (
        figures["value"].astype(float).tolist()
    )
    for column, ours in (
        ("SERIES", "series"),
        ("UNIT_MEASURE", "unit"),
        ("SOURCE", "source_id"),
        ("AS_PRINTED", "as_printed"),
    ):
        assert read[column].tolist() == figures[ours].tolist()


@pytest.mark.parametrize(
    ("series", "year", "source", "status"),
    [
        ("sextortion", 2023, "MADAR21_23", "A"),
        ("child_violence_total", 2019, "MEDIAS24_19", "U"),
        ("ncmec_cybertipline_morocco_referrals", 2024, "DIAPHANOUS_COUNTRY24", "B"),
    ],
)
def test_the_status_of_an_observation_says_doubt_and_break(
    exported, series, year, source, status
):
    read = read_sdmx_csv(exported / "ledger.sdmx.csv")
    row = read[
        (read["SERIES"] == series)
        & (read["TIME_PERIOD"] == str(year))
        & (read["SOURCE"] == source)
    ]
    assert set(row["OBS_STATUS"]) == {status}


def test_the_structure_names_every_code_that_the_data_use(exported):
    structure = json.loads((exported / "ledger.structure.json").read_text())["data"]
    lists = {
        each["id"].removeprefix("CL_"): {code["id"] for code in each["codes"]}
        for each in structure["codelists"]
    }
    read = read_sdmx_csv(exported / "ledger.sdmx.csv")
    for column, codes in lists.items():
        assert set(read[column]) <= codes, column


def test_the_same_ledger_gives_the_same_bytes(exported, tmp_path):
    export_ledger(tmp_path)
    for path in exported.iterdir():
        assert (tmp_path / path.name).read_bytes() == path.read_bytes(), path.name


def test_the_command_says_what_it_has_written(tmp_path):
    answer = CliRunner().invoke(app, ["ledger", "export", "-o", str(tmp_path / "new")])
    assert answer.exit_code == 0
    names = [line.rsplit("/", 1)[-1] for line in answer.stdout.splitlines()]
    assert "datapackage.json" in names and "ledger.sdmx.csv" in names
    assert all((tmp_path / "new" / name).is_file() for name in names)


def test_an_iccs_class_stands_only_where_it_was_checked():
    table = offences().set_index("offence")["iccs"]
    assert table["child_pornography_incitement"] == "030221"
    assert set(table.dropna()) == {"030221"}
    assert isinstance(table.dtype, pd.StringDtype)
