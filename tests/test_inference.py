import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from qadaya.errors import ParameterError
from qadaya.inference import (
    MINIMUM_EXPECTED,
    MINIMUM_SEEN,
    Change,
    YearCount,
    check_break,
    compare_counts,
    false_flags,
    funnel_limits,
    interval_between,
    overdispersion,
    poisson_interval,
    proportion_interval,
    rate_interval,
    smallest_significant_change,
)
from qadaya.inference.comparison import exact_p

MISSING = float("nan")
COUNTS = st.integers(0, 400)


def six(*values):
    return pytest.approx(values, abs=1e-6, nan_ok=True)


@pytest.mark.parametrize(
    ("n", "low", "high"),
    [
        (0, 0, 3.688879),
        (1, 0.025318, 5.571643),
        (2, 0.242209, 7.224688),
        (3, 0.618672, 8.767273),
        (4, 1.089865, 10.241589),
        (5, 1.623486, 11.668332),
        (10, 4.795389, 18.390356),
        (30, 20.240874, 42.826865),
        (34, 23.545988, 47.511592),
        (42, 30.269906, 56.771799),
    ],
)
def test_the_exact_interval_of_a_count_is_that_of_garwood(n, low, high):
    assert poisson_interval(n) == six(low, high)


def test_the_upper_limit_of_zero_is_two_sided():
    # the one-sided limit, 2.996, is another convention
    assert poisson_interval(0).high == pytest.approx(3.688879, abs=1e-6)
    assert poisson_interval(0, level=0.9).high == pytest.approx(2.995732, abs=1e-6)


@pytest.mark.parametrize(
    ("n", "level", "low", "high"),
    [
        (65, 0.95, 50.163188, 82.849139),
        (1045, 0.95, 982.593202, 1110.331213),
        (1, 0.95, 0.013072, 5.563756),
        (10, 0.95, 4.787450, 18.391459),
        (65, 0.998, 42.880261, 94.000291),
        (10, 0.998, 2.916318, 24.193725),
        (1, 0.998, MISSING, 9.362180),
    ],
)
def test_the_interval_of_byar_has_no_negative_limit(n, level, low, high):
    assert poisson_interval(n, level, method="byar") == six(low, high)


def test_nothing_counted_has_no_lower_limit_after_byar():
    low, high = poisson_interval(0, method="byar")
    assert math.isnan(low)
    assert high == pytest.approx(3.668012, abs=1e-6)


@pytest.mark.parametrize(
    ("k", "n", "level", "low", "high", "within"),
    [
        (65, 100, 0.95, 0.552544, 0.736358, 1e-6),
        (1045, 5000, 0.95, 0.197955, 0.220491, 1e-6),
        (1, 100, 0.95, 0.001767, 0.054486, 1e-6),
        (5, 5, 0.95, 0.5655, 1, 5e-5),
        (0, 5, 0.95, 0, 0.4345, 5e-5),
        (65, 100, 0.998, 0.495495, 0.778354, 1e-6),
    ],
)
def test_the_interval_of_a_share_is_that_of_wilson(k, n, level, low, high, within):
    found = proportion_interval(k, n, level)
    assert found == pytest.approx((low, high), abs=within)


# As statsmodels 0.15 gives them, which this was computed with before.
PROPORTION_CONFINT = [
    (0, 5, 0.95, 0.0, 0.43448246478317476),
    (1, 1, 0.95, 0.20654931437723745, 1.0),
    (5, 5, 0.95, 0.5655175352168251, 1.0),
    (13, 84, 0.95, 0.09273310465265512, 0.2469864221098481),
    (34, 520, 0.95, 0.04716407896032497, 0.08997943576343949),
    (30, 44, 0.998, 0.45004848960192384, 0.8487402821218688),
]


@pytest.mark.parametrize(("k", "n", "level", "low", "high"), PROPORTION_CONFINT)
def test_the_interval_of_a_share_is_the_one_of_statsmodels(k, n, level, low, high):
    found = proportion_interval(k, n, level)
    assert found == pytest.approx((low, high), rel=0, abs=3e-16)


def test_shares_in_a_row_have_an_interval_each_and_nothing_has_none():
    found = proportion_interval([0, 13, 0], [5, 84, 0])
    assert list(found.high) == pytest.approx(
        [0.4345, 0.2470, np.nan], abs=5e-5, nan_ok=True
    )
    assert math.isnan(found.low[2]) and math.isnan(found.high[2])


