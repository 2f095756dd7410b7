import shutil

import pandas as pd
import pytest

from qadaya.errors import ParameterError
from qadaya.inference import compare_counts, overdispersion, proportion_interval
from qadaya.language import LANGUAGES
from qadaya.ledger import (
    Amount,
    arithmetic,
    conflicts,
    implied_before,
    ledger_sources,
    load_ledger,
    offences,
    published,
    reconcile,
    unit_of,
)
from qadaya.ledger.figures import FIGURES, SOURCES, without_roundings
from qadaya.ledger.files import ledger_folder
from qadaya.ledger.reconcile import SCOPE_REASONS, UNIT_REASONS
from qadaya.views.frames.ledger_counts import figures_of
from small_edition import small_edition

PARTS_2023 = ["sextortion", "sexual_harassment", "online_fraud", "incitement"]


def one(series, measure, year):
    (value,) = published(series, measure, year)
    return value


def test_the_ledger_holds_404_figures_and_118_sources():
    ledger = load_ledger()
    assert len(ledger) == 404
    assert len(ledger_sources()) == 118
    assert ledger["source_id"].isin(ledger_sources()["source_id"]).all()
    assert ledger[["publisher", "title"]].notna().all(axis=None)


def test_values_are_as_printed():
    ledger = load_ledger()
    printed = ledger[ledger["as_printed"].str.fullmatch(r"[\d,]+")]
    bare = printed["as_printed"].str.replace(",", "").astype(float)
    assert len(printed) > 200
    assert (bare == printed["value"].astype(float)).all()


def test_a_lower_bound_is_known_as_such():
    bounds = load_ledger().query("lower_bound")
    assert sorted(bounds["value"].astype(float)) == [41, 42, 90, 500, 3000]


@pytest.mark.parametrize(
    ("series", "measure", "unit"),
    [
        ("child_pornography_total", "cases", "cases"),
        ("child_pornography_total", "persons", "persons"),
        ("child_violence_victims", "persons", "victims"),
        ("dgsn_sextortion", "cases", "police_cases"),
        ("dgsn_sextortion_arrested", "persons", "arrested"),
        ("dgsn_eblagh_suspects_identified_first3months", "persons", "suspects"),
        ("dgsn_eblagh_reports_june_dec", "reports", "police_reports"),
        ("ncmec_cybertipline_morocco", "reports", "reports"),
        ("ncmec_cybertipline_world_incidents", "reports", "incidents"),
        ("child_violence_yoy", "percent", "percent"),
        ("child_kidnapping_girls", "victims", "victims"),
        ("child_violence_hearings", "sessions", "hearings"),
        ("child_violence_heard_at_cells", "persons", "children"),
        ("child_offenders", "persons", "juveniles"),
        ("child_offenders", "cases", "cases"),
        ("public_prosecutors", "persons", "staff"),
        ("all_courts_registered", "cases", "caseload"),
        ("courts_of_appeal_registered", "cases", "caseload"),
    ],
)
def test_every_figure_has_a_unit(series, measure, unit):
    assert unit_of(series, measure) == unit


def test_amounts_of_one_unit_add_and_compare():
    total = sum([Amount(20, "cases"), Amount(10, "cases")])
    assert (total, total.unit, str(total)) == (30, "cases", "30")
    assert Amount(44, "cases") - Amount(30, "cases") == 14
    assert Amount(44, "cases") / Amount(30, "cases") == pytest.approx(1.4667, abs=5e-5)


