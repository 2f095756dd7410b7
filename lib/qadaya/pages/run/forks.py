"""A process that forks: its children need not import what it has imported.

Whoever started it asks over a socket, one message a request, JSON both ways. Each child
is a process of its own, with an environment and a folder of its own. Linux only:
elsewhere a fork without a new programme is not safe.
"""

import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from contextlib import suppress
from typing import Any

# Of a child: `environment`, `folder`, and what it is to do, which is the caller's.
Request = dict[str, Any]

# Bytes of one message. The most of it is an environment.
_LONGEST = 1 << 20
_THREADS = "/proc/self/task"


class ForkError(Exception):
    """There is no child, and why."""


class LostError(ForkError):
    """The process that forks is gone."""


class Forks:
    """The asking end: makes children of the process that serves the other end.

    One for many threads.
    """

    def __init__(self, connection: socket.socket) -> None:
        self.connection = connection
        self._asking = threading.Lock()

    def child(self, request: Request, handles: Sequence[int] = ()) -> int:
        """The number of a new process, which is given the request.

        `handles`: open files that become its input, output and errors.

        Raises: ForkError.
        """
        answer = self._ask({"new": request}, handles)
        if "failed" in answer:
            raise ForkError(answer["failed"])
        return int(answer["process"])

    def code_of(self, process: int) -> int | None:
        """The code that a child ended with; None while it goes on."""
        try:
            code: int | None = self._ask({"ended": process})["code"]
        except LostError:
            # A process that forks takes its children along when it ends.
            return -signal.SIGKILL
        return code

    def _ask(self, question: Request, handles: Sequence[int] = ()) -> Request:
        try:
            with self._asking:
                message = [json.dumps(question).encode()]
                socket.send_fds(self.connection, message, handles)
                answer = self.connection.recv(_LONGEST)
        except OSError as fault:
            raise LostError(f"the process that forks: {fault.strerror}") from None
        if not answer:
            raise LostError("the process that forks has ended")
        request: Request = json.loads(answer)
        return request


class Child:
    """A process that was forked, with what jupyter_client asks of a `Popen`."""

    stdin = stdout = stderr = None

    def __init__(self, forks: Forks, process: int) -> None:
        self.forks = forks
        self.pid = process
        self.returncode: int | None = None

    def poll(self) -> int | None:
        if self.returncode is None:
            self.returncode = self.forks.code_of(self.pid)
        return self.returncode

    def wait(self, timeout: float | None = None) -> int:
        begun = time.monotonic()
        while (code := self.poll()) is None:
            if timeout is not None and time.monotonic() - begun > timeout:
                raise subprocess.TimeoutExpired(f"process {self.pid}", timeout)
            time.sleep(0.02)
        return code

    def send_signal(self, number: int) -> None:
        if self.poll() is None:
            os.kill(self.pid, number)

    def kill(self) -> None:
        self.send_signal(signal.SIGKILL)

    def terminate(self) -> None:
        self.send_signal(signal.SIGTERM)


def connected() -> tuple[socket.socket, socket.socket]:
    """Two ends, for `Forks` and for `serve`, that keep messages apart."""
    return socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)


def serve(connection: socket.socket, *, unable: str = "") -> Request | None:
    """Fork whenever asked. The request, in each child; None, here, at the end.

    The end is when the asking side is gone; then all children are ended. `unable`: why
    there are to be none.
    """
    children: set[int] = set()
    while True:
        message, handles, _, _ = socket.recv_fds(connection, _LONGEST, 3)
        if not message:
            break
        question = json.loads(message)
        answer: dict[str, Any]
        if "ended" in question:
            answer = {"code": _code_of(question["ended"], children)}
        else:
            answer = {"failed": unable} if unable else _forked()
            if answer.get("process") == 0:
                request: Request = question["new"]
                _become(request, handles)
                return request
            if "process" in answer:
                children.add(answer["process"])
        for handle in handles:
            os.close(handle)
        connection.sendall(json.dumps(answer).encode())
    for child in children:
        _end(child)
    return None


def hear_nobody() -> None:
    """Let the input of this process be empty."""
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.close(nothing)


def _forked() -> dict[str, Any]:
    """A fork takes one thread along and the locks of all: so there may be one only."""
    if (threads := len(os.listdir(_THREADS))) > 1:
        return {"failed": f"{threads} threads run in the process that forks"}
    try:
        return {"process": os.fork()}
    except OSError as fault:
        return {"failed": f"the system makes no new process ({fault.strerror})"}


def _become(request: Request, handles: Sequence[int]) -> None:
    """What the system does for a new programme."""
    os.setsid()
    for place, handle in enumerate(handles):
        os.dup2(handle, place)
    if not handles:
        hear_nobody()
    os.closerange(3, os.sysconf("SC_OPEN_MAX"))
    os.environ.clear()
    os.environ.update(request["environment"])
    os.chdir(request["folder"])
    time.tzset()
    # `random` sees to itself; of this one each child would draw the same numbers.
    if numpy := sys.modules.get("numpy"):
        numpy.random.seed()


def _code_of(process: int, children: set[int]) -> int | None:
    try:
        ended, status = os.waitpid(process, os.WNOHANG)
    except ChildProcessError:
        return -signal.SIGKILL
    if not ended:
        return None
    children.discard(process)
    return os.waitstatus_to_exitcode(status)


def _end(process: int) -> None:
    """End a child with its group, and clear it away."""
    for kill in (os.killpg, os.kill):
        with suppress(ProcessLookupError):
            kill(process, signal.SIGKILL)
    with suppress(ChildProcessError):
        os.waitpid(process, 0)
