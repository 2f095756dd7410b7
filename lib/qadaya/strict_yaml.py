"""YAML in which nothing is said twice and nothing is said by reference.

Plain YAML silently takes the last of two equal keys, and a file of a few lines can be
made to fill the memory. A file of settings needs neither.
"""

from pathlib import Path
from textwrap import shorten
from typing import Any

import yaml

from qadaya.errors import ParameterError

_DEEPEST = 50  # ours nest four levels; Python's own limit would end in a traceback


def read_yaml(path: Path, *, expected: str) -> Any:
    """What a YAML file holds: mappings, lists and plain values; None if it is empty.

    `expected`: what the file should be, for the message where there is none.
    Raises: ParameterError, one line with file and line, for a file that cannot be read
    or is no YAML, a key written twice, an alias, and brackets without end.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise ParameterError(f"{path}: not UTF-8 text; save it as UTF-8") from None
    except OSError as fault:
        raise ParameterError(
            f"{path}: cannot be read ({fault.strerror}); expected {expected}"
        ) from None
    try:
        return yaml.load(text, Loader=_StrictLoader)
    except yaml.MarkedYAMLError as fault:
        line = fault.problem_mark.line + 1 if fault.problem_mark else 1
        raise ParameterError(
            f"{path}: line {line}: {fault.problem or 'not YAML'}"
        ) from None
    except yaml.reader.ReaderError as fault:
        line = text.count("\n", 0, fault.position) + 1
        raise ParameterError(
            f"{path}: line {line}: the character U+{fault.character:04X} "
            "may not stand in YAML; remove it"
        ) from None


def typed_value(text: str) -> Any:
    """What a value typed on a command line stands for; the text where it is no YAML.

    Raises: ParameterError, one sentence without a place, for what no file of ours may
    hold either: a key written twice, a date that no month has, brackets without end.
    """
    try:
        return yaml.load(text, Loader=_StrictLoader)
    except _RefusedError as fault:
        raise ParameterError(f"{fault.problem}") from None
    except yaml.YAMLError:
        return str(text)


class _RefusedError(yaml.MarkedYAMLError):
    """YAML that is sound and not for us."""


class _StrictLoader(yaml.SafeLoader):
    _depth = 0

    def compose_node(self, parent: yaml.Node | None, index: Any) -> yaml.Node | None:
        if self.check_event(yaml.AliasEvent):
            alias = self.peek_event()  # type: ignore[no-untyped-call]
            # Typed alone, a star is no alias and mostly a pattern: it stays a text.
            raise yaml.MarkedYAMLError(
                problem=f"*{alias.anchor} stands for another part of the file; "
                "write it out",
                problem_mark=alias.start_mark,
            )
        if self._depth == _DEEPEST:
            raise _fault(
                f"more than {_DEEPEST} levels inside one another; expected settings",
                self.peek_event(),  # type: ignore[no-untyped-call]
            )
        self._depth += 1
        node = super().compose_node(parent, index)
        self._depth -= 1
        return node

    def construct_object(self, node: yaml.Node, deep: bool = False) -> Any:
        try:
            return super().construct_object(node, deep=deep)
        except ValueError as fault:  # such as a date in a thirteenth month
            found = shorten(f"{node.value}", width=40, placeholder="...")
            raise _fault(f"{found!r} is no value ({fault})", node) from None

    def construct_mapping(
        self, node: yaml.MappingNode, deep: bool = False
    ) -> dict[Any, Any]:
        seen: set[str] = set()
        for key_node, _ in node.value:
            key = str(self.construct_object(key_node, deep=True))
            if key in seen:
                raise _fault(f"{key} is written twice; expected once", key_node)
            seen.add(key)
        return super().construct_mapping(node, deep)


def _fault(problem: str, place: Any) -> _RefusedError:
    return _RefusedError(problem=problem, problem_mark=place.start_mark)
