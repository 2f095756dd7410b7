"""A kernel that is forked is a process of its own, and like any other kernel."""

import json
import os
import subprocess
import sys

import nbformat
import psutil
import pytest

from qadaya.pages.run import processes
from qadaya.pages.run.choice import Choice
from qadaya.pages.run.forks import Child, ForkError, Forks, LostError, connected
from qadaya.pages.run.plan import plan
from qadaya.pages.run.preloaded import NO_THREADS
from qadaya.pages.run.result import Progress
from qadaya.pages.run.run_all import run_all

linux = pytest.mark.skipif(sys.platform != "linux", reason="forks are for Linux alone")
pytestmark = linux

# ---- the process that forks ----

# Its children do what they are asked for, in Python.
SERVING = """
import socket, sys, threading
from qadaya.pages.run.forks import serve
exec(sys.argv[2])
if request := serve(socket.socket(fileno=int(sys.argv[1]))):
    exec(request["do"])
"""


@pytest.fixture
def serving():
    """Starts processes that fork; what comes first is for them to do themselves."""
    started = []

    def start(first=""):
        ours, theirs = connected()
        with theirs:
            handle = theirs.fileno()
            process = subprocess.Popen(
                [sys.executable, "-c", SERVING, str(handle), first],
                pass_fds=[handle],
                env=os.environ | NO_THREADS,
            )
        started.append((ours, process))
        return Forks(ours), process

    yield start
    for connection, process in started:
        connection.close()
        process.wait()


def asked(do, folder=".", **environment):
    return {
        "do": do,
        "folder": str(folder),
        "environment": {"PATH": os.environ["PATH"]} | environment,
    }


def test_a_child_has_an_environment_a_folder_and_a_session_of_its_own(
    serving, tmp_path
):
    forks, process = serving()
    do = (
        "import json, os\n"
        "told = [os.environ.get('COURT'), os.environ.get('HOME'), os.getppid(),"
        " os.getsid(0) == os.getpid(), sys.stdin.read()]\n"
        "open('told', 'w').write(json.dumps(told))"
    )
    child = Child(forks, forks.child(asked(do, tmp_path, COURT="ca-rabat")))
    assert child.wait() == 0
    told = json.loads((tmp_path / "told").read_text())
    assert told == ["ca-rabat", None, process.pid, True, ""]
    assert child.pid not in (os.getpid(), process.pid)


def test_a_child_has_the_streams_that_come_with_it_and_no_other_file(serving, tmp_path):
    forks, _ = serving()
    their_in, our_in = os.pipe()
    out = (tmp_path / "out").open("w+")
    do = "import os\nprint(input(), sorted(map(int, os.listdir('/proc/self/fd')))[:4])"
    number = forks.child(asked(do), [their_in, out.fileno(), out.fileno()])
    os.close(their_in)
    os.write(our_in, b"37\n")
    assert Child(forks, number).wait() == 0
    os.close(our_in)
    # The fourth is that of the folder it lists.
    assert (tmp_path / "out").read_text() == "37 [0, 1, 2, 3]\n"
    out.close()


@pytest.mark.parametrize(
    ("do", "code"),
    [("pass", 0), ("sys.exit(3)", 3), ("import os; os.kill(os.getpid(), 9)", -9)],
)
def test_how_a_child_ended_is_told(serving, do, code):
    forks, _ = serving()
    child = Child(forks, forks.child(asked(do)))
    assert child.wait() == child.poll() == code


def test_two_children_do_not_draw_the_same_numbers(serving, tmp_path):
    forks, _ = serving("import numpy, random")
    do = "open(request['name'], 'w').write(f'{numpy.random.rand()} {random.random()}')"
    for name in ("one", "two"):
        number = forks.child(asked(do, tmp_path) | {"name": name})
        assert Child(forks, number).wait() == 0
    one, two = ((tmp_path / name).read_text().split() for name in ("one", "two"))
    assert not set(one) & set(two)


def test_a_process_with_threads_does_not_fork(serving):
    forks, _ = serving(
        "threading.Thread(target=threading.Event().wait, daemon=True).start()"
    )
    with pytest.raises(ForkError, match="2 threads run in the process that forks"):
        forks.child(asked("pass"))


def test_children_end_with_the_process_that_forks(serving):
    forks, process = serving()
    number = forks.child(asked("import time; time.sleep(600)"))
    child = psutil.Process(number)
    forks.connection.close()
    process.wait()
    assert not child.is_running()


def test_a_process_that_was_killed_forks_no_more_and_says_so(serving):
    forks, process = serving()
    process.kill()
    process.wait()
    with pytest.raises(LostError, match="the process that forks"):
        forks.child(asked("pass"))
    assert forks.code_of(1) == -9


