"""Published cells: every sum over inner cells that an edition shows."""

from collections.abc import Iterable, Sequence

import pandas as pd

from sdctables.cells.checks import (
    TOTAL,
    Margin,
    checked_cells,
    checked_margins,
    inner_columns,
)
from sdctables.cells.nesting import nestings_in
from sdctables.cells.table import CellTable
from sdctables.errors import ParameterError
from sdctables.rule import Rule


def published_cells(
    cells: pd.DataFrame,
    margins: Iterable[str | Sequence[str]],
    *,
    count: str = "n",
    rule: Rule | None = None,
) -> CellTable:
    """Every published cell: one row per margin and combination found in `cells`.

    `cells`: one row per inner cell: attribute columns and the count `n`, in cases.
    `margins`: tuples of the columns that are kept; `()` is the grand total. `count`:
    the column to add up, "published" for what `round_counts` made of the cells; `rule`:
    the rule that it did so by. Columns of the table: the attributes, "Total" where
    summed over, `n`, `status` ("shown").

    The rows of `cells` are all there is: a combination without a row counts as known to
    be impossible, so give the complete grid (`complete_grid`), zeros included. A column
    that another one determines (court, circuit) is a hierarchy; which value belongs to
    which is public, and the table keeps it.

    Raises: ParameterError for bad counts, duplicate cells and unknown columns.
    """
    if count != "n":
        cells = _counted_in(cells, count)
    cells = checked_cells(cells)
    attributes = inner_columns(cells)
    kinds = checked_margins(margins, attributes)
    tables = [_table(cells, attributes, margin) for margin in kinds]
    published = pd.concat(tables, ignore_index=True)
    for column in attributes:
        published[column] = _with_total(published[column], cells[column])
    published["status"] = "shown"
    return CellTable(
        published,
        attributes,
        nesting=nestings_in(cells, attributes),
        rule=rule,
        left=cells.loc[~cells["needed"], attributes] if "needed" in cells else None,
    )


def complete_grid(
    cells: pd.DataFrame, groups: Sequence[str | Sequence[str]]
) -> pd.DataFrame:
    """All combinations of the groups of columns, with `n` = 0 where `cells` has none.

    `groups`: columns that vary together form one group, for example
    `[("court", "circuit"), "year", ("stage", "result")]`. In a rounded edition a
    missing row would tell a true zero from a small count that was rounded down.
    """
    cells = checked_cells(cells)
    attributes = inner_columns(cells)
    columns = [(group,) if isinstance(group, str) else tuple(group) for group in groups]
    if sorted(sum(columns, ())) != sorted(attributes):
        raise ParameterError(
            f"groups are {list(columns)}; expected each of {', '.join(attributes)} once"
        )
    grid = cells[list(columns[0])].drop_duplicates()
    for group in columns[1:]:
        grid = grid.merge(cells[list(group)].drop_duplicates(), how="cross")
    counted = grid.merge(cells[[*attributes, "n"]], how="left", on=attributes)
    counted["n"] = counted["n"].fillna(0).astype("int64")
    return counted[[*attributes, "n"]]


def _counted_in(cells: pd.DataFrame, count: str) -> pd.DataFrame:
    if not isinstance(cells, pd.DataFrame) or count not in cells.columns:
        names = ", ".join(map(str, getattr(cells, "columns", ["no column"])))
        raise ParameterError(
            f"count is {count!r}; expected a column of the cells among {names}"
        )
    return cells.drop(columns="n", errors="ignore").rename(columns={count: "n"})


def _table(cells: pd.DataFrame, attributes: list[str], margin: Margin) -> pd.DataFrame:
    kept = [column for column in attributes if column in margin]
    sums = pd.DataFrame({"n": [cells["n"].sum()]})
    if kept:
        sums = cells.groupby(kept, observed=True)["n"].sum().reset_index()
    for column in kept:
        sums[column] = sums[column].astype("object")
    return sums.assign(
        **{column: TOTAL for column in attributes if column not in kept}
    )[[*attributes, "n"]]


def _with_total(values: pd.Series, original: pd.Series) -> pd.Series:
    if isinstance(original.dtype, pd.CategoricalDtype):
        categories = [*original.cat.categories, TOTAL]
        return values.astype(pd.CategoricalDtype(categories, original.cat.ordered))
    kept = bool((values == TOTAL).any()) or pd.api.types.is_bool_dtype(original)
    return values if kept else values.astype(original.dtype)
