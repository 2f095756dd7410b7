"""Two editions: what the difference between them tells about late cases."""

import numpy as np
import pandas as pd

from sdctables.auditing.audit import audit
from sdctables.auditing.evidence import Cells
from sdctables.cells.checks import TOTAL, audited_columns
from sdctables.cells.table import as_table
from sdctables.errors import ParameterError
from sdctables.rule import Reader, Rule


def compare_editions(
    published: Cells,
    earlier: Cells,
    *,
    rule: Rule | None = None,
    reader: Reader | str = "rule-aware",
    earlier_rule: Rule | None = None,
    batch: int | None = None,
) -> pd.DataFrame:
    """Cells whose change since the earlier edition gives single cases away.

    Rows: published cells of both editions whose true count certainly changed by less
    than `batch` cases, known to within less than `rule.width`. Columns: the attributes,
    `change_low` and `change_high` (present minus earlier, as a reader can bound it),
    `waiting`: the further cases in this cell without which the revision must be held
    back. `rule`, `earlier_rule`: by default those of the tables. `batch`: by default
    the least count that the rule publishes as it is.

    Each edition is read by itself here; `audit(..., earlier=...)` reads them together.

    Raises: ParameterError where the attributes differ or no rule is known.
    """
    present, before = as_table(published), as_table(earlier, "the earlier edition")
    attributes = list(present.attributes)
    if set(before.attributes) != set(attributes):
        raise ParameterError(
            f"the earlier edition has the attributes "
            f"{', '.join(before.attributes)}; expected {', '.join(attributes)}"
        )
    rule = rule or present.rule
    if rule is None:
        raise ParameterError("rule is None; expected that of the table or with rule=")
    batch = rule.smallest_open if batch is None else batch
    # The change of a cell is bounded by the two editions' bounds:
    #     low now - high then <= change <= high now - low then
    now = audit(present, rule=rule, reader=reader)
    then = audit(before, rule=earlier_rule or before.rule or rule, reader=reader)
    both = now.merge(then, on=attributes, suffixes=("", "_then"))
    change = both[attributes].assign(
        change_low=both["low"] - both["high_then"],
        change_high=both["high"] - both["low_then"],
    )
    least, most = change["change_low"], change["change_high"]
    # The fewest cases that certainly came or went; 0 where it may be none.
    size = np.where(least > 0, least, np.where(most < 0, -most, 0))
    # A handful of late cases that is known to less than the width is as good as told.
    given_away = (size > 0) & (size < batch) & (most - least < rule.width)
    waiting = np.where(given_away, batch - size, 0)
    revealed = change.assign(waiting=waiting)[given_away]
    return revealed.astype({"waiting": "int64"}).reset_index(drop=True)


def pending_until_publishable(
    published: Cells,
    earlier: Cells,
    *,
    rule: Rule | None = None,
    reader: Reader | str = "rule-aware",
    batch: int | None = None,
) -> int:
    """How many more cases must come in before the revision can be published.

    0 if it can be published now. Counted in the finest cells that give a case away, as
    a late case is in all sums that hold it.
    """
    held = compare_editions(published, earlier, rule=rule, reader=reader, batch=batch)
    if held.empty:
        return 0
    attributes = [
        name
        for name in audited_columns(held)
        if name not in ("change_low", "change_high", "waiting")
    ]
    # A late case waits in its own cell and in each sum over it: counted in the finest.
    summed = (held[attributes] == TOTAL).sum(axis=1)
    return int(held.loc[summed == summed.min(), "waiting"].sum())
