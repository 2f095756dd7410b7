"""Our figures beside the published ones, each difference with its reason.

Three reasons are kept apart: another unit, another scope, another date. A difference is
worked out only where the unit is the same, and explained even then: two counts of cases
may still be counts of different cases.
"""

from collections.abc import Callable
from pathlib import Path

import pandas as pd

from qadaya.errors import ParameterError
from qadaya.language import translator
from qadaya.ledger.figures import load_ledger
from qadaya.ledger.files import read_table
from qadaya.ledger.units import Amount

CORRESPONDENCE = "correspondence.csv"
OURS = ("ours", "year", "n", "as_of")
OUR_UNIT = "cases"
Say = Callable[[str], str]

# Why a figure in another unit is not ours, by that unit.
UNIT_REASONS = {
    "cases": "",
    "persons": "It counts persons prosecuted; one case may have several.",
    "police_cases": "It counts cases of the police, before any prosecution.",
    "reports": (
        "It counts reports sent to NCMEC. Their number measures reporting, not how "
        "often children are abused."
    ),
}
# Why a figure on the same subject covers something else.
SCOPE_REASONS = {
    "platforms_detected": (
        "It covers all cases detected through both platforms, also those for which no "
        "court has sent a return yet."
    ),
    "platforms_prosecuted": (
        "It covers prosecutions begun after a report of either platform, as they stood "
        "when the annual report was written."
    ),
    "before_courts": (
        "It covers child-pornography cases before the courts from every source of "
        "reports; how many came through the platforms is not published."
    ),
    "all_reports": "It covers every report placed in Morocco by its upload location.",
    "police_all_ages": "It covers victims of every age and reports from every source.",
    "all_ages": "It covers victims of every age, and reports from every source.",
    "adult_cybercrime": (
        "It covers offences by modern means in general; child-pornography cases stand "
        "beside this total, not inside it."
    ),
    "article_503_2": (
        "It covers the offence of article 503-2, first paragraph, from every source."
    ),
    "production_and_more": (
        "It joins production, distribution, publication, import, export and possession "
        "(article 503-2, second paragraph), from every source."
    ),
}

COLUMNS = (
    "ours",
    "year",
    "n",
    "published",
    "unit",
    "as_printed",
    "difference",
    "reason_unit",
    "reason_scope",
    "reason_date",
    "reason",
    "published_on",
    "series",
    "publisher",
    "url",
    "source_id",
)


def reconcile(
    ours: pd.DataFrame | None = None,
    *,
    rounded: bool = False,
    language: str = "en",
    ledger: pd.DataFrame | None = None,
    folder: Path | None = None,
) -> pd.DataFrame:
    """The public figures on the subject of each of ours, and why they differ.

    `ours`: columns ours (a measure or a subject), year, n (cases) and as_of; without it
    the public figures are listed alone, n missing. `rounded`: ours are of a shared
    edition, and `reason` says so. Rows: one per figure of ours and figure as published;
    one with nothing published where the ledger has none. Columns: ours, year, n,
    published (an `Amount`), unit, as_printed, difference (n less published, in cases;
    missing where the unit is another), reason_unit, reason_scope, reason_date, reason,
    series, publisher, url, source_id. Reasons are sentences in `language`, empty where
    none.
    Raises: ParameterError for anything else, or a frame without these columns.
    """
    public = load_ledger(folder) if ledger is None else ledger
    pairs = read_table(CORRESPONDENCE, folder)
    figures = _asked_of(pairs, public) if ours is None else _checked(ours)
    matched = figures[list(OURS)].merge(pairs, on="ours", how="left")
    rows = matched.merge(public, on=["year", "series", "measure"], how="left")
    # A subject with no figure for that year is said once, not once per series.
    printed = rows["value"].notna()
    answered = printed.groupby([rows["ours"], rows["year"]]).transform("any")
    first = ~rows.duplicated(["ours", "year"])
    return _explained(rows[printed | (~answered & first)], rounded, language)


def _checked(ours: pd.DataFrame) -> pd.DataFrame:
    if not isinstance(ours, pd.DataFrame):
        raise ParameterError(
            f"ours is a {type(ours).__name__}; expected a frame with the columns "
            f"{', '.join(OURS)}"
        )
    absent = [name for name in OURS if name not in ours.columns]
    if absent:
        raise ParameterError(
            f"ours has no column {', '.join(absent)}; expected {', '.join(OURS)}"
        )
    return ours


def _asked_of(pairs: pd.DataFrame, public: pd.DataFrame) -> pd.DataFrame:
    """What we would count and for which years, before there is any edition."""
    matched = pairs.merge(public, on=["series", "measure"])
    asked = matched[["ours", "year"]].drop_duplicates(ignore_index=True)
    return asked.assign(n=float("nan"), as_of=None)


def _explained(rows: pd.DataFrame, rounded: bool, language: str) -> pd.DataFrame:
    say = translator(language, "ledger.ledger").gettext
    table = rows.rename(columns={"value": "published", "published": "published_on"})
    table = table.reset_index(drop=True)
    same = table["unit"] == OUR_UNIT
    table["difference"] = [
        Amount(n, OUR_UNIT) - value if comparable and pd.notna(n) else None
        for n, value, comparable in zip(
            table["n"], table["published"], same, strict=True
        )
    ]
    table["reason_unit"] = [_unit(unit, say) for unit in table["unit"]]
    table["reason_scope"] = [_scope(scope, say) for scope in table["scope"]]
    table["reason_date"] = [
        _date(published, as_of, say)
        for published, as_of in zip(table["published_on"], table["as_of"], strict=True)
    ]
    absent = table["published"].isna()
    table.loc[absent, ["reason_unit", "reason_scope", "reason_date"]] = ""
    nothing = say("Nothing was published on this for that year.")
    reasons = table["reason_unit"] + " " + table["reason_scope"] + " "
    reasons += table["reason_date"]
    if rounded:
        reasons += " " + say("Ours is rounded to protect people.")
    table["reason"] = reasons.str.strip().mask(absent, nothing)
    return table[list(COLUMNS)]


def _unit(unit: object, say: Say) -> str:
    if not isinstance(unit, str) or unit == OUR_UNIT:
        return ""
    return say(UNIT_REASONS[unit])


def _scope(scope: object, say: Say) -> str:
    return say(SCOPE_REASONS[scope]) if isinstance(scope, str) else ""


def _date(published: object, as_of: object, say: Say) -> str:
    dated = isinstance(published, str)
    if not isinstance(as_of, str):
        text = say("It is dated {published}; we have no edition yet.")
        none = say("It carries no date; we have no edition yet.")
        return text.format(published=published) if dated else none
    if not dated:
        text = say("It carries no date; ours is as of {as_of}.")
        return text.format(as_of=as_of)
    text = say("It is dated {published}; ours is as of {as_of}.")
    # "~" marks a date that was inferred, and stays.
    return text.format(published=published, as_of=as_of)
