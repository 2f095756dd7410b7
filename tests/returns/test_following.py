"""Who has answered for a year, who is late, and what they are written."""

import json
from datetime import date

import docx
import pandas as pd
import pytest
from typer.testing import CliRunner

from empty_workbench import empty_workbench
from qadaya.cli import app
from qadaya.errors import ParameterError
from qadaya.reference.history import circuit_in, existed_in
from qadaya.returns.check import check_file
from qadaya.returns.following.deadlines import read_deadlines
from qadaya.returns.following.standing import coverage, standings
from qadaya.returns.register import Register
from sent_returns import case, closed_case, send, send_nil

BEFORE, DURING, AFTER = date(2023, 1, 1), date(2023, 2, 28), date(2023, 3, 1)


@pytest.fixture
def register(tmp_path):
    return Register(tmp_path / "register")


def stand(register, year=2022, today=AFTER):
    held = register.contents()
    deadline = read_deadlines().of(year)
    found = standings(year, held.returns, held.problems, held.cases, deadline, today)
    return {one.court_id: one for one in found}


@pytest.mark.parametrize(
    ("today", "state"), [(BEFORE, "not_due"), (DURING, "due"), (AFTER, "late")]
)
def test_a_court_that_sent_nothing_is_not_due_due_and_late_in_turn(
    register, tmp_path, today, state
):
    register.receive(send(tmp_path / "sale.csv", "tpi-sale", 2022, case()))
    assert stand(register, today=today)["tpi-rabat"].state == state


def test_every_state_of_a_return(register, tmp_path):
    def receive(court, *cases, year=2022):
        register.receive(send(tmp_path / f"{court}.csv", court, year, *cases))

    receive("tpi-sale", case())
    receive("tpi-rabat", case(), case(platform="x"))
    register.receive(send_nil(tmp_path / "nil.csv", "tpi-temara", 2022))
    receive("tpi-khemisset")
    receive("tpi-fes", case(platform="x"))
    receive("tpi-meknes", case())
    receive("tpi-meknes", case(), closed_case())
    receive("tpi-oujda", case())
    receive("tpi-oujda")
    receive("tpi-nador", case(platform="x"))
    receive("tpi-nador", case())
    found = stand(register)
    told = {court: found[court][2:5] + found[court][6:7] for court in (
        "tpi-sale", "tpi-rabat", "tpi-temara", "tpi-khemisset", "tpi-fes",
        "tpi-meknes", "tpi-oujda", "tpi-nador", "tpi-tiznit", "tpi-jerada",
    )}  # fmt: skip

    assert told == {
        "tpi-sale": ("accepted", 1, 1, False),
        "tpi-rabat": ("accepted_with_problems", 1, 1, False),
        "tpi-temara": ("nil", 1, 0, False),
        "tpi-khemisset": ("empty", 1, None, False),
        "tpi-fes": ("refused", 1, None, False),
        "tpi-meknes": ("revised", 2, 2, False),
        "tpi-oujda": ("accepted", 1, 1, True),  # the empty form came after it
        "tpi-nador": ("accepted", 2, 1, False),  # nothing of the first ever counted
        "tpi-tiznit": ("late", None, None, False),
        "tpi-jerada": ("not_open", None, None, False),  # it opened in 2025
    }


def test_missing_courts_would_add_none_to_the_most_they_ever_reported(
    register, tmp_path
):
    for year, n in ((2019, 2), (2020, 5), (2021, 3)):
        register.receive(
            send(tmp_path / f"{year}.csv", "tpi-sale", year, *[case()] * n)
        )
    register.receive(send_nil(tmp_path / "nil.csv", "tpi-temara", 2021))
    register.receive(send(tmp_path / "r.csv", "tpi-rabat", 2022, case(), case()))
    found = stand(register)
    three = [found[court] for court in ("tpi-sale", "tpi-temara", "tpi-rabat")]
    whole = coverage([*three, found["tpi-khemisset"]])

    assert (whole.expected, whole.answered, whole.cases) == (4, 1, 2)
    assert (whole.most_missing, whole.unknown) == (5, 1)


