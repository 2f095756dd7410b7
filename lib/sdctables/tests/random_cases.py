"""Small cases drawn at random, each beside what brute force says of it.

A case is one edition, a pair or a triple, by one method, read by a reader who has the
rule or also runs the programme on every row of true tables that might be behind them.
`run(seed)` audits it and returns what is wrong.
"""

import itertools
from collections import Counter

import numpy as np

from brute_force import (
    BELIEFS,
    incidence_of,
    left_where_not_needed,
    rounded_by,
    rounded_editions,
    suppressed_editions,
)
from sdctables import DisclosureError, Rule, audit, published_cells, round_counts
from sdctables import suppress as hide
from simulating import hiding_comes_of, rounding_comes_of
from small_tables import all_margins, every_table, frame

KINDS = (
    *("rounded edition", "rounded pair", "rounded triple"),
    *("hidden edition", "hidden pair", "hidden triple"),
    *("rounded edition, simulated", "hidden edition, simulated"),
    *("rounded pair, simulated", "rounded triple, simulated"),
    *("hidden pair, simulated", "hidden triple, simulated"),
    "rounded where needed",
)
NOT_TRIED = object()
SOME_MARGINS = {
    1: [[("a",)], [("a",), ()]],
    2: [
        [("a", "b")],
        [("a",), ("b",)],
        [("a",), ("b",), ()],
        [("a", "b"), ("a",), ("b",), ()],
    ],
}


def run(seed):
    """The kind of a case, and what is wrong with its audit: None if nothing is."""
    draw = np.random.default_rng(seed)
    kind = KINDS[seed % len(KINDS)]
    case = _rounded if kind.startswith("rounded") else _hidden
    case = _needed if kind.endswith("needed") else case
    number = 1 + ("pair" in kind) + 2 * ("triple" in kind)
    # What cannot be protected, or not be tried in full, is drawn anew.
    while (fault := case(draw, number, simulated="simulated" in kind)) is NOT_TRIED:
        pass
    return kind, fault


def tally(seeds):
    """How many cases of each kind there were, and the faults by their seeds."""
    counted, faults = Counter(), {}
    for seed in seeds:
        kind, fault = run(seed)
        counted[kind] += 1
        if fault:
            faults[seed] = f"{kind}: {fault}"
    return counted, faults


def _editions(draw, number, shape, high):
    """True counts of editions in a row: cases come in late, now and then one goes."""
    counts = [draw.integers(0, high, shape)]
    for _ in range(number - 1):
        late = draw.integers(0, 2, shape) * draw.integers(0, 3, shape)
        gone = draw.integers(0, 2, shape) * (draw.random() < 0.2)
        counts.append(np.maximum(counts[-1] + late - gone, 0))
    return counts


def _rounded(draw, number, *, simulated):
    base = int(draw.choice([2, 3, 4]))
    shape = [(2,), (3,), (2, 2)][draw.integers(0, 3 if number == 1 else 2)]
    if number == 3 or (simulated and number == 2):
        shape = (2,)
    margins = SOME_MARGINS[len(shape)]
    margins = margins[draw.integers(len(margins))]
    kept = "kept" if draw.random() < 0.7 else "fresh"
    tables, rules, bounds, records = [], [], [], []
    for counts in _editions(draw, number, shape, 4):
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
    found = _audited(
        tables, rules, changes, "simulating" if simulated else "rule-aware"
    )
    if found != wanted and not _beyond(found, wanted, most):
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


def _needed(draw, number, *, simulated):
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


def _hidden(draw, number, *, simulated):
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
    for counts in _editions(draw, number, shape, 6 if len(shape) == 1 else 5):
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
    found = _audited(
        tables, rules, changes, "simulating" if simulated else "rule-aware"
    )
    if found != wanted and not _beyond(found, wanted, most):
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


def _audited(tables, rules, changes, reader):
    pairs = list(zip(tables, rules, strict=True))
    try:
        found = audit(
            tables[-1],
            rule=rules[-1],
            reader=reader,
            earlier=pairs[:-1],
            changes=changes,
        ).head(len(tables[-1]))
    except DisclosureError:
        return None
    return found["low"].tolist(), found["high"].tolist()


def _beyond(found, wanted, most):
    """Whether the audit allows more only where brute force did not try so far."""
    if found is None or wanted is None:
        return False
    same_low = found[0] == wanted[0]
    return same_low and all(
        ours == theirs or (ours > most and theirs >= most)
        for ours, theirs in zip(found[1], wanted[1], strict=True)
    )
