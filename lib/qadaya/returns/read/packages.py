"""Opens an office archive: its parts whatever their names, and how they are related.

An .xlsx or .docx file is an archive of XML parts ([ECMA-376] part 2): a part of
relationships beside each part says which others it uses, and what for.
"""

import io
import posixpath
import struct
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from typing import Any, NamedTuple
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile, ZipInfo

from lxml import etree

from qadaya.returns.read.bounds import bounds
from qadaya.returns.read.grid import Unreadable
from qadaya.returns.read.xml_parts import parsed

_PIECE = 4_000_000
_SHORT = 60_000
# The head of a part: its mark, and the lengths of its name and of what follows it.
_HEAD, _LOCKED = struct.Struct("<4s22xHH"), 1
# What zipfile, zlib and lxml raise over a damaged archive; ValueError is a file name
# inside it that is no text, OverflowError a size that no file has.
BROKEN = (
    BadZipFile,
    etree.LxmlError,
    zlib.error,
    struct.error,
    KeyError,
    ValueError,
    OverflowError,
    EOFError,
    OSError,
)


class Relation(NamedTuple):
    """What one part uses another for: the last word of its kind, and the part."""

    kind: str
    part: str


class Package:
    """The parts of an archive, found by name however the name is written."""

    def __init__(self, archive: ZipFile, content: bytes) -> None:
        self.content = content
        infos = archive.infolist()
        if len(infos) > bounds().parts:
            raise Unreadable("too_many_parts", bounds().parts)
        # By what the entries say; `_inflated` holds them to it.
        if sum(info.file_size for info in infos) > bounds().unpacked_mb * 1_000_000:
            raise Unreadable("too_large", bounds().unpacked_mb)
        self._archive = archive
        # Programs differ in slashes and capitals; of two entries of a name the last one
        # counts.
        self._infos = {_canonical(info.filename): info for info in infos}
        self._relations: dict[str, dict[str, Relation]] = {}

    def __contains__(self, part: str) -> bool:
        return _canonical(part) in self._infos

    @property
    def names(self) -> list[str]:
        """The names of the parts, in lower case with slashes."""
        return list(self._infos)

    def read(self, part: str) -> bytes:
        """The bytes of a part.

        Raises: KeyError where there is none; RuntimeError where it wants a password.
        """
        info = self._infos[_canonical(part)]
        plain = _unpacked(self.content, info)
        return self._archive.read(info) if plain is None else plain

    def pieces(self, part: str) -> Iterator[bytes]:
        """The bytes of a part, a piece at a time."""
        with self._archive.open(self._infos[_canonical(part)]) as opened_part:
            while piece := opened_part.read(_PIECE):
                yield piece

    def size(self, part: str) -> int:
        """How many bytes a part says that it has."""
        return self._infos[_canonical(part)].file_size

    def parsed(self, part: str) -> Any:
        """The root of an XML part."""
        return parsed(self.read(part))

    def relations(self, part: str) -> dict[str, Relation]:
        """The parts that a part uses, by the id under which it names them."""
        if part not in self._relations:
            self._relations[part] = self._read_relations(part)
        return self._relations[part]

    def _read_relations(self, part: str) -> dict[str, Relation]:
        folder, beside = _relations_of(part)
        return _relations(self.read(beside), folder) if beside in self else {}

    def linked(self, part: str) -> list[str]:
        """The addresses to which the links of a part lead."""
        _, beside = _relations_of(part)
        if beside not in self or b'"External"' not in (xml := self.read(beside)):
            return []
        return [
            one.get("Target", "")
            for one in parsed(xml)
            if isinstance(one.tag, str) and one.get("TargetMode") == "External"
        ]

    def used(self, part: str, *kinds: str) -> list[str]:
        """The parts of some kinds that a part uses and that are there."""
        return [
            relation.part
            for relation in self.relations(part).values()
            if relation.kind in kinds and relation.part in self
        ]

    def main_part(self) -> str | None:
        """The part that the archive opens with, None where it says nothing of one."""
        return next(iter(self.used("", "officeDocument")), None)


@contextmanager
def opened(content: bytes) -> Iterator[Package]:
    """The archive that these bytes are.

    Raises: Unreadable for one that is damaged, locked or larger than any form.
    """
    try:
        with ZipFile(io.BytesIO(content)) as archive:
            yield Package(archive, content)
    except NotImplementedError as error:
        # A method of packing or of locking that the library does not have.
        raise Unreadable("damaged") from error
    except RuntimeError as error:
        if isinstance(error, RecursionError):
            raise
        raise Unreadable("encrypted") from error  # how zipfile asks for a password
    except BROKEN as error:
        raise Unreadable("damaged") from error


def _unpacked(content: bytes, info: ZipInfo) -> bytes | None:
    """The bytes of a part packed in the usual way, several times as fast.

    None for any other, and for one that is not what its entry says: the library reads
    it then, or says what is wrong.
    """
    head = content[info.header_offset : info.header_offset + _HEAD.size]
    if info.compress_type != ZIP_DEFLATED or info.flag_bits & _LOCKED:
        return None
    if len(head) < _HEAD.size:
        return None
    # The lengths of the head itself, which may differ from those in the list at the
    # end.
    mark, n_name, n_extra = _HEAD.unpack(head)
    start = info.header_offset + _HEAD.size + n_name + n_extra
    name = content[start - n_name - n_extra : start - n_extra]
    if mark != b"PK\3\4" or name != info.orig_filename.encode("ascii", "replace"):
        return None
    packed = content[start : start + info.compress_size]
    inflate = _met_again if info.file_size < _SHORT else _inflated
    return inflate(packed, info.file_size, info.CRC)


def _inflated(packed: bytes, size: int, crc: int) -> bytes | None:
    unpacking = zlib.decompressobj(-zlib.MAX_WBITS)
    try:
        # One byte more than it says, and no further: a bomb is seen by that byte.
        part = unpacking.decompress(packed, size + 1)
    except zlib.error:
        return None
    sound = len(part) == size and unpacking.eof
    return part if sound and zlib.crc32(part) == crc else None


# Styles, relations and properties are the same in file after file.
_met_again = lru_cache(maxsize=256)(_inflated)


@lru_cache(maxsize=1024)
def _relations_of(part: str) -> tuple[str, str]:
    """The folder of a part, and the part that holds its relations."""
    folder, name = posixpath.split(part)
    return folder, posixpath.join(folder, "_rels", f"{name}.rels")


@lru_cache(maxsize=1024)
def _canonical(name: str) -> str:
    return name.replace("\\", "/").lstrip("/").lower()


@lru_cache(maxsize=256)
def _relations(xml: bytes, folder: str) -> dict[str, Relation]:
    """What a part of relations says; it is the same in file after file."""
    return {
        one.get("Id", ""): Relation(
            one.get("Type", "").rpartition("/")[2],
            _target(folder, one.get("Target", "")),
        )
        for one in parsed(xml)
        if isinstance(one.tag, str) and one.get("TargetMode") != "External"
    }


def _target(folder: str, target: str) -> str:
    """The name of a part; a target without a slash begins beside the part."""
    target = target.replace("\\", "/")
    # From the root, so that no ".." leads out of the archive.
    return posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
