"""What a document is read into: paragraphs and tables, in their order."""

from dataclasses import dataclass, field

from qadaya.returns.read.bounds import bounds
from qadaya.returns.read.grid import Aside, Unreadable, Unseen


@dataclass
class Item:
    """A paragraph (`text`) or a table (`rows`) of a document.

    `unseen` are the rows of a table that are hidden or crossed out, `struck` the cells
    left empty by crossing out, `pictures` those with a picture; `inner` is what stands
    in its cells, tables among it, where it may be a table that only arranges others on
    the page.
    """

    text: str = ""
    rows: list[list[str]] | None = None
    unseen: dict[int, Unseen] = field(default_factory=dict)
    struck: set[tuple[int, int]] = field(default_factory=set)
    pictures: set[tuple[int, int]] = field(default_factory=set)
    inner: list["Item"] = field(default_factory=list)


@dataclass
class Pages:
    """A document: what stands over its pages, in it, and under its pages."""

    items: list[Item]
    over: list[str] = field(default_factory=list)
    under: list[str] = field(default_factory=list)
    asides: list[Aside] = field(default_factory=list)


def require_shallow(depth: int) -> None:
    """Refuse a document whose tables lie in each other without end."""
    if depth > bounds().nested:
        raise Unreadable("nested", bounds().nested)


def require_narrow(n_columns: int) -> None:
    """Refuse a table that claims more columns than a page can have."""
    if n_columns > bounds().columns:
        raise Unreadable("too_wide", bounds().columns)
