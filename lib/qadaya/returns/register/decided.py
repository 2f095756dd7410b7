"""Applies the decisions of the desk to what a register counts.

What was received stays as it is: the decisions change the frames that are counted. A
decision on a row goes on for a later version that lists the same row, told by its
reference or its words; one that fits no row stops the run.
"""

import json
import sqlite3
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import pandas as pd

from qadaya.errors import ParameterError
from qadaya.returns.corrections import (
    COUNT_HERE,
    DIFFERENT_CASES,
    EXCLUDE,
    RECODE,
    Correction,
    Place,
)
from qadaya.returns.register import frames
from qadaya.returns.register.frames import CASE_COLUMNS, typed_frame
from qadaya.vocabulary import BLOCKING, stage_and_result

Key = tuple[str, int]
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
_ROWS = (
    "SELECT return, case_rows.row, cells, typed, {codes}, returns.file, "
    "returns.sheet FROM case_rows JOIN returns ON returns.id = return "
    "WHERE returns.court_id = ? AND returns.year = ? AND {which}"
)
_VERSION = "returns.supplement = ? AND returns.version = ?"
_CODES = CASE_COLUMNS[4:]


class Applied(NamedTuple):
    """A decision and the row of what counts that it was applied to.

    `other`: the row beside it, as its return and row, where the decision names one.
    """

    correction: Correction
    return_id: str
    row: int
    other: Key | None = None


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


class _Row(NamedTuple):
    return_id: str
    row: int
    cells: dict[str, str]
    typed: dict[str, str]
    codes: dict[str, Any]
    file: str
    sheet: str | None

    @property
    def key(self) -> Key:
        return self.return_id, self.row

    @property
    def told(self) -> str:
        """By what it is known again in another version."""
        reference = self.codes.get("case_reference")
        return str(reference or sorted(self.typed.items()))


def decided(
    connection: sqlite3.Connection, corrections: Sequence[Correction]
) -> tuple[RegisterContents, list[Applied]]:
    """The frames of a register after the decisions, and what was applied where.

    Raises: ParameterError for a decision that fits no row, or cannot be carried out.
    """
    cases = frames.read_cases(connection)
    returns = frames.read_returns(connection)
    problems = frames.read_problems(connection)
    if not corrections:
        return RegisterContents(cases, returns, problems), []
    done = []
    for number, correction in enumerate(corrections, start=1):
        row = _find(connection, correction.where, number)
        beside = correction.other
        other = _find(connection, beside, number) if beside is not None else None
        if correction.action == RECODE:
            cases, problems = _recoded(cases, problems, row, correction, number)
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
        done.append(Applied(correction, *row.key, other.key if other else None))
    contents = RegisterContents(
        cases.reset_index(drop=True),
        _recounted(returns, cases, done),
        problems.reset_index(drop=True),
        decisions=_listed(done),
    )
    return contents, done


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
    touched = returns["return"].isin([one.return_id for one in done])
    touched |= returns["current"].astype(bool)
    counts = cases["return"].value_counts()
    accepted = returns["return"].map(counts).fillna(0).astype("Int64")
    every = returns["accepted"] + returns["refused"]
    decisions = pd.Series([one.return_id for one in done], dtype=str).value_counts()
    return returns.assign(
        accepted=returns["accepted"].mask(touched, accepted),
        refused=returns["refused"].mask(touched, every - accepted),
        corrections=returns["return"].map(decisions).fillna(0).astype("Int64"),
    )


def _find(connection: sqlite3.Connection, place: Place, number: int) -> _Row:
    """The row of what counts that a decision means."""
    named = [
        one
        for one in _rows(connection, place, _VERSION, *place.version_key[2:])
        if one.row == place.row and place.sheet in (None, one.sheet)
    ]
    if len(named) != 1:
        raise _unfit(number, place, "no such row" if not named else "on two sheets")
    counting = _rows(connection, place, "returns.current AND NOT covered")
    same = [one for one in counting if one.key == named[0].key]
    same = same or [one for one in counting if one.told == named[0].told]
    if not same:
        raise _unfit(number, place, "not among the rows of the version that counts")
    return same[0]


def _unfit(number: int, place: Place, why: str) -> ParameterError:
    return ParameterError(
        f"params/corrections.yml, entry {number}: {place}: {why}; expected a row of "
        "what is counted. Look at it with `qadaya diff`, then mend the entry or take "
        "it out"
    )


def _rows(
    connection: sqlite3.Connection, place: Place, which: str, *values: object
) -> list[_Row]:
    codes = ", ".join(f"case_rows.{column}" for column in _CODES)
    rows = connection.execute(
        _ROWS.format(codes=codes, which=which), (place.court, place.year, *values)
    )
    return [
        _Row(
            return_id,
            row,
            json.loads(cells),
            json.loads(typed),
            dict(zip(_CODES, rest, strict=False)),
            *rest[len(_CODES) :],
        )
        for return_id, row, cells, typed, *rest in rows
    ]


def _require_sound(
    problems: pd.DataFrame, row: _Row, place: Place, number: int
) -> None:
    """Refuse to count a row that is left out for another reason than its double."""
    left = problems[_at(problems, row) & problems["severity"].isin(BLOCKING)]
    rules = sorted(set(left["rule"]) - set(_ON_TWICE))
    if rules:
        raise _unfit(
            number, place, f"{', '.join(rules)} leaves the row out all the same"
        )


def _recoded(
    cases: pd.DataFrame,
    problems: pd.DataFrame,
    row: _Row,
    correction: Correction,
    number: int,
) -> tuple[pd.DataFrame, pd.DataFrame]:
    cells = {row.cells.get(column) for column in correction.to}
    problems = problems[~(_at(problems, row) & problems["cell"].isin(cells))]
    _require_sound(problems, row, correction.where, number)
    codes = row.codes | correction.to
    outcomes = [codes[column] for column in _OUTCOMES]
    if not all(outcomes):
        raise _unfit(number, correction.where, "a code of the row is still unknown")
    stage, result = stage_and_result(*outcomes)
    recoded = row._replace(codes=codes | {"stage": stage, "result": result})
    return _with(_without(cases, row), recoded), problems


def _without(cases: pd.DataFrame, row: _Row) -> pd.DataFrame:
    return cases[~_at(cases, row)]


def _with(cases: pd.DataFrame, row: _Row) -> pd.DataFrame:
    if _at(cases, row).any():
        return cases
    values = [row.return_id, row.file, row.sheet, row.row]
    values += [row.codes[column] for column in _CODES]
    return pd.concat([cases, typed_frame([values], CASE_COLUMNS)], ignore_index=True)


def _settled(problems: pd.DataFrame, *rows: _Row) -> pd.DataFrame:
    """Without the questions that a decision on two rows has answered."""
    asked = problems["rule"].isin(_ON_TWICE)
    for row in rows:
        problems = problems[~(_at(problems, row) & asked.loc[problems.index])]
    return problems


def _at(frame: pd.DataFrame, row: _Row) -> pd.Series:
    is_there = (frame["return"] == row.return_id) & (frame["row"] == row.row)
    return is_there.fillna(False).astype(bool)
