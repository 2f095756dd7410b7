"""Cases told during the year, and what the return of the year makes of them."""

import json
from datetime import date

import pytest
from openpyxl import load_workbook
from typer.testing import CliRunner

from qadaya.cli import app
from qadaya.errors import ReturnError
from qadaya.returns.answers import answer_name, write_answer
from qadaya.returns.following.deadlines import read_deadlines
from qadaya.returns.following.standing import coverage, standings
from qadaya.returns.register import Register
from sent_returns import case, closed_case, send, send_nil

SALE, YEAR = "tpi-sale", 2022
OPEN = {"prosecution": "في طور البحث", "outcomes": ("", "", "")}
FIRST = case(reference="1/2610/2022", **OPEN)
FIRST_DECIDED = case(reference="1/2610/2022")
SECOND = closed_case(platform="CPS", reference="2/2610/2022")
THIRD = closed_case(subject="ابتزاز", reference="3/2610/2022")


@pytest.fixture
def desk(tmp_path):
    return Desk(tmp_path)


class Desk:
    """A register and the files of one court, each under a name of its own."""

    def __init__(self, folder):
        self.register = Register(folder / "register")
        self.sent, self.folder = 0, folder

    def receive(self, *cases, supplement=False):
        self.sent += 1
        path = send(self.folder / f"{self.sent}.csv", SALE, YEAR, *cases)
        [filed] = self.register.receive(path, supplement=supplement)
        return filed

    def told(self):
        return [
            (
                one.what,
                (one.supplement.number, one.supplement.row) if one.supplement else None,
                one.own.row if one.own else None,
            )
            for one in self.register.reconciled(SALE, YEAR)
        ]

    def rows(self):
        cases = self.register.cases()
        return list(zip(cases["file"], cases["row"].astype(int), strict=True))

    def run(self, *words):
        return CliRunner().invoke(
            app, [*words, "--register", str(self.register.folder)]
        )


def test_supplements_stand_beside_each_other_until_the_return_comes(desk):
    desk.receive(FIRST, supplement=True)
    filed = desk.receive(SECOND, supplement=True)

    assert (filed.version, filed.supplement, filed.current) == (2, True, True)
    assert desk.rows() == [("1.csv", 5), ("2.csv", 5)]
    assert desk.told() == [("waiting", (1, 5), None), ("waiting", (2, 5), None)]


def test_the_return_of_the_year_covers_what_came_before_it(desk):
    desk.receive(FIRST, SECOND, supplement=True)
    filed = desk.receive(FIRST_DECIDED, THIRD)

    assert desk.rows() == [("2.csv", 5), ("2.csv", 6)]
    assert desk.told() == [
        ("changed", (1, 5), 5),
        ("not_listed", (1, 6), None),
        ("new", None, 6),
    ]
    assert desk.register.reconciled(SALE, YEAR)[0].columns == (
        "prosecution",
        "first_instance",
        "appeal",
    )
    assert {problem.rule: problem.severity for problem in filed.reading.problems} == {
        "supplement_changed": "note",
        "supplement_not_listed": "ask",
    }
    assert filed.reading.state == "accepted_with_problems"


def test_a_row_that_reads_the_same_is_no_problem(desk):
    desk.receive(FIRST, supplement=True)
    filed = desk.receive(FIRST, SECOND)
    assert desk.told() == [("listed", (1, 5), 5), ("new", None, 6)]
    assert filed.reading.problems == []
    assert filed.reading.state == "accepted"


def test_without_references_rows_are_told_by_what_lasts_and_never_twice(desk):
    alike = [closed_case()] * 3
    desk.receive(*alike, case(platform="CPS", **OPEN), supplement=True)
    desk.receive(case(platform="CPS"), closed_case(), closed_case())

    assert desk.told() == [
        ("listed", (1, 5), 6),
        ("listed", (1, 6), 7),
        ("not_listed", (1, 7), None),
        ("changed", (1, 8), 5),
    ]
    assert len(desk.rows()) == 3


def test_a_supplement_after_the_return_adds_to_it_also_after_a_corrected_one(desk):
    desk.receive(FIRST)
    desk.receive(SECOND, closed_case(), supplement=True)
    assert desk.rows() == [("1.csv", 5), ("2.csv", 5), ("2.csv", 6)]

    desk.receive(FIRST_DECIDED, SECOND)
    assert desk.rows() == [("2.csv", 6), ("3.csv", 5), ("3.csv", 6)]
    assert desk.told() == [
        ("listed", (1, 5), 6),
        ("adds", (1, 6), None),
        ("new", None, 5),
    ]


def test_rows_that_a_version_listed_before_are_not_those_of_a_later_supplement(desk):
    desk.receive(closed_case(), closed_case())
    desk.receive(closed_case(), supplement=True)
    assert len(desk.rows()) == 3
    desk.receive(closed_case(), closed_case())
    assert len(desk.rows()) == 3
    desk.receive(closed_case(), closed_case(), closed_case())
    assert desk.rows() == [("4.csv", 5), ("4.csv", 6), ("4.csv", 7)]


