"""Small cases drawn at random, each beside what brute force says of it.

A case is one edition, a pair or a triple, by one method, read by a reader who has the
rule or also runs the programme on every row of true tables that might be behind them.
`run(seed)` audits it and returns what is wrong.
"""

from collections import Counter

import numpy as np

from drawn_editions import NOT_TRIED
from hidden_cases import hidden_case
from rounded_cases import needed_case, rounded_case

KINDS = (
    *("rounded edition", "rounded pair", "rounded triple"),
    *("hidden edition", "hidden pair", "hidden triple"),
    *("rounded edition, simulated", "hidden edition, simulated"),
    *("rounded pair, simulated", "rounded triple, simulated"),
    *("hidden pair, simulated", "hidden triple, simulated"),
    "rounded where needed",
)


def run(seed):
    """The kind of a case, and what is wrong with its audit: None if nothing is."""
    draw = np.random.default_rng(seed)
    kind = KINDS[seed % len(KINDS)]
    case = rounded_case if kind.startswith("rounded") else hidden_case
    case = needed_case if kind.endswith("needed") else case
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
