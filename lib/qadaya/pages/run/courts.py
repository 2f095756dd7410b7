"""Runs for one court or one circuit: which is meant, and which notebook takes it.

A notebook takes them by a `court` or a `circuit` in its `parameters` cell. A circuit is
named by its court of appeal, so one that takes courts alone is given that court.
"""

from collections.abc import Sequence
from typing import Any

from rapidfuzz import process

from qadaya.errors import ParameterError
from qadaya.language import LANGUAGES
from qadaya.pages.run.accepted import Accepted
from qadaya.reference.places import find_court
from qadaya.reference.tables import circuit_of, circuits, court_name

COURT, CIRCUIT = "court", "circuit"
_EXAMPLE = {
    COURT: "a court such as tpi-sale or one of its names in Arabic, French or English",
    CIRCUIT: "a court of appeal such as ca-rabat or one of its names in Arabic, "
    "French or English",
}


def all_circuits() -> list[str]:
    """The courts of appeal, in the order of the map."""
    return list(dict.fromkeys(circuits().values()))


def court_called(name: str) -> str:
    """The court of an id, or of a name in one of three languages.

    Raises: ParameterError, naming the nearest one.
    """
    return _called(name, COURT, None)


def circuit_called(name: str) -> str:
    """The court of appeal of an id or a name; a bare town means its court of appeal.

    Raises: ParameterError, naming the nearest one; also for another kind of court.
    """
    court = _called(name, CIRCUIT, "appeal")
    if circuit_of(court) != court:
        raise ParameterError(
            f"circuit is {name!r}, a court of first instance; expected "
            f"{_EXAMPLE[CIRCUIT]}. Its circuit is {circuit_of(court)}"
        )
    return court


def takes_circuit(accepts: dict[str, Accepted]) -> str | None:
    """The parameter by which a notebook takes a circuit; None where it does not."""
    return next((name for name in (CIRCUIT, COURT) if name in accepts), None)


def with_places(
    own: dict[str, Any], accepts: dict[str, Accepted]
) -> tuple[dict[str, Any], str | None]:
    """A notebook's own parameters with ids for names, and the place the page is of.

    Raises: ParameterError for a court or a circuit that there is not.
    """
    read = dict(own)
    for name, called in ((COURT, court_called), (CIRCUIT, circuit_called)):
        value = own.get(name)
        if name in accepts and isinstance(value, str):
            read[name] = called(value)
    given = [read[name] for name in (COURT, CIRCUIT) if isinstance(read.get(name), str)]
    return read, given[0] if given else None


def _called(name: str, kind: str, level: str | None) -> str:
    if name in circuits():
        return name
    match = find_court(name, level)
    if match.court_id:
        return match.court_id
    if match.candidates:
        several = ", ".join(match.candidates)
        raise ParameterError(
            f"{kind} is {name!r}, which may be {several}; expected one of them"
        )
    near = _near(name, kind) or match.nearest
    hint = f"; did you mean {_told(near)}?" if near else ""
    raise ParameterError(f"{kind} is {name!r}; expected {_EXAMPLE[kind]}{hint}")


def _near(name: str, kind: str) -> str | None:
    """The nearest by id, else by name: what was typed may be a slip in either."""
    ids: Sequence[str] = all_circuits() if kind == CIRCUIT else list(circuits())
    known = {court_id: court_id for court_id in ids} | {
        court_name(court_id, language): court_id
        for court_id in ids
        for language in LANGUAGES
    }
    best = process.extractOne(name, list(known), score_cutoff=75)
    return known[best[0]] if best else None


def _told(court: str) -> str:
    return f"{court} ({court_name(court, 'en')})"
