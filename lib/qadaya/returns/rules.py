"""The rules for one row of the form: one function each, named as its problem.

A rule looks at a typed and coded row and returns what it found, or None. The rules do
not depend on each other: all of them look at every row.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from qadaya.reference import find_court, fold, nearest_body
from qadaya.returns.code import (
    code_platform,
    code_prosecution,
    is_error,
    says_nothing,
)
from qadaya.returns.code.doubts import says_it_is_not_so
from qadaya.returns.code.sentence import has_unread_number
from qadaya.returns.code.several import counts_several, numbers_several
from qadaya.returns.read.encodings import LOST

OUTCOMES = ("first_instance", "appeal", "cassation")
MONTHS = (
    "registered_month",
    "first_instance_month",
    "appeal_month",
    "cassation_month",
)
# A judgment that another court gave first; the referral column may name that court.
_CAME_FROM = re.compile(
    r"محكمه (?:ال)?ابتداييه|المحكمه الابتداييه|درجه ثانيه|الدرجه الثانيه"
    r"|tribunal de (?:premiere|1 ?ere) instance|(?<!\S)tpi(?!\S)"
    r"|court of first instance|(?:second|deuxieme) degree?|second instance"
)
# A longer remark tells a story, in which something may well be cancelled.
_FEW_WORDS = 5


class Finding(NamedTuple):
    """What a rule found: the column and cell (None for the whole row), the text."""

    column: str | None
    cell: str | None = None
    value: str | None = None
    facts: dict[str, Any] = {}  # noqa: RUF012 - never changed


@dataclass(slots=True)
class CodedRow:
    """A row as typed and as coded, with what its cells give away.

    `formulas`, `personal`, `struck` (crossed out and left empty) and `pictures` (that
    stand where nothing is typed) are (column, cell), `remarks` (cell, text) of columns
    of no form; `unseen` is why the row does not stand on the page (hidden, filtered,
    struck); `stray` tells a quotation mark
    that was never closed, `by_rule` what a rule of the sheet may hide; `earlier` is an
    earlier row with the same content; `of_appeal_court` is set for the rows of a court
    of appeal's return; `other_court` is the cell, text and courts of a court column
    that names another; `counts` are (cell, text) of columns that count cases.
    """

    row: int
    cells: dict[str, str]
    typed: dict[str, str]
    codes: dict[str, Any]
    subject_is_clear: bool = True
    formulas: list[tuple[str, str]] = field(default_factory=list)
    personal: list[tuple[str, str]] = field(default_factory=list)
    struck: list[tuple[str, str]] = field(default_factory=list)
    pictures: list[tuple[str, str]] = field(default_factory=list)
    remarks: list[tuple[str, str]] = field(default_factory=list)
    counts: list[tuple[str, str]] = field(default_factory=list)
    unseen: str | None = None
    stray: bool = False
    by_rule: list[tuple[str, str]] = field(default_factory=list)
    earlier: int | None = None
    of_appeal_court: bool = False
    other_court: tuple[str, str, tuple[str, ...]] | None = None

    def at(self, column: str, **facts: Any) -> Finding:
        """A finding at the cell of a column, with the text typed there."""
        return Finding(
            column, self.cells.get(column), self.typed.get(column, ""), facts
        )


RowRule = Callable[[CodedRow], Finding | list[Finding] | None]


def platform_missing(row: CodedRow) -> Finding | None:
    return row.at("platform") if says_nothing(row.typed.get("platform", "")) else None


def platform_unknown(row: CodedRow) -> Finding | None:
    typed = not says_nothing(row.typed.get("platform", ""))
    return row.at("platform") if typed and row.codes["platform"] is None else None


def platform_both(row: CodedRow) -> Finding | None:
    return row.at("platform") if row.codes["platform"] == "NCMEC+CPS" else None


def prosecution_unclear(row: CodedRow) -> Finding | None:
    return row.at("prosecution") if row.codes["prosecution"] is None else None


def outcome_unclear(row: CodedRow) -> list[Finding]:
    return [row.at(column) for column in OUTCOMES if row.codes[column] is None]


def body_unknown(row: CodedRow) -> Finding | None:
    if row.codes["body"] is not None:
        return None
    return row.at("body", nearest=nearest_body(row.typed.get("body", "")))


def subject_unclear(row: CodedRow) -> Finding | None:
    if row.subject_is_clear:
        return None
    return row.at("subject", coded=row.codes["subject"])


def outcome_without_prosecution(row: CodedRow) -> Finding | None:
    prosecution = row.codes["prosecution"]
    if prosecution in (None, "prosecuted"):
        return None
    for column in OUTCOMES:
        if row.codes[column] not in (None, "none"):
            return row.at(column, prosecution=prosecution)
    return None


def instance_skipped(row: CodedRow) -> Finding | None:
    """A decision of an instance while the one before it has none, or none yet."""
    for before, after in (("first_instance", "appeal"), ("appeal", "cassation")):
        decided = row.codes[after] not in (None, "none")
        if decided and row.codes[before] in ("none", "pending"):
            value = row.typed.get(after, "")
            return Finding(before, row.cells.get(before), value, {"later": after})
    return None


def duplicate_row(row: CodedRow) -> Finding | None:
    if row.earlier is None:
        return None
    return Finding(None, facts={"same_as_row": row.earlier})


def formula_cell(row: CodedRow) -> list[Finding]:
    return [Finding(column, cell) for column, cell in row.formulas]


def personal_data(row: CodedRow) -> list[Finding]:
    return [Finding(column, cell) for column, cell in row.personal]


def error_cell(row: CodedRow) -> list[Finding]:
    """An error of a sheet stands where an answer was (#N/A pasted over "pending")."""
    return [row.at(column) for column, text in row.typed.items() if is_error(text)]


def row_hidden(row: CodedRow) -> Finding | None:
    if row.unseen in (None, "struck"):
        return None
    return Finding(None, facts={"why": row.unseen})


def row_struck(row: CodedRow) -> Finding | None:
    return Finding(None) if row.unseen == "struck" else None


def struck_cell(row: CodedRow) -> list[Finding]:
    return [Finding(column, cell) for column, cell in row.struck]


def picture_cell(row: CodedRow) -> list[Finding]:
    return [Finding(column, cell) for column, cell in row.pictures]


def hidden_by_rule(row: CodedRow) -> list[Finding]:
    """One for a row: its first cell, that a rule of the sheet hides at times."""
    return [Finding(column, cell) for column, cell in row.by_rule[:1]]


def row_taken_back(row: CodedRow) -> list[Finding]:
    """A remark beside a case that cancels it or calls it a mistake."""
    court = [row.at("court")] if says_it_is_not_so(row.typed.get("court", "")) else []
    return court + [
        Finding("extra", cell, text)
        for cell, text in row.remarks
        if len(text.split()) <= _FEW_WORDS and says_it_is_not_so(text)
    ]


def several_cases(row: CodedRow) -> list[Finding]:
    """A row for more than one case: a column counts them, or cells list them."""
    counted = [
        Finding("extra", cell, text)
        for cell, text in row.counts
        if counts_several(text) or numbers_several(text)
    ]
    platforms = row.typed.get("platform", "").splitlines()
    decisions = row.typed.get("prosecution", "").splitlines()
    listed = (
        1 < len(platforms) == len(decisions)
        and all(map(code_platform, platforms))
        and all(map(code_prosecution, decisions))
    )
    return [*counted, row.at("platform")] if listed else counted


def quote_unclosed(row: CodedRow) -> Finding | None:
    return Finding(None) if row.stray else None


def _unread(row: CodedRow, columns: tuple[str, ...]) -> list[Finding]:
    """The cells of optional columns that say something, of which nothing is known."""
    return [
        row.at(column)
        for column in columns
        if (text := row.typed.get(column))
        and row.codes[column] is None
        and not says_nothing(text)
    ]


def month_unclear(row: CodedRow) -> list[Finding]:
    return _unread(row, MONTHS)


def persons_unclear(row: CodedRow) -> list[Finding]:
    return _unread(row, ("persons_prosecuted",))


def reference_unclear(row: CodedRow) -> list[Finding]:
    return _unread(row, ("case_reference",))


def sentence_unclear(row: CodedRow) -> Finding | None:
    """A conviction with a number that neither a term nor a fine was read from."""
    if row.codes["first_instance"] != "convicted":
        return None
    text = row.typed.get("first_instance", "")
    return row.at("first_instance") if has_unread_number(text) else None


def letters_lost(row: CodedRow) -> list[Finding]:
    return [row.at(column) for column, text in row.typed.items() if LOST in text]


def second_degree_case(row: CodedRow) -> Finding | None:
    """A first-instance court stands anywhere in a row of a court of appeal."""
    if not row.of_appeal_court:
        return None
    if _is_first_instance(row.typed.get("court", "")):
        return row.at("court")
    for column in OUTCOMES:
        if _CAME_FROM.search(fold(row.typed.get(column, ""))):
            return row.at(column)
    return None


def _is_first_instance(text: str) -> bool:
    candidates = find_court(text, "appeal").candidates
    return bool(candidates) and all(c.startswith("tpi-") for c in candidates)


BLOCKS_ROW: tuple[RowRule, ...] = (
    platform_missing,
    platform_unknown,
    prosecution_unclear,
    outcome_unclear,
    personal_data,
    formula_cell,
    error_cell,
    second_degree_case,
)
# The only rules for a row that does not stand on the page.
OF_UNSEEN: tuple[RowRule, ...] = (row_hidden, row_struck, personal_data)
ASKS: tuple[RowRule, ...] = (
    body_unknown,
    subject_unclear,
    outcome_without_prosecution,
    instance_skipped,
    duplicate_row,
    platform_both,
    struck_cell,
    picture_cell,
    hidden_by_rule,
    row_taken_back,
    several_cases,
    quote_unclosed,
    letters_lost,
    month_unclear,
    persons_unclear,
    reference_unclear,
    sentence_unclear,
)
