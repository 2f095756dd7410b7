"""Decisions of the desk in words."""

from qadaya.desk.speech import Speech
from qadaya.returns.corrections import (
    COUNT_HERE,
    DIFFERENT_CASES,
    EXCLUDE,
    RECODE,
    SAME_CASE_AS,
    Correction,
    Place,
)
from qadaya.returns.messages import column_name
from qadaya.vocabulary import label

ACTIONS = {
    EXCLUDE: "Do not count this row",
    RECODE: "Give the case another code",
    COUNT_HERE: "Listed twice: count it here, not at the other row",
    SAME_CASE_AS: "Listed twice: count it at the other row, not here",
    DIFFERENT_CASES: "Two cases that only look alike: count both",
}


def place_name(place: Place, speech: Speech) -> str:
    """A row of a version or of a supplement."""
    text = "{court}, {year}, version {version}, row {row}"
    if place.supplement:
        text = "{court}, {year}, supplement {version}, row {row}"
    return speech.say(
        text,
        court=speech.court(place.court),
        year=place.year,
        version=place.version or place.supplement,
        row=place.row,
    )


def code_name(column: str, code: str, speech: Speech) -> str:
    """A column and the code that it is given."""
    language = speech.language
    return f"{column_name(column, language)} = {label(column, code, language)}"


def action_name(made: Correction, speech: Speech) -> str:
    """What is decided, with the codes or the other row that it names."""
    action = speech.say(ACTIONS[made.action])
    more = [code_name(column, code, speech) for column, code in made.to.items()]
    if made.other is not None:
        more.append(place_name(made.other, speech))
    return f"{action} ({speech.listed(more)})" if more else action
