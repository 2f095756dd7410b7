"""What was known on a day: from the register alone, and the same edition again."""

import json
import shutil
from datetime import UTC, date, datetime

import pandas as pd
import pytest
from typer.testing import CliRunner

from empty_workbench import empty_workbench
from qadaya.cli import app
from qadaya.returns.register import Register, intake
from sent_returns import case, closed_case, send, send_nil

DAYS = [f"2023-0{month}-10" for month in (1, 2, 3, 4, 5)]


@pytest.fixture
def bench(tmp_path, monkeypatch):
    folder = empty_workbench(tmp_path / "bench")
    monkeypatch.chdir(folder)
    return folder


@pytest.fixture
def on(monkeypatch):
    """Sets the day on which files are received."""

    def set_day(day):
        class Clock(datetime):
            @classmethod
            def now(cls, tz=None):
                return datetime.fromisoformat(f"{day}T12:00:00").replace(tzinfo=UTC)

        monkeypatch.setattr(intake, "datetime", Clock)

    return set_day


def files(folder):
    """A year in five months: one court is corrected, supplemented, and refused."""
    reference = "1/2610/2022"
    told = case(reference=reference, prosecution="في طور البحث", outcomes=("", "", ""))
    return [
        (send(folder / "0.csv", "tpi-sale", 2022, told), True),
        (send(folder / "1.csv", "tpi-sale", 2022, closed_case(), case()), False),
        (send(folder / "2.csv", "tpi-fes", 2022, case(reference=reference)), False),
        (send(folder / "3.csv", "tpi-sale", 2022, case(reference=reference)), False),
        (send_nil(folder / "4.csv", "tpi-fes", 2022), False),
    ]


def fill(register, folder, on, n=5):
    for day, (path, supplement) in list(zip(DAYS, files(folder), strict=True))[:n]:
        on(day)
        register.receive(path, supplement=supplement)
    return register


def frames_of(held):
    return {
        "cases": held.cases(),
        "returns": held.returns(),
        "problems": held.problems(),
        "refused": held.refused(),
        "difficulties": held.difficulties(),
    }


def test_what_was_known_on_a_day_is_what_the_register_held_on_it(bench, on):
    register = Register()
    then = []
    for day, (path, supplement) in zip(DAYS, files(bench / "sent"), strict=True):
        on(day)
        register.receive(path, supplement=supplement)
        then.append((frames_of(register), register.contents().known))

    for day, (frames, known) in zip(DAYS, then, strict=True):
        past = register.as_of(date.fromisoformat(day))
        for name, frame in frames_of(past).items():
            pd.testing.assert_frame_equal(frame, frames[name])
        assert past.contents().known == known


def test_nothing_was_known_before_the_first_file(bench, on):
    register = fill(Register(), bench / "sent", on)
    assert register.as_of(date(2022, 12, 31)).returns().empty


def test_a_decision_counts_from_the_day_it_was_confirmed(bench, on):
    register = fill(Register(), bench / "sent", on, 2)
    path = bench / "params" / "corrections.yml"
    where = "{court: tpi-sale, year: 2022, version: 1, row: 5}"
    path.write_text(
        f"corrections:\n  - {{where: {where}, action: exclude, reason: It is none., "
        "confirmed_by: Its clerk, confirmed_on: 2023-02-20}\n"
    )
    assert len(register.as_of(date(2023, 2, 19)).cases()) == 2
    assert len(register.as_of(date(2023, 2, 20)).cases()) == 1
    # A decision on a version that had not come yet is none of that day.
    assert len(register.as_of(date(2023, 1, 10)).cases()) == 1


def run(*words):
    answer = CliRunner().invoke(app, list(map(str, words)))
    return answer


def test_commands_answer_as_of_a_day(bench, on):
    fill(Register(), bench / "sent", on)
    told = json.loads(run("cases", "--as-of", DAYS[1], "--format", "json").stdout)
    assert [one["file"] for one in told] == ["1.csv", "1.csv"]
    lines = run("returns", "--as-of", DAYS[2], "--format", "csv").stdout.splitlines()
    assert len(lines) == 4
    status = json.loads(
        run("status", "--year", 2022, "--as-of", DAYS[0], "--format", "json").stdout
    )
    [sale] = [one for one in status["courts"] if one["court_id"] == "tpi-sale"]
    assert (sale["state"], sale["told"]) == ("due", 1)


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["cases", "--as-of", "soon"], "--as-of is 'soon'; expected a day such as"),
        (["status", "--year", "2022", "--as-of", "2023-01-01", "--on", "2023-01-01"],
         "--on and --as-of both name the day"),
        (["edition", "--audience", "internal", "--as-of", "2022-01-01"],
         "the register holds no return received by 2022-01-01"),
    ],
)  # fmt: skip
def test_a_day_that_cannot_be_meant_is_refused_in_one_line(bench, on, words, message):
    fill(Register(), bench / "sent", on)
    answer = run(*words)
    assert answer.exit_code in (1, 2)
    assert message in answer.output
    assert len(answer.output.strip().splitlines()) == 1


def build(*words):
    answer = run("edition", "--audience", *words)
    assert answer.exit_code == 0, answer.output
    return answer.stdout.strip()


@pytest.mark.parametrize("audience", ["internal", "shared"])
def test_an_edition_is_made_again_byte_for_byte_whatever_came_since(
    bench, on, audience
):
    register = fill(Register(), bench / "sent", on, 2)
    first = build(audience)
    # On the same day, and later.
    register.receive(send(bench / "s.csv", "tpi-rabat", 2022, *[closed_case()] * 4))
    fill(register, bench / "sent", on)
    second = build(audience)
    assert first != second

    for made in (first, second):
        answer = run("remake", made)
        assert answer.exit_code == 0, answer.output
        assert answer.output.rstrip().endswith("tables, the same byte for byte")


def test_an_edition_that_does_not_come_out_the_same_is_named(bench, on):
    fill(Register(), bench / "sent", on, 2)
    made = build("internal")
    path = bench / "params" / "corrections.yml"
    where = "{court: tpi-sale, year: 2022, version: 1, row: 5}"
    assert "known" in json.loads((bench / made / "manifest.json").read_text())
    path.write_text(
        f"corrections:\n  - {{where: {where}, action: exclude, reason: It is none., "
        "confirmed_by: Its clerk, confirmed_on: 2023-02-20}\n"
    )
    # A decision since then changes nothing of it.
    assert run("remake", made).exit_code == 0
    changed = build("internal")
    path.write_text("corrections: []\n")
    answer = run("remake", changed)
    assert answer.exit_code == 1
    assert "made again, bodies, cube" in answer.output
    shutil.rmtree(bench / "data" / "register")


def test_an_edition_as_of_a_day_is_the_one_that_was_built_then(bench, on):
    register = fill(Register(), bench / "sent", on, 3)
    then = build("internal", "--as-of", DAYS[2])
    fill(register, bench / "sent", on)
    assert build("internal") != then
    assert build("internal", "--as-of", DAYS[2]) == then


def test_a_shared_edition_of_an_earlier_day_comes_after_those_published(bench, on):
    register = fill(Register(), bench / "sent", on, 2)
    many = [closed_case()] * 9
    for court in ("tpi-rabat", "tpi-temara"):
        register.receive(send(bench / f"{court}.csv", court, 2022, *many))
    on("2024-01-05")
    for court in ("tpi-oujda", "tpi-nador"):
        register.receive(send(bench / f"{court}.csv", court, 2022, *many))
    assert build("shared").endswith("2024.1")
    assert build("shared", "--as-of", "2023-03-01").endswith("2024.2")
