"""Which faults are planted, where and how often."""

from collections.abc import Callable
from random import Random

from qadaya.synthetic import conditions as c
from qadaya.synthetic import faults as f
from qadaya.synthetic.draft import REFUSED_ROW, Draft
from qadaya.synthetic.world import COMPLETE_YEAR

Condition = Callable[[Draft], bool]
# Each fault with the returns it may befall and how often it is planted. A fault that
# has the whole return refused befalls only a return without a case that counts, or
# one that the court then sends again.
ROW_FAULTS: tuple[tuple[f.Planter, Condition, int], ...] = (
    (f.refuse("platform_unknown", "platform", f.UNKNOWN_PLATFORMS), c.has_cases, 5),
    (f.refuse("platform_missing", "platform", ("",)), c.has_cases, 5),
    (
        f.refuse("prosecution_unclear", "prosecution", f.UNCLEAR_PROSECUTIONS),
        c.has_cases,
        4,
    ),
    (f.refuse("outcome_unclear", "first_instance", f.UNCLEAR_OUTCOMES), c.has_cases, 5),
    (f.refuse("personal_data", "subject", f.PERSONAL_DATA), c.has_cases, 7),
    (
        f.refuse("formula_cell", "prosecution", (f.FORMULA,)),
        c.is_sheet_with_cases,
        4,
    ),
    (f.plant_name_column, c.is_arabic_grid_with_cases, 2),
    (f.plant_row_of_first_instance_court, c.is_appeal_with_cases, 2),
    (f.plant_outcome_of_closed_case, c.has_closed, 4),
    (f.plant_skipped_instance, c.has_appeal, 4),
    (f.plant_duplicate, c.has_twins, 5),
    (f.plant_unknown_body, c.has_cases, 5),
    (f.plant_both_platforms, c.has_cases, 4),
    (f.plant_unclear_subject, c.has_cases, 4),
)
RETURN_FAULTS: tuple[tuple[f.Planter, Condition, int], ...] = (
    (f.plant_wrong_year_in_name, c.says_year_elsewhere, 4),
    (f.plant_missing_year, c.is_free_layout, 3),
    (f.plant_dotted_court, c.is_free_layout, 3),
    (f.plant_emptiness, lambda draft: not draft.rows, 3),
)

N_SECOND_DEGREE = 4
N_COUNTED_TWICE = 2
N_CORRECTED = 5


def with_faults(rng: Random, drafts: list[Draft], share: float) -> list[Draft]:
    """The drafts in the order sent, `share` of all faults planted, one a return.

    A return that is refused and had to count is sent once more, in order.
    """
    _plant_pairs(rng, drafts, share)
    for planter, condition, times in (*RETURN_FAULTS, *ROW_FAULTS):
        may_befall = [d for d in _free(drafts) if condition(d)]
        rng.shuffle(may_befall)
        for draft in may_befall[: _times(times, share)]:
            planter(rng, draft)
    again = _corrected(rng, drafts, _times(N_CORRECTED, share)) | {
        id(draft): draft.again()
        for draft in drafts
        if draft.faults and (draft.year == COMPLETE_YEAR or draft.cases)
    }
    return [
        sent
        for draft in drafts
        for sent in ((draft, again[id(draft)]) if id(draft) in again else (draft,))
    ]


def _free(drafts: list[Draft]) -> list[Draft]:
    return [d for d in drafts if d.is_plain and not d.is_needed]


def _times(times: int, share: float) -> int:
    return round(times * share)


def _plant_pairs(rng: Random, drafts: list[Draft], share: float) -> None:
    for _ in range(_times(N_SECOND_DEGREE, share)):
        if pairs := c.second_degree_pairs(drafts):
            f.plant_second_degree(*rng.choice(pairs))
    for _ in range(_times(N_COUNTED_TWICE, share)):
        if pairs := c.first_instance_pairs(drafts):
            f.plant_counted_twice(*rng.choice(pairs))


def _corrected(rng: Random, drafts: list[Draft], times: int) -> dict[int, Draft]:
    """Later versions by the draft they correct: a platform forgotten at first."""
    several = [d for d in _free(drafts) if len(d.cases) > 1]
    chosen = rng.sample(several, min(times, len(several)))
    later = {id(draft): draft.again() for draft in chosen}
    for draft in chosen:
        row = rng.choice(draft.cases)
        row.role, row.typed["platform"] = REFUSED_ROW, ""
        row.faults.append(("platform_missing", "platform"))
        draft.replaced = True
    return later
