import pytest

from sdctables import ParameterError, Rule, compare_editions, published_cells
from sdctables.auditing.compare import pending_until_publishable
from small_tables import frame

BASE_3 = Rule(method="rounding", base=3)
MARGINS = [("a",), ()]


def edition(*counts):
    return published_cells(frame(counts), MARGINS)


def test_one_late_case_in_a_large_cell_waits_for_two_more():
    held = compare_editions(edition(5, 0), edition(4, 0), rule=BASE_3)

    assert held[["a", "change_low", "change_high", "waiting"]].values.tolist() == [
        ["a0", 1, 1, 2]
    ]
    assert pending_until_publishable(edition(5, 0), edition(4, 0), rule=BASE_3) == 2


@pytest.mark.parametrize(
    ("now", "before"),
    [
        ((4, 0), (4, 0)),  # nothing came in
        ((7, 0), (4, 0)),  # a batch came in
        ((3, 0), (0, 0)),  # a rounded 0 that is now the base: 0 to 3 cases
    ],
)
def test_a_revision_that_tells_nothing_about_single_cases_is_not_held(now, before):
    assert compare_editions(edition(*now), edition(*before), rule=BASE_3).empty
    assert pending_until_publishable(edition(*now), edition(*before), rule=BASE_3) == 0


def test_a_case_that_was_taken_back_counts_like_one_that_came_in():
    held = compare_editions(edition(4, 0), edition(5, 0), rule=BASE_3)

    assert held["waiting"].tolist() == [2]


def test_editions_with_different_attributes_cannot_be_compared():
    other = edition(4, 0).frame.rename(columns={"a": "court"})

    with pytest.raises(ParameterError, match="the earlier edition has the attributes"):
        compare_editions(edition(4, 0), other, rule=BASE_3)
