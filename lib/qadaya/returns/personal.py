"""Finds what looks like personal data, so that it is refused and stands nowhere.

The functions answer yes or no and keep nothing: no value, no count, no position in the
text. Amounts, years, articles of law and references of files are no personal data.
"""

import ipaddress
import re
from functools import cache, lru_cache
from pathlib import PurePath

from qadaya.reference import (
    bare_words,
    find_courts,
    fold,
    places_in,
    plain,
    vocabulary_of,
)
from qadaya.reference.tables import read_rows
from qadaya.returns.code.wording import known_words

WITHHELD = "(name withheld)"

_MAIL = re.compile(
    r"[\w.+-]+\s*(?:@|\(at\)|\[at\]|\(arobase\))\s*[\w-]+(?:\s?\.\s?[\w-]+)+"
)
_AT = ("@", "(at)", "[at]", "(arobase)")
_DATE = re.compile(
    r"(?<!\d)(?:\d{1,2}([./-])\d{1,2}\1(?:19|20)\d\d"
    r"|(?:19|20)\d\d([./-])\d{1,2}\2\d{1,2})(?!\d)"
)
_PHONES = (
    # +212 6 12 34 56 78, 00212..., 212-612...; with or without the bracketed zero
    r"(?<!\d)(?:\+|00)?\s?\(?212\)?[\s.\-/]*(?:\(0\)|0)?[\s.\-/]*[5-8](?:[\s.\-/]?\d){8}(?!\d)",
    # 06 12 34 56 78, 0612-345678, 06.12.34.56.78
    r"(?<!\d)0[5-8](?:[ .\-_()]{0,3}\d){8}(?!\d)",
    # pairs parted by slashes; a date has no four of them
    r"(?<!\d)0[5-8](?:/\d\d){4}(?!\d)",
    # any other country
    r"(?<![\w+])\+\d{1,3}(?:[\s.\-()]{0,2}\d){7,12}(?!\d)",
)
_PHONE = re.compile("|".join(_PHONES))
# The number of a device; no file has one of fifteen figures.
_DEVICE = re.compile(r"(?<!\d)\d{15}(?!\d)")
_PROFILE = re.compile(
    r"https?://|www\.\w|(?:facebook|instagram|tiktok|snapchat|twitter|t)\.(?:com|me)/\w"
)
# A number cell drops the leading zero.
_PHONE_AS_NUMBER = re.compile(r"[5-8]\d{8}(?:\.0)?")
_OCTET = r"(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)"
_IPV4 = re.compile(rf"(?<![\d.,]){_OCTET}(?:\s?\.\s?{_OCTET}){{3}}(?![\d.,]*\d)")
_IPV6 = re.compile(r"(?<![\w:])[0-9a-f:]{2,}(?:%\w+)?(?![\w:])")
# The shortest number below is that of an identity card.
_LEAST_DIGITS = 5
_IDENTITY = re.compile(r"(?<![\w/\-])([a-z]{1,2})([ \-.]?)(\d{5,7})(?![\w/]|[.,]\d)")
# Two letters and a number that are no identity card: amounts, dossiers, services.
_NO_CARD = frozenset(
    {
        *("de", "du", "le", "la", "au", "et", "en", "un", "dh", "n", "no", "nr", "nb"),
        *("pv", "ip", "pj", "gr", "ca", "cp", "id", "a", "of", "is", "to", "or", "ou"),
        *("by", "at", "on", "in", "as", "tp", "dt", "l", "d"),
    }
)
_TITLED = re.compile(
    r"(?<!\w)(?:السيده?|(?:monsieur|madame|mademoiselle|mme|mlle|mrs?|m\.))\s+"
    r"([^\W\d_]{3,})"
)
_INTRODUCED = re.compile(
    r"(?<!\w)(?:المسمي|المسماه|المسمين|المدعو|المدعوه|الملقب|الملقبه|المزداد|المزداده"
    r"|denommee?|prenommee?|nommee?|ne\(?e?\)? le|nee le|surnommee?|named|born on)"
    r"\s*:?\s+\S"
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
_COUNTED = ("عدد", "nombre", "number", "nb")
_NAME_WORD = re.compile(r"[^\W\d_]{2,}")
_LETTERS_ONLY = re.compile(r"[^\W\d_]+(?:[ '’-][^\W\d_]+){1,3}")
# Names of squares, schools and kings, not of persons in a case.
_NAME_PARTICLES = frozenset("el al ben bin ait ould بن ابن ايت ولد".split())  # noqa: SIM905
_HONOURED_BEFORE = frozenset("سيدي مولاي شارع ساحه sidi moulay avenue bd".split())  # noqa: SIM905
_HONOURED_AFTER = frozenset("خامس سادس ثاني v vi ii الخامس السادس الثاني".split())  # noqa: SIM905


@lru_cache(maxsize=16384)
def is_personal(text: str) -> bool:
    """Whether a text holds a number, an address or a name of a person."""
    if len(text) < 5:
        return False
    return is_number_or_address(text) or _has_a_name(text)


@lru_cache(maxsize=16384)
def is_number_or_address(text: str) -> bool:
    """Whether a text holds a phone, e-mail, IP address or identity number.

    A number cell that holds a phone has lost its leading zero. For the lines around a
    table, where the officer who signs may put a name.
    """
    if len(text) < 5:
        return False
    typed = " ".join(plain(text).split())
    if _PHONE_AS_NUMBER.fullmatch(typed):
        return True
    return _has_address(typed) or _has_number(typed)


def is_personal_reference(text: str) -> bool:
    """As `is_personal`, for a column of case references: numbers there are expected."""
    typed = " ".join(plain(text).split())
    if _has_address(typed) or _PHONE.search(_DATE.sub(" - ", typed)):
        return True
    card = _IDENTITY.fullmatch(typed)
    return (card is not None and _is_card(*card.groups())) or _has_a_name(text)


@lru_cache(maxsize=1024)
def is_personal_heading(heading: str) -> bool:
    """Whether a column's heading asks for names, numbers or addresses of persons."""
    typed = fold(heading)
    return bool(_HEADING.search(typed)) and not typed.startswith(_COUNTED)


@lru_cache(maxsize=4096)
def looks_like_a_name(text: str) -> bool:
    """Whether a cell of an unknown column is made of words that nothing else explains.

    Two to four words of letters, of which no one is known from the lexicon, the
    courts, the bodies or the headings.
    """
    if not _LETTERS_ONLY.fullmatch(text.strip()):
        return False
    if find_courts(text) or places_in(text):
        return False
    return not (set(bare_words(text).split()) & _vocabulary())


def shown_name(name: str) -> str:
    """A file's name as it may be printed: `(name withheld).xlsx` if it is personal."""
    path = PurePath(name)
    spaced = re.sub(r"[_\-]+", " ", path.stem)
    if is_personal(path.stem) or is_personal(spaced):
        return f"{WITHHELD}{path.suffix}"
    return path.name


def shown_sheet(name: str) -> str:
    """A sheet's name as it may be printed."""
    return WITHHELD if is_personal(name) else name


def _has_address(typed: str) -> bool:
    if any(mark in typed for mark in _AT) and _MAIL.search(typed):
        return True
    if ("/" in typed or "www." in typed) and _PROFILE.search(typed):
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
    if sum(map(str.isdigit, typed)) < _LEAST_DIGITS:
        return False
    undated = _DATE.sub(" - ", typed)
    if _PHONE.search(undated) or _DEVICE.search(undated):
        return True
    return any(_is_card(*groups) for groups in _IDENTITY.findall(undated))


def _is_card(letters: str, gap: str, digits: str) -> bool:
    if not gap:
        return letters not in _NO_CARD or len(letters) == 1
    # With a gap, five digits may be anything; a card number has six.
    return letters not in _NO_CARD and len(digits) >= 6


def _has_a_name(text: str) -> bool:
    typed = plain(text)
    return (
        bool(_INTRODUCED.search(typed))
        or any(map(_could_be_surname, _TITLED.findall(typed)))
        or _has_full_name(text)
    )


def _has_full_name(text: str) -> bool:
    """A known given name and a word after it that nothing else explains."""
    typed = fold(text)
    if _words_of_given_names().isdisjoint(typed.split()):
        return False
    typed = _towns_called_after_persons().sub(" ", typed)
    tokens = [word for word in typed.split() if word not in _NAME_PARTICLES]
    for position, size in _given_names_in(tokens):
        before = tokens[position - 1] if position else ""
        after = tokens[position + size] if position + size < len(tokens) else ""
        honoured = _HONOURED_BEFORE.intersection(
            tokens[max(0, position - 2) : position]
        )
        if honoured or after in _HONOURED_AFTER:
            continue
        if _could_be_surname(after) or (before and _could_be_surname(before)):
            return True
    return False


def _given_names_in(tokens: list[str]) -> list[tuple[int, int]]:
    return [
        (position, size)
        for position in range(len(tokens))
        for size in (2, 1)
        if " ".join(tokens[position : position + size]) in _given_names()
        and len(tokens) >= position + size
    ]


def _could_be_surname(word: str) -> bool:
    return bool(_NAME_WORD.fullmatch(word)) and bare_words(word) not in _vocabulary()


@cache
def _towns_called_after_persons() -> re.Pattern[str]:
    """Names of towns that hold a given name, such as Ben Ahmed."""
    towns = {
        fold(row["alias"])
        for row in read_rows("court_aliases.csv")
        if row["court_id_or_city"].startswith("city:")
    }
    named = {town for town in towns if _given_names() & set(town.split())}
    longest_first = sorted(named, key=len, reverse=True)
    return re.compile(
        rf"(?<!\S)[بل]?(?:{'|'.join(map(re.escape, longest_first))})(?!\S)"
    )


@cache
def _given_names() -> frozenset[str]:
    return frozenset(
        fold(row["pattern"])
        for row in read_rows("wording.csv")
        if row["field"] == "given_name"
    )


@cache
def _words_of_given_names() -> frozenset[str]:
    return frozenset(word for name in _given_names() for word in name.split())


@cache
def _vocabulary() -> frozenset[str]:
    """Words of the courts, cities, bodies and codes, and common words of reports."""
    places = (row["alias"] for row in read_rows("court_aliases.csv"))
    services = (
        row[name]
        for row in read_rows("investigating_bodies.csv")
        for name in ("name_ar", "name_fr", "name_en", "variants")
    )
    return known_words() | vocabulary_of((*places, *services, *_COMMON))


_COMMON = (
    "من في على عن إلى الى مع بعد قبل هذا هذه ذلك التي الذي أن ان كان تم لم لا ما هو هي",
    "و أو ملاحظات ملاحظة رقم عدد ملف قضية محضر تاريخ شهر سنة يوم جلسة حكم قرار نيابة",
    "عامة قاصر قاصرين طفل أطفال مواد إباحية صور فيديو هاتف حاسوب أنترنت منصة تقرير",
    "إشعار مشتبه متهم ظنين حدث خبرة تقنية حجز تنفيذ مسطرة إنابة أجنبي دولة خارج داخل",
    "نتيجة قيد طور إنجاز انتظار جديد قديم سابق حالة اعتقال سراح حراسة نظرية ضد غياب",
    "رئيس نائب مندوب عميد مدير محافظ مفوض قائد ضابط مساعدة اجتماعية مستشار",
    "حضور الفصل فصول المادة قانون جنائي ظهير فقرة بند طبقا تبعا وفق حسب لأجل بسبب",
    "de du des la le les l d un une et ou en au aux sur sous par pour avec sans dans",
    "observations observation remarque remarques note notes numero dossier affaire",
    "date",
    "mois annee jour audience jugement arret decision mineur mineurs enfant enfants",
    "images photo video materiel pornographique internet ligne rapport signalement",
    "technique saisie telephone ordinateur etranger suspect prevenu etat arrestation",
    "the of and or in on at to for with without by from case file month year report",
    "video images child children minor minors online indecent material phone computer",
)
