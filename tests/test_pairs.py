"""Pairs that seem to be one case: their score, both places, and what was decided."""

import json

import pytest
from typer.testing import CliRunner

from empty_workbench import empty_workbench
from qadaya.cli import app
from qadaya.editions.build import build_edition
from qadaya.returns.register import Register
from sent_returns import CLOSED, case, closed_case, send

REFERENCE = "12/2610/2022"
REFERRED = {"prosecution": "إحالة للاختصاص", "outcomes": CLOSED}


@pytest.fixture
def bench(tmp_path, monkeypatch):
    folder = empty_workbench(tmp_path / "bench")
    monkeypatch.chdir(folder)
    return folder


@pytest.fixture
def register(bench):
    return Register()


def receive(register, bench, court, *cases, year=2022, supplement=False):
    name = f"{court}-{year}-{len(list((bench / 'sent').glob('*')))}.csv"
    [filed] = register.receive(
        send(bench / "sent" / name, court, year, *cases), supplement=supplement
    )
    return filed


def decide(bench, *entries):
    head = "reason: They said so., confirmed_by: Its clerk, confirmed_on: 2026-03-01"
    lines = [f"  - {{{entry}, {head}}}\n" for entry in entries]
    (bench / "params" / "corrections.yml").write_text("corrections:\n" + "".join(lines))


def place(court, row, version=1):
    return f"{{court: {court}, year: 2022, version: {version}, row: {row}}}"


def told(register):
    return [
        (one.score, one.rule, one.one.court_id, one.other.court_id, one.decision)
        for one in register.pairs()
    ]


def test_one_reference_in_two_courts_is_one_pair_with_both_places(register, bench):
    receive(register, bench, "tpi-sale", case(reference=REFERENCE))
    receive(register, bench, "tpi-fes", closed_case(reference=REFERENCE))

    [pair] = register.pairs()
    # 60 for the reference; 6 of the 9 codes agree: 40 times 2 / 3.
    assert (pair.score, pair.rule) == (87, "counted_twice")
    assert (pair.one.court_id, pair.other.court_id) == ("tpi-sale", "tpi-fes")
    assert (pair.one.row, pair.one.version, pair.one.counts) == (5, 1, True)
    assert "متابعة" in pair.one.words
    assert "حفظ" in pair.other.words
    assert pair.decision is None


def test_look_alikes_share_a_score_among_all_that_they_could_be(register, bench):
    receive(register, bench, "tpi-sale", case())
    receive(register, bench, "tpi-temara", case())
    receive(register, bench, "ca-rabat", case())

    assert told(register) == [
        (30, "counted_twice", "ca-rabat", "tpi-sale", None),
        (30, "counted_twice", "ca-rabat", "tpi-temara", None),
    ]


def test_a_case_of_second_degree_is_the_surest_of_pairs(register, bench):
    receive(register, bench, "tpi-sale", case(reference=REFERENCE))
    receive(register, bench, "ca-rabat", case(reference=REFERENCE))
    [pair] = register.pairs()
    assert (pair.score, pair.rule) == (100, "second_degree_case")
    assert (pair.one.counts, pair.other.counts) == (False, True)


def test_a_decision_stands_beside_its_pair_in_every_later_version(register, bench):
    receive(register, bench, "tpi-sale", case(reference=REFERENCE))
    receive(register, bench, "tpi-fes", case(reference=REFERENCE))
    decide(
        bench,
        f"where: {place('tpi-sale', 5)}, action: same_case_as, "
        f"other: {place('tpi-fes', 5)}",
    )
    receive(register, bench, "tpi-sale", closed_case(), case(reference=REFERENCE))

    [pair] = register.pairs()
    assert pair.decision == "same_case_as"
    assert (pair.one.court_id, pair.one.counts) == ("tpi-fes", True)
    sale = pair.other
    assert (sale.court_id, sale.version, sale.row, sale.counts) == (
        "tpi-sale", 2, 6, False,
    )  # fmt: skip
    assert len(register.cases()) == 2


