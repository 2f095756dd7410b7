"""The published chapter in sentences; a number stands in them as it was printed."""

from qadaya.inference import Change, YearCount
from qadaya.ledger.chapter import Published, figure_of
from qadaya.views.prose.published import printed_value, series_name
from qadaya.views.prose.words import Words


def cases(n: float, words: Words) -> str:
    """A number of cases with its noun."""
    return words.plural("{n} case", "{n} cases", int(n))


def persons(n: float, words: Words) -> str:
    """A number of persons prosecuted with its noun."""
    return words.plural("{n} person prosecuted", "{n} persons prosecuted", int(n))


def counted(figure: Published, words: Words) -> str:
    """The figure with its noun."""
    assert figure.value is not None
    say = persons if figure.measure == "persons" else cases
    return say(figure.value, words)


def both(n_cases: Published, n_persons: Published, words: Words) -> str:
    """Cases and persons of one line, as far as they are printed; else empty."""
    known = [figure for figure in (n_cases, n_persons) if figure.value is not None]
    if not known:
        return ""
    if len(known) == 1:
        return counted(known[0], words)
    return words(
        "{cases} and {persons}",
        cases=counted(n_cases, words),
        persons=counted(n_persons, words),
    )


def finding(year: int, whole: str, child: str, words: Words) -> str:
    """The chapter in a sentence: what the total counts, and what stands outside it."""
    if not whole and not child:
        return words(
            "Of this chapter for {year} nothing was found in anything published: "
            "neither the total nor a line of it.",
            year=year,
        )
    return words(
        "For {year} the report counts {whole} for offences of ordinary law by modern "
        "means; outside that total stand {child} for exploiting children in "
        "pornographic material.",
        year=year,
        whole=whole,
        child=child,
    )


def change_sentence(before: Published, after: Published, words: Words) -> str:
    """Two printed counts of one line, and what chance has to do with the difference."""
    change = _change(before, after)
    facts = _facts(change, words)
    if change.verdict == "chance":
        return words(
            "from {before} in {earlier} to {after}: chance alone can explain it ({p}).",
            **facts,
        )
    return words(
        "from {before} in {earlier} to {after}: more than chance can explain ({p}).",
        **facts,
    )


def change_mark(before: Published, after: Published, words: Words) -> str:
    """The same in a cell: from which count, and whether chance can explain it."""
    change = _change(before, after)
    facts = _facts(change, words)
    if change.verdict == "chance":
        return words("from {before}: within chance ({p})", **facts)
    return words("from {before}: beyond chance ({p})", **facts)


def _change(before: Published, after: Published) -> Change:
    assert before.value is not None and after.value is not None
    return Change(
        YearCount(before.year, int(before.value)),
        YearCount(after.year, int(after.value)),
    )


def _facts(change: Change, words: Words) -> dict[str, object]:
    return {
        "before": change.before.n,
        "earlier": change.before.year,
        "after": change.after.n,
        "p": words.p_value(float(change.test.p)),
    }


def reason(figure: Published, words: Words) -> str:
    """Why a figure is missing; empty where it is not."""
    if figure.reason == "not_found":
        return words("not found in anything published")
    if figure.reason == "disagree":
        printed = words(" or ").join(
            printed_value(each, words) for each in figure.as_printed
        )
        return words("sources disagree: {printed}", printed=printed)
    if figure.reason == "together":
        return _together(figure, words)
    return ""


def _together(figure: Published, words: Words) -> str:
    assert figure.rest is not None
    if not figure.rest:
        return words("not printed; the other lines fill the total")
    if not figure.others:
        return words(
            "not printed; the other lines leave {n} of the total", n=int(figure.rest)
        )
    others = words(", ").join(series_name(name, words) for name in figure.others)
    return words(
        "not printed by itself; {n} together with: {others}",
        n=int(figure.rest),
        others=others,
    )


def printed(figure: Published, words: Words) -> str | None:
    """As its source printed it; None, shown as a dash, where there is no figure."""
    if figure.value is None:
        return None
    return printed_value(figure.as_printed[0], words)


def step(name: str, year: int, words: Words, *, short: bool = False) -> str:
    """The change of a line on the year before; empty where one of both is missing."""
    before, after = figure_of(name, "cases", year - 1), figure_of(name, "cases", year)
    if before.value is None or after.value is None:
        return ""
    say = change_mark if short else change_sentence
    return say(before, after, words)
