"""What a figure shows, in the sentence that is its title.

Each is worked out from the counts that are drawn and holds for every count that
rounding allows: a rounded count is "about" so many, and an order that rounding could
turn is not claimed.
"""

from itertools import pairwise

import pandas as pd

from qadaya.inference import Change, YearCount
from qadaya.views.prose.count_view import CountView
from qadaya.views.prose.published import printed_value, series_name
from qadaya.views.prose.words import Words


def about(n: float, words: Words, *, exact: bool) -> str:
    """A count; one that was rounded is only near the truth."""
    return words.number(n) if exact else words("about {n}", n=words.number(n))


def say_largest(view: CountView, *, unknown: str = "") -> str:
    """Which line has most cases, of how many; "" where there is no case.

    `unknown`: the name of cases without one, which is not named as the first.
    """
    words, exact = view.words, view.error == 0
    numbers = view.counts[view.counts["n"] > 0]
    named = numbers[numbers["name"] != unknown]
    if named.empty:
        return ""
    whole = words.number(numbers["n"].sum())
    first, others = named.iloc[0], named.iloc[1:]
    alike = named[named["n"] == first["n"]]
    if exact and len(alike) > 1:
        return words(
            "Most often, alike: {names}, {n} of {whole} each",
            names=words("; ").join(alike["name"]),
            n=int(first["n"]),
            whole=whole,
        )
    n = about(first["n"], words, exact=exact)
    if others.empty or first["fewest"] > others["most"].max():
        return words(
            "Most often: {name}, {n} of {whole}", name=first["name"], n=n, whole=whole
        )
    possible = others[others["most"] >= first["fewest"]]
    if len(possible) > 1:
        return words(
            "Rounding hides which of the first {k} leads: {name}, {n} of {whole}, or "
            "another",
            k=len(possible) + 1,
            name=first["name"],
            n=n,
            whole=whole,
        )
    second = possible.iloc[0]
    return words(
        "Rounding hides which comes first: {name}, {n} of {whole}, or {other}, {m}",
        name=first["name"],
        n=n,
        whole=whole,
        other=second["name"],
        m=about(second["n"], words, exact=exact),
    )


def say_completeness(counts: pd.DataFrame, words: Words) -> str:
    """The share of courts that reported, of the first year and of the last.

    `counts`: year, reported, expected; "" where fewer than two years expect a court.
    """
    asked = counts[counts["expected"] > 0]
    if len(asked) < 2:
        return ""
    first, last = asked.iloc[0], asked.iloc[-1]
    return words(
        "{early} of the courts reported for {first}, {late} for {last}",
        early=words.percent(first["reported"] / first["expected"]),
        first=int(first["year"]),
        late=words.percent(last["reported"] / last["expected"]),
        last=int(last["year"]),
    )


def say_years(view: CountView) -> str:
    """From how many to how many cases each line has come; "" without two years."""
    words, exact = view.words, view.error == 0
    known = view.counts[view.counts["n"].notna()]
    years = sorted(int(year) for year in known["year"].unique())
    if len(years) < 2:
        return ""
    ends = known[known["year"].isin([years[0], years[-1]])]
    parts = [
        words(
            "{name} from {n} to {m}",
            name=name,
            n=about(rows["n"].iloc[0], words, exact=exact),
            m=about(rows["n"].iloc[-1], words, exact=exact),
        )
        for name, rows in ends.groupby("name", sort=False)
        if len(rows) == 2 and rows["n"].sum()
    ]
    return words(
        "{parts}, {years}",
        parts=words("; ").join(parts),
        years=words.years(years),
    )


