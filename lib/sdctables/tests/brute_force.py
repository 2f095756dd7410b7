"""What a reader can know, by trying every table: no constraint is written down here.

Every true table, every threshold of every cell, and what would be published of them:
those that agree with what was published are what the reader is left with.
"""

import itertools

import numpy as np

from sdctables.cells.incidence import inner_cells_of
from small_tables import every_table

BELIEFS = {
    "none": lambda old, new: (old == new).all(axis=0),
    "added": lambda old, new: (old <= new).all(axis=0),
    "any": lambda old, new: np.ones((old + new).shape[1], dtype=bool),
}


def incidence_of(published):
    return inner_cells_of(published).incidence(published.frame).toarray()


def rounded_by(thresholds, counts, base):
    return np.where(counts >= base, counts, np.where(counts < thresholds, 0, base))


def rounded_editions(published, rules, *, most, changes, bounds=None):
    """The least and greatest true count of each cell of the last edition, or None.

    `published`: the tables of editions that followed each other, `most`: the greatest
    count of an inner cell that is tried, `bounds`: for each edition the largest error
    of some rows. Editions of one base whose rule keeps its thresholds share them.
    """
    incidence = incidence_of(published[-1])
    cells = incidence.shape[1]
    tables = every_table(cells, most)
    # One edition after the other: the true tables so far, with thresholds by base.
    states = [(None, {})]
    for number, (frame, rule) in enumerate(zip(published, rules, strict=True)):
        sums, base = frame["n"].to_numpy(), rule.base
        near = np.ones(tables.shape[1], dtype=bool)
        for row, off in (bounds[number] if bounds else {}).items():
            near &= np.abs(incidence[row] @ tables - sums[row]) <= off
        choices = every_table(cells, base - 1).T + 1
        rounds = {
            tuple(choice): near
            & (
                incidence @ rounded_by(choice[:, None], tables, base) == sums[:, None]
            ).all(axis=0)
            for choice in choices
        }
        found = []
        for before, thresholds in states:
            kept = thresholds.get(base) if rule.thresholds == "kept" else None
            after = np.ones(tables.shape[1], dtype=bool)
            if before is not None:
                after = BELIEFS[changes](np.asarray(before)[:, None], tables)
            for choice in rounds if kept is None else [kept]:
                fits = rounds[tuple(choice)] & after
                more = {base: tuple(choice)} if rule.thresholds == "kept" else {}
                found += [
                    (tuple(table), thresholds | more)
                    for table in tables[:, fits].T.tolist()
                ]
        states = _distinct(found, last=number == len(published) - 1)
    if not states:
        return None
    values = incidence @ np.array([truth for truth, _ in states]).T
    return values.min(axis=1).tolist(), values.max(axis=1).tolist()


def _distinct(states, *, last):
    # Of the past only the latest true table and the thresholds matter.
    seen = {}
    for truth, thresholds in states:
        key = (truth, () if last else tuple(sorted(thresholds.items())))
        seen[key] = (truth, thresholds)
    return list(seen.values())


def left_where_not_needed(printed, cells, base, *, most):
    """As `rounded_editions`, of one edition that rounds only what its sums need.

    The reader is told which `cells` were left, as the audit is.
    """
    incidence, sums = incidence_of(printed), printed["n"].to_numpy()[:, None]
    left = ~cells["needed"].to_numpy()
    true = every_table(len(cells), most)
    rounded = (true > 0) & (true < base) & ~left[:, None]
    fits = np.zeros(true.shape[1], dtype=bool)
    for up in itertools.product((0, base), repeat=len(cells)):
        answer = np.where(rounded, np.array(up)[:, None], true)
        fits |= (incidence @ answer == sums).all(axis=0)
    with_left = (incidence[:, left] > 0).any(axis=1)
    fits &= ((incidence @ true)[with_left] >= base).all(axis=0)
    found = incidence @ true[:, fits]
    return found.min(axis=1).tolist(), found.max(axis=1).tolist()


def suppressed_editions(published, rules, *, most, changes):
    """As `rounded_editions`, where small counts are hidden; the reader has the rule."""
    incidence = incidence_of(published[-1])
    tables = every_table(incidence.shape[1], most)
    sums = incidence @ tables
    left = None
    for frame, rule in zip(published, rules, strict=True):
        fits = np.ones(tables.shape[1], dtype=bool)
        for row, (n, status) in enumerate(
            zip(frame["n"], frame["status"], strict=True)
        ):
            fits &= _may_be(sums[row], n, status, rule, _is_total(incidence, row))
        now = tables[:, fits]
        if left is not None:
            agree = (
                [BELIEFS[changes](left, each[:, None]).any() for each in now.T]
                if (changes == "any")
                else [_follows(left, each, changes) for each in now.T]
            )
            now = now[:, np.array(agree, dtype=bool)]
        left = now
    if not left.shape[1]:
        return None
    values = incidence @ left
    return values.min(axis=1).tolist(), values.max(axis=1).tolist()


def _follows(before, table, changes):
    ok = before == table[:, None] if changes == "none" else before <= table[:, None]
    return ok.all(axis=0).any()


def _is_total(incidence, row):
    """Whether a published cell holds another one and more."""
    own = incidence[row] > 0
    return any(
        (own & (other > 0)).sum() == (other > 0).sum() < own.sum()
        for other in incidence
    )


def _may_be(sums, n, status, rule, total):
    if status == "shown":
        return sums == n
    may = sums >= (1 if rule.zeros == "show" else 0)
    if rule.marks == "kind" and status == "primary":
        may &= sums <= rule.threshold
    if rule.marks == "kind" and status == "secondary":
        may &= sums > rule.threshold
    # A total that may not be hidden for another is hidden for itself.
    if rule.marks == "hidden" and rule.totals == "keep" and total:
        may &= sums <= rule.threshold
    return may
