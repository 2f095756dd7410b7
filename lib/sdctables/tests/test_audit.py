import numpy as np
import pandas as pd
import pytest

from sdctables import (
    DisclosureError,
    ParameterError,
    Rule,
    audit,
    published_cells,
    round_counts,
)
from small_tables import (
    S1_PRIMARY,
    S3,
    S3_MARGINS,
    all_margins,
    brute_force_rounded,
    brute_force_suppressed,
    frame,
    s1_cells,
)

HIDE_3 = Rule(method="suppression", threshold=3)
BASE_3 = Rule(method="rounding", base=3)
ABSURD = 10**9


def intervals(audited):
    return list(zip(audited["low"].tolist(), audited["high"].tolist(), strict=True))


def hide(published, primary=(), secondary=()):
    # Counts of hidden cells are poisoned: an auditor who looks at them goes wrong.
    names = published[published.columns[0]].astype(str)
    if published.columns[1] == "column":
        names = names + published["column"].astype(str)
    status = np.select(
        [names.isin(list(primary)), names.isin(list(secondary))],
        ["primary", "secondary"],
        "shown",
    )
    return published.assign(
        status=status, n=published["n"].where(status == "shown", ABSURD)
    )


def test_s0_a_block_of_unknown_cells():
    cells = frame([[5, 2], [1, 2]])

    audited = audit(published_cells(cells, [("a",), ("b",)]), rule=HIDE_3)

    inner = audited[audited["status"] == "not published"].sort_values(["a", "b"])
    assert intervals(inner) == [(3, 6), (1, 4), (0, 3), (0, 3)]


def test_s1_two_gaps_in_every_line_do_not_protect_wb():
    published = published_cells(s1_cells(), all_margins(s1_cells()))

    audited = audit(hide(published, S1_PRIMARY), rule=HIDE_3)

    wb = audited[(audited["row"] == "w") & (audited["column"] == "b")]
    assert intervals(wb) == [(47, 47)]


def test_s1_one_more_cell_opens_wb_to_78():
    published = published_cells(s1_cells(), all_margins(s1_cells()))

    audited = audit(hide(published, S1_PRIMARY, ["xd"]), rule=HIDE_3)

    wb = audited[(audited["row"] == "w") & (audited["column"] == "b")]
    assert intervals(wb) == [(0, 78)]


@pytest.mark.parametrize(
    "margins", [S3_MARGINS, [("area",), ("county",), ("size",), ()]]
)
def test_s3_tables_that_are_safe_alone_give_k_away_together(margins):
    published = published_cells(S3, margins)

    audited = audit(hide(published, "ABKLM"), rule=HIDE_3)

    assert intervals(audited[audited["area"] == "K"])[0] == (3, 3)


def test_s3_with_n_hidden_is_safe_for_a_plain_reader():
    published = published_cells(S3, S3_MARGINS)

    audited = audit(hide(published, "ABKLM", "N"), rule=HIDE_3).set_index("area")

    assert intervals(audited.loc[["K", "N"]]) == [(0, 10), (0, 10)]


def test_s3b_a_rule_aware_reader_sees_through_the_same_pattern():
    published = published_cells(S3, S3_MARGINS)

    audited = audit(
        hide(published, "ABKLM", "N"), rule=HIDE_3, reader="rule-aware"
    ).set_index("area")

    assert intervals(audited.loc[list("LM")]) == [(3, 3), (3, 3)]
    assert intervals(audited.loc[list("ABK")]) == [(1, 3)] * 3
    assert intervals(audited.loc[["N"]]) == [(7, 9)]


def test_a_rounded_0_and_a_rounded_base_each_stand_for_base_values():
    published = published_cells(frame([0, 3, 4]), [("a",), ()])

    audited = audit(published, rule=BASE_3, reader="rule-aware")

    assert intervals(audited) == [(0, 2), (1, 3), (4, 4), (5, 9)]
    assert audited["method"].tolist() == ["closed form"] * 4


