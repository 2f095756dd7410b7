"""What a shared page is made of: its edition, what is public, and nothing else."""

import json
import socket
import sqlite3
import subprocess
import sys
import threading
from contextlib import closing, contextmanager, suppress
from dataclasses import replace
from pathlib import Path

import nbformat
import pytest

from checkout import CHECKOUT
from qadaya.editions.edition import open_edition
from qadaya.errors import DisclosureError
from qadaya.pages.run import confine
from qadaya.pages.run.border import internal_place, shared_place
from qadaya.pages.run.choice import Choice
from qadaya.pages.run.plan import plan
from qadaya.pages.run.run_all import run_all
from sdctables.rule import Rule

confined = pytest.mark.skipif(
    not confine.version(), reason="this system has no Landlock"
)


@pytest.fixture
def shared_edition(project):
    """The tables of the internal edition, filed as shared: only its place matters."""
    edition = project.edition()
    there = project.folder / "data" / "editions" / "shared" / edition.number
    there.mkdir(parents=True)
    for path in edition.path.iterdir():
        text = path.read_bytes()
        if path.name == "manifest.json":
            facts = {"audience": "shared", "rule": Rule(base=3).to_dict()}
            text = json.dumps(json.loads(text) | facts).encode()
        (there / path.name).write_bytes(text)
    return open_edition(audience="shared")


def test_an_internal_edition_does_not_cross_the_border(project):
    edition = project.edition()
    with (
        pytest.raises(DisclosureError, match="only a shared edition may cross"),
        shared_place(edition),
    ):
        pass


def test_a_shared_kernel_has_a_project_with_its_edition_and_nothing_else(
    project, shared_edition, monkeypatch
):
    monkeypatch.setenv("QADAYA_REGISTER", "/somewhere")
    monkeypatch.setenv("OLDPWD", str(project.folder))
    with shared_place(shared_edition) as place:
        given = Path(place.environment["QADAYA_HOME"])
        found = sorted(
            str(path.relative_to(given)) for path in given.rglob("*") if path.is_file()
        )
        shelf = f"data/editions/shared/{shared_edition.number}/"
        assert found
        assert all(name.startswith(shelf) for name in found)
        assert place.folder == given / "work"
        assert place.environment["QADAYA_AUDIENCE"] == "shared"
        values = " ".join(place.environment.values())
        assert str(project.folder) not in values
        assert "QADAYA_REGISTER" not in place.environment
    assert not given.exists()


# ---- what a confined programme can open ----

# Each way ends with the words of the register, or fails.
WAYS = {
    "built-in open": "open(secret).read()",
    "bytes of the system": "os.read(os.open(secret, os.O_RDONLY), 99).decode()",
    "pathlib": "pathlib.Path(secret).read_text()",
    "pandas": "pandas.read_csv(secret).columns[0]",
    "the files of pyarrow": (
        "pyarrow.OSFile(secret).read().decode()"  # opens files without Python
    ),
    "duckdb": 'duckdb.sql(f"select content from read_text({secret!r})").fetchall()[0]',
    "sqlite": "sqlite3.connect(secret + '.db').execute('select n from t').fetchone()",
    "another programme": "subprocess.check_output(['cat', secret], text=True)",
    "a shell": "os.popen(f'cat {secret}').read() or missing",
    "the library of C": (
        "ctypes.CDLL(None).fopen(secret.encode(), b'r') or missing"  # a null pointer
    ),
    "a link to it": "(os.symlink(secret, 'link'), open('link').read())[1]",
    "a second name for it": "(os.link(secret, 'name'), open('name').read())[1]",
    "the way of its parent": "open(f'/proc/{os.getppid()}/root{secret}').read()",
    "the names in the folder": "os.listdir(os.path.dirname(secret))",
    "the folder above": "os.listdir(os.path.dirname(os.path.dirname(secret)))",
    "a server on this machine": (
        "socket.create_connection(('127.0.0.1', port), timeout=5).recv(99).decode()"
    ),
    "a file moved here": "(os.rename(secret, 'moved'), open('moved').read())[1]",
}
TRYING = """
import ctypes, json, os, pathlib, socket, sqlite3, subprocess, sys
import duckdb, pandas, pyarrow
secret, port, ways = sys.argv[1], int(sys.argv[2]), json.loads(sys.argv[3])
told = {}
for name, way in ways.items():
    try:
        told[name] = repr(eval(way))
    except Exception as fault:
        told[name] = None
        print(name, fault, file=sys.stderr)
json.dump(told, sys.stdout)
"""


def started(place, *arguments, **changes):
    """The answer of Python in a place, confined as its kernels are."""
    command = [sys.executable, "-c", *arguments]
    if place.confined:
        places = json.dumps(place.confined | changes)
        command = [sys.executable, confine.__file__, places, *command]
    return subprocess.run(
        command,
        cwd=place.folder,
        env=place.environment,
        capture_output=True,
        text=True,
    )


@pytest.fixture
def secret(project):
    path = project.write("data/register/register.csv", "31\n17\n")
    with closing(sqlite3.connect(f"{path}.db")) as database:
        database.executescript("create table t (n); insert into t values (31)")
    return path


