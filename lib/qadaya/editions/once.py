"""What is worked out of an edition, once for all that ask for it.

An edition does not change, so neither does what follows from it. A page of courts draws
the same counts in a chart, a table and a sentence, and each of them asks for itself.
"""

from collections.abc import Callable, Hashable, Mapping
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar, cast

import pandas as pd

from qadaya.editions.edition import Edition

P = ParamSpec("P")
Given = TypeVar("Given")


def once_an_edition(
    work: Callable[Concatenate[Edition, P], Given],
) -> Callable[Concatenate[Edition, P], Given]:
    """The function, which works once for an edition and each set of arguments.

    What it gave is kept with the edition and gone with it. Whoever asks for a frame is
    given one to change; anything else that it gives must not change.
    """

    @wraps(work)
    def found(edition: Edition, *args: P.args, **named: P.kwargs) -> Given:
        kept = edition._worked_out
        key = (work, _fixed(args), _fixed(named))
        try:
            known = key in kept
        except TypeError:  # years in an array, say, which cannot be looked up
            return work(edition, *args, **named)
        if not known:
            kept[key] = work(edition, *args, **named)
        given = kept[key]
        return cast(Given, given.copy() if isinstance(given, pd.DataFrame) else given)

    return cast(Callable[Concatenate[Edition, P], Given], found)


def _fixed(value: Any) -> Hashable:
    """An argument as it can be looked up: years come as a list or as a tuple."""
    if isinstance(value, Mapping):
        return tuple((name, _fixed(item)) for name, item in value.items())
    if isinstance(value, list | tuple):
        return tuple(map(_fixed, value))
    return cast(Hashable, value)
