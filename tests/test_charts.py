import json
from dataclasses import replace

import pandas as pd
import plotly.graph_objects as go
import pytest

from qadaya.errors import ParameterError
from qadaya.language import LANGUAGES
from qadaya.views import charts
from qadaya.views.charts.published import NAME, PANEL
from qadaya.views.charts.style import NOTE, label_width
from qadaya.views.frames.comparable import units as comparable_units
from qadaya.views.frames.counts import cases_table, rounding_error
from qadaya.views.frames.funnel import spread_range
from qadaya.views.frames.regions import region_units
from qadaya.views.prose.sentences import change
from qadaya.views.prose.words import broken
from small_edition import small_edition

RABAT, FES, SAFI, GUELMIM = "ca-rabat", "ca-fes", "ca-safi", "ca-guelmim"
CELLS = [
    ("tpi-sale", RABAT, "NCMEC", 2023, "closed", "none", 5),
    ("tpi-sale", RABAT, "NCMEC", 2024, "appeal", "convicted", 6),
    ("tpi-rabat", RABAT, "CPS", 2024, "prosecuted", "pending", 2),
    ("ca-fes", FES, "CPS", 2022, "under_investigation", "none", 1),
]
STATUSES = [
    ("tpi-sale", RABAT, 2022, "nil"),
    ("tpi-sale", RABAT, 2023, "reported"),
    ("tpi-sale", RABAT, 2024, "reported"),
    ("tpi-rabat", RABAT, 2022, "reported"),
    ("tpi-rabat", RABAT, 2023, "missing"),
    ("tpi-rabat", RABAT, 2024, "reported"),
    ("ca-fes", FES, 2022, "reported"),
    ("ca-fes", FES, 2023, "missing"),
    ("ca-fes", FES, 2024, "nil"),
    ("ca-safi", SAFI, 2022, "missing"),
    ("ca-safi", SAFI, 2023, "missing"),
    ("ca-safi", SAFI, 2024, "missing"),
    ("ca-guelmim", GUELMIM, 2022, "not_established"),
    ("ca-guelmim", GUELMIM, 2023, "not_established"),
    ("ca-guelmim", GUELMIM, 2024, "reported"),
]
OTHERS = {
    "bodies": pd.DataFrame(
        [(2023, "NCMEC", "dgsn", 5), (2024, "CPS", "unknown", 8)],
        columns=["year", "platform", "body", "n"],
    ),
    "subjects": pd.DataFrame(
        [(2023, "NCMEC", "possession", 5), (2024, "CPS", "unknown", 8)],
        columns=["year", "platform", "subject", "n"],
    ),
}
BOUNDS = {
    "country": {"largest": 1, "mean": 0.3},
    "circuit_id": {"largest": 2, "mean": 0.5},
    "circuit_id x year": {"largest": 3, "mean": 0.7},
    "platform x year": {"largest": 2, "mean": 0.5},
    "stage x result": {"largest": 3, "mean": 0.5},
}
INTERNAL = small_edition(CELLS, STATUSES, others=OTHERS)
SHARED = small_edition(
    CELLS,
    [(*row[:3], "reported" if row[3] == "nil" else row[3]) for row in STATUSES],
    others=OTHERS,
    audience="shared",
    synthetic=True,
    bounds=BOUNDS,
)
OF_EDITION = [
    charts.cases_by_circuit,
    charts.cases_by_body,
    charts.cases_by_subject,
    charts.cases_by_stage,
    charts.cases_by_year,
    charts.total_by_year,
    charts.cases_by_circuit_and_year,
    charts.case_flow,
    charts.case_steps,
]


COHORTS = {
    "outcomes": pd.DataFrame(
        [(2024, "NCMEC", "convicted", "convicted", "none", 6)],
        columns=["year", "platform", "first_instance", "appeal", "cassation", "n"],
    )
}


def plain(figure):
    return texts(figure).replace("<br>", " ").replace("\u00a0", " ")


