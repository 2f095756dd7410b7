"""Finds what looks like personal data, so that it is refused and stands nowhere.

The functions answer yes or no and keep nothing: no value, no count, no position in the
text. Amounts, years, articles of law and references of files are no personal data.
"""

import ipaddress
import re
from functools import lru_cache
from pathlib import PurePath

from qadaya.reference import fold, plain
from qadaya.returns.person_names import has_a_name

WITHHELD = "(name withheld)"

_MAIL = re.compile(
    r"[\w.+-]{1,64}\s?(?:@|\(at\)|\[at\]|\(arobase\))\s?[\w-]{1,63}\s?"
    r"(?:\.|\(dot\)|\[dot\]|\(point\)|\[point\])\s?[\w-]"
)
_AT = re.compile(r"@|\(at\)|\[at\]|\(arobase\)")
_DATE = re.compile(
    r"(?<!\d)(?:\d{1,2}([./-])\d{1,2}\1(?:19|20)\d\d"
    r"|(?:19|20)\d\d([./-])\d{1,2}\2\d{1,2})(?!\d)"
)
_PHONES = (
    # +212 6 12 34 56 78, 00212..., 212-612...; with or without the bracketed zero
    r"(?<!\d)(?:\+|00)?\s?\(?212\)?[\s.\-/]{0,3}(?:\(0\)|0)?[\s.\-/]{0,3}[5-8](?:[\s.\-/]?\d){8}(?!\d)",
    # 06 12 34 56 78, 0612-345678, 06.12.34.56.78
    r"(?<!\d)0[5-8](?:[ .\-_()]{0,3}\d){8}(?!\d)",
    # pairs parted by slashes; a date has no four of them
    r"(?<!\d)0[5-8](?:/\d\d){4}(?!\d)",
    # any other country
    r"(?<![\w+])\+\d{1,3}(?:[\s.\-()]{0,2}\d){7,12}(?!\d)",
)
_PHONE = re.compile("|".join(_PHONES))
# The number of a device; no file has one of fifteen figures.
_DEVICE = re.compile(r"(?<![\d.,])\d{15}(?![.,]?\d)")
_PROFILE = re.compile(
    r"https?://|www\.\w|(?:facebook|instagram|tiktok|snapchat|twitter|t)\.(?:com|me)/\w"
)
# A number cell drops the leading zero.
_PHONE_AS_NUMBER = re.compile(r"[5-8]\d{8}(?:\.0)?")
_OCTET = r"(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)"
_IPV4 = re.compile(rf"(?<![\d.,]){_OCTET}(?:\s?\.\s?{_OCTET}){{3}}(?![\d.,]*\d)")
# The number of a network card.
_CARD = re.compile(r"(?<![\w:-])[0-9a-f]{2}(?:[:-][0-9a-f]{2}){5}(?![\w:-])")
_IPV6 = re.compile(r"(?<![\w:])[0-9a-f:]{2,}(?:%\w+)?(?![\w:])")
# An account: two letters, two check figures and 11 to 30 more, in groups of four or
# none; or the 24 figures by which Moroccan banks know one ([ISO 13616]).
_ACCOUNT = re.compile(
    r"(?<![\w/])[a-z]{2}\d{2}(?: ?[a-z0-9]{4}){2,7} ?[a-z0-9]{1,4}(?!\w)"
    r"|(?<![\d.,/])\d(?:[ .-]?\d){23}(?![\d.,/])"
)
_FEWEST_OF_ACCOUNT, _FIGURES_OF_ACCOUNT = 15, 11
# Nobody was judged on a report of these platforms before; a date that old is the day
# on which somebody was born, unless a law is dated.
_BORN_BEFORE = 2015
_FULL_DATE = re.compile(
    r"(?<!\d)(?:\d{1,2}([./-])\d{1,2}\1(19\d\d|20\d\d)"
    r"|(19\d\d|20\d\d)([./-])\d{1,2}\4\d{1,2})(?!\d)"
)
_LAW = re.compile(
    r"ظهير|قانون|مرسوم|دوريه|منشور|اتفاقيه|dahir|\bloi\b|decret|circulaire|convention"
    r"|\blaw\b|\bact\b"
)
# Of the shortest: an identity card, a date, a telephone. To count them is quicker than
# to look for each.
_LEAST_FIGURES, _FIGURES_OF_DATE, _FIGURES_OF_PHONE = 5, 6, 8
_IDENTITY = re.compile(r"(?<![\w/\-])([a-z]{1,2})([ \-.]?)(\d{5,7})(?![\w/]|[.,]\d)")
# Two letters and a number that are no identity card: amounts, dossiers, services.
_NO_CARD = frozenset(
    {
        *("de", "du", "le", "la", "au", "et", "en", "un", "dh", "n", "no", "nr", "nb"),
        *("pv", "ip", "pj", "gr", "ca", "cp", "id", "a", "of", "is", "to", "or", "ou"),
        *("by", "at", "on", "in", "as", "tp", "dt", "l", "d"),
    }
)
_HEADING = re.compile(
    r"^(?:و?ال)?(?:اسم|اسماء|نسب|هويه|مشتبه|متهم|متهمين|ضحيه|ضحايا|ظنين|هاتف|عنوان"
    r"|جاني|مشتكي|مشتكي به|حدث|قاصر|معني|فاعل)(?!\S)"
    r"|(?:الاسم|النسب|المشتبه|المتهم|الضحيه|الهاتف|البريد الالكتروني|البطاقه الوطنيه"
    r"|بطاقه التعريف|رقم البطاقه|تاريخ الازدياد|عنوان ip|بروتوكول)"
    r"|^(?:nom|noms|prenoms?|identite|suspects?|victimes?|prevenus?|accuses?"
    r"|mis en cause"
    r"|telephone|tel|gsm|portable|adresse|e mail|email|mail|cin|cni|cnie|ip|name|names"
    r"|first name|last name|surname|victim|victims|defendants?|accused|phone|address"
    r"|identity|passport|passeport|date de naissance|date of birth|pseudonyme|pseudo)"
    r"(?!\S)"
    r"|nom et prenom|nom prenom|nom complet|full name|adresse ip|ip address"
)
_HYPHENS = re.compile(r"[_\-]+")
_COUNTED = ("عدد", "nombre", "number", "nb")


