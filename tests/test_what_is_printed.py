import json
import re

import pandas as pd
import pyarrow.parquet as pq
import pytest

from checkout import CHECKOUT
from qadaya.editions.build import build_edition
from qadaya.editions.export.files import write_tables
from qadaya.editions.protection.policy import read_policy
from qadaya.pages.render.facts import Facts
from qadaya.pages.render.page import page_record
from qadaya.views.explorer.explore import explore
from qadaya.views.topics.colophon import colophon
from small_register import COURTS, a_return, many, problems

LIST = CHECKOUT / "docs" / "what-is-printed.md"
WAYS = {"equality", "bound", "rule", "total", "earlier", "follows", "keyed", "no count"}
COUNTS = {("tpi-a", 2023): 6, ("ca-a", 2023): 1, ("ca-b", 2023): 2, ("ca-b", 2022): 1}


def listed():
    """The places of the list, in its order, and how each enters."""
    text = LIST.read_text(encoding="utf-8").split("## Choices")[0]
    rows = re.findall(r"^\| `([^`]+)` \| ([^|]+) \| ([^|]+) \|$", text, re.MULTILINE)
    return {place: way.strip() for place, way, _ in rows}


def pattern(place):
    text = re.escape(place).replace(r"\*\*", ".+").replace(r"\*", "[^/]+")
    return re.compile(text.replace(r"\{", "(").replace(r"\}", ")").replace(",", "|"))


def leaves(value, place):
    if isinstance(value, dict) and value:
        for name, part in value.items():
            yield from leaves(part, f"{place}/{name}")
    elif isinstance(value, list | tuple) and value:
        for part in value:
            yield from leaves(part, f"{place}/[]")
    else:
        yield place


def printed(edition, folder):
    """The place of everything that an edition and its exports hold."""
    for name in ("proof", "manifest"):
        text = (edition.path / f"{name}.json").read_text(encoding="utf-8")
        yield from leaves(json.loads(text), name)
    for name in edition.tables:
        yield from (f"table/{name}/{column}" for column in edition.table(name))
    write_tables(edition, folder, language="en")
    package = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    yield from leaves(package, "datapackage")
    for path in folder.glob("*.parquet"):
        notes = [key.decode() for key in pq.read_schema(path).metadata]
        # What pandas notes is the types of the columns.
        yield from (f"parquet/{note}" for note in notes if note != "pandas")


def on_a_page(edition):
    """What a page of the edition says of itself, and what its explorer is given."""
    yield from leaves(explore(edition).state(), "explorer")
    told = colophon(edition, year=2023, language="en").facts
    known = {name: told[name] for name in ("bounds", "years", "courts", "counts")}
    facts = Facts(**known)
    yield from leaves(page_record(facts, title="", name="", made_from=None), "page")


@pytest.fixture(scope="module")
def places(tmp_path_factory):
    folder = tmp_path_factory.mktemp("printed")
    cases = many(COUNTS)
    sizes = cases.groupby(["court_id", "year"]).size()
    sent = [a_return(court, year, accepted=n) for (court, year), n in sizes.items()]
    found = set()
    for profile in (None, "suppression"):
        place = folder / str(profile)
        edition = build_edition(
            cases,
            pd.DataFrame(sent),
            problems(),
            known={"log": "0" * 64, "decided": "2024-03-05"},
            audience="shared",
            courts=COURTS,
            policy=read_policy(profile=profile),
            folder=place / "editions",
            register=place / "register",
        )
        found |= set(printed(edition, place / "tables"))
        if profile is None:
            found |= set(on_a_page(edition))
    return found


def test_everything_printed_is_on_the_list(places):
    patterns = [pattern(place) for place in listed()]
    missing = [
        place
        for place in sorted(places)
        if not any(p.fullmatch(place) for p in patterns)
    ]
    assert missing == []


def test_everything_on_the_list_is_printed(places):
    # The first that fits speaks for a place; one that never does is out of date.
    left = dict.fromkeys(listed())
    for place in places:
        first = next(each for each in listed() if pattern(each).fullmatch(place))
        left.pop(first, None)
    assert list(left) == []


def test_the_list_says_how_each_thing_enters():
    assert set(listed().values()) == WAYS


@pytest.mark.parametrize(
    "place",
    [
        *("proof/gap", "proof/seconds", "proof/tables/[]/seconds", "proof/rounded"),
        *("manifest/bounds/year/mean", "manifest/rounded", "manifest/seed"),
        *("datapackage/error_bounds/year/mean", "datapackage/gap", "page/gap"),
        *("page/bounds/year/mean", "explorer/facts/gap", "table/cube/true"),
    ],
)
def test_what_once_told_of_counts_or_would_is_not_on_the_list(place):
    assert not [each for each in listed() if pattern(each).fullmatch(place)]


def test_the_proof_and_the_manifest_are_named_where_they_are_explained():
    method = (CHECKOUT / "docs" / "method.md").read_text(encoding="utf-8")
    assert "what-is-printed.md" in method
