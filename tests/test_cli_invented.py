import json

import pytest
from typer.testing import CliRunner

from checkout import CHECKOUT
from empty_workbench import empty_workbench
from qadaya.cli import app
from qadaya.errors import ReturnError
from qadaya.returns.register import Register
from qadaya.synthetic import small_returns
from small_edition import small_manifest

SAMPLE = CHECKOUT / "tests" / "data" / "returns" / "tpi-sale-2022.xlsx"


@pytest.fixture
def project(tmp_path, monkeypatch):
    monkeypatch.chdir(empty_workbench(tmp_path))
    monkeypatch.setattr("qadaya.synthetic.write_synthetic_returns", small_returns)
    return tmp_path


def write_manifest(folder, **facts):
    text = json.dumps(small_manifest(**facts))
    (folder / "manifest.json").write_text(text)


def run(*words):
    return CliRunner().invoke(app, ["synthetic", *words])


def test_an_empty_register_is_filled_with_marked_returns(project):
    answer = run()
    assert answer.exit_code == 0
    returns = Register(project / "data" / "register").returns()
    assert len(returns) >= 12
    assert returns["synthetic"].all()


def test_what_was_invented_is_received_once(project):
    run()
    answer = run()
    assert "holds the" in answer.stdout
    assert answer.exit_code == 0


def test_nothing_is_invented_beside_a_real_return(project):
    Register(project / "data" / "register").receive(SAMPLE)
    answer = run()
    assert "holds real returns; nothing is invented" in answer.stdout
    assert len(Register(project / "data" / "register").returns()) == 1


def test_remove_takes_what_is_invented_and_the_editions_made_of_it(project):
    run()
    edition = project / "data" / "editions" / "internal" / "2026.1"
    edition.mkdir(parents=True)
    write_manifest(edition, synthetic=True)
    assert run("--remove").exit_code == 0
    assert not (project / "data" / "register").exists()
    assert not (project / "data" / "synthetic").exists()
    assert not edition.exists()


def test_remove_refuses_a_register_with_a_real_return(project):
    Register(project / "data" / "register").receive(SAMPLE)
    answer = run("--remove")
    assert answer.exit_code == 1
    assert "holds real returns, so nothing is removed" in answer.stderr
    assert len(Register(project / "data" / "register").returns()) == 1


def test_a_real_return_that_was_refused_is_not_removed(project):
    blank = SAMPLE.with_name("blank-form.docx")
    Register(project / "data" / "register").receive(blank)
    assert "nothing is invented" in run().stdout
    assert run("--remove").exit_code == 1
    assert len(Register(project / "data" / "register").returns()) == 1


@pytest.mark.parametrize("lost", [["register.sqlite"], ["receipts.jsonl"]])
def test_originals_are_not_removed_when_the_database_or_the_log_is_lost(project, lost):
    register = Register(project / "data" / "register")
    register.receive(SAMPLE)
    for name in lost:
        (register.folder / name).unlink()
    assert run("--remove").exit_code == 1
    assert list(register.folder.rglob("originals/*/*.xlsx"))


def test_remove_takes_what_the_register_keeps_of_invented_editions(project):
    run()
    kept = project / "data" / "register" / "protection" / "synthetic"
    kept.mkdir(parents=True)
    (kept / "secret.json").write_text("{}")
    assert run("--remove").exit_code == 0
    assert not kept.exists()


def test_an_edition_of_real_returns_survives_remove(project):
    edition = project / "data" / "editions" / "internal" / "2025.1"
    edition.mkdir(parents=True)
    write_manifest(edition, synthetic=False)
    run()
    run("--remove")
    assert edition.exists()


# Filed under another year it contradicts itself: it is refused, and invented still.
@pytest.mark.parametrize("year", [None, 2019], ids=["that counts", "that is refused"])
def test_an_invented_return_is_not_filed_among_real_ones(project, year):
    small_returns(project / "invented")
    sent = project / "invented" / "المحكمة الابتدائية بالدريوش 2023.xlsx"
    register = Register(project / "data" / "register")
    register.receive(SAMPLE)
    with pytest.raises(ReturnError) as refused:
        register.receive(sent, year=year)
    assert str(refused.value) == (
        f"{sent.name}: is invented, and the register holds real returns (the first "
        f"is {SAMPLE.name}); nothing of it was filed. Receive it into a register of "
        "its own"
    )
    assert list(register.returns()["file"]) == [SAMPLE.name]
