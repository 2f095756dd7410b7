"""plotly.js with the kinds of charts that a page draws, and no others.

The file in the installed package draws every kind there is and weighs 4.8 MB; a page of
ours draws two or three kinds and needs a quarter of it. esbuild wrote that file: one
function, and in it a row of statements, most of them `var NAME=wrap((exports)=>{...})`,
a module that runs when it is first asked for. One of them registers the kinds. Here its
list is made shorter, and the statements that nothing names any more are left out. Names
are sought in the whole text of a statement, in its strings too, so that rather too much
is kept than too little. A file that is built another way is kept whole.
"""

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from qadaya.pages.render.statements import Statement, Unbalanced, statements

_NAME = r"[A-Za-z_$][\w$]*"
_BEGIN = "var Plotly=(()=>{"
_END = "})();\n"
_REGISTER = re.compile(rf"\.register\(\[((?:{_NAME}\(\),?)+)\]\)")
_FILLED = re.compile(rf"{_NAME}\(({_NAME}),\{{")
_KIND = re.compile(r'moduleType:"\w+",name:"(\w+)"')
_CALL = re.compile(rf"({_NAME})\(\)")
# Not what follows a point, unless that is the last of the three that spread a value.
_MENTIONED = re.compile(rf"(?<![\w$])(?<!(?<!\.\.)\.)({_NAME})")


class _BuiltAnotherWay(Exception):
    """The file is not what this module knows how to take apart."""


@dataclass(frozen=True)
class _Bundle:
    """The file taken apart; numbers are places in `parts`."""

    head: str
    parts: list[Statement]
    tail: str
    # The first parts help all the others, `registering` has the list of kinds, `last`
    # gives back what that makes.
    helpers: int
    registering: int
    last: int
    # Parts by a name that they declare or fill.
    homes: dict[str, list[int]]
    # Names of modules, of their exports and of helpers; the `shut` parts see no others.
    outer: frozenset[str]
    shut: frozenset[int]
    # By kind of chart, the call that registers it.
    kinds: dict[str, str]


def bundle_with(source: str, kinds: frozenset[str]) -> str:
    """plotly.js that draws `scatter` and the kinds named; whole if it cannot be cut.

    `source`: the installed package's `plotly.min.js`. What is no kind is passed over.
    """
    try:
        bundle = _taken_apart(source)
    except (_BuiltAnotherWay, Unbalanced):
        return source
    texts = [part.text for part in bundle.parts]
    # A module whose kind cannot be read has its call for a name, and stays.
    calls = [
        f"{call}()"
        for kind, call in bundle.kinds.items()
        if kind in kinds or kind == call
    ]
    texts[bundle.registering] = _REGISTER.sub(
        lambda _: f".register([{','.join(calls)}])", texts[bundle.registering]
    )
    kept = sorted(_needed(bundle, texts))
    return bundle.head + "".join(texts[place] for place in kept) + bundle.tail


def kinds_of_charts(source: str) -> list[str]:
    """The kinds that can be left out of a bundle; none when it cannot be cut."""
    try:
        return sorted(_taken_apart(source).kinds)
    except (_BuiltAnotherWay, Unbalanced):
        return []


def _needed(bundle: _Bundle, texts: Sequence[str]) -> set[int]:
    """The places of what gives back the library, and of all that it names."""
    kept = set(range(bundle.helpers))
    waiting = [bundle.last]
    while waiting:
        place = waiting.pop()
        if place in kept:
            continue
        kept.add(place)
        named = set(_MENTIONED.findall(texts[place]))
        if place in bundle.shut:
            named &= bundle.outer
        for name in named:
            # esbuild calls nothing at the top by one letter but its helpers. A library
            # that keeps its own names does, and is known by its longer ones.
            if len(name) > 1:
                waiting += bundle.homes.get(name, ())
    return kept


@cache
def _taken_apart(source: str) -> _Bundle:
    begin = source.find(_BEGIN) + len(_BEGIN)
    end = source.find(_END, source.rfind(".register(["))
    if begin < len(_BEGIN) or end < 0:
        raise _BuiltAnotherWay
    parts = list(statements(source, begin, end))
    registering = _only([bool(_REGISTER.search(part.text)) for part in parts])
    last = _only([part.text.startswith("return ") for part in parts])
    wrap = next(iter(parts[registering].names.values()), "")
    shut = [wrap in part.names.values() for part in parts]
    helpers = shut.index(True)
    homes = _homes(parts)
    outer = _outer(parts, helpers)
    if not wrap or not {name for part in parts for name in _filled(part)} <= outer:
        raise _BuiltAnotherWay
    listed = _REGISTER.search(parts[registering].text)
    calls = _CALL.findall(listed[1] if listed else "")
    return _Bundle(
        head=source[:begin],
        parts=parts,
        tail=source[end:],
        helpers=helpers,
        registering=registering,
        last=last,
        homes=homes,
        outer=outer,
        shut=frozenset(place for place, each in enumerate(shut) if each),
        kinds={_kind(call, parts, homes): call for call in calls},
    )


def _only(found: list[bool]) -> int:
    if sum(found) != 1:
        raise _BuiltAnotherWay
    return found.index(True)


def _homes(parts: Sequence[Statement]) -> dict[str, list[int]]:
    homes: dict[str, list[int]] = defaultdict(list)
    for place, part in enumerate(parts):
        for name in (*part.names, *_filled(part)):
            homes[name].append(place)
    return homes


def _filled(part: Statement) -> tuple[str, ...]:
    """What `fill(exports,{name:()=>value})` belongs to: it declares nothing itself."""
    found = _FILLED.match(part.text)
    return (found[1],) if found else ()


def _outer(parts: Sequence[Statement], helpers: int) -> frozenset[str]:
    """What a module can be asked by: the name that runs it, the object of its exports.

    Helpers that give a function back are the two that make a module run once.
    """
    makers = {
        found[1]
        for part in parts[:helpers]
        for found in re.finditer(rf"({_NAME})=\([\w$,]+\)=>\(\)=>", part.text)
    }
    return frozenset(
        name
        for place, part in enumerate(parts)
        for name, given in part.names.items()
        if place < helpers or given in makers or part.text.endswith("={};")
    )


def _kind(call: str, parts: Sequence[Statement], homes: dict[str, list[int]]) -> str:
    """What a registered module draws; the call itself where that cannot be read."""
    name = call
    for _ in range(4):
        if name not in homes:
            break
        text = parts[homes[name][0]].text
        if found := _KIND.search(text):
            return found[1]
        # It hands on what another module exports.
        asked = _CALL.search(text)
        name = asked[1] if asked else ""
    return call
