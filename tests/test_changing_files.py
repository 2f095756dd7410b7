"""A file that changes while it is filed: hash, original and rows are of one reading."""

import hashlib
import os

import pytest

from qadaya.returns import received
from qadaya.returns.check_content import check_content
from qadaya.returns.register import Register, intake
from sent_returns import SALE, case, closed_case, send

OTHERS = ([closed_case()], [case(), case(platform="CPS"), closed_case()])


@pytest.mark.parametrize("others", OTHERS, ids=["fewer", "more"])
def test_what_is_filed_is_what_was_parsed(tmp_path, monkeypatch, others):
    path = send(tmp_path / "sale.csv", SALE, 2022, case(), closed_case())
    before = path.read_bytes()

    def read_and_change(path, *, most):
        content = received.read_bytes(path, most=most)
        send(path, SALE, 2022, *others)
        return content

    monkeypatch.setattr(intake, "read_bytes", read_and_change)
    register = Register(tmp_path / "register")
    register.receive(path)

    assert path.read_bytes() != before
    [original] = (tmp_path / "register" / "originals").rglob("*.csv")
    assert original.read_bytes() == before
    assert original.stem == hashlib.sha256(before).hexdigest()
    (one,) = check_content(before, "sale.csv")
    assert register.cases()["row"].tolist() == [c.row for c in one.accepted]
    register.rebuild()
    assert len(register.cases()) == 2


@pytest.mark.parametrize(
    "change",
    [
        lambda file: os.truncate(file, 10),
        lambda file: file.write_bytes(file.read_bytes() + b"x"),
        lambda file: os.utime(file, ns=(1, 1)),
    ],
    ids=["cut-off", "longer", "written-anew"],
)
def test_a_file_that_changes_between_two_pieces_is_refused(
    tmp_path, monkeypatch, change
):
    path = send(tmp_path / "sale.csv", SALE, 2022, case())
    read, pieces = os.read, []

    def read_and_change(descriptor, size):
        piece = read(descriptor, 20 if not pieces else size)
        if not pieces:
            change(path)
        pieces.append(piece)
        return piece

    monkeypatch.setattr(received.os, "read", read_and_change)
    with pytest.raises(received.Unreadable, match="changing"):
        received.read_bytes(path, most=1_000_000)
