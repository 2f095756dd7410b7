"""One process that reads: asked for a file, it answers, or it ends and is replaced."""

import json
import multiprocessing
import os
import select
import signal
import socket
import tempfile
import time
from collections import deque
from contextlib import suppress
from multiprocessing.connection import Connection
from typing import Any, NamedTuple

from qadaya.returns.check_content import unreadable
from qadaya.returns.limits import Limits
from qadaya.returns.loaded import load_once
from qadaya.returns.model import Return
from qadaya.returns.personal import shown_name
from qadaya.returns.reader import returns_from, serve

_MB = 1_000_000
_LAST_WORDS = 4096
# What any system's pipe takes in before it is read, once it is asked to.
_PIPE, _WAITING = 64_000, 48_000
# How the Rust of a library and the C++ of another say that they got no memory.
_NO_MEMORY = (b"memory allocation", b"bad_alloc", b"out of memory", b"MemoryError")


class Request(NamedTuple):
    """A file to be read: its bytes, its name, and what its sender says besides.

    `received`: the year in which it came, else today's.
    """

    content: bytes
    name: str
    court: str | None = None
    year: int | None = None
    received: int | None = None

    @property
    def may_wait(self) -> bool:
        """Whether it can be sent to a reader that is still at another file.

        A larger one would not fit in the pipe: its sender would wait for the reader,
        and the reader, with a long answer, for the sender.
        """
        return len(self.content) <= _WAITING


class Spent(NamedTuple):
    """Seconds of the processor for a file, and MB that its reader ever held."""

    seconds: float = 0.0
    mb: float = 0.0


class OneReader:
    """A process and the pipe to it; `spent` is what its last file took.

    It may be asked for one file more while it is at work, so that it need not wait for
    the next one; it answers in the order asked. `retires`: with that answer it ended.
    """

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self.spent = Spent()
        self._asked: deque[Request] = deque()
        self._start()

    def _start(self) -> None:
        # A copy of this process has loaded what files are read by, and is there at
        # once; it touches nothing else that was copied.
        load_once()
        context: Any = multiprocessing.get_context("fork")
        self._errors = tempfile.TemporaryFile()  # noqa: SIM115 - closed with it
        self._asking: Connection
        self._asking, asked = context.Pipe()
        _widen(self._asking)
        self._process = context.Process(
            target=_run,
            args=(self._asking, asked, self._limits, self._errors.fileno()),
            kwargs={"parent": os.getpid()},
            daemon=True,
        )
        self._process.start()
        asked.close()
        # Made once: to wait for one connection by `wait` takes longer than an answer.
        self._answers = select.poll()
        self._answers.register(self._asking, select.POLLIN)
        self.retires = False

    def is_alive(self) -> bool:
        """Whether it can be asked."""
        return not self.retires and bool(self._process.is_alive())

    def fileno(self) -> int:
        """What can be read from once it has answered, or is gone."""
        return self._asking.fileno()

    @property
    def seconds_left(self) -> float:
        """By the clock, for the file that it reads."""
        return max(0.0, self._deadline - time.monotonic())

    def ask(self, request: Request) -> None:
        """Send a file to be read; `answer` then waits for what is in it."""
        if not self._asked:
            self._start_the_clock()
        self._asked.append(request)
        self._send(request)

    def answer(self) -> list[Return]:
        """The returns in the file, or the refused one that says what it did."""
        returns = self._answer()
        self._asked.popleft()
        if self._asked:
            if self.retires:
                self._start_again()
            self._start_the_clock()
        return returns

    def _start_the_clock(self) -> None:
        self._deadline = time.monotonic() + self._limits.clock_seconds

    def _start_again(self) -> None:
        """Put another process in its place, which is asked for what is left."""
        self.end()
        self._start()
        for request in self._asked:
            self._send(request)

    def _send(self, request: Request) -> None:
        # A name may be any bytes; those that are no text cannot be sent as they are.
        header = request._asdict()
        del header["content"]
        # One message and not two: waking a process takes longer than a copy.
        message = json.dumps(header).encode() + b"\n" + request.content
        with suppress(BrokenPipeError, ConnectionError):  # `answer` says why it ended
            self._asking.send_bytes(message)

    def _answer(self, *, again: bool = True) -> list[Return]:
        try:
            if not self._answers.poll(self.seconds_left * 1000):
                return self._unreadable("too_long", limit=self._limits.clock_seconds)
            most = self._limits.answer_mb * _MB
            answer = json.loads(self._asking.recv_bytes(most))
        except EOFError:
            return self._ended(again)
        except OSError as error:
            if isinstance(error, ConnectionError):
                return self._ended(again)
            limit = self._limits.answer_mb
            return self._unreadable("too_many_findings", limit=limit)
        self.retires, self.spent = answer["retires"], Spent(*answer["spent"])
        if reason := answer.get("reason"):
            facts = {"where": answer["where"]} if "where" in answer else {}
            return self._refused(reason, **facts)
        return returns_from(answer["returns"])

    def stop(self) -> None:
        """Have the process end; `end` then waits for it."""
        self._asking.close()
        self._process.kill()

    def end(self) -> None:
        """End the process and take back what it used."""
        self.stop()
        self._process.join()
        self._errors.close()

    def _ended(self, again: bool) -> list[Return]:
        self._process.join()
        self.retires = True
        code = self._process.exitcode
        if code == -signal.SIGPROF:
            return self._refused("too_long", limit=self._limits.cpu_seconds)
        if code == -signal.SIGKILL and again:
            # Somebody else ended it; the file may be as good as any.
            self._start_again()
            return self._answer(again=False)
        self._errors.seek(0)
        words = self._errors.read(_LAST_WORDS)
        no_memory = code == -signal.SIGKILL or any(w in words for w in _NO_MEMORY)
        return self._refused("too_much_memory" if no_memory else "broke_off")

    def _unreadable(self, reason: str, **facts: Any) -> list[Return]:
        self._process.kill()
        self._process.join()
        self.retires = True
        return self._refused(reason, **facts)

    def _refused(self, reason: str, **facts: Any) -> list[Return]:
        if reason == "too_much_memory":
            facts["limit"] = self._limits.memory_mb
        return [unreadable(shown_name(self._asked[0].name), reason, **facts)]


def _widen(asking: Connection) -> None:
    """Have the pipe take in what is sent ahead; some systems give it a few thousand."""
    with socket.socket(fileno=os.dup(asking.fileno())) as pipe:
        if pipe.getsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF) < _PIPE:
            pipe.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, _PIPE)


def _run(
    asking: Connection, asked: Connection, limits: Limits, errors: int, *, parent: int
) -> None:
    asking.close()  # else it would never see that the parent is gone
    serve(asked, limits, errors, parent)
