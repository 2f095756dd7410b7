import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sdctables import ParameterError, Rule, round_counts
from small_tables import all_margins, frame

BASE_3 = Rule(base=3)
EVEN = Rule(base=3, chance=0.5)


def published(counts, seed, *, rule=EVEN, margins=None, earlier=()):
    cells = frame(counts)
    answer, _ = round_counts(
        cells, margins or all_margins(cells), rule=rule, seed=seed, earlier=earlier
    )
    return answer


@given(
    st.lists(st.integers(0, 5), min_size=4, max_size=4),
    st.lists(st.integers(0, 3), min_size=4, max_size=4),
    st.integers(0, 2**32),
    st.sampled_from([3, 4, 5]),
)
def test_late_cases_never_make_a_published_count_smaller(before, late, seed, base):
    rule = Rule(base=base, chance=0.5)
    first = published(np.reshape(before, (2, 2)), seed, rule=rule)
    now = np.reshape(np.add(before, late), (2, 2))
    second = published(now, seed + 1, rule=rule, earlier=[first])
    unchanged = (first["n"] == second["n"]).to_numpy()
    assert (second["published"] >= first["published"]).all()
    assert (second["published"] == first["published"])[unchanged].all()


def test_a_count_that_is_again_what_it_was_is_published_as_it_was():
    first = frame([1, 2]).assign(published=[3, 0])
    second = frame([2, 2]).assign(published=[3, 0])
    third = published([1, 2], 1, margins=[("a",)], earlier=[first, second])
    assert third["published"].tolist() == [3, 0]


def test_the_others_make_up_for_what_is_settled():
    first = frame([1, 1, 0, 0, 0]).assign(published=[3, 3, 0, 0, 0])
    now = published([1, 1, 1, 1, 1], 1, rule=BASE_3, margins=[()], earlier=[first])
    assert now["published"].tolist() == [3, 3, 0, 0, 0]


def test_a_cell_that_is_new_has_no_threshold_yet():
    first = frame([1]).assign(published=[0])
    now = published([1, 2], 1, rule=BASE_3, margins=[("a",), ()], earlier=[first])
    assert now["published"].tolist() == [0, 3]


@pytest.mark.parametrize(
    ("records", "message"),
    [
        ([[1], [2]], "earlier edition 1: a count below 3 was published as 1"),
        ([[3], [0]], "one published a count as the base and another a larger one as 0"),
    ],
)
def test_records_of_no_threshold_are_refused(records, message):
    earlier = [
        frame([true]).assign(published=value)
        for true, value in zip((1, 2), records, strict=True)
    ]
    with pytest.raises(ParameterError, match=message):
        published([1], 1, earlier=earlier)


def all_come(answers, counts, margins):
    """Whether each of these answers comes of the counts, by one of 300 seeds."""
    rule = Rule(base=3, chance=1.0)
    missing = set(answers)
    for seed in range(300):
        answer = published(counts, seed, rule=rule, margins=margins)["published"]
        missing.discard(tuple(answer))
        if not missing:
            return True
    return False


def test_by_chance_every_rounding_can_come_of_every_true_table():
    # Who has the code but no seed can strike out no true table at all.
    every = set(itertools.product((0, 3), repeat=3))
    for counts in itertools.product((1, 2), repeat=3):
        assert all_come(every, counts, [("a",)])


def test_under_a_total_every_rounding_within_its_least_printed_bound_can_come():
    # A lone case that became 0 need not be alone: the 0 can be a 2.
    for counts in itertools.product((1, 2), repeat=2):
        near = {
            each
            for each in itertools.product((0, 3), repeat=2)
            if abs(sum(each) - sum(counts)) <= 2
        }
        assert all_come(near, counts, [("a",), ()])


def test_without_chance_a_lone_count_goes_to_the_nearer_side():
    found = [
        {
            published([n], seed, rule=BASE_3, margins=[()])["published"][0]
            for seed in range(20)
        }
        for n in (1, 2)
    ]
    assert found == [{0}, {3}]


@given(st.lists(st.integers(0, 4), min_size=6, max_size=6), st.integers(0, 2**32))
def test_chance_keeps_what_rounding_promises(counts, seed):
    answer = published(np.reshape(counts, (2, 3)), seed)
    small = answer["n"].between(1, 2)
    assert answer["published"][small].isin([0, 3]).all()
    assert (answer["published"] == answer["n"])[~small].all()


@pytest.mark.parametrize("counts", [(1, 5), (2, 4)])
def test_by_chance_an_exact_margin_tells_of_no_nearest_way_to_hit_it(counts):
    # Moving as few cases as possible, 0 and 6 could be of 1 and 5 alone.
    rule = Rule(base=3, exact=((),), chance=0.5)
    seen = set()
    for seed in range(100):
        answer, report = round_counts(frame(counts), [("a",)], rule=rule, seed=seed)
        seen.add(tuple(answer["published"]))
    assert seen == {(0, 6), (3, 3)}
    assert report.rule.shift == 2


@pytest.mark.parametrize("chance", [-0.1, 1.5, "half", True])
def test_a_chance_is_a_share(chance):
    with pytest.raises(ParameterError, match="; expected a share"):
        Rule(chance=chance)


def test_an_exact_margin_that_has_not_changed_keeps_its_moves():
    exact = Rule(base=3, exact=(("a",),))
    margins = [("a",), ()]
    # In the first row 5 has moved to 6: both rows have moves to choose from.
    first = frame([[1, 5, 5], [2, 4, 4]]).assign(published=[0, 6, 5, 0, 5, 5])
    now = frame([[1, 5, 5], [2, 4, 8]])
    answer, _ = round_counts(now, margins, rule=exact, seed=3, earlier=[first])
    assert answer["published"][:3].tolist() == [0, 6, 5]
    assert answer["published"][3:].sum() == 14
    assert answer["published"][3] == 0
