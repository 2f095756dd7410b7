"""What a reader can know, by trying every table: no constraint is written down here.

Every true table, every threshold of every cell, and what would be published of them:
those that agree with what was published are what the reader is left with.
"""

import numpy as np

from sdctables.cells.incidence import inner_cells_of
from small_tables import every_table

BELIEFS = {
    "none": lambda old, new: (old == new).all(axis=0),
    "added": lambda old, new: (old <= new).all(axis=0),
    "any": lambda old, new: np.ones(old.shape[1], dtype=bool),
}


def incidence_of(published):
    return inner_cells_of(published).incidence(published.frame).toarray()


def rounded_by(thresholds, counts, base):
    return np.where(counts >= base, counts, np.where(counts < thresholds, 0, base))


def rounded_editions(published, rules, *, most, changes, bounds=None):
    """The least and greatest true count of each cell of the last edition, or None.

    `published`: the tables of editions that followed each other, `most`: the greatest
    count of an inner cell that is tried. Editions of one base whose rule keeps its
    thresholds share them.
    """
    incidence = incidence_of(published[-1])
    cells = incidence.shape[1]
    tables = every_table(cells, most)
    bases = [rule.base for rule in rules]
    shared = [rule.thresholds == "kept" for rule in rules]
    # One edition after the other: the true tables so far, with thresholds by base.
    states = [((), {})]
    for number, (frame, base) in enumerate(zip(published, bases, strict=True)):
        sums = frame["n"].to_numpy()
        found = []
        for truth, thresholds in states:
            kept = thresholds.get(base) if shared[number] else None
            choices = every_table(cells, base - 1).T + 1 if kept is None else [kept]
            before = truth[-1] if truth else None
            for choice in choices:
                rounded = rounded_by(np.asarray(choice)[:, None], tables, base)
                fits = (incidence @ rounded == sums[:, None]).all(axis=0)
                if before is not None:
                    old = np.asarray(before)[:, None]
                    fits &= BELIEFS[changes](np.broadcast_to(old, tables.shape), tables)
                if bounds:
                    for row, most_off in bounds.items():
                        fits &= np.abs(incidence[row] @ tables - sums[row]) <= most_off
                more = {base: tuple(choice)} if shared[number] else {}
                found += [
                    ((*truth, tuple(table)), thresholds | more)
                    for table in tables[:, fits].T.tolist()
                ]
        states = _distinct(found, last=number == len(published) - 1)
    if not states:
        return None
    last = np.array([truth[-1] for truth, _ in states]).T
    values = incidence @ last
    return values.min(axis=1).tolist(), values.max(axis=1).tolist()


def _distinct(states, *, last):
    # Of the past only the latest true table and the thresholds matter.
    seen = {}
    for truth, thresholds in states:
        key = (truth[-1], () if last else tuple(sorted(thresholds.items())))
        seen[key] = ((truth[-1],), thresholds)
    return list(seen.values())
