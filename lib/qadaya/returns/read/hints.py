"""What a workbook says beside its cells: names of areas, lists and hints of cells.

A list to choose from and the words that open beside a cell are typed by somebody as
well; they are no answer, and are only looked at for personal data.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from html import unescape
from typing import Any

from qadaya.returns.read.grid import Aside
from qadaya.returns.read.xml_parts import attribute, local_name

_VALIDATION = re.compile(rb"<(?:\w+:)?dataValidation\s[^<>]*>")
_HINT = re.compile(rb'\s(?:promptTitle|prompt|errorTitle|error)="([^"]*)"')
_LIST = re.compile(rb"<(?:formula1|xm:f)>&?(?:quot;)?\"?([^<]*)<")
_QUOTED = re.compile(r'"((?:[^"]|"")*)"')


def hints_of_sheet(xml: bytes) -> list[str]:
    """The hints and the typed lists of the cells of an .xlsx sheet."""
    if b"dataValidation " not in xml:
        return []
    # File after file holds the same: those of the form that was sent out.
    # Cut out first: what is left is the same in file after file, and is met again.
    start = max(0, xml.find(b"dataValidation") - 10)
    return list(_hints(xml[start : xml.rfind(b"dataValidation") + 20]))


@lru_cache(maxsize=256)
def _hints(xml: bytes) -> tuple[str, ...]:
    prompts = [hint for one in _VALIDATION.findall(xml) for hint in _HINT.findall(one)]
    prompts += [entry for one in _LIST.findall(xml) for entry in one.split(b",")]
    texts = (unescape(text.decode("utf-8", "replace")).strip('" ') for text in prompts)
    return tuple(dict.fromkeys(filter(None, texts)))


def names_of_workbook(root: Any) -> Iterator[Aside]:
    """The names that an .xlsx workbook defines, with what they stand for in words."""
    for holder in root:
        if local_name(holder) != "definedNames":
            continue
        for name in holder:
            if isinstance(name.tag, str):
                yield from named(attribute(name, "name") or "")
                yield from named(attribute(name, "comment") or "")
                for text in _QUOTED.findall(name.text or ""):
                    yield Aside("defined_name", text)


def hints_of_spreadsheet(content: bytes, root: Any) -> Iterator[Aside]:
    """The names, hints and lists of an .ods workbook."""
    if b"content-validation " in content:
        for element in root.iter("{*}content-validation"):
            for text in _QUOTED.findall(attribute(element, "condition") or ""):
                yield Aside("hint", text)
            for message in element:
                yield Aside("hint", " ".join(message.itertext()).strip())
                yield Aside("hint", attribute(message, "title") or "")
    if b"named-" in content:
        for element in root.iter("{*}named-range", "{*}named-expression"):
            yield from named(attribute(element, "name") or "")
            for text in _QUOTED.findall(attribute(element, "expression") or ""):
                yield Aside("defined_name", text)


def named(name: str) -> Iterator[Aside]:
    """A defined name, in which a line stands for a blank."""
    # A name may hold no blank, so these stand for it.
    text = re.sub(r"[_.\\]+", " ", name).strip()
    if text:
        yield Aside("defined_name", text)