def cell(table, circuit, year):
    row = table[(table["circuit_id"] == circuit) & (table["year"] == year)]
    return row.iloc[0]


def texts(figure):
    return " ".join(note.text for note in figure.layout.annotations)


def test_the_grid_is_complete_and_keeps_the_states_apart():
    table = cases_table(INTERNAL, by=["circuit_id", "year"])
    assert len(table) == 4 * 3
    states = {
        (RABAT, 2024): ("value", 8),
        (RABAT, 2022): ("zero", 0),
        (FES, 2023): ("not_reported", None),
        (SAFI, 2024): ("not_reported", None),
        (GUELMIM, 2023): ("not_established", None),
        (GUELMIM, 2024): ("zero", 0),
    }
    for (circuit, year), (state, n) in states.items():
        row = cell(table, circuit, year)
        assert row["state"] == state
        assert row["n"] == n if n is not None else pd.isna(row["n"])


def test_a_hidden_cell_is_hidden_and_never_a_number():
    edition = small_edition(CELLS, STATUSES)
    edition.cube["status"] = ["primary", "shown", "shown", "shown"]
    table = cases_table(edition, by=["circuit_id", "year"])
    row = cell(table, RABAT, 2023)
    assert row["state"] == "hidden"
    assert pd.isna(row["n"]) and pd.isna(row["high"])


def test_returns_stand_beside_every_count():
    row = cell(cases_table(INTERNAL, by=["circuit_id", "year"]), RABAT, 2023)
    assert (row["reported"], row["expected"]) == (1, 2)


def test_views_add_up_to_the_total():
    whole = cases_table(INTERNAL, by=[])["n"].sum()
    assert whole == 14
    for by in (["circuit_id"], ["year", "platform"], ["stage", "result"], ["court_id"]):
        assert cases_table(INTERNAL, by=by)["n"].sum() == whole


@pytest.mark.parametrize(
    ("measure", "n"),
    [("cases", 14), ("prosecuted", 8), ("decided", 6), ("convicted", 6)],
)
def test_measures_take_their_stages_and_results(measure, n):
    assert cases_table(INTERNAL, by=[], measure=measure)["n"].sum() == n


def test_a_shared_count_covers_every_true_count_that_the_edition_allows():
    row = cell(cases_table(SHARED, by=["circuit_id", "year"]), RABAT, 2024)
    assert (row["fewest"], row["n"], row["most"]) == (5, 8, 11)
    # Garwood: 1.62 below 5, 19.68 above 11
    assert (row["low"], row["high"]) == pytest.approx((1.623486, 19.682039), abs=1e-6)


@pytest.mark.parametrize(
    ("by", "measure", "years", "error"),
    [
        ([], "cases", None, 1),
        (["circuit_id"], "cases", None, 2),
        (["circuit_id"], "cases", [2023, 2024], 6),
        (["year"], "cases", None, 6),
        (["stage"], "cases", None, 15),
        (["court_id"], "cases", None, None),
        (["circuit_id"], "convicted", None, None),
    ],
)
def test_the_error_of_a_sum_is_the_least_that_margins_allow(by, measure, years, error):
    assert rounding_error(SHARED, by=by, measure=measure, years=years) == error
    assert rounding_error(INTERNAL, by=by, measure=measure, years=years) == 0


def test_prosecuted_cases_are_all_less_those_without_a_prosecution():
    facts = {"circuit_id": 2, "circuit_id x result": 3, "circuit_id x stage": 3}
    bounds = {margin: {"largest": error} for margin, error in facts.items()}
    found = small_edition(CELLS, STATUSES, audience="shared", bounds=bounds)
    # 2 + 3, where the four stages of a prosecution would add up to 12
    assert rounding_error(found, by=["circuit_id"], measure="prosecuted") == 5
    # three stages, or all less none less prosecuted: 2 + 3 + 3
    assert rounding_error(found, by=["circuit_id"], measure="decided") == 8
    del bounds["circuit_id"]
    assert rounding_error(found, by=["circuit_id"], measure="decided") == 9


