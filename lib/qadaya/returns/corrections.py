"""The decisions of the desk: `params/corrections.yml`, read strictly."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Annotated, Literal, NamedTuple, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from qadaya.errors import ParameterError
from qadaya.reference.tables import circuits
from qadaya.returns.personal import is_personal
from qadaya.strict_yaml import read_yaml
from qadaya.vocabulary import codes
from qadaya.workbench import PARAMS, find_home

RECODE, EXCLUDE = "recode", "exclude"
COUNT_HERE, SAME_CASE_AS = "count_here", "same_case_as"
DIFFERENT_CASES = "different_cases"
_OF_TWO = (COUNT_HERE, SAME_CASE_AS, DIFFERENT_CASES)
RECODED = (
    "subject",
    "platform",
    "prosecution",
    "first_instance",
    "appeal",
    "cassation",
)
SHORTEST_TEXT = 3  # characters of a reason, or of who confirmed it
_Text = Annotated[str, Field(min_length=SHORTEST_TEXT)]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class Place(_Strict):
    """One row of one version of a court's return, or of one of its supplements."""

    court: str
    year: int
    version: int | None = Field(default=None, ge=1)
    supplement: int | None = Field(default=None, ge=1)
    row: int = Field(ge=1)
    sheet: str | None = None

    @property
    def version_key(self) -> tuple[str, int, int, int]:
        """Court, year, whether of a supplement, and its number among its kind."""
        number = self.version or self.supplement
        assert number is not None  # one of the two is given
        return self.court, self.year, int(self.supplement is not None), number

    def __str__(self) -> str:
        kind = "version" if self.version else "supplement"
        number = self.version or self.supplement
        return f"{self.court} {self.year}, {kind} {number}, row {self.row}"


class Correction(_Strict):
    """One decision: where, what is done, why, who confirmed it and when.

    Withdrawn, it stays where it is written: what was counted with it can be counted
    again, and counts no more without it.
    """

    where: Place
    action: Literal[
        "recode", "exclude", "count_here", "same_case_as", "different_cases"
    ]
    to: dict[str, str] = Field(default_factory=dict)
    other: Place | None = None
    reason: _Text
    confirmed_by: _Text
    confirmed_on: date
    withdrawn_on: date | None = None

    @model_validator(mode="after")
    def _whole(self) -> Self:
        if (self.action == RECODE) != bool(self.to):
            raise ValueError("`to` is for recode, which needs it")
        if (self.action in _OF_TWO) != (self.other is not None):
            raise ValueError(
                "`other` is for count_here, same_case_as and different_cases, which "
                "need it"
            )
        if self.other == self.where:
            raise ValueError(f"`where` and `other` are both {self.where}")
        for place in filter(None, (self.where, self.other)):
            if (place.version is None) == (place.supplement is None):
                raise ValueError("expected either version or supplement of a place")
            if place.court not in circuits():
                raise ValueError(f"{place.court!r} is no court id")
            if self.confirmed_on.year < place.year:
                raise ValueError(
                    f"confirmed_on is {self.confirmed_on}, before the year of {place}"
                )
        if self.withdrawn_on is not None and self.withdrawn_on < self.confirmed_on:
            raise ValueError(
                f"withdrawn_on is {self.withdrawn_on}, before it was confirmed"
            )
        for column, code in self.to.items():
            if column not in RECODED:
                raise ValueError(
                    f"{column!r} is not recoded; expected one of {', '.join(RECODED)}"
                )
            if code not in codes(column):
                raise ValueError(
                    f"{code!r} is no {column}; expected one of "
                    f"{', '.join(codes(column))}"
                )
        if any(map(is_personal, (self.reason, self.confirmed_by))):
            raise ValueError("names a person; name the office that confirmed it")
        return self


class _File(_Strict):
    corrections: list[Correction]


def read_corrections(path: Path | None = None) -> list[Correction]:
    """The decisions of this workbench in their order; none where it has no such file.

    Raises: ParameterError, one line, naming the entry that is not as expected.
    """
    path = path or corrections_path()
    if path is None or not path.is_file():
        return []
    entries = read_yaml(path, expected="the decisions of the desk")
    try:
        return _File.model_validate(entries).corrections
    except ValidationError as fault:
        error = fault.errors()[0]
        names = [
            f"entry {part + 1}" if isinstance(part, int) else part
            for part in error["loc"]
            if part != "corrections"
        ]
        message = error["msg"].removeprefix("Value error, ")
        raise ParameterError(
            f"{path}: {', '.join(map(str, names)) or 'corrections'}: {message}; "
            "expected where, action, reason, confirmed_by and confirmed_on, as "
            "params/corrections.yml says at its head"
        ) from None


class Decided(NamedTuple):
    """What the desk had decided by a day.

    `standing`: the decisions that count, each with its number in the file; `last`: the
    day on which one was last confirmed or withdrawn, None before the first.
    """

    standing: list[tuple[int, Correction]]
    last: date | None


def decided_by(made: Sequence[tuple[int, Correction]], day: date) -> Decided:
    """What had been decided by a day, of decisions with their numbers."""
    known = [one for one in made if one[1].confirmed_on <= day]
    standing = [
        (number, each)
        for number, each in known
        if each.withdrawn_on is None or each.withdrawn_on > day
    ]
    days = [each for _, one in known for each in days_of(one) if each <= day]
    return Decided(standing, max(days, default=None))


def days_of(made: Correction) -> list[date]:
    """The days on which a decision was confirmed, and withdrawn where it was."""
    return [day for day in (made.confirmed_on, made.withdrawn_on) if day is not None]


def require_come(made: Sequence[Correction], day: date) -> None:
    """Refuse decisions that were confirmed or withdrawn after a day.

    Raises: ParameterError, one line, naming the first entry that was.
    """
    for number, each in enumerate(made, start=1):
        last = days_of(each)[-1]
        if last > day:
            name = "confirmed_on" if each.withdrawn_on is None else "withdrawn_on"
            raise ParameterError(
                f"params/corrections.yml, entry {number}: {each.where}: {name} is "
                f"{last}, which is yet to come; expected a day until {day}. Write the "
                "day on which it was so"
            )


def corrections_path() -> Path | None:
    """Where this workbench keeps its decisions."""
    home = find_home()
    return home / PARAMS / "corrections.yml" if home else None
