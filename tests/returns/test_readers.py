"""A file that ends its reader is one refused return, and the next one is read."""

import io
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from docx import Document
from openpyxl import Workbook
from paper_forms import case, form, save_csv, save_xlsx

from qadaya.errors import ParameterError
from qadaya.returns import check_content, reader
from qadaya.returns.check import check_file
from qadaya.returns.limits import Limits, read_limits
from qadaya.returns.one_reader import Request
from qadaya.returns.read.bounds import Bounds
from qadaya.returns.readers import Readers

LIMITS = Limits(
    cpu_seconds=1,
    clock_seconds=120,
    memory_mb=300,
    file_mb=1,
    answer_mb=1,
    readers=2,
)
SECRET = "0600000000"
TIMES = """\
cpu_seconds: 5
clock_seconds: 120
memory_mb: 300
file_mb: 1
answer_mb: 1
readers: 1
"""
KEPT = []
SEEN = "the fifth file was asked for"


def behave(content, name, **options):
    """What a library does over a file that was made for it."""
    if name == "endless":
        while True:
            pass
    if name == "aborts":
        os.abort()
    if name == "waits":
        while not Path(SEEN).exists():
            time.sleep(0.01)
    if name == "keeps":
        # Well above what a copy of a large process may give back at the same time.
        KEPT.append(bytearray(200_000_000))
    if name == "vast":
        bytearray(10**12)
    if name == "fault":
        raise ValueError(SECRET)
    if name in ("talks", "explains"):
        words = "x" * (2_000_000 if name == "talks" else 900_000)
        return [check_content.unreadable(name, "kind", text=words)]
    return check_content.check_content(content, name, **options)


@pytest.fixture
def readers(monkeypatch):
    # A reader is a copy of this process, and copies what is put in its place.
    monkeypatch.setattr(reader, "check_content", behave)
    readers = Readers(LIMITS)
    yield readers
    readers.close()


def good(tmp_path):
    return save_csv(tmp_path / "good.csv", form(case())).read_bytes()


@pytest.mark.parametrize(
    ("name", "reason", "limit"),
    [
        ("endless", "too_long", 1),
        ("aborts", "broke_off", None),
        ("vast", "too_much_memory", 300),
        ("fault", "fault", None),
        ("talks", "too_many_findings", 1),
    ],
)
def test_a_bad_file_is_one_refused_return_and_the_batch_goes_on(
    tmp_path, readers, name, reason, limit
):
    content = good(tmp_path)
    names = ["a.csv", name, "b.csv", name, "c.csv"]
    returns = list(readers.read_all(Request(content, each) for each in names))
    assert [len(one.accepted) for (one,) in returns] == [1, 0, 1, 0, 1]
    for (one,) in (returns[1], returns[3]):
        facts = one.problems[0].facts
        assert (one.file, facts["reason"], facts.get("limit")) == (name, reason, limit)
        assert SECRET not in one.problems[0].message("en")


def test_other_files_are_read_while_one_takes_longer(tmp_path, readers, monkeypatch):
    monkeypatch.chdir(tmp_path)
    content = good(tmp_path)

    def requests():
        for number in range(12):
            if number == 5:
                Path(SEEN).touch()
            yield Request(content, "waits" if number == 0 else f"{number}.csv")

    files = [one.file for (one,) in readers.read_all(requests())]
    assert files == ["waits", *(f"{number}.csv" for number in range(1, 12))]


