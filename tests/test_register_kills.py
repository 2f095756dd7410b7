"""A register whose processes are killed: nothing lost, nothing half, nothing left over.

And an edition: it is there whole, or not at all.
"""

import random
import shutil
import time
from functools import partial

import pytest

from kills import BESIDE_ANOTHER, ended_well, killed_at, start, steps_that_kill
from qadaya.editions.build import build_edition
from qadaya.editions.edition import edition_at
from qadaya.returns.register import Register
from sent_returns import case, closed_case, send
from small_register import COURTS
from small_register import register as counted

SALE, RABAT, FES = "tpi-sale", "tpi-rabat", "tpi-fes"


def courts(register):
    return sorted(register.returns()["court_id"])


def receipts(register):
    return (register.folder / "receipts.jsonl").read_bytes().count(b"\n")


def left_over(folder):
    parts = [path.name for path in folder.rglob("*.part*")]
    journals = [path.name for path in folder.rglob("*-journal")]
    return parts + journals


@pytest.fixture
def register(tmp_path):
    return Register(tmp_path / "register")


@pytest.fixture
def sent(tmp_path):
    return tmp_path / "sent"


def test_a_receipt_killed_at_any_step_is_filed_whole_or_not_at_all(register, sent):
    register.receive(send(sent / "sale.csv", SALE, 2022, case()))
    rabat = send(sent / "rabat.csv", RABAT, 2022, closed_case())
    before = shutil.copytree(register.folder, sent / "before")
    found = []

    for _ in steps_that_kill(partial(register.receive, rabat), every=6):
        found.append(courts(register))
        assert found[-1] in ([SALE], [RABAT, SALE])
        assert receipts(register) == len(found[-1])
        register.receive(rabat)
        assert courts(register) == [RABAT, SALE]
        assert receipts(register) == 2
        assert left_over(register.folder) == []
        shutil.rmtree(register.folder)
        shutil.copytree(before, register.folder)

    assert len(found) > 10
    assert found[0] == [SALE]
    assert found[-1] == [RABAT, SALE]


def test_a_first_receipt_killed_at_any_step_is_taken_the_next_time(register, sent):
    sale = send(sent / "sale.csv", SALE, 2022, case())
    killed = 0

    for _ in steps_that_kill(partial(register.receive, sale), every=6):
        register.receive(sale)
        assert courts(register) == [SALE]
        assert receipts(register) == 1
        assert left_over(register.folder) == []
        shutil.rmtree(register.folder)
        killed += 1

    assert killed > 10


def test_a_rebuild_killed_at_any_step_leaves_the_database_that_was_there(
    register, sent
):
    for court in (SALE, RABAT):
        register.receive(send(sent / f"{court}.csv", court, 2022, case()))
    killed = 0

    for _ in steps_that_kill(register.rebuild, every=8):
        assert courts(register) == [RABAT, SALE]
        killed += 1
    register.receive(send(sent / "fes.csv", FES, 2022, case()))

    assert killed > 10
    assert courts(register) == [FES, RABAT, SALE]
    assert left_over(register.folder) == []


def test_an_edition_killed_at_any_step_is_there_whole_or_not_at_all(tmp_path):
    inputs = counted()
    place = tmp_path / "internal"

    def build():
        build_edition(
            *inputs, audience="internal", folder=tmp_path, as_of="2024-03-05",
            courts=COURTS,
        )  # fmt: skip

    for _ in steps_that_kill(build, every=25):
        for made in place.glob("2*"):
            assert edition_at(made).cube["n"].sum() == 5
            shutil.rmtree(made)
    build()

    assert [made.name for made in place.glob("2*")] == ["2024.1"]
    assert left_over(tmp_path) == []


def test_an_edition_killed_beside_another_leaves_the_other_whole(tmp_path):
    draw = random.Random(2)
    inputs = counted()
    place = tmp_path / "internal"

    def build(as_of):
        build_edition(
            *inputs, audience="internal", folder=tmp_path, as_of=as_of, courts=COURTS
        )

    for trial in range(BESIDE_ANOTHER):
        other = start(partial(build, "2024-03-05"))
        killed_at(draw.randrange(1, 400), partial(build, "2025-03-05"))
        assert ended_well(other)
        for made in place.glob("2*"):
            assert edition_at(made).cube["n"].sum() == 5
        build("2025-03-05")
        assert sorted(made.name for made in place.glob("2*")) == ["2024.1", "2025.1"]
        assert left_over(tmp_path) == [], trial
        shutil.rmtree(place)


def test_a_process_killed_beside_another_one_costs_the_other_nothing(register, sent):
    draw = random.Random(1)
    register.receive(send(sent / "first.csv", RABAT, 2012, case()))
    trials = range(BESIDE_ANOTHER)

    for trial in trials:
        # Two courts write in turn; each file is another, by its reference.
        mine, theirs = (
            send(sent / f"{court}.csv", court, 2013, case(reference=f"{trial}/2610"))
            for court in (SALE, FES)
        )
        work = register.rebuild if trial % 3 == 0 else partial(register.receive, mine)
        other = start(partial(register.receive, theirs))
        killed_at(draw.randrange(1, 90), work)
        assert ended_well(other)
        register.receive(mine)
        assert receipts(register) == 1 + 2 * (trial + 1)

    assert courts(register) == sorted([RABAT, *[FES, SALE] * len(trials)])
    assert left_over(register.folder) == []


def test_rebuilds_beside_receipts_lose_none_of_them(register, sent):
    register.receive(send(sent / "first.csv", RABAT, 2022, case()))
    for trial in range(BESIDE_ANOTHER // 2):
        files = [
            send(
                sent / f"{year}.csv", SALE, year, case(reference=f"{trial}/2610/{year}")
            )
            for year in range(2012, 2020)
        ]
        receiving = start(partial(register.receive_all, files))
        first = start(register.rebuild)
        time.sleep(0.05 * (trial % 8))
        second = start(register.rebuild)

        assert ended_well(receiving, first, second)
        assert len(register.returns()) == 1 + len(files) * (trial + 1)
        assert receipts(register) == 1 + len(files) * (trial + 1)
    assert left_over(register.folder) == []


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
