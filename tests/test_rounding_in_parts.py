import itertools

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sdctables import Rule, round_counts
from sdctables.rounding import search
from sdctables.rounding.model import Clock
from sdctables.rounding.prices import least_error
from sdctables.rounding.relaxed import relax
from sdctables.rounding.rows import collapse
from small_tables import S8, all_margins, frame

BASE_3 = Rule(base=3)
MARGINS = [("a",), ("b",), ()]
# At most eight small counts, so that every rounding can be tried.
counts = st.lists(st.integers(0, 4), min_size=9, max_size=9).filter(
    lambda n: 0 < sum(0 < each < 3 for each in n) <= 8
)
seeds = st.integers(0, 2**32)
steady = settings(
    deadline=None,
    max_examples=10,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


@pytest.fixture
def in_parts(monkeypatch):
    monkeypatch.setattr(search, "MOST_AT_ONCE", 0)


def square(counts):
    return frame(np.reshape(counts, (3, 3)))


def rows_of(cells, base=3, margins=MARGINS):
    n = cells["n"].to_numpy()
    groups = [
        cells.groupby(list(margin)).ngroup().to_numpy()
        if margin
        else np.zeros(len(n), dtype=np.int64)
        for margin in margins
    ]
    small = np.flatnonzero((n > 0) & (n < base))
    return collapse(n, groups, 0, small, np.array([], dtype=np.intp))


def least_by_trying_all(rows, base=3):
    every = itertools.product((False, True), repeat=rows.small)
    return min(
        float(rows.weight @ np.abs(rows.errors(np.array(up), base))) for up in every
    )


def sum_of_errors(answer, margins=MARGINS):
    cells = answer.assign(error=answer["published"] - answer["n"])
    total = 0.0
    for margin in margins:
        groups = cells.groupby(list(margin))["error"] if margin else cells[["error"]]
        errors = np.atleast_1d(groups.sum().to_numpy())
        total += len(cells) / len(errors) * np.abs(errors).sum()
    return total


def require_rounded(answer, base):
    small = answer["n"].between(1, base - 1)
    assert answer["published"][small].isin([0, base]).all()
    assert (answer["published"] == answer["n"])[~small].all()


def relaxed(rows, base=3, **cap):
    own = np.random.default_rng(0).random(rows.small) * 1e-3
    return relax(rows, base, own, clock=Clock(60), **cap)


@steady
@given(counts, st.lists(st.floats(-20, 20), min_size=7, max_size=7))
def test_no_prices_claim_more_than_the_least_error(counts, prices):
    rows = rows_of(square(counts))
    least = least_by_trying_all(rows)
    assert least_error(rows, 3, np.array(prices[: len(rows)])) <= least + 1e-6


def test_without_prices_each_row_stands_alone():
    # Both rows of 2 could be 1 off, and so could the total of 4: base 3 leaves it.
    rows = rows_of(frame([[1, 1], [1, 1]]), margins=[("a",), ()])
    # Two rows weigh 2 each, the total 4.
    assert least_error(rows, 3, np.zeros(3)) == 2 * 1 + 2 * 1 + 4 * 1


@steady
@given(counts)
def test_where_sums_nest_in_two_chains_the_relaxed_programme_is_the_best_rounding(
    counts,
):
    rows = rows_of(square(counts))
    least = least_by_trying_all(rows)
    found = relaxed(rows)
    assert found.is_whole
    error = float(rows.weight @ np.abs(rows.errors(found.up, 3)))
    assert error == pytest.approx(least, abs=0.01)
    assert least_error(rows, 3, found.prices) == pytest.approx(least, abs=0.01)


@steady
@given(counts)
def test_a_cap_holds_for_every_sum_and_can_be_too_low(counts):
    rows = rows_of(square(counts))
    assert np.abs(rows.errors(relaxed(rows, cap=2).up, 3)).max() <= 2
    # By trying all: some rounding has no error above 1, or none has.
    every = itertools.product((False, True), repeat=rows.small)
    near = min(np.abs(rows.errors(np.array(up), 3)).max() for up in every) <= 1
    assert (relaxed(rows, cap=1) is not None) == near


@steady
@given(counts, seeds)
def test_in_parts_a_table_is_rounded_within_the_gap_that_is_stated(
    in_parts, counts, seed
):
    cells = square(counts)
    answer, report = round_counts(cells, MARGINS, rule=BASE_3, seed=seed)
    require_rounded(answer, 3)
    least = least_by_trying_all(rows_of(cells))
    found = sum_of_errors(answer)
    assert found >= least - 1e-9
    assert found * (1 - report.gap) <= least + 1e-6


@steady
@given(counts, seeds, st.sampled_from([0.0, 0.5]))
def test_with_hardly_any_time_there_is_an_answer_with_its_gap(counts, seed, chance):
    cells, rule = square(counts), Rule(base=3, chance=chance)
    answer, report = round_counts(cells, MARGINS, rule=rule, seed=seed, time_limit=1e-9)
    require_rounded(answer, 3)
    assert report.status == "best answer within the time limit"
    assert 0 <= report.gap <= 1
    least = least_by_trying_all(rows_of(cells))
    if not chance:
        assert sum_of_errors(answer) * (1 - report.gap) <= least + 1e-6


@pytest.mark.parametrize("seed", range(3))
def test_s8_in_parts_reaches_the_best_there_is(in_parts, seed):
    answer, report = round_counts(frame(S8), MARGINS, rule=Rule(base=5), seed=seed)
    require_rounded(answer, 5)
    assert report.cap == 3
    error = answer["published"] - answer["n"]
    sums = [*error.groupby(answer["a"]).sum(), *error.groupby(answer["b"]).sum()]
    assert sum(map(abs, [*sums, error.sum()])) == 13


def invented(places, seed):
    draw = np.random.default_rng(seed)
    return frame(draw.poisson(0.8, size=(places, 3, 4)))


def test_in_parts_an_answer_is_the_same_for_the_same_seed(in_parts):
    cells = invented(16, seed=1)
    first, other = (
        round_counts(cells, all_margins(cells), rule=BASE_3, seed=seed, gap=0.05)[0]
        for seed in (7, 7)
    )
    third, _ = round_counts(cells, all_margins(cells), rule=BASE_3, seed=8, gap=0.05)
    assert first["published"].tolist() == other["published"].tolist()
    assert first["published"].tolist() != third["published"].tolist()


def test_in_parts_a_table_comes_close_to_the_programme_of_the_whole(monkeypatch):
    cells = invented(30, seed=2)
    margins = all_margins(cells)
    whole, at_once = round_counts(cells, margins, rule=BASE_3, seed=1, gap=0.02)
    monkeypatch.setattr(search, "MOST_AT_ONCE", 0)
    parts, report = round_counts(cells, margins, rule=BASE_3, seed=1, gap=0.02)
    require_rounded(parts, 3)
    assert report.cap <= at_once.cap + 1
    # The inner table weighs nothing beside its sums.
    ours, best = (sum_of_errors(each, margins[:-1]) for each in (parts, whole))
    assert ours <= 1.1 * best


def test_draws_within_the_room_are_followed_to_the_last(in_parts):
    # One column alone, no sum: each draw is within any room, so chance decides all.
    cells = frame([1, 2] * 10)
    rule = Rule(base=3, chance=1.0)
    seen = {
        tuple(round_counts(cells, [("a",)], rule=rule, seed=seed)[0]["published"])
        for seed in range(20)
    }
    assert len(seen) == 20


def test_in_parts_what_is_settled_stays(in_parts):
    first = frame([1, 1, 0, 0, 0]).assign(published=[3, 3, 0, 0, 0])
    now, _ = round_counts(
        frame([1, 1, 1, 1, 1]), [()], rule=BASE_3, seed=1, earlier=[first]
    )
    assert now["published"].tolist() == [3, 3, 0, 0, 0]
