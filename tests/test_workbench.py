"""Which workbench is meant is said, and a new one is laid out whole or not at all."""

import os
import subprocess
import sys

import nbformat
import papermill
import pytest
from typer.testing import CliRunner

from checkout import CHECKOUT
from empty_workbench import empty_workbench
from qadaya import workbench
from qadaya.cli import app
from qadaya.errors import ParameterError
from qadaya.workbench import find_home, home, layout
from sent_returns import SALE, case, send

SAMPLE = CHECKOUT / "tests" / "data" / "returns" / "tpi-sale-2022.xlsx"
NOTHING_SAID = "no workbench here (no notebooks/, no params/), and neither --home nor"


@pytest.fixture(autouse=True)
def nothing_named():
    yield
    workbench.use(None)


@pytest.fixture
def here(tmp_path, monkeypatch):
    """An empty folder, which is the current one."""
    folder = tmp_path / "here"
    folder.mkdir()
    monkeypatch.chdir(folder)
    return folder


@pytest.fixture
def elsewhere(tmp_path):
    return empty_workbench(tmp_path / "elsewhere")


def run(*words):
    return CliRunner().invoke(app, [str(word) for word in words])


# ---- which folder is meant ----


def test_the_current_folder_is_meant_where_it_is_a_workbench(here):
    empty_workbench(here)
    assert home() == here


def test_the_current_folder_goes_before_what_the_environment_names(
    here, elsewhere, monkeypatch
):
    empty_workbench(here)
    monkeypatch.setenv("QADAYA_HOME", str(elsewhere))
    assert home() == here


def test_elsewhere_the_environment_names_it(here, elsewhere, monkeypatch):
    monkeypatch.setenv("QADAYA_HOME", str(elsewhere))
    assert home() == elsewhere
    monkeypatch.setenv("QADAYA_HOME", "../elsewhere")
    assert home() == elsewhere


def test_what_the_command_line_names_goes_before_all(here, elsewhere, monkeypatch):
    empty_workbench(here)
    monkeypatch.setenv("QADAYA_HOME", str(here))
    workbench.use(elsewhere)
    assert home() == elsewhere


@pytest.mark.parametrize("name", ["", "data", "data/register", "notebooks/drafts"])
def test_no_workbench_is_looked_for_in_the_folders_above(here, monkeypatch, name):
    empty_workbench(here)
    below = here / (name or "sub")
    below.mkdir(parents=True)
    monkeypatch.chdir(below)
    assert find_home() is None
    with pytest.raises(ParameterError, match="no workbench here"):
        home()


def test_a_notebook_is_run_in_the_notebooks_of_its_workbench(here, monkeypatch):
    empty_workbench(here)
    monkeypatch.chdir(here / "notebooks")
    assert home() == here


def test_a_folder_called_notebooks_is_not_enough(here, monkeypatch):
    (here / "notebooks").mkdir()
    monkeypatch.chdir(here / "notebooks")
    assert find_home() is None


def test_a_checkout_is_a_workbench(monkeypatch):
    monkeypatch.chdir(CHECKOUT)
    assert home() == CHECKOUT


@pytest.mark.parametrize("said_by", ["--home", "QADAYA_HOME"])
@pytest.mark.parametrize(
    ("holds", "message"),
    [
        (None, "there: no such folder; expected a workbench. Name another, or lay one"),
        ([], "there: no workbench (no notebooks/, no params/). Name another, or lay"),
        (
            ["params"],
            "there: half a workbench, without notebooks/; expected notebooks/",
        ),
        (
            ["notebooks"],
            "there: half a workbench, without params/; expected notebooks/",
        ),
    ],
)
def test_a_folder_that_is_named_and_no_workbench_is_one_sentence(
    here, monkeypatch, said_by, holds, message
):
    for name in holds or []:
        (here / "there" / name).mkdir(parents=True)
    if holds is not None:
        (here / "there").mkdir(exist_ok=True)
    if said_by == "--home":
        workbench.use(here / "there")
    else:
        monkeypatch.setenv("QADAYA_HOME", str(here / "there"))
    with pytest.raises(ParameterError) as refused:
        home()
    assert f"{said_by} is {here / 'there'}: " in str(refused.value)
    assert message in str(refused.value)
    assert "qadaya init" in str(refused.value)
    assert "\n" not in str(refused.value)