def test_a_reader_has_the_next_file_before_it_has_answered(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(reader, "check_content", behave)
    content = good(tmp_path)

    def requests():
        yield Request(content, "waits")
        Path(SEEN).touch()
        yield Request(content, "a.csv")

    readers = Readers(LIMITS.model_copy(update={"readers": 1}))
    files = [one.file for (one,) in readers.read_all(requests())]
    readers.close()
    assert files == ["waits", "a.csv"]


@pytest.mark.parametrize("n_bytes", [40_000, 900_000])
def test_a_reader_with_a_long_answer_and_its_desk_with_a_file_get_by(
    monkeypatch, n_bytes
):
    monkeypatch.setattr(reader, "check_content", behave)
    readers = Readers(LIMITS.model_copy(update={"readers": 1}))
    long = Request(b"x" * n_bytes, "explains")
    answers = list(readers.read_all([long] * 4))
    readers.close()
    assert [one.problems[0].facts["reason"] for (one,) in answers] == ["kind"] * 4


def test_a_file_that_waits_behind_one_that_ends_its_reader_is_read(
    tmp_path, monkeypatch
):
    monkeypatch.setattr(reader, "check_content", behave)
    content = good(tmp_path)
    readers = Readers(LIMITS.model_copy(update={"readers": 1}))
    names = ["aborts", "a.csv", "keeps", "b.csv", "talks", "c.csv"]
    returns = list(readers.read_all(Request(content, name) for name in names))
    readers.close()
    assert [len(one.accepted) for (one,) in returns] == [0, 1, 1, 1, 0, 1]


def test_only_so_many_files_are_read_ahead_of_one_that_takes_longer(tmp_path, readers):
    content, asked = good(tmp_path), []

    def requests():
        for number in range(40):
            asked.append(number)
            yield Request(content, "endless" if number == 0 else f"{number}.csv")

    answers = readers.read_all(requests())
    next(answers)
    assert len(asked) == 16
    assert len(list(answers)) == 39


@pytest.mark.parametrize("n_bytes", [10, 900_000])
def test_a_large_file_has_no_more_time_than_a_small_one(readers, n_bytes):
    (one,) = readers.read(Request(b"x" * n_bytes, "endless"))
    facts = one.problems[0].facts
    assert (facts["reason"], facts["limit"]) == ("too_long", 1)


def test_a_fault_of_ours_says_where_it_is_and_nothing_of_the_file(readers):
    ((one,),) = readers.read_all([Request(b"x", "fault")])
    assert one.problems[0].facts["where"].startswith("ValueError, test_readers.py:")


def test_a_reader_that_somebody_else_ended_is_replaced(tmp_path, readers):
    request = Request(good(tmp_path), "a.csv")
    readers.read(request)
    (idle,) = readers._idle
    os.kill(idle._process.pid, signal.SIGKILL)
    assert len(readers.read(request)[0].accepted) == 1


def test_a_reader_reads_many_files(tmp_path, readers):
    request = Request(good(tmp_path), "a.csv")
    processes = set()
    for _ in range(5):
        readers.read(request)
        processes |= {one._process.pid for one in readers._idle}
    assert len(processes) == 1


def test_a_reader_that_keeps_much_of_its_memory_makes_way_for_another(
    tmp_path, readers
):
    readers.read(Request(good(tmp_path), "a.csv"))
    (first,) = readers._idle
    (one,) = readers.read(Request(good(tmp_path), "keeps"))
    assert (len(one.accepted), readers._idle) == (1, [])
    assert not first._process.is_alive()


@pytest.mark.parametrize("n_cases", [2, 2000])
def test_an_answer_is_json_whatever_letters_it_holds(n_cases):
    cases = [{"row": row} for row in range(n_cases)]
    told = {"returns": [{"file": "\udcff é ملف", "accepted": cases, "n": []}]}
    assert json.loads(reader._written(told)) == told


@pytest.mark.parametrize("kind", ["folder", "channel", "device", "loop"])
def test_what_is_no_file_is_told_apart_before_it_is_opened(tmp_path, kind):
    path = tmp_path / "a.xlsx"
    if kind == "folder":
        path.mkdir()
    elif kind == "channel":
        os.mkfifo(path)
    elif kind == "loop":
        path.symlink_to(path)
    else:
        path = Path("/dev/zero")
    (one,) = check_file(path)
    reason = "folder" if kind == "folder" else "not_a_file"
    assert one.problems[0].facts["reason"] == reason


def test_a_reader_holds_nothing_that_its_parent_has_open(tmp_path, readers):
    listening, speaking = os.pipe()

    readers.read(Request(b"no return", "a.csv"))
    os.close(speaking)

    # With a copy of the other end in the reader, this would wait for ever.
    os.set_blocking(listening, False)
    assert os.read(listening, 1) == b""
    os.close(listening)


def test_readers_end_with_their_parent(tmp_path):
    path = save_csv(tmp_path / "good.csv", form(case()))
    code = (
        "import sys, time; from qadaya.returns.check import check_file; "
        "from qadaya.returns.readers import shared_readers; "
        "check_file(sys.argv[1]); "
        "print(shared_readers()._idle[0]._process.pid, flush=True); time.sleep(600)"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code, str(path)], stdout=subprocess.PIPE, text=True
    ) as parent:
        child = int(parent.stdout.readline())
        os.kill(child, 0)  # it is there
        parent.kill()
    for _ in range(600):
        if not is_running(child):
            return
        time.sleep(0.1)
    pytest.fail(f"reader {child} is still there a minute after its parent")


