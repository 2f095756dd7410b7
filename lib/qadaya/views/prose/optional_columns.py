"""The optional columns of the form, and what each would let us work out."""

from qadaya.views.prose.table import Table
from qadaya.views.prose.words import Words
from qadaya.vocabulary import OPTIONAL_COLUMNS


def optional_columns(*, language: str = "en") -> Table:
    """What each optional column of the form would let us work out, if courts fill it.

    Rows: one per optional column. An edition counts none of them.
    """
    words = Words(language)
    unlocked = {
        "case_reference": (
            words("Case reference"),
            words(
                "exact double counts between courts and years; a case followed over "
                "the years"
            ),
        ),
        "registered_month": (
            words("Month of registration"),
            words("cases by month; the start of every duration"),
        ),
        "persons_prosecuted": (
            words("Number of persons prosecuted"),
            words("persons beside cases, to set against published figures in persons"),
        ),
        "first_instance_month": (
            words("Month of the first judgment"),
            words(
                "time to the first judgment, pending cases included (Kaplan-Meier); "
                "clearance rate and disposition time"
            ),
        ),
        "appeal_month": (
            words("Month of the decision on appeal"),
            words("time from first judgment to appeal decision"),
        ),
        "cassation_month": (
            words("Month of the decision in cassation"),
            words("time to a final decision"),
        ),
    }
    return Table(
        [unlocked[code] for code in OPTIONAL_COLUMNS],
        columns=[words("Optional column"), words("What it would show")],
    )