@pytest.mark.parametrize(
    ("mix", "message"),
    [
        (lambda: Amount(30, "cases") + Amount(34, "persons"), "cases added to persons"),
        (lambda: Amount(30, "cases") + 34, "cases added to a plain number"),
        (lambda: 34 + Amount(30, "cases"), "cases added to a plain number"),
        (lambda: Amount(9, "cases") - Amount(9, "reports"), "cases compared with"),
        (lambda: Amount(9, "cases") / Amount(9, "police_cases"), "cases divided by"),
        (lambda: sum([Amount(1, "cases"), Amount(1, "reports")]), "added to"),
        (lambda: load_ledger()["value"].sum(), "different units; expected one unit"),
        (lambda: Amount(3, "percent") + Amount(4, "percent"), "percentages do not add"),
        (lambda: Amount(3, "files"), "unit is 'files'; expected one of cases"),
        (lambda: unit_of("x", "euros"), "measure is 'euros'"),
        (
            lambda: published("sextortion", "cases", 1999),
            "holds no cases of sextortion",
        ),
        (lambda: implied_before(520, -100), "expected a count from 1"),
    ],
)
def test_another_unit_gets_one_clear_error(mix, message):
    with pytest.raises(ParameterError) as caught:
        mix()
    assert message in str(caught.value)


@pytest.mark.parametrize(
    ("mix", "message"),
    [
        (
            lambda: compare_counts(Amount(30, "cases"), Amount(34, "persons")),
            "a in cases, b in persons: different units; expected one unit",
        ),
        (
            lambda: proportion_interval([Amount(20, "cases")], [Amount(34, "persons")]),
            "k in cases, n in persons",
        ),
        (
            lambda: overdispersion(load_ledger()["value"], 10),
            "observed in arrested and caseload and cases",
        ),
    ],
)
def test_statistics_refuse_a_mix_of_units(mix, message):
    with pytest.raises(ParameterError) as caught:
        mix()
    assert message in str(caught.value)


def test_statistics_take_figures_of_one_unit():
    found = compare_counts(Amount(30, "cases"), Amount(44, "cases"))
    assert found.p == compare_counts(30, 44).p


def test_the_figures_of_one_unit_can_be_summed_by_pandas():
    ledger = load_ledger()
    rows = ledger[
        (ledger["year"] == 2024)
        & (ledger["source_id"] == "TANJAOUI24")
        & ledger["series"].isin([*PARTS_2023, "data_theft"])
        & (ledger["measure"] == "cases")
    ]
    assert rows["value"].sum() == Amount(470, "cases")
    assert rows["value"].sum().unit == "cases"


@pytest.mark.parametrize(
    ("year", "measure", "parts", "whole"),
    [
        (2023, "cases", [207, 204, 46, 43, 20], 520),
        (2023, "persons", [232, 213, 58, 47, 23], 573),
        (2024, "cases", [250, 69, 101, 37, 13], 470),
    ],
)
def test_the_offences_close_to_the_total(year, measure, parts, whole):
    lines = [one(name, measure, year) for name in [*PARTS_2023, "data_theft"]]
    assert lines == parts
    assert sum(lines) == one("cybercrime_total", measure, year) == whole


@pytest.mark.parametrize(
    ("year", "parts", "whole"), [(2023, [20, 10], 30), (2024, [26, 18], 44)]
)
def test_child_pornography_closes_and_stands_outside_the_total(year, parts, whole):
    lines = [
        one("child_pornography_incitement", "cases", year),
        one("child_pornography_production", "cases", year),
    ]
    assert lines == parts
    assert sum(lines) == one("child_pornography_total", "cases", year) == whole
    total = one("cybercrime_total", "cases", year)
    inside = sum(one(name, "cases", year) for name in [*PARTS_2023, "data_theft"])
    # the named offences already fill the total: there is no room for these cases in it
    assert inside == total
    assert inside + sum(lines) != total


def test_every_line_of_arithmetic_closes():
    lines = arithmetic()
    assert len(lines) == 17
    assert lines["closes"].all()


def test_a_whole_that_does_not_close_is_seen():
    ledger = load_ledger()
    wrong = ledger.copy()
    row = (wrong["series"] == "incitement") & (wrong["year"] == 2023)
    wrong.loc[row, "value"] = Amount(44, "cases")
    wrong.loc[row & (wrong["measure"] == "persons"), "value"] = Amount(47, "persons")
    lines = arithmetic(wrong)
    broken = lines[~lines["closes"]]
    assert list(broken["whole"]) == [
        "cybercrime_total",
        "cybercrime_remaining_offences",
    ]
    assert list(broken["summed"]) == [521, 110]