def test_rounded_figures_alone_tell_a_plain_reader_only_that_counts_are_not_negative():
    published = published_cells(frame([0, 3]), [("a",), ()])

    assert intervals(audit(published, rule=BASE_3)) == [(0, np.inf)] * 3
    bounded = audit(published, rule=BASE_3, external=[{"n": 2}])
    assert intervals(bounded) == [(0, 2), (0, 2), (2, 2)]


def test_an_exact_total_from_elsewhere_narrows_the_cells():
    published = published_cells(frame([0, 3]), [("a",), ()])
    cells = [{"n": 5}, ({}, 5)]

    table = pd.DataFrame([cells[0]])
    for external in ([cells[0]], [cells[1]], table, cells[0], [table]):
        audited = audit(published, rule=BASE_3, reader="rule-aware", external=external)
        assert intervals(audited) == [(2, 2), (3, 3), (5, 5)]


def test_an_earlier_edition_narrows_what_this_one_leaves_open():
    now = published_cells(frame([0, 3]), [("a",)])
    before = published_cells(frame([3, 3]), [("a",)])

    for earlier in ([before], (before,), before, (before, BASE_3)):
        audited = audit(now, rule=BASE_3, reader="rule-aware", earlier=earlier)
        assert set(audited["changes"]) == {"none"}
        assert intervals(audited) == [(1, 2), (1, 3)]


def test_counts_that_grew_are_read_as_late_cases():
    now = published_cells(frame([3, 5]), [("a",)])
    before = published_cells(frame([3, 4]), [("a",)])

    audited = audit(now, rule=BASE_3, reader="rule-aware", earlier=[(before, BASE_3)])

    assert audited["changes"].tolist() == ["none", "added"]
    assert intervals(audited) == [(1, 3), (5, 5)]


def test_a_count_that_fell_leaves_only_the_present_edition():
    now = published_cells(frame([3, 4]), [("a",)])
    before = published_cells(frame([3, 5]), [("a",)])

    audited = audit(now, rule=BASE_3, reader="rule-aware", earlier=[before])

    assert audited["changes"].tolist() == ["none", "any"]


def test_printed_error_bounds_are_known_to_the_reader():
    published = published_cells(frame([0, 0]), [("a",), ()])

    audited = audit(
        published, rule=BASE_3, reader="rule-aware", bounds={(): {"largest": 1}}
    )

    assert intervals(audited) == [(0, 1), (0, 1), (0, 1)]


def test_statuses_that_are_not_told_apart_leave_more_open():
    published = published_cells(S3, S3_MARGINS)
    merged = hide(published, "ABKLM", "N")
    told = merged["status"].replace(["primary", "secondary"], "hidden")
    merged = merged.assign(status=told)

    audited = audit(merged, rule=HIDE_3, reader="rule-aware").set_index("area")

    assert intervals(audited.loc[list("LM")]) == [(1, 5), (1, 5)]


def test_the_result_never_carries_a_count_that_is_not_shown():
    published = hide(published_cells(S3, S3_MARGINS), "ABKLM", "N")

    audited = audit(published, rule=HIDE_3)

    assert audited["n"].isna().tolist() == (published["status"] != "shown").tolist()
    assert not (audited == ABSURD).any().any()


SHAPES = [((2, 2), 9), ((1, 3), 9), ((2, 3), 6), ((2, 2, 2), 4)]


@pytest.mark.parametrize("reader", ["plain", "rule-aware"])
@pytest.mark.parametrize("zeros", ["show", "protect"])
@pytest.mark.parametrize(("shape", "cases"), SHAPES)
def test_brute_force_agrees_under_suppression(shape, cases, zeros, reader):
    rule = Rule(method="suppression", threshold=2, zeros=zeros)
    draw = np.random.default_rng(cases)
    size = int(np.prod(shape))
    counts = draw.multinomial(cases, np.full(size, 1 / size)).reshape(shape)
    published = published_cells(frame(counts), all_margins(frame(counts)))
    status = np.select(
        [
            published["n"].between(int(zeros == "show"), 2),
            (published["n"] > 2) & (draw.random(len(published)) < 0.4),
        ],
        ["primary", "secondary"],
        "shown",
    )
    # The grand total stays, so no count can be more than the tables tried.
    status[0] = "shown"
    published = published.assign(status=status)

    low, high = brute_force_suppressed(published, rule, reader, cases)
    audited = audit(published, rule=rule, reader=reader)

    assert audited["low"].tolist() == low[: len(audited)]
    assert audited["high"].tolist() == high[: len(audited)]


