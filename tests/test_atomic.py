"""A file or a folder is there as a whole, or not at all."""

import os
import stat
from contextlib import contextmanager

import pytest

from qadaya import atomic
from qadaya.atomic import (
    file_beside,
    files_beside,
    folder_beside,
    parts_of,
    write_bytes,
    write_text,
)


@contextmanager
def one_file(folder):
    with file_beside(folder / "a.txt") as part:
        yield part


@contextmanager
def one_of_several_files(folder):
    with files_beside(folder) as part:
        yield part / "a.txt"


@contextmanager
def one_file_of_a_folder(folder):
    with folder_beside(folder / "new") as part:
        yield part / "a.txt"


SHAPES = [one_file, one_of_several_files, one_file_of_a_folder]


def names(folder):
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*"))


def test_a_text_is_written_in_utf_8_and_nothing_stands_beside_it(tmp_path):
    write_text(tmp_path / "a.txt", "قضايا\r\n")
    assert (tmp_path / "a.txt").read_bytes() == "قضايا\r\n".encode()
    assert names(tmp_path) == ["a.txt"]


def test_whoever_looks_while_a_file_is_written_sees_the_earlier_one(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text("earlier")
    with file_beside(path) as part:
        part.write_text("half of the")
        assert path.read_text() == "earlier"
        part.write_text("later")
    assert path.read_text() == "later"


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("fault", [ValueError, OSError, KeyboardInterrupt, SystemExit])
def test_after_a_fault_all_is_as_it_was(tmp_path, shape, fault):
    (tmp_path / "a.txt").write_text("earlier")
    with pytest.raises(fault), shape(tmp_path) as part:
        part.write_text("half")
        raise fault
    assert names(tmp_path) == ["a.txt"]
    assert (tmp_path / "a.txt").read_text() == "earlier"


def test_no_file_is_replaced_until_all_are_written(tmp_path):
    (tmp_path / "a.txt").write_text("earlier")
    with files_beside(tmp_path) as part:
        (part / "a.txt").write_text("later")
        assert (tmp_path / "a.txt").read_text() == "earlier"
        (part / "b.txt").write_text("later")
    assert names(tmp_path) == ["a.txt", "b.txt"]
    assert (tmp_path / "a.txt").read_text() == "later"


def test_a_folder_with_files_is_never_replaced(tmp_path):
    (tmp_path / "new").mkdir()
    (tmp_path / "new" / "kept.txt").write_text("")
    with (
        pytest.raises(OSError, match="not empty"),
        folder_beside(tmp_path / "new") as part,
    ):
        (part / "a.txt").write_text("")
    assert names(tmp_path) == ["new", "new/kept.txt"]


@pytest.mark.parametrize("links", [True, False], ids=["links", "no links"])
def test_a_file_that_another_wrote_in_the_meantime_may_stay(
    tmp_path, monkeypatch, links
):
    def refuse(*_):
        raise PermissionError(1, "no links on this disk")

    if not links:
        monkeypatch.setattr(atomic.os, "link", refuse)
    write_bytes(tmp_path / "a.txt", b"first", replace=False)
    with pytest.raises(FileExistsError):
        write_bytes(tmp_path / "a.txt", b"second", replace=False)
    assert (tmp_path / "a.txt").read_bytes() == b"first"
    assert names(tmp_path) == ["a.txt"]


def test_a_secret_is_its_owners_alone_from_the_first_byte(tmp_path):
    with file_beside(tmp_path / "key", mode=0o600) as part:
        assert stat.S_IMODE(part.stat().st_mode) == 0o600
        part.write_text("key")
        assert stat.S_IMODE(part.stat().st_mode) == 0o600
    assert stat.S_IMODE((tmp_path / "key").stat().st_mode) == 0o600


def test_others_may_read_a_file_as_the_umask_lets_them(tmp_path):
    earlier = os.umask(0o027)
    try:
        write_text(tmp_path / "a.txt", "")
        with folder_beside(tmp_path / "new"):
            pass
    finally:
        os.umask(earlier)
    assert stat.S_IMODE((tmp_path / "a.txt").stat().st_mode) == 0o640
    assert stat.S_IMODE((tmp_path / "new").stat().st_mode) == 0o750


def test_what_must_last_is_on_the_disk_before_it_has_its_name(tmp_path, monkeypatch):
    done = []
    monkeypatch.setattr(atomic, "_flush", lambda path: done.append(path))
    monkeypatch.setattr(atomic.os, "replace", lambda *pair: done.append(pair))
    write_text(tmp_path / "a.txt", "kept", durable=True)
    part = done[0]
    assert done == [part, (part, tmp_path / "a.txt"), tmp_path]


def test_every_file_of_a_lasting_folder_is_on_the_disk(tmp_path, monkeypatch):
    flushed = []
    monkeypatch.setattr(atomic, "_flush", lambda path: flushed.append(path.name))
    with folder_beside(tmp_path / "new", durable=True) as part:
        (part / "a.txt").write_text("")
        (part / "b.txt").write_text("")
    assert sorted(flushed[:2]) == ["a.txt", "b.txt"]
    assert flushed[2:] == [part.name, tmp_path.name]


def test_what_a_killed_process_left_is_found_by_its_number(tmp_path):
    with file_beside(tmp_path / ("a" * 250)) as part:
        assert parts_of(os.getpid(), tmp_path) == [part]
        assert parts_of(os.getpid() + 1, tmp_path) == []
    assert parts_of(os.getpid(), tmp_path) == []


def test_a_folder_that_is_not_there_says_so(tmp_path):
    with pytest.raises(FileNotFoundError):
        write_text(tmp_path / "none" / "a.txt", "")
