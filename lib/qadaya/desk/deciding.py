"""Enters a decision of the desk into `params/corrections.yml`, or withdraws one.

The file stays one that people read and edit: what they wrote in it is not touched.
"""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from qadaya.atomic import file_beside
from qadaya.desk.decision_file import with_entry, with_withdrawal
from qadaya.errors import ParameterError
from qadaya.returns.corrections import (
    Correction,
    corrections_path,
    read_corrections,
    require_come,
)
from qadaya.returns.register import Register
from qadaya.returns.register.meant_rows import Applied


def decision_of(fields: dict[str, Any]) -> Correction:
    """The decision that fields describe, as the file has them.

    Raises: ParameterError, one line, for what is no decision.
    """
    try:
        return Correction.model_validate(fields)
    except ValidationError as fault:
        error = fault.errors()[0]
        place = ".".join(map(str, error["loc"])) or "decision"
        message = error["msg"].removeprefix("Value error, ")
        raise ParameterError(
            f"{place}: {message}; expected a row, an action, a reason, who confirmed "
            "it and when. Fill in what is missing"
        ) from None


def enter_decision(shelf: Register, decision: Correction) -> Applied:
    """Add a decision to those of this workbench; the row it was applied to.

    Raises: ParameterError where it fits nothing that is counted, or is there already;
    the file then stays as it was.
    """
    path, earlier = _kept()
    if decision in earlier:
        raise ParameterError(
            f"{path}: this decision on {decision.where} is there already; expected a "
            "new one. `qadaya returns` lists them"
        )
    made = [*earlier, decision]
    applied = shelf.decisions(made)[-1]
    _write(path, lambda text: with_entry(text, decision), made)
    return applied


def withdraw_decision(decision: Correction, day: date) -> None:
    """Let a decision of this workbench count no more from a day on.

    It stays in the file, for what was counted with it.
    Raises: ParameterError where it does not stand there, or the day cannot be.
    """
    path, earlier = _kept()
    if decision not in earlier or decision.withdrawn_on is not None:
        raise ParameterError(
            f"{path}: no such decision on {decision.where} stands there; expected one "
            "that counts. Look at the file"
        )
    number = earlier.index(decision)
    fields = decision.model_dump() | {"withdrawn_on": day}
    after = [*earlier[:number], decision_of(fields), *earlier[number + 1 :]]
    require_come(after, date.today())
    _write(path, lambda text: with_withdrawal(text, number, day), after)


def _kept() -> tuple[Path, list[Correction]]:
    """Where decisions are kept, and those that are there."""
    path = corrections_path()
    if path is None:
        raise ParameterError(
            "decisions are kept in params/corrections.yml of a workbench; expected "
            "one. Name it with --home"
        )
    return path, read_corrections(path)


def _write(
    path: Path, changed: Callable[[str], str], expected: list[Correction]
) -> None:
    text = path.read_text(encoding="utf-8-sig") if path.is_file() else ""
    longer = changed(text)
    try:
        with file_beside(path) as beside:
            beside.write_text(longer, encoding="utf-8")
            if read_corrections(beside) != expected:
                raise ParameterError(
                    f"{path}: cannot be changed where it stands as it does; expected "
                    "the list `corrections` at its end. Change it by hand"
                )
    except OSError as fault:
        raise ParameterError(
            f"{path}: cannot be written ({fault.strerror}); expected a file that may "
            "be written to. Ask who keeps this workbench"
        ) from fault