def test_without_a_bound_there_is_no_interval():
    table = cases_table(SHARED, by=["court_id"])
    assert table["high"].isna().all()
    assert table["n"].notna().any()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("edition", [INTERNAL, SHARED], ids=["internal", "shared"])
@pytest.mark.parametrize("chart", OF_EDITION, ids=lambda chart: chart.__name__)
def test_every_chart_has_title_unit_note_source_and_twin(chart, edition, language):
    figure = chart(edition, language=language)
    facts = figure.layout.meta["qadaya"]
    assert figure.layout.title.text and figure.layout.title.subtitle.text
    assert facts["summary"] and "2025.1" in facts["source"]
    notes = [note.text for note in figure.layout.annotations if note.name == "note"]
    assert len(notes) == 1 and notes[0]
    assert len(facts["rows"]) > 0
    assert {len(row) for row in facts["rows"]} == {len(facts["columns"])}
    assert charts.twin(figure).shape == (len(facts["rows"]), len(facts["columns"]))
    json.loads(figure.to_json())


@pytest.mark.parametrize("chart", OF_EDITION, ids=lambda chart: chart.__name__)
def test_the_mark_synthetic_stands_inside_the_drawing(chart):
    assert "Synthetic data" in texts(chart(SHARED))
    assert "بيانات اصطناعية" in texts(chart(SHARED, language="ar"))
    assert "Synthetic data" not in texts(chart(INTERNAL))


def test_the_note_says_audience_date_and_rounding():
    note = texts(charts.cases_by_circuit(SHARED)).replace("<br>", " ")
    assert "as of 30 June 2025" in note
    assert "Shared: protected counts" in note
    assert "Largest error from rounding: ±2" in note
    assert "±" not in texts(charts.cases_by_circuit(INTERNAL))


@pytest.mark.parametrize("chart", OF_EDITION)
def test_no_line_of_a_french_chart_begins_with_punctuation(chart):
    figure = chart(SHARED, language="fr")
    lines = f"{figure.layout.title.text}<br>{texts(figure)}".split("<br>")
    assert [line for line in lines if line.lstrip()[:1] in (":", ";", "!", "?")] == []


def test_the_mark_of_a_missing_return_stays_with_its_words():
    assert broken("by chance. ◥ some returns are missing", 12) == [
        "by chance.",
        "◥\u00a0some",
        "returns are",
        "missing",
    ]


def test_lines_of_a_name_are_even_and_no_word_is_cut():
    assert broken("Béni Mellal - Khénifra", 12) == ["Béni", "Mellal\u00a0-", "Khénifra"]
    assert broken("child pornography", 14) == ["child", "pornography"]
    assert broken("sextortion, police", 14) == ["sextortion,", "police"]


def test_a_flow_claims_no_lines_that_cover_its_rounding():
    assert "in one stage; a step joins several" in plain(charts.case_flow(SHARED))
    assert "lines cover" not in plain(charts.case_flow(SHARED))
    assert "rounding" not in plain(charts.case_flow(INTERNAL))


def test_the_first_label_of_an_arabic_flow_stays_clear_of_the_next():
    first = charts.case_flow(INTERNAL, language="ar").data[0].node.label[0]
    assert first.count("<br>") == 1
    assert label_width(first) < label_width("مسجلة 264")
    assert "<br>" not in charts.case_flow(INTERNAL).data[0].node.label[0]


def test_bars_of_cohorts_say_that_they_are_rounded():
    shared, internal = (replace(one, others=COHORTS) for one in (SHARED, INTERNAL))
    assert "Counts are rounded" in plain(charts.cohort_standings(shared))
    assert "rounded" not in plain(charts.cohort_standings(internal))


@pytest.mark.parametrize("language", ["ar", "fr", "en"])
def test_a_figure_in_a_bar_is_as_large_as_a_note_or_left_to_the_table(language):
    edition = replace(INTERNAL, others=COHORTS)
    figure = charts.cohort_standings(edition, language=language)
    assert figure.layout.uniformtext.mode == "hide"
    assert figure.layout.uniformtext.minsize == NOTE
    # An Arabic face stands so high that plotly would shrink its digits.
    faces = {bar.textfont.family.partition(",")[0] for bar in figure.data}
    assert faces == {"system-ui"}


