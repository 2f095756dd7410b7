"""Rules of a sheet that may hide what its cells hold (conditional formatting).

Whether such a rule is met is told of the simplest only: a cell that equals a text, is
blank, or shows an error. Of any other the court is asked.
"""

import re
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from qadaya.returns.read.fonts import ground_of_rule, ink_of, points_of, strikes
from qadaya.returns.read.grid import letters, place_of
from qadaya.returns.read.ink import is_faint, is_tiny
from qadaya.returns.read.number_formats import parts_shown, shown_text
from qadaya.returns.read.xml_parts import attribute, local_name

Area = tuple[int, int, int, int]
Met = Callable[[str], bool | None]
_BLANK = re.compile(r"(?:ISBLANK\((.+)\)|LEN\(TRIM\((.+)\)\)=0|(.+)=\"\")")
_ERROR = re.compile(r"(?:ISERROR|ISERR|ISNA)\((.+)\)")
_TEXT = re.compile(r'"((?:[^"]|"")*)"')
_CONTENT = re.compile(r"cell-content\(\)=(.+)")
_FORMULA = re.compile(r"is-true-formula\((.+)\)")
_CELL = re.compile(r"([A-Z]{1,3}[0-9]{1,7})$")
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")


class RuleLook(NamedTuple):
    """What a rule puts on its cells; None is left as it is, `gone` shows nothing."""

    ink: str | None = None
    under: str | None = None
    gone: bool = False

    @property
    def may_hide(self) -> bool:
        """Whether it may hide a text at all, on some cells."""
        return self.gone or bool(self.ink or self.under)

    def hides(self, ink: str | None, under: str | None) -> bool:
        """Whether a text of that colour, on that ground, is not seen any more."""
        return self.gone or is_faint(self.ink or ink, self.under or under)


class CellRule(NamedTuple):
    """A rule on areas (top, left, bottom, right); `met` is None where nobody knows."""

    areas: list[Area]
    look: RuleLook
    met: Met


def rules_of_sheet(element: Any, looks: list[RuleLook]) -> Iterator[CellRule]:
    """The rules of an element of an .xlsx sheet; `looks` are those of the workbook."""
    references = attribute(element, "sqref") or ""
    # Newer rules stand in an extension, where the area is an element of its own.
    references = references or "".join(
        one.text or "" for one in element.iter("{*}sqref")
    )
    areas = [_area(reference) for reference in references.split()]
    for rule in element.iter("{*}cfRule"):
        number = int(rule.get("dxfId", "-1"))
        look = looks[number] if 0 <= number < len(looks) else RuleLook()
        for own in rule.iter("{*}dxf"):
            # So does their look, which is then written out and not named by number.
            look = look_of(own, {})
        # A rule that only colours a cell otherwise hides nothing and is of no interest.
        if areas and look.may_hide:
            yield CellRule(areas, look, _met(rule, areas[0]))


def look_of(dxf: Any, codes: dict[str, str]) -> RuleLook:
    """The look that a rule of an .xlsx workbook gives; `codes`: formats by number."""
    ink, under, gone = None, None, False
    for part in dxf:
        kind = local_name(part)
        if kind == "font":
            ink = ink_of(part) if any(local_name(m) == "color" for m in part) else None
            # What is crossed out by a rule counts as not there, as it does by a style.
            gone = gone or any(map(strikes, part)) or is_tiny(points_of(part))
        elif kind == "fill":
            under = ground_of_rule(part)
        elif kind == "numFmt":
            number = part.get("numFmtId", "0")
            code = part.get("formatCode") or codes.get(number)
            # Any text would do: the format shows nothing of it or something.
            gone = gone or not shown_text("x", parts_shown(int(number), code))
    return RuleLook(ink, under, gone)


def _area(reference: str) -> Area:
    first, _, last = reference.replace("$", "").partition(":")
    top, left = place_of(first)
    bottom, right = place_of(last or first)
    return top, left, bottom, right


def _met(rule: Any, area: Area) -> Met:
    formulas = [
        element.text or ""
        for element in rule
        if local_name(element) in ("formula", "f")
        if element.text
    ]
    formula = formulas[0] if formulas else ""
    kind, how = rule.get("type"), rule.get("operator")
    # It holds for blank cells alone, which have nothing that could be hidden.
    if kind == "containsBlanks":
        return _never
    if kind == "containsErrors":
        return is_shown_error
    if kind == "cellIs" and how == "equal":
        return equal_to(formula)
    if kind == "expression":
        return met_by_formula(formula, area)
    return unknown


def met_by_formula(formula: str, area: Area) -> Met:
    """When a formula holds that was written for the first cell of an area."""
    # A formula is written for the first cell, and moves on with each cell of the area.
    top, left, _, right = area
    own = {f"{letters(left)}{top + 1}"}
    # "$A1" moves down with the cell, and stays its own only in an area of one column.
    own |= {f"${name}" for name in own} if left == right else set()
    plain = formula.strip().removeprefix("=").replace(" ", "")
    if (found := _BLANK.fullmatch(plain)) and own.intersection(found.groups()):
        return _never
    if (found := _ERROR.fullmatch(plain)) and own.intersection(found.groups()):
        return is_shown_error
    return unknown


def equal_to(formula: str) -> Met:
    """When a cell equals a text or a number that is written out."""
    written = formula.strip().removeprefix("=")
    if found := _TEXT.fullmatch(written):
        # Programs compare texts whatever their case; a mark in a text is written twice.
        sought = found[1].replace('""', '"').casefold()
        return lambda text: text.strip().casefold() == sought.strip()
    if _NUMBER.fullmatch(written):
        return lambda text: (
            _NUMBER.fullmatch(text) is not None and (float(text) == float(written))
        )
    return unknown


def met_in_open_sheets(condition: str, base: str) -> Met:
    """When a condition of an .ods workbook holds; `base` is the cell it speaks of."""
    if found := _CONTENT.fullmatch(condition):
        return equal_to(found[1])
    if (found := _FORMULA.fullmatch(condition)) and (of := _CELL.search(base)):
        # LibreOffice writes a cell as [.A1].
        plain = found[1].replace("[.", "").replace("]", "")
        return met_by_formula(plain, _area(of[1]))
    return unknown


def is_shown_error(text: str) -> bool | None:
    """Whether a cell shows an error."""
    return text.startswith("#")


def _never(text: str) -> bool | None:
    return False


def unknown(text: str) -> bool | None:
    """Nobody knows whether the rule is met."""
    return None
