import pandas as pd
import pytest

from qadaya.editions.protection.earlier_rounded import Vintage, withstand_memory
from qadaya.errors import DisclosureError
from sdctables import Rule

THREE, FIVE = Rule(base=3), Rule(base=5)


def vintage(number, rule, **counts):
    cells = pd.DataFrame({"court": list(counts), "n": list(counts.values())})
    return Vintage(number, rule, {"cube": cells[cells["n"] > 0]}, cells)


def test_an_edition_is_compared_with_every_earlier_one():
    # Wide steps from one edition to the next, a step of one case over both.
    earlier = [vintage("2026.1", THREE, a=10, b=9), vintage("2026.2", THREE, a=20, b=9)]
    with pytest.raises(DisclosureError, match=r"11 less 10 of edition 2026\.1") as held:
        withstand_memory(vintage("", THREE, a=11, b=9), earlier)
    assert "when 2 more cases have come in" in str(held.value)


def test_another_base_is_judged_by_what_both_intervals_leave():
    # 3 of base 3 stands for 1 to 3, 5 of base 5 for 1 to 5: nothing is told.
    earlier = [vintage("2026.1", THREE, a=3, b=9)]
    assert withstand_memory(vintage("", FIVE, a=5, b=9), earlier) is None


def test_another_base_that_pins_a_count_is_held_back():
    # 3 of base 3 is 1 to 3 and a count rounded down; 0 of base 4 is 0 to 3.
    rule = Rule(base=4, width=3)
    earlier = [vintage("2026.1", THREE, a=3, b=4)]
    with pytest.raises(DisclosureError) as held:
        withstand_memory(vintage("", rule, a=0, b=4), earlier)
    assert str(held.value) == (
        "the edition is held back: cube, court=a: 1 to 5 by edition 2026.1 and 0 to 3 "
        "by this one. Expected intervals at least 3 wide. It can be published when 4 "
        "more cases have come into each of them"
    )


def test_what_an_earlier_edition_told_by_itself_holds_nothing_back():
    rule = Rule(base=5, width=3)
    earlier = [Vintage("2026.1", THREE, vintage("", THREE, a=4).tables)]
    now = Vintage("", rule, vintage("", rule, a=5).tables)
    assert withstand_memory(now, earlier) is None


def test_inner_cells_of_other_columns_are_left_to_the_tables():
    old = vintage("2026.1", THREE, a=4)
    finer = old.cells.assign(year=2023)[["court", "year", "n"]]
    earlier = [Vintage("2026.1", THREE, old.tables, finer)]
    assert withstand_memory(vintage("", THREE, a=7), earlier) is None
    with pytest.raises(DisclosureError, match="5 less 4 of edition"):
        withstand_memory(vintage("", THREE, a=5), earlier)


def test_the_inner_cells_of_all_editions_are_attacked_at_once():
    # What a wider rule asks for: 3 and then 0 leave 1 to 2, if nothing went away.
    rule = Rule(base=3, width=2)
    old = vintage("2026.1", rule, a=3, b=6)
    now = vintage("", rule, a=0, b=9)
    with pytest.raises(DisclosureError, match=r"beside edition 2026\.1 it would give"):
        withstand_memory(now, [old])


def of_places(number, rule, places, **more):
    """An edition of `{(court, circuit): n}`."""
    rows = [(court, circuit, n) for (court, circuit), n in places.items()]
    cells = pd.DataFrame(rows, columns=["court_id", "circuit_id", "n"])
    return Vintage(number, rule, {"cube": cells[cells["n"] > 0]} | more, cells)


def test_other_inner_cells_of_the_same_base_are_judged_by_both_intervals():
    # 6 is two small cells at the least, so 2 or more; 0 is no more than 2.
    bodies = pd.DataFrame({"body": ["police"], "n": [15]})
    old = vintage("2026.1", THREE, a=6, b=9)
    old = Vintage("2026.1", THREE, old.tables | {"bodies": bodies})
    with pytest.raises(DisclosureError, match=r"court=a: 2 to \d+ by edition 2026\.1"):
        withstand_memory(vintage("", THREE, a=0, b=9), [old])


def test_the_same_inner_cells_keep_their_thresholds_and_are_read_together():
    # With the same cells a 6 that becomes 0 lost cases: nothing is told of the rest.
    rule = Rule(base=3, thresholds="kept")
    old = vintage("2026.1", rule, a=6, b=9)
    assert withstand_memory(vintage("", rule, a=0, b=9), [old]) is None


def test_a_court_that_moved_to_another_circuit_is_the_same_court():
    rule = Rule(base=3, width=2, thresholds="kept")
    old = of_places("2026.1", rule, {("a", "north"): 0, ("b", "north"): 9})
    same = of_places("", rule, {("a", "south"): 0, ("b", "north"): 9})
    assert withstand_memory(same, [old]) is None
    # 10 less 9: one late case, wherever the court belongs by now.
    more = of_places("", rule, {("a", "south"): 0, ("b", "south"): 10})
    with pytest.raises(DisclosureError, match=r"court_id=b.*10 less 9 of edition"):
        withstand_memory(more, [old])
