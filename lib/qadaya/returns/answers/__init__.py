"""Answers to the courts: the file that was sent, with what is asked about it.

A workbook goes back as it came, its cells coloured and commented, and a list in front.
A document, a text or a workbook of an old kind is answered with the form that holds its
rows. What was refused as personal data stands in no answer: an answer travels, and the
court has its own copy.
"""

from pathlib import Path

from qadaya.atomic import write_bytes
from qadaya.errors import ReturnError
from qadaya.returns.answers.apart import done_apart
from qadaya.returns.answers.filled_form import filled_form
from qadaya.returns.answers.remarks import tell
from qadaya.returns.answers.sent_workbook import marked_workbook
from qadaya.returns.limits import read_limits
from qadaya.returns.register.lookup import Received


def answer_to(received: Received, *, language: str | None = None) -> bytes:
    """The .xlsx file that answers a received one, in the language it is written in.

    The same file and the same findings always give the same bytes.
    """
    first_sheet = tell(received.filed, language)
    marked = done_apart(
        marked_workbook, received.content, first_sheet, limits=read_limits()
    )
    if marked is not None:
        return marked
    return filled_form([filed.reading for filed in received.filed], first_sheet)


def answer_name(received: Received) -> str:
    """The name of an answer: court, year and version, else the id of the return.

    That of a supplement has its number: `tpi-sale-2024-s1.xlsx`.
    """
    first = received.filed[0]
    reading = first.reading
    if reading.court_id and reading.year:
        kind = "s" if first.supplement else "v"
        return f"{reading.court_id}-{reading.year}-{kind}{first.version}.xlsx"
    return f"{first.return_id}.xlsx"


def write_answer(
    path: Path, received: Received, *, language: str | None = None
) -> Path:
    """Write an answer to a file, whose folder is made; an earlier answer is replaced.

    Raises: ReturnError when it cannot be written.
    """
    content = answer_to(received, language=language)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_bytes(path, content)
    except OSError as fault:
        raise ReturnError(
            f"{path}: cannot be written ({fault.strerror}); expected a place for a "
            "workbook. Choose another"
        ) from fault
    return path
