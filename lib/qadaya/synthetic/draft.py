"""A return before it becomes a file: who writes, what stands in each row."""

from dataclasses import dataclass, field, replace

from qadaya.synthetic.cases import InventedCase
from qadaya.synthetic.wording import Hand
from qadaya.vocabulary import ACCEPTED, ACCEPTED_WITH_PROBLEMS, NIL, REFUSED

# How a row is meant: a case that counts, a row to be refused, a sum that is no case.
CASE_ROW, REFUSED_ROW, TOTAL_ROW = "case", "refused", "total"


class Formula(str):
    """A cell that computes, such as `=1+1`, where the form wants words."""


@dataclass
class DraftRow:
    """One row: what is typed by column, and the rules it breaks with their column."""

    typed: dict[str, str]
    case: InventedCase | None = None
    role: str = CASE_ROW
    faults: list[tuple[str, str | None]] = field(default_factory=list)
    needs_register: bool = False


@dataclass
class Draft:
    """One return of one court and year.

    `habits` are oddities a reader must cope with; `faults` concern the whole return.
    `lines` replaces heading lines by their row; `name_year` is the year in the file
    name, None for none.
    """

    court_id: str
    year: int
    format: str
    hand: Hand
    rows: list[DraftRow]
    habits: set[str] = field(default_factory=set)
    faults: list[str] = field(default_factory=list)
    lines: dict[int, str] = field(default_factory=dict)
    name_year: int | None = None
    sheet_name: str | None = None
    extra_heading: str | None = None
    difficulties: str | None = None
    corrects: "Draft | None" = None
    replaced: bool = False
    # Whether the fault of another return rests on a case of this one.
    is_needed: bool = False

    @property
    def cases(self) -> list[DraftRow]:
        """The rows that count as cases."""
        return [row for row in self.rows if row.role == CASE_ROW]

    @property
    def is_plain(self) -> bool:
        """Whether nothing is wrong with it so far."""
        return not self.faults and not any(row.faults for row in self.rows)

    @property
    def state(self) -> str:
        """What must become of it when it is received."""
        if self.faults:
            return REFUSED
        if not self.rows:
            return NIL
        return ACCEPTED if self.is_plain else ACCEPTED_WITH_PROBLEMS

    def again(self) -> "Draft":
        """The same return sent a second time, with nothing wrong any more."""
        rows = [
            replace(row, typed=dict(row.typed), faults=list(row.faults))
            for row in self.cases
        ]
        return replace(
            self,
            rows=rows,
            habits=self.habits - {"empty", "nameless"},
            faults=[],
            lines={},
            name_year=self.year,
            corrects=self,
        )
