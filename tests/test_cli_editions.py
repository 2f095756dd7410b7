import json
from pathlib import Path

import pandas as pd
import pytest
from typer.testing import CliRunner

import qadaya.cli.editions  # noqa: F401  the commands join on import
from empty_workbench import empty_workbench
from qadaya.cli.command import app
from qadaya.editions.edition import file_digest
from small_register import COURTS, register

CASES, RETURNS, PROBLEMS = register()


class SmallRegister:
    def __init__(self, folder):
        self.folder = folder

    def contents(self):
        return CASES, RETURNS, PROBLEMS

    def as_of(self, day):
        return self


@pytest.fixture
def run(tmp_path, monkeypatch):
    monkeypatch.setattr("qadaya.returns.register.Register", SmallRegister)
    monkeypatch.setattr("qadaya.editions.build.courts_as_opened", lambda: COURTS)
    monkeypatch.chdir(empty_workbench(tmp_path))

    def call(*words):
        return CliRunner().invoke(app, [str(word) for word in words])

    return call


def test_an_edition_is_built_where_editions_are_kept_and_its_folder_printed(
    run, tmp_path
):
    answer = run("edition", "--audience", "internal")
    assert answer.exit_code == 0
    expected = tmp_path / "data" / "editions" / "internal" / "2024.1"
    assert answer.stdout.strip() == str(expected)
    assert (expected / "cube.parquet").is_file()


def test_the_same_command_prints_the_same_folder(run, tmp_path):
    first = run("edition", "--audience", "internal", "--editions", tmp_path / "e")
    again = run("edition", "--audience", "internal", "--editions", tmp_path / "e")
    assert first.stdout == again.stdout


def test_the_date_of_an_edition_can_be_given(run, tmp_path):
    answer = run("edition", "--audience", "internal", "--as-of", "2025-01-31")
    manifest = json.loads(
        (tmp_path / answer.stdout.strip() / "manifest.json").read_text()
    )
    assert manifest["as_of"] == "2025-01-31"
    assert manifest["number"] == "2025.1"


@pytest.mark.parametrize("name", ["2024.1", "latest", "{path}"])
def test_the_tables_of_an_edition_are_written_out(run, tmp_path, name):
    path = run("edition", "--audience", "internal").stdout.strip()
    answer = run("tables", name.format(path=path), "-o", tmp_path / "out")
    assert answer.exit_code == 0, answer.output
    assert pd.read_csv(tmp_path / "out" / "cube.csv")["n"].sum() == 5
    assert str(tmp_path / "out" / "datapackage.json") in answer.stdout


def test_descriptions_come_in_the_language_asked_for(run, tmp_path):
    run("edition", "--audience", "internal")
    run("tables", "latest", "-o", tmp_path, "--language", "fr")
    package = json.loads((tmp_path / "datapackage.json").read_text(encoding="utf-8"))
    assert package["resources"][0]["schema"]["fields"][0]["title"] == "Juridiction"


@pytest.mark.parametrize(
    ("words", "code", "message"),
    [
        (["tables", "2031.1", "-o", "out"], 1, "no edition '2031.1'"),
        (["tables", "latest"], 2, "Missing option"),
        (["edition"], 2, "Missing option"),
        (["edition", "--audience", "public"], 2, "'public' is not one of"),
        (
            ["edition", "--audience", "internal", "--as-of", "x"],
            2,
            "--as-of is 'x'; expected a day such as 2025-03-01",
        ),
        (
            ["edition", "--audience", "internal", "--profile", "suppression"],
            2,
            "--profile is given for an internal edition",
        ),
        (["edition", "--audience", "shared", "--profile", "x"], 2, "no profile 'x'"),
    ],
)
def test_wrong_usage_and_missing_editions_are_one_clear_line(run, words, code, message):
    answer = run(*words)
    assert answer.exit_code == code
    assert message in " ".join(answer.output.split())
    assert "Traceback" not in answer.output


@pytest.mark.parametrize("name", ["2024.1", "latest"])
def test_of_two_editions_of_a_name_the_shared_one_is_taken(run, tmp_path, name):
    run("edition", "--audience", "internal")
    run("edition", "--audience", "shared", "--register", tmp_path / "register")
    answer = run("tables", name, "-o", tmp_path / "out")
    assert answer.exit_code == 0, answer.output
    assert answer.stderr == (
        f"{name} is an internal and a shared edition; the shared one is taken\n"
    )
    assert (tmp_path / "out" / "qadaya-shared-2024.1-synthetic.xlsx").is_file()
    answer = run("tables", name, "-o", tmp_path / "in", "--audience", "internal")
    assert answer.stderr == ""
    assert (tmp_path / "in" / "qadaya-internal-2024.1-synthetic.xlsx").is_file()


def test_an_edition_of_another_register_leaves_its_secrets_there(run, tmp_path):
    run("edition", "--audience", "shared", "--register", tmp_path / "register")
    assert (tmp_path / "register" / "protection" / "secret.json").is_file()
    assert not (tmp_path / "data" / "register").exists()


def test_a_shared_edition_is_built_audited_and_printed(run, tmp_path):
    built = run("edition", "--audience", "shared", "--register", tmp_path / "register")
    assert built.exit_code == 0, built.output
    answer = run("audit", "latest")
    assert answer.exit_code == 0, answer.output
    assert "cube, rule-aware reader:" in answer.stdout
    assert answer.stdout.strip().endswith("no count is given away")


def test_an_internal_edition_cannot_be_audited(run):
    run("edition", "--audience", "internal")
    answer = run("audit", "latest")
    assert answer.exit_code == 1
    assert "its counts are not protected; expected a shared edition" in answer.output


def test_a_changed_count_fails_the_audit_by_name(run, tmp_path):
    path = Path(run("edition", "--audience", "shared").stdout.strip())
    cube = pd.read_parquet(path / "cube.parquet")
    cube["n"] = 4
    cube.loc[0, "n"] = 1
    cube.to_parquet(path / "cube.parquet", index=False)
    manifest = json.loads((path / "manifest.json").read_text())
    manifest["tables"]["cube"]["sha256"] = file_digest(path / "cube.parquet")
    (path / "manifest.json").write_text(json.dumps(manifest))
    answer = run("audit", path)
    assert answer.exit_code == 1
    assert "a count from 1 to 2 is not rounded to base 3" in answer.output


def test_the_other_profile_hides_counts_is_audited_and_exported(run, tmp_path):
    register = ("--register", tmp_path / "register")
    built = run(
        "edition", "--audience", "shared", "--profile", "suppression", *register
    )
    assert built.exit_code == 0, built.output
    answer = run("audit", "latest")
    lines = answer.stdout.splitlines()
    assert lines[0].startswith("year 2022, plain reader: 12 cells, ")
    assert lines[-1] == f"{built.stdout.strip()}: no count is given away"
    assert run("tables", "latest", "-o", tmp_path / "out").exit_code == 0
    table = pd.read_csv(tmp_path / "out" / "by_year.csv")
    assert table["hidden"].tolist() == [True, True]
    assert table["n"].isna().all()