def test_the_name_of_a_break_stands_above_marks_and_lines():
    figure = charts.published_series([("ncmec_cybertipline_world", "reports")])
    [name] = [
        each for each in figure.layout.annotations if each.text == "Break in series"
    ]
    assert (name.y, name.yanchor, name.textangle) == (1, "bottom", None)
    assert name.yref.endswith(" domain")


def test_bars_stand_in_order_with_their_exact_intervals():
    figure = charts.cases_by_circuit(INTERNAL)
    bars = figure.data[0]
    assert list(bars.x) == [13, 1, 0]
    assert bars.error_x.arrayminus[1] == pytest.approx(1 - 0.025318, abs=1e-6)
    assert bars.error_x.array[1] == pytest.approx(5.571643 - 1, abs=1e-6)
    twin = charts.twin(figure)
    assert list(twin["Cases"][:3]) == [13, 1, 0] and pd.isna(twin["Cases"][3])
    assert list(twin["State"]) == [
        "reported",
        "reported",
        "reported zero",
        "not reported",
    ]


def test_not_reported_is_hatched_and_said():
    figure = charts.cases_by_circuit(INTERNAL)
    (absent,) = [trace for trace in figure.data if trace.name == "not reported"]
    assert absent.marker.pattern.shape == "/"
    assert list(absent.text) == ["not reported"]


def test_a_shared_zero_says_no_more_than_rounding_allows():
    states = charts.twin(charts.cases_by_circuit_and_year(SHARED))["State"]
    assert "rounded zero: 0 to 3 cases" in set(states)
    assert "reported zero" not in set(states)
    names = {trace.name for trace in charts.cases_by_circuit_and_year(SHARED).data}
    assert "rounded zero: 0 to 3 cases" in names


def test_the_heat_map_tells_its_states_apart_by_look_and_by_word():
    figure = charts.cases_by_circuit_and_year(INTERNAL)
    looks = {
        trace.name: (
            trace.marker.color,
            trace.marker.line.color,
            trace.marker.pattern.shape,
        )
        for trace in figure.data
        if trace.type == "bar"
    }
    assert set(looks) == {
        "1 to 3 cases",
        "4 to 5 cases",
        "8 cases and more",
        "reported zero",
        "not reported",
        "not yet established",
    }
    assert len(set(looks.values())) == len(looks)


def test_years_ascend_from_left_to_right_in_every_language():
    for language in LANGUAGES:
        axis = charts.cases_by_circuit_and_year(
            INTERNAL, language=language
        ).layout.xaxis
        assert axis.range[0] < axis.range[1]
        assert "2022" in axis.ticktext[0] and "2024" in axis.ticktext[2]


def test_arabic_bars_are_mirrored_and_their_names_have_room():
    figure = charts.cases_by_circuit(INTERNAL, language="ar")
    assert figure.layout.xaxis.range[0] > figure.layout.xaxis.range[1]
    assert figure.layout.yaxis.side == "right" and figure.layout.yaxis.automargin
    widest = max(label_width(name) for name in figure.layout.yaxis.ticktext)
    assert figure.layout.margin.r >= widest


def test_platforms_differ_in_colour_and_shape_and_are_named_at_the_end():
    figure = charts.cases_by_year(INTERNAL)
    marks = {t.name: t.marker for t in figure.data if "markers" in t.mode}
    assert {name: mark.color for name, mark in marks.items()} == {
        "NCMEC": "#1f5f99",
        "CPS": "#a3520b",
    }
    shapes = {
        name: mark.symbol[0].removesuffix("-open") for name, mark in marks.items()
    }
    assert shapes == {"NCMEC": "circle", "CPS": "diamond"}
    assert figure.layout.showlegend is False
    assert "NCMEC" in texts(figure) and "CPS" in texts(figure)


