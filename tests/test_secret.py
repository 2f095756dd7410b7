import json

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from qadaya.editions.register_secrets import Secrets
from qadaya.errors import EditionError
from sdctables.rule import Rule

RULE = Rule(base=5, exact=(("year",),), shift=1)


def test_the_seed_is_drawn_once_and_kept(tmp_path):
    first = Secrets(tmp_path).seed_of("counts")
    assert Secrets(tmp_path).seed_of("counts") == first
    assert 0 <= first < 2**63


def test_two_registers_have_two_seeds(tmp_path):
    assert Secrets(tmp_path / "a").seed_of("counts") != Secrets(tmp_path / "b").seed_of(
        "counts"
    )


def test_of_two_keys_drawn_at_once_the_first_stays(tmp_path, monkeypatch):
    first = []

    def draw_too_late(length):
        monkeypatch.undo()
        first.append(Secrets(tmp_path).seed_of("counts"))
        return "ab" * length

    monkeypatch.setattr("secrets.token_hex", draw_too_late)
    assert [Secrets(tmp_path).seed_of("counts")] == first


def test_a_digest_needs_the_key(tmp_path):
    one, other = Secrets(tmp_path / "a"), Secrets(tmp_path / "b")
    assert one.digest("5 cases") == one.digest("5 cases")
    assert one.digest("5 cases") != other.digest("5 cases")


def test_an_edition_is_remembered_until_it_is_forgotten(tmp_path):
    cells = pd.DataFrame({"court": ["a"], "n": [1], "published": [3]})
    secrets = Secrets(tmp_path)
    for number in ("2026.1", "2026.10", "2026.9"):
        secrets.remember(number, cells, RULE)
    assert secrets.numbers(tmp_path / "editions") == ["2026.1", "2026.9", "2026.10"]
    recalled, rule = secrets.recall("2026.9")
    pd.testing.assert_frame_equal(recalled, cells)
    assert rule == RULE
    secrets.forget("2026.9")
    with pytest.raises(EditionError, match=r"shared edition 2026\.9 is not with this"):
        secrets.recall("2026.9")


def test_invented_editions_are_remembered_apart(tmp_path):
    cells = pd.DataFrame({"court": ["a"], "n": [1], "published": [3]})
    Secrets(tmp_path, synthetic=True).remember("2026.1", cells, RULE)
    assert Secrets(tmp_path).numbers(tmp_path / "editions") == []


@pytest.mark.parametrize("content", ["", "{}", '{"key": "xyz"}', '{"key": 5}'])
def test_a_damaged_key_is_one_clear_line(tmp_path, content):
    (tmp_path / "protection").mkdir()
    (tmp_path / "protection" / "secret.json").write_text(content)
    with pytest.raises(EditionError, match="is damaged; expected the key") as caught:
        Secrets(tmp_path)
    assert "xyz" not in str(caught.value)


def test_a_register_that_cannot_be_written_is_one_clear_line(tmp_path):
    (tmp_path / "register").write_text("in the way")
    with pytest.raises(EditionError, match="cannot be read or written"):
        Secrets(tmp_path / "register")


def test_a_shared_run_has_no_secrets(tmp_path, monkeypatch):
    monkeypatch.setenv("QADAYA_AUDIENCE", "shared")
    with pytest.raises(EditionError, match="do not open here"):
        Secrets(tmp_path)
    assert not list(tmp_path.iterdir())


def test_the_key_is_random(tmp_path):
    Secrets(tmp_path)
    kept = json.loads((tmp_path / "protection" / "secret.json").read_text())
    assert len(bytes.fromhex(kept["key"])) == 32


CELLS = pd.DataFrame({"court": ["a", "b"], "n": [1, 2], "published": [3, 0]})


def changed(path, **columns):
    table = pq.read_table(path)
    frame = table.to_pandas().assign(**columns)
    again = pa.Table.from_pandas(frame, preserve_index=False)
    pq.write_table(again.replace_schema_metadata(table.schema.metadata), path)


@pytest.mark.parametrize("columns", [{"n": [1, 1]}, {"published": [3, 3]}])
def test_a_record_that_was_edited_is_refused_by_name(tmp_path, columns):
    path = Secrets(tmp_path).remember("2026.1", CELLS, RULE)
    changed(path, **columns)
    with pytest.raises(EditionError) as refused:
        Secrets(tmp_path).recall("2026.1")
    assert str(refused.value).startswith(f"{path}: was changed after it was kept;")


def test_the_record_of_another_register_is_refused_by_name(tmp_path):
    path = Secrets(tmp_path / "a").remember("2026.1", CELLS, RULE)
    own = Secrets(tmp_path / "b").remember("2026.1", CELLS, RULE)
    own.write_bytes(path.read_bytes())
    with pytest.raises(EditionError) as refused:
        Secrets(tmp_path / "b").recall("2026.1")
    assert str(refused.value).startswith(f"{own}: was kept by another register;")


def test_the_record_of_another_edition_is_no_record_of_this_one(tmp_path):
    kept = Secrets(tmp_path)
    first = kept.remember("2026.1", CELLS, RULE)
    second = kept.remember("2026.2", CELLS.assign(n=[1, 1]), RULE)
    second.write_bytes(first.read_bytes())
    with pytest.raises(EditionError, match=r"2026\.2\.parquet: was changed after"):
        kept.recall("2026.2")


def test_a_table_that_was_printed_is_checked_as_well(tmp_path):
    kept = Secrets(tmp_path)
    kept.remember("2026.1", CELLS, RULE, {"reporting": CELLS})
    changed(next(tmp_path.rglob("*.printed")), n=[1, 1])
    with pytest.raises(EditionError, match=r"reporting\.printed: was changed after"):
        kept.recall_tables("2026.1")