def test_minus_3_percent_means_534_to_538_and_is_no_datum():
    assert implied_before(520, -3) == (534, 538)
    ledger = load_ledger()
    in_2022 = ledger[
        (ledger["year"] == 2022) & (ledger["series"] == "cybercrime_total")
    ]
    assert in_2022.empty


@pytest.mark.parametrize(
    ("value", "percent", "before"), [(44, 47, 30), (470, -10, 520), (623, 42, 438)]
)
def test_an_implied_count_holds_the_published_one(value, percent, before):
    low, high = implied_before(value, percent)
    assert low <= before <= high


def test_conflicts_keep_both_values():
    found = conflicts()
    both = found[(found["year"] == 2018) & (found["series"] == "child_violence_total")]
    assert set(both["values"]) == {(6702, 7263)}
    assert set(both["value"]) == {6702, 7263}
    assert set(found["kind"]) == {"values", "rounded", "noted"}


@pytest.mark.parametrize(
    ("exact", "rounded", "kept"),
    [
        ((5980, "5980"), (6000, "about 6000"), ["5980"]),
        (
            (20_512_803, "20512803"),
            (20_500_000, "20.5 million"),
            ["20512803"],
        ),
        ((6700, "6700"), (6000, "about 6000"), ["6700", "about 6000"]),
        # What no exact figure stands beside is all that there is.
        (None, (6000, "about 6000"), ["about 6000"]),
    ],
)
def test_a_figure_that_only_rounds_an_exact_one_is_no_second_value(
    exact, rounded, kept
):
    figures = pd.DataFrame(
        [
            (2017, "total", "cases", value, printed, not printed.isdigit())
            for value, printed in filter(None, (exact, rounded))
        ],
        columns=["year", "series", "measure", "value", "as_printed", "rounded"],
    )
    assert without_roundings(figures)["as_printed"].tolist() == kept


def test_two_sources_that_agree_are_no_conflict():
    found = conflicts()
    agreed = (found["year"] == 2024) & (found["series"] == "child_pornography_total")
    assert not agreed.any()


def test_a_figure_without_a_source_is_refused(tmp_path):
    figures = "year,source_id,series,measure,value,as_printed,note\n"
    sources = "source_id,publisher,title,url,published,language\n"
    name = "national_statistics"
    (tmp_path / f"{name}.csv").write_text(f"{figures}2023,NOBODY,a,cases,3,3,\n")
    (tmp_path / f"{name}_sources.csv").write_text(f"{sources}A,B,C,D,E,en\n")
    with pytest.raises(ParameterError, match="no source for NOBODY"):
        load_ledger(tmp_path)


def test_a_frame_of_the_ledger_is_the_callers_own_and_follows_its_files(tmp_path):
    for name in (FIGURES, SOURCES):
        shutil.copy(ledger_folder() / name, tmp_path)
    changed = load_ledger(tmp_path)
    changed["series"] = "no other's"
    whole = load_ledger(tmp_path)
    assert whole["series"].equals(load_ledger()["series"])
    lines = (tmp_path / FIGURES).read_text(encoding="utf-8").splitlines()
    (tmp_path / FIGURES).write_text("\n".join(lines[:-1]) + "\n", encoding="utf-8")
    assert len(load_ledger(tmp_path)) == len(whole) - 1


def test_offences_have_their_articles_in_three_languages():
    table = offences()
    assert table[["name_ar", "name_fr", "name_en", "article"]].notna().all(axis=None)
    assert table["offence"].is_unique
    assert table.set_index("offence").loc["sextortion", "article"] == "538"
    assert set(table["fit"]) == {"law", "inferred"}
    known = set(load_ledger()["series"])
    assert set(table["series"].dropna()) <= known
    assert table["source_id"].isin(ledger_sources()["source_id"]).all()
    for low, high in (
        ("imprisonment_from_months", "imprisonment_to_months"),
        ("fine_from_mad", "fine_to_mad"),
    ):
        given = table[[low, high]].dropna()
        assert (given[low] < given[high]).all()


def ours(**figures):
    rows = [(name, 2024, n, "2025-06-30") for name, n in figures.items()]
    return pd.DataFrame(rows, columns=["ours", "year", "n", "as_of"])


