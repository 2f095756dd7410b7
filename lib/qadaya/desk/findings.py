"""A return as the desk sees it: its state, and each problem beside its row as typed."""

from collections.abc import Iterable, Sequence
from html import escape
from itertools import groupby

from qadaya.desk.speech import Speech, inert
from qadaya.language import translator
from qadaya.returns.following.letters import DOMAIN as OF_STATES
from qadaya.returns.following.standing import STATES
from qadaya.returns.messages import column_name
from qadaya.returns.model import Case, Problem, Return
from qadaya.returns.register.filed import Filed
from qadaya.returns.rule_texts import COLUMNS
from qadaya.vocabulary import (
    ACCEPTED_WITH_PROBLEMS,
    ASK,
    BLOCK_RETURN,
    BLOCK_ROW,
    NIL,
    NOTE,
    OPTIONAL_COLUMNS,
    REFUSED,
)

SEVERITIES = {
    BLOCK_RETURN: "refuses the return",
    BLOCK_ROW: "leaves the row out",
    ASK: "question to the court",
    NOTE: "note",
}
_URGENCY = {REFUSED: 0, ACCEPTED_WITH_PROBLEMS: 1}


def state_name(state: str, speech: Speech) -> str:
    """The word for the state of a return or of a court."""
    return translator(speech.language, OF_STATES).gettext(STATES[state])


def state_badge(state: str, speech: Speech) -> str:
    name = state_name(state, speech)
    return f'<span class="qd-state qd-{state}">{escape(name)}</span>'


def return_title(one: Return, speech: Speech) -> str:
    """Court and year, as far as they are known."""
    year = str(one.year) if one.year else speech.say("year not known")
    return speech.listed([speech.court(one.court_id), year])


def findings(filed: Sequence[Filed], speech: Speech) -> str:
    """The returns of a file or of many, as HTML; those that ask for something first."""
    ordered = sorted(
        filed, key=lambda one: _URGENCY.get(one.reading.state, len(STATES))
    )
    return "".join(_return(filed, speech) for filed in ordered)


def _return(filed: Filed, speech: Speech) -> str:
    reading = filed.reading
    # What a nil return notes is its state.
    problems = [problem for problem in reading.problems if problem.rule != "nil_return"]
    title = inert(return_title(reading, speech))
    parts = [
        f"<h3>{title} {state_badge(reading.state, speech)}</h3>",
        f"<p class='qd-from'>{_from(filed, speech)}</p>",
    ]
    if reading.synthetic:
        parts.append(f"<p class='qd-synthetic'>{escape(synthetic(speech))}</p>")
    if reading.state != NIL:
        parts.append(f"<p>{escape(_rows(reading, speech))}</p>")
    if reading.difficulties:
        head = speech.say("Difficulties that the court reports:")
        parts.append(f"<p>{escape(head)} {inert(reading.difficulties)}</p>")
    parts += _problems(reading, problems, speech)
    return f"<section class='qd-return'>{''.join(parts)}</section>"


def synthetic(speech: Speech) -> str:
    return speech.say("Synthetic data: invented, no court sent this.")


def _from(filed: Filed, speech: Speech) -> str:
    one = filed.reading
    parts = [inert(one.file)]
    if one.sheet:
        parts.append(inert(speech.say("sheet {sheet}", sheet=one.sheet)))
    if filed.version:
        parts.append(escape(speech.say("version {n}", n=filed.version)))
    return " · ".join(parts)


def _rows(one: Return, speech: Speech) -> str:
    accepted, refused = len(one.accepted), len(one.refused)
    kept = speech.plural("{n} case accepted", "{n} cases accepted", accepted)
    left = speech.plural("{n} row left out", "{n} rows left out", refused)
    return f"{speech.listed([kept, left] if refused else [kept])}."


def _problems(one: Return, problems: list[Problem], speech: Speech) -> Iterable[str]:
    if not problems:
        return
    cases = {case.row: (case, True) for case in one.accepted}
    cases |= {case.row: (case, False) for case in one.refused}
    ordered = sorted(
        problems, key=lambda problem: (problem.row or 0, problem.cell or "")
    )
    for row, here in groupby(ordered, key=lambda problem: problem.row):
        case, accepted = cases.get(row or 0, (None, False))
        some = list(here)
        if row is not None:
            state = speech.say("accepted") if accepted else speech.say("left out")
            text = speech.say("Row {row}", row=row)
            yield f"<h4>{escape(text)} <small>({escape(state)})</small></h4>"
        if case is not None:
            yield _typed(case, {problem.cell for problem in some}, speech)
        lines = "".join(_line(problem, speech) for problem in some)
        yield f"<ul>{lines}</ul>"


def _line(problem: Problem, speech: Speech) -> str:
    severity = speech.say(SEVERITIES[problem.severity])
    cell = f"<code>{escape(problem.cell)}</code> " if problem.cell else ""
    text = problem.sentence(speech.language)
    return (
        f"<li class='qd-{problem.severity}'>{cell}<span dir='auto'>{escape(text)}"
        f"</span> <em>({escape(severity)})</em></li>"
    )


def _typed(case: Case, cells: set[str | None], speech: Speech) -> str:
    """The row as it was typed, its bad cells marked."""
    if not case.typed:
        text = speech.say("The row is not shown: it holds personal data.")
        return f"<p>{escape(text)}</p>"
    columns = [
        column
        for column, text in case.typed.items()
        if column in COLUMNS
        and (text or column not in OPTIONAL_COLUMNS or case.cells.get(column) in cells)
    ]
    heads = "".join(
        f"<th scope='col'>{escape(column_name(column, speech.language))}</th>"
        for column in columns
    )
    values = "".join(
        f"<td{_marked(case.cells.get(column), cells)}>{inert(case.typed[column])}</td>"
        for column in columns
    )
    return (
        "<div class='qd-wide'><table class='qd-typed'><thead><tr>"
        f"{heads}</tr></thead><tbody><tr>{values}</tr></tbody></table></div>"
    )


def _marked(cell: str | None, bad: set[str | None]) -> str:
    return " class='qd-bad'" if cell is not None and cell in bad else ""
