"""What reading a return yields: cases, problems, and the return that holds them."""

from dataclasses import dataclass, field
from typing import Any

from qadaya.returns import messages
from qadaya.vocabulary import REFUSED


@dataclass(frozen=True)
class Problem:
    """One thing wrong with a return, pinned to its place.

    `rule` is the key; `severity` one of `vocabulary.SEVERITIES`; `sheet`, `row` and
    `cell` (A1 style) are None where the whole file, sheet or row is meant. `value` is
    the text as typed, always None for personal data. `facts` (JSON values only) is what
    the message needs besides: at least `file`, and `column` where there is one.
    """

    rule: str
    severity: str
    sheet: str | None = None
    row: int | None = None
    cell: str | None = None
    value: str | None = None
    facts: dict[str, Any] = field(default_factory=dict, hash=False)

    def message(self, language: str) -> str:
        """One line in ar, fr or en: where, what was found, what is expected, to do."""
        return messages.message(self, language)

    def sentence(self, language: str) -> str:
        """The message without its place, for who sees the place already."""
        return messages.sentence(self, language)


@dataclass(frozen=True)
class Case:
    """One row of the form: a case.

    `cells` and `typed` go by column (the official ones, then those of
    `vocabulary.OPTIONAL_COLUMNS` that the return has): the A1 cell, and the text as
    typed. `typed` is empty for a row with personal data and never holds the case
    reference. `codes` has every key of CODED_COLUMNS, OPTIONAL_COLUMNS and
    DERIVED_COLUMNS; a code that could not be told is None.
    """

    row: int
    cells: dict[str, str] = field(default_factory=dict)
    typed: dict[str, str] = field(default_factory=dict)
    codes: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Account:
    """What became of the lines under the headings: none may be lost.

    `seen` counts every line that is not blank; each is a case, accepted or left out,
    or one of `others`: lines that are no cases, counted by what they are (total, nil,
    note, numbers, heading, unseen).
    """

    seen: int = 0
    others: dict[str, int] = field(default_factory=dict, hash=False)


@dataclass(frozen=True)
class Return:
    """What one court sent for one year: one form on one sheet or in one Word table.

    `state` is one of `vocabulary.RETURN_STATES`. A refused return has no accepted
    case: its rows stand in `refused`. `difficulties` is what the court wrote about its
    difficulties, None where it wrote nothing or where it held personal data.
    `synthetic` tells invented data, marked as such in the file.
    """

    file: str
    sheet: str | None = None
    court_id: str | None = None
    year: int | None = None
    state: str = REFUSED
    accepted: list[Case] = field(default_factory=list)
    refused: list[Case] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    difficulties: str | None = None
    synthetic: bool = False
    account: Account = field(default_factory=Account)
