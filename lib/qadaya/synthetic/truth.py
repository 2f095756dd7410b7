"""What is true of invented returns: which rows count, and which faults were planted."""

import json
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from qadaya.synthetic.draft import CASE_ROW, Draft, DraftRow
from qadaya.synthetic.layout import LaidOut
from qadaya.vocabulary import CODED_COLUMNS, OPTIONAL_COLUMNS


@dataclass(frozen=True)
class PlantedFault:
    """One fault put in on purpose; personal data are named by their cell alone.

    `needs_register`: only seen beside the other returns, not in the file itself.
    """

    rule: str
    file: str
    cell: str | None
    row: int | None
    needs_register: bool = False


@dataclass(frozen=True)
class ExpectedCase:
    """An accepted row with the codes it must get; `row` as the reader counts rows."""

    file: str
    row: int
    codes: dict[str, Any]


@dataclass(frozen=True)
class SentReturn:
    """One file as sent: state, accepted cases, faults, and what is odd but right.

    `counts` is False for a file that a later one of the same court and year replaces,
    and for one that is refused.
    """

    file: str
    court_id: str
    year: int
    format: str
    language: str
    state: str
    counts: bool
    accepted: list[ExpectedCase]
    faults: list[PlantedFault]
    habits: list[str]


@dataclass(frozen=True)
class Truth:
    """All files in the order sent, and the courts that sent nothing for a year."""

    seed: int
    years: list[int]
    returns: list[SentReturn]
    missing: list[tuple[str, int]] = field(default_factory=list)

    @property
    def faults(self) -> list[PlantedFault]:
        """Every planted fault of every file, also of files replaced later."""
        return [fault for sent in self.returns for fault in sent.faults]

    @property
    def cases(self) -> list[ExpectedCase]:
        """The accepted cases of the returns that count."""
        return [case for sent in self.returns if sent.counts for case in sent.accepted]

    def write(self, path: Path) -> None:
        """Write the truth as JSON, in UTF-8."""
        text = json.dumps(asdict(self), ensure_ascii=False, indent=1)
        path.write_text(text + "\n", encoding="utf-8")


def sent_return(file: str, draft: Draft, laid_out: LaidOut) -> SentReturn:
    """What is true of one file, from its draft and where its rows went."""
    rows = list(zip(draft.rows, laid_out.places.values(), strict=True))
    refused = bool(draft.faults)
    return SentReturn(
        file=file,
        court_id=draft.court_id,
        year=draft.year,
        format=draft.format,
        language=draft.hand.language,
        state=draft.state,
        counts=not refused and not draft.replaced,
        accepted=[
            ExpectedCase(file, row, _codes(drafted, draft))
            for drafted, row in rows
            if drafted.role == CASE_ROW and not refused
        ],
        faults=[PlantedFault(rule, file, None, None) for rule in draft.faults]
        + [
            fault
            for drafted, row in rows
            for fault in _faults(drafted, row, file, laid_out)
        ],
        habits=sorted(draft.habits | set(draft.hand.habits)),
    )


def _faults(
    row: DraftRow, number: int, file: str, laid_out: LaidOut
) -> list[PlantedFault]:
    return [
        PlantedFault(
            rule,
            file,
            f"{laid_out.letters[column]}{number}" if column else None,
            number,
            row.needs_register,
        )
        for rule, column in row.faults
    ]


def _codes(row: DraftRow, draft: Draft) -> dict[str, Any]:
    case = row.case
    codes = {key: getattr(case, key) for key in CODED_COLUMNS}
    if "optional_columns" in draft.habits:
        # The reference is kept as a keyed hash only, so its code is not foretold.
        optional = [key for key in OPTIONAL_COLUMNS if key != "case_reference"]
        codes |= {key: getattr(case, key) for key in optional if row.typed.get(key)}
    return codes