def test_no_line_crosses_the_break_of_2023():
    figure = charts.cases_by_year(INTERNAL)
    lines = [trace for trace in figure.data if trace.mode == "lines"]
    assert lines and all(trace.y[1] is None for trace in lines)
    assert "Break in series" in texts(figure)
    after = charts.cases_by_year(INTERNAL, years=[2023, 2024])
    assert "Break in series" not in texts(after)


def test_the_flow_loses_no_case():
    figure = charts.case_flow(INTERNAL)
    link = figure.data[0].link
    out_of_trunk = sum(
        v for s, v in zip(link.source, link.value, strict=True) if s == 0
    )
    assert out_of_trunk == 14
    arabic = charts.case_flow(INTERNAL, language="ar").data[0].link
    assert list(arabic.source) == list(link.target)


def units(*rows):
    return pd.DataFrame(rows, columns=["name", "observed", "expected"])


def test_a_funnel_leaves_out_units_below_four_and_flags_by_prediction_limits():
    found = charts.funnel_units(units(("a", 11, 5.0), ("b", 5, 5.0), ("c", 3, 1.0)))
    assert list(found["name"]) == ["a", "b"]
    # an expectation of 5 allows up to 10 at 95 % and up to 13 at 99.8 %
    assert list(found["outside_95"]) == [True, False]
    assert list(found["outside_998"]) == [False, False]


def test_a_rounded_unit_is_flagged_only_when_every_true_count_is_outside():
    table = units(("a", 14, 5.0), ("b", 12, 5.0), ("c", 5, 5.0)).assign(error=2)
    found = charts.funnel_units(table).set_index("name")
    # 12 to 16, 10 to 14 and 3 to 7 beside limits of 1 to 10 and 0 to 13
    assert found["outside_95"].tolist() == [True, False, False]
    assert found["open_95"].tolist() == [False, True, False]
    assert found["outside_998"].tolist() == [False, False, False]
    assert found["open_998"].tolist() == [True, True, False]
    assert found.loc["c", ["ratio_low", "ratio_high"]].tolist() == [0.6, 1.4]


def test_overdispersion_is_given_over_all_that_rounding_allows():
    table = units(("a", 9, 4.0), ("b", 4, 4.0))
    exact = spread_range(charts.funnel_units(table))
    # 4 times the squared logarithm of 9 / 4, and nothing
    assert exact == pytest.approx([2 * 0.6576078] * 2)
    low, high = spread_range(charts.funnel_units(table.assign(error=5)))
    # 4 to 14 and 0 to 9 both hold the expected count; the furthest are 14 and 0
    assert low == 0
    assert high == pytest.approx((4 * 1.2527630**2 + 4 * 2.1972246**2) / 2)


def test_a_funnel_prints_the_false_flags_to_expect():
    table = units(*[(str(n), 5, 5.0) for n in range(20)], ("x", 14, 5.0), ("y", 1, 0.5))
    figure = charts.funnel_plot(table, SHARED, title="Prosecuted cases")
    note = texts(figure).replace("<br>", " ")
    assert "95% limits: 1 of 21 units, by chance alone up to 1.1;" in note
    assert "1 unit with fewer than 4 expected cases is not drawn." in note
    *bands, points = figure.data
    # Named on the axis, in the order given; what stands out has another mark.
    assert list(figure.layout.yaxis.ticktext) == list(table["name"][:-1])
    assert set(points.marker.symbol[:-1]) == {"circle"}
    assert points.marker.symbol[-1] == "diamond"
    # Of 5 expected cases chance allows 0 to 13 in 99.8 % and 1 to 10 in 95 %.
    ends = [(band.base[0] * 5, (band.base[0] + band.x[0]) * 5) for band in bands]
    assert ends == [pytest.approx((0, 13)), pytest.approx((1, 10))]
    # Garwood's 1.62 to 11.67 for a count of 5.
    assert points.error_x.arrayminus[0] == pytest.approx(1 - 1.6235 / 5, abs=1e-4)
    assert points.error_x.array[0] == pytest.approx(11.6683 / 5 - 1, abs=1e-4)


