import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from sdctables import (
    DisclosureError,
    Rule,
    audit,
    published_cells,
    round_counts,
    suppress,
)
from small_tables import all_margins, every_table, frame

shapes = st.sampled_from([(4,), (2, 3), (3, 2), (2, 2, 2)])
tables = shapes.flatmap(
    lambda shape: arrays.arrays(np.int64, shape, elements=st.integers(0, 9))
)
bases = st.integers(2, 5)
seeds = st.integers(0, 2**32)
readers = st.sampled_from(["plain", "rule-aware"])
# Each example solves and attacks whole tables: 16 of them here, 833 by `make fuzz`.
steady = settings(max_examples=settings().max_examples // 6)


def rounded(counts, base, seed, margins=None):
    cells = frame(counts)
    rule = Rule(method="rounding", base=base)
    answer, report = round_counts(
        cells, margins or all_margins(cells), rule=rule, seed=seed
    )
    return answer, report, rule


def published_of(answer, margins=None):
    cells = answer.drop(columns="published")
    return published_cells(answer, margins or all_margins(cells), count="published")


def weighted_error(answer):
    cells = answer.assign(error=answer["published"] - answer["n"])
    total = 0.0
    for margin in all_margins(answer[["n", *answer.columns[:-2]]])[:-1]:
        groups = cells.groupby(list(margin))["error"] if margin else cells[["error"]]
        errors = np.atleast_1d(groups.sum().to_numpy())
        total += len(cells) / len(errors) * np.abs(errors).sum()
    return total


@steady
@given(tables, bases, seeds)
def test_sums_add_and_the_same_cell_is_the_same_in_every_table(counts, base, seed):
    answer, _, _ = rounded(counts, base, seed)
    published = published_of(answer)
    columns = list(published.attributes)
    values = published.frame.set_index(columns)["n"]

    for cell, n in values.items():
        inside = np.ones(len(answer), dtype=bool)
        for column, value in zip(columns, np.atleast_1d(cell), strict=True):
            inside &= (value == "Total") | (answer[column] == value).to_numpy()
        assert n == answer["published"][inside].sum()


@steady
@given(tables, bases, seeds, readers)
def test_intervals_of_a_rounded_table_contain_the_truth(counts, base, seed, reader):
    answer, _, rule = rounded(counts, base, seed)
    truth = published_cells(frame(counts), all_margins(frame(counts)))["n"]

    audited = audit(published_of(answer), rule=rule, reader=reader)

    assert (audited["low"] <= truth).all()
    assert (truth <= audited["high"]).all()


@steady
@given(tables, st.integers(1, 4), st.sampled_from(["show", "protect"]), readers)
def test_intervals_of_a_suppressed_table_contain_the_truth(
    counts, threshold, zeros, reader
):
    rule = Rule(method="suppression", threshold=threshold, zeros=zeros)
    published = published_cells(frame(counts), all_margins(frame(counts)))
    small = published["n"].between(int(zeros == "show"), threshold)
    printed = published.assign(
        status=np.where(small, "primary", "shown"), n=published["n"].mask(small)
    )

    audited = audit(printed, rule=rule, reader=reader)

    assert (audited["low"] <= published["n"]).all()
    assert (published["n"] <= audited["high"]).all()


@steady
@given(tables, readers, st.sampled_from(["kind", "hidden"]), st.integers(1, 2))
def test_a_suppressed_table_protects_every_primary_cell_or_is_refused(
    counts, reader, marks, width
):
    rule = Rule(method="suppression", threshold=3, marks=marks, width=width)
    published = published_cells(frame(counts), all_margins(frame(counts)))

    try:
        hidden = suppress(published, rule=rule, reader=reader, seed=1)
    except DisclosureError:
        return

    audited = audit(hidden, rule=rule, reader=reader)
    small = hidden["n"].between(1, 3)
    assert (hidden["status"] == "primary").tolist() == small.tolist()
    assert (audited["high"] - audited["low"])[small].ge(width).all()
    totals = (hidden.keys == "Total").any(axis=1)
    assert not (hidden["status"] == "secondary")[totals].any()


@steady
@given(tables, bases, seeds, st.randoms())
def test_row_order_does_not_matter(counts, base, seed, chance):
    cells = frame(counts)
    order = list(range(len(cells)))
    chance.shuffle(order)
    rule = Rule(method="rounding", base=base)
    margins = all_margins(cells)

    answer, _ = round_counts(cells, margins, rule=rule, seed=seed)
    shuffled, _ = round_counts(cells.iloc[order], margins, rule=rule, seed=seed)

    assert shuffled["published"].sort_index().tolist() == answer["published"].tolist()
    whole = audit(published_of(answer), rule=rule, reader="rule-aware")
    parts = published_of(answer)
    parts = parts.of(frame=parts.frame.iloc[::-1])
    again = audit(parts, rule=rule, reader="rule-aware").iloc[::-1]
    assert again["low"].tolist() == whole["low"].tolist()
    assert again["high"].tolist() == whole["high"].tolist()


@steady
@given(tables, bases, seeds)
def test_relabelling_in_order_permutes_the_answer(counts, base, seed):
    cells = frame(counts)
    renamed = cells.assign(**{c: "court " + cells[c] for c in cells.columns[:-1]})
    rule = Rule(method="rounding", base=base)

    answer, _ = round_counts(cells, all_margins(cells), rule=rule, seed=seed)
    again, _ = round_counts(renamed, all_margins(cells), rule=rule, seed=seed)

    assert again["published"].tolist() == answer["published"].tolist()


@steady
@given(st.permutations(range(4)), seeds)
def test_relabelling_at_will_permutes_the_answer(order, seed):
    # No two courts of this table are alike, so only their names change places.
    cells = frame([[1, 2, 0], [2, 1, 1], [1, 5, 2], [4, 1, 2]])
    names = dict(zip(cells["a"].unique(), np.array(list("wxyz"))[order], strict=True))
    renamed = cells.assign(a=cells["a"].map(names))
    rule = Rule(method="rounding", base=3)

    answer, _ = round_counts(cells, all_margins(cells), rule=rule, seed=seed)
    again, _ = round_counts(renamed, all_margins(cells), rule=rule, seed=seed)

    assert again["published"].tolist() == answer["published"].tolist()


@steady
@given(tables, bases, seeds, st.randoms())
def test_relabelling_never_makes_an_answer_worse_than_the_gap(
    counts, base, seed, chance
):
    cells = frame(counts)
    names = sorted(cells["a"].unique())
    other = names.copy()
    chance.shuffle(other)
    renamed = cells.assign(a=cells["a"].map(dict(zip(names, other, strict=True))))
    rule = Rule(method="rounding", base=base)

    answer, first = round_counts(cells, all_margins(cells), rule=rule, seed=seed)
    again, second = round_counts(renamed, all_margins(cells), rule=rule, seed=seed)

    assert first.cap == second.cap
    errors = sorted([weighted_error(answer), weighted_error(again)])
    assert errors[1] * (1 - 0.02) <= errors[0] + 1e-9


@steady
@given(tables, bases, seeds, seeds)
def test_protecting_what_is_protected_changes_nothing(counts, base, seed, other):
    answer, _, rule = rounded(counts, base, seed)
    cells = answer.assign(n=answer["published"])

    again, report = round_counts(
        cells, all_margins(frame(counts)), rule=rule, seed=other
    )

    assert again["published"].tolist() == answer["published"].tolist()
    assert all(error["largest"] == 0 for error in report.errors.values())


@steady
@given(tables, bases, seeds)
def test_one_more_table_of_sums_changes_no_interval_under_rounding(counts, base, seed):
    answer, _, rule = rounded(counts, base, seed)
    every = all_margins(frame(counts))
    inner = published_of(answer, [every[-1]])
    few = audit(inner, rule=rule, reader="rule-aware")
    columns = list(inner.attributes)

    more = audit(published_of(answer, every), rule=rule, reader="rule-aware")

    inner = more[(more[columns] != "Total").all(axis=1)]
    assert inner["low"].tolist() == few["low"].tolist()
    assert inner["high"].tolist() == few["high"].tolist()


@steady
@given(tables, st.integers(1, 4))
def test_a_reader_who_knows_more_never_sees_less(counts, threshold):
    rule = Rule(method="suppression", threshold=threshold)
    published = published_cells(frame(counts), all_margins(frame(counts)))
    small = published["n"].between(1, threshold)
    published = published.assign(status=np.where(small, "primary", "shown"))

    plain = audit(published, rule=rule, reader="plain")
    aware = audit(published, rule=rule, reader="rule-aware")

    assert (plain["low"] <= aware["low"]).all()
    assert (aware["high"] <= plain["high"]).all()


def test_every_answer_has_several_true_tables_behind_each_small_cell():
    # A reader who has this code tries every true table; the seed is what he lacks.
    rule = Rule(method="rounding", base=3)
    behind = {}
    for counts in every_table(4, 3).T:
        cells = frame(counts.reshape(2, 2))
        for seed in range(2):
            answer, _ = round_counts(cells, all_margins(cells), rule=rule, seed=seed)
            behind.setdefault(tuple(answer["published"]), []).append(counts)

    for answer, truths in behind.items():
        for cell, published in enumerate(answer):
            values = {truth[cell] for truth in truths}
            assert len(values) > 1, (answer, cell, published)