def is_running(process):
    try:
        state = Path(f"/proc/{process}/stat").read_text().rpartition(") ")[2][0]
    except FileNotFoundError:
        return False
    return state != "Z"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("cpu_seconds: 5\n", "clock_seconds: Field required"),
        ("memory_mb: much\n", "expected whole numbers for cpu_seconds"),
        ("cpu_seconds: 5\ncpu_seconds: 6\n", "cpu_seconds"),
        (f"{TIMES}holds: {{rows: many}}\n", r"holds\.rows: .*; expected whole numbers"),
        (f"{TIMES}holds: {{rows: 0}}\n", r"holds\.rows: .*greater than or equal to 1"),
        (f"{TIMES}holds: {{words: 3}}\n", r"holds\.words: .*holds\.rows, holds\.cells"),
    ],
)
def test_limits_that_are_not_as_expected_are_refused(
    tmp_path, monkeypatch, text, message
):
    workbench(tmp_path, monkeypatch, text)
    with pytest.raises(ParameterError, match=message):
        read_limits()


def workbench(folder, monkeypatch, limits):
    for name in ("params", "notebooks"):
        (folder / name).mkdir()
    (folder / "params" / "reading.yml").write_text(limits)
    monkeypatch.setenv("QADAYA_HOME", str(folder))


def test_a_desk_without_bounds_of_its_own_has_those_that_come_with_qadaya(
    tmp_path, monkeypatch
):
    shipped = read_limits().holds
    workbench(tmp_path, monkeypatch, TIMES)
    assert read_limits().holds == shipped == Bounds()


@pytest.mark.parametrize(
    ("bound", "reason"),
    [
        ({"rows": 8}, "too_many_rows"),
        ({"cells": 20}, "too_many_cells"),
        ({"letters": 300}, "too_much_text"),
        ({"line_letters": 100}, "too_much_text"),
    ],
)
def test_a_list_that_holds_more_than_the_desk_allows_is_refused_by_name(
    tmp_path, bound, reason
):
    path = save_csv(tmp_path / "a.csv", form(*[case(subject="نص " * 30)] * 3))
    readers = Readers(LIMITS.model_copy(update={"holds": Bounds(**bound)}))
    (one,) = readers.read(Request(path.read_bytes(), path.name))
    readers.close()
    facts = one.problems[0].facts
    assert (facts["reason"], facts["limit"]) == (reason, *bound.values())


@pytest.mark.parametrize(
    ("bound", "reason"),
    [
        ({"sheets": 1}, "too_many_sheets"),
        ({"parts": 10}, "too_many_parts"),
        ({"unpacked_mb": 1}, "too_large"),
        ({"rows": 8}, "too_many_rows"),
        ({"cells": 20}, "too_many_cells"),
    ],
)
def test_a_workbook_that_holds_more_than_the_desk_allows_is_refused_by_name(
    tmp_path, bound, reason
):
    rows = form(*[case()] * 3)
    path = save_xlsx(
        tmp_path / "a.xlsx", ("a", rows), ("b", [["x" * 30_000] * 60]), ("c", [["x"]])
    )
    readers = Readers(LIMITS.model_copy(update={"holds": Bounds(**bound)}))
    (one,) = readers.read(Request(path.read_bytes(), path.name))
    readers.close()
    facts = one.problems[0].facts
    assert (facts["reason"], facts["limit"]) == (reason, *bound.values())


@pytest.mark.parametrize(
    ("bound", "reason"), [({"nested": 1}, "nested"), ({"columns": 10}, "too_wide")]
)
def test_a_document_that_holds_more_than_the_desk_allows_is_refused_by_name(
    bound, reason
):
    document = Document()
    cell = document.add_table(1, 11).cell(0, 0)
    for _ in range(2):
        cell = cell.add_table(1, 1).cell(0, 0)
    target = io.BytesIO()
    document.save(target)
    readers = Readers(LIMITS.model_copy(update={"holds": Bounds(**bound)}))
    (one,) = readers.read(Request(target.getvalue(), "a.docx"))
    readers.close()
    facts = one.problems[0].facts
    assert (facts["reason"], facts["limit"]) == (reason, *bound.values())


def test_merged_cells_that_reach_over_more_rows_than_allowed_are_refused_by_name():
    book = Workbook()
    for row in form(*[case()] * 3):
        book.active.append(row)
    book.active.merge_cells("B7:B9")
    target = io.BytesIO()
    book.save(target)
    readers = Readers(LIMITS.model_copy(update={"holds": Bounds(merged=2)}))
    (one,) = readers.read(Request(target.getvalue(), "a.xlsx"))
    readers.close()
    facts = one.problems[0].facts
    assert (facts["reason"], facts["limit"]) == ("too_many_cells", 2)
