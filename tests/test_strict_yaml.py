"""A file of settings says each thing once, in plain values."""

from datetime import date

import pytest

from qadaya.errors import ParameterError
from qadaya.strict_yaml import read_yaml


def read(tmp_path, content):
    path = tmp_path / "settings.yml"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return read_yaml(path, expected="some settings")


def test_mappings_lists_and_plain_values_come_back(tmp_path):
    written = """
decision:
  by: النيابة العامة
  decided: 2026-11-21
readers: [plain, rule-aware]
batch: 3
gap: 0.02
"""
    assert read(tmp_path, written) == {
        "decision": {"by": "النيابة العامة", "decided": date(2026, 11, 21)},
        "readers": ["plain", "rule-aware"],
        "batch": 3,
        "gap": 0.02,
    }


def test_the_same_key_may_stand_in_two_mappings(tmp_path):
    assert read(tmp_path, "a: {n: 1}\nb: {n: 2}") == {"a": {"n": 1}, "b": {"n": 2}}


def test_an_empty_file_holds_nothing(tmp_path):
    assert read(tmp_path, "# a note\n") is None


def test_a_mark_of_the_byte_order_is_passed_over(tmp_path):
    assert read(tmp_path, b"\xef\xbb\xbfbatch: 3") == {"batch": 3}


BOMB = "a: &a [x, x]\n" + "".join(
    f"{own}: &{own} [*{last}, *{last}]\n" for last, own in zip("abcd", "bcde", strict=1)
)
REFUSED = {
    "a key twice": (
        "batch: 3\nrule: {}\nbatch: 1",
        "line 3: batch is written twice; expected once",
    ),
    "a key twice, further in": (
        "rule:\n  base: 3\n  base: 5",
        "line 3: base is written twice; expected once",
    ),
    "a key twice in brackets": (
        "rule: {base: 3, base: 5}",
        "line 1: base is written twice; expected once",
    ),
    "a key as a number and as a word": (
        '2023: 1\n"2023": 2',
        "line 2: 2023 is written twice; expected once",
    ),
    "a key in a list": (
        "outside:\n- {n: 1, n: 2}",
        "line 2: n is written twice; expected once",
    ),
    "an alias bomb": (
        BOMB,
        "line 2: *a stands for another part of the file; write it out",
    ),
    "a part that holds itself": (
        "margins: &m\n- *m",
        "line 2: *m stands for another part of the file; write it out",
    ),
    "3,000 brackets": (
        "batch: 3\nmargins: " + "[" * 3_000,
        "line 2: more than 50 levels inside one another; expected settings",
    ),
    "300 levels": (
        "\n".join(" " * level + "a:" for level in range(300)),
        "line 50: more than 50 levels inside one another; expected settings",
    ),
    "an open bracket": (
        "batch: 3\nmargins: [[year]",
        "line 2: expected ',' or ']', but got '<stream end>'",
    ),
    "a tab": (
        "rule:\n\tbase: 3",
        "line 2: found character '\\t' that cannot start any token",
    ),
    "a thirteenth month": (
        "batch: 3\ndecided: 2026-13-01",
        "line 2: '2026-13-01' is no value (month must be in 1..12",
    ),
    "a number without end": (
        "a: 1\nbatch: " + "9" * 5_000,
        "line 2: '...' is no value",
    ),
    "a list as a key": ("? [a]\n: 1", "line 1: found unhashable key"),
    "an object of Python": (
        "a: 1\nb: !!python/object/apply:os.getcwd []",
        "line 2: could not determine a constructor",
    ),
    "two documents": ("a: 1\n---\na: 2", "line 2: but found another document"),
    "a control character": (
        "a: 1\nb: \x07",
        "line 2: the character U+0007 may not stand in YAML; remove it",
    ),
    "another encoding": (
        "by: النيابة".encode("cp1256"),
        "not UTF-8 text; save it as UTF-8",
    ),
}


@pytest.mark.parametrize(("content", "message"), REFUSED.values(), ids=REFUSED)
def test_what_is_refused_is_named_with_its_line(tmp_path, content, message):
    with pytest.raises(ParameterError) as refused:
        read(tmp_path, content)
    assert str(refused.value).startswith(f"{tmp_path / 'settings.yml'}: {message}")
    assert "\n" not in str(refused.value)
    assert len(str(refused.value)) < len(str(tmp_path)) + 200


def test_a_file_that_is_not_there_is_named_with_what_was_expected(tmp_path):
    with pytest.raises(ParameterError) as refused:
        read_yaml(tmp_path / "none.yml", expected="the policy of protection")
    assert str(refused.value) == (
        f"{tmp_path / 'none.yml'}: cannot be read (No such file or directory); "
        "expected the policy of protection"
    )
