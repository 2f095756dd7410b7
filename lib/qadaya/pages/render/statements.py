"""The statements of a bundled script, told apart by their brackets.

Enough of JavaScript to know where a text, a pattern or a template ends and which
brackets meet: what stands in no bracket is all that a statement declares itself.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

# A text, a comment, a pattern (it stands where a value is due, after a sign or after a
# word that asks for one), or a sign that opens or closes something.
_TOKEN = re.compile(
    r'"(?:[^"\\\n]|\\.)*"'
    r"|'(?:[^'\\\n]|\\.)*'"
    r"|//[^\n]*"
    r"|/\*[\s\S]*?\*/"
    r"|(?:(?<=[=(,:;!&|?{}\[+*%<>~^-])|(?<=\breturn)|(?<=\bcase )|(?<=\btypeof ))"
    r"/(?:[^/\\\[\n]|\\.|\[(?:[^\]\\\n]|\\.)*\])+/"
    r"|[(){}\[\]`]"
)
_TOKEN_OR_END = re.compile(f"{_TOKEN.pattern}|;")
_TEMPLATE = re.compile(r"(?:[^`\\$]|\\[\s\S]|\$(?!\{))*(`|\$\{)")
_OPENS = {")": "(", "]": "[", "}": "{"}
_NAME = r"[A-Za-z_$][\w$]*"
_DECLARED = re.compile(rf"\s*(?:(?:async )?function\*? ?|class )({_NAME})")
_GIVEN = re.compile(rf"\s*({_NAME})=?([^\0]*)")


class Unbalanced(Exception):
    """Brackets do not meet: the text is not what it is taken for."""


@dataclass(frozen=True)
class Statement:
    """One statement, and the names that it declares at its top.

    `names`: with the beginning of what each is given, up to the first bracket.
    """

    text: str
    names: dict[str, str]


def statements(source: str, begin: int, end: int) -> Iterator[Statement]:
    """The statements between two places of a script, none of its text left out.

    Raises: Unbalanced.
    """
    first = last = place = begin
    top = ""
    while found := _TOKEN_OR_END.search(source, place, end):
        sign, place = found[0], found.end()
        if sign in ("(", "[", "{", "`"):
            place = _after(source, place, end, sign)
        elif sign in _OPENS:
            raise Unbalanced
        top += source[last : found.start()] + "\0"
        last = place
        if sign == ";" or (sign == "{" and _DECLARED.match(top)):
            yield Statement(source[first:place], _names(top))
            first, top = place, ""
    if source[first:end].strip():
        yield Statement(source[first:end], _names(top + source[last:end]))


def _after(source: str, place: int, end: int, sign: str) -> int:
    """Where what was opened is closed again; `place` is after the opening sign."""
    opened = [sign]
    while opened:
        if opened[-1] == "`":
            match = _TEMPLATE.match(source, place, end)
            if match is None:
                raise Unbalanced
            if match[1] == "`":
                opened.pop()
            else:
                opened.append("{")
        else:
            match = _TOKEN.search(source, place, end)
            if match is None:
                raise Unbalanced
            if match[0] in ("(", "[", "{", "`"):
                opened.append(match[0])
            elif match[0] in _OPENS and opened.pop() != _OPENS[match[0]]:
                raise Unbalanced
        place = match.end()
    return place


def _names(top: str) -> dict[str, str]:
    """What is declared; `top` has a gap in place of each bracket, text and template."""
    if declared := _DECLARED.match(top):
        return {declared[1]: ""}
    if not top.startswith(("var ", "let ", "const ")):
        return {}
    parts = top.partition(" ")[2].rstrip(";").split(",")
    found = (_GIVEN.match(part) for part in parts)
    return {match[1]: match[2] for match in found if match}
