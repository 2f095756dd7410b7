"""Checks one form: whose it is, its rows, and what follows for the whole."""

import re
from collections.abc import Iterator

from qadaya.reference import fold
from qadaya.returns.code import says_nothing
from qadaya.returns.code.coded_rows import coded_rows, to_case
from qadaya.returns.model import Account, Case, Problem, Return
from qadaya.returns.parts import Part
from qadaya.returns.personal import is_number_or_address, is_personal
from qadaya.returns.problems import Pinned, problem
from qadaya.returns.read.grid import Line
from qadaya.returns.read.layout import nil_line
from qadaya.returns.read.row_kinds import says_no_case
from qadaya.returns.read.table import ReturnTable
from qadaya.returns.read.whose import Clue, Verdict, whose_court
from qadaya.returns.read.years import latest_year, whose_year
from qadaya.returns.rules import (
    ASKS,
    BLOCKS_ROW,
    OF_UNSEEN,
    CodedRow,
    Finding,
    RowRule,
    error_cell,
    formula_cell,
    personal_data,
)
from qadaya.vocabulary import (
    ACCEPTED,
    ACCEPTED_WITH_PROBLEMS,
    ASK,
    BLOCK_RETURN,
    BLOCK_ROW,
    NIL,
    PERSONAL_DATA,
    REFUSED,
)

_MOST_NAMED = 6
_SYNTHETIC = re.compile(r"بيانات اصطناعيه|donnees synthetiques|synthetic data")


def check(part: Part, stem: str, court: str | None, year: int | None) -> Return:
    """One return with its cases, its refused rows and all its problems.

    `stem` is the name of its file without the ending.
    """
    grid = part.tables[0].grid
    names = {"sheet_name": grid.name or "", "file_name": stem}
    whose = whose_court(part.court_lines, _court_column(part), names, court)
    when = whose_year(part.year_lines, names, year)
    rows = list(coded_rows(part.tables, whose.value, when.value))
    elsewhere = _court_in_a_row(part, rows, whose)
    problems = [
        *_court_problems(part, elsewhere or whose),
        *_year_problems(part, when),
        *_line_problems(part),
        *_row_problems(part, rows),
    ]
    nil = None if rows else _nil_problem(part)
    problems += _empty_problems(part, rows, nil)
    state = state_of(problems, nil=nil is not None)
    accepted, refused = _split(rows, problems, all_refused=state == REFUSED)
    return Return(
        file=part.file,
        sheet=part.sheet,
        court_id=None if elsewhere else whose.value,
        year=when.value,
        state=state,
        accepted=accepted,
        refused=refused,
        problems=problems,
        synthetic=any(_SYNTHETIC.search(fold(line.text)) for line in part.lines),
        account=_account(part, len(rows)),
    )


def _account(part: Part, n_rows: int) -> Account:
    """What became of every line under the headings.

    Raises: AssertionError where a line was lost, which cannot be.
    """
    kinds: dict[str, int] = {}
    for table in part.tables:
        for kind, n in table.kinds.items():
            kinds[kind] = kinds.get(kind, 0) + n
    n_lines = sum(table.n_lines for table in part.tables)
    assert n_lines == n_rows + sum(kinds.values()), (n_lines, n_rows, kinds)
    return Account(n_lines, dict(sorted(kinds.items())))


def state_of(problems: list[Problem], *, nil: bool) -> str:
    """The state that follows from the problems of a return."""
    severities = {problem.severity for problem in problems}
    if BLOCK_RETURN in severities:
        return REFUSED
    if nil:
        return NIL
    asked = severities & {BLOCK_ROW, ASK}
    return ACCEPTED_WITH_PROBLEMS if asked else ACCEPTED


def _court_column(part: Part) -> list[tuple[str, str]]:
    return [
        (table.cell(row.index, row.positions["court"]), row.typed["court"])
        for table in part.tables
        for row in table.cases
        if row.typed.get("court")
    ]


def _court_in_a_row(part: Part, rows: list[CodedRow], whose: Verdict) -> Verdict | None:
    """A row that names another court than the one above the table."""
    if whose.value is None:
        return None
    for row in rows:
        other = row.other_court
        if other:
            cell, text, candidates = other
            beside = Clue("rows", text, frozenset(candidates), cell)
            return Verdict(rule="court_ambiguous", said=[*whose.said[:1], beside])
    return None


def _court_problems(part: Part, verdict: Verdict) -> Iterator[Problem]:
    if verdict.rule is None:
        return
    place = Pinned(part.file, part.sheet)
    unknown = verdict.unknown
    yield problem(
        verdict.rule,
        place,
        cell=unknown.cell if unknown else _last_cell(verdict.said),
        value=unknown.text if unknown else _last_text(verdict),
        nearest=verdict.nearest,
        places=_places(verdict.said) or None,
        courts=_several(verdict) or None,
    )