def test_a_half_copied_workbench_is_told_from_none(here):
    (here / "notebooks").mkdir()
    with pytest.raises(ParameterError, match="here: half a workbench, without params/"):
        home()


def test_a_folder_that_is_gone_is_one_sentence(here):
    here.rmdir()
    with pytest.raises(ParameterError, match="the current folder cannot be read"):
        home()


# ---- commands in an empty folder ----


@pytest.mark.parametrize(
    "words",
    [
        ["receive", SAMPLE],
        ["cases"],
        ["rebuild"],
        ["synthetic"],
        ["synthetic", "--remove"],
        ["edition", "--audience", "internal"],
        ["edition", "--audience", "shared"],
        ["report"],
        ["tables", "latest", "-o", "out"],
        ["audit", "latest"],
    ],
    ids=lambda words: " ".join(map(str, words)),
)
def test_a_command_that_needs_a_workbench_says_so_and_writes_nothing(here, words):
    answer = run(*words)
    assert answer.exit_code == 2
    assert f"qadaya: {here}: {NOTHING_SAID}" in answer.stderr
    assert answer.stderr.count("\n") == 1
    assert "`qadaya --home DIR ...`" in answer.stderr
    assert "`qadaya init`" in answer.stderr
    assert not list(here.iterdir())


def test_what_needs_no_workbench_runs_in_an_empty_folder(here):
    form = run("form", "--court", "tpi-sale", "--year", "2024", "-o", "form.xlsx")
    assert form.exit_code == 0, form.stderr
    assert run("check", SAMPLE).exit_code == 0
    (here / "page.html").write_text("<p>A page.</p>")
    leaks = run("leaks", "page.html")
    assert (leaks.exit_code, leaks.stdout) == (0, "page.html: nothing found\n")
    assert leaks.stderr == "compared with no edition\n"
    assert run("--help").exit_code == run("--version").exit_code == 0


def test_folders_that_are_named_need_no_workbench(here):
    assert run("receive", SAMPLE, "--register", "r").exit_code == 0
    assert run("cases", "--register", "r").exit_code == 0
    kept = ["--register", "r", "--editions", "e"]
    internal = run("edition", "--audience", "internal", *kept)
    assert internal.exit_code == 0, internal.stderr
    written = run("tables", "latest", "--editions", "e", "-o", "out")
    assert written.exit_code == 0, written.stderr
    assert sorted(path.name for path in here.iterdir()) == ["e", "out", "r"]


def test_a_workbench_that_is_named_is_used_from_anywhere(here, elsewhere):
    send(here / "sale.csv", SALE, 2022, case())
    assert run("--home", elsewhere, "receive", "sale.csv").exit_code == 0
    assert (elsewhere / "data" / "register" / "register.sqlite").is_file()
    assert [path.name for path in here.iterdir()] == ["sale.csv"]


def test_a_workbench_without_its_policy_publishes_by_no_other(here, elsewhere):
    send(here / "sale.csv", SALE, 2022, case())
    (elsewhere / "params" / "protection.yml").unlink()
    assert run("--home", elsewhere, "receive", "sale.csv").exit_code == 0
    refused = run("--home", elsewhere, "edition", "--audience", "shared")
    assert refused.exit_code == 2
    assert f"{elsewhere}/params/protection.yml: cannot be read" in refused.stderr
    assert "which no default stands in for" in refused.stderr


# ---- kernels ----


def made_of(folder):
    """A notebook of one cell that says which workbench it is of."""
    cell = nbformat.v4.new_code_cell("from qadaya.workbench import home\nprint(home())")
    notebook = nbformat.v4.new_notebook(cells=[cell])
    notebook.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3"}
    notebook.metadata["language_info"] = {"name": "python"}
    path = folder / "notebooks" / "which.ipynb"
    nbformat.write(notebook, path)
    return path


def said(path):
    (cell,) = nbformat.read(path, as_version=4).cells
    return cell.outputs[0].text.strip()


def test_papermill_in_a_workbench_runs_its_notebooks(here):
    path = made_of(empty_workbench(here))
    papermill.execute_notebook(path, "out.ipynb", progress_bar=False)
    assert said("out.ipynb") == str(here)


