"""Imports once what workers and their kernels import, and forks them (see `forks`).

`python -m qadaya.pages.run.preloaded HANDLE`, which is that of its socket. Its children
are workers. Each worker has such a process of its own, which makes its kernels: so they
stand below it, and end with it.
"""

import builtins
import gc
import io
import os
import socket
import sys
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from types import SimpleNamespace
from typing import cast

from qadaya.pages.run import confine
from qadaya.pages.run.failures import first_line
from qadaya.pages.run.forks import Forks, Request, connected, hear_nobody, serve
from qadaya.slow_imports import do_without

# Libraries start threads when they are imported, which a fork would lose. So they do
# not; linear algebra gets its own back in each kernel.
NO_THREADS = {
    "OPENBLAS_NUM_THREADS": "1",
    "JE_ARROW_MALLOC_CONF": "background_thread:false",
}
_THREADS_WISHED = ("OPENBLAS_NUM_THREADS", "GOTO_NUM_THREADS", "OMP_NUM_THREADS")
# Widgets look for their kernel when they are imported, and there was none.
_WITH_WIDGETS = "__import__('ipywidgets').load_ipython_extension(get_ipython())"
# What libraries set when they are imported; each child begins without.
_set_by_imports: dict[str, str] = {}


def preload() -> None:
    """Import what runs need, and keep it where children share it."""
    do_without()
    before = set(os.environ)
    with _as_in_a_kernel():
        import ipykernel.kernelapp
        import threadpoolctl

        # By its name, as a notebook has it: from here it would be a circle.
        public = import_module("qadaya")
        for name in public.__all__:
            if name != "open_desk":  # the desk's alone; no page is made with it
                getattr(public, name)
        # What the worker's libraries do not want to hear is no business of a notebook.
        with warnings.catch_warnings():
            from qadaya.pages.run import first_time, worker

            first_time.do_once()
    assert ipykernel.kernelapp and threadpoolctl and worker
    _set_by_imports.update({n: v for n, v in os.environ.items() if n not in before})
    gc.collect()
    # The collector of a child would write to each object, and so have it copied.
    gc.freeze()


@contextmanager
def _as_in_a_kernel() -> Iterator[None]:
    """pandas asks when it is imported, by this name, whether it shows in a notebook.

    And in which encoding, which in a kernel is this one whatever the system's.
    """
    cast(io.TextIOWrapper, sys.stdout).reconfigure(encoding="UTF-8")
    vars(builtins)["get_ipython"] = lambda: SimpleNamespace(kernel=None)
    try:
        yield
    finally:
        del vars(builtins)["get_ipython"]


def _be_worker() -> None:
    """Answer jobs; beside it, before it has threads, the process for its kernels."""
    from qadaya.pages.run.worker import main

    ours, theirs = connected()
    if beside := os.fork():
        theirs.close()
        main(Forks(ours))
        ours.close()
        # Its kernels' time is told with its own to whoever asks what all took.
        os.waitpid(beside, 0)
        return
    ours.close()
    # Whoever listens to the worker hears the end when the worker ends.
    hear_nobody()
    os.dup2(2, 1)
    if request := serve(theirs):
        _be_kernel(request)


def _be_kernel(request: Request) -> None:
    """Be what `python -m ipykernel_launcher` with these arguments is."""
    from ipykernel.kernelapp import IPKernelApp

    if places := request["confined"]:
        confine.confine_or_exit(places)
    for name, value in _set_by_imports.items():
        os.environ.setdefault(name, value)
    _give_threads_back()
    sys.argv = request["arguments"]
    parent = os.environ["JPY_PARENT_PID"] = str(os.getppid())
    IPKernelApp.launch_instance(
        [
            *sys.argv[1:],
            f"--IPKernelApp.parent_handle={parent}",
            f"--IPKernelApp.exec_lines={_WITH_WIDGETS}",
        ]
    )


def _give_threads_back() -> None:
    import threadpoolctl

    wished = next((os.environ[n] for n in _THREADS_WISHED if n in os.environ), "")
    usual = len(os.sched_getaffinity(0))
    threadpoolctl.threadpool_limits(int(wished) if wished.isdigit() else usual)


def main() -> None:
    """Serve until whoever started this process is gone."""
    connection = socket.socket(fileno=int(sys.argv[1]))
    # The folder it was started in: no child is asked to see that.
    del sys.path[0]
    unable = ""
    try:
        preload()
    except Exception as fault:  # said to whoever asks for a child
        unable = f"{type(fault).__name__}: {first_line(str(fault))}"
    if serve(connection, unable=unable):
        _be_worker()


if __name__ == "__main__":
    main()
