import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer_editions import SHARED_BOUNDS, all_courts
from qadaya.inference import SIGNIFICANT, compare_counts, poisson_interval
from qadaya.views.explorer.chance import chance_table, error_table
from qadaya.views.explorer.facts import choices_of

TABLE = chance_table(400)


def test_the_table_of_chance_has_the_interval_of_each_count():
    # Garwood: 0 to 3.6889, 0.0253 to 5.5716, 3.4538 to 15.7632, cut outwards
    assert (TABLE["low"][0], TABLE["high"][0]) == (0.0, 3.6889)
    assert (TABLE["low"][1], TABLE["high"][1]) == (0.0253, 5.5717)
    assert (TABLE["low"][8], TABLE["high"][8]) == (3.4538, 15.7632)
    assert TABLE["counts"][-1] == 401


def test_the_table_of_chance_has_the_nearest_real_changes():
    assert TABLE["down"][:8] == [-1, -1, -1, -1, -1, -1, 0, 0]
    assert TABLE["up"][:3] == [6, 8, 10]
    assert (TABLE["down"][30], TABLE["up"][30]) == (15, 49)


@given(st.integers(0, 400), st.integers(0, 500))
def test_a_change_is_real_where_the_exact_test_says_so(before, after):
    real = after <= TABLE["down"][before] or after >= TABLE["up"][before]
    assert real == (compare_counts(before, after).p <= SIGNIFICANT)


def test_above_a_thousand_the_outer_count_of_the_table_holds():
    table = chance_table(30_000)
    counts = table["counts"]
    assert counts[-1] > 30_000 and len(counts) < 1_300
    for n in (1_001, 5_432, 29_999):
        below = max(c for c in counts if c <= n)
        above = min(c for c in counts if c >= n)
        low, high = poisson_interval(n)
        assert table["low"][counts.index(below)] <= low
        assert table["high"][counts.index(above)] >= high


@pytest.fixture(scope="module")
def errors():
    edition = all_courts(audience="shared", bounds=SHARED_BOUNDS)
    return error_table(edition, choices_of(edition))


@pytest.mark.parametrize(
    ("platforms", "years", "all_courts_together", "circuit", "court"),
    [
        (2, 4, 1, 2, None),  # everything: the bound of the country, of a circuit
        (2, 1, 1, 3, None),  # one year
        (2, 2, 2, 6, None),  # two years: twice the bound of a year
        (1, 1, 2, None, None),  # one platform of one year
        (1, 4, 8, None, None),  # one platform of all years: four times
    ],
)
def test_the_error_of_a_selection_is_the_least_that_margins_allow(
    errors, platforms, years, all_courts_together, circuit, court
):
    assert errors["cases"][platforms - 1][years - 1] == {
        "all": all_courts_together,
        "circuit": circuit,
        "court": court,
    }


def test_an_exact_edition_has_no_error():
    edition = all_courts()
    table = error_table(edition, choices_of(edition))
    found = {e for m in table.values() for p in m for y in p for e in y.values()}
    assert found == {0}
