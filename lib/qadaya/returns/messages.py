"""What a problem is called to the person who reads it, in three languages.

One line each: where, what was found, what is expected, what to do. The English text is
the key of the catalogue `returns`.
"""

from collections.abc import Mapping
from typing import Any, Protocol

from qadaya.language import translator
from qadaya.reference import body_name, court_name
from qadaya.vocabulary import label


class Told(Protocol):
    """What a message needs of a problem; `returns.model.Problem` has it all."""

    @property
    def rule(self) -> str: ...
    @property
    def sheet(self) -> str | None: ...
    @property
    def row(self) -> int | None: ...
    @property
    def cell(self) -> str | None: ...
    @property
    def value(self) -> str | None: ...
    @property
    def facts(self) -> Mapping[str, Any]: ...


COLUMNS = {
    "court": "Court",
    "body": "Investigating body",
    "subject": "Subject of the notification",
    "platform": "Platform",
    "prosecution": "Prosecution",
    "first_instance": "At first instance",
    "appeal": "On appeal",
    "cassation": "Cassation",
    "case_reference": "Case reference",
    "registered_month": "Month of registration",
    "persons_prosecuted": "Persons prosecuted",
    "first_instance_month": "Month of the first-instance decision",
    "appeal_month": "Month of the appeal decision",
    "cassation_month": "Month of the cassation decision",
    "extra": "column that is not in the form",
    "personal": "column for personal data",
    "heading": "lines above the table",
    "difficulties": "difficulties",
    "sheet_name": "name of the sheet",
    "file_name": "name of the file",
}
PLACES = {
    "heading": "the lines above the table",
    "rows": "the column of courts",
    "sheet_name": "the name of the sheet",
    "file_name": "the name of the file",
    "option": "what was given with the command",
}
REASONS = {
    "empty": "the file is empty",
    "damaged": "the file is damaged or incomplete",
    "encrypted": "the file is locked with a password",
    "kind": "this is not a kind of file that is read here",
    "old_word": "this is a document of Word 97 to 2003",
    "too_large": "the file unpacks to more than any form can hold",
    "not_a_file": "this is not a file",
    "denied": "the file may not be read by this user",
}
RULES = {
    "file_unreadable": (
        "nothing can be read: {reason}. Expected a workbook (.xlsx, .xls, .ods), a "
        "document (.docx, .odt) or a .csv file. Save the form again as one of these "
        "and send it again."
    ),
    "form_not_recognised": (
        "the form was not found; no headings for: {missing}. Expected the headings of "
        "the circular's form. Copy the rows into the form and send it again."
    ),
    "court_unknown": (
        "the court is {value}. Expected the name of one of the courts. Write the "
        "name of the court in the lines above the table and send the form again."
    ),
    "court_ambiguous": (
        "the court is not certain: {places}. Expected one court, named alike "
        "everywhere, under its own court of appeal. Correct the name and send the "
        "form again."
    ),
    "year_missing": (
        "no year was found. Expected one year, such as 'For the year {example}', above "
        "the table. Add the line and send the form again."
    ),
    "year_conflict": (
        "the year is not certain: {places}. Expected one year per table. Send one "
        "table for each year, with its year above it."
    ),
    "empty_return": (
        "there is no case in the table. Expected one row per case, or 'Nothing to "
        "report' in the first row. Fill in the table and send the form again."
    ),
    "nil_return": "the court reports no case ({value}). Nothing has to be done.",
    "platform_missing": (
        "no platform is given. Expected NCMEC (NECMEC), CPS or both. Fill in the cell "
        "and send the form again."
    ),
    "platform_unknown": (
        "the platform is {value}. Expected NCMEC (NECMEC), CPS or both. Correct the "
        "cell; a case from another source does not belong in this form."
    ),
    "platform_both": (
        "both platforms are given ({value}). Expected one, unless both reported the "
        "case. Please confirm; the case is counted under both."
    ),
    "prosecution_unclear": (
        "the prosecution's decision is {value}. Expected prosecuted, closed, under "
        "investigation or referred elsewhere. Write one of these in the cell."
    ),
    "outcome_unclear": (
        "the outcome is {value}. Expected a decision, 'pending', or an empty cell "
        "where this court was not seized. Write the decision in the cell."
    ),
    "body_unknown": (
        "the investigating body is {value}. Expected a service of the police or the "
        "gendarmerie. Please name the service; the case is counted without it."
    ),
    "subject_unclear": (
        "the subject is {value}. Expected possession, distribution, production, "
        "incitement, solicitation, extortion, or another subject in a few words. "
        "Please name one; the case is counted as {coded}."
    ),
    "outcome_without_prosecution": (
        "the outcome is {value}, but the case was not prosecuted ({prosecution}). "
        "Expected no outcome, or a prosecution. Please correct one of the two."
    ),
    "instance_skipped": (
        "{later} is filled in ({value}), but the instance before it has not decided. "
        "Expected the decisions in their order. Please add the missing decision."
    ),
    "duplicate_row": (
        "this row repeats row {same_as_row} word for word. Expected one row per case. "
        "Please say whether these are two cases; both are counted."
    ),
    "formula_cell": (
        "the cell holds a formula. Expected typed text or a typed number. Replace the "
        "formula by its value and send the form again."
    ),
    "personal_data": (
        "this looks like personal data (name, telephone, e-mail, IP address or "
        "identity number); it is not repeated here. Expected none in the form. Take "
        "it out and send the form again."
    ),
    "second_degree_case": (
        "a first-instance court had this case first ({value}). Expected only the cases "
        "registered for the first time with the court of appeal. Take the row out; "
        "the first-instance court reports it."
    ),
    "counted_twice": (
        "this case seems to be counted twice ({value}). Expected each case in one "
        "return. Please say which of the courts reports it; both are counted."
    ),
}
NO_VALUE = "not shown"
EMPTY_VALUE = "not given"
IN_SHEET = "sheet {sheet}"
IN_ROW = "row {row}"
ALSO_IN = "also in {file}, row {row}"
IN_PLACE = "{found} in {place}"
NEAREST = "Nearest known name: {name}."
QUOTED = "“{text}”"

