import numpy as np
import pandas as pd
import pytest

from courts_apart import COURTS, HIDE_3, courts, with_gaps
from sdctables import (
    CellTable,
    Nesting,
    ParameterError,
    Rule,
    audit,
    published_cells,
    read_table,
    round_counts,
    suppress,
    write_table,
)


def interval(audited, court="r1"):
    (row,) = audited[(audited["court"] == court) & (audited["status"] != "shown")][
        ["low", "high"]
    ].values.tolist()[:1]
    return row


def test_a_table_keeps_which_court_belongs_to_which_circuit():
    belongs = (("r1", "rabat"), ("r2", "rabat"), ("f1", "fes"), ("f2", "fes"))

    assert courts().nesting == (Nesting("court", "circuit", belongs),)
    assert courts().attributes == ("court", "circuit", "year")
    assert len(courts()) == 7


def test_a_table_cannot_be_changed():
    table = courts()

    taken = table.frame
    taken["n"] = 0
    taken.loc[0, "court"] = "z"
    with pytest.raises(AttributeError):
        table.nesting = ()

    assert table["n"].tolist() == [3, 7, 2, 5, 10, 7, 17]
    assert table["court"][0] == "f1"


@pytest.mark.parametrize("ending", ["csv", "parquet"])
def test_a_hidden_cell_of_exactly_2_stays_exact_on_the_way_through_a_file(
    tmp_path, ending
):
    write_table(with_gaps(), tmp_path / f"cells.{ending}")

    table = read_table(tmp_path / f"cells.{ending}")

    assert interval(audit(table, reader="plain")) == [2, 2]
    assert table.rule == HIDE_3
    assert table.nesting == with_gaps().nesting


def test_a_frame_that_lost_its_notes_is_refused_and_never_looks_safe(tmp_path):
    write_table(with_gaps(), tmp_path / "cells.csv")
    bare = pd.read_csv(tmp_path / "cells.csv")

    with pytest.raises(ParameterError, match="no margin keeps court and circuit tog"):
        audit(bare, rule=HIDE_3)

    belongs = dict(zip(COURTS["court"], COURTS["circuit"], strict=True))
    said = CellTable(bare, nesting=[("court", "circuit", belongs)])
    assert interval(audit(said, rule=HIDE_3)) == [2, 2]
    none = CellTable(bare, nesting=[])
    assert interval(audit(none, rule=HIDE_3)) == [0, 5]


def test_nesting_that_a_margin_shows_is_found_again():
    margins = [("court", "circuit", "year"), ("circuit", "year")]
    published = published_cells(COURTS, margins).frame
    hidden = published.assign(
        status=np.where(published["court"].isin(["r1", "f1"]), "primary", "shown")
    )

    assert [(each.fine, each.coarse) for each in CellTable(hidden).nesting] == [
        ("court", "circuit")
    ]
    assert interval(audit(hidden, rule=HIDE_3)) == [2, 2]


def test_a_column_that_links_two_others_tells_of_both():
    cells = COURTS.assign(year=[1, 2, 3, 4], region=["north", "north", "south", "east"])
    margins = [("court", "circuit"), ("circuit", "region")]

    # A circuit with two regions determines none.
    mute = CellTable(published_cells(cells.drop(columns="year"), margins).frame).mute
    nested = cells.assign(region=["north", "north", "south", "south"])
    told = CellTable(published_cells(nested.drop(columns="year"), margins).frame).mute

    assert mute == (("court", "region"),)
    assert told == ()


def test_columns_with_one_value_need_no_nesting():
    published = published_cells(COURTS, [("court",), ("year",)]).frame

    assert CellTable(published.drop(columns="circuit")).mute == ()


