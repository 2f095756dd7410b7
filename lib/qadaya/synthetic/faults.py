"""Faults planted in drafts: each is what some court really gets wrong."""

from collections.abc import Callable
from dataclasses import replace
from random import Random

from qadaya.reference import court_name, courts
from qadaya.synthetic.cases import draw_case
from qadaya.synthetic.conditions import prosecution_of, twins
from qadaya.synthetic.draft import REFUSED_ROW, TOTAL_ROW, Draft, DraftRow, Formula
from qadaya.synthetic.layout import YEAR_ROW

Planter = Callable[[Random, Draft], None]

UNKNOWN_PLATFORMS = ("INTERPOL", "IWF", "منصة إبلاغ", "Europol")
UNCLEAR_PROSECUTIONS = ("ينظر الملف", "انظر المرفق", "؟")
UNCLEAR_OUTCOMES = ("انظر الحكم رفقته", "غير واضح", "؟؟")
UNCLEAR_SUBJECTS = ("تقرير إخباري", "إشعار وارد", "Signalement")
UNKNOWN_BODIES = ("إدارة الجمارك", "المحافظة العقارية", "Douane")
# Numbers and addresses that can belong to nobody.
PERSONAL_DATA = (
    "استدراج قاصر، الهاتف 0600000000",
    "ابتزاز قاصر x@example.invalid",
    "حيازة، العنوان 192.0.2.1",
    "نشر وتوزيع، البطاقة الوطنية AB000000",
)
NAME_HEADING, INVENTED_NAME = "الاسم العائلي والشخصي", "فلان بن فلان"
FORMULA = Formula("=1+1")


def refuse(rule: str, column: str, texts: tuple[str, ...]) -> Planter:
    """A planter of one more row, refused for what stands in a column."""

    def plant(rng: Random, draft: Draft) -> None:
        _insert(rng, draft, {column: rng.choice(texts)}, rule, column)

    return plant


def _insert(
    rng: Random, draft: Draft, typed: dict[str, str], rule: str, column: str
) -> None:
    case = draw_case(rng, draft.court_id, draft.year)
    row = DraftRow(draft.hand.write(rng, case) | typed, role=REFUSED_ROW)
    row.faults.append((rule, column))
    # Before the totals row, which stays the last.
    before_totals = sum(other.role != TOTAL_ROW for other in draft.rows)
    draft.rows.insert(rng.randrange(before_totals + 1), row)


def plant_name_column(rng: Random, draft: Draft) -> None:
    """A column of names that the form does not have."""
    draft.extra_heading = NAME_HEADING
    _insert(rng, draft, {"extra": INVENTED_NAME}, "personal_data", "extra")


def plant_unknown_body(rng: Random, draft: Draft) -> None:
    """A body outside the register of bodies; the case counts without one."""
    row = rng.choice(draft.cases)
    assert row.case is not None
    row.case = replace(row.case, body=None)
    row.typed["body"] = rng.choice(UNKNOWN_BODIES)
    row.faults.append(("body_unknown", "body"))


def plant_unclear_subject(rng: Random, draft: Draft) -> None:
    """A subject that says nothing of what happened; the case counts as another."""
    row = rng.choice(draft.cases)
    assert row.case is not None
    row.case = replace(row.case, subject="other")
    row.typed["subject"] = rng.choice(UNCLEAR_SUBJECTS)
    row.faults.append(("subject_unclear", "subject"))


def plant_both_platforms(rng: Random, draft: Draft) -> None:
    """A case said to come from the two platforms."""
    row = rng.choice(draft.cases)
    assert row.case is not None
    row.case = replace(row.case, platform="NCMEC+CPS")
    row.typed["platform"] = draft.hand.word(rng, "platform", "NCMEC+CPS")
    row.faults.append(("platform_both", "platform"))


def plant_outcome_of_closed_case(rng: Random, draft: Draft) -> None:
    """A conviction in a case that the prosecution closed."""
    row = next(row for row in draft.cases if prosecution_of(row) == "closed")
    assert row.case is not None
    row.case = replace(row.case, first_instance="convicted")
    row.typed["first_instance"] = draft.hand.word(rng, "first_instance", "convicted")
    row.faults.append(("outcome_without_prosecution", "first_instance"))


def plant_skipped_instance(rng: Random, draft: Draft) -> None:
    """A decision on appeal with nothing said of first instance."""
    row = next(row for row in draft.cases if row.case and row.case.appeal != "none")
    assert row.case is not None
    row.case = replace(
        row.case, first_instance="none", imprisonment_months=None, fine_mad=None
    )
    row.typed["first_instance"] = ""
    row.faults.append(("instance_skipped", "first_instance"))


def plant_duplicate(rng: Random, draft: Draft) -> None:
    """A row typed twice, in place of another case with the same prosecution."""
    first, second = twins(draft)
    second.case, second.typed = first.case, dict(first.typed)
    second.faults.append(("duplicate_row", None))


def plant_wrong_year_in_name(rng: Random, draft: Draft) -> None:
    """A file named after the year before; the heading has the right one."""
    draft.name_year = draft.year - 1
    draft.faults.append("year_conflict")


def plant_missing_year(rng: Random, draft: Draft) -> None:
    """A return that says nowhere which year it is for."""
    draft.lines[YEAR_ROW] = ""
    draft.name_year = draft.sheet_name = None
    draft.faults.append("year_missing")


def plant_dotted_court(rng: Random, draft: Draft) -> None:
    """A return whose court lines keep their dots, in a file named after nobody."""
    draft.lines |= {2: "محكمة الاستئناف ب.....", 3: "المحكمة الابتدائية ب....."}
    draft.habits.add("nameless")
    for row in draft.rows:
        row.typed["court"] = ""
    draft.faults.append("court_unknown")


def plant_emptiness(rng: Random, draft: Draft) -> None:
    """A form sent back with nothing on it, not even that there is nothing."""
    draft.rows.clear()
    draft.habits.add("empty")
    draft.faults.append("empty_return")


def plant_second_degree(court: Draft, appeal: Draft) -> None:
    """A court of appeal lists a case that its first-instance court had first."""
    for draft in (court, appeal):
        draft.habits.add("optional_columns")
    court.is_needed = True
    had_first = next(row for row in court.cases if row.case and row.case.reference)
    assert had_first.case is not None
    case = replace(had_first.case, court_id=appeal.court_id)
    row = DraftRow(
        appeal.hand.write(Random(case.reference), case), case, role=REFUSED_ROW
    )
    row.faults.append(("second_degree_case", None))
    row.needs_register = True
    appeal.rows.insert(len(appeal.cases), row)


def plant_row_of_first_instance_court(rng: Random, draft: Draft) -> None:
    """A court of appeal lists a case and says itself which court had it first."""
    circuit = courts()["circuit_id"]
    below = [c for c in circuit.index[circuit == draft.court_id] if c != draft.court_id]
    name = court_name(rng.choice(below), draft.hand.language)
    _insert(rng, draft, {"court": name}, "second_degree_case", "court")


def plant_counted_twice(first: Draft, second: Draft) -> None:
    """Two first-instance courts list a case under one and the same reference."""
    rows = first.cases[0], second.cases[0]
    for draft, row in zip((first, second), rows, strict=True):
        draft.habits.add("optional_columns")
        assert rows[0].case is not None
        row.typed["case_reference"] = rows[0].case.reference
        row.faults.append(("counted_twice", None))
        row.needs_register = True
