"""Revisions: what the difference between two editions tells about late cases."""

import numpy as np
import pandas as pd

from sdctables.auditing.audit import audit
from sdctables.cells.published import attribute_columns
from sdctables.errors import ParameterError
from sdctables.rule import Reader, Rule


def revisions(
    published: pd.DataFrame,
    earlier: pd.DataFrame,
    *,
    rule: Rule,
    reader: Reader | str = "rule-aware",
    earlier_rule: Rule | None = None,
    batch: int | None = None,
) -> pd.DataFrame:
    """Cells whose change since the earlier edition gives single cases away.

    Rows: published cells of both editions whose true count certainly changed by less
    than `batch` cases, known to within less than `rule.width`. Columns: the attributes,
    `change_low` and `change_high` (present minus earlier, as a reader can bound it),
    `waiting`: the further cases in this cell without which the revision must be held
    back. `batch`: by default the least count that the rule publishes as it is.

    Each edition is read by itself here; `audit(..., earlier=...)` reads them together.
    """
    attributes = attribute_columns(published)
    if set(attribute_columns(earlier)) != set(attributes):
        raise ParameterError(
            f"the earlier edition has the attributes "
            f"{', '.join(attribute_columns(earlier))}; expected {', '.join(attributes)}"
        )
    batch = rule.smallest_open if batch is None else batch
    now = audit(published, rule=rule, reader=reader)
    then = audit(earlier, rule=earlier_rule or rule, reader=reader)
    both = now.merge(then, on=attributes, suffixes=("", "_then"))
    change = both[attributes].assign(
        change_low=both["low"] - both["high_then"],
        change_high=both["high"] - both["low_then"],
    )
    least, most = change["change_low"], change["change_high"]
    size = np.where(least > 0, least, np.where(most < 0, -most, 0))
    given_away = (size > 0) & (size < batch) & (most - least < rule.width)
    waiting = np.where(given_away, batch - size, 0)
    told = change.assign(waiting=waiting)[given_away]
    return told.astype({"waiting": "int64"}).reset_index(drop=True)


def pending_until_publishable(
    published: pd.DataFrame,
    earlier: pd.DataFrame,
    *,
    rule: Rule,
    reader: Reader | str = "rule-aware",
    batch: int | None = None,
) -> int:
    """How many more cases must come in before the revision can be published.

    0 if it can be published now. Counted in the finest cells that give a case away, as
    a late case is in all sums that hold it.
    """
    held = revisions(published, earlier, rule=rule, reader=reader, batch=batch)
    if held.empty:
        return 0
    attributes = [name for name in attribute_columns(published) if name in held]
    summed = (held[attributes] == "Total").sum(axis=1)
    return int(held.loc[summed == summed.min(), "waiting"].sum())