def test_the_same_unit_has_a_difference_and_a_reason():
    found = reconcile(ours(cases=78))
    platforms = found[found["series"] == "platform_ncmec_cps_detected"].iloc[0]
    assert platforms["published"] == 84
    assert platforms["difference"] == Amount(-6, "cases")
    assert platforms["reason_unit"] == ""
    assert platforms["reason_scope"].startswith("It covers all cases detected")
    assert "ours is as of 2025-06-30" in platforms["reason_date"]


def test_another_unit_has_a_reason_and_no_difference():
    found = reconcile(ours(cases=78))
    others = found[found["unit"] != "cases"]
    assert {"persons", "police_cases"} <= set(others["unit"])
    assert others["difference"].isna().all()
    assert (others["reason_unit"] != "").all()


def test_every_difference_has_a_reason_of_scope_or_unit():
    found = reconcile(ours(cases=78, prosecuted=13, incitement=4, extortion=2))
    assert ((found["reason_unit"] != "") | (found["reason_scope"] != "")).all()


def test_a_subject_on_which_nothing_was_published_says_so():
    (row,) = reconcile(ours(solicitation=6)).to_dict("records")
    assert row["reason"] == "Nothing was published on this for that year."
    assert pd.isna(row["published"])


def test_an_edition_gives_its_own_figures():
    cells = [
        ("tpi-sale", "ca-rabat", "CPS", 2024, "prosecuted", "pending", 3),
        ("tpi-sale", "ca-rabat", "CPS", 2024, "closed", "none", 2),
    ]
    edition = small_edition(
        cells,
        [("tpi-sale", "ca-rabat", 2024, "reported")],
        others={
            "subjects": pd.DataFrame(
                {"subject": ["extortion"], "year": [2024], "n": [5]}
            )
        },
    )
    figures = figures_of(edition).set_index("ours")["n"]
    assert figures[["cases", "prosecuted", "extortion", "possession"]].tolist() == [
        5,
        3,
        5,
        0,
    ]
    assert set(reconcile(figures_of(edition))["ours"]) >= {"cases", "prosecuted"}


def test_without_counts_of_ours_the_public_figures_stand_alone():
    found = reconcile()
    assert found["n"].isna().all() and found["difference"].isna().all()
    assert found["published"].notna().all()
    assert {"cases", "prosecuted", "incitement", "extortion"} <= set(found["ours"])
    assert (found["reason"].str.contains("we have no edition yet")).all()
    platforms = found[found["series"] == "platform_ncmec_cps_detected"]
    assert set(platforms["published"]) == {84}


@pytest.mark.parametrize("rounded", [False, True])
def test_a_reason_says_that_ours_is_rounded_when_it_is(rounded):
    reasons = reconcile(ours(cases=78), rounded=rounded)["reason"]
    said = reasons.str.contains("Ours is rounded to protect people.")
    assert said.any() == rounded


def test_what_is_no_frame_is_refused():
    with pytest.raises(ParameterError, match="ours is a int; expected a frame"):
        reconcile(78)


def test_a_frame_without_its_columns_is_refused():
    with pytest.raises(ParameterError, match="ours has no column as_of"):
        reconcile(ours(cases=1).drop(columns="as_of"))


@pytest.mark.parametrize("language", [name for name in LANGUAGES if name != "en"])
def test_every_reason_is_translated(language):
    from qadaya.language import translator

    say = translator(language, "ledger.ledger").gettext
    reasons = [*UNIT_REASONS.values(), *SCOPE_REASONS.values()]
    assert [text for text in reasons if text and say(text) == text] == []
    english = reconcile(ours(cases=78, other=3))["reason"]
    translated = reconcile(ours(cases=78, other=3), language=language)["reason"]
    assert (english != translated).all()


@pytest.mark.parametrize("language", [name for name in LANGUAGES if name != "en"])
def test_before_the_first_edition_reasons_are_translated(language):
    english, translated = reconcile(), reconcile(language=language)
    assert (english["reason_date"] != translated["reason_date"]).all()