@pytest.mark.parametrize("base", [2, 3, 4])
@pytest.mark.parametrize("exact", [[], [()]])
@pytest.mark.parametrize(
    "margins", [[("a",), ("b",)], [("a",), ()], [()], [("a", "b")]]
)
def test_brute_force_agrees_under_rounding(margins, exact, base):
    rule = Rule(method="rounding", base=base)
    draw = np.random.default_rng(base)
    for _ in range(2):
        cells = frame(draw.integers(0, 4, (2, 2)))
        try:
            rounded, report = round_counts(
                cells, margins, rule=rule, exact=exact, seed=1
            )
        except DisclosureError:
            continue
        published = published_cells(rounded, margins, count="published")
        most = int(rounded["published"].sum()) + base + report.rule.shift

        low, high = brute_force_rounded(published, report.rule, min(most, 18))
        audited = audit(published, rule=report.rule, reader="rule-aware")

        assert audited["low"].tolist() == low[: len(audited)]
        assert audited["high"].tolist() == high[: len(audited)]


CELLS = published_cells(frame([4, 5]), [("a",), ()]).frame


@pytest.mark.parametrize(
    ("published", "settings", "message"),
    [
        (CELLS.drop(columns="n"), {}, "expected a column n"),
        (CELLS.head(0), {}, "published cells have 0 rows"),
        (pd.concat([CELLS, CELLS]), {}, "duplicate rows"),
        (CELLS.assign(status="blank"), {}, "status is 'blank'"),
        (CELLS.assign(n=[4, -5, 9]), {}, "n is negative"),
        (CELLS, {"reader": "clever"}, "reader is 'clever'"),
        (CELLS, {"rule": "rounding"}, "expected a Rule"),
        (CELLS, {"external": [{"b": "x", "n": 1}]}, "external .*b; expected n"),
        (CELLS, {"external": [{"a": "a0"}]}, "external .*no n"),
        (CELLS, {"external": [{"a": "a9", "n": 1}]}, "no published cell holds"),
        ([1, 2], {}, "published cells: a list was given; expected a pandas"),
        (CELLS, {"external": None}, "external is a NoneType; expected a frame"),
        (CELLS, {"external": [("a0", 3)]}, "external: has .*expected a frame"),
        (CELLS, {"external": "a0"}, "external is a str; expected a frame"),
        (CELLS, {"earlier": None}, "earlier is a NoneType; expected a list"),
        (CELLS, {"earlier": [3]}, "earlier: has a int; expected tables"),
        (CELLS, {"earlier": [CELLS.rename(columns={"a": "b"})]}, "has the attributes"),
        (CELLS, {"changes": "some"}, "changes is 'some'"),
    ],
)
def test_bad_input_is_one_clear_error(published, settings, message):
    with pytest.raises(ParameterError, match=message):
        audit(published, **{"rule": BASE_3, **settings})


@pytest.mark.parametrize(
    ("published", "rule", "message"),
    [
        (CELLS.assign(n=[4, 5, 8]), HIDE_3, "no true table fits.*the grand total"),
        (CELLS.assign(n=[4, 5, 8]), BASE_3, "its parts add up to 9; no true table"),
        (
            CELLS.assign(n=[4, 2, 6]),
            BASE_3,
            "cell a=a1: a count from 1 to 2 is not rounded",
        ),
    ],
)
def test_a_published_table_that_contradicts_itself_is_refused(published, rule, message):
    with pytest.raises(DisclosureError, match=message):
        audit(published, rule=rule, reader="rule-aware")
