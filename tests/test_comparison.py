import pytest

from qadaya.errors import ParameterError
from qadaya.views.charts.style import twin
from qadaya.views.frames.comparable import clear_units
from qadaya.views.topics import comparison
from small_edition import small_edition

# 40 of 100 cases prosecuted in the country; Fez prosecutes 30 of its 40.
CASES = {"ca-rabat": (60, 10), "ca-fes": (40, 30)}


def edition(cases=CASES, years=(2024,), **facts):
    cells, statuses = [], []
    for court, (n, prosecuted) in cases.items():
        for year in years:
            statuses.append((court, court, year, "reported"))
            for stage, count in (
                ("prosecuted", prosecuted),
                ("closed", n - prosecuted),
            ):
                result = "pending" if stage == "prosecuted" else "none"
                cells.append((court, court, "NCMEC", year, stage, result, count))
    return small_edition(cells, statuses, **facts)


def test_a_circuit_is_expected_to_prosecute_the_national_share_of_its_cases():
    units = comparison.units(edition(), level="circuit").set_index("place")
    assert units.loc["ca-rabat", ["observed", "expected"]].tolist() == [10, 24]
    assert units.loc["ca-fes", ["observed", "expected"]].tolist() == [30, 16]
    assert units["error"].tolist() == [0, 0]


def test_regions_are_expected_to_have_the_national_rate_per_child():
    units = comparison.units(edition(), level="region").set_index("place")
    # Rabat-Sale-Kenitra has 1,307,459 children, Fez-Meknes 1,177,715.
    assert units.loc["MA-04", "expected"] == pytest.approx(100 * 1307459 / 2485174)
    assert units["observed"].tolist() == [40, 60]


def test_standing_out_needs_the_strict_limits():
    said = comparison.standing(edition(), "tpi-fes")
    assert said == (
        "The circuit of Fez: 30 prosecuted cases, 16.0 expected from its own cases "
        "at the national share; chance allows 9–24 at 95% and 5–30 at 99.8%. "
        "It does not stand out."
    )
    more = edition({"ca-rabat": (60, 10), "ca-fes": (40, 38)})
    assert comparison.standing(more, "tpi-fes").endswith(
        "It stands out: look at its returns before anything else."
    )


def test_fewer_than_four_expected_cases_are_not_compared():
    few = edition({"ca-rabat": (60, 10), "ca-fes": (4, 4)})
    assert "fewer than 4" in comparison.standing(few, "tpi-fes")
    assert "1 of 2 units" in comparison.say_funnel(few, level="circuit")


def test_a_court_without_a_return_is_not_compared():
    assert comparison.standing(edition(), "tpi-tanger") == (
        "The circuit of Tangier: no return came, so nothing is compared."
    )


def test_what_rounding_leaves_open_is_drawn_as_a_bar_and_flags_nobody():
    bounds = {
        "country": {"largest": 2},
        "result": {"largest": 2},
        "circuit_id": {"largest": 2},
        "circuit_id x result": {"largest": 6},
    }
    found = edition(audience="shared", bounds=bounds)
    units = comparison.units(found, level="circuit").set_index("place")
    # all cases of a circuit less those without a prosecution: 2 + 6
    assert units["error"].tolist() == [8, 8]
    # 58 to 62 of its cases, 36 to 44 of 98 to 102 prosecuted in the country
    ends = units.loc["ca-rabat", ["expected_low", "expected_high"]].tolist()
    assert ends == pytest.approx([58 * 36 / 102, 62 * 44 / 98])
    figure = comparison.funnel(found, level="circuit", court="tpi-fes")
    rows = twin(figure).set_index("Unit")
    # 22 cases at the fewest, of 18.86 at the most: Garwood's 13.79 of them.
    assert rows.loc["Fez", "95% interval, from"] == 0.73
    assert set(rows["Outside 99.8%"]) == {"open: rounded"}
    said = comparison.say_funnel(found, level="circuit")
    assert "rounding hides whether they lie outside the 95% limits: 2; " in said
    assert "in truth it may be" in said
    assert comparison.standing(found, "tpi-fes").endswith(
        "Rounding moved the prosecuted cases by 8 at the most. "
        "Rounding leaves open whether it stands out."
    )