def tried(place, secret):
    with answering() as port:
        done = started(place, TRYING, str(secret), port, json.dumps(WAYS))
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@contextmanager
def answering():
    """The port of a server on this machine that says what the register holds."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        thread = threading.Thread(target=_answer, args=(server,))
        thread.start()
        try:
            yield str(server.getsockname()[1])
        finally:
            # Closing alone leaves a thread waiting on a number that others get next.
            server.shutdown(socket.SHUT_RDWR)
            thread.join()


def _answer(server):
    with suppress(OSError):  # nobody called before the server was shut down
        connection, _ = server.accept()
        with connection:
            connection.sendall(b"31")


@confined
def test_whatever_way_a_confined_programme_takes_the_register_stays_closed(
    project, shared_edition, secret
):
    with shared_place(shared_edition) as place:
        told = tried(place, secret)
    assert {name: None for name in WAYS} == told
    assert secret.read_text() == "31\n17\n"


def test_each_of_these_ways_leads_there_where_nothing_is_confined(
    project, shared_edition, secret
):
    with shared_place(shared_edition) as place:
        told = tried(replace(place, confined=None), secret)
    assert [name for name, found in told.items() if found is None] == []


@confined
def test_a_confined_programme_reads_its_edition_and_what_is_public(
    project, shared_edition
):
    project.write("data/public/population.csv", "37")
    reads = (
        "from pathlib import Path\n"
        "from qadaya.editions.edition import open_edition\n"
        "from qadaya.workbench import home\n"
        "import tempfile\n"
        "print(open_edition(audience='shared').number)\n"
        "print((home() / 'data' / 'public' / 'population.csv').read_text())\n"
        "Path('note.txt').write_text('made here')\n"
        "print(Path('note.txt').read_text(), tempfile.TemporaryFile().writable())\n"
    )
    with shared_place(shared_edition) as place:
        done = started(place, reads)
    assert done.stdout.split() == [
        *(shared_edition.number, "37"),
        *("made", "here", "True"),
    ], done.stderr


@confined
@pytest.mark.parametrize("name", ["data/editions/shared", "data/new", "../beside"])
def test_a_confined_programme_leaves_the_edition_as_it_is(
    project, shared_edition, name
):
    write = f"from qadaya.workbench import home; (home() / {name!r}).mkdir()"
    with shared_place(shared_edition) as place:
        done = started(place, write)
    assert "PermissionError" in done.stderr or "FileExistsError" in done.stderr
    assert done.returncode


@confined
def test_a_register_in_a_folder_that_must_be_open_is_refused_by_name(
    project, shared_edition, secret
):
    with shared_place(shared_edition) as place:
        read = [*place.confined["read"], str(project.folder)]
        done = started(place, "print('ran')", read=read)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == (
        f"{project.folder / 'data'}: open to a shared run; expected it outside what "
        "that needs\n"
    )


@confined
def test_what_is_open_lies_apart_from_the_desk(project, shared_edition):
    with shared_place(shared_edition) as place:
        assert place.confined["closed"]
        for closed in map(Path, place.confined["closed"]):
            for opened in map(Path, place.confined["read"]):
                assert opened.resolve() not in (closed, *closed.parents)
        tables = {str(CHECKOUT / "data" / name) for name in ("reference", "ledger")}
        assert tables <= set(place.confined["read"])


# ---- a run ----


def planned(project):
    return plan(
        [project.folder / "params" / "2023.yml"],
        Choice(audiences=["shared"]),
        out=project.folder / "reports",
        work=project.folder / "build" / "runs",
    )


def test_a_shared_notebook_finds_no_internal_edition(project, shared_edition):
    project.notebook(
        "reaches",
        "open_edition(audience='internal')",
    )
    project.notebook(
        "looks",
        "import os\nfrom qadaya.workbench import home\n"
        "print(sorted(path.name for path in (home() / 'data').iterdir()))\n"
        "print(os.path.relpath(os.getcwd(), home()))",
    )
    looks, reaches = run_all(planned(project))
    assert looks.state == "built", looks.sentence
    page = project.page("looks-2023.en", "shared").read_text()
    assert "[&#39;editions&#39;]\nwork" in page
    assert (reaches.state, reaches.cell) == ("failed", 4)
    assert "this run is shared (QADAYA_AUDIENCE=shared)" in reaches.error


@confined
def test_a_shared_page_that_reads_the_register_is_refused_by_its_cell(
    project, shared_edition, secret
):
    project.notebook(
        "reads",
        "1 + 1",
        "import pandas\n"
        f"true = pandas.read_csv({str(secret)!r})\n"
        "print('a share, a picture, whatever is made of it')",
    )
    (failed,) = run_all(planned(project))
    assert (failed.state, failed.cell) == ("failed", 5)
    assert failed.error == (
        f"PermissionError: [Errno 13] Permission denied: '…/{secret.name}'. "
        "A shared page is made from its edition and data/public alone"
    )
    assert not project.page("reads-2023.en", "shared").exists()


@confined
def test_whatever_way_a_shared_notebook_takes_the_register_stays_closed(
    project, shared_edition, secret
):
    with answering() as port:
        given = [str(secret), port, json.dumps(WAYS)]
        project.notebook("tries", f"import sys\nsys.argv[1:] = {given!r}{TRYING}")
        (run,) = planned(project)
        run_all([run])
    cells = nbformat.read(run.executed, as_version=4).cells
    outputs = [each for cell in cells for each in cell.get("outputs", [])]
    printed = [each.text for each in outputs if each.get("name") == "stdout"]
    assert json.loads(printed[-1]) == {name: None for name in WAYS}


def test_an_internal_kernel_works_in_the_notebooks_folder(project):
    place = internal_place()
    assert place.folder == project.folder / "notebooks"
    assert place.confined is None
    assert "QADAYA_AUDIENCE" not in place.environment


def test_where_nothing_can_be_closed_the_report_says_so(
    project, shared_edition, monkeypatch, capsys
):
    from qadaya.cli.pages import _say_if_open

    monkeypatch.setattr(confine, "version", lambda: 0)
    project.notebook("annual")
    runs = planned(project)
    _say_if_open(runs)
    told = capsys.readouterr().err
    assert told.startswith("this system cannot close the register to a kernel")
    with shared_place(shared_edition) as place:
        assert place.confined is None
