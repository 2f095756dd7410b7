"""Who has answered for a year, from a register, and the letters to those who have not.

What is written to the courts is written here: reminders, and answers to returns.
"""

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple

from qadaya.counting.reporting import is_synthetic
from qadaya.returns.answers import answer_name, write_answer
from qadaya.returns.following.deadlines import Deadline, read_deadlines
from qadaya.returns.following.letters import write_letters
from qadaya.returns.following.standing import (
    LATE,
    Coverage,
    Standing,
    coverage,
    standings,
)
from qadaya.returns.register.decided import RegisterContents
from qadaya.returns.register.lookup import Received
from qadaya.returns.register.readable import Readable


class Answering(NamedTuple):
    """Where every court stands for a year, as seen on a day.

    `deadline` is None for a year that is not asked for; `invented` tells that returns
    of the register are synthetic.
    """

    year: int
    today: date
    deadline: Deadline | None
    standings: list[Standing]
    invented: bool

    @property
    def late(self) -> list[Standing]:
        """The courts that are written to."""
        return [standing for standing in self.standings if standing.state == LATE]


def who_has_answered(shelf: Readable, year: int, today: date) -> Answering:
    """Where the courts stand for a year. Raises: as `Readable.contents`."""
    deadline = read_deadlines().of(year)
    held = shelf.contents()
    listed = standings(year, held.returns, held.problems, held.cases, deadline, today)
    return Answering(year, today, deadline, listed, is_synthetic(held.returns))


def complete_years(held: RegisterContents) -> dict[int, Coverage]:
    """How complete the cases of each year are that a register holds any of."""
    today, deadlines = date.today(), read_deadlines()
    frames = held.returns, held.problems, held.cases
    return {
        year: coverage(standings(year, *frames, deadlines.of(year), today))
        for year in sorted(map(int, held.cases["year"].unique()))
    }


def write_reminders(folder: Path, asked: Answering) -> list[Path]:
    """A letter and a form for each court that is late, a cover for each circuit.

    Of a year that is not asked for there is none.
    Raises: ReturnError when they cannot be written.
    """
    if asked.deadline is None:
        return []
    return write_letters(
        folder,
        asked.late,
        asked.year,
        asked.deadline,
        asked.today,
        invented=asked.invented,
    )


def write_answers(
    folder: Path,
    files: Sequence[Received],
    *,
    language: str | None = None,
    on_written: Callable[[], None] = lambda: None,
) -> list[Path]:
    """An answer to each of the files in a folder; their paths, in the same order.

    `language`: of all answers, else each in that of its return.
    Raises: ReturnError when one cannot be written.
    """
    written = []
    for received in files:
        path = folder / answer_name(received)
        written.append(write_answer(path, received, language=language))
        on_written()
    return written
