"""Small tables for tests of protection, and every true table behind them."""

import itertools

import numpy as np
import pandas as pd

from sdctables.cells.incidence import inner_cells_of

S1_PRIMARY = ["wa", "wb", "wc", "xa", "xc", "yb", "yd", "zb", "zd"]
S1_COUNTS = {
    "w": (30, 47, 64, 89),
    "x": (90, 124, 5, 31),
    "y": (92, 100, 59, 85),
    "z": (800, 991, 651, 685),
}
S3 = pd.DataFrame(
    {
        "area": list("ABIJKLMN"),
        "county": ["county-1"] * 4 + ["county-2"] * 4,
        "size": ["small"] * 5 + ["big"] * 2 + ["small"],
        "n": [2, 2, 8, 8, 3, 3, 3, 7],
    }
)
S3_MARGINS = [("area", "county", "size"), ("county",), ("size",), ()]
S8 = [[6, 0, 1, 3, 4], [1, 2, 3, 1, 2], [0, 1, 1, 0, 2]]


def frame(counts, names="abcd"):
    counts = np.array(counts)
    places = np.indices(counts.shape).reshape(counts.ndim, -1)
    columns = {
        name: [f"{name}{value}" for value in place]
        for name, place in zip(names, places, strict=False)
    }
    return pd.DataFrame({**columns, "n": counts.ravel()})


def all_margins(cells):
    columns = [name for name in cells.columns if name != "n"]
    return [
        margin
        for size in range(len(columns) + 1)
        for margin in itertools.combinations(columns, size)
    ]


def s1_cells():
    rows = [
        (row, column, n)
        for row, counts in S1_COUNTS.items()
        for column, n in zip("abcd", counts, strict=True)
    ]
    return pd.DataFrame(rows, columns=["row", "column", "n"])


def every_table(size, most):
    return np.indices((most + 1,) * size).reshape(size, -1)


def brute_force_suppressed(published, rule, reader, most):
    tables, sums = _tables_and_sums(published, most)
    fits = np.ones(tables.shape[1], dtype=bool)
    for row, (n, status) in enumerate(
        zip(published["n"], published["status"], strict=True)
    ):
        if status == "shown":
            fits &= sums[row] == n
        elif reader == "rule-aware":
            fits &= sums[row] >= (rule.zeros == "show")
            if status == "primary":
                fits &= sums[row] <= rule.threshold
            if status == "secondary":
                fits &= sums[row] > rule.threshold
    return _extremes(np.vstack([sums, tables])[:, fits])


def brute_force_rounded(published, rule, most):
    # Every rounded table that adds up to what is published, every truth behind it.
    tables, sums = _tables_and_sums(published, most)
    base, shift = rule.base, rule.shift
    rounded = tables[:, ((tables == 0) | (tables >= base)).all(axis=0)]
    incidence = _incidence(published)
    agrees = (incidence @ rounded == published["n"].to_numpy()[:, None]).all(axis=0)
    fits = np.zeros(tables.shape[1], dtype=bool)
    for p in rounded[:, agrees].T:
        low = np.select([p == 0, p == base], [0, 1], np.maximum(p - shift, base))
        high = np.where(p == 0, base - 1, p + shift)
        inside = ((tables >= low[:, None]) & (tables <= high[:, None])).all(axis=0)
        if () in rule.exact:
            inside &= tables.sum(axis=0) == p.sum()
        fits |= inside
    return _extremes(np.vstack([sums, tables])[:, fits])


def _incidence(published):
    return inner_cells_of(published).incidence(published.frame).toarray()


def _tables_and_sums(published, most):
    incidence = _incidence(published)
    tables = every_table(incidence.shape[1], most)
    return tables, incidence @ tables


def _extremes(values):
    return values.min(axis=1).tolist(), values.max(axis=1).tolist()
