"""What is dear to build is built once a run, whichever process needs it first."""

import fcntl
import os
import shutil
import subprocess

import pytest

import court_cases
from same_draws import drawn_for


@pytest.fixture(scope="session")
def built_once(tmp_path_factory):
    """`built_once(name, build)`: a folder that `build(folder)` has filled, to read.

    One of the processes of a run builds it and the others wait; who wants to write
    into it takes a copy.
    """
    ours = tmp_path_factory.getbasetemp()
    # Each process of xdist has a folder of its own inside that of the run.
    place = ours.parent if "PYTEST_XDIST_WORKER" in os.environ else ours

    def built(name, build):
        folder = place / f"once-{name}"
        with (place / f"once-{name}.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            # Written last: what failed half-way is built again.
            whole = place / f"once-{name}.whole"
            if not whole.exists():
                shutil.rmtree(folder, ignore_errors=True)
                folder.mkdir()
                with drawn_for(name):
                    build(folder)
                whole.touch()
        return folder

    return built


@pytest.fixture(scope="session")
def seven_courts(built_once):
    """A folder with the internal and the shared edition of `court_cases`."""
    return built_once("editions-of-seven-courts", court_cases.both_editions)


@pytest.fixture(scope="session")
def converted(tmp_path_factory):
    """`converted(path, kind)`: the file as LibreOffice saves it in another format."""
    program = shutil.which("soffice")
    if program is None:
        pytest.skip("no LibreOffice: soffice is not installed")
    folder = tmp_path_factory.mktemp("converted")
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"

    def convert(path, kind):
        command = [program, profile, "--headless", "--convert-to", kind]
        subprocess.run(
            [*command, "--outdir", str(folder), str(path)],
            check=True,
            capture_output=True,
            timeout=600,
        )
        return folder / f"{path.stem}.{kind}"

    return convert
