"""Kills a process at the n-th step of its work, as a power cut would.

A child of this process does the work. A step is a call that changes a file or the
database. Every few steps are tried; with QADAYA_KILLS each one (`make kills`).
"""

import os
import signal
import sys

EVERY_STEP = "QADAYA_KILLS" in os.environ
BESIDE_ANOTHER = int(os.environ.get("QADAYA_KILLS", 8))
_CALLS = {
    *("open", "mkdir", "rename", "replace", "unlink", "link"),
    *("fsync", "ftruncate", "pwrite", "write", "flock"),
    *("execute", "executemany", "close"),
}


def steps_that_kill(work, *, every):
    """Each step at which a child with the work was killed, until one came to its end.

    `every`: how many steps are passed over at a time, unless each is to be tried.
    """
    step = 1
    while killed_at(step, work):
        yield step
        step += 1 if EVERY_STEP else every


def killed_at(step, work):
    """Whether a child that does the work was killed before it had done it all."""
    status = _waited_for(start(work, kill_at=step))
    if os.WIFSIGNALED(status):
        assert os.WTERMSIG(status) == signal.SIGKILL
        return True
    assert os.WEXITSTATUS(status) == 0
    return False


def start(work, *, kill_at=None):
    """The number of a child that does the work."""
    child = os.fork()
    if child == 0:
        _work_until(kill_at, work)
    return child


def ended_well(*children):
    """Whether children did all of their work."""
    return [_waited_for(child) for child in children] == [0] * len(children)


def _waited_for(child):
    return os.waitpid(child, 0)[1]


def _work_until(step, work):
    taken = 0

    def count(frame, event, function):
        nonlocal taken
        if event == "c_call" and function.__name__ in _CALLS:
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
