import json

import pandas as pd
import pyarrow.parquet as pq
import pytest
from jsonschema import Draft202012Validator
from openpyxl import load_workbook

from qadaya.counting.bands import MEASURES_OF_SENTENCE, sentence_label
from qadaya.editions.build import build_edition
from qadaya.editions.export.columns import (
    COLUMNS,
    TABLES,
    column_description,
    column_title,
)
from qadaya.editions.export.datapackage import AS_OF, METHOD, SOURCES, SYNTHETIC
from qadaya.editions.export.files import write_tables
from qadaya.editions.notices import INTERNAL, SHARED
from qadaya.errors import EditionError
from qadaya.language import translator
from small_register import COURTS, cases, problems, returns

TYPED = ["=2+5", "@SUM(A1)"]


@pytest.fixture
def edition(tmp_path):
    return build_edition(
        cases(),
        returns(),
        problems().assign(rule="platform_unknown", value=TYPED),
        audience="internal",
        folder=tmp_path / "editions",
        courts=COURTS,
    )


def test_every_table_comes_as_csv_and_parquet_with_one_workbook(edition, tmp_path):
    written = write_tables(edition, tmp_path / "out")
    names = {path.name for path in written}
    assert {f"{table}.csv" for table in edition.tables} <= names
    assert {f"{table}.parquet" for table in edition.tables} <= names
    assert "qadaya-internal-2024.1-synthetic.xlsx" in names
    assert "datapackage.json" in names
    assert names == {path.name for path in (tmp_path / "out").iterdir()}


def test_the_three_forms_hold_the_same_counts(edition, tmp_path):
    write_tables(edition, tmp_path)
    expected = edition.cube.assign(synthetic=True)
    pd.testing.assert_frame_equal(pd.read_csv(tmp_path / "cube.csv"), expected)
    pd.testing.assert_frame_equal(pd.read_parquet(tmp_path / "cube.parquet"), expected)
    sheet = load_workbook(tmp_path / "qadaya-internal-2024.1-synthetic.xlsx")["cube"]
    rows = list(sheet.iter_rows(min_row=7, values_only=True))
    assert [list(row) for row in rows] == expected.values.tolist()


def test_a_csv_begins_with_the_mark_that_excel_needs_for_arabic(edition, tmp_path):
    write_tables(edition, tmp_path)
    assert (tmp_path / "cube.csv").read_bytes().startswith(b"\xef\xbb\xbfcourt_id,")


def test_no_cell_of_an_export_is_a_formula(edition, tmp_path):
    write_tables(edition, tmp_path)
    assert pd.read_csv(tmp_path / "problems.csv")["value"].tolist() == [
        "'=2+5",
        "'@SUM(A1)",
    ]
    book = load_workbook(tmp_path / "qadaya-internal-2024.1-synthetic.xlsx")
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert not [cell for cell in cells if cell.data_type == "f"]
    assert "'=2+5" in [cell.value for cell in cells]


def test_every_file_says_that_the_data_are_synthetic(edition, tmp_path):
    write_tables(edition, tmp_path)
    for path in tmp_path.glob("*.csv"):
        table = pd.read_csv(path)
        if path.name.endswith(".sdmx.csv"):
            assert set(table["SYNTHETIC"]) == {"yes"}
        else:
            assert table["synthetic"].all()
    for path in tmp_path.glob("*.parquet"):
        assert pq.read_schema(path).metadata[b"qadaya.synthetic"] == b"true"
    for sheet in load_workbook(tmp_path / "qadaya-internal-2024.1-synthetic.xlsx"):
        assert sheet["A2"].value == SYNTHETIC
    assert json.loads((tmp_path / "datapackage.json").read_text())["synthetic"] is True