def test_the_mark_of_the_court_chosen_has_a_sign_of_its_own_in_the_key():
    table = units(("Rabat", 5, 5.0), ("Fez", 6, 5.0))

    def key(**settings):
        figure = charts.funnel_plot(table, INTERNAL, title="T", **settings)
        return [(trace.name, trace.marker.color) for trace in figure.data[2:]]

    others, chosen = ("observed, 95% interval", "#55958d"), "of the court chosen"
    assert key() == [others]
    assert key(marked="Rabat") == [others, (chosen, "#0b5752")]


def test_a_row_of_a_chart_is_as_high_as_its_own_name_and_no_higher():
    names = [("Fez", 5, 5.0), ("Beni Mellal-Khenifra", 5, 5.0), ("Oujda", 5, 5.0)]
    axis = charts.funnel_plot(units(*names), INTERNAL, title="T").layout.yaxis
    assert [name.count("<br>") for name in axis.ticktext] == [0, 1, 0]
    # 22 px, for the second line of a name 17 more, 22 px
    assert list(axis.tickvals) == [11, 41.5, 72]


def test_a_funnel_with_no_unit_says_so_and_draws_none():
    figure = charts.funnel_plot(units(("a", 1, 0.5)), INTERNAL, title="T")
    assert "Too thin to compare" in texts(figure).replace("<br>", " ")
    assert charts.twin(figure).empty


def test_expected_counts_are_those_of_the_country():
    found = comparable_units(INTERNAL, level="circuit").set_index("place")
    assert found["observed"].to_dict() == {RABAT: 8, FES: 0, GUELMIM: 0}
    assert found.loc[RABAT, "expected"] == pytest.approx(13 * 8 / 14)
    assert found["expected"].sum() == pytest.approx(found["observed"].sum())


def test_rates_of_regions_rest_on_children_and_on_the_returns_received():
    found = region_units(INTERNAL).set_index("region_iso")
    rabat = found.loc["MA-04"]
    # 13 cases, 1,307,459 children, three years, 5 of 6 yearly returns
    assert rabat["rate_per_100k"] == pytest.approx(13 / (1307459 * 3 * 5 / 6) * 100_000)
    assert rabat["low_per_100k"] < rabat["rate_per_100k"] < rabat["high_per_100k"]
    assert found["expected"].sum() == pytest.approx(14)


def test_published_units_have_panels_of_their_own():
    figure = charts.published_series(
        [
            ("child_pornography_total", "cases"),
            ("ncmec_cybertipline_morocco", "reports"),
            ("dgsn_sextortion", "cases"),
        ]
    )
    titles = {figure.layout[name].title.text for name in ("yaxis", "yaxis2", "yaxis3")}
    assert titles == {"court cases", "reports to NCMEC", "police cases"}
    assert "it is not prevalence" in texts(figure).replace("<br>", " ")


def test_both_values_of_a_conflict_are_drawn_open():
    figure = charts.published_series([("child_violence_total", "cases")])
    marks = figure.data[1]
    of_2018 = [
        (x, y, s)
        for x, y, s in zip(marks.x, marks.y, marks.marker.symbol, strict=True)
        if x == 2018
    ]
    assert of_2018 == [(2018, 7263, "circle-open"), (2018, 6702, "circle-open")]
    assert 7263 not in [y for y in figure.data[0].y]


def test_a_bound_and_a_rounded_figure_have_no_interval():
    figure = charts.published_series(
        [("child_sexual_assault", "cases"), ("child_violence_total", "cases")]
    )
    table = charts.twin(figure)
    known = table["95% interval, from"].notna()
    assert table.loc[~known, "Value as printed"].tolist() == [">3000"]
    said = texts(figure).replace("<br>", " ")
    assert "A bound and a rounded figure have no interval." in said


