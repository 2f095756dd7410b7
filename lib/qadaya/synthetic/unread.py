"""Cells whose words cannot be read or mean several cases; the court is asked about."""

from collections.abc import Iterator
from dataclasses import replace
from random import Random
from typing import Any

from qadaya.synthetic.draft import Draft, DraftRow

# What cannot be read in an optional column, by the rule that asks about it: the
# attribute of the case, the column, and texts.
_UNREAD: dict[str, tuple[str, str, tuple[str, ...]]] = {
    "month_unclear": (
        "registered_month",
        "registered_month",
        ("44621", "T1", "قريبا", "مارس وأبريل"),
    ),
    "persons_unclear": (
        "persons_prosecuted",
        "persons_prosecuted",
        ("عدة أشخاص", "2 أو 3", "plusieurs"),
    ),
    "reference_unclear": ("reference", "case_reference", ("؟", "??", "؟؟؟")),
}
_UNREAD_SENTENCES: tuple[str, ...] = (
    "الحبس النافذ لمدة 6",
    "18 ش حبسا نافذا",
    "emprisonnement ferme 8",
)
_SENTENCE = "sentence_unclear"
_TAKEN_BACK = "row_taken_back"
_TAKING_BACK: tuple[str, ...] = ("(ملغاة)", "- خطأ", "(annulée)")
_SEVERAL = "several_cases"
# A column that counts the cases of each row, by the language of the form.
_COUNTED = {"ar": "عدد القضايا", "fr": "Nombre d'affaires", "en": "Number of cases"}
_LISTED = ("platform", "prosecution")
TYPED_TRAITS = (*_UNREAD, _SENTENCE, _TAKEN_BACK, _SEVERAL)


def typed_traits(draft: Draft) -> Iterator[str]:
    """The rules that may have to ask, in a court's own layout."""
    # Few courts send .ods, and its other traits can stand in no other file.
    if draft.format not in ("form", "ods"):
        yield from _UNREAD
        yield _SEVERAL
        if any(row.typed.get("court") for row in draft.cases):
            yield _TAKEN_BACK
        if _convicted(draft):
            yield _SENTENCE


def type_trait(rng: Random, draft: Draft, rule: str) -> DraftRow:
    """Type what cannot be read in a case, which then counts without it; its row."""
    if rule == _TAKEN_BACK:
        row = rng.choice([row for row in draft.cases if row.typed.get("court")])
        # One cell for the court of several rows would take all of them back.
        draft.habits -= {"merged_court"}
        row.typed["court"] += f" {rng.choice(_TAKING_BACK)}"
        return row
    if rule == _SEVERAL:
        return _several(rng, draft)
    if rule == _SENTENCE:
        row = rng.choice(_convicted(draft))
        column, texts = "first_instance", _UNREAD_SENTENCES
        assert row.case is not None
        row.case = replace(row.case, imprisonment_months=None, fine_mad=None)
    else:
        row = rng.choice(draft.cases)
        field, column, texts = _UNREAD[rule]
        draft.habits.add("optional_columns")
        assert row.case is not None
        nothing: dict[str, Any] = {field: "" if field == "reference" else None}
        row.case = replace(row.case, **nothing)
    row.typed[column] = rng.choice(texts)
    return row


def _several(rng: Random, draft: Draft) -> DraftRow:
    """A row for more than one case: a column says so, or its cells list them."""
    row = rng.choice(draft.cases)
    # Only a cell of a sheet can have lines of its own here.
    if draft.format == "xlsx" and rng.random() < 0.5:
        for column in _LISTED:
            row.typed[column] = "\n".join([row.typed[column]] * 2)
        return row
    draft.extra_heading = _COUNTED[draft.hand.language]
    for other in draft.cases:
        other.typed["extra"] = "1"
    row.typed["extra"] = str(rng.randint(2, 12))
    return row


def _convicted(draft: Draft) -> list[DraftRow]:
    return [
        row
        for row in draft.cases
        if row.case and row.case.first_instance == "convicted"
    ]
