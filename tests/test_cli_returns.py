import csv
import io
import json
import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from checkout import CHECKOUT
from empty_workbench import empty_workbench
from qadaya.cli import app
from qadaya.vocabulary import CODED_COLUMNS
from sent_returns import (
    APPEAL_RABAT,
    FIRST_ROW,
    SALE,
    case,
    closed_case,
    send,
    send_nil,
)

SAMPLES = CHECKOUT / "tests" / "data" / "returns"
EXPECTED = json.loads((SAMPLES / "expected.json").read_text(encoding="utf-8"))["files"]
PHONE = "0612345678"


def run(*arguments):
    return CliRunner().invoke(app, [str(one) for one in arguments])


def as_json(*arguments):
    return json.loads(run(*arguments, "--format", "json").stdout)


def as_csv(*arguments):
    text = run(*arguments, "--format", "csv").stdout
    assert text.startswith("\ufeff")
    return list(csv.DictReader(io.StringIO(text[1:])))


def qadaya(*arguments, **options):
    command = [sys.executable, "-m", "qadaya"]
    return subprocess.run(
        [*command, *map(str, arguments)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=600,
        **options,
    )


@pytest.fixture
def register(tmp_path):
    return tmp_path / "register"


@pytest.fixture
def sent(tmp_path):
    return tmp_path / "sent"


# JSON


def test_json_of_a_check_holds_the_return_and_its_problems(sent):
    send(sent / "sale.csv", SALE, 2022, case(), case(platform="INTERPOL"))

    [answer] = as_json("check", sent)["returns"]
    [problem] = answer.pop("problems")

    assert answer == {
        "file": "sale.csv",
        "sheet": None,
        "court_id": "tpi-sale",
        "year": 2022,
        "state": "accepted_with_problems",
        "accepted": 1,
        "refused": 1,
        "account": {"seen": 2, "cases": 1, "left_out": 1, "others": {}},
    }
    assert problem["rule"] == "platform_unknown"
    assert problem["severity"] == "block_row"
    assert problem["sheet"] is None
    assert problem["row"] == FIRST_ROW + 1
    assert problem["cell"] == f"D{FIRST_ROW + 1}"
    assert problem["value"] == "INTERPOL"
    assert problem["message"] == problem["messages"]["en"]
    assert set(problem["messages"]) == {"ar", "fr", "en"}


def test_receive_answers_as_check_and_says_what_it_filed(sent, register):
    send(sent / "sale.csv", SALE, 2022, case())
    [checked] = as_json("check", sent)["returns"]

    [first] = as_json("receive", sent, "--register", register)["returns"]
    [again] = as_json("receive", sent, "--register", register)["returns"]

    assert first.items() >= checked.items()
    assert (first["version"], first["already_received"]) == (1, False)
    assert (again["version"], again["already_received"]) == (1, True)
    assert again["return"] == first["return"]


def test_the_samples_give_what_a_careful_reader_expects(register):
    answers = as_json("receive", SAMPLES, "--register", register)["returns"]
    coded = as_json("cases", "--register", register)

    assert sorted(one["file"] for one in answers) == sorted(
        one["file"] for one in EXPECTED
    )
    for answer in answers:
        [expected] = [one for one in EXPECTED if one["file"] == answer["file"]]
        assert answer["state"] == expected["state"], answer["file"]
        assert answer["accepted"] == len(expected["rows"]), answer["file"]
        rules = sorted(one["rule"] for one in answer["problems"])
        assert rules == sorted(one["rule"] for one in expected["problems"])
        rows = [one for one in coded if one["file"] == answer["file"]]
        assert [one["row"] for one in rows] == [one["row"] for one in expected["rows"]]
        for row, careful in zip(rows, expected["rows"], strict=True):
            assert row["platform"] == careful["platform"]
            assert row["first_instance"] == careful["first_instance"]
            assert row["imprisonment_months"] == careful["imprisonment_months"]


def test_cases_have_all_columns_with_whole_numbers_and_nulls(sent, register):
    send(sent / "sale.csv", SALE, 2022, closed_case())
    run("receive", sent, "--register", register)

    [one] = as_json("cases", "--register", register)

    assert set(one) >= {*CODED_COLUMNS, "return", "file", "sheet", "row"}
    assert (one["row"], one["year"]) == (FIRST_ROW, 2022)
    assert isinstance(one["year"], int)
    assert one["imprisonment_months"] is None
    assert one["fine_mad"] is None
    assert one["sheet"] is None
    assert (one["stage"], one["result"], one["circuit_id"]) == (
        "closed",
        "none",
        "ca-rabat",
    )


def test_an_empty_register_has_an_empty_list_of_cases(sent, register):
    send_nil(sent / "sale.csv", SALE, 2022)
    run("receive", sent, "--register", register)

    assert as_json("cases", "--register", register) == []


def test_a_check_looks_across_the_files_it_is_given(sent):
    send(sent / "ca.csv", APPEAL_RABAT, 2022, case(reference="15/2022"))
    send(sent / "tpi.csv", SALE, 2022, case(reference="15/2022"))

    result = run("check", sent, "--format", "json")

    appeal, first = json.loads(result.stdout)["returns"]
    assert [one["rule"] for one in appeal["problems"]] == ["second_degree_case"]
    assert (appeal["accepted"], appeal["refused"]) == (0, 1)
    assert first["problems"] == []
    assert result.exit_code == 1
    assert "15/2022" not in result.output


def test_a_check_files_nothing(sent, tmp_path, monkeypatch):
    send(sent / "sale.csv", SALE, 2022, case())
    monkeypatch.chdir(tmp_path)

    run("check", sent)

    assert [path.name for path in tmp_path.iterdir()] == ["sent"]


def test_the_register_is_that_of_the_workbench_unless_told_otherwise(
    sent, tmp_path, monkeypatch
):
    send(sent / "sale.csv", SALE, 2022, case())
    monkeypatch.chdir(empty_workbench(tmp_path))

    run("receive", sent)

    assert len(as_json("cases")) == 1
    assert (tmp_path / "data" / "register" / "register.sqlite").is_file()


# CSV


def test_csv_has_one_line_per_problem_and_one_for_a_return_without(sent):
    send(sent / "a.csv", SALE, 2021, case())
    send(sent / "b.csv", SALE, 2022, case(platform="Y"), case(platform=""))

    lines = as_csv("check", sent)

    assert [(line["file"], line["rule"]) for line in lines] == [
        ("a.csv", ""),
        ("b.csv", "platform_unknown"),
        ("b.csv", "platform_missing"),
    ]


def test_csv_never_holds_a_cell_that_a_spreadsheet_would_run(sent):
    send(sent / "sale.csv", SALE, 2022, case(platform="@SUM(1)"))

    [line] = as_csv("check", sent)

    assert line["value"] == "'@SUM(1)"


def test_csv_of_cases_leaves_what_is_missing_empty(sent, register):
    send(sent / "sale.csv", SALE, 2022, closed_case())
    run("receive", sent, "--register", register)

    [line] = as_csv("cases", "--register", register)

    assert (line["year"], line["fine_mad"], line["stage"]) == ("2022", "", "closed")


# Text


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", ["Court of First Instance of Sale", "1 case accepted, 1 row left out"]),
        ("fr", ["1 affaire acceptée, 1 ligne écartée", "accepté avec remarques"]),
        ("ar", ["قبلت قضية واحدة، استبعد سطر واحد", "مقبول مع ملاحظات"]),
    ],
)
def test_text_says_where_what_and_how_many_in_the_readers_language(
    sent, language, words
):
    send(sent / "sale.csv", SALE, 2022, case(), case(platform="INTERPOL"))

    text = run("check", sent, "--language", language).stdout

    for each in [*words, "sale.csv", "2022", f"D{FIRST_ROW + 1}", "INTERPOL"]:
        assert each in text


