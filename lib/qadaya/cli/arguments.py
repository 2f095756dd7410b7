"""Words of the command line that several commands take, and what they mean."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from qadaya.cli.command import Format, Language
from qadaya.errors import ParameterError

if TYPE_CHECKING:
    from datetime import date

    from qadaya.returns.register import Register
    from qadaya.returns.register.readable import Readable

RegisterFolder = Annotated[
    Path | None,
    typer.Option("--register", metavar="DIR", help="Default: data/register."),
]
AnswerFormat = Annotated[
    Format, typer.Option("--format", help="How the answer is written on stdout.")
]
AnswerLanguage = Annotated[
    Language, typer.Option("--language", help="The language of messages.")
]
AsOf = Annotated[
    str | None,
    typer.Option(
        "--as-of",
        metavar="DATE",
        help="As it was known at the end of that day (UTC). Default: now.",
    ),
]


def court_id_of(court: str, option: str) -> str:
    """The id of the court that a word of the command line names.

    Raises: ParameterError where it is none.
    """
    from qadaya.reference import find_court, nearest_court
    from qadaya.reference.tables import circuits

    court_id = find_court(court).court_id
    if court_id is None:
        nearest = nearest_court(court)
        raise ParameterError(
            f"{option} is {court!r}; expected one of the {len(circuits())} ids in "
            "data/reference/courts.csv, such as tpi-sale"
            + (f"; did you mean {nearest}?" if nearest else "")
        )
    return court_id


def known_then(register: "Register", as_of: str | None) -> "Readable":
    """The register as it was known at the end of a day; as it is now without one.

    Raises: ParameterError for what is no day.
    """
    if as_of is None:
        return register
    return register.as_of(day_of(as_of, "--as-of"))


def day_of(text: str, option: str) -> "date":
    """The day that a word of the command line names.

    Raises: ParameterError where it is none.
    """
    from datetime import date

    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ParameterError(
            f"{option} is {text!r}; expected a day such as 2025-03-01"
        ) from None


def year_of(text: str, option: str = "--year") -> int:
    """The year that a word of the command line names.

    Raises: ParameterError where it is none.
    """
    if not text.isdecimal():
        raise ParameterError(f"{option} is {text!r}; expected a year such as 2024")
    return int(text)


def year_since(first: int, text: str) -> int:
    """The year from `first` to this one that the option `--year` names.

    Raises: ParameterError where it is none.
    """
    from datetime import date

    last = date.today().year
    if not text.isdecimal() or not first <= int(text) <= last:
        raise ParameterError(
            f"--year is {text!r}; expected a year from {first} to {last}"
        )
    return int(text)
