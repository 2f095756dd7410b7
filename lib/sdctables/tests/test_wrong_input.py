"""What a statistician of another office may hand over by mistake, each in one line."""

import pytest

from sdctables import (
    ParameterError,
    Rule,
    audit,
    certain_shares,
    explain,
    published_cells,
    round_counts,
    shortfalls,
    suppress,
    write_table,
)
from small_tables import all_margins, frame

CELLS = frame([[2, 7], [1, 4]])
TABLE = published_cells(CELLS, all_margins(CELLS))
HIDE = Rule(method="suppression", totals="hide", marks="hidden")
ROUND = {"margins": [("a",)], "rule": Rule()}
SEED = "seed is not a whole number of at least 0, or None"


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: suppress(TABLE, rule=HIDE, seed="secret"), SEED),
        (lambda: suppress(TABLE, rule=HIDE, seed=-1), SEED),
        (lambda: round_counts(CELLS, **ROUND, seed=0.5), SEED),
        (
            lambda: suppress(TABLE, rule=HIDE, exact_up_to="all"),
            "exact_up_to is 'all'; expected a whole number of cells",
        ),
        (
            lambda: round_counts(CELLS, **ROUND, earlier=CELLS),
            "earlier edition 1 has no column published; expected the cells that "
            "round_counts gave, with n and published",
        ),
        (
            lambda: round_counts(CELLS, **ROUND, earlier=[3]),
            "earlier edition 1: a int was given; expected a pandas data frame, one row "
            "per cell, with the count in n",
        ),
        (
            lambda: write_table(CELLS, "cells.csv"),
            "cells.csv: a DataFrame was given; expected a CellTable, as suppress and "
            "published_cells give it",
        ),
        (
            lambda: certain_shares(CELLS, "a"),
            "the audit has no column low; expected what audit(...) gives",
        ),
        (
            lambda: shortfalls(CELLS, HIDE),
            "the audit has no column low; expected what audit(...) gives",
        ),
        (
            lambda: shortfalls(audit(TABLE, rule=HIDE), 3),
            "rule is 3; expected the Rule of the table",
        ),
        (
            lambda: certain_shares(audit(TABLE, rule=HIDE), "a", coalition=-1),
            "coalition is -1; expected a number of cases, at least 0",
        ),
        (
            lambda: explain(TABLE, "a0", rule=HIDE),
            'cell is \'a0\'; expected attribute values, for example {"town": "Ash"}',
        ),
    ],
)
def test_a_mistake_is_one_line_that_says_what_to_give(call, message):
    with pytest.raises(ParameterError) as refused:
        call()

    assert str(refused.value) == message


def test_what_is_hidden_does_not_show_where_a_table_is_printed():
    hidden = suppress(TABLE, rule=HIDE, seed=1)

    assert hidden["n"][hidden.status != "shown"].notna().all()
    shown = repr(hidden).splitlines()
    assert shown[0].startswith("CellTable of 9 cells by a, b, Rule(")
    assert sum("<NA>" in line for line in shown) == (hidden.status != "shown").sum()


def test_a_report_shows_nothing_of_true_counts_where_it_is_printed():
    _, report = round_counts(CELLS, **ROUND, seed=1)

    assert repr(report) == (
        f"RoundingReport(rule={report.rule!r}, solver={report.solver!r})"
    )
