import itertools

import numpy as np
import pandas as pd
import pytest

from sdctables import (
    DisclosureError,
    Rule,
    audit,
    published_cells,
    suppress,
)
from small_tables import (
    S1_PRIMARY,
    S3,
    S3_MARGINS,
    all_margins,
    frame,
    s1_cells,
)

HIDE_3 = Rule(method="suppression", threshold=3)


def s1():
    published = published_cells(s1_cells(), all_margins(s1_cells()))
    name = published["row"] + published["column"]
    return published.assign(primary=name.isin(S1_PRIMARY)), name


def secondary(published):
    return np.flatnonzero(published["status"] == "secondary").tolist()


def narrowest(published, rule, reader):
    audited = audit(published, rule=rule, reader=reader).head(len(published))
    width = audited["high"] - audited["low"]
    return width[published["status"] == "primary"].min()


def test_s1_the_cheapest_further_cell_by_value_is_xd():
    published, name = s1()

    hidden = suppress(published, rule=HIDE_3, reader="plain", primary="primary")

    assert name[secondary(hidden)].tolist() == ["xd"]
    assert hidden["status"].value_counts().to_dict() == {
        "shown": 15,
        "primary": 9,
        "secondary": 1,
    }


def test_s1_by_number_each_of_seven_cells_is_as_good_and_the_seed_chooses():
    published, name = s1()

    chosen = set()
    for seed in range(12):
        hidden = suppress(
            published,
            rule=HIDE_3,
            reader="plain",
            primary=published["primary"].to_numpy(),
            cost="count",
            seed=seed,
        )
        (cell,) = name[secondary(hidden)]
        chosen.add(cell)

    assert chosen <= set(["wd", "xb", "xd", "ya", "yc", "za", "zc"])
    assert len(chosen) > 3


def test_s3_linked_tables_need_one_further_cell():
    published = published_cells(S3, S3_MARGINS)

    hidden = suppress(published, rule=HIDE_3, reader="plain")

    assert hidden["area"][secondary(hidden)].tolist() == ["N"]
    k = audit(hidden, rule=HIDE_3).query("area == 'K'")
    assert (k["low"].item(), k["high"].item()) == (0, 10)


@pytest.mark.parametrize(
    "margins", [[("county", "area", "size"), ("county",), ()], [*S3_MARGINS[:1], ()]]
)
def test_s3_each_table_alone_needs_none(margins):
    published = published_cells(S3, margins)

    assert not secondary(suppress(published, rule=HIDE_3, reader="plain"))


def test_s3b_is_never_chosen_for_a_rule_aware_reader():
    published = published_cells(S3, S3_MARGINS)

    # L and M are at most 3 and add up to 6, which is a total and stays.
    with pytest.raises(DisclosureError, match=r"area=L.*area=M.*totals=\"hide\""):
        suppress(published, rule=HIDE_3, reader="rule-aware")


S8 = pd.DataFrame(
    [
        {"row": f"r{i}", "column": f"c{j}", "n": n}
        for i, line in enumerate([[6, 0, 1, 3, 4], [1, 2, 3, 1, 2], [0, 1, 1, 0, 2]])
        for j, n in enumerate(line)
    ]
)
S8_MARGINS = [("row", "column"), ("row",), ("column",), ()]


@pytest.mark.parametrize(
    "cells, margins, width, advice",
    [
        (S8, S8_MARGINS, 1, 'Allow totals to be hidden (totals="hide"), or round'),
        (
            S3,
            S3_MARGINS,
            1,
            'Print only that a cell is hidden (marks="hidden") or allow totals to be '
            'hidden (totals="hide"), or round',
        ),
        (S8, S8_MARGINS, 2, 'Set both marks="hidden" and totals="hide", or round'),
    ],
)
def test_what_a_refusal_advises_has_been_tried(cells, margins, width, advice):
    rule = Rule(method="suppression", threshold=3, width=width)
    with pytest.raises(DisclosureError) as caught:
        suppress(published_cells(cells, margins), rule=rule)
    assert advice in str(caught.value)
    assert "\n" not in str(caught.value)
    changes = {"marks": "hidden"} if 'marks="hidden"' in advice else {}
    changes |= {"totals": "hide"} if 'totals="hide"' in advice else {}
    rule = Rule(method="suppression", threshold=3, width=width, **changes)
    hidden = suppress(published_cells(cells, margins), rule=rule)
    assert (hidden["status"] == "primary").any()


def test_where_nothing_helps_a_refusal_asks_for_less():
    priced = published_cells(S8, S8_MARGINS).assign(price=float("nan"))
    rule = Rule(method="suppression", threshold=3)
    with pytest.raises(DisclosureError, match="Ask for a narrower width, publish"):
        suppress(priced, rule=rule, cost="price")


