"""How the texts and controls of an .odt or .ods file look, by the names of styles."""

import re
from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from typing import Any

from qadaya.returns.code.ticks import box
from qadaya.returns.read.cell_rules import Met, RuleLook, met_in_open_sheets
from qadaya.returns.read.ink import PAPER, colour, is_faint, is_tiny
from qadaya.returns.read.xml_parts import attribute, local_name

_POINTS = re.compile(r"(\d*\.?\d+)pt")
_LENGTH = re.compile(r"(\d*\.?\d+)(pt|cm|mm|in)")
_UNITS, _LOW = {"pt": 1, "cm": 28.35, "mm": 2.835, "in": 72}, 3  # in points
_COLOUR, _UNDER, _SIZE, _PARENT = "color", "background-color", "font-size", "parent"
_SAYING_NOTHING = ("text", "text-properties", "map")
_LINES = ("text-line-through-style", "text-line-through-type")


@dataclass
class OdfStyles:
    """Styles whose text is crossed out or hidden, and what the controls show.

    `inks` and `under` are the colours of letters and of what lies under them, `rules`
    the looks that cells of a style get where a condition holds: when, and which.
    """

    struck: AbstractSet[str] = frozenset()
    hidden: AbstractSet[str] = frozenset()
    controls: dict[str, str] = field(default_factory=dict)
    inks: dict[str, str] = field(default_factory=dict)
    under: dict[str, str] = field(default_factory=dict)
    rules: dict[str, list[tuple[Met, RuleLook]]] = field(default_factory=dict)

    @property
    def is_plain(self) -> bool:
        """Whether all text is seen, whatever its style."""
        faint = (
            is_faint(ink, self.under.get(name, PAPER))
            for name, ink in self.inks.items()
        )
        looks = self.struck or self.hidden or self.controls or self.rules
        return not (looks or any(faint))


def looks_of(*roots: Any) -> OdfStyles:
    """How the styles and controls of a document look."""
    looks = OdfStyles(set(), set())
    by_style = {
        attribute(style, "name") or "": dict(_told(style))
        for root in roots
        for style in (*root.iter("{*}style"), *_formats(root))
    }
    for name, own in by_style.items():
        if _SIZE in own or _PARENT in own or _COLOUR in own:
            own = _with_those_above(by_style, own)
        size = _POINTS.fullmatch(own.get(_SIZE, ""))
        if own.get("hidden") or (size and is_tiny(float(size[1]))):
            looks.hidden |= {name}
        if own.get("struck"):
            looks.struck |= {name}
        if ink := colour(own.get(_COLOUR)):
            looks.inks[name] = ink
        if under := colour(own.get(_UNDER)):
            looks.under[name] = under
    looks.rules = _rules(roots, by_style, looks)
    for root in roots:
        for form in root.iter("{*}forms"):
            for control in form.iter():
                name = attribute(control, "id") or ""
                if name and isinstance(control.tag, str):
                    looks.controls[name] = _shown_by(control)
    return looks


def _rules(
    roots: tuple[Any, ...], told: dict[str, dict[str, str]], looks: OdfStyles
) -> dict[str, list[tuple[Met, RuleLook]]]:
    """What the styles of cells say of other looks that they take on by a condition."""
    blank = {
        attribute(one, "name")
        for root in roots
        for one in _formats(root)
        if not "".join(one.itertext()).strip()
        and all(local_name(part) in _SAYING_NOTHING for part in one)
    }
    rules: dict[str, list[tuple[Met, RuleLook]]] = {}
    for rule in (rule for root in roots for rule in root.iter("{*}map")):
        style, name = rule.getparent(), attribute(rule, "apply-style-name") or ""
        if local_name(style) != "style":
            continue  # a format of numbers, which shows them by their size
        gone = name in looks.hidden or name in looks.struck
        gone = gone or told.get(name, {}).get("data") in blank
        look = RuleLook(looks.inks.get(name), looks.under.get(name), gone)
        if look.may_hide:
            condition = attribute(rule, "condition") or ""
            base = attribute(rule, "base-cell-address") or ""
            met = met_in_open_sheets(condition, base.replace("$", ""))
            rules.setdefault(attribute(style, "name") or "", []).append((met, look))
    return rules


def _formats(root: Any) -> Iterator[Any]:
    """The formats of numbers and texts, which may have a colour of their own."""
    for holder in root.iter("{*}styles", "{*}automatic-styles"):
        for child in holder:
            if local_name(child).endswith("-style") and len(child):
                yield child


def _told(style: Any) -> Iterator[tuple[str, str]]:
    """What a style says of the looks of a text."""
    for name in ("parent-style-name", "data-style-name"):
        if above := attribute(style, name):
            yield _PARENT if name.startswith("parent") else "data", above
    for properties in style:
        # A sheet, or a text, that is not displayed.
        if attribute(properties, "display") in ("none", "false") or _is_low(properties):
            yield "hidden", "true"
        if any(attribute(properties, n) not in (None, "none") for n in _LINES):
            yield "struck", "true"
        for name in (_COLOUR, _UNDER, _SIZE):
            if said := attribute(properties, name):
                yield name, said
        if attribute(properties, "use-window-font-color") == "true":
            yield _COLOUR, "automatic"


def _is_low(properties: Any) -> bool:
    """Whether a row is so low that nothing of its letters is seen."""
    height = _LENGTH.fullmatch(attribute(properties, "row-height") or "")
    return height is not None and float(height[1]) * _UNITS[height[2]] < _LOW


def _with_those_above(
    told: dict[str, dict[str, str]], own: dict[str, str]
) -> dict[str, str]:
    """What a style says, and what it takes from those it is made from."""
    whole, seen = dict(own), 0
    # The format of a number may write it in a colour, over that of the style.
    if white := told.get(own.get("data", ""), {}).get(_COLOUR):
        whole[_COLOUR] = white
    above = told.get(own.get(_PARENT, ""))
    # Nearer styles say it first; a circle of them ends after as many steps as styles.
    while above is not None and seen < len(told):
        for name in (_COLOUR, _UNDER, _SIZE):
            if name in above:
                whole.setdefault(name, above[name])
        above, seen = told.get(above.get(_PARENT, "")), seen + 1
    return whole


def _shown_by(control: Any) -> str:
    kind = local_name(control)
    if kind in ("checkbox", "radio"):
        state = attribute(control, "current-state") or attribute(control, "state")
        ticked = state == "checked" or attribute(control, "current-selected") == "true"
        return f"{box(ticked)} {attribute(control, 'label') or ''}"
    if kind in ("listbox", "combobox"):
        entries = [
            attribute(entry, "label") or entry.text or ""
            for entry in control
            if attribute(entry, "current-selected") == "true"
        ]
        return " ".join(entries) or attribute(control, "current-value") or ""
    if kind in ("text", "textarea", "fixed-text", "formatted-text"):
        shown = attribute(control, "current-value") or attribute(control, "label")
        return shown or attribute(control, "value") or ""
    return ""