# The parts of the Data Package specification (version 1) that a reader relies on.
NAME = {"type": "string", "pattern": "^[-a-z0-9._/]+$"}
FIELD = {
    "type": "object",
    "required": ["name", "type", "title", "description"],
    "properties": {
        "type": {"enum": ["string", "integer", "boolean"]},
        "constraints": {"properties": {"enum": {"uniqueItems": True, "minItems": 1}}},
    },
}
RESOURCE = {
    "type": "object",
    "required": ["name", "path", "format", "mediatype"],
    "properties": {
        "name": NAME,
        "path": {"type": "string", "pattern": r"^(?!/)(?!.*\.\.)"},
        "profile": {"enum": ["data-resource", "tabular-data-resource"]},
        "schema": {
            "required": ["fields"],
            "properties": {"fields": {"type": "array", "items": FIELD, "minItems": 1}},
        },
    },
    "if": {"required": ["profile"]},
    "then": {"required": ["schema"]},
}
PACKAGE = {
    "type": "object",
    "required": ["name", "resources", "sources", "method", "as_of", "synthetic"],
    "properties": {
        "name": NAME,
        "created": {"type": "string", "pattern": r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$"},
        "sources": {"type": "array", "minItems": 1, "items": {"required": ["title"]}},
        "resources": {"type": "array", "minItems": 1, "items": RESOURCE},
    },
}


@pytest.mark.parametrize("language", ["ar", "fr", "en"])
def test_the_description_keeps_to_the_specification(edition, tmp_path, language):
    write_tables(edition, tmp_path, language=language)
    package = json.loads((tmp_path / "datapackage.json").read_text(encoding="utf-8"))
    Draft202012Validator(PACKAGE).validate(package)
    names = [each["name"] for each in package["resources"]]
    assert len(set(names)) == len(names)
    for resource in package["resources"]:
        assert (tmp_path / resource["path"]).is_file()


def test_the_columns_described_are_those_of_the_file_and_so_are_their_codes(
    edition, tmp_path
):
    write_tables(edition, tmp_path)
    package = json.loads((tmp_path / "datapackage.json").read_text())
    for resource in package["resources"]:
        if "schema" not in resource:
            continue
        table = pd.read_csv(tmp_path / resource["path"])
        fields = resource["schema"]["fields"]
        assert [field["name"] for field in fields] == list(table.columns)
        for field in fields:
            allowed = field.get("constraints", {}).get("enum")
            if allowed:
                assert set(table[field["name"]].dropna()) <= set(allowed)
    n = package["resources"][0]["schema"]["fields"][-2]
    assert (n["name"], n["unit"]) == ("n", "cases")


@pytest.mark.parametrize("language", ["ar", "fr"])
def test_every_word_of_an_export_is_translated(language):
    say = translator(language, "editions.tables").gettext
    sentences = [AS_OF, INTERNAL, METHOD, SHARED, SYNTHETIC, *SOURCES]
    for text in [*sentences, *TABLES.values()]:
        assert say(text) != text
    for measure, text in MEASURES_OF_SENTENCE.items():
        assert sentence_label(measure, language) != text
    for name in COLUMNS:
        assert column_description(name, language) != column_description(name, "en")
        # SHA-256, Version and Cassation are the same word in French.
        if language == "ar":
            assert column_title(name, "ar") != column_title(name, "en")


def test_a_folder_that_cannot_be_written_gives_one_line(edition, tmp_path):
    (tmp_path / "out").write_text("in the way")
    with pytest.raises(EditionError, match="the tables cannot be written"):
        write_tables(edition, tmp_path / "out")


def test_a_failure_leaves_the_earlier_files_as_they_were(
    edition, tmp_path, monkeypatch
):
    out = tmp_path / "out"
    out.mkdir()
    (out / "cube.csv").write_text("earlier")

    def fail(*arguments, **options):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(pq, "write_table", fail)
    with pytest.raises(EditionError, match="No space left"):
        write_tables(edition, out)
    assert [path.name for path in out.iterdir()] == ["cube.csv"]
    assert (out / "cube.csv").read_text() == "earlier"