def test_a_share_of_nothing_is_missing():
    assert all(math.isnan(limit) for limit in proportion_interval(0, 0))


def test_a_rate_is_exact_below_ten_events_and_byar_from_ten():
    exact = tuple(limit / 5000 * 100_000 for limit in poisson_interval(9))
    byar = tuple(
        limit / 5000 * 100_000 for limit in poisson_interval(10, method="byar")
    )
    assert rate_interval(9, 5000) == six(*exact)
    assert rate_interval(10, 5000) == six(*byar)


def test_two_rates_are_compared_by_the_exact_conditional_test():
    found = compare_counts(21, 11, exposure_a=3011, exposure_b=800)
    assert found.p == pytest.approx(0.0796686, abs=1e-7)
    assert (found.ratio, found.low, found.high) == six(1.971488, 0.858426, 4.277266)


@pytest.mark.parametrize(
    ("before", "after", "p"),
    [
        (30, 44, 0.1302),
        (520, 470, 0.1193),
        (204, 69, 1.2e-16),
        (46, 101, 6.7e-06),
        (207, 250, 0.0493),
    ],
)
def test_the_changes_of_2024_have_their_exact_p(before, after, p):
    assert compare_counts(before, after).p == pytest.approx(p, rel=0.03)


def test_30_to_44_has_its_mid_p_and_its_ratio():
    found = compare_counts(30, 44)
    four = pytest.approx((0.1302, 0.1053, 1.4667, 0.9015, 2.4162), abs=5e-5)
    assert (found.p, found.mid_p, found.ratio, found.low, found.high) == four


def test_a_verdict_takes_the_p_of_the_whole_comparison():
    before, after = (side.ravel() for side in np.mgrid[0:13, 0:13])
    alone = exact_p(before, after)
    assert list(alone) == list(compare_counts(before, after).p)


def test_nothing_in_both_years_is_no_evidence_and_has_no_ratio():
    found = compare_counts(0, 0)
    assert (found.p, found.mid_p) == (1, 1)
    assert math.isnan(found.ratio)


def test_a_rise_from_nothing_has_no_ratio_rather_than_an_infinite_one():
    found = compare_counts(0, 7)
    assert found.p == pytest.approx(2 / 2**7)
    assert math.isnan(found.ratio) and math.isnan(found.high)


@pytest.mark.parametrize(
    ("n", "down", "up"),
    [
        (10, 2, 23),
        (20, 8, 36),
        (30, 15, 49),
        (34, 18, 54),
        (100, 73, 131),
        (207, 168, 250),
        (520, 457, 587),
    ],
)
def test_the_smallest_change_that_chance_does_not_explain(n, down, up):
    assert smallest_significant_change(n) == (down, up)


@given(st.integers(0, 300))
def test_the_smallest_change_agrees_with_the_test_it_inverts(n):
    down, up = smallest_significant_change(n)
    assert compare_counts(n, up).p <= 0.05 < compare_counts(n, up - 1).p
    if math.isnan(down):
        assert compare_counts(n, 0).p > 0.05
    else:
        assert compare_counts(n, down).p <= 0.05 < compare_counts(n, down + 1).p


@pytest.mark.parametrize(
    ("level", "low", "high"),
    [(0.95, 0.6108260, 1.544419), (0.998, 0.4479107, 1.902094)],
)
def test_funnel_limits_of_a_confidence_interval(level, low, high):
    assert funnel_limits(20, level, method="interval") == six(low, high)


@pytest.mark.parametrize(
    ("expected", "loose", "strict"),
    [
        (0.1, 1, 2),
        (0.3, 2, 3),
        (0.5, 2, 4),
        (1, 3, 5),
        (2, 5, 8),
        (5, 10, 13),
        (10, 17, 21),
    ],
)
def test_prediction_limits_say_what_a_tiny_expectation_allows(expected, loose, strict):
    assert funnel_limits(expected, 0.95).high * expected == pytest.approx(loose)
    assert funnel_limits(expected, 0.998).high * expected == pytest.approx(strict)


@pytest.mark.parametrize(("expected", "possible"), [(3.68, False), (3.70, True)])
def test_a_low_flag_is_impossible_while_zero_is_likely(expected, possible):
    assert (funnel_limits(expected, 0.95).low > 0) is possible


