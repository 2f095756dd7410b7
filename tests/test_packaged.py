"""What the package needs to work lies in the package, and is missed in one sentence."""

import fnmatch
import os
import shutil
import subprocess
import sys
import tomllib
from importlib.metadata import version

import pytest

import qadaya
from checkout import CHECKOUT

LIB = CHECKOUT / "lib"
SETUP = tomllib.loads((CHECKOUT / "pyproject.toml").read_text())["tool"]["setuptools"]
OTHER = tomllib.loads((LIB / "sdctables" / "pyproject.toml").read_text())
LINKS = {
    "reference/data": "data/reference",
    "ledger/data": "data/ledger",
    "workbench/files/notebooks": "notebooks",
    "workbench/files/params": "params",
}
NOT_SHIPPED = {"__pycache__", ".ipynb_checkpoints"}


@pytest.mark.parametrize(("link", "target"), LINKS.items())
def test_a_folder_that_people_look_at_is_linked_into_the_package(link, target):
    path = LIB / "qadaya" / link
    assert path.is_symlink()
    # Relative, so that a checkout may be moved.
    assert not os.path.isabs(os.readlink(path))
    assert path.resolve() == CHECKOUT / target


def test_no_other_part_of_the_package_is_a_link():
    found = {
        str(path.relative_to(LIB / "qadaya"))
        for path in (LIB / "qadaya").rglob("*")
        if path.is_symlink()
    }
    assert found == set(LINKS)


def files_of(folder):
    for place, folders, files in os.walk(folder, followlinks=True):
        folders[:] = [name for name in folders if name not in NOT_SHIPPED]
        for name in files:
            yield os.path.relpath(os.path.join(place, name), folder)


def test_each_file_beside_the_code_is_shipped():
    # But for what tells the types of JavaScript to a check, and to nothing that runs.
    patterns = [
        os.path.normpath(os.path.join(*package.split(".")[1:], pattern))
        for package, wanted in SETUP["package-data"].items()
        for pattern in wanted
    ]
    flat = [pattern.replace("**/", "*") for pattern in patterns]
    left_out = [
        name
        for name in files_of(LIB / "qadaya")
        if not name.endswith((".py", ".pyc", ".d.ts"))
        and not any(fnmatch.fnmatch(name, pattern) for pattern in flat)
    ]
    assert left_out == []


def test_each_folder_of_the_other_package_is_named_in_its_setup():
    home = LIB / "sdctables"
    folders = [path.parent for path in home.rglob("__init__.py")]
    names = {
        ".".join(["sdctables", *folder.relative_to(home).parts])
        for folder in folders
        if "tests" not in folder.relative_to(home).parts and "build" not in folder.parts
    }
    assert set(OTHER["tool"]["setuptools"]["packages"]) == names


def test_the_citation_names_the_version_that_the_package_says():
    cited = (CHECKOUT / "CITATION.cff").read_text()
    assert f"\nversion: {qadaya.__version__}\n" in cited
    assert version("qadaya") == qadaya.__version__


# ---- a package without its data ----


@pytest.fixture(scope="module")
def copied(tmp_path_factory):
    """A checkout of its own, and an installed package: links kept, links followed."""
    folder = tmp_path_factory.mktemp("copies")
    ignore = shutil.ignore_patterns("__pycache__", "*.egg-info", "build")
    for name in ("data/reference", "data/ledger", "notebooks", "params"):
        shutil.copytree(CHECKOUT / name, folder / "checkout" / name, ignore=ignore)
    for kind, links in (("checkout", True), ("installed", False)):
        shutil.copytree(LIB, folder / kind / "lib", symlinks=links, ignore=ignore)
    return folder


def without_links(lib):
    for link in LINKS:
        path = lib / "qadaya" / link
        target = os.readlink(path)
        path.unlink()
        path.write_text(target)


def without_data(lib):
    for link in LINKS:
        shutil.rmtree((lib / "qadaya" / link).resolve())


COMMANDS = {
    "reference/data": ["form", "--court", "tpi-sale", "--year", "2024", "-o", "f.xlsx"],
    "workbench/files/notebooks": ["init"],
}
FAULTS = {
    "links became text": (
        "checkout",
        without_links,
        "{lib}/qadaya/{link}: is a file; expected a link to a folder of the checkout",
        "`git clone -c core.symlinks=true`",
    ),
    "a checkout lost its files": (
        "checkout",
        without_data,
        "{target}/{file}: not found; expected a part of the checkout",
        "`git restore`",
    ),
    "a wheel lost its files": (
        "installed",
        without_data,
        "{lib}/qadaya/{link}/{file}: not found; expected a part of the installed",
        "`pip install --force-reinstall`",
    ),
}


@pytest.mark.parametrize("link", COMMANDS)
@pytest.mark.parametrize("fault", FAULTS)
def test_a_package_without_its_data_is_one_sentence(copied, tmp_path, fault, link):
    kind, damage, message, remedy = FAULTS[fault]
    shutil.copytree(copied / kind, tmp_path / "copy", symlinks=True)
    lib = tmp_path / "copy" / "lib"
    damage(lib)
    (tmp_path / "here").mkdir()
    code = "from qadaya.cli import main; main()"
    done = subprocess.run(
        [sys.executable, "-c", code, *COMMANDS[link]],
        cwd=tmp_path / "here",
        env=os.environ | {"PYTHONPATH": str(lib)},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 1
    named = message.format(
        lib=lib,
        link=link,
        target=tmp_path / "copy" / LINKS[link],
        file="courts.csv" if "reference" in link else "annual.ipynb",
    )
    assert named in done.stderr
    assert remedy in done.stderr
    assert done.stderr.count("\n") == 1
    assert not list((tmp_path / "here").iterdir())
