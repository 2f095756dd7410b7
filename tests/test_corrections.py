"""Decisions of the desk: what they change, that they last, that none goes unseen."""

import re
from datetime import date, timedelta

import pytest
from typer.testing import CliRunner

from empty_workbench import empty_workbench
from qadaya.cli import app
from qadaya.desk.decision_file import with_withdrawal
from qadaya.errors import ParameterError
from qadaya.returns.corrections import read_corrections
from qadaya.returns.register import Register
from sent_returns import CLOSED, FIRST_ROW, case, closed_case, send

HEAD = "reason: The court said so., confirmed_by: Its clerk, confirmed_on: 2026-03-01"


@pytest.fixture
def decide(tmp_path, monkeypatch):
    bench = empty_workbench(tmp_path / "bench")
    monkeypatch.chdir(bench)

    def write(*entries):
        lines = [f"  - {{{entry}, {HEAD}}}\n" for entry in entries]
        path = bench / "params" / "corrections.yml"
        path.write_text("corrections:\n" + "".join(lines))
        return path

    return write


@pytest.fixture
def register(tmp_path):
    return Register(tmp_path / "register")


def place(court, row, *, version=1, year=2022):
    return f"{{court: {court}, year: {year}, version: {version}, row: {row}}}"


def rows(register):
    cases = register.cases().sort_values(["court_id", "row"])
    return list(zip(cases["court_id"], cases["row"].astype(int), strict=True))


def test_a_recoded_row_counts_with_its_new_code(register, tmp_path, decide):
    register.receive(
        send(tmp_path / "a.csv", "tpi-sale", 2022, case(), case(platform="INTERPOL"))
    )
    assert len(register.cases()) == 1
    decide(f"where: {place('tpi-sale', 6)}, action: recode, to: {{platform: CPS}}")

    assert register.cases()["platform"].tolist() == ["NCMEC", "CPS"]
    [one] = register.returns().to_dict("records")
    assert (one["accepted"], one["refused"], one["corrections"]) == (2, 0, 1)
    assert register.problems().empty


def test_a_recoded_outcome_moves_the_stage_and_the_result(register, tmp_path, decide):
    register.receive(send(tmp_path / "a.csv", "tpi-sale", 2022, case()))
    decide(f"where: {place('tpi-sale', 5)}, action: recode, to: {{appeal: acquitted}}")

    [one] = register.cases().to_dict("records")
    assert (one["stage"], one["result"]) == ("appeal", "acquitted")


def test_an_excluded_row_is_no_case_and_its_court_has_answered(
    register, tmp_path, decide
):
    register.receive(send(tmp_path / "a.csv", "tpi-sale", 2022, case()))
    decide(f"where: {place('tpi-sale', 5)}, action: exclude")

    assert register.cases().empty
    [one] = register.returns().to_dict("records")
    assert (one["accepted"], one["refused"], one["current"]) == (0, 1, True)


def twice(register, tmp_path):
    reference = "12/2610/2022"
    for court in ("tpi-sale", "tpi-fes"):
        register.receive(
            send(tmp_path / f"{court}.csv", court, 2022, case(reference=reference))
        )
    assert set(register.problems()["rule"]) == {"counted_twice"}


@pytest.mark.parametrize(
    ("action", "left"), [("count_here", "tpi-sale"), ("same_case_as", "tpi-fes")]
)
def test_a_case_listed_twice_counts_once_where_the_desk_says(
    register, tmp_path, decide, action, left
):
    twice(register, tmp_path)
    decide(
        f"where: {place('tpi-sale', 5)}, action: {action}, other: {place('tpi-fes', 5)}"
    )

    assert rows(register) == [(left, 5)]
    assert register.problems().empty  # nobody is asked again


