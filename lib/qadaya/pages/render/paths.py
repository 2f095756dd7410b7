"""Paths of the machine that made a page, told from addresses of the web.

A page shows the last part of a path alone: `…/cases.csv`. What is left of one in a page
is a leak (see `qadaya.pages.leaks.telltales`).
"""

import re
import tempfile
from functools import cache
from pathlib import Path

# Folders at the root of a machine whose names are hardly ever those of a web site.
_ROOTS = ("home", "Users", "root", "tmp", "srv", "opt", "mnt", "media", "Volumes")
# These are: only a file or folder deeper in them, and not in an address, is a path.
_COMMON_ROOTS = (
    "data",
    "var",
    "usr",
    "etc",
    "work",
    "scratch",
    "app",
    "content",
    "nfs",
)
PATHS = re.compile(
    rf"file:///|(?<![\w.:/)-])/(?:{'|'.join(_ROOTS)})/[\w.-]+|"
    rf"(?<![A-Za-z])[A-Za-z]:(\\{{1,2}})[\w .-]+\1[\w .-]|"
    r"/site-packages/|\bipykernel_\d+"
)
DEEP_PATHS = re.compile(
    rf"(?<![\w.:/)-])/(?:{'|'.join(_COMMON_ROOTS)})/[\w.-]+(?:/[\w.-]+|\.\w+)"
)
_PART = r"[^\s/\\\"'<>|:*?`(),;]+"
_WHOLE = re.compile(
    rf"(?:file://)?(?<![\w.:/)-])/(?:{'|'.join(_ROOTS)})(?:/{_PART})+|"
    rf"(?<![\w.:/)-])/(?:{'|'.join(_COMMON_ROOTS)})(?:/{_PART}){{2,}}|"
    rf"(?<![\w.:/)-])/(?:{'|'.join(_COMMON_ROOTS)})/[\w-]+\.\w+|"
    rf"(?<![A-Za-z])[A-Za-z]:\\{{1,2}}[\w .-]+(?:\\{{1,2}}[\w .-]+)+|"
    rf"file:///(?:{_PART}/)*{_PART}|"
    rf"(?:/{_PART})*/site-packages(?:/{_PART})+"
)
_KERNEL = re.compile(r"\bipykernel_\d+")


def shortened(text: str) -> str:
    """The text with each path of this or another machine cut to its last part."""
    text = _KERNEL.sub("ipykernel", _WHOLE.sub(_last, text))
    for folder in _folders_here():
        text = text.replace(folder, "…/")
    return text


def _last(found: re.Match[str]) -> str:
    part = re.split(r"[/\\]", found[0].rstrip("/\\"))[-1]
    return f"…/{part}"


@cache
def _folders_here() -> tuple[str, ...]:
    folders = {Path.home(), Path.cwd(), Path(tempfile.gettempdir())}
    deep = [f"{folder}/" for folder in folders if len(folder.parts) > 1]
    return tuple(sorted(deep, key=len, reverse=True))
