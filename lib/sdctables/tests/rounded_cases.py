"""Random rounded editions beside what brute force says of them."""

import itertools

import numpy as np

from brute_force import (
    BELIEFS,
    incidence_of,
    left_where_not_needed,
    rounded_by,
    rounded_editions,
)
from drawn_editions import SOME_MARGINS, audited, beyond, drawn_editions
from sdctables import Rule, audit, published_cells, round_counts
from simulating import rounding_comes_of
from small_tables import frame


def rounded_case(draw, number, *, simulated):
    base = int(draw.choice([2, 3, 4]))
    shape = [(2,), (3,), (2, 2)][draw.integers(0, 3 if number == 1 else 2)]
    if number == 3 or (simulated and number == 2):
        shape = (2,)
    margins = SOME_MARGINS[len(shape)]
    margins = margins[draw.integers(len(margins))]
    kept = "kept" if draw.random() < 0.7 else "fresh"
    tables, rules, bounds, records = [], [], [], []
    for counts in drawn_editions(draw, number, shape, 4):
        # A base that changes, now and then.
        own = int(draw.choice([2, 3])) if number > 1 and draw.random() < 0.2 else base
        rule = Rule(base=own, chance=0.5, thresholds=kept)
        answer, report = round_counts(
            frame(counts),
            margins,
            rule=rule,
            earlier=_alike(records, rule),
            seed=int(draw.integers(1000)),
        )
        records.append((answer, rule))
        told = _printed_bounds(draw, report, own)
        table = published_cells(answer, margins, count="published", rule=report.rule)
        tables.append(table.of(bounds=told))
        rules.append(report.rule)
        bounds.append(_rows(table, told))
    most = min(int(max(table["n"].max() for table in tables)) + base, 8)
    changes = str(draw.choice(["none", "added", "any"]))
    wanted = rounded_editions(tables, rules, most=most, changes=changes, bounds=bounds)
    found = audited(tables, rules, changes, "simulating" if simulated else "rule-aware")
    if found != wanted and not beyond(found, wanted, most):
        return f"audit {found}, brute force {wanted}"
    if simulated and wanted is not None:
        return _simulated_rounding(records, tables, margins, bounds, changes, wanted)
    return None


def _alike(records, rule):
    """The editions whose thresholds this one keeps."""
    same = [answer for answer, old in records if old.base == rule.base]
    return same if rule.thresholds == "kept" else []


def _simulated_rounding(records, tables, margins, bounds, changes, wanted):
    """Every end of an interval must be reached by a row of true tables, one for each
    edition, that the programme can round so.

    Other rounded tables may stand behind published sums, so there the ends that these
    reach need only leave each small count open, and only where there is one edition.
    """
    incidence = incidence_of(tables[-1])
    ends, open_ends = [], _ends(wanted)
    inner = any(len(each) == len(tables[-1].attributes) for each in margins)
    if not inner and len(records) > 1:
        return None
    for chain in _chains(records, tables, bounds, changes):
        sums = incidence @ chain[-1]
        met = {(row, int(n)) for row, n in enumerate(sums)} & open_ends
        if (met or not inner) and _comes_of(chain, records, margins):
            open_ends -= met
            ends.append(sums)
        if inner and not open_ends:
            return None
    if inner:
        return f"no true tables reach {sorted(open_ends)} of {wanted}, {changes}"
    low, high = np.array(ends).min(axis=0), np.array(ends).max(axis=0)
    base = records[-1][1].base
    if ((high - low < 1) & (low < base) & (high > 0)).any():
        return f"simulated {low, high} gives a count away; audit {wanted}"
    return None


def _ends(wanted):
    return {(row, int(n)) for side in wanted for row, n in enumerate(side)}


def _chains(records, tables, bounds, changes):
    """Rows of true tables that the rule allows, by the rounded inner counts of all."""
    each = []
    for (answer, rule), table, told in zip(records, tables, bounds, strict=True):
        true = _true_tables(answer["published"].to_numpy(), rule.base)
        incidence, sums = incidence_of(table), table["n"].to_numpy()
        near = [
            all(
                abs(incidence[row] @ one - sums[row]) <= off
                for row, off in told.items()
            )
            for one in true
        ]
        each.append(true[near])
    for chain in itertools.product(*each):
        steps = itertools.pairwise(chain)
        follows = all(BELIEFS[changes](a[:, None], b[:, None]).all() for a, b in steps)
        if follows and _have_thresholds(chain, records):
            yield chain


def _have_thresholds(chain, records):
    """Whether each cell has one threshold in all editions of a base that keep it."""
    kept = [
        (true, answer["published"].to_numpy(), rule.base)
        for true, (answer, rule) in zip(chain, records, strict=True)
        if rule.thresholds == "kept"
    ]
    for base in {base for _, _, base in kept}:
        fits = [
            np.all(
                [
                    rounded_by(t, true, base) == p
                    for true, p, own in kept
                    if own == base
                ],
                axis=0,
            )
            for t in range(1, base + 1)
        ]
        if not np.any(fits, axis=0).all():
            return False
    return True


def _comes_of(chain, records, margins):
    """Whether the programme can make all editions of these true tables, in a row."""
    before = []
    for true, (answer, rule) in zip(chain, records, strict=True):
        cells = answer.drop(columns="published").assign(n=true)
        published = answer["published"]
        earlier = _alike(before, rule)
        if not rounding_comes_of(cells, published, margins, rule, earlier):
            return False
        before.append((cells.assign(published=published), rule))
    return True


def needed_case(draw, number, *, simulated):
    """Sums alone are printed, and what they do not need rounded stays."""
    rule = Rule(base=int(draw.integers(2, 5)), chance=0.5)
    counts = draw.integers(0, 4, (2, 2)) + 2 * draw.integers(0, 2, (2, 2))
    margins = SOME_MARGINS[2][int(draw.integers(1, 3))]
    cells, report = round_counts(
        frame(counts),
        margins,
        rule=rule,
        seed=int(draw.integers(1000)),
        only_where_needed=True,
    )
    table = published_cells(cells, margins, count="published", rule=report.rule)
    wanted = left_where_not_needed(table, cells, rule.base, most=12)
    found = audit(table, reader="rule-aware").head(len(table))
    found = found["low"].tolist(), found["high"].tolist()
    return None if found == wanted else f"audit {found}, brute force {wanted}"


def _true_tables(p, base):
    ranges = [
        range(base) if n == 0 else range(1, base + 1) if n == base else [n] for n in p
    ]
    return np.array(np.meshgrid(*ranges, indexing="ij")).reshape(len(p), -1).T


def _printed_bounds(draw, report, base):
    """Some of the largest errors, printed as an edition prints them."""
    return {
        margin: max(error["largest"], base - 1) + int(draw.geometric(0.9)) - 1
        for margin, error in report.errors.items()
        if draw.random() < 0.5
    }


def _rows(table, bounds):
    kept = (table.keys != "Total").to_numpy()
    margins = [
        tuple(name for name, keep in zip(table.attributes, row, strict=True) if keep)
        for row in kept
    ]
    return {row: bounds[m] for row, m in enumerate(margins) if m in bounds}
