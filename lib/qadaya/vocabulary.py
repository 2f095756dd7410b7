"""The codes of Qadaya, in order, with their English words.

This is the only place where a code is spelled. The words are translated through the
catalogue `vocabulary`; `label` gives them in the language of a reader.
"""

from typing import Final, NamedTuple

from qadaya.language import translator

PLATFORMS = {
    "NCMEC": "NCMEC",
    "CPS": "CPS",
    "NCMEC+CPS": "NCMEC and CPS",
}
PROSECUTION = {
    "prosecuted": "Prosecuted",
    "closed": "Closed",
    "under_investigation": "Under investigation",
    "referred": "Referred elsewhere",
}
FIRST_INSTANCE = {
    "convicted": "Convicted",
    "acquitted": "Acquitted",
    "pending": "Pending",
    "other": "Other outcome",
    "none": "None",
}
APPEAL = {
    "upheld": "Upheld",
    "amended": "Amended",
    "overturned": "Overturned",
    "convicted": "Convicted",
    "acquitted": "Acquitted",
    "pending": "Pending",
    "other": "Other outcome",
    "none": "None",
}
CASSATION = {
    "rejected": "Rejected",
    "quashed": "Quashed",
    "inadmissible": "Inadmissible",
    "pending": "Pending",
    "none": "None",
}
# The circular asks for the figures of this year and of every one since; a court may
# send those of an earlier one.
FIRST_ASKED: Final = 2021
SUBJECTS = {
    "possession": "Possession",
    "distribution": "Distribution",
    "production": "Production",
    "incitement": "Incitement",
    "solicitation": "Solicitation",
    "extortion": "Extortion",
    "other": "Other subject",
}
# How far a case has come. Each case is at exactly one stage.
STAGES = {
    "under_investigation": "Under investigation",
    "closed": "Closed",
    "referred": "Referred elsewhere",
    "prosecuted": "Prosecuted",
    "first_instance": "Decided at first instance",
    "appeal": "On appeal",
    "cassation": "In cassation",
}
# The decision on the merits that stands so far; see `stage_and_result`.
RESULTS = {
    "none": "Not prosecuted, or not yet",
    "pending": "Not yet decided",
    "convicted": "Convicted",
    "acquitted": "Acquitted",
    "other": "Other outcome",
}
# What became of a return. One state is a code of REPORTING too: a nil return.
ACCEPTED: Final = "accepted"
ACCEPTED_WITH_PROBLEMS: Final = "accepted_with_problems"
NIL: Final = "nil"
REFUSED: Final = "refused"
RETURN_STATES = (ACCEPTED, ACCEPTED_WITH_PROBLEMS, NIL, REFUSED)

# What a problem does: to the return, to the row, a question to the court, no more.
BLOCK_RETURN: Final = "block_return"
BLOCK_ROW: Final = "block_row"
ASK: Final = "ask"
NOTE: Final = "note"
SEVERITIES = (BLOCK_RETURN, BLOCK_ROW, ASK, NOTE)
BLOCKING = (BLOCK_RETURN, BLOCK_ROW)
# The rule whose value is kept nowhere.
PERSONAL_DATA: Final = "personal_data"

# What is known of one court in one year.
REPORTED: Final = "reported"
MISSING: Final = "missing"
NOT_ESTABLISHED: Final = "not_established"
REPORTING = {
    REPORTED: "Reported",
    NIL: "Nil return",
    MISSING: "Not reported",
    NOT_ESTABLISHED: "Not yet established",
}
ANSWERED = (REPORTED, NIL)
# What a count is. value and zero are numbers; the others are not and are never drawn
# as one.
VALUE: Final = "value"
ZERO: Final = "zero"
NOT_REPORTED: Final = "not_reported"
HIDDEN: Final = "hidden"
COUNT_STATES = (VALUE, ZERO, NOT_REPORTED, NOT_ESTABLISHED, HIDDEN)

INTERNAL: Final = "internal"
SHARED: Final = "shared"
AUDIENCES = {
    INTERNAL: "Internal: exact counts, never leaves the desk",
    SHARED: "Shared: protected counts",
}

# Measures that add up: a case counts when its stage or its result is among these.
MEASURES = {
    "cases": "Cases",
    "prosecuted": "Prosecuted",
    "decided": "Decided at first instance",
    "convicted": "Convicted",
}
STAGES_OF_MEASURE = {
    "cases": tuple(STAGES),
    "prosecuted": ("prosecuted", "first_instance", "appeal", "cassation"),
    "decided": ("first_instance", "appeal", "cassation"),
    "convicted": tuple(STAGES),
}
RESULTS_OF_MEASURE = {
    "cases": tuple(RESULTS),
    "prosecuted": tuple(RESULTS),
    "decided": tuple(RESULTS),
    "convicted": ("convicted",),
}

# What a coded case carries, in the order of the form, then what is derived.
CODED_COLUMNS = (
    "court_id",
    "year",
    "body",
    "subject",
    "platform",
    "prosecution",
    "first_instance",
    "appeal",
    "cassation",
    "imprisonment_months",
    "fine_mad",
)
OPTIONAL_COLUMNS = (
    "case_reference",  # a digest, to find the same case twice; never to leave the desk
    "registered_month",
    "persons_prosecuted",
    "first_instance_month",
    "appeal_month",
    "cassation_month",
)
DERIVED_COLUMNS = ("circuit_id", "stage", "result")
PLACE_COLUMNS = ("return", "file", "sheet", "row")

_WORDS = {
    "platform": PLATFORMS,
    "prosecution": PROSECUTION,
    "first_instance": FIRST_INSTANCE,
    "appeal": APPEAL,
    "cassation": CASSATION,
    "subject": SUBJECTS,
    "stage": STAGES,
    "result": RESULTS,
    "status": REPORTING,
    "audience": AUDIENCES,
    "measure": MEASURES,
}


class StageAndResult(NamedTuple):
    """How far a case has come, and the decision that stands."""

    stage: str
    result: str


def stage_and_result(
    prosecution: str, first_instance: str, appeal: str, cassation: str
) -> StageAndResult:
    """The one stage of a case and the decision on the merits that stands so far.

    The latest instance seized gives the stage, also while it is pending. A pending
    appeal or cassation leaves the last decision standing; a quashed judgment goes
    back to be decided again, so nothing stands. Source: docs/method.md.
    """
    if cassation != "none":
        stage = "cassation"
    elif appeal != "none":
        stage = "appeal"
    elif first_instance not in ("none", "pending"):
        stage = "first_instance"
    else:
        stage = "prosecuted" if first_instance == "pending" else prosecution
    return StageAndResult(
        stage, _standing_result(stage, first_instance, appeal, cassation)
    )


def _standing_result(
    stage: str, first_instance: str, appeal: str, cassation: str
) -> str:
    if stage in ("under_investigation", "closed", "referred"):
        return "none"
    if cassation == "quashed":
        return "pending"
    first = "pending" if first_instance == "none" else first_instance
    reversed_ = {"convicted": "acquitted", "acquitted": "convicted"}
    if appeal in ("convicted", "acquitted", "other"):
        return appeal
    if appeal == "overturned":
        return reversed_.get(first, "other")
    return first


def label(kind: str, code: str, language: str) -> str:
    """The word for a code: `label("stage", "appeal", "ar")`."""
    return translator(language, "vocabulary").gettext(_WORDS[kind][code])


def codes(kind: str) -> tuple[str, ...]:
    """The codes of a column in their order: `codes("stage")`."""
    return tuple(_WORDS[kind])
