"""Traits for which a return is refused: a hidden column, a lost heading, damage."""

import re
from collections.abc import Iterator
from random import Random

from qadaya.reference import circuit_of, circuits_of, court_name
from qadaya.reference.tables import circuits
from qadaya.returns.form import texts as w
from qadaya.returns.form.texts import words
from qadaya.synthetic.draft import Draft
from qadaya.synthetic.layout import LaidOut, heading_rows
from qadaya.synthetic.written import changed

_BESIDE, _HIDDEN, _LOST = "tables_beside", "column_hidden", "form_not_recognised"
_BROKEN, _TWO_COURTS = "file_unreadable", "court_ambiguous"
REFUSING = frozenset({_BESIDE, _HIDDEN, _LOST, _BROKEN, _TWO_COURTS})
_CIRCUIT_LINE = 2
_COLUMNS = re.compile(r"<cols>.*?</cols>")


def refusing_traits(draft: Draft) -> Iterator[str]:
    """The rules that may have to refuse a return of a court's own layout."""
    if draft.format == "form":
        return
    yield _LOST
    yield _BESIDE if draft.format == "csv" else _BROKEN
    if draft.format == "xlsx":
        yield _HIDDEN
    if circuit_of(draft.court_id) != draft.court_id and "alias" not in draft.habits:
        yield _TWO_COURTS


def befall(rng: Random, draft: Draft, rule: str) -> None:
    """Have the return be one that is refused by a rule."""
    draft.faults.append(rule)
    if rule == _TWO_COURTS:
        # A court of appeal to which it never belonged.
        others = set(circuits().values()) - circuits_of(draft.court_id)
        above = court_name(rng.choice(sorted(others)), draft.hand.language)
        draft.lines[_CIRCUIT_LINE] = above
    if rule == _BESIDE:
        # Where headings are said again, each table would have one beside it.
        draft.habits.discard("repeated_headings")


def lay_wrong(draft: Draft, laid_out: LaidOut, rule: str) -> None:
    """Lose a heading, or put the table beside itself once more."""
    if rule == _LOST:
        heading = words(w.FORM_COLUMNS["platform"], draft.hand.language)
        for cells in laid_out.rows:
            cells[:] = ["؟" if text == heading else text for text in cells]
    elif rule == _BESIDE:
        places = laid_out.places.values()
        for row in range(min(places) - len(heading_rows(draft)), max(places) + 1):
            cells = laid_out.rows[row - 1]
            cells += ["", *cells]


def damaged(content: bytes, draft: Draft, laid_out: LaidOut, rule: str) -> bytes:
    """The file cut off in the middle, or with a column that is hidden."""
    if rule == _BROKEN:
        return content[: len(content) // 2]
    if rule == _HIDDEN:
        number = list(laid_out.letters).index("prosecution") + 1
        hidden = f'<cols><col min="{number}" max="{number}" hidden="1"/></cols>'
        return changed(
            content, draft.format, lambda text, row: _COLUMNS.sub(hidden, text), 0
        )
    return content
