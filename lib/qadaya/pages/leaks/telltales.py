"""Words that tell of people and machines: paths, user names, tracebacks, widgets."""

import getpass
import os
import re
import socket
import tempfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from qadaya.pages.leaks.carried import UNREAD, Carried
from qadaya.pages.render.paths import DEEP_PATHS, PATHS

_TRACEBACK = re.compile(
    r"Traceback \(most recent call last\)|\x1b\[[0-9;]*m|"
    r"-{20,}\s*\n?\s*\w+(?:Error|Exception)\b|Cell In\[\d+\], line \d+"
)
_WIDGETS = re.compile(
    r"application/vnd\.jupyter\.widget-(?:state|view)\+json|"
    r'"model_(?:id|module|name)"\s*:'
)
_USER_KEYS = {
    *("user", "username", "user_name", "author", "authors", "owner", "hostname"),
    *("creator", "dc.creator", "dcterms.creator", "article:author", "last-modified-by"),
}
_PATH_KEYS = {"input_path", "output_path", "cwd", "working_directory"}
_ERROR_KEYS = {"traceback", "evalue", "ename"}
_ADDRESS_KEYS = {"href"}
# Names that are also ordinary words: finding them in a page says nothing.
_COMMON = {"root", "user", "admin", "jovyan", "ubuntu", "runner", "localhost", "main"}
_HARMLESS_METADATA = {"software", "creation time"}


def told_by(one: Carried) -> Iterator[str]:
    """What a text tells of the people and the machine that made the page."""
    if one.key == "widget" or (one.text and _WIDGETS.search(one.text)):
        yield "widget state"
    if one.text is None:
        return
    if one.key == UNREAD:
        yield "more packed than can be searched"
    path = _path_in(one)
    if path or one.key in _PATH_KEYS:
        which = f" ({path})" if path else ""
        yield f"the path of a file on the machine that made it{which}"
    key = one.key.lower()
    if (key in _USER_KEYS and one.text.strip()) or _names_a_user(one.text):
        yield "the name of a user or of a machine"
    if one.key in _ERROR_KEYS or _TRACEBACK.search(one.text):
        yield "a traceback"
    picture = "the picture in" in one.where
    if picture and one.key not in ("", *_HARMLESS_METADATA):
        yield f"metadata of a picture ({one.key})"


def _path_in(one: Carried) -> str:
    """The first path that a text holds, its folders left out; "" where it has none."""
    text = one.text or ""
    found = PATHS.search(text)
    if found is None and one.key not in _ADDRESS_KEYS:
        found = DEEP_PATHS.search(text)
    starts = [found.start()] if found else []
    starts += [text.index(folder) for folder in _folders_here() if folder in text]
    if not starts:
        return ""
    whole = re.split(r"[\s\"'<>|]", text[min(starts) :], maxsplit=1)[0]
    last = re.split(r"[/\\]", whole.rstrip("/\\"))[-1]
    return f"…/{last}"


def _names_a_user(text: str) -> bool:
    return any(re.search(rf"\b{re.escape(name)}\b", text) for name in _names_here())


@cache
def _folders_here() -> tuple[str, ...]:
    """The folders of this machine that tell whose it is."""
    folders = {Path.home(), Path.cwd(), Path(tempfile.gettempdir())}
    return tuple(f"{folder}{os.sep}" for folder in folders if len(folder.parts) > 1)


@cache
def _names_here() -> tuple[str, ...]:
    try:
        names = {getpass.getuser(), socket.gethostname()}
    except (OSError, KeyError):
        # A user without a name in the system cannot be named by a page.
        names = {socket.gethostname()}
    return tuple(n for n in names if len(n) > 3 and n.lower() not in _COMMON)