DOMAIN = "returns.returns"
_LONGEST_VALUE = 80


def message(problem: Told, language: str) -> str:
    """One line for a problem, in ar, fr or en."""
    say = translator(language, DOMAIN).gettext
    found = say(RULES[problem.rule]).format(**_facts(problem, language))
    nearest = _nearest(problem, language)
    return " ".join(f"{_where(problem, language)}: {found} {nearest}".split())


def column_name(column: str, language: str) -> str:
    """The name of a column of the form, or of another place, for a message."""
    return translator(language, DOMAIN).gettext(COLUMNS[column])


def _where(problem: Told, language: str) -> str:
    say = translator(language, DOMAIN).gettext
    parts = [str(problem.facts.get("file") or "")]
    if problem.sheet:
        parts.append(say(IN_SHEET).format(sheet=_quoted(problem.sheet, language)))
    column = problem.facts.get("column")
    named = f" ({column_name(column, language)})" if column in COLUMNS else ""
    if problem.cell:
        parts.append(f"{problem.cell}{named}")
    elif problem.row is not None:
        parts.append(say(IN_ROW).format(row=problem.row) + named)
    elif named:
        parts.append(named.strip(" ()"))
    comma = "، " if language == "ar" else ", "
    return comma.join(part for part in parts if part)


def _facts(problem: Told, language: str) -> dict[str, Any]:
    say = translator(language, DOMAIN).gettext
    facts = problem.facts
    return {
        "value": _value(problem, language),
        "reason": say(REASONS[facts.get("reason", "damaged")]),
        "missing": _names(facts.get("missing", []), language),
        "places": _places(facts.get("places", []), language),
        "example": facts.get("example", ""),
        "prosecution": _code("prosecution", facts.get("prosecution"), language),
        "coded": _code("subject", facts.get("coded"), language),
        "later": _names([facts["later"]] if "later" in facts else [], language),
        "same_as_row": facts.get("same_as_row", ""),
    }


def _value(problem: Told, language: str) -> str:
    say = translator(language, DOMAIN).gettext
    other = problem.facts.get("other_file")
    if other:
        row = problem.facts.get("other_row", "")
        return say(ALSO_IN).format(file=other, row=row)
    if problem.value is None:
        return say(NO_VALUE)
    return _quoted(problem.value, language) if problem.value else say(EMPTY_VALUE)


def _quoted(text: str, language: str) -> str:
    text = " ".join(text.split())
    if len(text) > _LONGEST_VALUE:
        text = f"{text[: _LONGEST_VALUE - 1]}…"
    return translator(language, DOMAIN).gettext(QUOTED).format(text=text)


def _names(columns: list[str], language: str) -> str:
    comma = "، " if language == "ar" else ", "
    return comma.join(column_name(column, language) for column in columns)


def _places(places: list[dict[str, str]], language: str) -> str:
    say = translator(language, DOMAIN).gettext
    named = []
    for place in places:
        where = say(PLACES[place["place"]])
        if place.get("cell"):
            where = f"{where} ({place['cell']})"
        found = _quoted(str(place["found"]), language)
        named.append(say(IN_PLACE).format(found=found, place=where))
    return ("؛ " if language == "ar" else "; ").join(named)


def _nearest(problem: Told, language: str) -> str:
    nearest = problem.facts.get("nearest")
    if not nearest:
        return ""
    name = body_name if problem.rule == "body_unknown" else court_name
    say = translator(language, DOMAIN).gettext
    return say(NEAREST).format(name=name(nearest, language))


def _code(kind: str, code: str | None, language: str) -> str:
    return label(kind, code, language) if code else ""
