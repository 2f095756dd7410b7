"""What one instance decided and the next made of it, and the sentences stated.

Counts only: no rate of conviction is formed, and what is pending stays in the table.
"""

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import pandas as pd

from qadaya.counting.bands import BANDS_OF_MEASURE, band_label, sentence_label
from qadaya.counting.count import OUTCOME_COLUMNS
from qadaya.editions.edition import Edition
from qadaya.errors import ParameterError
from qadaya.views.frames.missing import missing_returns
from qadaya.views.prose.missing import say_behind, would_add
from qadaya.views.prose.notes import rounded_note
from qadaya.views.prose.paragraph import Paragraph
from qadaya.views.prose.table import Table
from qadaya.views.prose.words import Words
from qadaya.vocabulary import codes, label

_ALL = "all"


def instances_table(
    edition: Edition,
    lower: str,
    upper: str,
    *,
    years: Sequence[int] | None = None,
    language: str = "en",
) -> Table:
    """What one instance decided against what the next one made of it.

    `lower`, `upper`: first_instance and appeal, or appeal and cassation. Rows: outcomes
    above, then cases that went no further, then all. Columns: outcomes below, then all.
    Unit: cases.
    Raises: ParameterError for other instances.
    """
    pair = (lower, upper)
    if pair not in pairwise(OUTCOME_COLUMNS):
        raise ParameterError(
            f"instances are {lower!r} and {upper!r}; expected first_instance and "
            "appeal, or appeal and cassation"
        )
    words = Words(language)
    outcomes = edition.table("outcomes")
    if years is not None:
        outcomes = outcomes[outcomes["year"].isin(years)]
    decided = outcomes[outcomes[lower] != "none"]
    counts = pd.crosstab(
        decided[upper], decided[lower], values=decided["n"], aggfunc="sum"
    )
    below = [code for code in codes(lower) if code not in ("none", "pending")]
    counts = counts.reindex(index=list(codes(upper)), columns=below)
    counts = counts.fillna(0).astype("int64")
    counts.loc[_ALL] = counts.sum()
    counts[_ALL] = counts.sum(axis=1)
    corner = (
        words("Decision on appeal")
        if upper == "appeal"
        else words("Decision in cassation")
    )
    named = {"none": words("Went no further"), _ALL: words("In all")}
    columns = {
        corner: [
            named.get(code) or label(upper, code, language) for code in counts.index
        ]
    }
    columns |= {
        named.get(code) or label(lower, code, language): counts[code].tolist()
        for code in counts.columns
    }
    return Table(columns)


def say_instances(
    edition: Edition, *, years: Sequence[int] | None = None, language: str = "en"
) -> Paragraph:
    """How often first judgments were appealed and stood, as counts in sentences.

    Cases that went further without a first judgment stated are counted apart.
    """
    words = Words(language)
    outcomes = edition.table("outcomes")
    if years is not None:
        outcomes = outcomes[outcomes["year"].isin(years)]
    stated = ~outcomes["first_instance"].isin(("none", "pending"))
    judged = outcomes[stated]
    by_appeal = judged.groupby("appeal")["n"].sum()
    appealed = int(by_appeal.drop("none", errors="ignore").sum())
    pending = int(by_appeal.get("pending", 0))
    stood = int(by_appeal.get("upheld", 0))
    text = words(
        "Of {judged} first judgments, {appealed} were appealed. Of these, "
        "{pending} are pending and {decided} decided: {stood} upheld, "
        "{changed} changed.",
        judged=int(judged["n"].sum()),
        appealed=appealed,
        pending=pending,
        decided=appealed - pending,
        stood=stood,
        changed=appealed - pending - stood,
    )
    parts = [text, _unstated(outcomes[~stated], words)]
    parts.append(say_behind(edition, list(years or edition.years), words))
    parts.append(rounded_note(edition, words))
    return Paragraph(" ".join(part for part in parts if part))


def _unstated(outcomes: pd.DataFrame, words: Words) -> str:
    """Cases further than a first judgment that was not stated; the flow counts them."""
    further = (outcomes["appeal"] != "none") | (outcomes["cassation"] != "none")
    n = int(outcomes.loc[further, "n"].sum())
    if not n:
        return ""
    return words.plural(
        "{n} more case went to appeal or cassation without a first judgment stated.",
        "{n} more cases went to appeal or cassation without a first judgment stated.",
        n,
    )


def sentence_table(edition: Edition, measure: str, *, language: str = "en") -> Table:
    """Convicted cases by the sentence stated, in bands, by year of the return.

    `measure`: imprisonment_months or fine_mad. Rows: one per band, the complete list;
    where returns have not come, last what they would add at most to all bands.
    Columns: the band, one per year, all years. Unit: cases.
    Raises: ParameterError for another measure.
    """
    if measure not in BANDS_OF_MEASURE:
        raise ParameterError(
            f"measure is {measure!r}; expected one of {', '.join(BANDS_OF_MEASURE)}"
        )
    words = Words(language)
    table = edition.table("sentences")
    table = table[table["measure"] == measure]
    counts = pd.crosstab(
        table["band"], table["year"], values=table["n"], aggfunc="sum"
    ).reindex(index=list(BANDS_OF_MEASURE[measure]), columns=edition.years)
    counts = counts.fillna(0).astype("int64")
    columns = {
        sentence_label(measure, language): [
            band_label(band, language) for band in counts.index
        ]
    }
    columns |= {str(year): counts[year].tolist() for year in counts.columns}
    columns[words("All years")] = counts.sum(axis=1).tolist()
    return Table(_with_others(columns, edition, words))


def _with_others(
    columns: dict[str, list[Any]], edition: Edition, words: Words
) -> dict[str, list[Any]]:
    """The columns by year with a row more, if returns have not come."""
    years = edition.years
    if not missing_returns(edition, years).returns:
        return columns
    spans = [[year] for year in years] + [years]
    added = [would_add(missing_returns(edition, span), words) for span in spans]
    row = [words("Missing courts would add"), *added]
    return {
        name: [*cells, last]
        for (name, cells), last in zip(columns.items(), row, strict=True)
    }
