"""One set of pins, told three ways."""

import re
import shutil
import tomllib
from importlib.metadata import metadata
from pathlib import Path

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name
from pip._internal.network.session import PipSession
from pip._internal.req.constructors import install_req_from_parsed_requirement
from pip._internal.req.req_file import parse_requirements

from checkout import CHECKOUT
from longest_files import LONGEST

PROJECT = tomllib.loads((CHECKOUT / "pyproject.toml").read_text())["project"]
OTHER = tomllib.loads((CHECKOUT / "lib" / "sdctables" / "pyproject.toml").read_text())
ENVIRONMENT = yaml.safe_load((CHECKOUT / "environment.yml").read_text())


def pins(file="requirements.txt"):
    lines = (CHECKOUT / file).read_text().splitlines()
    wanted = [Requirement(line) for line in lines if line and line[0] != "#"]
    return {canonicalize_name(each.name): each for each in wanted}


def declared():
    extras = PROJECT["optional-dependencies"]
    named = PROJECT["dependencies"] + extras["lab"] + extras["large"] + extras["dev"]
    wanted = [Requirement(text) for text in named + OTHER["project"]["dependencies"]]
    return [each for each in wanted if each.name != OTHER["project"]["name"]]


def test_the_two_packages_of_this_repository_fit():
    (wanted,) = [
        each
        for each in map(Requirement, PROJECT["dependencies"])
        if each.name == OTHER["project"]["name"]
    ]
    assert wanted.specifier.contains(OTHER["project"]["version"])


def test_every_pin_is_one_exact_version():
    for pin in pins().values():
        assert [each.operator for each in pin.specifier] == ["=="], str(pin)


def test_every_pin_is_installed_by_the_oldest_python_that_we_name():
    """Debian's is 3.11.2; a pin that wants 3.11.5 ends `make report` there."""
    oldest = PROJECT["requires-python"].removeprefix(">=") + ".0"
    wanted = {name: metadata(name).get("Requires-Python", "") for name in pins()}
    refused = {
        name: versions
        for name, versions in wanted.items()
        if not SpecifierSet(versions).contains(oldest)
    }
    assert refused == {}


def test_every_declared_dependency_is_pinned_within_its_range():
    pinned = pins()
    for wanted in declared():
        pin = pinned[canonicalize_name(wanted.name)]
        (exact,) = pin.specifier
        assert wanted.specifier.contains(exact.version), f"{wanted} and {pin}"


def test_continuous_integration_adds_pins_for_the_engines_and_for_nothing_else():
    added = pins(".ci/requirements.txt")
    extras = PROJECT["optional-dependencies"]
    for wanted in map(Requirement, extras["polars"] + extras["spark"]):
        (exact,) = added[canonicalize_name(wanted.name)].specifier
        assert (exact.operator, wanted.specifier.contains(exact.version)) == (
            "==",
            True,
        )
    assert not added.keys() & pins().keys()


def test_conda_installs_the_same_pins_and_nothing_else():
    python, pip, section = ENVIRONMENT["dependencies"]
    assert python == f"python{PROJECT['requires-python']}"
    assert pip == "pip"
    assert list(section) == ["pip"]


@pytest.fixture
def read_by_pip(tmp_path, monkeypatch):
    """What pip makes of the lines: conda writes them to a file beside environment.yml.

    pip's own parser, since it alone knows which options a line may have.
    """
    (lines,) = ENVIRONMENT["dependencies"][2].values()
    shutil.copy(CHECKOUT / "requirements.txt", tmp_path)
    written = tmp_path / "condaenv.requirements.txt"
    written.write_text("\n".join(lines))
    monkeypatch.chdir(CHECKOUT)
    read = list(parse_requirements(str(written), session=PipSession()))
    return [install_req_from_parsed_requirement(each) for each in read]


def test_pip_reads_what_conda_hands_it(read_by_pip):
    pinned = [str(each.req) for each in read_by_pip if not each.editable]
    assert pinned == [str(pin) for pin in pins().values()]


def test_conda_installs_both_packages_of_the_checkout(read_by_pip):
    editable = [
        Path(each.unpacked_source_directory) for each in read_by_pip if each.editable
    ]
    assert editable == [CHECKOUT / "lib" / "sdctables", CHECKOUT]
    named = [
        tomllib.loads((folder / "pyproject.toml").read_text())["project"]["name"]
        for folder in editable
    ]
    assert named == ["sdctables", "qadaya"]


def test_make_installs_the_same_two_packages():
    assert "--no-deps -e ./lib/sdctables -e ." in (CHECKOUT / "Makefile").read_text()


def test_each_dependency_says_what_it_is_for():
    lines = [
        line
        for folder in (CHECKOUT, CHECKOUT / "lib" / "sdctables")
        for line in (folder / "pyproject.toml").read_text().splitlines()
    ]
    for wanted in declared():
        opening = re.compile(rf'\s*"{re.escape(wanted.name)}(?![\w-])')
        told = [each for each in lines if opening.match(each)]
        assert told and all("  # " in each for each in told), told


def test_no_file_of_the_set_up_names_a_package_index():
    for name in ("requirements.txt", "environment.yml", "Makefile", ".ci/run"):
        text = (CHECKOUT / name).read_text()
        assert "://" not in text, name
        assert "index-url" not in text, name


def test_each_file_that_goes_first_is_there():
    folders = (CHECKOUT / "tests", CHECKOUT / "lib" / "sdctables" / "tests")
    names = [path.name for each in folders for path in each.rglob("test_*.py")]
    assert set(LONGEST) <= set(names)


def test_types_are_checked_strictly_and_without_an_exception():
    # Public or not: what callers see is made of the rest.
    checked = tomllib.loads((CHECKOUT / "pyproject.toml").read_text())["tool"]["mypy"]
    assert checked["strict"] is True
    assert checked["files"] == ["lib/qadaya", "lib/sdctables"]
    assert "overrides" not in checked
    # The library's own tests lie beside it.
    assert checked["exclude"] == ["lib/sdctables/tests"]
    for package in checked["files"]:
        assert (CHECKOUT / package / "py.typed").is_file()
