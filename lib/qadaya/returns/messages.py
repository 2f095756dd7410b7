"""What a problem is called to the person who reads it, in three languages.

One line each: where, what was found, what is expected, what to do. The English text is
the key of the catalogue `returns`.
"""

import re
from collections.abc import Mapping
from typing import Any, Protocol

from qadaya.language import translator
from qadaya.reference import body_name, court_name
from qadaya.returns.reasons import REASONS
from qadaya.returns.rule_texts import COLUMNS, PLACES, RULES, VARIANTS
from qadaya.vocabulary import label


class ProblemLike(Protocol):
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


# What is said instead where the cell is blank.
_WHEN_BLANK = {
    "prosecution_unclear": "prosecution_missing",
    "body_unknown": "body_not_given",
    "court_unknown": "court_not_given",
}
NO_VALUE = "not shown"
EMPTY_VALUE = "not given"
IN_SHEET = "sheet {sheet}"
IN_ROW = "row {row}"
OF_SHEET = "{row} of {sheet}"
ALSO_IN = "also in {file}, row {row}"
IN_PLACE = "{found} in {place}"
NEAREST = "Nearest known name: {name}."
QUOTED = "“{text}”"

DOMAIN = "returns.returns"
_LONGEST_VALUE = 80
# A no-break space is none of them: in French it keeps a mark with its word.
_BLANKS = re.compile(r"[ \t\r\n]+")
_COLONS = {"ar": ": ", "fr": "\N{NO-BREAK SPACE}: ", "en": ": "}
_SEMICOLONS = {"ar": "؛ ", "fr": "\N{NO-BREAK SPACE}; ", "en": "; "}


def message(problem: ProblemLike, language: str) -> str:
    """One line for a problem, in ar, fr or en."""
    where = _where(problem, language)
    return f"{where}{_COLONS[language]}{sentence(problem, language)}"


def sentence(problem: ProblemLike, language: str) -> str:
    """The same without its place: what was found, what is expected, what to do."""
    say = translator(language, DOMAIN).gettext
    found = say(_sentence(problem)).format(**_facts(problem, language))
    return _BLANKS.sub(" ", f"{found} {_nearest(problem, language)}").strip()


def _sentence(problem: ProblemLike) -> str:
    """The sentence for a problem: a rule may find a wrong word, or none at all."""
    rule, facts = problem.rule, problem.facts
    if rule == "row_hidden" and facts.get("why") == "filtered":
        return VARIANTS["row_filtered"]
    if rule == "form_not_recognised" and facts.get("found"):
        return VARIANTS["form_incomplete"]
    if rule == "court_ambiguous" and facts.get("courts"):
        return VARIANTS["court_of_several"]
    if rule in _WHEN_BLANK and problem.value == "":
        return VARIANTS[_WHEN_BLANK[rule]]
    return RULES[rule]


def column_name(column: str, language: str) -> str:
    """The name of a column of the form, or of another place, for a message."""
    return translator(language, DOMAIN).gettext(COLUMNS[column])


def _where(problem: ProblemLike, language: str) -> str:
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


def _facts(problem: ProblemLike, language: str) -> dict[str, Any]:
    say = translator(language, DOMAIN).gettext
    facts = problem.facts
    reason, remedy = map(say, REASONS[facts.get("reason", "damaged")])
    limits = {name: facts.get(name, "") for name in ("limit", "where")}
    return {
        "value": _value(problem, language),
        "reason": reason.format(**limits),
        "remedy": remedy.format(**limits),
        "found": _names(facts.get("found", []), language),
        "courts": _courts(facts.get("courts", []), language),
        "n_rows": facts.get("n_rows", ""),
        "missing": _names(facts.get("missing", []), language),
        "places": _places(facts.get("places", []), language),
        "example": facts.get("example", ""),
        "prosecution": _code("prosecution", facts.get("prosecution"), language),
        "coded": _code("subject", facts.get("coded"), language),
        "changed": _names(facts.get("changed", []), language),
        "later": _names([facts["later"]] if "later" in facts else [], language),
        "same_as_row": _other_row(problem, language),
        "same_as_sheet": _other_sheet(problem, language),
    }


def _other_row(problem: ProblemLike, language: str) -> str:
    say = translator(language, DOMAIN).gettext
    row = say(IN_ROW).format(row=problem.facts.get("same_as_row", ""))
    if not problem.facts.get("same_as_sheet"):
        return row
    return say(OF_SHEET).format(row=row, sheet=_other_sheet(problem, language))


def _other_sheet(problem: ProblemLike, language: str) -> str:
    say = translator(language, DOMAIN).gettext
    sheet = problem.facts.get("same_as_sheet")
    return say(IN_SHEET).format(sheet=_quoted(sheet, language)) if sheet else ""


def _courts(courts: list[str], language: str) -> str:
    comma = "، " if language == "ar" else ", "
    return comma.join(court_name(court, language) for court in courts)


def _value(problem: ProblemLike, language: str) -> str:
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
        quoted = _quoted(str(place["found"]), language)
        named.append(say(IN_PLACE).format(found=quoted, place=where))
    return _SEMICOLONS[language].join(named)


def _nearest(problem: ProblemLike, language: str) -> str:
    nearest = problem.facts.get("nearest")
    if not nearest:
        return ""
    name = body_name if problem.rule == "body_unknown" else court_name
    say = translator(language, DOMAIN).gettext
    return say(NEAREST).format(name=name(nearest, language))


def _code(kind: str, code: str | None, language: str) -> str:
    return label(kind, code, language) if code else ""