def test_text_says_that_a_file_was_received_before_or_replaces_another(sent, register):
    first = send(sent / "1.csv", SALE, 2022, case())
    second = send(sent / "2.csv", SALE, 2022, closed_case())
    run("receive", first, "--register", register)

    assert "nothing changed" in run("receive", first, "--register", register).stdout
    assert "Version 2" in run("receive", second, "--register", register).stdout


def test_text_says_which_other_return_now_stands_differently(sent, register):
    appeal = send(sent / "ca.csv", APPEAL_RABAT, 2022, case(reference="15/2022"))
    first = send(sent / "tpi.csv", SALE, 2022, case(reference="15/2022"))
    run("receive", appeal, "--register", register)

    text = run("receive", first, "--register", register).stdout

    assert "changed what stands for Court of Appeal of Rabat, 2022 (ca.csv)" in text


def test_text_of_cases_counts_by_court_and_year(sent, register):
    send(sent / "a.csv", SALE, 2021, case(), closed_case())
    send(sent / "b.csv", SALE, 2022, case())
    run("receive", sent, "--register", register)

    lines = run("cases", "--register", register).stdout.splitlines()

    [total] = [line.split() for line in lines if "All courts" in line]
    assert [word for word in total if word.isdigit()] == ["2", "1", "3"]
    # Of 112 courts 14 were opened later; of all but one nothing was ever reported.
    [answered] = [line.split() for line in lines if "Answered" in line]
    assert [word for word in answered if "/" in word] == ["1/98", "1/98"]
    text = " ".join(" ".join(lines).replace("│", " ").split())
    assert (text.count("not known;"), text.count("97")) == (2, 2)