def test_a_decision_lasts_for_a_later_version_that_lists_the_row(
    register, tmp_path, decide
):
    register.receive(
        send(tmp_path / "a.csv", "tpi-sale", 2022, case(), case(platform="INTERPOL"))
    )
    decide(f"where: {place('tpi-sale', 6)}, action: recode, to: {{platform: CPS}}")
    register.receive(
        send(
            tmp_path / "b.csv",
            "tpi-sale",
            2022,
            closed_case(),
            case(),
            case(platform="INTERPOL"),
        )
    )

    assert rows(register) == [("tpi-sale", 5), ("tpi-sale", 6), ("tpi-sale", 7)]
    [done] = register.decisions()
    assert done.row == 7


def test_a_rebuild_and_the_original_know_nothing_of_decisions(
    register, tmp_path, decide
):
    register.receive(send(tmp_path / "a.csv", "tpi-sale", 2022, case()))
    path = decide(f"where: {place('tpi-sale', 5)}, action: exclude")
    register.rebuild()
    assert register.cases().empty
    path.unlink()
    assert len(register.cases()) == 1


@pytest.mark.parametrize(
    ("entry", "message"),
    [
        (f"where: {place('tpi-sale', 99)}, action: exclude", "row 99: no such row"),
        (f"where: {place('tpi-sale', 5, version=2)}, action: exclude", "no such row"),
        (f"where: {place('tpi-rabat', 5)}, action: exclude", "no such row"),
        (
            f"where: {place('tpi-sale', 6)}, action: recode, to: {{platform: CPS}}",
            "prosecution_unclear (E6) leaves the row out all the same",
        ),
    ],
)
def test_a_decision_that_fits_nothing_stops_the_run(
    register, tmp_path, decide, entry, message
):
    register.receive(
        send(
            tmp_path / "a.csv",
            "tpi-sale",
            2022,
            case(),
            case(platform="x", prosecution="?", outcomes=CLOSED),
        )
    )
    decide(entry)
    for read in (register.cases, register.returns, register.contents):
        with pytest.raises(ParameterError, match=re.escape(message)) as caught:
            read()
        assert len(str(caught.value).splitlines()) == 1
    answer = CliRunner().invoke(
        app, ["edition", "--audience", "internal", "--register", str(register.folder)]
    )
    assert answer.exit_code == 2
    assert message in " ".join(answer.output.split())


def test_a_row_that_a_later_version_no_longer_lists_stops_the_run(
    register, tmp_path, decide
):
    register.receive(send(tmp_path / "a.csv", "tpi-sale", 2022, case(), closed_case()))
    decide(f"where: {place('tpi-sale', 6)}, action: exclude")
    register.receive(send(tmp_path / "b.csv", "tpi-sale", 2022, case()))

    with pytest.raises(ParameterError, match="not among the rows of the version"):
        register.cases()


def test_decisions_are_listed_with_the_returns(register, tmp_path, decide):
    register.receive(send(tmp_path / "a.csv", "tpi-sale", 2022, case()))
    decide(f"where: {place('tpi-sale', FIRST_ROW)}, action: exclude")
    words = ["returns", "--register", str(register.folder)]
    answer = CliRunner().invoke(app, words)

    assert (
        "Decision on tpi-sale 2022, version 1, row 5: exclude. The court said so. "
        "Confirmed by Its clerk, 2026-03-01" in answer.output
    )
    table = CliRunner().invoke(app, [*words, "--format", "csv"]).stdout
    assert table.splitlines()[0].endswith(",corrections,reconciled")
    assert table.splitlines()[1].endswith(",1,")


