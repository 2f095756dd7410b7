"""Months of imprisonment and fines in dirhams, out of the words of a judgment.

Numbers come in figures (10.000 / 10 000 / 10.000,00) or in Arabic, French or English
words; Arabic has a word of its own for two years, two months and two thousand.
"""

import re
from functools import cache, lru_cache

from qadaya.reference import plain
from qadaya.returns.code.numerals import NAME, NAME_BEGUN, NUMBER, read_number
from qadaya.returns.code.ticks import chosen

_YEARS = "سنه|سنوات|سنين|عام|اعوام|عاما|سنتها|ans?|annees?|years?"
_MONTHS = "شهر|شهرا|اشهر|شهور|mois|months?"
_DAYS = "يوم|يوما|ايام|jours?|days?"
_TWO_YEARS = "سنتان|سنتين|سنتا|سنتي|عامان|عامين|عامي"
_TWO_MONTHS = "شهران|شهرين|شهري"
_TWO_DAYS = "يومان|يومين"
_HALF = "نصف|demi|demie|half"
_UNITS = {
    **dict.fromkeys(_YEARS.replace("s?", "").split("|"), 12.0),
    **dict.fromkeys(_MONTHS.replace("s?", "").split("|"), 1.0),
    **dict.fromkeys(_DAYS.replace("s?", "").split("|"), 1 / 30),
}
_PAIRS = {
    **dict.fromkeys(_TWO_YEARS.split("|"), 24.0),
    **dict.fromkeys(_TWO_MONTHS.split("|"), 2.0),
    **dict.fromkeys(_TWO_DAYS.split("|"), 2 / 30),
}
_AND = r"(?:و\s*|et\s+|and\s+|,\s*)"
_UNIT = rf"(?:{_YEARS}|{_MONTHS}|{_DAYS})"
_PAIR = rf"(?:{_TWO_YEARS}|{_TWO_MONTHS}|{_TWO_DAYS})"
_TERM = (
    rf"(?:(?P<half>{_HALF})\s+(?P<half_unit>{_UNIT})"
    rf"|(?P<number>{NUMBER})\s*(?P<unit>{_UNIT})(?!\w)"
    rf"|(?P<pair>{_PAIR})(?!\w)"
    rf"|(?P<alone>سنه|عام|شهر)(?!\w))"
)
_DURATION = re.compile(
    rf"(?<!\w)(?<!\d-)(?<!\d/)و?[بل]?{_TERM}(?P<more>\s+و?(?:et\s+|and\s+a\s+)?(?:{_HALF})(?!\w))?"
)
_PRISON = re.compile(
    r"حبس|سجن|نافذ|موقوف|نفاذ|prison|emprison|reclusion|ferme|sursis|imprison|jail"
    r"|suspended|custod|حكم عليه"
)
# Years that are no sentence: an age, a ban, a past or a deferred date.
_NOT_A_TERM = re.compile(
    r"(عمر\w*|سن|البالغ\w*|بالغ\w*|ages?|agee?s?|منذ|depuis|since|aged|mineure?s? de"
    r"|المنع|منع|الاقامه|interdiction|ban|اختبار\w*|probation|اجل|خلال|بعد|قبل)"
    r"(\s+(?:من|لمده|مده|في|de|of|l|le|la|sejour))*\s*$"
)
_PART_OF = re.compile(r"(منها|منه|من بينها|حدود|dont|of which|including)\s*\w*\s*$")
_ONE_EACH = re.compile(
    r"(?<!\w)[ول]?(?:ال|لل)?(?:اول|ثاني|ثالث|first|second|premier|deuxieme)"
)

