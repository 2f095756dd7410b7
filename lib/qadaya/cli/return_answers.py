"""What `check` and `receive` answer: JSON, CSV, or a block per return."""

import json
from collections.abc import Sequence
from typing import Any

from rich.console import Console
from rich.text import Text

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


def as_json(filed: Sequence[Filed], language: str, *, received: bool) -> str:
    """One object, `returns`: a list with one object per return and its problems."""
    returns = [
        _return_fields(one.reading)
        | {"account": _account(one.reading)}
        | {"problems": [_problem_fields(p, language) for p in one.reading.problems]}
        | (_filing_fields(one) if received else {})
        for one in filed
    ]
    return json.dumps({"returns": returns}, ensure_ascii=False, indent=1)


def as_csv(filed: Sequence[Filed], language: str) -> str:
    """One line per problem, each with its return; one line for a return without any."""
    rows = []
    for one in filed:
        whole = list(_return_fields(one.reading).values())
        for problem in one.reading.problems:
            fields = _problem_fields(problem, language)
            found = [fields[name] for name in ("sheet", *_PROBLEM_FIELDS)]
            rows.append([*whole, *found])
        if not one.reading.problems:
            rows.append([*whole, *[None] * (1 + len(_PROBLEM_FIELDS))])
    return csv_text(_CSV_HEADER, rows)


def print_blocks(filed: Sequence[Filed], language: str, *, received: bool) -> None:
    """Print a block per return, then how many there were of each state."""
    console = Console(highlight=False, soft_wrap=True)
    for one in filed:
        _print_block(console, one, language, received=received)
    console.print(_summary(filed, language))


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


def _filing_fields(one: Filed) -> dict[str, Any]:
    return {
        "return": one.return_id,
        "version": one.version,
        "current": one.current,
        "already_received": one.already_received,
        "also_changed": [elsewhere._asdict() for elsewhere in one.also_changed],
    }


def _print_block(
    console: Console, one: Filed, language: str, *, received: bool
) -> None:
    reading = one.reading
    state = translator(language, "cli.cli").gettext(STATES[reading.state])
    head = Text(shown(_title(reading, language)), style="bold")
    head.append(f"  {state}", style=_STYLES[reading.state])
    console.print(head)
    for line in _facts(one, language, received=received):
        console.print(Text(f"  {shown(line)}"))
    for problem in reading.problems:
        if problem.rule != "nil_return":  # what it notes is the state above
            console.print(Text(f"  - {shown(problem.message(language))}"))


def _title(reading: Return, language: str) -> str:
    court = court_name(reading.court_id, language) if reading.court_id else None
    year = str(reading.year) if reading.year else None
    return " | ".join(filter(None, (reading.file, reading.sheet, court, year)))


def _facts(one: Filed, language: str, *, received: bool) -> list[str]:
    words = translator(language, "cli.cli")
    reading = one.reading
    lines = [_rows_line(reading, language)] if reading.state != NIL else []
    if not received:
        return lines
    lines += _version_lines(one, language)
    for other in one.also_changed:
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


def _version_lines(one: Filed, language: str) -> list[str]:
    say = translator(language, "cli.cli").gettext
    if one.already_received:
        return [say("Received before; nothing changed.")]
    if one.current and one.version is not None and one.version > 1:
        line = say("Version {version}; it replaces the earlier one.")
        return [line.format(version=one.version)]
    if one.version_that_counts and not one.current:
        return [say("The earlier version still counts.")]
    if not one.current and one.reading.state == ACCEPTED_WITH_PROBLEMS:
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


def _summary(filed: Sequence[Filed], language: str) -> Text:
    words = translator(language, "cli.cli")
    lines = []
    for state in STATES:
        count = sum(one.reading.state == state for one in filed)
        if count:
            lines.append(f"{words.gettext(STATES[state])}: {count}")
    total = words.ngettext("{n} return", "{n} returns", len(filed))
    return Text(f"\n{total.format(n=len(filed))}. " + "; ".join(lines), style="bold")


def shown(text: str) -> str:
    """The text without characters that would steer a terminal or hide in it."""
    return "".join(c for c in text if c.isprintable())