def _several(verdict: Verdict) -> list[str]:
    """The courts among which no place decides; none where the places differ."""
    if verdict.rule != "court_ambiguous" or not verdict.said:
        return []
    possible = frozenset.intersection(*(place.values for place in verdict.said))
    return sorted(possible) if 1 < len(possible) <= _MOST_NAMED else []


def _year_problems(part: Part, verdict: Verdict) -> Iterator[Problem]:
    if verdict.rule is not None:
        yield problem(
            verdict.rule,
            Pinned(part.file, part.sheet),
            cell=_last_cell(verdict.said),
            value=_last_text(verdict) or None,
            places=_places(verdict.said) or None,
            example=str(latest_year() - 1),
        )


def _places(said: list[Clue]) -> list[dict[str, str]]:
    """The places as facts, without what looks personal."""
    facts = []
    for place in said:
        fact = place.as_fact()
        if is_personal(fact["found"]):
            values = ", ".join(map(str, sorted(place.values))) or "?"
            fact = {**fact, "found": values}
        facts.append(fact)
    return facts


def _last_text(verdict: Verdict) -> str:
    return verdict.said[-1].found if verdict.said else ""


def _last_cell(said: list[Clue]) -> str | None:
    cells = [place.cell for place in said if place.cell]
    return cells[-1] if cells else None


def _line_problems(part: Part) -> Iterator[Problem]:
    place = Pinned(part.file, part.sheet, "heading")
    for line in part.lines:
        if is_number_or_address(line.text):
            yield problem(PERSONAL_DATA, place, cell=line.cell)
    for table in part.tables:
        for cell in table.formula_lines:
            yield problem("formula_cell", place, cell=cell)
        for column, cell in table.pictures:
            yield problem(
                "picture_cell", Pinned(part.file, part.sheet, column), cell=cell
            )
        if table.beside:
            place_beside = Pinned(part.file, part.sheet)
            yield problem("tables_beside", place_beside, cell=table.beside)


def _row_problems(part: Part, rows: list[CodedRow]) -> Iterator[Problem]:
    for row in rows:
        for rule in OF_UNSEEN if row.unseen else (*BLOCKS_ROW, *ASKS):
            findings = rule(row)
            if findings:
                yield from _as_problems(part, row, rule, findings)


def _as_problems(
    part: Part, row: CodedRow, rule: RowRule, findings: Finding | list[Finding]
) -> Iterator[Problem]:
    """What a rule found, but for cells that are not the court's words to begin with."""
    unread: set[str | None] = set()
    if rule not in (personal_data, formula_cell):
        unread = {cell for _, cell in (*row.formulas, *row.personal)}
        if rule is not error_cell:
            unread |= {finding.cell for finding in error_cell(row)}
    for finding in findings if isinstance(findings, list) else [findings]:
        if finding.cell not in unread:
            yield problem(
                rule.__name__,
                Pinned(part.file, part.sheet, finding.column),
                row=row.row,
                cell=finding.cell,
                # Nothing of a row with personal data is repeated.
                value=None if row.personal else finding.value,
                **finding.facts,
            )


def _nil_problem(part: Part) -> Problem | None:
    place = Pinned(part.file, part.sheet)
    for table in part.tables:
        line = _nil_cell(table) or nil_line(table)
        if line is not None:
            row = int(re.sub(r"\D", "", line.cell)) if line.cell else None
            return problem(
                "nil_return", place, row=row, cell=line.cell, value=line.text
            )
    return None


def _nil_cell(table: ReturnTable) -> Line | None:
    """The first cell of the first row that says there is no case."""
    for row in table.nil:
        texts = table.grid.rows[row.index]
        filled = [p for p, text in enumerate(texts) if text.strip()]
        saying = [p for p in filled if says_no_case(texts[p])]
        saying += [p for p in filled if says_nothing(texts[p])]
        position = (saying or filled)[0]
        return Line(table.cell(row.index, position), texts[position].strip())
    return None


def _empty_problems(
    part: Part, rows: list[CodedRow], nil: Problem | None
) -> list[Problem]:
    if nil is not None:
        return [nil]
    if rows:
        return []
    return [problem("empty_return", Pinned(part.file, part.sheet))]


def _split(
    rows: list[CodedRow], problems: list[Problem], *, all_refused: bool
) -> tuple[list[Case], list[Case]]:
    blocked = {p.row for p in problems if p.severity == BLOCK_ROW}
    accepted: list[Case] = []
    refused: list[Case] = []
    for row in rows:
        out = all_refused or row.row in blocked
        (refused if out else accepted).append(to_case(row))
    return accepted, refused
