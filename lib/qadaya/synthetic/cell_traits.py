"""Traits of one cell that is read as empty: crossed-out words, a picture for words."""

from random import Random

from qadaya.synthetic.draft import Draft, DraftRow
from qadaya.synthetic.written import Change

# Stands where a case has no decision yet, and nowhere else.
_WORDS = "طعن سابق بالنقض"
_IN_DOCX = f'<w:t xml:space="preserve">{_WORDS}</w:t>'
_IN_XLSX = f'<t xml:space="preserve">{_WORDS}</t>'
_PICTURE = (
    '<w:drawing><a:blip xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
    "/></w:drawing>"
)


def open_cases(draft: Draft) -> list[DraftRow]:
    """The cases that have not come to the court of cassation."""
    return [row for row in draft.cases if row.case and row.case.cassation == "none"]


def type_words(rng: Random, draft: Draft) -> DraftRow:
    """Type words where a case has nothing to say, for a change to take away."""
    row = rng.choice(open_cases(draft))
    row.typed["cassation"] = _WORDS
    return row


def _in_place(before: str, after: str) -> Change:
    return lambda text, row: text.replace(before, after)


CELL_TRAITS: dict[str, tuple[tuple[str, Change], ...]] = {
    "xlsx": (
        (
            "struck_cell",
            _in_place(_IN_XLSX, f"<r><rPr><strike/></rPr>{_IN_XLSX}</r>"),
        ),
    ),
    "docx": (
        (
            "struck_cell",
            _in_place(_IN_DOCX, f"<w:rPr><w:strike/></w:rPr>{_IN_DOCX}"),
        ),
        ("picture_cell", _in_place(_IN_DOCX, _PICTURE)),
    ),
}
OF_A_CELL = frozenset(rule for traits in CELL_TRAITS.values() for rule, _ in traits)
