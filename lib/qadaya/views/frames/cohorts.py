"""Cases followed by the year of their return, from notification to cassation.

A cohort is all cases of one year's returns. Its decisions come in later years, so this
year's convictions are never divided by this year's prosecutions, and what is pending
stays in every share as pending.
"""

import pandas as pd

from qadaya.counting.count import OUTCOME_COLUMNS
from qadaya.editions.edition import Edition
from qadaya.editions.once import once_an_edition
from qadaya.inference import proportion_interval
from qadaya.views.frames.bounds import rounding_error

# Where a case of a cohort stands today; each case at exactly one.
STANDINGS = (
    "under_investigation",
    "closed",
    "referred",
    "awaiting_judgment",
    "judged",
    "appeal_pending",
    "appeal_decided",
    "cassation_pending",
    "cassation_decided",
)
DECIDED = STANDINGS[4:]
BEFORE_COURT = STANDINGS[:3]


@once_an_edition
def cohort_counts(edition: Edition) -> pd.DataFrame:
    """Cases by year of the return and where they stand, the complete grid.

    Rows: one per year, in order. Columns: STANDINGS. Unit: cases. Cases before a court
    come from the outcomes at each instance, the others from the stage.
    """
    outcomes, cube = edition.table("outcomes"), edition.cube
    outcomes = outcomes.assign(standing=_standings(outcomes))
    decided = outcomes[outcomes["standing"] != ""]
    counts = pd.crosstab(
        decided["year"], decided["standing"], values=decided["n"], aggfunc="sum"
    )
    stages = pd.crosstab(cube["year"], cube["stage"], values=cube["n"], aggfunc="sum")
    stages = stages.rename(columns={"prosecuted": "awaiting_judgment"})
    early = [*BEFORE_COURT, "awaiting_judgment"]
    joined = counts.join(stages.reindex(columns=early), how="outer")
    joined = joined.reindex(index=edition.years, columns=list(STANDINGS))
    joined.index.name, joined.columns.name = "year", None
    return joined.fillna(0).astype("int64")


@once_an_edition
def decided_share(edition: Edition) -> pd.DataFrame:
    """Of the prosecuted cases of each cohort, the share decided at first instance.

    Rows: one per year of the return. Columns: year, prosecuted, decided, pending
    (cases), share, low, high (0 to 1; Wilson 95 %, over all that rounding allows;
    missing where nothing was prosecuted or nothing bounds the rounding).
    """
    counts = cohort_counts(edition)
    decided = counts[list(DECIDED)].sum(axis=1)
    pending = counts["awaiting_judgment"]
    shares = pd.DataFrame(
        {
            "year": counts.index,
            "prosecuted": decided + pending,
            "decided": decided,
            "pending": pending,
        }
    ).reset_index(drop=True)
    shares["share"] = shares["decided"] / shares["prosecuted"].where(
        shares["prosecuted"] > 0
    )
    errors = _errors(edition)
    spans = [
        _share_limits(int(k), int(m), errors)
        for k, m in shares[["decided", "pending"]].to_numpy().tolist()
    ]
    return shares.assign(
        low=[low for low, _ in spans], high=[high for _, high in spans]
    )


def _standings(outcomes: pd.DataFrame) -> pd.Series:
    """The standing of cases that a court has decided or a higher one was seized of."""
    first, appeal, cassation = (outcomes[name] for name in OUTCOME_COLUMNS)
    standing = pd.Series("", index=outcomes.index, dtype="str")
    standing = standing.mask(~first.isin(("none", "pending")), "judged")
    for name, values in (("appeal", appeal), ("cassation", cassation)):
        standing = standing.mask(values != "none", f"{name}_decided")
        standing = standing.mask(values == "pending", f"{name}_pending")
    return standing


def _errors(edition: Edition) -> tuple[int, int] | None:
    """The largest rounding errors of a cohort's decided and of its other cases."""
    decided = rounding_error(edition, by=["year"], measure="decided")
    one_stage = rounding_error(edition, by=["year", "stage"])
    return None if decided is None or one_stage is None else (decided, one_stage)


def _share_limits(
    decided: int, pending: int, errors: tuple[int, int] | None
) -> tuple[float, float]:
    if errors is None or decided + pending == 0:
        return float("nan"), float("nan")
    least, most = max(decided - errors[0], 0), decided + errors[0]
    fewest, longest = max(pending - errors[1], 0), pending + errors[1]
    low = proportion_interval(least, least + longest).low if least + longest else 0.0
    return float(low), float(proportion_interval(most, most + fewest).high)
