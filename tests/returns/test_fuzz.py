"""Damaged files: each is read or refused, none raises, and none passes a limit.

2,000 of them here; `make fuzz` tries 50,000 (QADAYA_FUZZ says how many).
"""

import io
import os
import zipfile
from collections import Counter
from pathlib import Path
from random import Random

from binary_books import book, rows, sheet

from qadaya.returns.limits import read_limits
from qadaya.returns.one_reader import Request
from qadaya.returns.readers import Readers

DATA = Path(__file__).parents[1] / "data"
SOUND = {
    path.name: path.read_bytes()
    for folder in ("returns", "cases")
    for path in sorted((DATA / folder).iterdir())
    if path.suffix not in (".json", ".md")
} | {"three-cases.xlsb": book(("s", sheet(*rows())), ("old", sheet(*rows())))}
N_FILES = int(os.environ.get("QADAYA_FUZZ", "2000"))
STEP = 2023
# Damage to a small file may not cost what an honest large one does.
SECONDS, MB = 2, 500


def damaged(rng, content):
    """The bytes with a few flipped, cut out, said twice, or the end cut off."""
    content = bytearray(content)
    for _ in range(rng.randrange(1, 12)):
        if not content:
            break
        at = rng.randrange(len(content))
        length = rng.randrange(1, 40)
        kind = rng.randrange(6)
        if kind == 0:
            content[at] ^= 1 << rng.randrange(8)
        elif kind == 1:
            content[at] = rng.choice(b'\x00\xff<>"&/09;,')
        elif kind == 2:
            del content[at : at + length]
        elif kind == 3:
            content[at:at] = content[at : at + length]
        elif kind == 4:
            content[at : at + 4] = rng.choice((b"\xff\xff\xff\x7f", b"9999", b"-1.0"))
        elif rng.random() < 0.2:
            del content[at:]
    return bytes(content)


def damaged_inside(rng, content):
    """An archive that is sound, of which one part is damaged."""
    target = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as old,
        zipfile.ZipFile(target, "w") as new,
    ):
        # Most of what a document carries is never looked at.
        parts = [n for n in old.namelist() if "theme" not in n and "tyles" not in n]
        chosen = rng.choice(parts)
        for name in old.namelist():
            part = old.read(name)
            new.writestr(name, damaged(rng, part) if name == chosen else part)
    return target.getvalue()


def requests(n_files):
    rng = Random(STEP)
    for number in range(n_files):
        name = list(SOUND)[number % len(SOUND)]
        content = SOUND[name]
        inside = content.startswith(b"PK") and rng.random() < 0.7
        change = damaged_inside if inside else damaged
        yield Request(change(rng, content), name)


def test_a_damaged_file_is_read_or_refused_and_nothing_else():
    reasons = Counter()
    n_read = 0
    readers = Readers(read_limits())
    for returns in readers.read_all(requests(N_FILES)):
        n_read += 1
        assert returns
        for one in returns:
            n_rows = len(one.accepted) + len(one.refused)
            assert one.account.seen == n_rows + sum(one.account.others.values())
            for problem in one.problems:
                if problem.rule == "file_unreadable":
                    facts = problem.facts
                    assert facts["reason"] != "fault", (n_read, facts["where"])
                    reasons[facts["reason"]] += 1
    readers.close()
    assert n_read == N_FILES
    # Of the readers themselves: how long it took by the clock says nothing.
    assert readers.most.seconds < SECONDS
    assert readers.most.mb < MB
    print(n_read, dict(reasons), readers.most)
    # Damage shows: a test that only ever read sound files would say nothing.
    assert reasons["damaged"] > N_FILES / 20
