"""When courts are asked and until when they may answer: `params/deadlines.yml`."""

import re
from datetime import date
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from qadaya.errors import ParameterError
from qadaya.strict_yaml import read_yaml
from qadaya.vocabulary import FIRST_ASKED
from qadaya.workbench.settings import settings_file

_FILE = "deadlines.yml"
_MONTH_AND_DAY = re.compile(r"\d\d-\d\d")


def _month_and_day(told: object) -> str:
    if not isinstance(told, str) or not _MONTH_AND_DAY.fullmatch(told):
        raise ValueError("expected a month and a day such as 02-28")
    try:
        date.fromisoformat(f"2001-{told}")  # no leap year: it must be in every year
    except ValueError as fault:
        raise ValueError("expected a day that every year has, such as 02-28") from fault
    return told


_Day = Annotated[str, BeforeValidator(_month_and_day)]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class _Decision(_Strict):
    by: str = Field(min_length=1)
    decided: date
    why: str = Field(min_length=1)


class _EveryYear(_Strict):
    asked: _Day
    due: _Day


class Deadline(_Strict):
    """The day from which a year's figures are asked for, and the last to send them."""

    asked: date
    due: date


class Deadlines(_Strict):
    """The days of every year, and those of years that have their own."""

    decision: _Decision
    every_year: _EveryYear
    years: dict[int, Deadline]

    def of(self, year: int) -> Deadline | None:
        """The days for the figures of a year; None for one that is not asked for."""
        if year in self.years:
            return self.years[year]
        if year < FIRST_ASKED:
            return None
        asked, due = (
            date.fromisoformat(f"{year + 1}-{day}")
            for day in (self.every_year.asked, self.every_year.due)
        )
        return Deadline(asked=asked, due=due)


def read_deadlines(path: Path | None = None) -> Deadlines:
    """The deadlines of this workbench, or those that come with Qadaya.

    Raises: ParameterError, one line, for a file that is not as expected.
    """
    path = settings_file(_FILE, path)
    entries = read_yaml(path, expected="the days by which courts answer")
    try:
        read = Deadlines.model_validate(entries)
    except ValidationError as fault:
        error = fault.errors()[0]
        name = ".".join(map(str, error["loc"])) or path.stem
        raise ParameterError(
            f"{path}: {name}: {error['msg']}; expected decision, every_year (asked, "
            "due) and years"
        ) from None
    ways = {"every_year": (read.every_year.asked, read.every_year.due)}
    ways |= {
        f"years.{year}": (days.asked.isoformat(), days.due.isoformat())
        for year, days in read.years.items()
    }
    for year, days in read.years.items():
        if days.due.year <= year:
            raise ParameterError(
                f"{path}: years.{year}: due is {days.due}, before that year is over; "
                f"expected a day of {year + 1} or later"
            )
    for name, (asked, due) in ways.items():
        if asked > due:
            raise ParameterError(
                f"{path}: {name}: due is {due}, before it is asked for ({asked}); "
                "expected a later day"
            )
    return read