def entry(**changes):
    told = {
        "where": place("tpi-sale", 5),
        "action": "exclude",
        "reason": "It is so.",
        "confirmed_by": "The clerk",
        "confirmed_on": "2026-03-01",
    } | changes
    inside = ", ".join(f"{key}: {value}" for key, value in told.items() if value)
    return f"corrections: [{{{inside}}}]"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (entry(action="delete"), "entry 1, action"),
        (entry(reason=None), "entry 1, reason"),
        (entry(confirmed_by=None), "entry 1, confirmed_by"),
        (entry(confirmed_on=None), "entry 1, confirmed_on"),
        (entry(confirmed_on="soon"), "entry 1, confirmed_on"),
        (entry(where=place("tpi-nowhere", 5)), "'tpi-nowhere' is no court id"),
        (entry(action="recode"), "`to` is for recode"),
        (entry(to="{platform: CPS}"), "`to` is for recode"),
        (entry(action="recode", to="{platform: x}"), "'x' is no platform"),
        (entry(action="recode", to="{court_id: x}"), "'court_id' is not recoded"),
        (entry(action="same_case_as"), "`other` is for count_here"),
        (entry(action="different_cases"), "`other` is for count_here"),
        (
            entry(where="{court: tpi-sale, year: 2024, row: 5}"),
            "either version or supplement",
        ),
        (entry(other=place("tpi-fes", 5)), "`other` is for count_here"),
        (entry(confirmed_by="0612345678"), "names a person"),
        (entry(because="x"), "entry 1, because"),
        (
            entry(action="count_here", other=place("tpi-sale", 5)),
            "`where` and `other` are both tpi-sale 2022, version 1, row 5",
        ),
        (
            entry(confirmed_on="2021-12-31"),
            "confirmed_on is 2021-12-31, before the year of tpi-sale 2022, version 1",
        ),
        (
            entry(withdrawn_on="2026-02-28"),
            "withdrawn_on is 2026-02-28, before it was confirmed",
        ),
        ("corrections: {}", "corrections"),
        ("decisions: []", "corrections"),
    ],
)
def test_the_file_of_decisions_is_read_strictly(tmp_path, text, message):
    path = tmp_path / "corrections.yml"
    path.write_text(text)
    with pytest.raises(ParameterError) as caught:
        read_corrections(path)
    assert message in str(caught.value)
    assert "0612345678" not in str(caught.value)
    assert len(str(caught.value).splitlines()) == 1


@pytest.fixture(scope="module")
def three_rows(tmp_path_factory):
    """A return whose rows 5, 6 and 7 all count, and its second version: 6, 7, 8."""
    folder = tmp_path_factory.mktemp("three")
    register = Register(folder / "register")
    told = [case(reference=f"{n}/2610/2022") for n in (1, 2, 3)]
    register.receive(send(folder / "a.csv", "tpi-sale", 2022, *told))
    told.insert(0, case(reference="4/2610/2022"))
    register.receive(send(folder / "b.csv", "tpi-sale", 2022, *told))
    return register


def row(number, *, version=1):
    return place("tpi-sale", number, version=version)


def on(number, action, other=None, **more):
    told = {"where": row(number), "action": action} | more
    if other:
        told["other"] = row(other)
    return ", ".join(f"{key}: {value}" for key, value in told.items())


@pytest.mark.parametrize(
    ("first", "second", "named"),
    [
        (on(5, "exclude"), on(5, "recode", to="{platform: CPS}"), 5),
        (on(5, "exclude"), on(5, "exclude"), 5),
        (
            on(5, "recode", to="{platform: CPS}"),
            on(5, "recode", to="{platform: NCMEC, appeal: none}"),
            5,
        ),
        # Each of the two would leave the other's row out: counted nowhere.
        (on(5, "count_here", 6), on(5, "same_case_as", 6), 5),
        (on(5, "count_here", 6), on(6, "count_here", 5), 6),
        (on(5, "same_case_as", 6), on(6, "same_case_as", 5), 6),
        (on(5, "different_cases", 6), on(6, "same_case_as", 5), 6),
        # One case at two places, and both of them counted.
        (on(5, "same_case_as", 6), on(5, "same_case_as", 7), 5),
        (on(5, "count_here", 7), on(6, "count_here", 7), 7),
        (on(5, "count_here", 6), on(6, "count_here", 7), 6),
        (on(5, "same_case_as", 6), on(5, "recode", to="{platform: CPS}"), 5),
        # Row 5 of the first version is row 6 of the second.
        (on(5, "exclude"), on(5, "exclude").replace(row(5), row(6, version=2)), 6),
    ],
)
def test_decisions_of_which_one_undoes_another_stop_the_run(
    three_rows, decide, first, second, named
):
    decide(first, second)
    with pytest.raises(ParameterError) as caught:
        three_rows.contents()
    [line] = str(caught.value).splitlines()
    assert "entries 1 and 2: both decide on tpi-sale 2022, version" in line
    assert f"row {named}, and one would undo the other" in line