def test_reports_which_are_no_independent_events_have_no_interval():
    figure = charts.published_series([("ncmec_cybertipline_world", "reports")])
    assert not figure.data[1].error_y.visible
    assert [name for name in charts.twin(figure) if "interval" in name] == []


@pytest.mark.parametrize("language", ["ar", "en"])
def test_names_of_a_panel_cover_none_of_its_marks(language):
    worldwide = [("ncmec_cybertipline_world", "reports")]
    figure = charts.published_series(worldwide, language=language)
    marks, (_, top) = figure.data[1], figure.layout.yaxis.range
    panel = PANEL + NAME
    above = (1 - max(marks.y) / top) * panel - marks.marker.size / 2
    # one line of a name: 12 px, Arabic letters about twice as high as that
    assert above >= {"ar": 26, "en": 18}[language]


def test_the_picture_of_chance_names_its_source():
    published = charts.chance_picture(change(30, 44, years=(2023, 2024)))
    assert "Source: figures published by others" in plain(published)
    assert published.layout.meta["qadaya"]["source"].startswith("Source:")


def test_the_picture_of_chance_shades_what_chance_explains():
    figure = charts.chance_picture(change(30, 44, years=(2023, 2024)))
    zone = figure.layout.shapes[0]
    assert (zone.x0, zone.x1) == (15.5, 48.5)
    labels, marks = figure.data
    assert all(y > zone.y1 for y in labels.y) and all(y < zone.y1 for y in marks.y)
    assert list(charts.twin(figure)["cases"]) == [30, 44, 16, 48]


BAD = [
    (
        lambda: cases_table(INTERNAL, by=["city"]),
        "city by cases: no table of the edition",
    ),
    (lambda: cases_table(INTERNAL, by=["body", "stage"]), "no table of the edition"),
    (lambda: cases_table(INTERNAL, by=["body"], measure="decided"), "no table"),
    (lambda: cases_table(INTERNAL, by=["body", "subject"]), "no table of the edition"),
    (lambda: cases_table(INTERNAL, by=[], years=[2019]), "years are [2019]"),
    (lambda: cases_table(INTERNAL, by=[], years=[]), "years are empty"),
    (lambda: charts.cases_by_year(INTERNAL, measure="all"), "measure is 'all'"),
    (lambda: charts.cases_by_year(INTERNAL, language="es"), "language is 'es'"),
    (lambda: charts.funnel_units(units().drop(columns="name")), "no column name"),
    (lambda: charts.published_series([]), "series is empty"),
    (
        lambda: charts.published_series([("x", "cases")]),
        "the ledger has no such counts",
    ),
    (
        lambda: charts.published_series([("child_violence_yoy", "percent")]),
        "not a percentage",
    ),
    (lambda: charts.twin(go.Figure()), "no table twin"),
]


@pytest.mark.parametrize(("call", "message"), BAD, ids=[text for _, text in BAD])
def test_bad_input_gets_one_clear_error(call, message):
    with pytest.raises(ParameterError) as caught:
        call()
    assert message in str(caught.value)


@pytest.mark.parametrize(
    "chart", [charts.cases_by_circuit, charts.cases_by_body], ids=["circuit", "body"]
)
@pytest.mark.parametrize(
    ("edition", "years", "said"),
    [
        # Safi, of which nothing was ever reported.
        (INTERNAL, [2024], "4 of 5 yearly returns; the others have never reported."),
        # With it Rabat, whose largest year has 2 cases, and Fez, whose has 1.
        (
            INTERNAL,
            [2023],
            "1 of 4 yearly returns; the others would add 0–3; 1 has never reported.",
        ),
        # By what is published: nothing bounds the error of a single court there.
        (SHARED, [2023], "1 of 4 yearly returns."),
    ],
    ids=["never", "bounded", "shared"],
)
def test_the_note_says_what_the_missing_courts_would_add(chart, edition, years, said):
    figure = chart(edition, years=years)
    [note] = [note.text for note in figure.layout.annotations if note.name == "note"]
    assert said in note.replace("<br>", " ").replace("\u2060", "")
