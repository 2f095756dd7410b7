"""The shared texts of an .xls workbook, as far as part of them may not be seen.

The library gives each text whole; which letters have which font stands in the table of
shared texts ([MS-XLS] 2.4.265), which runs over several records where it is long.
"""

import struct
from collections.abc import Iterator
from typing import NamedTuple

from qadaya.returns.read.ink import INK, PAPER, is_faint

_RICH, _PHONETIC, _WIDE = 8, 4, 1


class LookOfLetters(NamedTuple):
    """How letters look: crossed out or tiny, or of a colour (None: not known)."""

    gone: bool = False
    ink: str | None = INK


_USUAL = LookOfLetters()


class RunsOfLetters(NamedTuple):
    """A text and where in it another look begins: the place, and which."""

    text: str
    runs: list[tuple[int, LookOfLetters]]

    def parted(self, *, cell_hides: bool, under: str | None = PAPER) -> tuple[str, str]:
        """What is seen, and what not; up to the first run it is as the cell is."""
        parts: tuple[list[str], list[str]] = ([], [])
        # The first piece is as the cell is; each run says how it goes on from there.
        hidden = [look.gone or is_faint(look.ink, under) for _, look in self.runs]
        starts = [start for start, _ in self.runs]
        pieces = zip(
            [0, *starts], [*starts, len(self.text)], [cell_hides, *hidden], strict=True
        )
        for start, end, is_hidden in pieces:
            parts[is_hidden].append(self.text[start:end])
        return "".join(parts[False]), "".join(parts[True])


def texts_with_runs(
    bodies: list[bytes], looks: dict[int, LookOfLetters]
) -> dict[int, RunsOfLetters]:
    """The shared texts whose letters have looks of their own, by number.

    `bodies` are the record of shared texts and those that continue it; `looks` those of
    the fonts, by the numbers that runs name them by.
    Raises: struct.error or IndexError for a table that breaks off.
    """
    return {
        number: RunsOfLetters(
            text, [(at, looks.get(font, _USUAL)) for at, font in runs]
        )
        for number, (text, runs) in enumerate(_texts(_Bytes(bodies)))
        if runs
    }


class _Bytes:
    """The bodies of a record and those that continue it, read from the first on."""

    def __init__(self, bodies: list[bytes]) -> None:
        self._bodies = bodies
        self._body, self._at = 0, 0

    def unpack(self, form: str) -> tuple[int, ...]:
        size = struct.calcsize(form)
        return struct.unpack(form, self.take(size))

    def take(self, size: int) -> bytes:
        taken = b""
        while size > len(taken):
            piece = self._piece(size - len(taken))
            taken += piece
        return taken

    def letters(self, count: int, wide: bool) -> str:
        """Letters; where they go on in the next record, it says anew how wide."""
        text = ""
        while len(text) < count:
            # Within a text a new record begins with a byte that says how wide letters
            # are now.
            if self._at >= len(self._bodies[self._body]):
                self._body, self._at = self._body + 1, 1
                wide = bool(self._bodies[self._body][0] & _WIDE)
            each = 2 if wide else 1
            piece = self._piece((count - len(text)) * each)
            text += piece.decode("utf-16-le" if wide else "latin-1", "replace")
        return text

    def _piece(self, most: int) -> bytes:
        if self._at >= len(self._bodies[self._body]):
            self._body, self._at = self._body + 1, 0
        body = self._bodies[self._body]
        piece = body[self._at : self._at + most]
        self._at += len(piece)
        if not piece:
            raise struct.error("an empty record")
        return piece


def _texts(told: _Bytes) -> Iterator[tuple[str, list[tuple[int, int]]]]:
    _, count = told.unpack("<II")
    for _ in range(count):
        # Length, flags; how many runs, and how many bytes of reading, only where flags
        # say so.
        size, flags = told.unpack("<HB")
        n_runs = told.unpack("<H")[0] if flags & _RICH else 0
        n_spoken = told.unpack("<I")[0] if flags & _PHONETIC else 0
        text = told.letters(size, bool(flags & _WIDE))
        runs = [(a, b) for a, b in (told.unpack("<HH") for _ in range(n_runs))]
        # How it is spoken stands last, and is none of the text.
        told.take(n_spoken)
        yield text, runs
