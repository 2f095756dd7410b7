"""The words for units, series and printed values of the ledger."""

import re
from collections.abc import Callable

from qadaya.views.prose.words import Words

# What a series tells of the line before its ending.
_OF_A_LINE: dict[str, Callable[[Words, str], str]] = {
    "_girls": lambda words, line: words("{line}: girls", line=line),
    "_boys": lambda words, line: words("{line}: boys", line=line),
    "_share_of_cases": lambda words, line: words("{line}: share of cases", line=line),
    "_yoy_cases": lambda words, line: words(
        "{line}: change in cases on the year before", line=line
    ),
    "_yoy_persons": lambda words, line: words(
        "{line}: change in persons on the year before", line=line
    ),
}


def unit_name(unit: str, words: Words) -> str:
    """The words for a unit of the ledger."""
    return {
        "cases": words("court cases"),
        "persons": words("persons prosecuted"),
        "victims": words("victims"),
        "police_cases": words("police cases"),
        "arrested": words("persons arrested"),
        "reports": words("reports to NCMEC"),
        "incidents": words("incidents reported to NCMEC"),
        "police_reports": words("reports to E-Blagh"),
        "suspects": words("suspects"),
        "children": words("children at the courts’ cells"),
        "juveniles": words("minors before the prosecution"),
        "hearings": words("hearings"),
        "protective_measures": words("measures for child victims"),
        "staff": words("public prosecutors"),
        "caseload": words("files of all matters"),
        "percent": words("per cent"),
    }[unit]


def series_name(series: str, words: Words) -> str:
    """The words for a series of the ledger; its code where it has none."""
    for end, of_line in _OF_A_LINE.items():
        if series.endswith(end):
            return of_line(words, series_name(series.removesuffix(end), words))
    return {
        "child_pornography_total": words("child pornography"),
        "child_pornography_incitement": words("child pornography: incitement"),
        "child_pornography_production": words("child pornography: production"),
        "cybercrime_total": words("offences by modern means, total"),
        "sextortion": words("sextortion"),
        "sexual_harassment": words("sexual harassment"),
        "online_fraud": words("online fraud"),
        "incitement": words("incitement by electronic means"),
        "data_theft": words("data theft"),
        "data_systems_total": words("offences against data systems"),
        "platform_ncmec_cps_detected": words("detected through NCMEC and CPS"),
        "platform_ncmec_cps_prosecutions": words("of which prosecuted"),
        "child_violence_total": words("violence against children"),
        "child_sexual_assault": words("sexual assault on children"),
        "dgsn_sextortion": words("sextortion, police"),
        "dgsn_sextortion_national_jan_20nov": words(
            "sextortion within Morocco, police, to 20 November"
        ),
        "dgsn_cyber_extortion": words("cyber-extortion, police"),
        "ncmec_cybertipline_morocco": words("reports placed in Morocco"),
        "ncmec_cybertipline_world": words("reports, world"),
        "ncmec_cybertipline_morocco_referrals": words("referrals placed in Morocco"),
        "ncmec_cybertipline_morocco_informational": words(
            "informational reports placed in Morocco"
        ),
        "ncmec_to_international_police_actionable": words(
            "reports to police abroad, actionable"
        ),
        "ncmec_to_international_police_informational": words(
            "reports to police abroad, informational"
        ),
        "cybercrime_remaining_offences": words("remaining offences"),
        "cybercrime_adult_moroccan_males_share": words(
            "adult Moroccan men among those prosecuted"
        ),
        "child_violence_victims": words("child victims of violence"),
        "child_sexual_assault_victims": words("child victims of sexual assault"),
        "child_physical_violence_victims": words("child victims of physical violence"),
        "child_indecent_assault_with_violence": words(
            "indecent assault with violence, child victims"
        ),
        "child_indecent_assault_without_violence": words(
            "indecent assault without violence, child victims"
        ),
        "child_kidnapping": words("kidnapping, child victims"),
    }.get(series, series)


# Thousands as sources part them: 36,210,368 in one, 2.764.660 in another.
_THOUSANDS = re.compile(r"\d{1,3}(?:[.,]\d{3})+|\d+")
_NUMBER = re.compile(r"\d[\d.,]*")
_MINUS = re.compile(r"^-(?=\d)")
_MORE_THAN, _ABOUT = " (more than)", " (about)"


def printed_value(as_printed: str, words: Words) -> str:
    """A figure as its source printed it, written as the reader's language writes it."""
    if as_printed.endswith(_MORE_THAN):
        bound = printed_value(as_printed.removesuffix(_MORE_THAN), words)
        return words("more than {n}", n=bound)
    if as_printed.endswith(_ABOUT):
        return words(
            "about {n}", n=printed_value(as_printed.removesuffix(_ABOUT), words)
        )
    number = _NUMBER.search(as_printed)
    n = words.isolated(_written(number[0], words) if number else as_printed)
    if as_printed.startswith("about "):
        return words("about {n}", n=n)
    if as_printed.endswith(" million"):
        return words("{n} million", n=n)
    written = _NUMBER.sub(lambda one: _written(one[0], words), as_printed)
    written = _MINUS.sub("−", written)
    return words.isolated(written.replace("%", f"{words.before_percent}%"))


def _written(number: str, words: Words) -> str:
    if _THOUSANDS.fullmatch(number):
        return words.number(int(re.sub("[.,]", "", number)))
    return words.decimal(float(number), len(number.partition(".")[2]))