def test_decisions_that_agree_go_together(three_rows, decide):
    platform, appeal = "{platform: CPS}", "{appeal: none}"
    decide(on(5, "recode", to=platform), on(5, "recode", to=appeal))
    [recoded] = three_rows.cases().query("row == 6").to_dict("records")
    assert (recoded["platform"], recoded["appeal"]) == ("CPS", "none")
    # One case at three places counts once.
    decide(on(5, "count_here", 6), on(5, "count_here", 7))
    assert rows(three_rows) == [("tpi-sale", 5), ("tpi-sale", 6)]


def test_two_entries_mend_a_row_that_is_wrong_in_two_columns(
    register, tmp_path, decide
):
    wrong = case(platform="INTERPOL", prosecution="?", outcomes=CLOSED)
    register.receive(send(tmp_path / "a.csv", "tpi-sale", 2022, case(), wrong))
    platform = on(6, "recode", to="{platform: CPS}")
    prosecution = on(6, "recode", to="{prosecution: closed}")
    decide(platform)
    with pytest.raises(ParameterError, match=r"\(E6\) leaves the row out"):
        register.contents()
    for entries in ((platform, prosecution), (prosecution, platform)):
        decide(*entries)
        _, one = register.cases().to_dict("records")
        assert (one["platform"], one["stage"]) == ("CPS", "closed")
        assert register.returns()["corrections"].tolist() == [2]


def test_a_decision_that_is_yet_to_be_confirmed_stops_the_run(three_rows, decide):
    path = decide(on(5, "exclude"))
    tomorrow = date.today() + timedelta(days=1)
    path.write_text(path.read_text().replace("2026-03-01", tomorrow.isoformat()))
    with pytest.raises(ParameterError) as caught:
        three_rows.contents()
    assert str(caught.value) == (
        "params/corrections.yml, entry 1: tpi-sale 2022, version 1, row 5: "
        f"confirmed_on is {tomorrow}, which is yet to come; expected a day until "
        f"{date.today()}. Write the day on which it was so"
    )
    # What was known before is not asked about a day to come.
    assert len(three_rows.as_of(date.today()).cases()) == 4


WRITTEN = """corrections:
  # The first.
  - where: {court: tpi-sale, year: 2024, version: 1, row: 14}
    action: exclude
    reason: |
      On two
      lines.
    confirmed_by: Its clerk
    confirmed_on: 2025-03-12  # by letter

  - {where: {court: tpi-sale, year: 2024, version: 1, row: 15}, action: exclude,
     reason: So it is., confirmed_by: Its clerk, confirmed_on: 2025-03-12}
  - confirmed_on: 2025-03-12
    confirmed_by: Its clerk
    reason: So it is.
    action: exclude
    where:
      court: tpi-sale
      year: 2024
      version: 1
      row: 16

# The end.
"""


@pytest.mark.parametrize("number", [0, 1, 2])
def test_a_withdrawal_is_written_into_an_entry_and_nowhere_else(tmp_path, number):
    path, day = tmp_path / "corrections.yml", date(2025, 5, 1)
    path.write_text(WRITTEN)
    before = read_corrections(path)
    path.write_text(with_withdrawal(WRITTEN, number, day))
    after = read_corrections(path)
    assert [one.withdrawn_on for one in after].index(day) == number
    assert [one.model_copy(update={"withdrawn_on": None}) for one in after] == before
    changed = path.read_text().splitlines()
    kept = [line for line in changed if line in WRITTEN.splitlines()]
    assert len(changed) - len(kept) == 1