@lru_cache(maxsize=16384)
def is_personal(text: str) -> bool:
    """Whether a text holds a number, an address or a name of a person."""
    if len(text) < 5:
        return False
    return is_number_or_address(text) or has_a_name(text)


@lru_cache(maxsize=16384)
def is_number_or_address(text: str) -> bool:
    """Whether a text holds a number or address of a person, or a date of birth.

    Numbers: telephone, bank account, identity card, device; addresses: e-mail, IP.
    A number cell that holds a phone has lost its leading zero. For the lines around a
    table, where the officer who signs may put a name.
    """
    if len(text) < 5:
        return False
    typed = " ".join(plain(text).split())
    return _has_address(typed) or _has_number(typed)


def is_personal_reference(text: str) -> bool:
    """As `is_personal`, for a column of case references: numbers there are expected."""
    typed = " ".join(plain(text).split())
    if _has_address(typed) or _PHONE.search(_DATE.sub(" - ", typed)):
        return True
    card = _IDENTITY.fullmatch(typed)
    return (card is not None and _is_card(*card.groups())) or has_a_name(text)


@lru_cache(maxsize=1024)
def is_personal_heading(heading: str) -> bool:
    """Whether a column's heading asks for names, numbers or addresses of persons."""
    typed = fold(heading)
    return bool(_HEADING.search(typed)) and not typed.startswith(_COUNTED)


@lru_cache(maxsize=1024)
def shown_name(name: str) -> str:
    """A file's name as it may be printed: `(name withheld).xlsx` if it is personal."""
    path = PurePath(name)
    spaced = _HYPHENS.sub(" ", path.stem)
    if is_personal(path.stem) or is_personal(spaced):
        return f"{WITHHELD}{path.suffix}"
    return path.name


def shown_sheet(name: str) -> str:
    """A sheet's name as it may be printed."""
    return WITHHELD if is_personal(name) else name


def _has_address(typed: str) -> bool:
    if _AT.search(typed) and _MAIL.search(typed):
        return True
    if ("/" in typed or "www." in typed) and _PROFILE.search(typed):
        return True
    if (typed.count(":") >= 5 or typed.count("-") >= 5) and _CARD.search(typed):
        return True
    if typed.count(":") >= 2 and any(map(_is_ipv6, _IPV6.findall(typed))):
        return True
    return typed.count(".") >= 3 and bool(_IPV4.search(typed))


def _is_ipv6(text: str) -> bool:
    try:
        return len(text) > 2 and bool(ipaddress.IPv6Address(text))
    except ValueError:
        return False


def _has_number(typed: str) -> bool:
    n_figures = sum(map(str.isdigit, typed))
    if n_figures < _LEAST_FIGURES:
        return False
    if n_figures >= _FIGURES_OF_DATE and _has_birth_date(typed):
        return True
    if n_figures >= _FIGURES_OF_PHONE and _has_long_number(typed):
        return True
    return any(_is_card(*groups) for groups in _IDENTITY.findall(_undated(typed)))


def _has_long_number(typed: str) -> bool:
    """Whether there is a number of a telephone, a device or an account."""
    if _PHONE_AS_NUMBER.fullmatch(typed):
        return True
    if any(map(_is_account, _ACCOUNT.finditer(typed))):
        return True
    undated = _undated(typed)
    return bool(_PHONE.search(undated) or _DEVICE.search(undated))


def _undated(typed: str) -> str:
    return _DATE.sub(" - ", typed)


def _has_birth_date(typed: str) -> bool:
    dates = list(_FULL_DATE.finditer(typed))
    if not dates or _LAW.search(typed):
        return False
    return any(int(match[2] or match[3]) < _BORN_BEFORE for match in dates)


def _is_account(match: re.Match[str]) -> bool:
    """Whether letters and figures are many enough to be an account's, not a word's."""
    text = match[0].replace(" ", "")
    figures = sum(map(str.isdigit, text))
    return len(text) >= _FEWEST_OF_ACCOUNT and figures >= _FIGURES_OF_ACCOUNT


def _is_card(letters: str, gap: str, digits: str) -> bool:
    if not gap:
        return letters not in _NO_CARD or len(letters) == 1
    # With a gap, five digits may be anything; a card number has six.
    return letters not in _NO_CARD and len(digits) >= 6
