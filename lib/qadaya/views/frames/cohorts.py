"""Cases followed by the year of their return, from notification to cassation.

A cohort is all cases of one year's returns. Its decisions come in later years, so this
year's convictions are never divided by this year's prosecutions, and what is pending
stays in every share as pending.
"""

from math import isnan
from typing import Any

import pandas as pd

from qadaya.counting.count import OUTCOME_COLUMNS
from qadaya.editions.edition import Edition, completeness
from qadaya.inference import proportion_interval
from qadaya.views.frames.counts import rounding_error
from qadaya.views.prose.paragraph import Paragraph
from qadaya.views.prose.table import Table
from qadaya.views.prose.words import Words
from qadaya.vocabulary import label

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
_BEFORE_COURT = STANDINGS[:3]


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
    early = [*_BEFORE_COURT, "awaiting_judgment"]
    joined = counts.join(stages.reindex(columns=early), how="outer")
    joined = joined.reindex(index=edition.years, columns=list(STANDINGS))
    joined.index.name, joined.columns.name = "year", None
    return joined.fillna(0).astype("int64")


def cohort_table(edition: Edition, *, language: str = "en") -> Table:
    """Where the cases of each year's returns stand today; pending stays pending.

    Rows: one per standing, then all cases and the courts that reported. Columns: the
    standing, one per year of the return.
    """
    words = Words(language, "views.cohorts")
    counts = cohort_counts(edition)
    names = [standing_name(code, language) for code in STANDINGS]
    names += [words("All cases"), words("Courts that reported")]
    columns: dict[str, list[Any]] = {words("Where they stand"): names}
    for year in edition.years:
        came, due = completeness(edition, year)
        columns[str(year)] = [
            *counts.T[year].tolist(),
            sum(counts.T[year].tolist()),
            words("{reported} of {expected}", reported=came, expected=due),
        ]
    return Table(columns)


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


def say_decided(edition: Edition, *, language: str = "en") -> Paragraph:
    """How much of each cohort has been decided, one sentence a year."""
    words = Words(language, "views.cohorts")
    parts = []
    for row in decided_share(edition).to_dict("records"):
        facts = {"year": row["year"], "prosecuted": row["prosecuted"]}
        if not row["prosecuted"]:
            parts.append(words("Returns of {year}: no prosecuted case.", **facts))
            continue
        parts.append(
            words(
                "Returns of {year}: {n} of {prosecuted} prosecuted cases decided, "
                "{share} (95% interval {span}); {pending} pending.",
                **facts,
                n=row["decided"],
                share=percent(row["share"], words),
                span=percent_span(row["low"], row["high"], words),
                pending=row["pending"],
            )
        )
    return Paragraph("\n\n".join(parts))


def standing_name(code: str, language: str) -> str:
    """The words for one of STANDINGS."""
    words = Words(language, "views.cohorts")
    if code in _BEFORE_COURT:
        return label("stage", code, language)
    return {
        "awaiting_judgment": words("Prosecuted, judgment pending"),
        "judged": words("Judged, not appealed"),
        "appeal_pending": words("Appeal pending"),
        "appeal_decided": words("Decided on appeal"),
        "cassation_pending": words("Cassation pending"),
        "cassation_decided": words("Decided in cassation"),
    }[code]


def percent(share: float, words: Words) -> str:
    """A share as a whole percentage, isolated within Arabic."""
    if isnan(share):
        return words("not known")
    return words.isolated(f"{100 * share:.0f}{_space(words)}%")


def percent_span(low: float, high: float, words: Words) -> str:
    """A range of percentages, the lower one first in every language."""
    if isnan(low) or isnan(high):
        return words("not known")
    return words.isolated(f"{100 * low:.0f}–{100 * high:.0f}{_space(words)}%")


def _space(words: Words) -> str:
    return "\u202f" if words.language == "fr" else ""


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
