"""The walks of CONTRIBUTING.md lead through files that are there."""

import re

import pytest

from checkout import CHECKOUT

TEXT = (CHECKOUT / "CONTRIBUTING.md").read_text(encoding="utf-8")
TOP = {"lib", "tests", "data", "docs", "notebooks", "params", "bench", ".ci"}
NAMED = sorted(
    {
        name
        for name in re.findall(r"`([^`\s*]+)`", TEXT)
        if name.split("/")[0] in TOP or re.fullmatch(r"[\w-]+\.(md|toml|txt|yml)", name)
    }
)


@pytest.mark.parametrize("name", NAMED)
def test_what_a_walk_names_is_there(name):
    assert (CHECKOUT / name).exists()


@pytest.mark.parametrize(
    "thing",
    ["court", "wording", "rule", "published figure", "chart", "notebook", "string"],
)
def test_each_thing_that_can_be_added_has_its_walk(thing):
    (walk,) = re.findall(rf"^## A {thing}\b.*\n\n((?:.+\n|\n(?!## ))+)", TEXT, re.M)
    steps = re.findall(r"^\d\. ", walk, re.M)
    assert len(steps) >= 3
    assert any(f"`{name}`" in walk for name in NAMED if name.startswith("tests/"))


def test_what_a_walk_calls_by_name_is_in_its_file():
    for path, name in (
        ("lib/qadaya/reference/tables.py", "_BRANCHES"),
        ("tests/test_charts.py", "OF_EDITION"),
        ("lib/qadaya/views/frames/counts.py", "def cases_table"),
        ("tests/plain_user.py", "def plain_user"),
    ):
        assert name.removeprefix("def ") in TEXT
        assert name in (CHECKOUT / path).read_text(encoding="utf-8")