def test_text_carries_no_character_that_steers_a_terminal(sent):
    send(sent / "sale.csv", SALE, 2022, case(platform="INTER\x1b[31mPOL"))

    assert "\x1b" not in run("check", sent).stdout


# Exit codes


@pytest.mark.parametrize(
    ("rows", "code"),
    [
        ([case()], 0),
        ([case(body="إدارة الجمارك")], 0),
        ([["لا شيء"]], 0),
        ([case(), case(platform="X")], 1),
        ([], 1),
    ],
    ids=["accepted", "asked", "nil", "a row refused", "a return refused"],
)
def test_the_exit_code_is_one_when_something_was_refused(sent, register, rows, code):
    path = send(sent / "sale.csv", SALE, 2022, *rows)

    assert run("check", path).exit_code == code
    assert run("receive", path, "--register", register).exit_code == code
    assert run("receive", path, "--register", register).exit_code == code


def test_a_path_that_is_not_there_does_not_repeat_a_personal_name(tmp_path):
    result = run("check", tmp_path / "0600000000.csv")
    assert result.exit_code == 2
    assert "(name withheld).csv: not found" in result.stderr
    assert "0600000000" not in result.output


def test_text_says_that_a_return_without_a_sound_row_does_not_count(sent, register):
    send(sent / "sale.csv", SALE, 2022, case(platform="INTERPOL"))
    answer = run("receive", sent, "--register", register)
    assert "the court stands as not reported" in answer.stdout


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["check", "nowhere.csv"], "nowhere.csv"),
        (["check"], "PATH"),
        (["check", ".", "--court", "tpi-atlantis"], "'tpi-atlantis'; expected one of"),
        (["check", ".", "--year", "soon"], "--year is 'soon'; expected a year from"),
        (["check", ".", "--year", "1999"], "--year is '1999'; expected a year from"),
        (["check", ".", "--format", "xml"], "xml"),
        (["check", ".", "--colour", "red"], "--colour"),
        (["check", "."], "no file to read"),
        (["reveive", "."], "reveive"),
        (["form", "--year", "2024", "-o", "x.xlsx"], "either --court ID or --all"),
        (
            ["form", "--court", "tpi-atlantis", "--year", "2024", "-o", "x.xlsx"],
            "tpi-atlantis",
        ),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_wrong_usage_is_named_and_exits_with_two(
    arguments, message, tmp_path, monkeypatch
):
    monkeypatch.chdir(tmp_path)

    result = run(*arguments)

    assert result.exit_code == 2
    assert message in result.stderr
    assert result.stdout == ""
    assert "Traceback" not in result.output


def test_a_missing_register_is_one_line_and_exits_with_one(tmp_path):
    result = run("cases", "--register", tmp_path / "none")

    assert result.exit_code == 1
    assert result.stderr.count("\n") == 1
    assert "no register there" in result.stderr


def test_cases_are_out_of_reach_of_a_shared_run(tmp_path, monkeypatch):
    monkeypatch.setenv("QADAYA_AUDIENCE", "shared")

    result = run("cases", "--register", tmp_path)

    assert result.exit_code == 1
    assert "shared pages" in result.stderr


# Files and folders


def test_a_folder_is_walked_in_order_without_hidden_lock_and_foreign_files(sent):
    send(sent / "b.csv", SALE, 2022, case())
    send(sent / "a" / "deep.csv", SALE, 2021, case())
    for name in ("~$b.xlsx", ".~lock.b.csv#", ".hidden.csv", "notes.md"):
        (sent / name).write_text("x")

    result = run("check", sent, "--format", "json")

    files = [one["file"] for one in json.loads(result.stdout)["returns"]]
    assert files == ["deep.csv", "b.csv"]
    assert "notes.md: passed over" in result.stderr


def test_a_file_named_twice_is_read_once(sent):
    path = send(sent / "a.csv", SALE, 2022, case())

    assert len(as_json("check", path, sent, path)["returns"]) == 1


def test_the_court_and_year_may_be_given_where_the_file_tells_neither(sent):
    path = send(sent / "return.csv", "", "", case())

    [bare] = as_json("check", path)["returns"]
    [told] = as_json("check", path, "--court", "tpi-sale", "--year", 2022)["returns"]

    assert bare["state"] == "refused"
    assert (told["court_id"], told["year"]) == ("tpi-sale", 2022)