# "ستة (06) أشهر", "6 (ستة) أشهر": the same number in words and in figures.
_SAID_TWICE = re.compile(
    rf"((?<!\w)(?:{NAME}|{_UNIT}|{_PAIR})|\d)\s*\(\s*(?:\d+|{NAME})\s*\)"
)
_CURRENCY = (
    r"(?:d[e'’]\s?)?(?:دراهم|درهما|درهم|dirhams?|dhs?|mad|د\.?\s?م\.?|د\.?)(?!\w)"
)
_AMOUNT = re.compile(
    rf"(?<!\w)و?[بل]?(?P<number>{NUMBER})\s*(?P<currency>{_CURRENCY})?"
)
_FINE = re.compile(r"غرام\w*|amendes?|fined?s?(?!\w)")
_NOT_A_FINE = re.compile(
    r"تعويض\w*|مدني\w*|صاير|مصاريف|رسوم|اجبار|dommages|interets|indemni\w*|frais"
    r"|damages|compensation|costs|civile?s?"
)
_LEAST_FINE = 10
_NO_SENTENCE = re.compile(
    r"\d+(?:[/-]\d+)+"
    r"|(?:فصل|فصلين|فصول|ماده|مادتين|مواد|ملف|عدد|رقم|قضيه|بتاريخ|articles?|art|dossier|n|no)"
    r"[\s.:°]*(?:\d+\s?(?:و|et|and|,|-)?\s?)+"
)
_SOME_WORDS = r"(?:[^\W\d_]*)(?:[\s:]+[^\W\d_]+){0,3}[\s:]*(?:\(\s?)?\d"
_PRISON_OF = re.compile(
    rf"(?:{_PRISON.pattern}){_SOME_WORDS}|\d\s+\w{{1,2}}\s+(?:{_PRISON.pattern})"
)
_FINE_OF = re.compile(rf"(?:{_FINE.pattern}){_SOME_WORDS}")
# Words typed without the blank between them: سنتينو6أشهر, ألفدرهم, sixmois, 2ansferme.
_TERM_WORD = rf"(?:{_UNIT}|{_PAIR}|{_HALF}|(?:حبس|سجن|نافذ|موقوف)[اه]?)"
_NEXT_TERM = rf"(?:\d|{NAME}|{_UNIT}|{_PAIR}|{_HALF})"
_GLUED = re.compile(
    rf"(?<!\w)[وبل]{{0,2}}{_TERM_WORD}(?=و\s*{_NEXT_TERM}|(?:حبس|سجن|نافذ|موقوف|غرام"
    r"|ferme|avec|sursis|d(?:e|ont)(?!\w)|(?:em|im)?prison|et\s*\d|and\s*\d))"
    rf"|(?<!\w)[وبل]{{0,2}}{NAME_BEGUN}(?=(?:{_UNIT}|عشره?)(?!\w))"
    r"|(?<=[^\W\d_]{2})(?<!ال)(?<!لل)"
    r"(?=(?:سنوات|سنتين|سنتان|اشهر|شهرين|شهران|درهم|دراهم)(?!\w))"
)
# No judgment says more in a cell; the patterns above take long over a whole book.
_LONGEST = 3000


@lru_cache(maxsize=8192)
def imprisonment_months(text: str) -> int | None:
    """The months of imprisonment that a judgment states, firm and suspended together.

    Unit: whole months, 12 to a year, 30 days to a month, a rest of days left out; None
    where no term is stated or where several persons got terms of their own.
    """
    typed = _spaced(text)
    terms = [match for match in _DURATION.finditer(typed) if _is_term(typed, match)]
    if len(terms) > 1 and len(_ONE_EACH.findall(typed)) > 1:
        return None
    chain = _of_prison(typed, _chains(typed, terms))
    total = sum(_months(match) for match in chain if not _is_part(typed, match))
    return int(total + 1e-9) or None


@lru_cache(maxsize=8192)
def fine_mad(text: str) -> int | None:
    """The fine in dirhams that a judgment states, without damages and costs.

    None where none is stated or where several persons got fines of their own.
    """
    typed = _spaced(text)
    amounts = [
        read_number(match["number"])
        for match in _AMOUNT.finditer(typed)
        if _is_fine(typed, match)
    ]
    amounts = [amount for amount in amounts if amount >= _LEAST_FINE]
    if not amounts or (len(amounts) > 1 and len(_ONE_EACH.findall(typed)) > 1):
        return None
    return round(amounts[0])


