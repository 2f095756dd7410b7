"""Cases into counts, on whatever engine holds the cases.

The counting is written in narwhals, in a small dialect that means the same on every
engine: columns are derived first; inside `agg` stands a plain length or a plain
column; nothing is pivoted, ranked or counted distinct before it is collected. A test
reads this file and holds it to that (notes of what went wrong elsewhere: a condition
inside `agg` is silently ignored on pandas).

Everything is counted once, into inner cells: a combination of all that a table can be
made of, with `n`. Every table is a sum of inner cells, true or rounded alike.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import narwhals.stable.v2 as nw
import pandas as pd

from qadaya.counting.bands import FINE_BANDS, IMPRISONMENT_BANDS, NOT_STATED
from qadaya.errors import ParameterError

# What stands where a court named no body or no subject that could be coded.
UNKNOWN = "unknown"

CUBE_COLUMNS = ("court_id", "circuit_id", "platform", "year", "stage", "result")
OUTCOME_COLUMNS = ("first_instance", "appeal", "cassation")
BAND_COLUMNS = ("imprisonment_band", "fine_band")
CELL_COLUMNS = (*CUBE_COLUMNS, "body", "subject", *OUTCOME_COLUMNS, *BAND_COLUMNS)

# What the cases must carry to be counted into inner cells.
NEEDED_COLUMNS = (
    *CUBE_COLUMNS,
    "body",
    "subject",
    *OUTCOME_COLUMNS,
    "imprisonment_months",
    "fine_mad",
)
_MEMORY = "700MB"


def count_cases(cases: Any, by: Sequence[str]) -> pd.DataFrame:
    """How many cases there are of each combination of the columns `by`.

    `cases` is a pandas, Polars, PyArrow, DuckDB or Spark frame, one row a case.
    Rows: one per combination that occurs, in order. Unit of `n`: cases.
    A combination with a missing code counts too, under `unknown`.
    """
    counts = _lazy(cases).group_by(*by).agg(nw.len().alias("n"))
    return _ordered(counts.collect(backend="pandas").to_native(), by)


def count_cells(cases: Any) -> pd.DataFrame:
    """The inner cells, of which every table of an edition is a sum.

    Rows: one per combination of `CELL_COLUMNS` that occurs. Unit of `n`: cases.
    """
    banded = _lazy(cases).with_columns(
        _band("imprisonment_months", IMPRISONMENT_BANDS).alias("imprisonment_band"),
        _band("fine_mad", FINE_BANDS).alias("fine_band"),
    )
    return count_cases(banded, CELL_COLUMNS)


def count_large(path: Path, by: Sequence[str] = CUBE_COLUMNS) -> pd.DataFrame:
    """`count_cases` of a Parquet file larger than memory, or of several (`*.parquet`).

    DuckDB reads the file in pieces and keeps under 1 GB. Folders may name a column and
    its value (`year=2024/*.parquet`). Rows and unit as there.
    Raises: ParameterError where DuckDB is not installed.
    """
    try:
        # Here only: 70 MB that a desk with a few thousand cases never needs.
        import duckdb
    except ImportError:
        raise ParameterError(
            f"{path}: to count a file larger than memory DuckDB is needed, which is "
            "not installed; expected `pip install qadaya[large]`"
        ) from None
    with duckdb.connect(config={"memory_limit": _MEMORY}) as connection:
        # DuckDB draws its bar on the output, where a command's answer goes.
        connection.execute("SET enable_progress_bar = false")
        cases = connection.read_parquet(str(path), hive_partitioning=True)
        return count_cases(cases, by)


def _lazy(cases: Any) -> nw.LazyFrame[Any]:
    lazy: nw.LazyFrame[Any] = nw.from_native(cases, pass_through=False).lazy()
    return lazy


def _band(column: str, bands: dict[str, float]) -> nw.Expr:
    """The code of the first band whose upper limit lies above the value."""
    value = nw.col(column).cast(nw.Float64)
    code: Any = nw.lit(list(bands)[-1])
    for name, limit in reversed(list(bands.items())[:-1]):
        code = nw.when(value < limit).then(nw.lit(name)).otherwise(code)
    return nw.when(value.is_null()).then(nw.lit(NOT_STATED)).otherwise(code)


def _ordered(counts: pd.DataFrame, by: Sequence[str]) -> pd.DataFrame:
    """The same columns, types and order of rows whichever engine counted."""
    words = [column for column in by if column != "year"]
    ordered = counts.astype({column: "str" for column in words}).fillna(
        {column: UNKNOWN for column in words}
    )
    whole = {column: "int64" for column in ("year", "n") if column in ordered}
    ordered = ordered.astype(whole).sort_values(list(by), ignore_index=True)
    return ordered[[*by, "n"]]
