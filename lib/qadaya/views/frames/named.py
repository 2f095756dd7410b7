"""From what a person writes to a code: a court by its name, a platform by its word.

Nothing is guessed: what is no code and no name is refused with the nearest.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from rapidfuzz import fuzz, process

from qadaya.errors import ParameterError
from qadaya.language import LANGUAGES
from qadaya.reference import court_name, courts, find_court, fold
from qadaya.vocabulary import label

_COURTS, _CIRCUITS = ("court", "courts", "court_id"), ("circuit", "circuits")
_PLACES = (*_COURTS, *_CIRCUITS, "circuit_id")
_CODED = {"platforms": "platform"}
_NEAR_ENOUGH = 75  # of 100 letters; what is further off is no slip of the pen


def code_named(kind: str, given: Any, known: Sequence[str], said: str = "") -> str:
    """The code of `known` that is meant: itself, or a name in ar, fr or en.

    `kind`: what it is a code of, as the caller calls it (court, circuits, platform).
    `said`: what a refusal begins with.
    Raises: ParameterError for what names none of them, with the nearest, and for a
    name that two courts have.
    """
    if given in known:
        return str(given)
    if isinstance(given, str):
        asked = fold(given)
        places = kind in _PLACES
        for code in known:
            # A court is found by its names in a way of its own: two may share one.
            names = (code,) if places else (code, *_names(kind, code))
            if asked in {fold(name) for name in names}:
                return code
        if places:
            return _court_named(kind, given, known, said)
    raise unknown(f"{said}{kind}", given, known, names_of(kind, known))


def codes_named(
    kind: str, given: Any, known: Sequence[str], said: str = ""
) -> list[str]:
    """The codes meant by one name or several, in the order of `known`.

    Raises: ParameterError; see `code_named`.
    """
    several = [given] if isinstance(given, str) else given
    if not isinstance(several, Iterable):
        raise ParameterError(
            f'{said}{kind} is {given!r}; expected a list of codes or names, or "all"'
        )
    wanted = {code_named(kind, name, known, said) for name in several}
    return [code for code in known if code in wanted]


def names_of(kind: str, known: Iterable[str]) -> dict[str, str]:
    """Each name that the codes go by, and its code."""
    return {name: code for code in known for name in (code, *_names(kind, code))}


def unknown(
    name: str, given: Any, known: Sequence[str], names: dict[str, str] | None = None
) -> ParameterError:
    """The refusal of what is not among the known, with the nearest, else with some.

    `names`: the names that the known go by, where they have any; see `names_of`.
    """
    near = _nearest(given, names or {name: name for name in known})
    if near is not None:
        return ParameterError(f"{name} is {given!r}; did you mean {near!r}?")
    some = ", ".join(known[:8]) + (" ..." if len(known) > 8 else "")
    return ParameterError(f"{name} is {given!r}; expected one of {some or 'none'}")


def _nearest(given: Any, names: dict[str, str]) -> str | None:
    if not isinstance(given, str):
        return None
    folded = {name: fold(name) for name in names}
    best = process.extractOne(
        fold(given), folded, scorer=fuzz.ratio, score_cutoff=_NEAR_ENOUGH
    )
    return names[str(best[2])] if best else None


def _court_named(kind: str, given: str, known: Sequence[str], said: str) -> str:
    level = "appeal" if kind not in _COURTS else None
    here = [code for code in find_court(given, level).candidates if code in known]
    if len(here) == 1:
        return here[0]
    if here:
        raise ParameterError(
            f"{said}{kind} is {given!r}, the name of {len(here)} courts; "
            f"expected one of {', '.join(here)}"
        )
    raise unknown(f"{said}{kind}", given, known, names_of(kind, known))


def _names(kind: str, code: str) -> list[str]:
    if kind in _PLACES:
        if code not in courts().index:
            return []
        return [
            court_name(code, language, short=short)
            for language in LANGUAGES
            for short in (False, True)
        ]
    try:
        return [label(_CODED.get(kind, kind), code, language) for language in LANGUAGES]
    except KeyError:
        return []