def test_overdispersion_is_the_mean_squared_z_of_the_log_ratio():
    # one unit of e times its expectation, one as expected: (4 * 1 + 0) / 2
    assert overdispersion([4, 9], [4, 9]) == 0
    found = overdispersion([8, 4], [4, 4])
    assert found == pytest.approx(4 * math.log(2) ** 2 / 2)


def test_a_unit_without_a_case_has_a_finite_z():
    assert overdispersion([0], [4]) == pytest.approx(4 * math.log(0.5 / 4.5) ** 2)


def test_twenty_three_circuits_give_about_one_false_flag_at_95():
    assert false_flags(23, 0.95) == pytest.approx(1.15)


@pytest.mark.parametrize(
    "call",
    [
        lambda n: poisson_interval(n).low,
        lambda n: poisson_interval(n, method="byar").high,
        lambda n: rate_interval(n, 1000).low,
        lambda n: proportion_interval(n, 50).high,
        lambda n: compare_counts(n, 12).p,
        lambda n: smallest_significant_change(n).high,
        lambda n: funnel_limits(n).low,
    ],
)
def test_what_is_given_comes_back_as_the_same_kind(call):
    series = pd.Series([4, 30], index=["a", "b"])
    found = call(series)
    assert isinstance(found, pd.Series) and list(found.index) == ["a", "b"]
    array = call(np.array([4, 30]))
    assert isinstance(array, np.ndarray)
    assert list(array) == list(found)
    assert call(30) == found["b"] and np.ndim(call(30)) == 0


def test_a_table_comes_back_as_a_table():
    table = pd.DataFrame({"NCMEC": [4, 30], "CPS": [0, 7]}, index=[2023, 2024])
    low = poisson_interval(table).low
    assert list(low.columns) == ["NCMEC", "CPS"] and list(low.index) == [2023, 2024]
    assert low.loc[2024, "NCMEC"] == poisson_interval(30).low
    assert smallest_significant_change(table).high.loc[2024, "NCMEC"] == 49


def test_a_level_may_be_any_kind_of_number():
    assert poisson_interval(30, level=np.float32(0.5)) == poisson_interval(30, 0.5)


@given(COUNTS, st.integers(0, 6), st.data())
def test_a_range_of_counts_covers_the_interval_of_each(n, error, data):
    true = data.draw(st.integers(max(0, n - error), n + error))
    low, high = interval_between(max(0, n - error), n + error)
    assert low <= poisson_interval(true).low
    assert poisson_interval(true).high <= high


def test_from_ten_cases_an_interval_ends_less_than_four_times_above_its_start():
    low, high = poisson_interval(np.arange(1, 60))
    assert list(high < 4 * low) == [n >= MINIMUM_SEEN for n in range(1, 60)]


def test_from_four_expected_cases_none_at_all_would_be_unusual():
    usual = [n for n in range(1, 60) if math.exp(-n) > 0.025]
    assert usual == list(range(1, MINIMUM_EXPECTED))


@given(COUNTS)
def test_a_count_lies_in_its_interval(n):
    low, high = poisson_interval(n)
    assert low <= n < high


@given(COUNTS, COUNTS)
def test_comparing_backwards_turns_the_ratio_round(a, b):
    forth, back = compare_counts(a, b), compare_counts(b, a)
    assert forth.p == pytest.approx(back.p)
    assert forth.mid_p <= forth.p
    if a and b:
        assert forth.low == pytest.approx(1 / back.high)


def between(before, after, *, error=0):
    return Change(YearCount(2023, before, error), YearCount(2024, after, error))


@pytest.mark.parametrize(
    ("change", "verdict"),
    [
        (between(30, 44), "chance"),
        (between(46, 101), "rise"),
        (between(204, 69), "fall"),
        (between(30, 48, error=1), "open"),
        (between(30, 60, error=1), "rise"),
    ],
)
def test_a_change_is_judged_by_rule(change, verdict):
    assert change.verdict == verdict


