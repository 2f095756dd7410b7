"""A register whose processes are killed: nothing lost, nothing half, nothing left over.

A child of this process does the work and is killed at its n-th step, for every n until
it comes to its end. A step is a call that changes a file or the database.
"""

import os
import random
import signal
import sys
import time
from functools import partial

import pytest

from qadaya.returns.register import Register
from sent_returns import case, closed_case, send

SALE, RABAT, FES = "tpi-sale", "tpi-rabat", "tpi-fes"
STEPS = {
    *("open", "mkdir", "rename", "replace", "unlink", "link"),
    *("fsync", "ftruncate", "pwrite", "write", "flock"),
    *("execute", "executemany", "close"),
}


def killed_at(step, work):
    """Whether a child that does the work was killed before it had done it all."""
    child = os.fork()
    if child == 0:
        _die_at(step, work)
    _, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status):
        assert os.WTERMSIG(status) == signal.SIGKILL
        return True
    assert os.WEXITSTATUS(status) == 0
    return False


def _die_at(step, work):
    taken = 0

    def count(frame, event, function):
        nonlocal taken
        if event == "c_call" and function.__name__ in STEPS:
            taken += 1
            if taken == step:
                os.kill(os.getpid(), signal.SIGKILL)

    code = 1
    try:
        sys.setprofile(count)
        work()
        code = 0
    finally:
        sys.setprofile(None)
        os._exit(code)


def every_step(work, after):
    """Kill the work at each of its steps in turn; `after` looks at what is there."""
    step = 1
    while killed_at(step, work):
        after()
        step += 1
    after()
    return step


def courts(register):
    return sorted(register.returns()["court_id"])


def receipts(register):
    return len((register.folder / "receipts.jsonl").read_bytes().splitlines())


def left_over(register):
    parts = [path.name for path in register.folder.rglob("*.part*")]
    journals = [path.name for path in register.folder.glob("*-journal")]
    return parts + journals


@pytest.fixture
def register(tmp_path):
    return Register(tmp_path / "register")


@pytest.fixture
def sent(tmp_path):
    return tmp_path / "sent"


def test_a_receipt_killed_at_any_step_is_filed_whole_or_not_at_all(tmp_path, sent):
    sale = send(sent / "sale.csv", SALE, 2022, case())
    rabat = send(sent / "rabat.csv", RABAT, 2022, closed_case())
    folders = iter(range(1000))

    def fresh():
        register = Register(tmp_path / str(next(folders)))
        register.receive(sale)
        return register

    step, register = 1, fresh()
    while killed_at(step, partial(register.receive, rabat)):
        seen = courts(register)
        assert seen in ([SALE], [RABAT, SALE])
        assert receipts(register) == len(seen)
        register.receive(rabat)
        assert courts(register) == [RABAT, SALE]
        assert receipts(register) == 2
        assert left_over(register) == []
        step, register = step + 1, fresh()
    assert step > 20


def test_a_rebuild_killed_at_any_step_leaves_the_database_that_was_there(
    register, sent
):
    for court in (SALE, RABAT):
        register.receive(send(sent / f"{court}.csv", court, 2022, case()))

    def look():
        assert courts(register) == [RABAT, SALE]

    steps = every_step(register.rebuild, look)
    register.receive(send(sent / "fes.csv", FES, 2022, case()))

    assert steps > 20
    assert courts(register) == [FES, RABAT, SALE]
    assert left_over(register) == []


def test_a_process_killed_beside_another_one_costs_the_other_nothing(register, sent):
    draw = random.Random(1)
    beside = [
        send(sent / f"beside-{year}.csv", FES, year, case())
        for year in range(2012, 2022)
    ]
    for turn, path in enumerate(beside):
        mine = send(sent / f"mine-{turn}.csv", SALE, 2012 + turn, case())
        other = os.fork()
        if other == 0:
            _die_at(0, lambda path=path: register.receive(path))
        killed_at(draw.randrange(1, 60), lambda mine=mine: register.receive(mine))
        _, status = os.waitpid(other, 0)
        assert status == 0
        register.receive(mine)

    assert courts(register) == sorted([FES, SALE] * len(beside))
    assert receipts(register) == 2 * len(beside)
    assert left_over(register) == []


@pytest.mark.parametrize("trial", range(10))
def test_a_rebuild_beside_receipts_loses_none_of_them(register, sent, trial):
    first = send(sent / "first.csv", RABAT, 2022, case())
    register.receive(first)
    files = [
        send(sent / f"{year}.csv", SALE, year, case()) for year in range(2012, 2024)
    ]
    receiving = os.fork()
    if receiving == 0:
        _die_at(0, lambda: register.receive_all(files))
    rebuilding = []
    for wait in (0.0, 0.05 * trial):
        time.sleep(wait)
        child = os.fork()
        if child == 0:
            _die_at(0, register.rebuild)
        rebuilding.append(child)

    ended = [os.waitpid(child, 0)[1] for child in (receiving, *rebuilding)]

    assert ended == [0, 0, 0]
    assert len(register.returns()) == 1 + len(files)
    assert receipts(register) == 1 + len(files)
    assert left_over(register) == []


def test_a_crash_beside_a_running_batch_blocks_nobody(register, sent):
    """The batch comes after a line that nobody has filed."""
    files = [send(sent / f"{year}.csv", SALE, year, case()) for year in (2020, 2021)]
    rabat = send(sent / "rabat.csv", RABAT, 2022, closed_case())
    received = []

    def crash_in_between():
        if not received:
            before = register.database.read_bytes()
            Register(register.folder).receive(rabat)
            # Its line is in the log; of its commit nothing came to the disk.
            with register.database.open("r+b") as database:
                database.write(before)
                database.truncate(len(before))
        received.append(1)

    register.receive_all(files, on_filed=crash_in_between)
    register.receive(send(sent / "fes.csv", FES, 2022, case()))

    assert courts(register) == [FES, RABAT, SALE, SALE]
    assert receipts(register) == 4
