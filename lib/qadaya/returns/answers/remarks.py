"""What is told to a court about a file it sent: its remarks, in the court's language.

Nothing personal is in them: what was refused as personal data is told by its place
alone, and names of files and sheets are those that may be shown.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from qadaya.language import translator
from qadaya.reference import court_name
from qadaya.returns.model import Problem, Return
from qadaya.returns.register.filed import Filed
from qadaya.vocabulary import BLOCKING, NIL, NOTE, PERSONAL_DATA, REFUSED

DOMAIN = "returns.answers"
MUST = "To be corrected"
PLEASE = "To be confirmed"
FOR_INFORMATION = "For information"


class Remark(NamedTuple):
    """One problem of a file: where it stands there, how grave it is, what to do.

    `column` is the column of the form; `value` the text as typed, None where it may
    not be repeated; `kind` one of MUST, PLEASE and FOR_INFORMATION.
    """

    sheet: str | None
    row: int | None
    cell: str | None
    column: str | None
    kind: str
    value: str | None
    text: str
    personal: bool


@dataclass(frozen=True)
class FirstSheet:
    """All that the first sheet of an answer says.

    `summary` holds the lines above the list of remarks.
    """

    language: str
    title: str
    summary: list[str]
    remarks: list[Remark]


def tell(answers: Sequence[Filed], language: str | None = None) -> FirstSheet:
    """What is said about the returns of one file; in the language it is written in."""
    language = language or written_in([filed.reading for filed in answers])
    say = translator(language, DOMAIN).gettext
    remarks = [
        _remark(problem, language)
        for filed in answers
        for problem in filed.reading.problems
        if problem.severity != NOTE or problem.rule != "nil_return"
    ]
    summary = [line for filed in answers for line in _standing(filed, language)]
    return FirstSheet(
        language,
        say("Answer of the statistics desk"),
        [*summary, *_to_do(remarks, language)],
        remarks,
    )


def written_in(returns: Iterable[Return]) -> str:
    """The language of what was typed: French where more letters of it are Latin.

    Names of platforms are Latin in both; where nothing else was typed it is Arabic.
    """
    arabic = latin = 0
    for returned in returns:
        for case in [*returned.accepted, *returned.refused]:
            for column, text in case.typed.items():
                if column != "platform":
                    arabic += sum("\u0600" <= letter <= "\u06ff" for letter in text)
                    latin += sum(
                        letter.isalpha() and letter < "\u0250" for letter in text
                    )
        for found in returned.problems:
            if found.rule == "nil_return":
                latin += sum(c.isalpha() and c < "\u0250" for c in found.value or "")
    return "fr" if latin > arabic else "ar"


def _remark(problem: Problem, language: str) -> Remark:
    kind = PLEASE
    if problem.severity in BLOCKING:
        kind = MUST
    elif problem.severity == NOTE:
        kind = FOR_INFORMATION
    personal = problem.rule == PERSONAL_DATA
    text = problem.sentence(language)
    if personal:
        # The sentence of the rule names what is personal, and would be found by it when
        # the answer comes back corrected.
        text = translator(language, DOMAIN).gettext(
            "This held what looks like personal data and was taken out. Please leave "
            "it out when correcting; the case itself is to be reported."
        )
    return Remark(
        problem.sheet,
        problem.row,
        problem.cell,
        problem.facts.get("column"),
        kind,
        problem.value,
        text,
        personal,
    )


def _standing(filed: Filed, language: str) -> list[str]:
    """Whose return it is, what of it was accepted, what is counted meanwhile."""
    words = translator(language, DOMAIN)
    say, reading = words.gettext, filed.reading
    whose = [reading.file, reading.sheet]
    if reading.court_id:
        whose.append(court_name(reading.court_id, language))
    if reading.year:
        whose.append(str(reading.year))
    if filed.supplement and filed.version:
        whose.append(say("supplement {n}").format(n=filed.version))
    elif filed.version and filed.version > 1:
        whose.append(say("version {n}").format(n=filed.version))
    lines = [" | ".join(filter(None, whose)), _received(reading, language)]
    rows = _ranges(case.row for case in reading.accepted)
    if rows:
        lines.append(say("Accepted rows: {rows}.").format(rows=rows))
    left = _ranges(case.row for case in reading.refused)
    if left:
        lines.append(say("Rows left out: {rows}.").format(rows=left))
    return [*lines, _counted(filed, language)]


def _received(reading: Return, language: str) -> str:
    words = translator(language, DOMAIN)
    if reading.state == REFUSED:
        return words.gettext("The return could not be accepted.")
    if reading.state == NIL:
        return words.gettext("The return was accepted: the court reports no case.")
    n = len(reading.accepted)
    return words.ngettext(
        "{n} case was accepted.", "{n} cases were accepted.", n
    ).format(n=n)


def _counted(filed: Filed, language: str) -> str:
    say = translator(language, DOMAIN).gettext
    if filed.supplement and filed.current:
        return say("Counted: its cases, once with those of the return of the year.")
    if filed.supplement:
        return say("Counted meanwhile: nothing of this supplement.")
    if filed.current:
        return say("Counted meanwhile: what was accepted of this return.")
    if filed.version_that_counts:
        return say("Counted meanwhile: version {n} of this return.").format(
            n=filed.version_that_counts
        )
    return say("Counted meanwhile: nothing; the court stands as not having reported.")


def _to_do(remarks: Sequence[Remark], language: str) -> list[str]:
    words = translator(language, DOMAIN)
    say = words.gettext
    if not remarks:
        return [say("Nothing has to be done.")]
    lines = [
        say(
            "What to do: go through the list below, correct the coloured cells in this "
            "workbook, and send it back. It will replace the earlier return as a whole."
        )
    ]
    if any(remark.personal for remark in remarks):
        lines.append(
            say(
                "Personal data was taken out of this workbook. Please leave it out, "
                "and delete it from the file that was sent."
            )
        )
    return lines


def _ranges(rows: Iterable[int]) -> str:
    """Row numbers in short: 12-15, 17."""
    parts: list[list[int]] = []
    for row in sorted(set(rows)):
        if parts and row == parts[-1][1] + 1:
            parts[-1][1] = row
        else:
            parts.append([row, row])
    return ", ".join(
        f"{first}" if first == last else f"{first}-{last}" for first, last in parts
    )