def test_nbconvert_runs_a_notebook_in_the_folder_it_lies_in(here, elsewhere):
    path = made_of(elsewhere)
    options = ["--to", "notebook", "--execute", "--output-dir", str(here)]
    subprocess.run(
        [sys.executable, "-m", "jupyter", "nbconvert", *options, str(path)],
        check=True,
        capture_output=True,
    )
    assert said("which.ipynb") == str(elsewhere)


# ---- a new one ----


def test_a_new_workbench_holds_what_the_checkout_holds(here):
    answer = run("init")
    assert answer.exit_code == 0, answer.stderr
    assert sorted(each.name for each in here.iterdir()) == [
        "data",
        "notebooks",
        "params",
    ]
    for name, ending in (("notebooks", "ipynb"), ("params", "yml")):
        shipped = {
            path.name: path.read_bytes()
            for path in (CHECKOUT / name).glob(f"*.{ending}")
        }
        laid_out = {path.name: path.read_bytes() for path in (here / name).iterdir()}
        assert laid_out == shipped
    assert (here / "data" / "README.md").read_text(encoding="utf-8")
    assert home() == here


def test_what_is_laid_out_are_files_to_be_edited_and_no_links(here):
    run("init")
    for path in here.rglob("*"):
        assert not path.is_symlink()
        assert os.access(path, os.W_OK)


def test_init_says_the_commands_that_follow(here):
    said = run("init", "desk").stdout
    assert f"{here / 'desk'}: a workbench, with " in said
    commands = ["synthetic", "receive", "edition --audience internal", "report"]
    places = [said.index(f"  qadaya {command} ") for command in commands]
    assert places == sorted(places)


def test_init_lays_out_where_home_says(here):
    assert run("--home", "desk", "init").exit_code == 0
    assert (here / "desk" / "params" / "protection.yml").is_file()
    both = run("--home", "desk", "init", "other")
    assert both.exit_code == 2
    assert "DIR and --home both name a folder; give one" in both.stderr


@pytest.mark.parametrize(
    "words", [["--home", "", "cases"], ["--home", "", "init"], ["init", ""]]
)
def test_an_empty_name_is_no_folder(here, words):
    """As of a variable of the shell that is not set."""
    before = sorted(here.rglob("*"))
    refused = run(*words)
    assert refused.exit_code == 2
    assert "is empty; expected a folder" in refused.stderr
    assert sorted(here.rglob("*")) == before


@pytest.mark.parametrize(
    "taken", ["notebooks", "params", "params/protection.yml", "data/README.md"]
)
def test_init_overwrites_nothing_and_then_writes_nothing(here, taken):
    mine = here / taken
    mine.parent.mkdir(exist_ok=True)
    mine.write_text("mine")
    before = sorted(here.rglob("*"))
    refused = run("init")
    assert refused.exit_code == 2
    named = here / (taken if taken.startswith("data") else taken.split("/")[0])
    assert f"{named}: exists; nothing is overwritten" in refused.stderr
    assert refused.stderr.count("\n") == 1
    assert mine.read_text() == "mine"
    assert sorted(here.rglob("*")) == before


def test_init_leaves_a_register_alone(here):
    kept = here / "data" / "register" / "receipts.jsonl"
    kept.parent.mkdir(parents=True)
    kept.write_text("{}")
    assert run("init").exit_code == 0
    assert kept.read_text() == "{}"


def test_what_cannot_be_written_leaves_nothing_behind(here, monkeypatch):
    copy = layout._copy

    def no_room(source, target, ending):
        if ending == ".yml":
            raise OSError(28, "No space left on device")
        copy(source, target, ending)

    monkeypatch.setattr(layout, "_copy", no_room)
    refused = run("init")
    assert refused.exit_code == 2
    assert f"{here}: a workbench cannot be written there (No space" in refused.stderr
    assert [path.name for path in here.rglob("*")] == ["data"]


def test_init_in_a_file_is_one_sentence(here):
    (here / "desk").write_text("a file")
    refused = run("init", "desk")
    assert refused.exit_code == 2
    assert f"{here / 'desk'}: a workbench cannot be written there" in refused.stderr
