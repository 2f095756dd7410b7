"""The text of a Word paragraph or cell as it is seen on the page.

Without deletions, hidden and crossed-out runs, field codes and placeholders; with
insertions, the chosen entry of a list, and boxes ticked or not ([ECMA-376] part 1,
chapter 17).
"""

from dataclasses import dataclass, field
from typing import Any

from qadaya.returns.code.ticks import box, is_symbol_font, symbol
from qadaya.returns.read.ink import PAPER
from qadaya.returns.read.word_looks import HidingStyles, Look, is_on, shade
from qadaya.returns.read.xml_parts import attribute, local_name

_SKIPPED = frozenset(
    {
        *("del", "moveFrom", "delText", "instrText", "delInstrText", "Fallback"),
        *("pPr", "rPr", "tcPr", "trPr", "tblPr", "tblPrEx", "sdtPr", "sectPr", "rt"),
    }
)
_BREAKS = {"br": "\n", "cr": "\n", "tab": " ", "ptab": " ", "noBreakHyphen": "-"}


@dataclass
class WordText:
    """The text that is seen, and apart from it what is hidden and what crossed out.

    `under` is the colour of what the text stands on.
    """

    styles: HidingStyles
    boxes: bool = True
    under: str | None = PAPER
    seen: list[str] = field(default_factory=list)
    hidden: list[str] = field(default_factory=list)
    struck: list[str] = field(default_factory=list)
    _ink: str | None = None

    @property
    def text(self) -> str:
        """What is seen, without the blanks around it."""
        return "".join(self.seen).strip()

    def take(self, element: Any) -> "WordText":
        """Add the text of an element; text boxes only where `boxes` says so."""
        if local_name(element) == "p":
            self._take_paragraph(element, self.seen)
        else:
            self.under = _shaded(element, "tcPr") or self.under
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
                # Text boxes are read as items of their own; in them alone they are
                # text.
                continue
            elif kind == "p":
                if into:
                    into.append("\n")
                self._take_paragraph(child, into)
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
        # In such a font a letter is drawn as a sign: "R" of Wingdings 2 is a ticked
        # box.
        into += [symbol(font, ord(x)) or "" for x in "".join(letters) if x.strip()]

    def _for_run(self, run: Any, into: list[str]) -> list[str]:
        look = Look(ink=self._ink)
        for marks in run:
            if local_name(marks) == "rPr":
                self._take_marks(marks, look)
        if look.is_unseen(self.under):
            return self.hidden
        return self.struck if look.struck else into

    def _take_marks(self, marks: Any, look: Look) -> None:
        for mark in marks:
            if local_name(mark) == "rStyle":
                style = attribute(mark, "val") or ""
                look.hidden |= style in self.styles.hidden
                look.struck |= style in self.styles.struck
                look.ink = self.styles.inks.get(style, look.ink)
            else:
                look.take(mark)

    def _take_paragraph(self, paragraph: Any, into: list[str]) -> None:
        style = style_of(paragraph, "pPr", "pStyle") or ""
        # What a paragraph says holds to its end and no further.
        before = self._ink, self.under
        self._ink = self.styles.inks.get(style)
        self.under = _shaded(paragraph, "pPr") or self.under
        self._take(paragraph, self.hidden if style in self.styles.hidden else into)
        self._ink, self.under = before


def style_of(element: Any, properties: str, name: str) -> str | None:
    """The style that an element's properties name."""
    for child in element:
        if local_name(child) == properties:
            for mark in child:
                if local_name(mark) == name:
                    return attribute(mark, "val")
    return None


def _shaded(element: Any, properties: str) -> str | None:
    """The colour that the properties of an element put under its text."""
    for child in element:
        if local_name(child) == properties:
            for mark in child:
                if local_name(mark) == "shd":
                    return shade(mark)
    return None


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
    # As it was left by the clerk, else as it was sent out.
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
