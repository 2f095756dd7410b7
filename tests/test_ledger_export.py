"""The ledger as a data set: what is written can be read by others and by us again."""

import json

import pandas as pd
import pytest
from frictionless import Package
from typer.testing import CliRunner

import qadaya.cli.ledger  # noqa: F401  the commands join on import
from qadaya.cli.command import app
from qadaya.ledger import company_reports, load_caseloads, load_ledger, offences
from qadaya.ledger.export import export_ledger
from qadaya.ledger.files import ledger_folder
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


@pytest.mark.parametrize(
    ("name", "figures", "columns"),
    [
        (
            "ledger",
            load_ledger,
            {"SERIES": "series", "UNIT_MEASURE": "unit", "OBS_VALUE": "value"},
        ),
        (
            "circuit_caseload",
            load_caseloads,
            {"COURT": "court_id", "SCOPE": "scope", "MEASURE": "measure"}
            | {"OBS_VALUE": "value"},
        ),
        (
            "company_reports",
            company_reports,
            {"COMPANY": "company", "OBS_VALUE": "reports"},
        ),
    ],
)
def test_sdmx_gives_every_figure_back(exported, name, figures, columns):
    read, ours = read_sdmx_csv(exported / f"{name}.sdmx.csv"), figures()
    columns |= {"SOURCE": "source_id", "AS_PRINTED": "as_printed"}
    for column, own in columns.items():
        kind = float if column == "OBS_VALUE" else str
        assert read[column].map(kind).tolist() == ours[own].map(kind).tolist()
    assert read["TIME_PERIOD"].map(int).tolist() == ours["year"].tolist()


@pytest.mark.parametrize(
    ("name", "figure", "status"),
    [
        ("ledger", ("sextortion", "2023", "MADAR21_23"), "A"),
        ("ledger", ("child_violence_total", "2019", "MEDIAS24_19"), "U"),
        # "more than 90%" and "20.5 million": the value is not the count itself.
        (
            "ledger",
            ("cybercrime_adult_moroccan_males_share", "2023", "MADAR21_23"),
            "U",
        ),
        ("ledger", ("ncmec_cybertipline_world", "2024", "NCMEC24_FACT"), "U"),
        (
            "ledger",
            ("ncmec_cybertipline_morocco_referrals", "2024", "DIAPHANOUS_COUNTRY24"),
            "B",
        ),
        ("circuit_caseload", ("cases_registered", "2024", "RABAT24"), "A"),
        # Errachidia prints cases in hand as registered; the parts of Taza do not add.
        (
            "circuit_caseload",
            ("cases_in_hand_or_registered", "2024", "ERRACHIDIA24"),
            "U",
        ),
        ("circuit_caseload", ("penal_cases_decided", "2025", "TAZA25"), "U"),
    ],
)
def test_the_status_of_an_observation_says_doubt_and_break(
    exported, name, figure, status
):
    read = read_sdmx_csv(exported / f"{name}.sdmx.csv")
    counted = "SERIES" if name == "ledger" else "MEASURE"
    key = zip(read[counted], read["TIME_PERIOD"], read["SOURCE"], strict=True)
    assert set(read.loc[[each == figure for each in key], "OBS_STATUS"]) == {status}


@pytest.mark.parametrize("name", ["ledger", "circuit_caseload", "company_reports"])
def test_the_structure_names_every_code_that_the_data_use(exported, name):
    structure = json.loads((exported / f"{name}.structure.json").read_text())["data"]
    lists = {
        each["id"].removeprefix("CL_"): {code["id"] for code in each["codes"]}
        for each in structure["codelists"]
    }
    assert {"OBS_STATUS", "CONF_STATUS"} <= set(lists)
    read = read_sdmx_csv(exported / f"{name}.sdmx.csv")
    for column, codes in lists.items():
        assert set(read[column]) <= codes, column


def test_the_table_of_coverage_counts_every_figure_of_the_ledger():
    text = (ledger_folder() / "README.md").read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if line.startswith("| ")]
    head = next(line for line in lines if "1998–2016" in line)
    rows = [line.strip("| ").split(" | ") for line in lines[lines.index(head) + 2 :]]
    years = head.strip("| ").split(" | ")[-10:]
    counted = {row[0]: [int(n.replace("–", "0")) for n in row[1:]] for row in rows}

    def by_year(figures):
        found = figures["year"].map(lambda year: str(year) if year > 2016 else years[0])
        return found.value_counts().reindex(years, fill_value=0).tolist()

    assert counted.pop("Caseloads by circuit and court") == by_year(load_caseloads())
    assert counted.pop("Reports to NCMEC by company") == by_year(company_reports())
    assert [sum(year) for year in zip(*counted.values(), strict=True)] == (
        by_year(load_ledger())
    )


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
    assert table.dropna().to_dict() == {
        "child_pornography_incitement": "030221",
        "child_pornography_production": "030221",
        "online_fraud": "0701",
        "data_systems_access": "0903",
        "data_systems_disruption": "0903",
        "data_systems_alteration": "0903",
        "indecent_assault_with_violence": "03012",
    }
    assert isinstance(table.dtype, pd.StringDtype)