# ---- kernels ----

# What a library may decide by whether there is a kernel when it is imported, and what a
# process has from the one that made it. A name, and how a cell finds it out.
STATE = """
import qadaya
import comm, gc, json, locale, os, signal, sys, time, warnings
import ipywidgets, numpy, pandas, plotly.express, scipy.linalg, threadpoolctl
from pandas._config import config
[getattr(qadaya, name) for name in qadaya.__all__ if name != 'open_desk']
shell = get_ipython()
html = shell.display_formatter.formatters["text/html"]
algebra = threadpoolctl.threadpool_info()
own = ("JPY_PARENT_PID", "KMP_DUPLICATE_LIB_OK")
options = [name for name in config._registered_options if name not in
           config._deprecated_options]
state = {
    "algebra": sorted([each["internal_api"], each["num_threads"]] for each in algebra),
    "arguments": len(sys.argv),
    "collector": gc.isenabled(),
    "environment": {n: v for n, v in os.environ.items() if n not in own},
    "flags": str(sys.flags),
    "folder": os.getcwd(),
    "hook": sys.excepthook.__name__,
    "interrupt": str(signal.getsignal(signal.SIGINT)),
    "leads": os.getsid(0) == os.getpid() == os.getpgid(0),
    "locale": locale.setlocale(locale.LC_ALL),
    "main": sys.modules["__main__"].__name__,
    "names": sorted(name for name in shell.user_ns if name[0] != "_"),
    "numpy": str(numpy.get_printoptions()),
    "pandas": {name: str(pandas.get_option(name)) for name in sorted(options)},
    "path": sys.path,
    "renderer": plotly.io.renderers.default,
    "set": str({"conviction", "acquittal", "dismissal"}),
    "shown": sorted(map(str, html.type_printers)),
    "template": plotly.io.templates.default,
    "time": time.tzname,
    "typed": shell.execution_count,
    "warnings": sorted({str(each) for each in warnings.filters}),
    "widgets": sorted(comm.get_comm_manager().targets),
}
print(json.dumps(state))
"""


class Told(Progress):
    def __init__(self):
        self.sentences = []

    def told(self, sentence):
        self.sentences.append(sentence)


def planned(project, audience="internal"):
    return plan(
        [project.folder / "params" / "2023.yml"],
        Choice(audiences=[audience]),
        out=project.folder / "reports",
        work=project.folder / "build" / "runs",
    )


def printed(project, progress=None):
    """What the first cell of the one notebook printed, by the run of it."""
    (result,) = run_all(planned(project), force=True, progress=progress)
    assert result.state == "built", result.sentence
    cells = nbformat.read(result.run.executed, as_version=4).cells
    return next(c.outputs[0].text for c in cells if c.source.startswith("import"))


@pytest.fixture
def never_forked(monkeypatch):
    """As where nothing can be forked: says so, and starts what there is."""

    def refused(errors):
        raise ForkError("2 threads run in the process that forks")

    monkeypatch.setattr(processes, "_forked", refused)


def test_a_forked_kernel_is_like_one_that_was_started(project, request):
    project.edition()
    project.notebook("states", STATE.strip(), opening=None)
    forked = json.loads(printed(project))
    request.getfixturevalue("never_forked")
    told = Told()
    started = json.loads(printed(project, told))
    # It has drawn a chart before, so it may know more; it is silent about nothing more.
    more = set(forked.pop("warnings")) ^ set(started.pop("warnings"))
    assert not [each for each in more if "'ignore'" in each]
    assert {n: (v, started[n]) for n, v in forked.items() if v != started[n]} == {}
    assert forked["renderer"] == "plotly_mimetype"
    assert forked["pandas"]["display.max_columns"] == "20"
    assert "jupyter.widget" in forked["widgets"]
    assert told.sentences == [
        "2 threads run in the process that forks; each kernel is started on its own, "
        "which takes longer"
    ]


def test_each_notebook_has_a_process_of_its_own(project):
    project.edition()
    alone = (
        "import os; print(os.getpid(), os.path.basename(os.readlink('/proc/self/cwd')))"
    )
    project.notebook("one", alone, opening=None)
    first = printed(project)
    second = printed(project)
    assert first != second
    assert first.split()[1] == second.split()[1] == "notebooks"


def test_a_module_beside_the_notebook_goes_before_an_installed_one(project):
    project.edition()
    project.write("notebooks/bs4.py", "SOUP = 'of our own'")
    project.notebook("one", "import bs4; print(bs4.SOUP)", opening=None)
    assert printed(project) == "of our own\n"