@pytest.mark.parametrize("ending", ["csv", "parquet"])
def test_everything_known_of_a_table_comes_back_from_a_file(tmp_path, ending):
    cells = pd.DataFrame(
        {
            "place": ["a, b", 'q"r', "NA", "ﺔ"],
            "age": [1.5, 1.5, 2.5, 2.5],
            "minor": [True, False, True, False],
            "n": [1, 4, 0, 7],
        }
    )
    rule = Rule(base=3, chance=0.5, exact=[("age",)])
    margins = [("place",), ("age", "minor"), ("age",)]
    rounded, report = round_counts(cells, margins, rule=rule, seed=3)
    made = published_cells(rounded, margins, count="published", rule=report.rule)
    table = made.of(bounds={("place",): 2, ("age",): {"largest": 0}}, inner=cells)

    write_table(table, tmp_path / f"cells.{ending}")
    read = read_table(tmp_path / f"cells.{ending}")

    assert read.frame.values.tolist() == table.frame.values.tolist()
    assert (read.attributes, read.nesting) == (table.attributes, table.nesting)
    assert (read.rule, read.bounds) == (table.rule, table.bounds)
    assert read.inner.values.tolist() == cells[list(table.attributes)].values.tolist()
    for reader in ("plain", "rule-aware", "simulating"):
        again, before = (audit(each, reader=reader) for each in (read, table))
        assert again["low"].tolist() == before["low"].tolist()
        assert again["high"].tolist() == before["high"].tolist()


def test_a_file_holds_no_count_that_is_not_shown_and_no_price(tmp_path):
    cells = pd.DataFrame({"a": list("wxyz"), "n": [777, 2, 888, 999]})
    table = published_cells(cells, [("a",), ()])
    rule = Rule(method="suppression", threshold=3, marks="hidden")
    hidden = suppress(table.assign(price=1.0), rule=rule, cost="price", seed=1)

    write_table(hidden, tmp_path / "cells.csv")

    text = (tmp_path / "cells.csv").read_text()
    (other,) = hidden["n"][hidden["status"] == "secondary"]
    assert str(other) not in text
    assert text.splitlines()[0] == "a,n,status"
    assert text.count("hidden") == 2


def test_a_named_cell_stays_named_on_the_way_through_a_file(tmp_path):
    # The threshold says nothing of cells that the owner named.
    cells = pd.DataFrame({"a": list("wxyz"), "n": [9, 8, 7, 6]})
    table = published_cells(cells, [("a",), ()])
    hidden = suppress(
        table, rule=HIDE_3, reader="rule-aware", primary=np.arange(5) == 0, seed=1
    )
    write_table(hidden, tmp_path / "cells.csv")

    read = read_table(tmp_path / "cells.csv")

    assert read.rule.primary == "named"
    pd.testing.assert_series_equal(
        audit(read, reader="rule-aware")["high"],
        audit(hidden, reader="rule-aware")["high"],
    )


def test_the_rule_of_a_table_is_the_one_it_is_audited_by():
    table = published_cells(pd.DataFrame({"a": ["x"], "n": [0]}), [("a",)])

    assert audit(table.of(rule=Rule(base=3)), reader="rule-aware")["high"][0] == 2
    assert audit(table.of(rule=Rule(base=5)), reader="rule-aware")["high"][0] == 4
    with pytest.raises(ParameterError, match="rule is None; expected a Rule, that of"):
        audit(table)


def test_the_bounds_of_an_earlier_edition_are_known_as_well():
    now = published_cells(pd.DataFrame({"a": ["x"], "n": [0]}), [("a",)])
    before = now.of(rule=Rule(base=5), bounds={("a",): 1})

    alone = audit(now, rule=Rule(base=5), reader="rule-aware")
    beside = audit(now, rule=Rule(base=5), reader="rule-aware", earlier=[before])

    assert (alone["high"][0], beside["high"][0]) == (4, 1)


GOOD = pd.DataFrame({"a": ["x", "y"], "n": [1, 2]})


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ({"attributes": ["b"]}, "attributes: unknown column 'b'; expected columns am"),
        ({"attributes": []}, "2 rows and 0 attribute columns"),
        ({"nesting": [("a", "b", {})]}, "nesting: unknown column 'b'"),
        ({"nesting": ["ab"]}, "nesting: has 'ab'; expected .fine column, coarse"),
        ({"bounds": {("b",): 1}}, "margin .*unknown column 'b'"),
    ],
)
def test_what_does_not_belong_to_a_table_is_refused(settings, message):
    with pytest.raises(ParameterError, match=message):
        CellTable(GOOD, **settings)