def test_a_case_of_the_return_that_is_told_again_counts_there(desk):
    desk.receive(FIRST)
    filed = desk.receive(FIRST_DECIDED, supplement=True)
    assert desk.rows() == [("1.csv", 5)]
    assert [one.rule for one in filed.reading.problems] == ["supplement_repeated"]
    assert filed.reading.state == "accepted"


def test_of_two_supplements_that_tell_one_case_the_later_one_counts(desk):
    desk.receive(FIRST, supplement=True)
    desk.receive(FIRST_DECIDED, SECOND, supplement=True)
    assert desk.rows() == [("2.csv", 5), ("2.csv", 6)]
    assert desk.told()[0] == ("repeated", (1, 5), 5)


def test_a_nil_return_takes_no_case_away_that_was_told(desk):
    desk.receive(FIRST, supplement=True)
    nil = send_nil(desk.folder / "nil.csv", SALE, YEAR)
    [filed] = desk.register.receive(nil)
    assert filed.reading.state == "nil"
    assert desk.rows() == [("1.csv", 5)]


def test_a_refused_return_covers_nothing(desk):
    desk.receive(FIRST, supplement=True)
    desk.receive(case(platform="x"))
    assert desk.rows() == [("1.csv", 5)]


def test_whichever_came_first_a_rebuild_gives_the_same(desk):
    desk.receive(FIRST, SECOND, supplement=True)
    desk.receive(FIRST_DECIDED, THIRD)
    desk.receive(closed_case(reference="4/2610/2022"), supplement=True)
    before = desk.register.contents()
    desk.register.rebuild()
    for old, new in zip(before[:3], desk.register.contents()[:3], strict=True):
        assert old.equals(new)


def test_returns_say_which_rows_are_covered(desk):
    desk.receive(FIRST, SECOND, supplement=True)
    desk.receive(FIRST_DECIDED, THIRD)
    counts = desk.register.returns()[["supplement", "accepted", "covered", "refused"]]
    assert counts.values.tolist() == [[True, 0, 2, 0], [False, 2, 0, 0]]
    answer = desk.run("returns", "--language", "fr")
    assert "ne figure pas dans l’envoi ; non comptée." in answer.output.replace(
        "\xa0", " "
    )
    told = json.loads(desk.run("returns", "--format", "json").stdout)
    assert [one["what"] for one in told[1]["reconciled"]] == ["changed", "new"]
    lines = desk.run("returns", "--format", "csv").stdout.splitlines()
    assert lines[0].endswith(",reconciled")
    assert [line.rsplit(",", 1)[1] for line in lines[1:]] == [
        "changed=1 not_listed=1",
        "changed=1 new=1",
    ]


def test_what_differs_is_said_when_the_return_comes_and_in_its_answer(desk):
    desk.receive(FIRST, SECOND, supplement=True)
    path = send(desk.folder / "year.csv", SALE, YEAR, FIRST_DECIDED, THIRD)
    said = desk.run("receive", str(path)).output
    assert "Supplement 1, row 6: does not stand in the return; not counted." in said
    assert "year.csv: a case told during the year (also in 1.csv, row 6)" in said

    received = desk.register.received("year.csv")
    answer = write_answer(desk.folder / "answer.xlsx", received)
    texts = [str(c.value) for r in load_workbook(answer).worksheets[0].rows for c in r]
    assert any("1.csv" in text for text in texts)
    assert answer_name(desk.register.received("1.csv")) == "tpi-sale-2022-s1.xlsx"


def test_until_its_return_comes_the_court_has_not_answered(desk):
    desk.receive(FIRST, SECOND, supplement=True)
    held, deadline = desk.register.contents(), read_deadlines().of(YEAR)
    found = standings(
        YEAR, held.returns, held.problems, held.cases, deadline, date(2023, 4, 1)
    )
    [sale] = [one for one in found if one.court_id == SALE]
    assert (sale.state, sale.cases, sale.told) == ("late", None, 2)
    whole = coverage([sale])
    assert (whole.answered, whole.least_missing, whole.most_missing) == (0, 2, 2)
    assert desk.run("edition", "--audience", "internal").exit_code != 0


def test_a_file_is_the_return_or_a_supplement_and_not_both(desk):
    desk.receive(FIRST)
    with pytest.raises(ReturnError, match="was received before as the return"):
        desk.register.receive(desk.folder / "1.csv", supplement=True)
    assert len(desk.register.returns()) == 1


def test_the_command_files_a_supplement(desk):
    path = send(desk.folder / "s.csv", SALE, YEAR, FIRST)
    answer = desk.run("receive", "--supplement", str(path), "--format", "json")
    [told] = json.loads(answer.stdout)["returns"]
    assert (told["supplement"], told["version"]) == (True, 1)
    assert [one["what"] for one in told["reconciled"]] == ["waiting"]
