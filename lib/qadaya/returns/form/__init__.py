"""The blank form that goes out to a court: one workbook for a court and a year.

A form that already lies in a folder may have been filled in by a clerk, so a file is
never replaced unless it is still the very form that would be written.
"""

from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path

from rapidfuzz import process

from qadaya.atomic import write_bytes
from qadaya.errors import ParameterError, ReturnError
from qadaya.reference.tables import circuits
from qadaya.returns.form.book import form_workbook, workbook_bytes
from qadaya.vocabulary import FIRST_ASKED


def write_form(path: str | Path, *, court_id: str, year: int) -> Path:
    """Path of the circular's form, written for one court and one year.

    Parents of `path` are made. Writing the same blank form again changes nothing.
    Raises: ParameterError for an unknown court, a year out of range or a name that
    does not end in .xlsx; ReturnError when another file stands there or the folder
    cannot be written.
    """
    path = Path(path)
    _check_court(court_id)
    _check_year(year)
    _check_name(path)
    return _write_blank(path, _form_bytes(court_id, year))


def write_all_forms(
    folder: str | Path,
    *,
    year: int,
    on_written: Callable[[Path], None] | None = None,
) -> list[Path]:
    """Paths of the forms of all 112 courts, `<court_id>-<year>.xlsx`, in court order.

    `on_written` is called after each file, for a progress bar. A file that may not be
    replaced is found before the first one is written.
    Raises: as `write_form`.
    """
    folder = Path(folder)
    _check_year(year)
    forms = {folder / f"{court_id}-{year}.xlsx": court_id for court_id in circuits()}
    _check_all_free(forms, year)
    for path, court_id in forms.items():
        _write_blank(path, _form_bytes(court_id, year))
        if on_written is not None:
            on_written(path)
    return list(forms)


def _form_bytes(court_id: str, year: int) -> bytes:
    return workbook_bytes(form_workbook(court_id, year))


def _check_court(court_id: str) -> None:
    if court_id not in circuits():
        raise ParameterError(
            f"court is {court_id!r}; expected one of the {len(circuits())} ids in "
            f"data/reference/courts.csv, such as tpi-sale or ca-fes{_nearest(court_id)}"
        )


def _nearest(court_id: str) -> str:
    nearest = process.extractOne(str(court_id), list(circuits()), score_cutoff=70)
    return f"; did you mean {nearest[0]}?" if nearest else ""


def _check_year(year: int) -> None:
    # Next year's forms go out in December, never earlier.
    last_year = date.today().year + 1
    whole = isinstance(year, int) and not isinstance(year, bool)
    if not whole or not FIRST_ASKED <= year <= last_year:
        raise ParameterError(
            f"year is {year!r}; expected a whole number from {FIRST_ASKED} (the first "
            f"year that the circular asks for) to {last_year}"
        )


def _check_name(path: Path) -> None:
    if path.suffix.lower() != ".xlsx":
        raise ParameterError(
            f"{path}: the form is a workbook; expected a file name that ends in .xlsx"
        )


def _check_all_free(paths: dict[Path, str], year: int) -> None:
    taken = [
        path
        for path, court_id in paths.items()
        if path.exists() and not _holds(path, _form_bytes(court_id, year))
    ]
    if taken:
        raise _taken(taken)


def _write_blank(path: Path, content: bytes) -> Path:
    if path.exists():
        if _holds(path, content):
            return path
        raise _taken([path])
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_bytes(path, content, replace=False)
    except OSError as error:
        raise ReturnError(
            f"{path}: cannot be written ({error.strerror}); expected a folder that "
            "may be written to; choose another place"
        ) from error
    return path


def _holds(path: Path, content: bytes) -> bool:
    return path.is_file() and path.read_bytes() == content


def _taken(paths: Iterable[Path]) -> ReturnError:
    first, *others = paths
    more = f" (and {len(others)} more)" if others else ""
    what = "is a folder" if first.is_dir() else "exists and is not this blank form"
    return ReturnError(
        f"{first}: {what}{more}; nothing was replaced, since it may be a form that a "
        "court has filled in; move it away or give another name"
    )
