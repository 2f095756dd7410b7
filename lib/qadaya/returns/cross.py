"""Rules that need more than one return: the same case counted by two courts.

A frame of cases comes in, a frame of findings goes out; nothing is read or kept here.
The form's own footnote is the reason for both rules: a court of appeal reports only
the cases that were first registered with it.
"""

import pandas as pd

FINDING_COLUMNS = (
    "rule",
    "return",
    "row",
    "by_reference",
    "other_return",
    "other_row",
)
# What two courts would write alike about one and the same case.
SIGNATURE = (
    "platform",
    "body",
    "subject",
    "prosecution",
    "first_instance",
    "appeal",
    "cassation",
    "imprisonment_months",
    "fine_mad",
)
NEEDED_COLUMNS = (
    "return",
    "row",
    "court_id",
    "circuit_id",
    "year",
    "case_reference",
    *SIGNATURE,
)


def cross_findings(cases: pd.DataFrame) -> pd.DataFrame:
    """What both rules find among the cases of the returns that count.

    Rows in: one accepted case, with `NEEDED_COLUMNS`. Rows out: one case that is
    faulty, with the other case that shows it (the first one, where several do).
    A case that a court of appeal may not list cannot also be counted twice.
    """
    second_degree = second_degree_cases(cases)
    places = pd.MultiIndex.from_frame(cases[["return", "row"]])
    blocked = places.isin(pd.MultiIndex.from_frame(second_degree[["return", "row"]]))
    return pd.concat([second_degree, counted_twice(cases[~blocked])], ignore_index=True)


def second_degree_cases(cases: pd.DataFrame) -> pd.DataFrame:
    """Cases of a court of appeal that one of its first-instance courts had first.

    Had first: the same case reference in the same or an earlier year. Rows as in
    `cross_findings`.
    """
    with_reference = cases[cases["case_reference"].notna()]
    pairs = _on_appeal(with_reference).merge(
        _first_instance(with_reference),
        on=["case_reference", "circuit_id"],
        suffixes=("", "_other"),
    )
    had_first = pairs[pairs["year_other"] <= pairs["year"]]
    return _findings("second_degree_case", had_first, by_reference=True)


def counted_twice(cases: pd.DataFrame) -> pd.DataFrame:
    """Cases that seem to be counted in two returns; rows as in `cross_findings`.

    With references: the same one in a return of another court or another year; both
    courts are asked. Without: a decided case of a court of appeal that reads word for
    word like one of its circuit and year; the court of appeal is asked.
    """
    same_reference = _findings("counted_twice", _shared(cases), by_reference=True)
    look_alike = _findings("counted_twice", _look_alikes(cases), by_reference=False)
    found = [frame for frame in (same_reference, look_alike) if len(frame)]
    if not found:
        return same_reference
    return pd.concat(found, ignore_index=True).drop_duplicates(
        ["return", "row"], ignore_index=True
    )


def _shared(cases: pd.DataFrame) -> pd.DataFrame:
    with_reference = cases[cases["case_reference"].notna()]
    repeated = with_reference[with_reference.duplicated("case_reference", keep=False)]
    pairs = repeated.merge(repeated, on="case_reference", suffixes=("", "_other"))
    elsewhere = (pairs["court_id"] != pairs["court_id_other"]) | (
        pairs["year"] != pairs["year_other"]
    )
    return pairs[elsewhere]


def _look_alikes(cases: pd.DataFrame) -> pd.DataFrame:
    # Undecided cases look alike by the dozen; only a decision makes one case
    # recognisable.
    decided = cases[~cases["first_instance"].isin(["none", "pending"])]
    pairs = _on_appeal(decided).merge(
        _first_instance(decided),
        on=["circuit_id", "year", *SIGNATURE],
        suffixes=("", "_other"),
    )
    # Two references that differ (both were given) tell the cases apart.
    told_apart = pairs["case_reference"].notna() & pairs["case_reference_other"].notna()
    return pairs[~told_apart]


def _on_appeal(cases: pd.DataFrame) -> pd.DataFrame:
    return cases[cases["court_id"] == cases["circuit_id"]]


def _first_instance(cases: pd.DataFrame) -> pd.DataFrame:
    return cases[cases["court_id"] != cases["circuit_id"]]


def _findings(rule: str, pairs: pd.DataFrame, *, by_reference: bool) -> pd.DataFrame:
    named = pairs.rename(
        columns={"return_other": "other_return", "row_other": "other_row"}
    )
    named = named.assign(rule=rule, by_reference=by_reference)
    return named[list(FINDING_COLUMNS)].drop_duplicates(
        ["return", "row"], ignore_index=True
    )
