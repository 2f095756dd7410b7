"""What `check` and `receive` answer: JSON, CSV, or a block per return."""

import json
from collections.abc import Sequence
from typing import Any

from rich.console import Console
from rich.text import Text

from qadaya.cli import reconciliation
from qadaya.language import LANGUAGES, translator
from qadaya.reference import court_name
from qadaya.returns.model import Problem, Return
from qadaya.returns.register.filed import Filed
from qadaya.spreadsheet import csv_text
from qadaya.vocabulary import ACCEPTED, ACCEPTED_WITH_PROBLEMS, NIL, REFUSED

STATES = {
    ACCEPTED: "accepted",
    ACCEPTED_WITH_PROBLEMS: "accepted with problems",
    NIL: "nil return",
    REFUSED: "refused",
}
_STYLES = {
    ACCEPTED: "green",
    ACCEPTED_WITH_PROBLEMS: "yellow",
    NIL: "green",
    REFUSED: "red",
}
_RETURN_FIELDS = ("file", "sheet", "court_id", "year", "state", "accepted", "refused")
_PROBLEM_FIELDS = ("rule", "severity", "row", "cell", "value", "message")
# A problem may lie on another sheet of the file, such as that of the difficulties.
_CSV_HEADER = (*_RETURN_FIELDS, "problem_sheet", *_PROBLEM_FIELDS)


def as_json(answers: Sequence[Filed], language: str, *, received: bool) -> str:
    """One object, `returns`: a list with one object per return and its problems."""
    returns = [
        _return_fields(filed.reading)
        | {"account": _account(filed.reading)}
        | {"problems": [_problem_fields(p, language) for p in filed.reading.problems]}
        | (_filing_fields(filed) if received else {})
        for filed in answers
    ]
    return json.dumps({"returns": returns}, ensure_ascii=False, indent=1)


def as_csv(answers: Sequence[Filed], language: str) -> str:
    """One line per problem, each with its return; one line for a return without any."""
    rows = []
    for filed in answers:
        whole = list(_return_fields(filed.reading).values())
        for problem in filed.reading.problems:
            fields = _problem_fields(problem, language)
            own_fields = [fields[name] for name in ("sheet", *_PROBLEM_FIELDS)]
            rows.append([*whole, *own_fields])
        if not filed.reading.problems:
            rows.append([*whole, *[None] * (1 + len(_PROBLEM_FIELDS))])
    return csv_text(_CSV_HEADER, rows)


def print_blocks(answers: Sequence[Filed], language: str, *, received: bool) -> None:
    """Print a block per return, then how many there were of each state."""
    console = Console(highlight=False, soft_wrap=True)
    for filed in answers:
        _print_block(console, filed, language, received=received)
    console.print(_summary(answers, language))


def _return_fields(reading: Return) -> dict[str, Any]:
    return {
        "file": reading.file,
        "sheet": reading.sheet,
        "court_id": reading.court_id,
        "year": reading.year,
        "state": reading.state,
        "accepted": len(reading.accepted),
        "refused": len(reading.refused),
    }


def _account(reading: Return) -> dict[str, Any]:
    """What became of every line under the headings: the parts add up to `seen`."""
    return {
        "seen": reading.account.seen,
        "cases": len(reading.accepted),
        "left_out": len(reading.refused),
        "others": reading.account.others,
    }


def _problem_fields(problem: Problem, language: str) -> dict[str, Any]:
    return {
        "rule": problem.rule,
        "severity": problem.severity,
        "sheet": problem.sheet,
        "row": problem.row,
        "cell": problem.cell,
        "value": problem.value,
        "message": problem.message(language),
        "messages": {other: problem.message(other) for other in LANGUAGES},
    }


def _filing_fields(filed: Filed) -> dict[str, Any]:
    return {
        "return": filed.return_id,
        "version": filed.version,
        "supplement": filed.supplement,
        "current": filed.current,
        "already_received": filed.already_received,
        "also_changed": [elsewhere._asdict() for elsewhere in filed.also_changed],
        "reconciled": reconciliation.records(filed.reconciled),
    }


def _print_block(
    console: Console, filed: Filed, language: str, *, received: bool
) -> None:
    reading = filed.reading
    state = translator(language, "cli.cli").gettext(STATES[reading.state])
    head = Text(shown(_title(reading, language)), style="bold")
    head.append(f"  {state}", style=_STYLES[reading.state])
    console.print(head)
    for line in _facts(filed, language, received=received):
        console.print(Text(f"  {shown(line)}"))
    for problem in reading.problems:
        if problem.rule != "nil_return":  # what it notes is the state above
            console.print(Text(f"  - {shown(problem.message(language))}"))


def _title(reading: Return, language: str) -> str:
    court = court_name(reading.court_id, language) if reading.court_id else None
    year = str(reading.year) if reading.year else None
    return " | ".join(filter(None, (reading.file, reading.sheet, court, year)))


def _facts(filed: Filed, language: str, *, received: bool) -> list[str]:
    words = translator(language, "cli.cli")
    reading = filed.reading
    lines = [_rows_line(reading, language)] if reading.state != NIL else []
    if not received:
        return lines
    lines += _version_lines(filed, language)
    lines += reconciliation.lines(filed.reconciled, language)
    for other in filed.also_changed:
        lines.append(
            words.gettext(
                "This changed what stands for {court}, {year} ({file})."
            ).format(
                court=court_name(other.court_id, language),
                year=other.year,
                file=other.file,
            )
        )
    return lines


def _version_lines(filed: Filed, language: str) -> list[str]:
    say = translator(language, "cli.cli").gettext
    if filed.already_received:
        return [say("Received before; nothing changed.")]
    if filed.supplement and filed.current:
        line = say("Supplement {n} of the year.")
        return [line.format(n=filed.version)]
    if filed.current and filed.version is not None and filed.version > 1:
        line = say("Version {version}; it replaces the earlier one.")
        return [line.format(version=filed.version)]
    if filed.version_that_counts and not filed.current:
        return [say("The earlier version still counts.")]
    if not filed.current and filed.reading.state == ACCEPTED_WITH_PROBLEMS:
        return [say("No row of it counts, so the court stands as not reported.")]
    return []


def _rows_line(reading: Return, language: str) -> str:
    words = translator(language, "cli.cli")
    accepted, refused = len(reading.accepted), len(reading.refused)
    kept = words.ngettext("{n} case accepted", "{n} cases accepted", accepted)
    left = words.ngettext("{n} row left out", "{n} rows left out", refused)
    parts = [kept.format(n=accepted)]
    if refused:
        parts.append(left.format(n=refused))
    if others := sum(reading.account.others.values()):
        ours = words.ngettext("{n} line is no case", "{n} lines are no cases", others)
        parts.append(ours.format(n=others))
    return words.gettext(", ").join(parts)


def _summary(answers: Sequence[Filed], language: str) -> Text:
    words = translator(language, "cli.cli")
    lines = []
    for state in STATES:
        count = sum(filed.reading.state == state for filed in answers)
        if count:
            lines.append(f"{words.gettext(STATES[state])}: {count}")
    total = words.ngettext("{n} return", "{n} returns", len(answers))
    return Text(f"\n{total.format(n=len(answers))}. " + "; ".join(lines), style="bold")


def shown(text: str) -> str:
    """The text without characters that would steer a terminal or hide in it."""
    # A no-break space keeps French marks with their words.
    return "".join(c for c in text if c.isprintable() or c == "\N{NO-BREAK SPACE}")
