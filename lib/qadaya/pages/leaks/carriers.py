"""Everything a page carries: texts, and vectors of numbers.

Charts keep numbers in encoded form, so a search of the page's text proves nothing.
`elements` takes the page apart and `payloads` and `packed` what its parts hold; what
holds a page again comes back here.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from bs4 import BeautifulSoup

from qadaya.pages.leaks.carried import (
    UNREAD,
    Carried,
    Closed,
    Piece,
    Words,
    kept_aside,
)
from qadaya.pages.leaks.decimals import has_decimal_commas
from qadaya.pages.leaks.elements import PageReading
from qadaya.pages.leaks.forms import spelled_in
from qadaya.pages.leaks.packed import of_bytes
from qadaya.pages.leaks.payloads import decoded
from qadaya.pages.render.assets import explorer_payload, plotly_payload
from qadaya.views.explorer.module import KINDS

# What a page may hold in all, unpacked: characters, and eight bytes for each. Ours hold
# a fortieth of it; the search of so much takes half a minute.
_MOST_OPENED = 16 * 1024 * 1024
_BYTES = 8
_PROGRAMS = ("plotly", *KINDS)
_PROGRAM = re.compile(
    rf'(<script type="application/octet-stream" id="qadaya-({"|".join(_PROGRAMS)})"'
    r'(?: data-kinds="([a-z0-9 ]*)")?>)([A-Za-z0-9+/=]+)(?=</script>)'
)


def carried(page: str) -> Iterator[Carried]:
    """Everything in a page, but for the programs that we put there ourselves.

    Where it holds more than can be unpacked, the last thing has the key `UNREAD`.
    """
    plain = _PROGRAM.sub(_unless_ours, page)
    opening = _Opening(_MOST_OPENED, has_decimal_commas(page))
    yield from opening.opened(_of_page(plain, "", hidden=False, depth=0))


def _unless_ours(found: re.Match[str]) -> str:
    element, name, kinds, content = found.groups()
    if name == "plotly":
        ours = plotly_payload(frozenset((kinds or "").split()))
    else:
        ours = explorer_payload(name)
    return element if content == ours else found[0]


@dataclass
class _Opening:
    """Opens what is closed, to any depth, until `left` characters are used up.

    `commas`: the page is in a language that writes decimals behind them.
    """

    left: int
    commas: bool

    def opened(self, pieces: Iterable[Piece]) -> Iterator[Carried]:
        """What is found, and in place of what is closed what it holds."""
        for piece in pieces:
            if isinstance(piece, Carried):
                yield piece
                continue
            if isinstance(piece, Words):
                yield from spelled_in(piece, commas=self.commas)
                continue
            text = isinstance(piece.content, str)
            self.left -= len(piece.content) // (1 if text else _BYTES)
            if self.left < 0:
                yield Carried(piece.where, text="", hidden=True, key=UNREAD)
                return
            inside = _inside(piece)
            yield from self.opened(map(kept_aside, inside) if piece.aside else inside)


def _inside(closed: Closed) -> Iterator[Piece]:
    content, where, hidden = closed.content, closed.where, closed.hidden
    if isinstance(content, bytes):
        return of_bytes(content, where, hidden, closed.depth)
    if closed.page:
        return _of_page(content, where, hidden=hidden, depth=closed.depth)
    return decoded(content, where, hidden=hidden, key=closed.key, depth=closed.depth)


def _of_page(page: str, within: str, *, hidden: bool, depth: int) -> Iterator[Piece]:
    """Everything in a page; `within` says where the page itself was found."""
    return PageReading(
        BeautifulSoup(page, "html.parser"), within, hidden, depth
    ).found()
