"""What .odt and .ods files have in common: rows, texts, properties."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple
from urllib.parse import unquote

from qadaya.returns.code.ticks import box
from qadaya.returns.read.grid import LINKS_TO_PERSONS, Aside, Unreadable
from qadaya.returns.read.ink import PAPER, is_faint
from qadaya.returns.read.open_looks import OdfStyles
from qadaya.returns.read.packages import Package
from qadaya.returns.read.xml_parts import attribute, local_name

_ROWS = frozenset({"table-header-rows", "table-rows", "table-row-group"})
_BLANKS = frozenset({"s", "tab", "line-break"})
# What is in a text without being seen in it: notes stand under the page.
_APART = frozenset({"note", "annotation", "change", "tracked-changes", "title", "desc"})
_HIDDEN_FIELDS = frozenset({"hidden-text", "hidden-paragraph"})
_CELLS = ("table-cell", "covered-table-cell")
_MOST_BLANKS = 100


class Placed(NamedTuple):
    """One cell and its column, counted from 0; `times` is how often it repeats."""

    column: int
    times: int
    cell: Any


def require_open(package: Package) -> None:
    """Refuse a document that is locked.

    Raises: Unreadable.
    """
    manifest = "META-INF/manifest.xml"
    if manifest in package and b"encryption-data" in package.read(manifest):
        raise Unreadable("encrypted")


def properties(package: Package) -> list[Aside]:
    """What the properties of a document say, its authors apart."""
    if "meta.xml" not in package:
        return []
    return told_by(package.parsed("meta.xml"))


def told_by(meta: Any) -> list[Aside]:
    """What an element of properties says, the authors apart."""
    asides = []
    for element in meta.iter():
        kind, text = local_name(element), (element.text or "").strip()
        if (text and kind in ("title", "subject", "description", "keyword")) or (
            text and kind == "user-defined"
        ):
            asides.append(Aside("properties", text))
        elif text and kind in ("creator", "initial-creator"):
            asides.append(Aside("author", text))
    return asides


def page_texts(styles: Any) -> Iterator[Any]:
    """The page headings and footings that are shown, of first and left pages too."""
    for pages in styles.iter("{*}master-page"):
        for region in pages:
            kind = local_name(region).partition("-")[0]
            shown = attribute(region, "display") != "false"
            if kind in ("header", "footer") and shown:
                yield region


def rows_of(table: Any) -> Iterator[Any]:
    """The row elements of a table, through the groups they stand in."""
    for child in table:
        kind = local_name(child)
        if kind == "table-row":
            yield child
        elif kind in _ROWS:
            yield from rows_of(child)


def placed(line: Any) -> list[Placed]:
    """The cells of a row with their columns."""
    cells = []
    column = 0
    for cell in line:
        if local_name(cell) in _CELLS:
            times = number(cell, "number-columns-repeated")
            cells.append(Placed(column, times, cell))
            column += times
    return cells


def holds_picture(cell: Any) -> bool:
    """Whether a picture or an embedded formula stands in a cell."""
    return len(cell) > 0 and next(cell.iter("{*}image", "{*}object"), None) is not None


def number(element: Any, name: str) -> int:
    """An attribute that counts, 1 where it is not there."""
    digits = attribute(element, name) or ""
    # Longer numbers are larger than any sheet.
    return int(digits[:9]) if digits.isascii() and digits.isdigit() else 1


@dataclass
class OdfText:
    """The text that is seen, and apart from it what is crossed out or hidden.

    `under` is the colour of what the text stands on, `faded` whether some of it was
    lost on that.
    """

    looks: OdfStyles
    under: str = PAPER
    faded: bool = False
    seen: list[str] = field(default_factory=list)
    struck: list[str] = field(default_factory=list)
    hidden: list[str] = field(default_factory=list)
    notes: list[tuple[str, str]] = field(default_factory=list)

    @property
    def text(self) -> str:
        """What is seen, without the blanks around it."""
        return "".join(self.seen).strip()

    def take(self, element: Any) -> "OdfText":
        """Add the text of a paragraph, a cell or a box."""
        into = self._for(element, self.seen)
        style = attribute(element, "style-name") or ""
        self.under = self.looks.under.get(style, self.under)
        if local_name(element) in ("p", "h"):
            self._paragraph(element, into)
        else:
            self._take(element, into)
        return self

    def _take(self, element: Any, into: list[str]) -> None:
        """The paragraphs inside an element, a line each."""
        for child in element:
            kind = local_name(child)
            if kind in ("p", "h"):
                # A line for each paragraph, and none before the first.
                if into:
                    into.append("\n")
                self._paragraph(child, self._for(child, into))
            else:
                self._special(child, kind, into)

    def _paragraph(self, element: Any, into: list[str]) -> None:
        into.append(element.text or "")
        for child in element:
            kind = local_name(child)
            if kind in ("span", "a"):
                self._link(child)
                self._paragraph(child, self._for(child, into))
            elif kind in _BLANKS:
                # Blanks may be counted by the billion.
                into.append(" " * min(number(child, "c"), _MOST_BLANKS))
            else:
                self._special(child, kind, into)
            into.append(child.tail or "")

    def _special(self, child: Any, kind: str, into: list[str]) -> None:
        if kind == "annotation":
            self.notes.append(("comment", _all_text(child)))
        elif kind == "note":
            self.notes.append(("note", _all_text(child)))
        elif kind == "control":
            into.append(self.looks.controls.get(attribute(child, "control") or "", ""))
        elif kind == "content-control":
            if attribute(child, "showing-place-holder") != "true":
                self._paragraph(child, into)
        elif kind in ("title", "desc"):
            self.notes.append(("description", child.text or ""))
        elif kind == "fieldmark":
            into.append(_fieldmark(child))
        elif kind in _HIDDEN_FIELDS:
            hides = attribute(child, "is-hidden") != "false"
            self._paragraph(child, self.hidden if hides else into)
        elif kind in (
            "frame",
            "text-box",
            "list",
            "list-item",
            "list-header",
        ) or kind in ("table", "table-row", "table-cell", "section", *_ROWS):
            self._take(child, into)
        elif kind and kind not in _APART:
            self._paragraph(child, into)

    def _link(self, element: Any) -> None:
        address = attribute(element, "href") or ""
        if address.lower().startswith(LINKS_TO_PERSONS):
            self.notes.append(("link", unquote(address.partition(":")[2])))

    def _for(self, element: Any, into: list[str]) -> list[str]:
        style = attribute(element, "style-name")
        if style is None:
            return into
        # A ground holds for all that stands on it, until something lays another.
        under = self.looks.under.get(style, self.under)
        # Hidden, then lost on its ground, then crossed out: the first that holds
        # counts.
        if style in self.looks.hidden:
            return self.hidden
        ink = self.looks.inks.get(style)
        if is_faint(ink, under):
            self.faded = True
            return self.hidden
        if ink and self.faded and into is self.hidden:
            into = self.seen  # a colour of their own, in a cell whose letters are lost
        return self.struck if style in self.looks.struck else into


def _all_text(element: Any) -> str:
    paragraphs = ["".join(p.itertext()) for p in element.iter("{*}p")]
    return " ".join(paragraphs).strip()


def _fieldmark(mark: Any) -> str:
    """What a field of an old Word form shows: a box, or the chosen entry."""
    values = [
        (attribute(p, "name") or "", attribute(p, "value") or "")
        for p in mark
        if local_name(p) == "param"
    ]
    kind = (attribute(mark, "type") or "").upper()
    if "CHECKBOX" in kind:
        ticked = any(n == "Checkbox_Checked" and v == "true" for n, v in values)
        return box(ticked)
    if "DROPDOWN" in kind:
        entries = [v for n, v in values if n == "Dropdown_ListEntry"]
        chosen = next((v for n, v in values if n == "Dropdown_Selected"), "")
        if chosen.isdigit() and int(chosen) < len(entries):
            return entries[int(chosen)]
    return ""
