"""Opens the container of the office programs before 2007: what is in it.

Workbooks (.xls) are read; documents, slides, mails and locked files say what they are.
"""

import io

import olefile

from qadaya.returns.read.grid import Aside, Grid, Unreadable
from qadaya.returns.read.old_workbooks import read_old_workbook

# The streams at the top of a container, and what kind of file has them.
_STREAMS = {
    "encryptedpackage": "encrypted",
    "worddocument": "old_word",
    "powerpoint document": "slides",
    "__properties_version1.0": "mail",
    "visiodocument": "kind",
    "\x06dataspaces": "encrypted",
    "\x09drmcontent": "rights",
    "matost": "old_office",
    "quill": "kind",
    "catalog": "companion",
}
# In a file whose reading is restricted, one of its streams is named so.
_RESTRICTED = "drmencrypted"
_WORKBOOKS = ("workbook", "book")
_PROPERTIES = ("title", "subject", "keywords", "comments", "category")


def read_container(content: bytes) -> list[Grid]:
    """The grids of an .xls workbook.

    Raises: Unreadable for any other kind of file in such a container.
    """
    try:
        with olefile.OleFileIO(io.BytesIO(content)) as container:
            names = {path[0].lower(): path[0] for path in container.listdir() if path}
            if any(
                _RESTRICTED in part.lower()
                for path in container.listdir()
                for part in path
            ):
                raise Unreadable("rights")
            for name, reason in _STREAMS.items():
                if name in names:
                    if reason == "old_word" and _is_locked(container, names[name]):
                        raise Unreadable("encrypted")
                    raise Unreadable(reason)
            for name in _WORKBOOKS:
                if name in names:
                    stream = container.openstream(names[name]).read()
                    grids = read_old_workbook(content, stream)
                    grids[0].asides += _properties(container)
                    return grids
    except (OSError, IndexError, AttributeError, TypeError, ValueError) as error:
        # What the library raises over sectors that do not chain.
        raise Unreadable(_told_by_names(content)) from error
    raise Unreadable("kind")


def _is_locked(container: olefile.OleFileIO, name: str) -> bool:
    """Whether a document of Word wants a password ([MS-DOC] 2.5.2, fEncrypted)."""
    flags = container.openstream(name).read(12)[11:12]
    return bool(flags) and bool(flags[0] & 1)


def _told_by_names(content: bytes) -> str:
    """What a damaged container was, by the names that are left in it."""
    # They are UTF-16 in the container.
    if "EncryptedPackage".encode("utf-16-le") in content:
        return "encrypted"
    if "WordDocument".encode("utf-16-le") in content:
        return "old_word"
    return "damaged"


def _properties(container: olefile.OleFileIO) -> list[Aside]:
    metadata = container.get_metadata()
    asides = []
    for name in (*_PROPERTIES, "author", "last_saved_by"):
        value = getattr(metadata, name, None)
        text = value.decode("utf-8", "ignore") if isinstance(value, bytes) else value
        if isinstance(text, str) and text.strip():
            place = "properties" if name in _PROPERTIES else "author"
            asides.append(Aside(place, text.strip()))
    return asides
