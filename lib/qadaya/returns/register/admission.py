"""What a register takes in: each file as one of two kinds, invented ones apart."""

import sqlite3
from collections.abc import Sequence

from qadaya.errors import ReturnError
from qadaya.returns.model import Return
from qadaya.returns.register.receipts import Receipt
from qadaya.vocabulary import REFUSED


def require_no_return(connection: sqlite3.Connection, receipt: Receipt) -> None:
    """Refuse a supplement that came as the return of a year, and the reverse.

    Raises: ReturnError naming the file.
    """
    (earlier,) = connection.execute(
        "SELECT count(*) FROM receipts WHERE sha256 = ? AND supplement <> ?",
        (receipt.sha256, receipt.supplement),
    ).fetchone()
    if earlier:
        kinds = ("the return of its year", "a supplement")
        came = kinds[not receipt.supplement]
        raise ReturnError(
            f"{receipt.file}: was received before as {came}; expected each file "
            "once, as one of the two. Nothing of it was filed again; ask the court "
            "for a file that holds the other"
        )


def require_one_kind(
    connection: sqlite3.Connection, readings: Sequence[Return]
) -> None:
    """Refuse an invented return among real ones, and a real one among invented.

    Raises: ReturnError naming the file. A refused return without the mark of an
    invented one is neither: none of its cases would be counted.
    """
    for reading in readings:
        if reading.state == REFUSED and not reading.synthetic:
            continue
        (other,) = connection.execute(
            "SELECT min(file) FROM returns WHERE synthetic = ? AND state != 'refused'",
            (not reading.synthetic,),
        ).fetchone()
        if other is not None:
            kinds = ("real", "invented")
            ours, theirs = kinds[reading.synthetic], kinds[not reading.synthetic]
            raise ReturnError(
                f"{reading.file}: is {ours}, and the register holds {theirs} "
                f"returns (the first is {other}); nothing of it was filed. Receive "
                "it into a register of its own"
            )