@pytest.mark.parametrize("year", range(2021, 2026))
def test_no_rate_passes_a_hundred_per_cent(register, tmp_path, year):
    """Also where a court answers that is not known to be open."""
    for court in ("tpi-mdiq", "tpi-sale", "ca-dakhla"):
        register.receive(send(tmp_path / f"{court}.csv", court, year, case()))
    found = list(stand(register, year).values())
    for circuit in {one.circuit_id for one in found}:
        whole = coverage([one for one in found if one.circuit_id == circuit])
        assert whole.answered <= whole.expected
    assert coverage(found).answered == 3
    assert sum(coverage(found).states.values()) == 112


@pytest.mark.parametrize(
    ("court", "year", "existed"),
    [
        ("tpi-sale", 2012, True),
        ("tpi-sidi-ifni", 2022, False),
        ("tpi-sidi-ifni", 2023, True),  # opened on 2023-11-13
        ("ca-guelmim", 2020, False),
        ("ca-guelmim", 2021, True),
        ("tpi-mdiq", 2025, False),  # decreed, not built
        ("tpi-oulad-teima", 2024, False),
        ("tpi-oulad-teima", 2025, True),
    ],
)
def test_a_court_exists_from_its_opening(court, year, existed):
    assert existed_in(court, year) is existed


@pytest.mark.parametrize(
    ("court", "year", "circuit"),
    [
        ("tpi-guercif", 2017, "ca-taza"),
        ("tpi-guercif", 2022, "ca-oujda"),
        ("tpi-guercif", 2023, "ca-taza"),
        ("tpi-tan-tan", 2020, "ca-agadir"),
        ("tpi-tan-tan", 2021, "ca-guelmim"),
        ("tpi-dakhla", 2024, "ca-laayoune"),  # the new court of appeal is not open
        ("tpi-sale", 2024, "ca-rabat"),
        ("ca-rabat", 2024, "ca-rabat"),
    ],
)
def test_a_court_belongs_to_the_circuit_of_that_year(court, year, circuit):
    assert circuit_in(court, year) == circuit


DECISION = "decision: {by: x, decided: 2026-01-01, why: y}\n"


def test_a_year_may_have_days_of_its_own(tmp_path):
    path = tmp_path / "deadlines.yml"
    path.write_text(
        f"{DECISION}every_year: {{asked: 01-02, due: 02-28}}\n"
        "years: {2024: {asked: 2025-02-01, due: 2025-04-30}}\n"
    )
    read = read_deadlines(path)

    assert read.of(2023).due == date(2024, 2, 28)
    assert read.of(2024).asked == date(2025, 2, 1)
    assert read.of(2024).due == date(2025, 4, 30)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("every_year: {asked: 01-02, due: 02-29}\nyears: {}", "every year has"),
        ("every_year: {asked: 01-02, due: 13-01}\nyears: {}", "every year has"),
        ("every_year: {asked: 01-02, due: soon}\nyears: {}", "a month and a day"),
        ("every_year: {asked: 03-02, due: 02-28}\nyears: {}", "expected a later day"),
        ("every_year: {asked: 01-02, due: 02-28}", "years"),
        (
            "every_year: {asked: 01-02, due: 02-28}\nyears: {2024: {due: 2025-01-01}}",
            "years.2024.asked",
        ),
        (
            "every_year: {asked: 01-02, due: 02-28}\n"
            "years: {2024: {asked: 2024-01-15, due: 2024-02-28}}",
            "years.2024: due is 2024-02-28, before that year is over; expected a day",
        ),
        (
            "every_year: {asked: 01-02, due: 02-28}\nyears: {}\nmore: 1",
            "more",
        ),
    ],
)
def test_a_file_of_days_is_read_strictly(tmp_path, text, message):
    path = tmp_path / "deadlines.yml"
    path.write_text(f"{DECISION}{text}\n")
    with pytest.raises(ParameterError, match=message) as caught:
        read_deadlines(path)
    assert len(str(caught.value).splitlines()) == 1


@pytest.fixture
def run(register, tmp_path, monkeypatch):
    monkeypatch.chdir(empty_workbench(tmp_path / "bench"))
    register.receive(send(tmp_path / "sale.csv", "tpi-sale", 2022, case()))

    def call(*words):
        words = [*words, "--register", register.folder, "--on", "2023-03-01"]
        return CliRunner().invoke(app, ["status", *map(str, words)])

    return call


