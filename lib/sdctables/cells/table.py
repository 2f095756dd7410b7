"""Published cells with all that is known of them, in one piece that cannot be changed.

What an audit hangs on, which column belongs to which, which inner cells there can be,
by which rule the counts were protected, must not get lost on the way: a reader who
knows it would then learn more than the audit says.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sdctables.cells.checks import (
    RESERVED,
    Margin,
    checked_margins,
    require_frame,
    require_unique,
)
from sdctables.cells.nesting import Nesting, Pair, nestings_of, nestings_seen
from sdctables.errors import ParameterError
from sdctables.rule import Rule

STATUSES = ("shown", "primary", "secondary", "hidden")


@dataclass(frozen=True, init=False, eq=False, repr=False)
class CellTable:
    """Published cells: one row each, and what readers know beside the counts.

    `frame`: a copy of the cells: attributes ("Total" where summed over), `n`, `status`
    and whatever else was given. `attributes`: the columns that say which cell a row is.
    `nesting`: which value of one column belongs to which of another. `mute`: pairs of
    columns of which nobody has said whether one belongs to the other. `inner`: the
    inner cells that there can be, where the cells do not show them. `rule`: by which
    the counts were protected, None for true counts. `bounds`: the largest error of each
    margin of which it is printed. `left`: the inner cells whose counts were left as
    they are, where the rule rounds only what is needed; known to the desk, printed
    nowhere.
    """

    attributes: tuple[str, ...]
    nesting: tuple[Nesting, ...]
    mute: tuple[Pair, ...]
    inner: pd.DataFrame | None
    rule: Rule | None
    bounds: Mapping[Margin, float]
    left: pd.DataFrame | None
    _frame: pd.DataFrame

    def __init__(
        self,
        frame: pd.DataFrame,
        attributes: Sequence[str] | None = None,
        *,
        nesting: Iterable[Nesting | Sequence[Any]] | None = None,
        inner: pd.DataFrame | None = None,
        rule: Rule | None = None,
        bounds: Mapping[Any, Any] | None = None,
        left: pd.DataFrame | None = None,
    ) -> None:
        """A table of a frame of published cells.

        `attributes`: by default every column that is not reserved and does not hold
        yes and no. `nesting`: None finds every nesting that the cells show; give
        `[("court", "circuit", {"r1": "rabat"})]` where they do not, `[]` for none.

        Raises: ParameterError for missing columns, no cells, duplicate cells, unknown
        statuses, and bounds of unknown margins.
        """
        columns = _attributes(frame, attributes)
        status = _status(frame)
        given = frame.assign(status=status) if "status" not in frame else frame
        given = given.reset_index(drop=True)
        given.attrs = {}
        if nesting is None:
            found, mute = nestings_seen(given, columns)
        else:
            found, mute = nestings_of(nesting, columns), ()
        facts = {
            "attributes": tuple(columns),
            "nesting": found,
            "mute": mute,
            "inner": inner,
            "rule": rule,
            "bounds": _bounds(bounds or {}, columns),
            "left": left,
            "_frame": given,
        }
        for name, value in facts.items():
            object.__setattr__(self, name, value)

    @property
    def frame(self) -> pd.DataFrame:
        """A copy of the cells, with every column that was given."""
        # Copied on write: what is done to it does not come back here.
        return self._frame.copy(deep=False)

    @property
    def columns(self) -> list[str]:
        """The names of all columns, `n` and `status` included."""
        return list(self._frame.columns)

    @property
    def status(self) -> NDArray[np.object_]:
        """One of STATUSES for each cell."""
        return self._frame["status"].astype("object").to_numpy()

    @property
    def keys(self) -> pd.DataFrame:
        """The attributes alone."""
        return self._frame[list(self.attributes)]

    def __len__(self) -> int:
        return len(self._frame)

    def __repr__(self) -> str:
        # As readers get it: what is hidden must not turn up in a log or a traceback.
        printed = self.as_printed()
        names = ", ".join(self.attributes)
        about = f"CellTable of {len(self)} cells by {names}, {self.rule}"
        return f"{about}\n{printed.frame!r}"

    def __getitem__(self, column: str) -> pd.Series:
        return self.frame[column]

    def assign(self, **columns: Any) -> "CellTable":
        """The table with further columns, or others in their place."""
        return self.of(frame=self._frame.assign(**columns))

    def of(self, **changes: Any) -> "CellTable":
        """The table with other facts: `table.of(rule=rule)`."""
        facts = {
            "frame": self._frame,
            "attributes": self.attributes,
            "nesting": None if self.mute else self.nesting,
            "inner": self.inner,
            "rule": self.rule,
            "bounds": self.bounds,
            "left": self.left,
        }
        return CellTable(**{**facts, **changes})

    def as_printed(self, rule: Rule | None = None) -> "CellTable":
        """The cells as readers get them: attributes, shown counts, statuses, no more.

        With `marks="hidden"` the status does not say why a cell is hidden either.
        """
        rule = rule or self.rule
        shown = self.status == "shown"
        printed = self.keys.assign(
            n=self["n"].astype("Int64").where(pd.Series(shown)), status=self.status
        )
        if rule is not None and rule.marks == "hidden":
            printed["status"] = np.where(shown, "shown", "hidden")
        return self.of(frame=printed, rule=rule, left=None)


def as_table(given: CellTable | pd.DataFrame, what: str = "") -> CellTable:
    """The table itself, or that of a frame, of which no more is known than it shows.

    Raises: ParameterError as CellTable does; `what` names the frame.
    """
    if isinstance(given, CellTable):
        return given
    require_frame(given, what or "published cells")
    return CellTable(given)


def _attributes(frame: pd.DataFrame, given: Sequence[str] | None) -> list[str]:
    require_frame(frame, "published cells")
    names = ", ".join(map(str, frame.columns))
    if "n" not in frame.columns:
        raise ParameterError(
            f"published cells have the columns {names}; expected a column n with the "
            "counts"
        )
    if given is None:
        given = [
            column
            for column in frame.columns
            if column not in RESERVED and not pd.api.types.is_bool_dtype(frame[column])
        ]
    columns = list(given)
    if unknown := [column for column in columns if column not in frame.columns]:
        raise ParameterError(
            f"attributes: unknown column {unknown[0]!r}; expected columns among {names}"
        )
    if frame.empty or not columns:
        raise ParameterError(
            f"published cells have {len(frame)} rows and {len(columns)} attribute "
            "columns; expected at least one of each"
        )
    require_unique(frame, columns)
    return columns


def _status(frame: pd.DataFrame) -> NDArray[np.object_]:
    if "status" not in frame.columns:
        return np.full(len(frame), "shown", dtype=object)
    status = frame["status"].astype("object").to_numpy()
    if unknown := set(status) - set(STATUSES):
        raise ParameterError(
            f"status is {min(map(str, unknown))!r}; expected {', '.join(STATUSES)}"
        )
    return status


def _bounds(
    bounds: Mapping[Any, Any], attributes: Sequence[str]
) -> dict[Margin, float]:
    errors = {}
    for margin, error in bounds.items():
        (columns,) = checked_margins([margin], attributes)
        largest = error["largest"] if isinstance(error, Mapping) else error
        errors[columns] = float(largest)
    return errors
