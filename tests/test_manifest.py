"""What an edition says of itself is typed, and read strictly."""

import json

import pytest

from qadaya.editions.manifest import Manifest, RoundingError, read_manifest
from qadaya.errors import EditionError
from sdctables.rule import Rule
from small_edition import small_manifest

RULE = Rule(base=3).to_dict()
SHARED = {"audience": "shared", "rule": RULE}
CUBE = {"file": "cube.parquet", "rows": 5, "sha256": "a" * 64}


def write(folder, content):
    text = content if isinstance(content, str) else json.dumps(content)
    (folder / "manifest.json").write_text(text, encoding="utf-8")
    return folder


def test_a_manifest_is_read_with_its_types(tmp_path):
    bounds = {"circuit_id x year": {"largest": 2}}
    manifest = read_manifest(write(tmp_path, small_manifest(**SHARED, bounds=bounds)))
    assert manifest.number == "2024.1"
    assert manifest.rule == Rule(base=3)
    assert manifest.bounds["circuit_id x year"] == RoundingError(largest=2)
    assert manifest.tables["cube"].rows == 5


@pytest.mark.parametrize("facts", [{}, SHARED], ids=["internal", "shared"])
def test_what_is_written_is_what_was_read(tmp_path, facts):
    written = small_manifest(**facts)
    assert read_manifest(write(tmp_path, written)).to_dict() == written


def test_an_edition_written_before_layouts_were_numbered_is_read(tmp_path):
    written = small_manifest()
    del written["layout"]
    assert read_manifest(write(tmp_path, written)).layout == 1


def test_what_is_not_given_is_not_written():
    facts = small_manifest()
    for absent in ("layout", "tables"):
        del facts[absent]
    manifest = Manifest(**facts)
    assert manifest.to_dict() == {"layout": 1} | facts
    assert "rule" not in manifest.to_dict()


DAMAGED = "; the edition is damaged. Remove its folder and build it again"
REFUSED = {
    "half of it": ('{"number": "2024.1",', "is no JSON (Expecting property name"),
    "a list": ("[]", f"holds no settings{DAMAGED}"),
    "too little": (
        {"number": "2024.1"},
        "lacks as_of, audience, bounds, fingerprint, inputs, parameters, reporting, "
        f"rows, synthetic, versions, years{DAMAGED}",
    ),
    "another layout": (
        small_manifest(layout=2),
        "layout is 2; this program reads 1. Open the edition with the version of "
        "Qadaya that wrote it, or build it again",
    ),
    "an entry of no manifest": (
        small_manifest(secret=1),
        f"secret is no entry of a manifest{DAMAGED}",
    ),
    "a year in words": (small_manifest(years=["2023"]), "years.0 is '2023' (Input"),
    "an audience of its own": (
        small_manifest(audience="all"),
        "audience is 'all' (Input should be 'internal' or 'shared')",
    ),
    "a file of another folder": (
        small_manifest(tables={"cube": CUBE | {"file": "../cube.parquet"}}),
        "tables.cube.file is '../cube.parquet' (String should match",
    ),
    "a hash cut short": (
        small_manifest(tables={"cube": CUBE | {"sha256": "a1"}}),
        "tables.cube.sha256 is 'a1' (String should match",
    ),
    "a rule with an unknown key": (
        small_manifest(audience="shared", rule=RULE | {"seed": 7}),
        "rule: unknown key 'seed'; expected base, ",
    ),
    "a shared edition without a rule": (
        small_manifest(audience="shared"),
        f"a shared edition without the rule of its protection{DAMAGED}",
    ),
}


@pytest.mark.parametrize(("content", "message"), REFUSED.values(), ids=REFUSED)
def test_a_manifest_that_cannot_be_used_is_one_clear_line(tmp_path, content, message):
    with pytest.raises(EditionError) as refused:
        read_manifest(write(tmp_path, content))
    assert str(refused.value).startswith(f"{tmp_path / 'manifest.json'}: {message}")
    assert "\n" not in str(refused.value)


def test_a_folder_without_one_is_no_edition(tmp_path):
    with pytest.raises(EditionError, match=r"cannot be read \(No such file"):
        read_manifest(tmp_path)
