"""Enters a decision of the desk into `params/corrections.yml`, if it fits what counts.

The file stays one that people read and edit: what they wrote in it is not touched.
"""

import re
from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError

from qadaya.atomic import file_beside
from qadaya.errors import ParameterError
from qadaya.returns.corrections import Correction, corrections_path, read_corrections
from qadaya.returns.register import Register
from qadaya.returns.register.meant_rows import Applied

_HEAD = "corrections:\n"
_NONE_YET = re.compile(r"^corrections:[ \t]*(?:\[[ \t]*\])?[ \t]*$", re.MULTILINE)
_ENTRY = re.compile(r"^([ \t]*)- ", re.MULTILINE)


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
    path = corrections_path()
    if path is None:
        raise ParameterError(
            "decisions are kept in params/corrections.yml of a workbench; expected "
            "one. Name it with --home"
        )
    earlier = read_corrections(path)
    if decision in earlier:
        raise ParameterError(
            f"{path}: this decision on {decision.where} is there already; expected a "
            "new one. `qadaya returns` lists them"
        )
    applied = shelf.decisions([*earlier, decision])[-1]
    _write(path, decision, [*earlier, decision])
    return applied


def _write(path: Path, decision: Correction, expected: list[Correction]) -> None:
    text = path.read_text(encoding="utf-8-sig") if path.is_file() else ""
    longer = _with_entry(text, decision)
    try:
        with file_beside(path) as beside:
            beside.write_text(longer, encoding="utf-8")
            if read_corrections(beside) != expected:
                raise ParameterError(
                    f"{path}: an entry cannot be added below what stands there; "
                    "expected the list `corrections` at the end. Add it by hand"
                )
    except OSError as fault:
        raise ParameterError(
            f"{path}: cannot be written ({fault.strerror}); expected a file that may "
            "be written to. Ask who keeps this workbench"
        ) from fault


def _with_entry(text: str, decision: Correction) -> str:
    """The text of the file with one entry more at its end."""
    entries = [line[1] for line in _ENTRY.finditer(_without_comments(text))]
    entry = _entry(decision, entries[-1] if entries else "  ")
    if entries:
        return f"{text.rstrip()}\n{entry}"
    begun, found = _NONE_YET.subn(_HEAD.rstrip(), text, count=1)
    return f"{begun.rstrip()}\n{entry}" if found else f"{text}{_HEAD}{entry}"


def _without_comments(text: str) -> str:
    return "\n".join(x for x in text.splitlines() if not x.lstrip().startswith("#"))


def _entry(decision: Correction, indent: str) -> str:
    # As Python has it, so that the day stays a day.
    fields = decision.model_dump(exclude_defaults=True)
    lines = yaml.safe_dump([fields], allow_unicode=True, sort_keys=False, width=80)
    return "".join(f"{indent}{line}\n" for line in lines.splitlines())
