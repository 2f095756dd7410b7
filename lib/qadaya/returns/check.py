"""Reads, codes and checks one received file: what is in it, and what is wrong."""

from datetime import date
from pathlib import Path

from qadaya.errors import ParameterError, ReturnError
from qadaya.reference import find_court, nearest_court
from qadaya.returns.check_content import unreadable
from qadaya.returns.model import Return
from qadaya.returns.one_reader import Request
from qadaya.returns.personal import shown_name
from qadaya.returns.read.grid import Unreadable
from qadaya.returns.read.whose import FIRST_YEAR
from qadaya.returns.readers import shared_readers
from qadaya.returns.received import read_bytes


def check_file(
    path: str | Path, *, court: str | None = None, year: int | None = None
) -> list[Return]:
    """The returns in a file, one per form, with all their problems; nothing is filed.

    `court` (an id or a name) and `year` are what the sender says besides; they are held
    against what the file says. A file that cannot be read is one refused return.
    Raises: ReturnError for a path that is not there; ParameterError for a court that
    is none or a year out of range.
    """
    path = Path(path)
    check_options(court, year)
    readers = shared_readers()
    file = shown_name(path.name)
    try:
        content = read_bytes(path, most=readers.limits.file_mb * 1_000_000)
    except FileNotFoundError as fault:
        raise ReturnError(
            f"{path.with_name(file)}: not found; expected a file that a court "
            "sent; check the path"
        ) from fault
    except Unreadable as fault:
        return [unreadable(file, fault.reason, limit=readers.limits.file_mb)]
    return readers.read(Request(content, path.name, court, year))


def check_options(court: str | None, year: int | None) -> None:
    """Raises: ParameterError for a court that is none or a year out of range."""
    if court is not None and find_court(court).court_id is None:
        nearest = nearest_court(court)
        hint = f"; did you mean {nearest}?" if nearest else ""
        raise ParameterError(
            f"court is {court!r}; expected one court, by its id (tpi-sale) or its full "
            f"name{hint}"
        )
    this_year = date.today().year
    if year is not None and not FIRST_YEAR <= year <= this_year:
        raise ParameterError(
            f"year is {year!r}; expected a year from {FIRST_YEAR} to {this_year}"
        )
