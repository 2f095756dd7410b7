import json

import pandas as pd
import pytest

from plain_user import plain_user
from qadaya.editions.build import build_edition
from qadaya.editions.manifest import RowCounts
from qadaya.errors import EditionError
from small_register import COURTS, a_return, cases, problems, register, returns


def build(folder, frames=None, **options):
    return build_edition(
        *(frames or register()),
        **{"audience": "internal", "folder": folder, "courts": COURTS} | options,
    )


def test_an_internal_edition_holds_the_exact_counts(tmp_path):
    edition = build(tmp_path)
    assert edition.number == "2024.1"
    assert edition.path == tmp_path / "internal" / "2024.1"
    assert edition.as_of == "2024-03-05"
    assert edition.years == [2022, 2023]
    assert edition.synthetic
    assert edition.bounds == {}
    assert edition.cube["n"].tolist() == [1, 2, 1, 1]
    assert edition.table("bodies").to_dict("list") == {
        "year": [2022, 2023, 2023, 2023],
        "platform": ["NCMEC+CPS", "CPS", "CPS", "NCMEC"],
        "body": ["gr", "gr", "unknown", "bnpj"],
        "n": [1, 1, 1, 2],
    }


@pytest.mark.parametrize("name", ["cube", "bodies", "subjects", "outcomes"])
def test_every_table_adds_up_to_the_same_cases(tmp_path, name):
    assert build(tmp_path).table(name)["n"].sum() == 5


def test_each_measure_of_the_sentences_adds_up_to_the_convicted_cases(tmp_path):
    sentences = build(tmp_path).table("sentences")
    assert sentences.groupby("measure")["n"].sum().to_dict() == {
        "imprisonment_months": 2,
        "fine_mad": 2,
    }
    assert sentences.values.tolist() == [
        [2022, "imprisonment_months", "under_12", 1],
        [2023, "imprisonment_months", "24_to_59", 1],
        [2022, "fine_mad", "not_stated", 1],
        [2023, "fine_mad", "10000_to_49999", 1],
    ]


def test_the_manifest_says_where_the_edition_comes_from(tmp_path):
    manifest = build(tmp_path).manifest
    assert manifest.rows == RowCounts(accepted=5, refused=3)
    assert [each["court_id"] for each in manifest.inputs] == [
        "ca-a",
        "ca-b",
        "tpi-a",
    ]
    assert manifest.inputs[0]["sha256"] == returns()["sha256"][1]
    assert manifest.parameters == {"as_of": "2024-03-05"}
    assert {"python", "qadaya", "pandas", "highspy"} <= manifest.versions.keys()
    assert manifest.reporting["2023"] == {
        "missing": ["ca-b"],
        "nil": ["ca-a"],
        "not_established": ["tpi-new"],
        "reported": ["tpi-a"],
    }
    assert len(manifest.fingerprint) == 64


def test_the_same_cases_give_the_edition_that_is_there(tmp_path):
    first = build(tmp_path)
    frames = [frame.sample(frac=1, random_state=3) for frame in register()]
    assert build(tmp_path, frames).path == first.path
    assert [each.name for each in first.path.parent.iterdir()] == ["2024.1"]


def test_another_date_or_another_case_gives_another_edition(tmp_path):
    build(tmp_path)
    assert build(tmp_path, as_of="2024-12-31").number == "2024.2"
    assert build(tmp_path, as_of="2025-01-01").number == "2025.1"
    fewer = cases().iloc[:4], returns(), problems()
    assert build(tmp_path, fewer, as_of="2024-12-31").number == "2024.3"


def test_a_refused_personal_value_is_in_no_file_of_the_edition(tmp_path):
    edition = build(tmp_path)
    kept = edition.table("problems")
    assert kept["value"].tolist()[0] == "INTERPOL"
    assert pd.isna(kept["value"].tolist()[1])
    assert kept["cell"].tolist() == ["E16", "C12"]
    for path in edition.path.iterdir():
        assert b"0612345678" not in path.read_bytes()


def test_a_superseded_return_counts_in_no_year(tmp_path):
    old = a_return("ca-a", 2021, current=False)
    received = pd.concat([returns(), pd.DataFrame([old])])
    edition = build(tmp_path, (cases(), received, problems()))
    assert edition.years == [2022, 2023]
    assert edition.manifest.rows.accepted == 5
    assert len(edition.table("returns")) == 5


def test_returns_that_nobody_invented_make_no_synthetic_edition(tmp_path):
    received = returns().assign(synthetic=False)
    assert not build(tmp_path, (cases(), received, problems())).synthetic


BAD = [
    ({"audience": "public"}, None, "audience is 'public'; expected one of internal"),
    ({"as_of": "5 March"}, None, "as-of date is '5 March'; expected a date such as"),
    ({"as_of": "2024-03-04"}, None, "before the latest return came in (2024-03-05)"),
    ({}, (cases(), returns().iloc[:0], problems()), "the register holds no return"),
    ({}, (cases().drop(columns="body"), returns(), problems()), "cases lack body"),
    ({}, (cases().assign(stage="lost"), returns(), problems()), "have stage 'lost'"),
    ({}, (cases().assign(stage=None), returns(), problems()), "have stage None"),
    ({}, (cases().assign(court_id="x"), returns(), problems()), "have court_id 'x'"),
    ({}, (cases().assign(year=1999), returns(), problems()), "have year 1999"),
]


@pytest.mark.parametrize(("options", "frames", "message"), BAD)
def test_what_cannot_be_counted_is_refused_in_one_line(
    tmp_path, options, frames, message
):
    with pytest.raises(EditionError) as caught:
        build(tmp_path, frames, **options)
    assert message in str(caught.value)
    assert "\n" not in str(caught.value)
    assert not list(tmp_path.iterdir())


def test_a_failure_while_writing_leaves_nothing_behind(tmp_path, monkeypatch):
    written = []

    def fail(table, path, **options):
        written.append(path)
        if len(written) == 3:
            raise OSError(28, "No space left on device")
        path.write_bytes(b"x")

    monkeypatch.setattr(pd.DataFrame, "to_parquet", fail)
    with pytest.raises(EditionError, match="No space left on device"):
        build(tmp_path)
    assert list((tmp_path / "internal").iterdir()) == []


def test_a_folder_that_cannot_be_written_gives_one_line(tmp_path):
    tmp_path.chmod(0o500)
    expected = "expected a folder that can be written to"
    with plain_user(), pytest.raises(EditionError, match=expected):
        build(tmp_path)


def test_a_file_where_the_folder_should_be_gives_one_line(tmp_path):
    (tmp_path / "internal").write_text("in the way")
    with pytest.raises(EditionError, match=r"edition 2024\.1 cannot be written"):
        build(tmp_path)


def test_the_manifest_is_plain_json(tmp_path):
    edition = build(tmp_path)
    text = (edition.path / "manifest.json").read_text(encoding="utf-8")
    assert json.loads(text) == edition.manifest.to_dict()
    assert str(tmp_path) not in text
