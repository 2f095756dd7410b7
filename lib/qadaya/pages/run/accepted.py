"""The parameters that a notebook accepts: the names in its `parameters` cell.

A value is held against the default, or against the hint beside it: a word for a number
is refused before a kernel starts.
"""

import ast
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from qadaya.errors import ParameterError
from qadaya.strict_yaml import typed_value

KINDS = {
    bool: "yes/no",
    int: "a whole number",
    float: "a decimal number",
    str: "text",
    list: "a list",
    dict: "a mapping",
    type(None): "nothing",
}
_NAMED = {kind.__name__: kind for kind in KINDS} | {"None": type(None), "tuple": list}


@dataclass(frozen=True)
class Accepted:
    """One parameter: its name, the kinds of value it takes (none: any), its default."""

    name: str
    kinds: tuple[type, ...]
    default: str

    def take(self, value: Any) -> Any:
        """The value as the notebook is given it; a date becomes its ISO text.

        Raises: ParameterError when it is of another kind.
        """
        given = value.isoformat() if isinstance(value, date) else value
        if isinstance(given, Typed):
            given = self._read(given)
        if not self._fits(given):
            expected = " or ".join(KINDS[kind] for kind in self.kinds)
            raise ParameterError(
                f"{self.name} is {given!r} ({kind_of(given)}); expected {expected}, "
                f"since the notebook has {self.name} = {self.default}"
            )
        try:
            json.dumps(given)
        except TypeError:
            raise ParameterError(
                f"{self.name} is {kind_of(given)} of a kind that no notebook can be "
                "given; expected text, numbers, yes/no, lists or mappings"
            ) from None
        return given

    def _read(self, typed: "Typed") -> Any:
        if self.kinds == (str,):
            return str(typed)
        try:
            read = typed_value(typed)
        except ParameterError as fault:
            raise ParameterError(f"{self.name}: {fault}") from None
        return read.isoformat() if isinstance(read, date) else read

    def _fits(self, value: Any) -> bool:
        kinds = {float, int} if float in self.kinds else set()
        return not self.kinds or type(value) in kinds | set(self.kinds)


class Typed(str):
    """A value as typed after `-p name=`: what it is depends on who takes it."""


def accepted_by(source: str) -> dict[str, Accepted]:
    """The parameters of a cell, by name; {} for code that is no Python."""
    return {parameter.name: parameter for parameter in _assigned(source)}


def kind_of(value: Any) -> str:
    """What a value is, in words."""
    return KINDS.get(type(value), type(value).__name__)


def _assigned(source: str) -> Iterator[Accepted]:
    try:
        statements = ast.parse(source).body
    except SyntaxError:
        # It fails when it runs, and its cell is named then.
        return
    for each in statements:
        if isinstance(each, ast.Assign):
            for target in each.targets:
                if isinstance(target, ast.Name):
                    yield _accepted(target.id, each.value, _kinds_of(each.value))
        elif isinstance(each, ast.AnnAssign) and isinstance(each.target, ast.Name):
            kinds = _hinted(each.annotation) or _kinds_of(each.value)
            yield _accepted(each.target.id, each.value, kinds)


def _accepted(name: str, value: ast.expr | None, kinds: tuple[type, ...]) -> Accepted:
    default = ast.unparse(value) if value is not None else "no default"
    return Accepted(name, kinds, default if len(default) < 60 else f"{default[:57]}...")


def _kinds_of(value: ast.expr | None) -> tuple[type, ...]:
    """The kind of a default; () where it says nothing, as None does."""
    try:
        default = ast.literal_eval(value) if value is not None else None
    except (ValueError, TypeError, SyntaxError):
        return ()
    kind = list if isinstance(default, tuple) else type(default)
    return (kind,) if default is not None and kind in KINDS else ()


def _hinted(hint: ast.expr) -> tuple[type, ...]:
    """The kinds that a hint names: `int | None`, `Optional[str]`, `list[int]`."""
    if isinstance(hint, ast.BinOp):
        sides = _hinted(hint.left), _hinted(hint.right)
        return sides[0] + sides[1] if all(sides) else ()
    if isinstance(hint, ast.Constant) and hint.value is None:
        return (type(None),)
    if isinstance(hint, ast.Subscript):
        outer = ast.unparse(hint.value).rpartition(".")[2]
        if outer == "Optional":
            inner = _hinted(hint.slice)
            return (*inner, type(None)) if inner else ()
        return (_NAMED[outer],) if outer in _NAMED else ()
    name = ast.unparse(hint)
    return (_NAMED[name],) if name in _NAMED else ()
