"""Files of tables that were harmed, are of another maker, or cannot be written."""

import pytest

from courts_apart import courts, with_gaps
from sdctables import (
    DisclosureError,
    ParameterError,
    audit,
    read_table,
    write_table,
)


def written(folder):
    write_table(with_gaps(), folder / "cells.csv")
    return folder / "cells.csv"


def replaced(path, old, new):
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new))


@pytest.mark.parametrize(
    ("harm", "message"),
    [
        (lambda path: path.unlink(), "cells.csv: cannot be read"),
        (
            lambda path: path.with_suffix(".json").unlink(),
            "its notes, cells.json, are not beside it",
        ),
        (
            lambda path: path.with_suffix(".json").write_text("{}"),
            "do not go together .'attributes'",
        ),
        (
            lambda path: replaced(path, "court,", "place,"),
            "do not go together .'court'",
        ),
        (lambda path: replaced(path, "2023,7", "now,7"), "do not go together"),
        (lambda path: replaced(path, "primary", "gone"), "status is 'gone'"),
        (
            lambda path: replaced(path.with_suffix(".json"), '"width"', '"depth"'),
            "rule: unknown key 'depth'",
        ),
    ],
)
def test_a_file_that_was_harmed_is_refused_in_one_line(tmp_path, harm, message):
    path = written(tmp_path)
    harm(path)

    with pytest.raises(ParameterError, match=message) as refused:
        read_table(path)

    assert "\n" not in str(refused.value)


@pytest.mark.parametrize(
    ("table", "name", "message"),
    [
        (courts(), "cells.csv", "the table has no rule, so its counts are true"),
        (with_gaps(), "cells.xlsx", "expected a name that ends in .csv or .parquet"),
        (
            with_gaps().of(
                frame=with_gaps().frame.replace({"court": {"r2": 7}}), nesting=[]
            ),
            "cells.csv",
            "column court has values of the kinds int, str; expected one of str",
        ),
    ],
)
def test_what_cannot_be_written_is_refused(tmp_path, table, name, message):
    with pytest.raises(ParameterError, match=message):
        write_table(table, tmp_path / name)
    assert not list(tmp_path.iterdir())


def test_a_file_of_another_maker_bears_no_notes(tmp_path):
    with_gaps().frame[["court", "n"]].to_parquet(tmp_path / "cells.parquet")

    with pytest.raises(ParameterError, match="bears no notes"):
        read_table(tmp_path / "cells.parquet")


def test_a_table_whose_counts_contradict_each_other_says_so_after_the_way(tmp_path):
    path = written(tmp_path)
    replaced(path, "Total,Total,2023,17", "Total,Total,2023,18")

    with pytest.raises(DisclosureError, match="no true table fits"):
        audit(read_table(path), reader="plain")