def test_status_is_told_as_json_and_as_csv_by_court(run):
    told = json.loads(run("--year", 2022, "--format", "json").stdout)
    lines = run("--year", 2022, "--format", "csv").stdout.splitlines()

    assert told["due"] == "2023-02-28"
    assert told["all"]["answered"] == 1
    assert told["all"]["cases"] == 1
    assert told["circuits"]["ca-rabat"]["states"] == {"late": 6, "accepted": 1}
    assert len(told["courts"]) == 112
    assert len(lines) == 113
    assert "2022,tpi-sale,ca-rabat,accepted,1,1,1,False,0" in lines


@pytest.mark.parametrize("language", ["ar", "fr", "en"])
def test_status_is_a_table_in_three_languages(run, language):
    answer = run("--year", 2022, "--language", language)
    assert answer.exit_code == 0
    assert "2023-02-28" in answer.stdout


def test_of_a_year_that_is_not_asked_for_nothing_is_ever_late(run, register, tmp_path):
    register.receive(send(tmp_path / "old.csv", "tpi-sale", 2015, case()))
    told = json.loads(run("--year", 2015, "--format", "json").stdout)
    assert (told["asked"], told["due"]) == (None, None)
    states = told["all"]["states"]
    assert states["accepted"] == 1 and states["not_due"] == 90 and "late" not in states
    out = tmp_path / "letters"
    answer = run("--year", 2015, "--remind", out)
    title = "Returns for 2015; the circular asks for 2021 and later years"
    assert title in " ".join(answer.stdout.split())
    assert "0 files for 0 courts" in answer.stderr
    assert not out.exists()


def test_each_late_court_gets_a_letter_and_its_form_and_each_circuit_a_cover(
    run, tmp_path
):
    out = tmp_path / "letters"
    out.mkdir()
    # Letters may be written again: those of before are replaced.
    (out / "tpi-rabat-2022.docx").write_bytes(b"of before")
    answer = run("--year", 2022, "--remind", out, "--format", "csv")
    lines = [line.split(",") for line in answer.stdout.splitlines()[1:]]
    late = {court for _, court, _, state, *_ in lines if state == "late"}
    circuits = {circuit for _, _, circuit, state, *_ in lines if state == "late"}

    assert {path.name for path in out.iterdir()} == {
        *(f"{court}-2022.docx" for court in late),
        *(f"{court}-2022.xlsx" for court in late),
        *(f"cover-{circuit}-2022.docx" for circuit in circuits),
    }
    assert "tpi-sale" not in late
    letter = docx.Document(out / "tpi-rabat-2022.docx")
    text = "\n".join(one.text for one in letter.paragraphs)
    assert "إلى السيد وكيل الملك لدى المحكمة الابتدائية بالرباط" in text
    assert "تحت إشراف السيد الوكيل العام للملك لدى محكمة الاستئناف بالرباط" in text
    assert "برسم سنة 2022، وكان آخر أجل لإرساله هو 28 فبراير 2023." in text
    assert all(one._p.pPr.find(docx.oxml.ns.qn("w:bidi")) is not None
               for one in letter.paragraphs)  # fmt: skip
    cover = docx.Document(out / "cover-ca-rabat-2022.docx")
    named = "\n".join(one.text for one in cover.paragraphs)
    assert "المحكمة الابتدائية بتمارة" in named
    assert "المحكمة الابتدائية بسلا" not in named
    [blank] = check_file(out / "tpi-rabat-2022.xlsx")
    assert (blank.court_id, blank.year) == ("tpi-rabat", 2022)


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["--year", "20x"], "expected a year from 2000"),
        (["--year", "1999"], "expected a year from 2000"),
        (["--year", "2022", "--on", "x"], "expected a day such as"),
    ],
)
def test_wrong_words_are_refused_in_one_line(tmp_path, words, message):
    answer = CliRunner().invoke(app, ["status", *words, "--register", str(tmp_path)])
    assert answer.exit_code == 2
    assert message in " ".join(answer.output.split())


def test_frames_without_a_return_leave_every_court_waiting():
    returns = pd.DataFrame(
        {name: pd.Series(dtype="object") for name in (
            "return", "court_id", "year", "version", "supplement", "current", "state",
            "accepted")}
    )  # fmt: skip
    problems = pd.DataFrame({"rule": [], "return": []})
    cases = pd.DataFrame({"return": [], "court_id": [], "year": []})
    deadline = read_deadlines().of(2024)
    found = standings(2024, returns, problems, cases, deadline, date(2026, 1, 1))
    assert coverage(found).answered == 0