def test_rounding_widens_p_ratio_and_what_can_be_detected():
    exact, rounded = between(30, 44), between(30, 44, error=1)
    assert rounded.p_range.low < exact.test.p < rounded.p_range.high
    assert rounded.ratio_interval.low < exact.test.low
    assert rounded.ratio_interval.high > exact.test.high
    assert rounded.detectable == (15, 50)
    assert (rounded.p_range.low, rounded.p_range.high) == pytest.approx(
        (0.08, 0.20), abs=5e-3
    )


def test_components_that_swing_while_the_total_stands_still_are_suspect():
    components = {
        "sexual_harassment": between(204, 69),
        "online_fraud": between(46, 101),
        "incitement": between(43, 37),
    }
    found = check_break(components, between(520, 470))
    assert found.suspected == ("sexual_harassment", "online_fraud")


def test_a_total_that_moves_too_leaves_no_suspicion():
    found = check_break({"a": between(204, 69)}, between(520, 300))
    assert found.suspected == ()


BAD = [
    (lambda: poisson_interval(-1), "n is -1; expected a whole number, 0 or more"),
    (lambda: poisson_interval(2.5), "n is 2.5; expected a whole number of cases"),
    (lambda: poisson_interval([]), "n is empty; expected at least one number"),
    (lambda: poisson_interval([3, None]), "n has missing or infinite values"),
    (lambda: poisson_interval("ten"), "n holds text; expected numbers"),
    (lambda: poisson_interval("3"), "n holds text; expected numbers"),
    (lambda: poisson_interval(["3", "4"]), "n holds text; expected numbers"),
    (lambda: poisson_interval([[1], [1, 2]]), "n holds lists of different lengths"),
    (lambda: poisson_interval(1j), "n holds a complex128; expected numbers"),
    (lambda: poisson_interval({"a": 1}), "n holds a dict; expected numbers"),
    (lambda: poisson_interval(pd.Series([1, pd.NA])), "n has missing or infinite"),
    (
        lambda: compare_counts(pd.Series(pd.to_datetime(["2024-01-01"])), 1),
        "a holds a datetime64; expected numbers",
    ),
    (lambda: poisson_interval([True, None]), "n holds true or false"),
    (lambda: poisson_interval(3, level="0.95"), "level is '0.95'; expected a number"),
    (lambda: poisson_interval(3, level=True), "level is True; expected a number"),
    (lambda: rate_interval(3, 10, per=-1), "per is -1; expected a number above 0"),
    (lambda: rate_interval(3, 10, per="1"), "per holds text; expected numbers"),
    (lambda: rate_interval(3, 10, per=[1, 2]), "per holds 2 values; expected one"),
    (lambda: compare_counts([[1, 2]], [1]), "a has 1x2, b has 1 values"),
    (lambda: poisson_interval(True), "n holds true or false; expected numbers"),
    (lambda: poisson_interval(3, level=0), "level is 0; expected a number between"),
    (lambda: poisson_interval(3, level=95), "level is 95; expected a number between"),
    (lambda: poisson_interval(3, method="wald"), "method is 'wald'; expected garwood"),
    (lambda: rate_interval(3, 0), "exposure is 0; expected a number above 0"),
    (lambda: rate_interval([1, 2], [5, 6, 7]), "n has 2, exposure has 3 values"),
    (lambda: proportion_interval(6, 5), "k is larger than n"),
    (lambda: compare_counts(30, -4), "b is -4"),
    (lambda: compare_counts([1, 2], [3]), "expected equal lengths"),
    (lambda: compare_counts(1, 2, exposure_a=-1), "exposure_a is -1"),
    (lambda: funnel_limits(0), "expected is 0; expected a number above 0"),
    (lambda: funnel_limits(5, method="wide"), "method is 'wide'"),
    (lambda: check_break({}, between(1, 2)), "components is empty"),
    (
        lambda: check_break(
            {"a": Change(YearCount(2023, 1), YearCount(2024, 2), "persons")},
            between(1, 2),
        ),
        "a is in persons for 2023 to 2024, the total in cases",
    ),
    (
        lambda: compare_counts(
            pd.Series([1], index=["a"]), pd.Series([2], index=["b"])
        ),
        "labelled differently",
    ),
]


@pytest.mark.parametrize(("call", "message"), BAD, ids=[text for _, text in BAD])
def test_bad_input_gets_one_clear_error(call, message):
    with pytest.raises(ParameterError) as caught:
        call()
    assert message in str(caught.value)
    assert "\n" not in str(caught.value)