@lru_cache(maxsize=8192)
def has_unread_number(text: str) -> bool:
    """Whether a figure beside a prison term or a fine is one that was not read.

    Articles, references, dates and what is no fine have figures of their own.
    """
    if not any(map(str.isdigit, text)):
        return False
    typed = _spaced(chosen(text))
    bare = _DURATION.sub(" . ", _NO_SENTENCE.sub(" . ", typed))
    if imprisonment_months(text) is None:
        unpaid = _AMOUNT.sub(
            lambda match: " . " if _is_fine(match.string, match) else match[0], bare
        )
        if _PRISON_OF.search(unpaid):
            return True
    return fine_mad(text) is None and bool(_FINE_OF.search(bare))


def _is_term(typed: str, match: re.Match[str]) -> bool:
    return not _NOT_A_TERM.search(typed[: match.start()])


def _is_part(typed: str, match: re.Match[str]) -> bool:
    """Whether a term is part of one already stated: "two years, of which one"."""
    return bool(_PART_OF.search(typed[: match.start()]))


def _chains(typed: str, terms: list[re.Match[str]]) -> list[list[re.Match[str]]]:
    """The terms in runs that make one sentence: "two years and six months"."""
    chains: list[list[re.Match[str]]] = []
    for match in terms:
        if chains and _continues(typed, chains[-1][-1], match):
            chains[-1].append(match)
        else:
            chains.append([match])
    return chains


def _continues(typed: str, before: re.Match[str], match: re.Match[str]) -> bool:
    if _is_part(typed, match):
        return True
    between = typed[before.end() : match.start()]
    if not between.strip() and _unit_of(match) < _unit_of(before):
        return True  # "1 an 6 mois"
    words = re.sub(r"[^\w\s]", " ", between).split()
    glued = match[0].startswith("و") or "و" in words
    added = glued or "et" in words or "and" in words or "," in between
    return added and not (_FINE.search(between) or _NOT_A_FINE.search(between))


def _unit_of(match: re.Match[str]) -> float:
    """The unit in which a term is told, in months."""
    if match["pair"]:
        return _PAIRS[match["pair"]] / 2
    return _unit(match["unit"] or match["half_unit"] or match["alone"])


def _of_prison(typed: str, chains: list[list[re.Match[str]]]) -> list[re.Match[str]]:
    """The first run that a word of imprisonment stands next to, or the first at all."""
    if not chains or not _PRISON.search(typed):
        return chains[0] if chains else []
    starts = [chain[0].start() for chain in chains] + [len(typed)]
    ends = [0] + [chain[-1].end() for chain in chains]
    for position, chain in enumerate(chains):
        if _PRISON.search(typed[ends[position] : starts[position + 1]]):
            return chain
    return []


def _months(match: re.Match[str]) -> float:
    half = 6.0 if match["more"] else 0.0
    if match["half"]:
        return _unit(match["half_unit"]) / 2
    if match["pair"]:
        return _PAIRS[match["pair"]] + half
    if match["alone"]:
        return _unit(match["alone"]) + (half if match["alone"] != "شهر" else half / 12)
    factor = _unit(match["unit"])
    return read_number(match["number"]) * factor + half * factor / 12


@cache
def _unit(word: str) -> float:
    return _UNITS.get(word) or _UNITS[word.removesuffix("s")]


def _is_fine(typed: str, match: re.Match[str]) -> bool:
    before = typed[: match.start()]
    fine = max((m.start() for m in _FINE.finditer(before)), default=-1)
    other = max((m.start() for m in _NOT_A_FINE.finditer(before)), default=-1)
    if other > fine:
        return False
    if match["currency"]:
        return True
    follows = typed[match.end() :].lstrip()
    is_term = re.match(rf"(?:{_UNIT}|{_PAIR})(?!\w)", follows)
    near = fine >= 0 and len(before[fine:].split()) <= 6
    return near and not is_term


@lru_cache(maxsize=8192)
def _spaced(text: str) -> str:
    """Plain text, one kind of space, a figure and the word glued to it taken apart."""
    typed = plain(text[:_LONGEST])
    typed = _SAID_TWICE.sub(r"\1 ", typed)
    typed = re.sub(r"(?<=\d)(?=[^\W\d_])|(?<=[^\W\d_])(?=\d)", " ", typed)
    typed = _GLUED.sub(lambda match: f"{match[0]} ", typed)
    return " ".join(typed.split())
