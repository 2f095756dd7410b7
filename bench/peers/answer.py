"""One peer's answer for one table: JSON in, JSON out, in the peers' own environment.

In: tool ("tau-argus" or "acro"), method, columns, cases (a row of codes for each case)
and threshold (the largest small count). Out: `cells`, rows of codes ("Total" where
summed over) and what is printed (null where hidden), with the `seconds` of the call
alone; or `refused` with what the tool said.
"""

import json
import logging
import os
import sys
import tempfile
import time

import pandas as pd

TOTAL = "Total"
Answer = tuple[list[list[object]], float]


def main() -> None:
    asked = json.load(sys.stdin)
    # Both tools talk on the output; the answer alone may stand there.
    answers = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)
    logging.disable(logging.CRITICAL)
    cases = pd.DataFrame(asked["cases"], columns=asked["columns"])
    tool = {"tau-argus": tau_argus, "acro": acro}[asked["tool"]]
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        try:
            cells, seconds = tool(cases, asked["method"], asked["threshold"])
            answer = {"cells": cells, "seconds": seconds}
        except Exception as reason:  # what a peer raises is its answer
            answer = {"refused": f"{type(reason).__name__}: {reason}"}
    json.dump(answer, answers)


def tau_argus(cases: pd.DataFrame, method: str, threshold: int) -> Answer:
    """OPT(1), MOD(1) or RND(1,base): every sum of one table, a case as a response of 1.

    A count up to the threshold is unsafe, a zero is not.
    """
    from pytauargus import protect

    began = time.perf_counter()
    done = protect(
        cases.assign(response=1.0),
        list(cases),
        response="response",
        safety_rules=f"FREQ({threshold + 1},10)",
        suppress=method,
        decimals=0,
        workdir="tau",
    )
    seconds = time.perf_counter() - began
    cells = []
    for row in done.tables[0].rows:
        hidden = row["status"] in ("U", "M")
        printed = None if hidden else round(row["response"])
        cells.append([*(row[name] for name in cases), printed])
    if method.startswith("RND") and not any(cell[-1] for cell in cells):
        raise ValueError("no pattern exists; returned zeros")
    return cells, seconds


def acro(cases: pd.DataFrame, method: str, threshold: int) -> Answer:
    """`suppress` or `round`: a table of two columns with its outer totals."""
    from acro import ACRO

    down, across = list(cases)
    began = time.perf_counter()
    session = ACRO(mitigation=method)
    session.config["safe_threshold"] = threshold + 1
    table = session.crosstab(cases[down], cases[across], margins=True)
    seconds = time.perf_counter() - began
    cells = []
    for row, line in table.iterrows():
        for column, found in line.items():
            names = [TOTAL if name == "All" else name for name in (row, column)]
            cells.append([*names, None if pd.isna(found) else int(found)])
    return cells, seconds


if __name__ == "__main__":
    main()
