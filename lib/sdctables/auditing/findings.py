"""What an audit means for the policy: cells given away, why, and certain shares."""

import numbers
from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sdctables.auditing.audit import audit
from sdctables.auditing.evidence import (
    Cells,
    Changes,
    Earlier,
    Evidence,
    Total,
    constraints_of,
    gather,
)
from sdctables.cells.checks import TOTAL, audited_columns, cell_name, require_audit
from sdctables.errors import DisclosureError, ParameterError
from sdctables.rule import Reader, Rule
from sdctables.solver import Answer, Solver, Vector

TOLERANCE = 1e-6
MOST_NAMED = 5


def shortfalls(audited: pd.DataFrame, rule: Rule) -> pd.DataFrame:
    """Rows of an audit that fall short of the policy: small and known too well.

    A cell is small if it can be below the least open count (the base, or the threshold
    plus one); it is known too well if its interval is narrower than `rule.width`. A
    count that is shown under suppression is there on purpose. So is a certain zero,
    where the rule shows zeros; in a rounded edition a zero is protected like any small
    count. Primary cells that were named count whatever their size.
    """
    require_audit(audited)
    if not isinstance(rule, Rule):
        raise ParameterError(f"rule is {rule!r}; expected the Rule of the table")
    # Sure to be large: nobody is given away by a count from here on.
    small = audited["low"] < rule.smallest_open
    exempt = pd.Series(False, index=audited.index)
    if rule.shows_true_counts:
        exempt |= audited["status"] == "shown"
        if rule.zeros == "show":
            exempt |= audited["high"] == 0
        if rule.primary == "named":
            small |= audited["status"] == "primary"
    # An interval of one count has the width 0.
    narrow = audited["high"] - audited["low"] < rule.width
    return audited[small & narrow & ~exempt]


