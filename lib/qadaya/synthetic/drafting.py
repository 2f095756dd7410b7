"""Drafts of the returns of a year: who writes, on what, in which manner."""

from collections.abc import Sequence
from random import Random

from qadaya.reference import circuit_of
from qadaya.returns.form.table import N_ROWS
from qadaya.synthetic.cases import InventedCase, draw_cases
from qadaya.synthetic.draft import TOTAL_ROW, Draft, DraftRow
from qadaya.synthetic.layout import YEAR_ROW
from qadaya.synthetic.wording import Hand, court_alias
from qadaya.vocabulary import OPTIONAL_COLUMNS

# The form went out for 2024; before that, courts drew their own tables.
FIRST_YEAR_OF_FORM = 2024
FORMATS_WITH_FORM = {"form": 40, "xlsx": 20, "docx": 15, "ods": 12, "csv": 13}
FORMATS = {"xlsx": 45, "docx": 22, "ods": 15, "csv": 18}
FRENCH_SHARE = 0.12
SIGNS_FOR_NOTHING = ("", "", "-", "//")
TYPING_HABITS = ("arabic_indic_digits", "tatweel", "stray_characters")
DIFFICULTIES = (
    "تأخر ورود نتائج الخبرة التقنية على الأجهزة المحجوزة.",
    "صعوبة تحديد هوية مستعملي الخطوط المسبقة الدفع.",
    "طول أمد الإنابات القضائية الدولية.",
)


def drafts_of_year(
    rng: Random,
    senders: Sequence[str],
    year: int,
    *,
    age: int,
    n_cases: int | None = None,
) -> list[Draft]:
    """One draft for each court that sends, nil for a court without a case."""
    cases = draw_cases(rng, senders, year, age=age, n_cases=n_cases)
    by_court: dict[str, list[InventedCase]] = {court_id: [] for court_id in senders}
    for case in cases:
        by_court[case.court_id].append(case)
    return [_draft(rng, court_id, year, its) for court_id, its in by_court.items()]


def _draft(rng: Random, court_id: str, year: int, cases: list[InventedCase]) -> Draft:
    formats = FORMATS_WITH_FORM if year >= FIRST_YEAR_OF_FORM else FORMATS
    if len(cases) >= N_ROWS:
        formats = FORMATS
    chosen = rng.choices(list(formats), list(formats.values()))[0]
    hand = _hand(rng, chosen)
    draft = Draft(court_id, year, chosen, hand, [], name_year=year)
    draft.rows = [DraftRow(hand.write(rng, case), case) for case in cases]
    if chosen == "form":
        _habits_of_form(rng, draft)
    else:
        _habits_of_layout(rng, draft)
    _habits_of_year(rng, draft)
    if rng.random() < 0.2:
        _use_alias(rng, draft)
    return draft


def _hand(rng: Random, chosen: str) -> Hand:
    french = chosen != "form" and rng.random() < FRENCH_SHARE
    habits = () if french else tuple(h for h in TYPING_HABITS if rng.random() < 0.12)
    return Hand("fr" if french else "ar", rng.choice(SIGNS_FOR_NOTHING), habits)


def _habits_of_form(rng: Random, draft: Draft) -> None:
    # The table of the form always has the optional columns; some courts fill them.
    draft.habits.add("optional_columns")
    if rng.random() < 0.5:
        for row in draft.rows:
            row.typed |= dict.fromkeys(OPTIONAL_COLUMNS, "")
    if rng.random() < 0.25:
        draft.difficulties = rng.choice(DIFFICULTIES)


def _habits_of_layout(rng: Random, draft: Draft) -> None:
    chances = {"one_row_heading": 0.2, "optional_columns": 0.12}
    if draft.format != "docx":
        chances["columns_reversed"] = 0.15
    if draft.format != "csv":
        chances["merged_court"] = 0.25
    if len(draft.rows) > 3:
        chances["repeated_headings"] = 0.7
    draft.habits |= {habit for habit, p in chances.items() if rng.random() < p}
    if len(draft.rows) > 1 and rng.random() < 0.35:
        draft.habits.add("totals_row")
        draft.rows.append(DraftRow({}, role=TOTAL_ROW))


def _habits_of_year(rng: Random, draft: Draft) -> None:
    if "arabic_indic_digits" in draft.hand.habits:
        draft.habits.add("arabic_indic_digits")
    where = rng.choices(("line", "sheet", "file"), (80, 10, 10))[0]
    if where == "sheet" and draft.format in ("xlsx", "ods"):
        draft.habits.add("year_in_sheet_name")
        draft.lines[YEAR_ROW], draft.sheet_name = "", str(draft.year)
    elif where == "file" and draft.format != "form":
        draft.habits.add("year_in_file_name")
        draft.lines[YEAR_ROW] = ""
    elif rng.random() < 0.2:
        draft.habits.add("no_year_in_file_name")
        draft.name_year = None


def _use_alias(rng: Random, draft: Draft) -> None:
    draft.habits.add("alias")
    alias = court_alias(rng, draft.court_id, draft.hand.language)
    draft.lines[2 if circuit_of(draft.court_id) == draft.court_id else 3] = alias
    for row in draft.rows:
        if "court" in row.typed:
            row.typed["court"] = alias