def say_last_steps(rows: pd.DataFrame, words: Words) -> str:
    """How many published series rose or fell by more than chance in their last step.

    `rows`: series, measure, unit, year, value, conflict. A series without two years in
    a row on which sources agree is not counted; "" where none is left. Of reports,
    which are no independent events, only from how many to how many the first series
    has come.
    """
    cases = rows[rows["unit"] != "reports"]
    if cases.empty:
        return _say_first_series(rows, words)
    series = cases.groupby(["series", "measure"], sort=False)
    verdicts = list(filter(None, (_last_verdict(one) for _, one in series)))
    if not verdicts:
        return ""
    if not {"rise", "fall"} & set(verdicts):
        return words.plural(
            "The last change of the one published series that can be compared cannot "
            "be told from chance",
            "In none of the {n} published series that can be compared can the last "
            "change be told from chance",
            len(verdicts),
        )
    return words(
        "Last change of {n} series that can be compared: {rises} rose and {falls} fell "
        "by more than chance explains, {others} did neither",
        n=len(verdicts),
        rises=verdicts.count("rise"),
        falls=verdicts.count("fall"),
        others=len(verdicts) - verdicts.count("rise") - verdicts.count("fall"),
    )


def say_pending(counts: pd.DataFrame, words: Words, *, exact: bool) -> str:
    """How many cases wait for a judgment, and how many are still investigated.

    `counts`: those of `cohort_counts`.
    """
    waiting = ["awaiting_judgment", "appeal_pending", "cassation_pending"]
    whole = int(counts.to_numpy().sum())
    if not whole:
        return ""
    return words(
        "Of {whole} cases {investigated} are under investigation and {waiting} wait "
        "for a court's decision",
        whole=about(whole, words, exact=exact),
        investigated=about(counts["under_investigation"].sum(), words, exact=exact),
        waiting=about(counts[waiting].to_numpy().sum(), words, exact=exact),
    )


def say_first_and_last_share(shares: pd.DataFrame, words: Words) -> str:
    """The share decided of the first cohort and of the last; "" without two of them."""
    if shares["year"].nunique() < 2:
        return ""
    newest = shares[shares["number"] == shares["number"].iloc[-1]]
    first, last = newest.iloc[0], newest.iloc[-1]
    return words(
        "Decided so far: about {early} of the prosecuted cases of {first}, {late} of "
        "those of {last}",
        early=words.percent(first["share"]),
        first=int(first["year"]),
        late=words.percent(last["share"]),
        last=int(last["year"]),
    )


def say_flow(reached: dict[str, float], words: Words, *, exact: bool) -> str:
    """How many of the cases went to prosecution, and how many to a judgment."""
    if not reached["registered"]:
        return ""
    n = {step: about(value, words, exact=exact) for step, value in reached.items()}
    return words(
        "Of {registered} cases {prosecuted} were prosecuted and {decided} decided at "
        "first instance",
        registered=n["registered"],
        prosecuted=n["prosecuted"],
        decided=n["decided"],
    )


def _say_first_series(rows: pd.DataFrame, words: Words) -> str:
    line = rows[rows["series"] == rows["series"].iloc[0]]
    first, last = line.iloc[0], line.iloc[-1]
    if line["conflict"].any() or first["year"] == last["year"]:
        return ""
    name = series_name(str(first["series"]), words)
    return words(
        "{series}: {n} in {first}, {m} in {last}",
        series=name[:1].upper() + name[1:],
        n=printed_value(str(first["as_printed"]), words),
        first=int(first["year"]),
        m=printed_value(str(last["as_printed"]), words),
        last=int(last["year"]),
    )


def _last_verdict(rows: pd.DataFrame) -> str:
    """Of the last two years in a row; "" where sources disagree or there are none."""
    steps = [
        step
        for step in pairwise(sorted(rows["year"].unique()))
        if step[1] == step[0] + 1
    ]
    if not steps:
        return ""
    both = [rows[rows["year"] == year] for year in steps[-1]]
    if any(rows_of_year["conflict"].any() for rows_of_year in both):
        return ""
    before, after = (
        YearCount(int(each["year"].iloc[0]), int(each["value"].iloc[0]))
        for each in both
    )
    return Change(before, after, str(rows["unit"].iloc[0])).verdict
