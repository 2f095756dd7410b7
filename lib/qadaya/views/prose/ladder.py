"""The resolution ladder in words: what was asked, what was found, where it stopped."""

from qadaya.ledger import circuit_caseloads
from qadaya.reference import court_name, regions
from qadaya.views.frames.ladder import CASELOAD, OWN, Ladder, Rung
from qadaya.views.prose.missing import would_add
from qadaya.views.prose.paragraph import Paragraph
from qadaya.views.prose.table import Table
from qadaya.views.prose.words import Words
from qadaya.vocabulary import HIDDEN, NOT_ESTABLISHED, NOT_REPORTED, label


def ladder_table(ladder: Ladder, *, language: str = "en") -> Table:
    """Each rung that was tried, with what it holds and why it does or does not answer.

    Rows: one per rung, lowest first. Unit of the counts and limits: cases.
    """
    words = Words(language)
    rows = [_row(rung, words) for rung in ladder.rungs]
    columns = [
        words("Place"),
        words("Years"),
        words("Cases to be expected"),
        words("Expected from"),
        label("measure", ladder.measure, language),
        words("95% interval"),
        words("Yearly returns received"),
        words("Missing courts would add"),
        words("What was found"),
    ]
    return Table(rows, columns=columns)


def say_ladder(ladder: Ladder, *, language: str = "en") -> Paragraph:
    """What was asked, why it had to climb, and what the level reached says."""
    words = Words(language)
    first, reached = ladder.rungs[0], ladder.reached
    parts = [
        words(
            "Asked for: {court}, {year}: {reason}.",
            court=court_name(ladder.court_id, language),
            year=ladder.year,
            reason=_reason(first, words),
        )
    ]
    if reached is None:
        parts.append(words("No level of this edition answers, not even the country."))
        return Paragraph(" ".join(parts))
    steps = len(ladder.rungs) - 1
    if steps:
        parts.append(
            words.plural(
                "{n} step up, the first level that answers is {place}, {years}.",
                "{n} steps up, the first level that answers is {place}, {years}.",
                steps,
                place=place_name(reached.place, reached.level, words),
                years=words.years(list(reached.years)),
            )
        )
    parts.append(
        words(
            "{measure}: {n} (95% interval {interval}), from {reported} of "
            "{expected} yearly returns.",
            measure=label("measure", ladder.measure, language),
            n=reached.n,
            interval=words.between(reached.low, reached.high),
            reported=reached.reported,
            expected=reached.due,
        )
    )
    if reached.expected_from == CASELOAD:
        parts.append(
            words(
                "To be expected were {n}, from {caseload}.",
                n=words.decimal(reached.expected),
                caseload=_expected_from(reached, words),
            )
        )
    return Paragraph(" ".join(parts))


def place_name(place: str, level: str, words: Words) -> str:
    """A court by its name, the circuit of a city, a region, the country."""
    if level == "court":
        return court_name(place, words.language)
    if level == "circuit":
        city = court_name(place, words.language, short=True)
        return words("the circuit of {city}", city=words.of(city))
    if level == "region":
        return str(regions().loc[place, f"name_{words.language}"])
    return words("the whole country")


def _row(rung: Rung, words: Words) -> list[object]:
    return [
        place_name(rung.place, rung.level, words),
        words.years(list(rung.years)),
        words.decimal(rung.expected),
        _expected_from(rung, words),
        rung.n,
        words.span(rung.low, rung.high),
        words("{reported} of {expected}", reported=rung.reported, expected=rung.due),
        would_add(rung.missing, words),
        _reason(rung, words),
    ]


def _expected_from(rung: Rung, words: Words) -> str:
    if rung.expected_from == CASELOAD:
        known = circuit_caseloads().set_index("circuit_id")
        return words(
            "its caseload of {year}, all matters", year=known.loc[rung.place, "year"]
        )
    if rung.expected_from == OWN:
        return words("its own mean of all years")
    return words("the national mean per return")


def _reason(rung: Rung, words: Words) -> str:
    return {
        NOT_ESTABLISHED: words("the court did not exist yet"),
        NOT_REPORTED: words("no return came"),
        HIDDEN: words("the count is hidden to protect people"),
        "thin": words("fewer than 4 cases are to be expected, too thin"),
        "blurred": words("rounding leaves more doubt than chance"),
        "answers": words("informative and publishable"),
    }[rung.verdict]
