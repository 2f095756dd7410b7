"""Processes that read files, and are replaced when a file ends one.

A received file may be anything: damaged so that a library gives up the whole process,
or made to fill the memory. Such a file is one refused return, and the next one is read.
"""

import atexit
import os
import select
import threading
from collections import deque
from collections.abc import Collection, Iterable, Iterator
from functools import cache

from qadaya.returns.limits import Limits, read_limits
from qadaya.returns.model import Return
from qadaya.returns.one_reader import OneReader, Request, Spent

# For each reader, the files that are read ahead of one that takes longer, and those
# that it has been sent: the one that it is at, and the next.
_AHEAD, _SENT = 8, 2


class Readers:
    """A few processes; each reads one file at a time.

    `most` is the most that any file took which was read to its end.
    """

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.most = Spent()
        self._idle: list[OneReader] = []
        self._lock = threading.Lock()

    def read(self, request: Request) -> list[Return]:
        """The returns in one file."""
        (returns,) = self.read_all([request])
        return returns

    def read_all(self, requests: Iterable[Request]) -> Iterator[list[Return]]:
        """The returns in each file, in the order asked, several read at a time.

        A reader that is done has the next file already, though the answer to an
        earlier one is still to come.
        """
        waiting = iter(enumerate(requests))
        following = None
        working: dict[OneReader, deque[int]] = {}
        answers: dict[int, list[Return]] = {}
        turn = 0
        try:
            while True:
                while self._may_ask(working, answers):
                    following = following or next(waiting, None)
                    if following is None or not self._ask(following, working):
                        break
                    following = None
                if turn in answers:
                    yield answers.pop(turn)
                    turn += 1
                    continue
                if not working:
                    return
                for reader in _done(working):
                    answers[working[reader].popleft()] = reader.answer()
                    if not working[reader]:
                        del working[reader]
                        self._give_back(reader)
        finally:
            for reader in working:  # nobody wants to hear them any more
                reader.end()

    def _may_ask(
        self, working: dict[OneReader, deque[int]], answers: dict[int, list[Return]]
    ) -> bool:
        n_asked = sum(map(len, working.values()))
        return n_asked + len(answers) < _AHEAD * self.limits.readers

    def _ask(
        self, following: tuple[int, Request], working: dict[OneReader, deque[int]]
    ) -> bool:
        """Whether there is a reader for the file that follows; it is asked then."""
        number, request = following
        if len(working) < self.limits.readers:
            reader = self._borrow()
            working[reader] = deque()
        elif request.may_wait:
            reader = min(working, key=lambda reader: len(working[reader]))
        else:
            return False
        if len(working[reader]) >= _SENT:
            return False
        working[reader].append(number)
        reader.ask(request)
        return True

    def close(self) -> None:
        """End the processes."""
        with self._lock:
            idle, self._idle = self._idle, []
        for reader in idle:
            reader.stop()  # all of them first: a large process takes its time to go
        for reader in idle:
            reader.end()

    def _borrow(self) -> OneReader:
        with self._lock:
            while self._idle:
                reader = self._idle.pop()
                if reader.is_alive():
                    return reader
                reader.end()
        return OneReader(self.limits)

    def _give_back(self, reader: OneReader) -> None:
        self.most = Spent(*map(max, self.most, reader.spent))
        with self._lock:
            if not reader.retires and len(self._idle) < self.limits.readers:
                self._idle.append(reader)
                return
        reader.end()


def _done(working: Collection[OneReader]) -> list[OneReader]:
    """The readers that have answered, or are gone, or have had all their time."""
    answers = select.poll()
    for reader in working:
        answers.register(reader.fileno(), select.POLLIN)
    left = min(reader.seconds_left for reader in working)
    told = {descriptor for descriptor, _ in answers.poll(left * 1000)}
    return [
        reader
        for reader in working
        if reader.fileno() in told or not reader.seconds_left
    ]


def shared_readers() -> Readers:
    """The readers of this process, started when the first file comes."""
    return _readers_of(os.getpid())


@cache
def _readers_of(process: int) -> Readers:
    readers = Readers(read_limits())
    atexit.register(readers.close)
    return readers