def test_two_cases_that_only_look_alike_both_count_and_nobody_is_asked_again(
    register, bench
):
    receive(register, bench, "tpi-sale", case(reference=REFERENCE))
    receive(register, bench, "ca-rabat", case(reference=REFERENCE))
    assert len(register.cases()) == 1
    decide(
        bench,
        f"where: {place('ca-rabat', 5)}, action: different_cases, "
        f"other: {place('tpi-sale', 5)}",
    )
    assert len(register.cases()) == 2
    assert register.problems().empty
    assert [one.decision for one in register.pairs()] == ["different_cases"]


def test_a_referred_case_is_counted_where_it_ended(register, bench):
    filed = receive(
        register,
        bench,
        "tpi-sale",
        case(reference=REFERENCE, **REFERRED),
        closed_case(),
    )
    assert len(filed.reading.accepted) == 2
    receive(register, bench, "ca-fes", case(reference=REFERENCE))

    cases = register.cases()
    assert sorted(zip(cases["court_id"], cases["row"], strict=True)) == [
        ("ca-fes", 5),
        ("tpi-sale", 6),
    ]
    problems = register.problems()
    assert problems["rule"].tolist() == ["referred_elsewhere"]
    assert problems["severity"].tolist() == ["note"]
    assert register.refused()["rules"].tolist() == ["referred_elsewhere"]
    assert set(register.returns()["state"]) == {"accepted"}
    # Where the other court takes it back, it counts again where it was referred.
    receive(register, bench, "ca-fes", closed_case())
    assert len(register.cases()) == 3


def test_a_case_referred_to_the_court_of_appeal_of_its_circuit_counts_there(
    register, bench
):
    receive(register, bench, "tpi-sale", case(reference=REFERENCE, **REFERRED))
    receive(register, bench, "ca-rabat", case(reference=REFERENCE))
    assert register.cases()["court_id"].tolist() == ["ca-rabat"]


def test_a_case_referred_on_counts_at_the_last_court(register, bench):
    receive(register, bench, "tpi-sale", case(reference=REFERENCE, **REFERRED))
    receive(register, bench, "tpi-fes", case(reference=REFERENCE, **REFERRED))
    receive(register, bench, "tpi-meknes", case(reference=REFERENCE), year=2023)
    assert register.cases()["court_id"].tolist() == ["tpi-meknes"]


def test_a_referred_case_that_nobody_went_on_with_counts_where_it_is(register, bench):
    receive(register, bench, "tpi-sale", case(reference=REFERENCE, **REFERRED))
    receive(register, bench, "tpi-fes", case(), year=2021)
    assert len(register.cases()) == 2


def test_each_decision_that_was_applied_stands_in_the_internal_edition(register, bench):
    receive(register, bench, "tpi-sale", case(), closed_case())
    decide(
        bench, f"where: {place('tpi-sale', 5)}, action: recode, to: {{platform: CPS}}"
    )
    edition = build_edition(*register.contents(), audience="internal")
    [one] = edition.table("decisions").to_dict("records")
    assert (one["court_id"], one["row"], one["action"], one["detail"]) == (
        "tpi-sale", 5, "recode", "platform=CPS",
    )  # fmt: skip


def run(*words):
    return CliRunner().invoke(app, [*words])


@pytest.mark.parametrize("language", ["ar", "fr", "en"])
def test_the_command_lists_pairs_as_table_json_and_csv(register, bench, language):
    receive(register, bench, "tpi-sale", case(reference=REFERENCE))
    receive(register, bench, "tpi-fes", case(reference=REFERENCE))
    answer = run("pairs", "--language", language)
    assert answer.exit_code == 0
    assert "100" in answer.output
    [one] = json.loads(run("pairs", "--format", "json").stdout)
    assert (one["one"]["court_id"], one["other"]["counts"]) == ("tpi-sale", True)
    lines = run("pairs", "--format", "csv", "--year", "2022").stdout.splitlines()
    assert len(lines) == 2
    assert lines[0].startswith("\ufeffscore,rule,decision,one_return_id,")
    assert (
        len(run("pairs", "--format", "csv", "--year", "2021").stdout.splitlines()) == 1
    )
