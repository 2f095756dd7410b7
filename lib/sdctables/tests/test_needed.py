"""Rounding where only sums are printed: a count that no sum needs stays as it is."""

import numpy as np
import pandas as pd
import pytest

from brute_force import left_where_not_needed
from sdctables import (
    ParameterError,
    Rule,
    audit,
    published_cells,
    read_table,
    round_counts,
    write_table,
)
from small_tables import S8, frame

SUMS = [("a",), ("b",), ()]
BASE_5 = Rule(base=5)


def needed_only(counts, margins, rule, seed):
    cells, report = round_counts(
        frame(counts), margins, rule=rule, seed=seed, only_where_needed=True
    )
    return cells, published_cells(cells, margins, count="published", rule=report.rule)


def test_s8_comes_to_errors_of_9_and_2_in_all_where_only_sums_are_printed():
    cells, printed = needed_only(S8, SUMS, BASE_5, seed=1)

    errors = (printed["n"] - published_cells(frame(S8), SUMS)["n"]).abs()
    assert (errors.sum(), errors.max()) == (9, 2)
    left = cells[~cells["needed"] & cells["n"].between(1, 4)]
    assert left["published"].tolist() == left["n"].tolist() == [4, 1, 2]


@pytest.mark.parametrize("seed", range(6))
def test_no_printed_sum_is_small(seed):
    counts = np.random.default_rng(seed).integers(0, 4, (5, 6))

    _, printed = needed_only(counts, SUMS, BASE_5, seed)

    assert not printed["n"].between(1, 4).any()


def test_where_the_inner_cells_are_printed_each_small_one_is_needed():
    cells, _ = needed_only(S8, [("a", "b"), *SUMS], BASE_5, seed=1)

    assert cells["published"][cells["n"] < 5].isin([0, 5]).all()


def test_a_count_that_the_difference_of_two_sums_tells_is_found():
    # By court 11 and 9, by platform 9 and 11: no sum is small, and the 2 stays.
    cells = pd.DataFrame(
        {"court": ["r", "r", "f"], "platform": ["p", "q", "q"], "n": [9, 2, 9]}
    )
    margins = [("court",), ("platform",)]

    rounded, report = round_counts(
        cells, margins, rule=BASE_5, seed=1, only_where_needed=True
    )
    printed = published_cells(rounded, margins, count="published", rule=report.rule).of(
        inner=cells
    )
    found = audit(printed, reader="rule-aware").set_index(["court", "platform"])

    assert rounded["published"].tolist() == [9, 2, 9]
    assert found.loc[("r", "q"), ["low", "high"]].tolist() == [2, 2]


@pytest.mark.parametrize("seed", range(24))
def test_the_audit_agrees_with_brute_force(seed):
    draw = np.random.default_rng(seed)
    base = int(draw.integers(2, 5))
    counts = draw.integers(0, 4, (2, 2)) + 2 * draw.integers(0, 2, (2, 2))

    cells, printed = needed_only(
        counts, [("a",), ("b",)], Rule(base=base, chance=0.5), seed
    )
    found = audit(printed, reader="rule-aware").head(len(printed))

    assert (
        found["low"].tolist(),
        found["high"].tolist(),
    ) == left_where_not_needed(printed, cells, base, most=12)


def test_the_printed_rule_says_so_and_what_was_left_is_printed_nowhere(tmp_path):
    _, printed = needed_only(S8, SUMS, BASE_5, seed=1)

    write_table(printed, tmp_path / "sums.csv")

    assert printed.rule.to_dict()["only_where_needed"] is True
    assert "only_where_needed" not in BASE_5.to_dict()
    assert printed.as_printed().left is None
    assert "needed" not in (tmp_path / "sums.csv").read_text(encoding="utf-8")
    again = read_table(tmp_path / "sums.csv")
    assert again.rule == printed.rule
    with pytest.raises(ParameterError, match="does not say which counts were left"):
        audit(again, reader="rule-aware")


def test_a_later_edition_keeps_the_thresholds_of_what_was_rounded():
    counts = np.array(S8)
    first, _ = needed_only(counts, SUMS, BASE_5, seed=1)
    again, report = round_counts(
        frame(counts),
        SUMS,
        rule=BASE_5,
        earlier=[first],
        only_where_needed=True,
        seed=2,
    )

    both = first["needed"] & again["needed"]
    assert (first["published"] == again["published"])[both].all()
    assert report.rule.thresholds == "kept"


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        (
            {"exact": (("a",),)},
            "rule: only_where_needed beside exact margins; expected rounding without "
            "exact margins. Leave one of them out.",
        ),
        (
            {"method": "suppression"},
            "rule: only_where_needed beside suppression; expected rounding without "
            "exact margins. Leave one of them out.",
        ),
    ],
)
def test_it_goes_with_rounding_alone(settings, message):
    with pytest.raises(ParameterError) as refused:
        Rule(only_where_needed=True, **settings)
    assert str(refused.value) == message