def test_units_that_rounding_could_carry_across_are_left_out_and_counted():
    bounds = {"circuit_id x stage": {"largest": 9}, "circuit_id": {"largest": 2}}
    bounds |= {"country": {"largest": 2}, "stage": {"largest": 2}}
    found = edition(audience="shared", bounds=bounds)
    # Four stages are prosecuted: 36 in all, more than the limits are apart.
    units = comparison.units(found, level="circuit")
    assert units["error"].tolist() == [36, 36]
    assert clear_units(units).empty
    assert comparison.say_funnel(found, level="circuit").startswith("2 units are left")
    figure = comparison.funnel(found, level="circuit")
    assert "rounded too coarsely" in figure.layout.meta["qadaya"]["summary"]
    assert twin(figure).empty


def test_a_unit_too_thin_is_not_called_blurred():
    few = {"ca-rabat": (60, 10), "ca-fes": (4, 1), "ca-safi": (0, 0)}
    found = edition(few, audience="shared", bounds={"year": {"largest": 2}})
    units = clear_units(comparison.units(found, level="circuit"))
    assert units["place"].tolist() == ["ca-fes", "ca-safi"]


def test_expected_false_flags_and_overdispersion_are_said():
    said = comparison.say_funnel(edition(), level="circuit")
    # 2 units times 0.002: never "up to 0.00", which would promise none
    assert "chance alone puts up to 0.004 there" in said
    assert "being outside a limit singles nobody out" in said


def test_an_unknown_court_is_refused_in_one_line():
    for asked in (
        comparison.standing,
        lambda e, c: comparison.funnel(e, level="court", court=c),
    ):
        with pytest.raises(ParameterError, match="court is 'sale'; expected an ident"):
            asked(edition(), "sale")


def test_rates_keep_the_official_order_and_carry_an_interval():
    rates = comparison.rates_table(edition(years=(2023, 2024)))
    assert rates["Region"].tolist() == ["Fez-Meknes", "Rabat-Sale-Kenitra"]
    # 80 cases in two years among 1,177,715 children
    assert rates["Cases a year per 100,000 children"].tolist() == ["3.40", "4.59"]
    assert rates["95% interval"].tolist() == ["2.69–4.23", "3.80–5.49"]
    assert rates["Children aged 0 to 14"].tolist() == ["1,177,715", "1,307,459"]


def test_rates_without_a_bound_have_no_interval():
    rates = comparison.rates_table(
        edition(audience="shared", bounds={"platform": {"largest": 2}})
    )
    assert rates["95% interval"].tolist() == [None, None]


def test_an_unknown_level_is_refused():
    with pytest.raises(ParameterError, match="level is 'city'"):
        comparison.units(edition(), level="city")


def rate_of(text):
    """The last line of a tile: a rate is bold, words are not."""
    return text.split("<br>")[-1].removeprefix("<b>").removesuffix("</b>")


def tiles_of(figure):
    """By the first line of its name: column and row of a tile, and what it says."""
    bars = figure.data[0]
    return {
        text.split("<br>")[0]: (column, round(top + 0.47), rate_of(text))
        for text, column, top in zip(bars.text, bars.x, bars.base, strict=True)
    }


def test_each_region_is_a_tile_where_it_lies_with_its_rate():
    figure = comparison.rates_map(edition(years=(2023, 2024)))
    tiles = tiles_of(figure)
    assert len(tiles) == 12
    assert tiles["Rabat-Sale-"] == (2, 2, "4.59")
    assert tiles["Fez-Meknes"] == (3, 2, "3.40")
    # What sent no return is said so, and is no 0.
    assert tiles["Oriental"] == (4, 2, "not reported")
    assert figure.layout.title.text.replace("<br>", " ") == (
        "3.40–\u20604.59 cases a year are recorded per 100,000 children of a region"
    )
    assert "This is no ranking" in figure.layout.annotations[0].text.replace(
        "<br>", " "
    )
    assert twin(figure)["Region"].tolist() == ["Fez-Meknes", "Rabat-Sale-Kenitra"]


def test_a_rounded_zero_and_a_reported_one_are_told_apart():
    cases = CASES | {"ca-oujda": (0, 0)}
    assert tiles_of(comparison.rates_map(edition(cases)))["Oriental"][2] == "0.00"
    bounds = {"platform": {"largest": 2}}
    rounded = edition(cases, audience="shared", bounds=bounds)
    assert tiles_of(comparison.rates_map(rounded))["Oriental"][2] == "rounded zero"
