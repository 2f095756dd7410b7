import pandas as pd
import pytest

from qadaya.editions.earlier import (
    changed_cases,
    require_batch,
    require_wide_differences,
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


def test_a_court_that_moved_to_another_circuit_changes_no_case():
    # Else its four cases would pass for a batch, and one late case come out with them.
    places = pd.DataFrame({"court_id": ["a", "b"], "circuit_id": "north", "n": [4, 6]})
    moved = places.assign(circuit_id=["south", "north"])
    assert changed_cases(moved, places) == 0
    late = moved.assign(n=[4, 7])
    with pytest.raises(DisclosureError, match="1 case changed since the edition"):
        require_batch(late, {"2026.1": places}, 3)


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


@pytest.mark.parametrize(
    ("now", "before"), [({"a": 3}, {}), ({"a": 6}, {"a": 3}), ({}, {"a": 9})]
)
def test_steps_of_the_base_give_nothing_away(now, before):
    tables = {"cube": cells(**now)}, {"cube": cells(**before)}
    assert require_wide_differences(*tables, "2026.1", 3) is None


@pytest.mark.parametrize(("now", "before"), [(4, 3), (3, 5)])
def test_a_step_to_or_from_the_base_may_be_of_more_cases(now, before):
    # The 3 may be a 1 or a 2: it is not said how many cases came in.
    tables = {"cube": cells(a=now)}, {"cube": cells(a=before)}
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
