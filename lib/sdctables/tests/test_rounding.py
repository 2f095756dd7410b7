import json

import pandas as pd
import pytest

from sdctables import (
    DisclosureError,
    ParameterError,
    Rule,
    published_cells,
    round_counts,
)
from small_tables import S8, all_margins, frame

BASE_3 = Rule(method="rounding", base=3)
S8_MARGINS = [("a",), ("b",), ()]
TWO_SMALL = pd.DataFrame(
    {"court": ["r", "r", "f"], "platform": ["p", "q", "p"], "n": [1, 1, 5]}
)


@pytest.mark.parametrize("margins", [S8_MARGINS, [*S8_MARGINS, ("a", "b")]])
@pytest.mark.parametrize("seed", range(8))
def test_s8_reaches_a_sum_of_13_and_a_largest_error_of_3(margins, seed):
    cells = frame(S8)

    rounded, report = round_counts(
        cells, margins, rule=Rule(method="rounding", base=5), seed=seed
    )

    error = rounded["published"] - cells["n"]
    margin_errors = [
        *error.groupby(cells["a"]).sum(),
        *error.groupby(cells["b"]).sum(),
        error.sum(),
    ]
    assert sum(map(abs, margin_errors)) == 13
    assert max(map(abs, margin_errors)) == 3
    assert report.cap == 3


def test_zeros_and_large_counts_stay_and_small_ones_become_0_or_the_base():
    cells = frame(S8)

    rounded, _ = round_counts(
        cells, S8_MARGINS, rule=Rule(method="rounding", base=5), seed=1
    )

    small = cells["n"].between(1, 4)
    assert (rounded["published"] == cells["n"])[~small].all()
    assert rounded["published"][small].isin([0, 5]).all()
    assert rounded["n"].tolist() == cells["n"].tolist()


def test_the_report_gives_the_errors_of_each_margin_and_never_the_seed():
    _, report = round_counts(TWO_SMALL, [("court",), ()], rule=BASE_3, seed=4711)

    assert report.errors == {
        ("court",): {"largest": 1, "mean": 0.5},
        (): {"largest": 1, "mean": 1.0},
    }
    assert 0 <= report["gap"] <= 0.02
    assert report["seconds"] > 0
    assert "4711" not in json.dumps(report.to_dict())
    assert "4711" not in repr(report)


def test_an_answer_is_the_same_for_the_same_seed_and_varies_with_it():
    cells = frame(S8)
    rule = Rule(method="rounding", base=5)

    def answer(seed):
        rounded, _ = round_counts(cells, S8_MARGINS, rule=rule, seed=seed)
        return tuple(rounded["published"])

    answers = [answer(seed) for seed in range(20)]

    assert answers == [answer(seed) for seed in range(20)]
    assert len(set(answers)) > 1


def test_without_a_seed_a_fresh_one_is_drawn():
    _, first = round_counts(frame(S8), S8_MARGINS, rule=BASE_3)
    _, second = round_counts(frame(S8), S8_MARGINS, rule=BASE_3)

    assert first.seed != second.seed


def test_an_exact_margin_is_hit_by_moving_as_few_large_cases_as_it_takes():
    rounded, report = round_counts(
        TWO_SMALL, [("court",), ()], rule=BASE_3, exact=[()], seed=1
    )

    # 0 or 3 or 6 for the two small ones; 3 and one case less of the five is nearest.
    assert sorted(rounded["published"]) == [0, 3, 4]
    assert report.moved == 1
    assert report.rule.exact == ((),)
    # As printed: the farthest move there was would tell that a count was 5.
    assert report.rule.shift == 2


def test_an_exact_margin_needs_no_move_where_small_counts_can_hit_it():
    cells = frame([[1, 2], [5, 4]])

    rounded, report = round_counts(
        cells, [("a",), ()], rule=BASE_3, exact=[("a",)], seed=1
    )

    assert rounded.groupby("a")["published"].sum().tolist() == [3, 9]
    assert report.moved == 0


def test_an_exact_margin_out_of_reach_is_named_with_the_nearest_count():
    with pytest.raises(DisclosureError) as refused:
        round_counts(TWO_SMALL, [("court",)], rule=BASE_3, exact=[("court",)])

    assert str(refused.value) == (
        "exact margin court=r: 2 cannot be hit with base 3 and moves of 2; the nearest "
        "achievable count is 3. Leave this margin out of exact, or choose another base."
    )


def test_a_moved_count_stays_at_the_base_or_above():
    cells = pd.DataFrame({"a": ["x", "x", "x"], "b": ["p", "q", "r"], "n": [1, 1, 3]})

    rounded, report = round_counts(cells, [()], rule=BASE_3, exact=[()], seed=1)

    assert rounded["published"].sum() == 5
    assert sorted(rounded["published"]) == [0, 0, 5]
    assert report.moved == 2


def test_a_time_limit_too_short_for_an_exact_margin_is_one_clear_error():
    with pytest.raises(DisclosureError, match=r"time limit of 1e-06 s is too short"):
        round_counts(
            frame(S8), S8_MARGINS, rule=BASE_3, exact=[()], seed=1, time_limit=1e-6
        )


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ({"gap": -0.1}, "gap is -0.1"),
        ({"gap": "2 %"}, "gap is '2 %'"),
        ({"time_limit": 0}, "time_limit is 0"),
        ({"seed": "secret"}, "seed is not a whole number"),
        ({"exact": [("region",)]}, "unknown column 'region'"),
        ({"rule": Rule(method="suppression")}, "round_counts expects"),
    ],
)
def test_bad_settings_are_refused(settings, message):
    with pytest.raises(ParameterError, match=message) as refused:
        round_counts(frame(S8), S8_MARGINS, **{"rule": BASE_3, **settings})

    assert "secret" not in str(refused.value)


def test_cells_without_small_counts_are_published_as_they_are():
    cells = frame([[0, 3], [7, 0]])

    rounded, report = round_counts(cells, all_margins(cells), rule=BASE_3)

    assert rounded["published"].tolist() == [0, 3, 7, 0]
    assert report.gap == 0


def test_tables_of_rounded_cells_add_up_in_every_direction():
    cells = frame([[1, 2, 0], [4, 1, 1]])
    rounded, _ = round_counts(cells, all_margins(cells), rule=BASE_3, seed=3)

    published = published_cells(rounded, all_margins(cells), count="published").frame

    total = published["n"][(published[["a", "b"]] == "Total").all(axis=1)].item()
    for column, other in (("a", "b"), ("b", "a")):
        parts = published[
            (published[other] == "Total") & (published[column] != "Total")
        ]
        assert parts["n"].sum() == total