def require_width(
    published: Cells,
    *,
    rule: Rule | None = None,
    reader: Reader | str = "rule-aware",
    external: pd.DataFrame | Iterable[Total] = (),
    earlier: Iterable[Earlier] = (),
    bounds: Mapping[Any, Any] | None = None,
    inner: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """The audit of an edition that may be published; arguments as for `audit`.

    Raises: DisclosureError naming the cells that fall short and the published cells
    whose combination gives each of them away.
    """
    external, earlier = _kept(external), list(earlier)
    known: dict[str, Any] = {"external": external, "earlier": earlier}
    known |= {"bounds": bounds, "inner": inner}
    audited = audit(published, rule=rule, reader=reader, **known)
    evidence = gather(published, rule, reader, external, earlier, bounds, inner)
    rule = evidence.present.rule
    short = shortfalls(audited, rule)
    if short.empty:
        return audited
    named = [
        _equation(evidence, row, row["changes"])
        for _, row in short.head(MOST_NAMED).iterrows()
    ]
    more = f" And {len(short) - MOST_NAMED} more." if len(short) > MOST_NAMED else ""
    raise DisclosureError(
        f"{len(short)} of {len(audited)} cells can be known to less than "
        f"{rule.width} by a {Reader.of(reader).knows} reader. {'; '.join(named)}."
        f"{more} Publish fewer margins, or protect these cells further."
    )


def explain(
    published: Cells,
    cell: Mapping[str, Any] | pd.Series,
    *,
    rule: Rule | None = None,
    reader: Reader | str = "rule-aware",
    external: pd.DataFrame | Iterable[Total] = (),
    earlier: Iterable[Earlier] = (),
    bounds: Mapping[Any, Any] | None = None,
    inner: pd.DataFrame | None = None,
    changes: Changes = "none",
) -> str:
    """The published cells that bound one cell, as an equation in words.

    `cell`: attribute values; an attribute that is left out is summed over.
    """
    if not isinstance(cell, Mapping | pd.Series):
        raise ParameterError(
            f"cell is {cell!r}; expected attribute values, for example "
            '{"town": "Ash"}'
        )
    evidence = gather(published, rule, reader, external, earlier, bounds, inner)
    return _equation(evidence, cell, changes)


def certain_shares(
    audited: pd.DataFrame, column: str, *, coalition: int = 0
) -> pd.DataFrame:
    """Groups in which a reader is sure that one value of `column` has none or all.

    Rows: the cells of an audit with a value in `column`, with `share` ("none" or
    "all"), for groups that certainly hold a case. A group is all that the other
    attributes have in common, over the values of `column` that the audit has.
    `coalition`: how many cases of the group the reader knows by himself; the share is
    that of the others.

    Raises: ParameterError for a column that the audit does not have.
    """
    require_audit(audited)
    if not isinstance(coalition, numbers.Integral) or coalition < 0:
        raise ParameterError(
            f"coalition is {coalition!r}; expected a number of cases, at least 0"
        )
    attributes = audited_columns(audited)
    if column not in attributes:
        raise ParameterError(
            f"column is {column!r}; expected one of {', '.join(attributes)}"
        )
    others = [name for name in attributes if name != column]
    part = (audited[column] != TOTAL).to_numpy(dtype=bool)
    group, low, high = _groups(audited, others), *_ends(audited)
    # A group holds at least what its parts do, or the sum over them where that is
    # published; at most it holds what they can hold together.
    known = np.bincount(group[part], low[part], minlength=group.max(initial=-1) + 1)
    np.maximum.at(known, group[~part], low[~part])
    most = np.bincount(group[part], high[part], minlength=len(known))
    with np.errstate(invalid="ignore"):  # what is endless less itself is no number
        others_high = most[group] - high
    # Certainly more cases than the reader has, else there are no others to share.
    occupied = known[group] > coalition
    # He may have all that the part can hold: then none of the others is in it.
    none = occupied & (high <= coalition)
    # Or all that the other parts can hold: then all of the others are in this one.
    every = occupied & (others_high <= coalition)
    certain = audited.assign(share=np.select([every, none], ["all", "none"], ""))
    return certain[part & (certain["share"] != "")]


def _groups(audited: pd.DataFrame, others: list[str]) -> NDArray[np.intp]:
    """For each cell the number of those that have all other attributes in common."""
    if not others:
        return np.zeros(len(audited), dtype=np.intp)
    grouped = audited.groupby(others, sort=False, dropna=False, observed=True)
    return np.asarray(grouped.ngroup(), dtype=np.intp)


def _ends(audited: pd.DataFrame) -> tuple[Vector, Vector]:
    low, high = (audited[name].to_numpy(dtype=float) for name in ("low", "high"))
    return low, high


def _kept(external: pd.DataFrame | Iterable[Total]) -> pd.DataFrame | list[Total]:
    return external if isinstance(external, pd.DataFrame) else list(external)


def _equation(
    evidence: Evidence, cell: Mapping[Any, Any] | pd.Series, changes: Changes
) -> str:
    attributes = evidence.present.attributes
    wanted = pd.DataFrame([{name: cell.get(name, TOTAL) for name in attributes}])
    constraints, columns = constraints_of(evidence, changes)
    inside = evidence.behind.incidence(wanted)
    if not inside.nnz:
        raise ParameterError(
            f"cell {cell_name(wanted.iloc[0], attributes)}: is not behind any "
            "published cell; expected values that occur in the edition"
        )
    # The duals of a linear programme write its bound as a sum of rows:
    #     bound = sum over rows of dual x (the end that the row is at)
    # Whole numbers would have no such sum, so the words may fall short of the audit.
    programme = constraints.programme()
    target = np.zeros(constraints.columns)
    target[columns[inside.indices]] = 1
    solver = Solver(programme)
    name = cell_name(wanted.iloc[0], attributes)
    sides: dict[str, str] = {}
    for sign, words in ((1.0, "at least"), (-1.0, "at most")):
        # min x, then min -x: the greatest value with its sign turned.
        answer = solver.minimise(sign * target)
        if answer.status != "optimal":
            continue
        value = sign * answer.value
        whole = np.ceil(value - TOLERANCE) if sign > 0 else np.floor(value + TOLERANCE)
        terms = _terms(constraints, answer, sign)
        sides[words] = f"{whole:.0f}{' = ' + terms if terms else ''}"
    if len(sides) == 2 and len(set(sides.values())) == 1:
        return f"{name} is exactly {sides['at least']}"
    limits = " and ".join(f"{words} {bound}" for words, bound in sides.items())
    return f"{name} is {limits or 'not bounded'}"


def _terms(constraints: Any, answer: Answer, sign: float) -> str:
    """The rows that the bound leans on, each with its share of the sum."""
    programme = constraints.programme()
    parts = []
    for row in np.flatnonzero(np.abs(answer.row_dual) > TOLERANCE).tolist():
        dual = answer.row_dual[row]
        # A positive dual leans on the lower end of its row, a negative one on the
        # upper.
        end = programme.row_low[row] if dual > 0 else programme.row_high[row]
        factor = sign * dual
        times = "" if np.isclose(abs(factor), 1) else f"{abs(factor):.3g} x "
        mark = "-" if factor < 0 else "+"
        parts.append(f"{mark} {times}{end:.0f} ({constraints.source(row)})")
    return " ".join(sorted(parts, key=lambda part: part[0] == "-")).removeprefix("+ ")
