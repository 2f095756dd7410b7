import pandas as pd
import pytest

from qadaya.editions.earlier import (
    changed_cases,
    require_batch,
    require_wide_differences,
    settled,
)
from qadaya.errors import DisclosureError


def cells(**counts):
    return pd.DataFrame({"court": list(counts), "n": list(counts.values())})


@pytest.mark.parametrize(
    ("now", "before", "changed"),
    [
        ({"a": 1}, {"a": 1}, 0),
        ({"a": 2, "b": 1}, {"a": 1}, 2),
        ({"a": 1}, {"a": 3}, 2),
        # A case that went from one stage to the next is one case.
        ({"a": 1, "b": 2}, {"a": 2, "b": 1}, 1),
    ],
)
def test_a_case_that_moved_counts_once(now, before, changed):
    assert changed_cases(cells(**now), cells(**before)) == changed


@pytest.mark.parametrize(
    ("extra", "wanting"), [(1, "2 more cases have"), (2, "1 more case has")]
)
def test_too_few_changed_cases_hold_a_revision_back(extra, wanting):
    with pytest.raises(DisclosureError, match=f"when {wanting} come in"):
        require_batch(cells(a=1 + extra), {"2026.1": cells(a=1)}, 3)


def test_every_earlier_edition_must_be_a_batch_away():
    # Three came in, then two of them were withdrawn and two others came.
    before = {"2026.1": cells(a=1), "2026.2": cells(a=4, b=1)}
    with pytest.raises(DisclosureError, match=r"2 cases changed .* edition 2026\.1"):
        require_batch(cells(a=1, c=2), before, 3)


@pytest.mark.parametrize("extra", [0, 3, 10])
def test_no_change_or_a_whole_batch_may_be_published(extra):
    before = {"2026.1": cells(a=1)}
    assert require_batch(cells(a=1 + extra), before, 3) is None


def record(published, **counts):
    return cells(**counts).assign(published=published)


def test_what_has_not_changed_keeps_its_published_count():
    before = [record([3, 0, 5, 3], a=1, b=2, c=5, gone=1)]
    assert settled(cells(a=1, b=1, c=5, new=2), before)["n"].tolist() == [3, 1, 5, 2]


def test_a_count_that_is_again_what_it_was_is_published_as_it_was():
    before = [record([3, 0], a=1, b=1), record([3, 3], a=2, b=1)]
    assert settled(cells(a=1, b=1), before)["n"].tolist() == [3, 3]


def test_within_an_exact_sum_all_counts_are_kept_or_none():
    before = [record([3, 0, 0], a=1, b=1, c=1)]
    now = cells(a=1, b=1, c=4)
    assert settled(now, before, exact=[()])["n"].tolist() == [1, 1, 4]
    assert settled(now, before, exact=[("court",)])["n"].tolist() == [3, 0, 4]


def test_other_columns_than_before_settle_nothing():
    before = record([3], a=1).rename(columns={"court": "judge"})
    assert settled(cells(a=1), [before])["n"].tolist() == [1]


@pytest.mark.parametrize(
    ("now", "before"), [({"a": 3}, {}), ({"a": 6}, {"a": 3}), ({}, {"a": 9})]
)
def test_steps_of_the_base_give_nothing_away(now, before):
    tables = {"cube": cells(**now)}, {"cube": cells(**before)}
    assert require_wide_differences(*tables, "2026.1", 3) is None


def test_a_smaller_step_is_named_with_its_equation():
    tables = {"cube": cells(a=7, b=3)}, {"cube": cells(a=5, b=3)}
    with pytest.raises(DisclosureError) as caught:
        require_wide_differences(*tables, "2026.1", 3)
    assert str(caught.value) == (
        "the edition is held back: cube, court=a: 7 less 5 of edition 2026.1 gives a "
        "change of 2. Expected steps of at least 3; it can be published when 1 more "
        "case has come in"
    )
