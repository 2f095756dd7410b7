"""Applies the decisions of the desk to what a register counts.

What was received stays as it is: the decisions change the frames that are counted. A
decision on a row goes on for a later version that lists the same row, told by its
reference or its words; one that fits no row stops the run.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from qadaya.returns.corrections import (
    COUNT_HERE,
    DIFFERENT_CASES,
    EXCLUDE,
    RECODE,
    Correction,
    Place,
)
from qadaya.returns.register import frames
from qadaya.returns.register.agreement import require_agreeing
from qadaya.returns.register.frames import CASE_COLUMNS, typed_frame
from qadaya.returns.register.meant_rows import (
    CODES,
    Applied,
    Key,
    Meant,
    MeantRow,
    rows_meant,
    unfit,
)
from qadaya.vocabulary import BLOCKING, stage_and_result

if TYPE_CHECKING:
    import pandas as pd

DECISION_COLUMNS = (
    "return",
    "court_id",
    "year",
    "row",
    "action",
    "detail",
    "reason",
    "confirmed_by",
    "confirmed_on",
)
# What a decision on a case listed twice settles.
_ON_TWICE = ("counted_twice", "second_degree_case", "referred_elsewhere")
_OUTCOMES = ("prosecution", "first_instance", "appeal", "cassation")


class RegisterContents(NamedTuple):
    """What a register holds at one moment; each as `Register` gives it by that name.

    `difficulties` are how many courts named each theme; `known` tells the moment: the
    hash over the lines of the log, and the day of the last decision; `decisions` are
    those that were applied, each with its row.
    """

    cases: pd.DataFrame
    returns: pd.DataFrame
    problems: pd.DataFrame
    difficulties: pd.DataFrame | None = None
    known: Mapping[str, str] | None = None
    decisions: pd.DataFrame | None = None


def decided(
    connection: sqlite3.Connection, corrections: Sequence[tuple[int, Correction]]
) -> tuple[RegisterContents, list[Applied]]:
    """The frames of a register after the decisions, and what was applied where.

    Raises: ParameterError for a decision that fits no row, cannot be carried out, or
    undoes another.
    """
    cases = frames.read_cases(connection)
    returns = frames.read_returns(connection)
    problems = frames.read_problems(connection)
    if not corrections:
        return RegisterContents(cases, returns, problems), []
    meant = rows_meant(connection, corrections)
    done = [meaning.applied for meaning in meant]
    require_agreeing([(meaning.number, meaning.applied) for meaning in meant])
    given = _codes_given(meant)
    for number, correction, row, other in meant:
        beside = correction.other
        if correction.action == RECODE:
            to = given[row.key]
            cases, problems = _recoded(cases, problems, row, to, correction, number)
        elif correction.action == COUNT_HERE:
            assert other is not None  # such a decision names one
            _require_sound(problems, row, correction.where, number)
            cases = _with(_without(cases, other), row)
        elif correction.action == DIFFERENT_CASES:
            assert beside is not None and other is not None
            for each, place in ((row, correction.where), (other, beside)):
                _require_sound(problems, each, place, number)
                cases = _with(cases, each)
        else:
            cases = _without(cases, row)
        if correction.action == EXCLUDE:
            problems = problems[~_at(problems, row)]
        if other is not None:
            problems = _settled(problems, row, other)
    contents = RegisterContents(
        cases.reset_index(drop=True),
        _recounted(returns, cases, done),
        problems.reset_index(drop=True),
        decisions=_listed(done),
    )
    return contents, done


def _codes_given(meant: Sequence[Meant]) -> dict[Key, dict[str, str]]:
    """The codes that all entries together give to each row.

    A row that is left out for two of its columns may be mended by two entries, of which
    neither would do alone.
    """
    given: dict[Key, dict[str, str]] = {}
    for meaning in meant:
        given.setdefault(meaning.row.key, {}).update(meaning.correction.to)
    return given


def _listed(done: Sequence[Applied]) -> pd.DataFrame:
    """The decisions as they were applied, in their order."""
    rows = [
        (
            applied.return_id,
            applied.correction.where.court,
            applied.correction.where.year,
            applied.row,
            applied.correction.action,
            " ".join(f"{name}={code}" for name, code in applied.correction.to.items())
            or (str(applied.correction.other) if applied.correction.other else None),
            applied.correction.reason,
            applied.correction.confirmed_by,
            applied.correction.confirmed_on.isoformat(),
        )
        for applied in done
    ]
    return typed_frame(rows, DECISION_COLUMNS)


def _recounted(
    returns: pd.DataFrame, cases: pd.DataFrame, done: Sequence[Applied]
) -> pd.DataFrame:
    """The returns with their rows counted anew, and the decisions on each."""
    import pandas as pd

    touched = returns["return"].isin([applied.return_id for applied in done])
    touched |= returns["current"].astype(bool)
    counts = cases["return"].value_counts()
    accepted = returns["return"].map(counts).fillna(0).astype("Int64")
    every = returns["accepted"] + returns["refused"]
    decisions = pd.Series(
        [applied.return_id for applied in done], dtype=str
    ).value_counts()
    return returns.assign(
        accepted=returns["accepted"].mask(touched, accepted),
        refused=returns["refused"].mask(touched, every - accepted),
        corrections=returns["return"].map(decisions).fillna(0).astype("Int64"),
    )


def _require_sound(
    problems: pd.DataFrame, row: MeantRow, place: Place, number: int
) -> None:
    """Refuse to count a row that is left out for another reason than its double."""
    left = problems[_at(problems, row) & problems["severity"].isin(BLOCKING)]
    left = left[~left["rule"].isin(_ON_TWICE)]
    if len(left):
        pairs = left[["rule", "cell"]].fillna("").itertuples(index=False)
        rules = [f"{rule} ({cell})" if cell else str(rule) for rule, cell in pairs]
        why = f"{', '.join(dict.fromkeys(rules))} leaves the row out all the same"
        raise unfit(number, place, why)


def _recoded(
    cases: pd.DataFrame,
    problems: pd.DataFrame,
    row: MeantRow,
    to: dict[str, str],
    correction: Correction,
    number: int,
) -> tuple[pd.DataFrame, pd.DataFrame]:
    cells = {row.cells.get(column) for column in to}
    problems = problems[~(_at(problems, row) & problems["cell"].isin(cells))]
    _require_sound(problems, row, correction.where, number)
    codes = row.codes | to
    outcomes = [codes[column] for column in _OUTCOMES]
    if not all(outcomes):
        raise unfit(number, correction.where, "a code of the row is still unknown")
    stage, result = stage_and_result(*outcomes)
    recoded = row._replace(codes=codes | {"stage": stage, "result": result})
    return _with(_without(cases, row), recoded), problems


def _without(cases: pd.DataFrame, row: MeantRow) -> pd.DataFrame:
    return cases[~_at(cases, row)]


def _with(cases: pd.DataFrame, row: MeantRow) -> pd.DataFrame:
    import pandas as pd

    if _at(cases, row).any():
        return cases
    values = [row.return_id, row.file, row.sheet, row.row]
    values += [row.codes[column] for column in CODES]
    return pd.concat([cases, typed_frame([values], CASE_COLUMNS)], ignore_index=True)


def _settled(problems: pd.DataFrame, *rows: MeantRow) -> pd.DataFrame:
    """Without the questions that a decision on two rows has answered."""
    asked = problems["rule"].isin(_ON_TWICE)
    for row in rows:
        problems = problems[~(_at(problems, row) & asked.loc[problems.index])]
    return problems


def _at(frame: pd.DataFrame, row: MeantRow) -> pd.Series:
    is_there = (frame["return"] == row.return_id) & (frame["row"] == row.row)
    return is_there.fillna(False).astype(bool)
