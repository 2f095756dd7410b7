"""Does a piece of work on a received file in a process that may die of it."""

import multiprocessing
import os
import resource
import tempfile
from collections.abc import Callable
from multiprocessing.connection import Connection, wait
from typing import Any

from qadaya.returns.limits import Limits
from qadaya.returns.reader import (
    address_space,
    close_the_mouth,
    end_with_parent,
    let_go_of_all_but,
)

_MB = 1_000_000


def done_apart(work: Callable[..., bytes], *given: Any, limits: Limits) -> bytes | None:
    """What the work gives, None where it fails, dies or takes more than it may."""
    context: Any = multiprocessing.get_context("fork")
    asking, asked = context.Pipe(duplex=False)
    with tempfile.TemporaryFile() as errors:
        child = context.Process(
            target=_work,
            args=(asked, errors.fileno(), limits, os.getpid(), work, given),
            daemon=True,
        )
        child.start()
        asked.close()
        try:
            if not wait([asking], limits.clock_seconds):
                return None
            answer: bytes = asking.recv_bytes()
            return answer or None
        except (EOFError, OSError):
            return None
        finally:
            asking.close()
            child.kill()
            child.join()


def _work(
    asked: Connection,
    errors: int,
    limits: Limits,
    parent: int,
    work: Callable[..., bytes],
    given: tuple[Any, ...],
) -> None:
    end_with_parent(parent)
    close_the_mouth(errors)
    let_go_of_all_but(asked.fileno())
    most = address_space() + limits.memory_mb * _MB
    resource.setrlimit(resource.RLIMIT_AS, (most, most))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    try:
        answer = work(*given)
    except Exception:  # whatever it is, the file is answered in another way
        answer = b""
    asked.send_bytes(answer)
