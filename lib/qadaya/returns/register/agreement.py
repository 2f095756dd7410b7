"""Whether the decisions of the desk agree, whatever their order in the file."""

from collections.abc import Iterator, Sequence

from qadaya.errors import ParameterError
from qadaya.returns.corrections import COUNT_HERE, EXCLUDE, SAME_CASE_AS, Place
from qadaya.returns.register.meant_rows import Applied, Key

_COUNTED, _LEFT_OUT = "counted", "left out"
_AGAINST = {_COUNTED: (_LEFT_OUT,), _LEFT_OUT: (_COUNTED, _LEFT_OUT)}


def require_agreeing(applied: Sequence[tuple[int, Applied]]) -> None:
    """Refuse decisions of which one would undo another.

    A row is left out by one decision at most, and then none counts it; each of its
    codes is given once. The rows are those that count, in whichever version they were
    named.
    Raises: ParameterError, one line, naming the two.
    """
    said: dict[tuple[Key, str], int] = {}
    for number, one in applied:
        for row, place, what in _says(one):
            for against in _AGAINST.get(what, (what,)):
                if (row, against) in said:
                    raise _undone(said[row, against], number, place)
            said.setdefault((row, what), number)


def _says(one: Applied) -> Iterator[tuple[Key, Place, str]]:
    """What a decision says of each row that it names."""
    made = one.correction
    row = one.return_id, one.row
    out = made.action in (EXCLUDE, SAME_CASE_AS)
    yield row, made.where, _LEFT_OUT if out else _COUNTED
    for column in made.to:
        yield row, made.where, column
    if one.other is not None and made.other is not None:
        out = made.action == COUNT_HERE
        yield one.other, made.other, _LEFT_OUT if out else _COUNTED


def _undone(first: int, number: int, place: Place) -> ParameterError:
    return ParameterError(
        f"params/corrections.yml, entries {first} and {number}: both decide on "
        f"{place}, and one would undo the other; expected a row that is counted or "
        "left out, and each code of it once. Keep one of them"
    )
