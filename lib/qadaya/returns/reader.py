"""The process that reads: one file after another, under limits, until nobody asks.

It answers in JSON and nothing else, so that a file which takes it over can tell lies
and do no more.
"""

import ctypes
import faulthandler
import gc
import json
import os
import resource
import signal
import sys
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from qadaya.returns.check_content import check_content
from qadaya.returns.limits import Limits
from qadaya.returns.model import Account, Case, Problem, Return
from qadaya.returns.read.bounds import hold_to

_MB = 1_000_000
_ENCODE = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
_STATM = "/proc/self/statm"
_DIE_WITH_PARENT = 1  # PR_SET_PDEATHSIG of Linux
# A reader that has grown by so much of its allowance makes way for a fresh one.
_GROWN = 0.25
# So many cases or problems are written one by one.
_MUCH = 1000


def serve(asked: Connection, limits: Limits, errors: int, parent: int) -> None:
    """Read files for the parent until it closes the connection or is gone."""
    end_with_parent(parent)
    close_the_mouth(errors)
    let_go_of_all_but(asked.fileno())
    hold_to(limits.holds)
    start, (_, copied) = address_space(), _spent()
    most = start + limits.memory_mb * _MB
    resource.setrlimit(resource.RLIMIT_AS, (most, most))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    # What was copied from the parent is not this process's to tidy up, and what a file
    # leaves goes with the next one or with the process.
    gc.freeze()
    gc.disable()
    while True:
        try:
            header, _, content = asked.recv_bytes().partition(b"\n")
        except (EOFError, OSError):
            return
        begun, _ = _spent()
        signal.setitimer(signal.ITIMER_PROF, limits.cpu_seconds)
        answer = _answer(json.loads(header), content)
        grown = address_space() - start > _GROWN * limits.memory_mb * _MB
        answer["retires"] = grown or answer.get("reason") == "too_much_memory"
        # What it shares with the parent is the parent's, however large that has grown.
        seconds, peak = _spent()
        answer["spent"] = seconds - begun, peak - copied
        message = _written(answer)
        signal.setitimer(signal.ITIMER_PROF, 0)
        asked.send_bytes(message)
        if answer["retires"]:
            return


def _written(answer: dict[str, Any]) -> bytes:
    """JSON of an answer; as one text, much would take twice its memory."""
    parts = [part for one in answer.get("returns", ()) for part in one.values()]
    is_much = any(isinstance(part, list) and len(part) > _MUCH for part in parts)
    return _pieces(answer, 4 if is_much else 0)


def _pieces(value: Any, depth: int) -> bytes:
    """JSON of a value, made of that of each of its parts down to some depth."""
    if depth and isinstance(value, list):
        return b"[%b]" % b",".join([_pieces(each, depth - 1) for each in value])
    if depth and isinstance(value, dict):
        told = (
            b"%b:%b" % (_pieces(key, 0), _pieces(each, depth - 1))
            for key, each in value.items()
        )
        return b"{%b}" % b",".join(told)
    # Arabic as it is: as escapes it is three times as long. A name may be no text.
    return _ENCODE(value).encode("utf-8", "surrogatepass")


def _spent() -> tuple[float, float]:
    """Seconds of the processor so far, and the most memory ever held, in MB.

    Of the system's own account: with a timer set, the clock of the process stands.
    """
    used = resource.getrusage(resource.RUSAGE_SELF)
    unit = 1 if sys.platform == "darwin" else 1024
    return used.ru_utime + used.ru_stime, used.ru_maxrss * unit / _MB


def _answer(request: dict[str, Any], content: bytes) -> dict[str, Any]:
    try:
        returns = check_content(content, **request)
        return {"returns": [_told(one) for one in returns]}
    except MemoryError:
        return {"reason": "too_much_memory"}
    except Exception as fault:
        # A fault of ours: it must stop neither the batch nor go unseen. What it says
        # may repeat what the file holds, so only its place is told.
        return {"reason": "fault", "where": _place(fault)}


def _told(one: Return) -> dict[str, Any]:
    """A return as JSON has it; nothing is copied, of which there may be much."""
    return vars(one) | {
        "accepted": [vars(case) for case in one.accepted],
        "refused": [vars(case) for case in one.refused],
        "problems": [vars(found) for found in one.problems],
        "account": vars(one.account),
    }


def _place(fault: Exception) -> str:
    trace = fault.__traceback__
    while trace and trace.tb_next:
        trace = trace.tb_next
    if trace is None:
        return type(fault).__name__
    file = Path(trace.tb_frame.f_code.co_filename).name
    return f"{type(fault).__name__}, {file}:{trace.tb_lineno}"


def end_with_parent(parent: int) -> None:
    """Have the system end this process when its parent ends, however it ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the parent
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    signal.signal(signal.SIGPROF, signal.SIG_DFL)
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_DIE_WITH_PARENT, signal.SIGKILL)
    if os.getppid() != parent:
        os._exit(0)  # it ended before the system was asked


def close_the_mouth(errors: int) -> None:
    """Nothing on the terminal: a panic of a library prints there what it read."""
    faulthandler.disable()
    nowhere = os.open(os.devnull, os.O_RDWR)
    for stream, target in ((0, nowhere), (1, nowhere), (2, errors)):
        os.dup2(target, stream)


def let_go_of_all_but(kept: int) -> None:
    """Close what was open in the parent: else nobody there could see its end.

    A browser that the parent has started ends when its pipe is closed, and that is not
    closed as long as a copy of this process holds it.
    """
    last = resource.getrlimit(resource.RLIMIT_NOFILE)[0]
    os.closerange(3, kept)
    os.closerange(kept + 1, last)


def address_space() -> int:
    """The bytes of memory that this process may touch, 0 where that cannot be told."""
    try:
        told = os.open(_STATM, os.O_RDONLY)
    except OSError:
        return 0
    pages = os.read(told, 100).split()[0]
    os.close(told)
    return int(pages) * resource.getpagesize()


def returns_from(told: list[dict[str, Any]]) -> list[Return]:
    """The returns that an answer holds."""
    return [
        Return(
            **one
            | {
                "accepted": [Case(**case) for case in one["accepted"]],
                "refused": [Case(**case) for case in one["refused"]],
                "problems": [Problem(**found) for found in one["problems"]],
                "account": Account(**one["account"]),
            }
        )
        for one in told
    ]
