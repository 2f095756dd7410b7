"""Which returns a fault can befall."""

from itertools import pairwise

from qadaya.reference import circuit_of
from qadaya.reference.history import circuit_in
from qadaya.synthetic.draft import Draft, DraftRow
from qadaya.synthetic.layout import YEAR_ROW


def first_instance_pairs(drafts: list[Draft]) -> list[tuple[Draft, Draft]]:
    """Neighbouring plain returns of two first-instance courts for the same year.

    Of first cases that could be one case twice, and not one that the other referred.
    """
    plain = [
        draft
        for draft in drafts
        if draft.is_plain
        and not draft.is_needed
        and draft.cases
        and circuit_of(draft.court_id) != draft.court_id
    ]
    return [
        (first, second)
        for first, second in pairwise(plain)
        if first.year == second.year and _is_referred(first) == _is_referred(second)
    ]


def _is_referred(draft: Draft) -> bool:
    case = draft.cases[0].case
    return case is not None and case.prosecution == "referred"


def second_degree_pairs(drafts: list[Draft]) -> list[tuple[Draft, Draft]]:
    """Returns of a first-instance court and its court of appeal, same year, plain."""
    plain = [d for d in drafts if d.is_plain and not d.is_needed and d.cases]
    return [
        (court, appeal)
        for court in plain
        for appeal in plain
        if appeal.court_id == circuit_in(court.court_id, court.year) != court.court_id
        and appeal.year == court.year
    ]


def has_cases(draft: Draft) -> bool:
    """Whether a case is left to count beside a row that is refused."""
    return bool(draft.cases)


def has_closed(draft: Draft) -> bool:
    """Whether the prosecution closed one of the cases."""
    return any(prosecution_of(row) == "closed" for row in draft.cases)


def has_appeal(draft: Draft) -> bool:
    """Whether one of the cases went on appeal."""
    return any(row.case and row.case.appeal != "none" for row in draft.cases)


def has_twins(draft: Draft) -> bool:
    """Whether two cases have the same prosecution."""
    return bool(twins(draft))


def is_appeal_with_cases(draft: Draft) -> bool:
    """Whether a court of appeal names the court in each row."""
    is_appeal = circuit_of(draft.court_id) == draft.court_id
    return is_appeal and has_cases(draft) and "merged_court" not in draft.habits


def says_year_elsewhere(draft: Draft) -> bool:
    """Whether a heading line gives a year that a file name can contradict."""
    return draft.format != "form" and YEAR_ROW not in draft.lines


def is_sheet_with_cases(draft: Draft) -> bool:
    """Whether the file can hold a formula, and cases."""
    return draft.format in ("xlsx", "ods", "form") and has_cases(draft)


def is_arabic_grid_with_cases(draft: Draft) -> bool:
    """Whether a column can be added to an Arabic table with cases."""
    return draft.format != "form" and draft.hand.language == "ar" and has_cases(draft)


def is_free_layout(draft: Draft) -> bool:
    """Whether the court laid the return out itself and wrote in Arabic."""
    return draft.format in ("xlsx", "csv", "docx") and draft.hand.language == "ar"


def prosecution_of(row: DraftRow) -> str | None:
    """What the prosecution did in the case of a row, None for a row without one."""
    return row.case.prosecution if row.case else None


def twins(draft: Draft) -> list[DraftRow]:
    """Two rows with the same prosecution, or nothing."""
    for first in draft.cases:
        for second in draft.cases:
            if first is not second and prosecution_of(first) == prosecution_of(second):
                return [first, second]
    return []
