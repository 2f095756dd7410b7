"""What a row under the headings is: a case, "nothing", a note, or nothing to read."""

import re
from dataclasses import dataclass
from functools import lru_cache

from qadaya.reference import fold
from qadaya.returns.code import code_platform, code_prosecution, says_nothing
from qadaya.returns.personal import is_number_or_address
from qadaya.returns.read.headings import (
    FEWEST_NAMED,
    columns_of_row,
    heading_column,
    is_heading_row,
)

_TOTAL = re.compile(
    r"(?:ال)?(?:مجموع|اجمالي)(?: .*)?|total(?: .*)?|totaux|sous total|somme|sum"
)
_NUMBER = re.compile(r"\d")
# A telephone number is longer, and no sum.
_SEPARATORS, _FEWEST_SEPARATORS = ";\t|^", 4
_SUM = re.compile(r"\d{1,4}")
# A whole text that says there was no case, as opposed to a cell left empty.
_NO_CASE = re.compile(
    r"لا شي.*|لاشي.*|لا وجود .*|لا قضايا.*|لا قضيه.*|صفر قضي.*"
    r"|لا (?:توجد|يوجد) .*|لم (?:تسجل|يسجل|ترد|يرد|تعرض|يعرض|نتوصل|يتم تسجيل) .*"
    r"|انعدام .*|عدم (?:تسجيل|وجود) .*|(?:نخبركم|نشعركم|نفيدكم) (?:ب?عدم|ب?انه لم) .*"
    r"|(?:ال)?(?:جواب|جدول|حصيله)? ?(?:ال)?سلبيه?|خاليه?"
    r"|(?:etat )?neant.*|aucune? .*|pas de cas.*|pas d affaire.*|rien.*"
    r"|(?:etat|reponse) negati(?:f|ve)|no cases?.*|nothing to report"
    r"|nil(?: return)?|ras"
)
_NOT_A_CASE = re.compile(
    r"(?:ملاحظ|بالنسبه لمحاكم|وكيل الملك|الوكيل العام|نايب|حرر|التوقيع|توقيع|امضاء"
    r"|الامضاء|خاتم|صفحه|يتبع|صعوبات|الصعوبات|fait a|signature|le procureur|nota|note"
    r"|page|suite|difficult|cachet|les cours d appel|courts of appeal|pour les cours)"
)


@dataclass(slots=True)
class TableRow:
    """One row of a table: its texts by column, and texts of columns of no form."""

    index: int
    typed: dict[str, str]
    extras: dict[int, str]
    positions: dict[str, int]


def kind_of(row: TableRow, texts: list[str], *, after_gap: bool) -> str:
    """case, nil, note, total, numbers (of the columns), or heading (said again)."""
    # In this order: what is surely no case first, since whatever is left over counts.
    for kind, tells in (("total", _is_total), ("numbers", _is_column_numbers)):
        if tells(texts):
            # A telephone number among the sums is seen as one in a note.
            return "note" if any(map(is_number_or_address, texts)) else kind
    # A heading is said again at the top of each printed page.
    if _is_heading(texts):
        return "heading"
    # The court may stand on each row, of cases or of none: it tells nothing.
    content = [t for c, t in row.typed.items() if t and c != "court"]
    if not content:
        court = row.typed.get("court", "")
        if _is_row_in_one_cell(texts):
            return "case"
        if court and says_nothing(court) and fold(court):
            return "nil"
        return "note"
    # A row of dashes says "nothing", and so does one sentence of it among dashes.
    filled = [text for text in content if not says_nothing(text)]
    if not filled or (len(filled) == 1 and says_no_case(filled[0])):
        return "nil"
    return "note" if _is_note(row, content, after_gap=after_gap) else "case"


def _is_heading(texts: list[str]) -> bool:
    """Whether the headings are said again; of a case the first cells show the reverse.

    The third, what was reported, is in long forms another one on each row.
    """
    if len(texts) >= FEWEST_NAMED:
        some = [*texts[:2], *texts[:2:-1]]
        n_others = sum(heading_column(text) is None for text in some)
        if n_others > len(texts) - FEWEST_NAMED:
            return False
    named = columns_of_row(texts)
    return is_heading_row(named) or (len(texts) > 2 and len(named) == len(texts))


def _is_row_in_one_cell(texts: list[str]) -> bool:
    """Whether the cells of a case were run together, as by another separator."""
    text = texts[0]
    if len(texts) > 1 or code_platform(text) is None:
        return False
    if max(map(text.count, _SEPARATORS)) >= _FEWEST_SEPARATORS:
        return True
    # A sentence has commas as well.
    commas = max(map(text.count, ",،")) >= _FEWEST_SEPARATORS
    return commas and code_prosecution(text) is not None


@lru_cache(maxsize=4096)
def says_no_case(text: str) -> bool:
    """Whether a text says that the court had no case: "no case was registered"."""
    return bool(_NO_CASE.fullmatch(fold(text)))


def _is_total(texts: list[str]) -> bool:
    """A row that adds up: the word for it and numbers, or numbers alone."""
    # Without the word, numbers alone are sums; dashes or zeros alone are a nil row.
    others = [text for text in texts if not _says_total(text)]
    if len(others) == len(texts):
        numbers = all(_SUM.fullmatch(fold(text)) for text in texts)
        return numbers and not all(map(says_nothing, texts))
    return all(_NUMBER.search(fold(text)) or says_nothing(text) for text in others)


@lru_cache(maxsize=4096)
def _says_total(text: str) -> bool:
    return bool(_TOTAL.fullmatch(fold(text)))


def _is_column_numbers(texts: list[str]) -> bool:
    """A row such as (1) (2) (3) ... under the headings."""
    if len(texts) < 4 or len(texts[0].strip()) > 3:
        return False
    numbers = [fold(text) for text in texts]
    # From either side, by the direction in which the table was written.
    counted = [str(n) for n in range(1, len(numbers) + 1)]
    return numbers in (counted, counted[::-1])


def _is_note(row: TableRow, content: list[str], *, after_gap: bool) -> bool:
    """A footnote or a signature that fell into the columns of the table."""
    first = any(
        row.typed.get(c) for c in ("body", "subject", "platform", "prosecution")
    )
    # One text that begins as a footnote or signature does, whatever column it fell
    # into.
    if len(content) == 1 and _NOT_A_CASE.match(fold(content[0])):
        return True
    # With a cell of the first columns it is a case, but for a lone sentence.
    if first and not (len(content) == 1 and len(content[0].split()) >= 8):
        return False
    court = row.typed.get("court", "")
    return len(content) <= 2 and (
        after_gap
        or bool(_NOT_A_CASE.match(fold(court or content[0])))
        or any(_NOT_A_CASE.match(fold(text)) for text in content)
        or len(content[0].split()) >= 8
    )
