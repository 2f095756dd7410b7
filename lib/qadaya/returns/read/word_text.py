"""The text of a Word paragraph or cell as it is seen on the page.

Without deletions, hidden and crossed-out runs, field codes and placeholders; with
insertions, the chosen entry of a list, and boxes ticked or not ([ECMA-376] part 1,
chapter 17).
"""

from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from typing import Any

from qadaya.returns.code.ticks import box, is_symbol_font, symbol
from qadaya.returns.read.packages import attribute, local_name

_OFF = ("0", "false", "off")
_SKIPPED = frozenset(
    {
        *("del", "moveFrom", "delText", "instrText", "delInstrText", "Fallback"),
        *("pPr", "rPr", "tcPr", "trPr", "tblPr", "tblPrEx", "sdtPr", "sectPr", "rt"),
    }
)
_BREAKS = {"br": "\n", "cr": "\n", "tab": " ", "ptab": " ", "noBreakHyphen": "-"}


@dataclass(frozen=True)
class HidingStyles:
    """The styles, by their ids, whose text is hidden and whose is crossed out."""

    hidden: AbstractSet[str] = frozenset()
    struck: AbstractSet[str] = frozenset()


@dataclass
class WordText:
    """The text that is seen, and apart from it what is hidden and what crossed out."""

    styles: HidingStyles
    boxes: bool = True
    seen: list[str] = field(default_factory=list)
    hidden: list[str] = field(default_factory=list)
    struck: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """What is seen, without the blanks around it."""
        return "".join(self.seen).strip()

    def take(self, element: Any) -> "WordText":
        """Add the text of an element; text boxes only where `boxes` says so."""
        self._take(element, self.seen)
        return self

    def _take(self, element: Any, into: list[str]) -> None:
        for child in element:
            kind = local_name(child)
            if kind == "t":
                into.append(child.text or "")
            elif kind == "r":
                self._run(child, self._for_run(child, into))
            elif kind in _BREAKS:
                into.append(_BREAKS[kind])
            elif kind in _SKIPPED or (kind == "txbxContent" and not self.boxes):
                continue
            elif kind == "p":
                if into:
                    into.append("\n")
                hidden = style_of(child, "pPr", "pStyle") in self.styles.hidden
                self._take(child, self.hidden if hidden else into)
            elif kind == "sym":
                into.append(_symbol(child))
            elif kind == "fldChar":
                into.append(_legacy_field(child))
            elif not (kind == "sdt" and _is_placeholder(child)):
                self._take(child, into)

    def _run(self, run: Any, into: list[str]) -> None:
        font = _symbol_font(run)
        if font is None:
            self._take(run, into)
            return
        letters: list[str] = []
        self._take(run, letters)
        into += [symbol(font, ord(x)) or "" for x in "".join(letters) if x.strip()]

    def _for_run(self, run: Any, into: list[str]) -> list[str]:
        for marks in run:
            if local_name(marks) != "rPr":
                continue
            for mark in marks:
                kind = local_name(mark)
                if kind == "rStyle":
                    style = attribute(mark, "val")
                    if style in self.styles.hidden:
                        return self.hidden
                    if style in self.styles.struck:
                        return self.struck
                elif kind in ("vanish", "webHidden") and is_on(mark):
                    return self.hidden
                elif kind in ("strike", "dstrike") and is_on(mark):
                    return self.struck
        return into


def is_on(mark: Any) -> bool:
    """Whether a mark that is there is not switched off."""
    return attribute(mark, "val") not in _OFF


def style_of(element: Any, properties: str, name: str) -> str | None:
    """The style that an element's properties name."""
    for child in element:
        if local_name(child) == properties:
            for mark in child:
                if local_name(mark) == name:
                    return attribute(mark, "val")
    return None


def hiding_styles(root: Any) -> HidingStyles:
    """The styles of a document that hide or cross out, with those based on them."""
    marks: dict[str, set[str]] = {"hidden": set(), "struck": set()}
    based: dict[str, str] = {}
    for style in root:
        if local_name(style) != "style":
            continue
        name = attribute(style, "styleId") or ""
        for child in style:
            if local_name(child) == "basedOn":
                based[name] = attribute(child, "val") or ""
            elif local_name(child) == "rPr":
                kinds = {local_name(mark) for mark in child if is_on(mark)}
                if "vanish" in kinds:
                    marks["hidden"].add(name)
                if kinds & {"strike", "dstrike"}:
                    marks["struck"].add(name)
    for names in marks.values():
        for _ in range(len(based)):
            more = {name for name, base in based.items() if base in names} - names
            if not more:
                break
            names |= more
    return HidingStyles(frozenset(marks["hidden"]), frozenset(marks["struck"]))


def _symbol_font(run: Any) -> str | None:
    """The font of a run whose letters are drawn as signs."""
    for marks in run:
        if local_name(marks) == "rPr":
            for mark in marks:
                font = attribute(mark, "ascii") if local_name(mark) == "rFonts" else ""
                if font and is_symbol_font(font):
                    return font
    return None


def _symbol(element: Any) -> str:
    try:
        number = int(attribute(element, "char") or "", 16)
    except ValueError:
        return ""
    return symbol(attribute(element, "font") or "", number) or ""


def _is_placeholder(control: Any) -> bool:
    """Whether a field still shows the grey words that ask for a choice."""
    return any(
        local_name(mark) == "showingPlcHdr" and is_on(mark)
        for marks in control
        if local_name(marks) == "sdtPr"
        for mark in marks
    )


def _legacy_field(mark: Any) -> str:
    """What a field of an old form shows: a box, or the chosen entry of its list."""
    for data in mark:
        if local_name(data) != "ffData":
            continue
        for kind in data:
            if local_name(kind) == "checkBox":
                return box(_checked(kind))
            if local_name(kind) == "ddList":
                return _chosen_entry(kind)
    return ""


def _checked(kind: Any) -> bool:
    marks = {local_name(mark): mark for mark in kind}
    mark = marks.get("checked", marks.get("default"))
    return mark is not None and is_on(mark)


def _chosen_entry(kind: Any) -> str:
    entries = [attribute(e, "val") or "" for e in kind if local_name(e) == "listEntry"]
    numbers = {
        local_name(mark): attribute(mark, "val") or "0"
        for mark in kind
        if local_name(mark) in ("result", "default")
    }
    chosen = numbers.get("result", numbers.get("default", "0"))
    number = int(chosen) if chosen.isdigit() else 0
    return entries[number] if number < len(entries) else ""
