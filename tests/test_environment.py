"""One set of pins, told three ways."""

import re
import tomllib

import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from qadaya.paths import CHECKOUT

PROJECT = tomllib.loads((CHECKOUT / "pyproject.toml").read_text())["project"]


def pins():
    lines = (CHECKOUT / "requirements.txt").read_text().splitlines()
    wanted = [Requirement(line) for line in lines if line and line[0] != "#"]
    return {canonicalize_name(each.name): each for each in wanted}


def declared():
    extras = PROJECT["optional-dependencies"]
    named = PROJECT["dependencies"] + extras["lab"] + extras["large"] + extras["dev"]
    return [Requirement(text) for text in named]


def test_every_pin_is_one_exact_version():
    for pin in pins().values():
        assert [each.operator for each in pin.specifier] == ["=="], str(pin)


def test_every_declared_dependency_is_pinned_within_its_range():
    pinned = pins()
    for wanted in declared():
        pin = pinned[canonicalize_name(wanted.name)]
        (exact,) = pin.specifier
        assert wanted.specifier.contains(exact.version), f"{wanted} and {pin}"


def test_conda_installs_the_same_pins_and_nothing_else():
    environment = yaml.safe_load((CHECKOUT / "environment.yml").read_text())
    python, pip, section = environment["dependencies"]
    assert python == f"python{PROJECT['requires-python']}"
    assert pip == "pip"
    assert section == {"pip": ["-r requirements.txt", "--no-deps -e ."]}


def test_each_dependency_says_what_it_is_for():
    lines = (CHECKOUT / "pyproject.toml").read_text().splitlines()
    for wanted in declared():
        opening = re.compile(rf'\s*"{re.escape(wanted.name)}(?![\w-])')
        (line,) = [each for each in lines if opening.match(each)]
        assert "  # " in line, line


def test_no_file_of_the_set_up_names_a_package_index():
    for name in ("requirements.txt", "environment.yml", "Makefile", ".ci/run"):
        text = (CHECKOUT / name).read_text()
        assert "://" not in text, name
        assert "index-url" not in text, name