def test_s3b_is_safe_where_totals_may_go_or_marks_do_not_tell():
    published = published_cells(S3, S3_MARGINS)
    merged = Rule(method="suppression", threshold=3, marks="hidden")

    may_hide = Rule(method="suppression", threshold=3, totals="hide")
    without_totals = suppress(published, rule=may_hide)
    without_marks = suppress(published, rule=merged)

    assert narrowest(without_totals, may_hide, "rule-aware") >= 1
    assert "big" in without_totals["size"][secondary(without_totals)].tolist()
    assert narrowest(without_marks, merged, "rule-aware") >= 1
    assert without_marks["area"][secondary(without_marks)].tolist() == ["N"]


def test_zeros_that_the_rule_shows_are_never_hidden():
    cells = frame([[2, 0, 9], [0, 8, 7], [5, 6, 4]])

    hidden = suppress(published_cells(cells, all_margins(cells)), rule=HIDE_3)

    assert (hidden["status"] == "shown")[hidden["n"] == 0].all()
    assert narrowest(hidden, HIDE_3, "rule-aware") >= 1


def test_zeros_are_primary_where_they_are_protected():
    rule = Rule(method="suppression", threshold=3, zeros="protect")
    cells = frame([[2, 0, 9], [0, 8, 7], [5, 6, 4]])

    hidden = suppress(published_cells(cells, all_margins(cells)), rule=rule)

    assert (hidden["status"] == "primary")[hidden["n"] == 0].all()


def test_a_missing_price_is_never_paid():
    published, name = s1()
    price = np.where(name == "xd", np.nan, published["n"])
    published = published.assign(price=price)

    hidden = suppress(
        published, rule=HIDE_3, reader="plain", primary="primary", cost="price"
    )

    # The next cheapest of the seven.
    assert name[secondary(hidden)].tolist() == ["yc"]


@pytest.mark.parametrize("kind", [bool, int, object])
def test_a_column_that_marks_or_prices_cells_is_no_attribute(kind):
    published = published_cells(S3, S3_MARGINS)
    marked = published.assign(sensitive=published["area"].isin(list("ABKLM")))
    marked = marked.assign(price=published["n"] * 1.5)
    without_notes = marked.frame.astype({"sensitive": kind})

    hidden = suppress(
        without_notes, rule=HIDE_3, reader="plain", primary="sensitive", cost="price"
    )

    assert hidden["area"][secondary(hidden)].tolist() == ["N"]


def test_sums_that_do_not_agree_are_refused_by_name():
    published = published_cells(S3, S3_MARGINS)
    published = published.assign(n=published["n"].mask(published["area"] == "I", 80))

    with pytest.raises(
        DisclosureError, match=r"no counts fit the published cells .*area=I"
    ):
        suppress(published, rule=HIDE_3, reader="plain")


def test_the_printed_frame_has_no_hidden_count():
    published = published_cells(S3, S3_MARGINS)
    merged = Rule(method="suppression", threshold=3, marks="hidden")
    hidden = suppress(published, rule=merged)

    printed = hidden.as_printed()

    assert printed["n"][printed["status"] != "shown"].isna().all()
    assert set(printed["status"]) == {"shown", "hidden"}
    told = audit(printed, rule=merged, reader="rule-aware")
    assert (
        told["low"].tolist()
        == audit(hidden, rule=merged, reader="rule-aware")["low"].tolist()
    )


def test_the_heuristic_protects_every_primary_cell_of_a_larger_table():
    cells = frame(np.random.default_rng(1).poisson(9, (9, 12)))
    published = published_cells(cells, all_margins(cells))

    for reader in ("plain", "rule-aware"):
        hidden = suppress(published, rule=HIDE_3, reader=reader)

        assert secondary(hidden)
        assert narrowest(hidden, HIDE_3, reader) >= 1


@pytest.mark.parametrize(("reader", "width"), [("plain", 2), ("rule-aware", 1)])
def test_no_cheaper_pattern_protects_a_small_table(reader, width):
    rule = Rule(method="suppression", threshold=3, width=width)
    cells = frame([[2, 7, 9], [6, 3, 8], [12, 10, 4]])
    published = published_cells(cells, all_margins(cells))
    inner = (published.keys != "Total").all(axis=1)
    free = np.flatnonzero(inner & (published["n"] > 3)).tolist()

    def price(chosen):
        return published["n"][list(chosen)].sum()

    def protects(chosen):
        status = np.where(published["n"].between(1, 3), "primary", "shown")
        status = status.astype(object)
        status[list(chosen)] = "secondary"
        return narrowest(published.assign(status=status), rule, reader) >= width

    every = itertools.chain.from_iterable(
        itertools.combinations(free, size) for size in range(len(free) + 1)
    )
    least = next(
        price(chosen) for chosen in sorted(every, key=price) if protects(chosen)
    )

    hidden = suppress(published, rule=rule, reader=reader)

    assert price(secondary(hidden)) == least
