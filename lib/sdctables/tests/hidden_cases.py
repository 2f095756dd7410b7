"""Random suppressed editions beside what brute force says of them."""

import numpy as np

from brute_force import (
    BELIEFS,
    incidence_of,
    suppressed_editions,
)
from drawn_editions import NOT_TRIED, audited, beyond, drawn_editions
from sdctables import DisclosureError, Rule, published_cells
from sdctables import suppress as hide
from simulating import hiding_comes_of
from small_tables import all_margins, every_table, frame


def hidden_case(draw, number, *, simulated):
    shape = [(3,), (2, 2), (2, 3)][draw.integers(0, 3 if number == 1 else 2)]
    if simulated:
        shape = [(3,), (2, 2)][draw.integers(2)] if number == 1 else (3,)
    rule = Rule(
        method="suppression",
        threshold=int(draw.integers(1, 3)),
        zeros=str(draw.choice(["show", "protect"])),
        width=int(draw.integers(1, 3)),
        marks=str(draw.choice(["kind", "hidden"])),
        totals=str(draw.choice(["keep", "hide"])),
        chance=0.3,
    )
    tables = []
    for counts in drawn_editions(draw, number, shape, 6 if len(shape) == 1 else 5):
        margins = all_margins(frame(counts))
        try:
            made = hide(
                published_cells(frame(counts), margins),
                rule=rule,
                seed=int(draw.integers(1000)),
            )
        except DisclosureError:
            return NOT_TRIED
        tables.append(made.as_printed())
    most = _most(tables)
    if (
        most is None
        or (simulated and most > 7)
        or all((table.status == "shown").all() for table in tables)
    ):
        return NOT_TRIED
    changes = str(draw.choice(["none", "added", "any"]))
    rules = [rule] * len(tables)
    wanted = suppressed_editions(tables, rules, most=most, changes=changes)
    found = audited(tables, rules, changes, "simulating" if simulated else "rule-aware")
    if found != wanted and not beyond(found, wanted, most):
        return f"audit {found}, brute force {wanted}"
    if simulated and wanted is not None:
        return _simulated_hiding(tables, margins, rule, most, changes, wanted)
    return None


def _simulated_hiding(tables, margins, rule, most, changes, wanted):
    """No cell that may be small is told more narrowly than the rule allows.

    Of several editions: than the rule allows and the audit says, who judges the pair.
    """
    left = None
    for table in tables[:-1]:
        now = _tables_so_hidden(table, margins, rule, most)
        left = np.array([one for one in now if _follows_any(left, one, changes)])
    incidence, hidden = incidence_of(tables[-1]), tables[-1].status != "shown"
    sums = []
    for one in _tables_so_hidden(tables[-1], margins, rule, most):
        if not _follows_any(left, one, changes):
            continue
        sums.append(incidence @ one)
        low, high = np.min(sums, axis=0), np.max(sums, axis=0)
        if (high - low >= rule.width)[hidden].all():
            return None
    small = hidden & (low <= rule.threshold) & (high >= (rule.zeros == "show"))
    told = np.subtract(wanted[1], wanted[0]) < rule.width
    if len(tables) == 1:
        told[:] = False
    if ((high - low < rule.width) & ~told)[small].any():
        return f"simulated {low.tolist(), high.tolist()} with {rule}, audit {wanted}"
    return None


def _follows_any(before, true, changes):
    """Whether a true table can follow one of those before; of none, any can."""
    return before is None or BELIEFS[changes](before.T, true[:, None]).any()


def _tables_so_hidden(table, margins, rule, most):
    """The true tables of which the programme can make this one."""
    incidence = incidence_of(table)
    shown = table.status == "shown"
    values = table["n"].fillna(-1).to_numpy()
    every = every_table(incidence.shape[1], most)
    agree = ((incidence @ every)[shown] == values[shown][:, None]).all(axis=0)
    attributes = list(table.attributes)
    inner = table.frame[(table.keys != "Total").all(axis=1)][attributes]
    for true in np.random.default_rng(0).permutation(every[:, agree].T):
        if hiding_comes_of(inner.assign(n=true), table, margins, rule, "rule-aware"):
            yield true


def _most(tables):
    """The greatest count of an inner cell, if a total that is shown bounds it."""
    totals = [
        table["n"][(table.keys == "Total").all(axis=1).to_numpy()] for table in tables
    ]
    if any(total.isna().any() for total in totals):
        return None
    most = int(max(total.max() for total in totals))
    return most if most <= (14 if len(tables[0].attributes) == 1 else 9) else None