@pytest.mark.parametrize("language", ["ar", "fr", "en"])
@pytest.mark.parametrize("format_", ["text", "json", "csv"])
def test_no_answer_repeats_a_personal_value(sent, register, format_, language):
    path = send(sent / f"{PHONE}.csv", SALE, 2022, case(subject=f"حيازة {PHONE}"))
    options = ["--format", format_, "--language", language]

    results = [
        run("check", path, *options),
        run("receive", path, "--register", register, *options),
        run("cases", "--register", register, "--format", format_),
    ]

    assert "personal_data" in results[0].output or format_ == "text"
    assert all(PHONE not in result.output for result in results)


def test_many_files_are_answered_in_the_order_given(sent, register):
    years = (2021, 2022, 2023)
    courts = [
        "بسلا",
        "بالرباط",
        "بفاس",
        "بالناظور",
        "بآسفي",
        "بأكادير",
        "بوجدة",
        "بطنجة",
    ]
    files = [
        send(
            sent / f"{i}{year}.csv", f"المحكمة الابتدائية {court}", year, closed_case()
        )
        for i, court in enumerate(courts)
        for year in years
    ][::-1]

    answers = as_json("receive", *files, "--register", register)["returns"]

    assert len(files) > 20
    assert [one["file"] for one in answers] == [path.name for path in files]
    assert {one["state"] for one in answers} == {"accepted"}


# The form


def test_a_form_is_written_for_one_court(tmp_path):
    path = tmp_path / "form.xlsx"

    result = run("form", "--court", "tpi-sale", "--year", "2024", "-o", path)

    assert result.exit_code == 0
    assert result.stdout.strip() == str(path)
    [answer] = as_json("check", path)["returns"]
    assert (answer["court_id"], answer["year"]) == ("tpi-sale", 2024)
    assert "empty_return" in [one["rule"] for one in answer["problems"]]


# Real processes


def test_the_installed_command_answers_in_utf8_whatever_the_locale(sent):
    send(sent / "سلا.csv", SALE, 2022, case())

    result = qadaya(
        "check", sent, "--language", "ar", env={**os.environ, "LC_ALL": "C"}
    )

    assert result.returncode == 0
    assert "سلا.csv" in result.stdout
    assert result.stderr == ""


# Presses Ctrl-C in the middle: once the first receipts are in the log and on the disk.
INTERRUPTED = """
import os, pathlib, signal, sys
log, sync = pathlib.Path(sys.argv.pop(1), "receipts.jsonl"), os.fsync

def synced(file):
    sync(file)
    if log.exists() and log.stat().st_size:
        os.fsync = sync
        os.kill(os.getpid(), signal.SIGINT)

os.fsync = synced
from qadaya.cli import main
main()
"""


def test_ctrl_c_while_receiving_files_nothing_half(sent, register):
    for number in range(60):
        send(sent / f"{number:03}.csv", SALE, 2022, case(subject=f"حيازة صور {number}"))
    command = [sys.executable, "-c", INTERRUPTED, register]
    done = subprocess.run(
        [*command, "receive", sent, "--register", register],
        capture_output=True,
        text=True,
        timeout=600,
    )

    assert done.returncode == 130
    assert done.stderr.count("\n") == 1, done.stderr
    assert "Ctrl-C" in done.stderr
    filed = len((register / "receipts.jsonl").read_text().splitlines())
    assert 0 < filed < 60
    with sqlite3.connect(register / "register.sqlite") as database:
        assert database.execute("SELECT count(*) FROM receipts").fetchone() == (filed,)
    assert not [p for p in Path(register).rglob("*.part")]
    assert len(list((register / "originals").rglob("*.csv"))) == filed


def test_help_answers_without_loading_what_reads_files():
    code = (
        "import sys; import qadaya.cli; "
        "heavy = {'pandas', 'plotly', 'openpyxl', 'nbconvert'}; "
        "print(sorted(heavy & set(sys.modules)))"
    )

    result = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )

    assert result.stdout.strip() == "[]"


@pytest.mark.parametrize("command", ["check", "receive"])
def test_returns_are_read_without_loading_what_makes_tables(tmp_path, command):
    sent = send(tmp_path / "sent.csv", SALE, 2024, case())
    code = (
        "import sys; from qadaya.cli import app; "
        "app(sys.argv[1:], standalone_mode=False); "
        "heavy = {'pandas', 'numpy', 'plotly', 'openpyxl', 'duckdb'}; "
        "print(sorted(heavy & set(sys.modules)))"
    )
    register = ["--register", tmp_path / "register"] if command == "receive" else []

    result = subprocess.run(
        [sys.executable, "-c", code, command, sent, *register],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
    )

    assert "accepted" in result.stdout
    assert result.stdout.splitlines()[-1] == "[]"
