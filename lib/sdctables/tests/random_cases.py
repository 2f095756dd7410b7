"""Small cases drawn at random, each beside what brute force says of it.

A case is one edition, a pair or a triple, by one method, read by a reader who has the
rule or also runs the programme. `run(seed)` audits it and returns what is wrong.
"""

from collections import Counter

import numpy as np

from brute_force import incidence_of, rounded_editions, suppressed_editions
from sdctables import DisclosureError, Rule, audit, published_cells, round_counts
from sdctables import suppress as hide
from simulating import hiding_comes_of, rounding_comes_of
from small_tables import all_margins, every_table, frame

KINDS = (
    *("rounded edition", "rounded pair", "rounded triple"),
    *("hidden edition", "hidden pair", "hidden triple"),
    *("rounded edition, simulated", "hidden edition, simulated"),
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
    if number == 3:
        shape = (2,)
    margins = SOME_MARGINS[len(shape)]
    margins = margins[draw.integers(len(margins))]
    kept = "kept" if draw.random() < 0.7 else "fresh"
    tables, rules, bounds, records = [], [], [], []
    for counts in _editions(draw, number, shape, 4):
        # A base that changes, now and then.
        own = int(draw.choice([2, 3])) if number > 1 and draw.random() < 0.2 else base
        rule = Rule(base=own, chance=0.5, thresholds=kept)
        alike = [record for record, old in records if old.base == own]
        answer, report = round_counts(
            frame(counts),
            margins,
            rule=rule,
            earlier=alike if kept == "kept" else (),
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
        return _simulated_rounding(answer, tables[0], margins, rule, bounds[0], wanted)
    return None


def _simulated_rounding(answer, table, margins, rule, bounds, wanted):
    """Every end of an interval must be reached by a table that can be so rounded."""
    incidence, base = incidence_of(table), rule.base
    sums = table["n"].to_numpy()
    p = answer["published"].to_numpy()
    reached = []
    for true in _true_tables(p, base):
        near = all(
            abs(incidence[row] @ true - sums[row]) <= off for row, off in bounds.items()
        )
        if near:
            shape = answer.assign(n=true).drop(columns="published")
            if rounding_comes_of(shape, p, margins, rule):
                reached.append(incidence @ true)
    ends = np.array(reached).T
    low, high = ends.min(axis=1), ends.max(axis=1)
    # Other rounded tables may stand behind published sums: there ends can be wider.
    inner = any(len(each) == answer.shape[1] - 2 for each in margins)
    if inner and (low.tolist(), high.tolist()) != tuple(wanted):
        return f"simulated {low, high}, audit {wanted}"
    if ((high - low < 1) & (low < base) & (high > 0)).any():
        return f"simulated {low, high} gives a count away; audit {wanted}"
    return None


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
        shape = [(3,), (2, 2)][draw.integers(2)]
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
        return _simulated_hiding(tables[0], margins, rule, most)
    return None


def _simulated_hiding(table, margins, rule, most):
    """No cell that may be small is told more narrowly than the rule allows."""
    incidence = incidence_of(table)
    shown = table.status == "shown"
    values = table["n"].fillna(-1).to_numpy()
    every = every_table(incidence.shape[1], most)
    sums = incidence @ every
    agree = (sums[shown] == values[shown][:, None]).all(axis=0)
    attributes = list(table.attributes)
    inner = table.frame[(table.keys != "Total").all(axis=1)][attributes]
    reached = [
        incidence @ true
        for true in every[:, agree].T
        if hiding_comes_of(inner.assign(n=true), table, margins, rule, "rule-aware")
    ]
    ends = np.array(reached).T
    low, high = ends.min(axis=1), ends.max(axis=1)
    small = ~shown & (low <= rule.threshold) & (high >= (rule.zeros == "show"))
    if (high - low < rule.width)[small].any():
        return f"simulated {low.tolist(), high.tolist()} with {rule}"
    return None


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
