"""Finds names of persons among the words of courts, towns, services and reports.

As in `personal`: yes or no, and nothing kept.
"""

import re
from functools import cache, lru_cache

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

_TITLED = re.compile(
    r"(?<!\w)(?:السيده?|(?:monsieur|madame|mademoiselle|mme|mlle|mrs?|m\.))\s+"
    r"([^\W\d_]{3,})"
)
_INTRODUCED = re.compile(
    r"(?<!\w)(?:المسمي|المسماه|المسمين|المدعو|المدعوه|الملقب|الملقبه|المزداد|المزداده"
    r"|ازدادت?|المولوده?|من مواليد|تاريخ (?:ال)?(?:ازدياد|ازدياده|ازديادها|ولاده|ميلاد)"
    r"|ne en|nee en|date de naissance|date of birth"
    r"|denommee?|prenommee?|nommee?|ne\(?e?\)? le|nee le|surnommee?|named|born on)"
    r" ?:? \S"
    r"|(?<!\w)(?:pseudo(?:nyme)?|(?:ال)?اسم (?:ال)?مستعار) ?: ?\S"
)
# With what words these begin: to look for a word is quicker than for a pattern.
_OPENING = frozenset(
    {
        *("السيد", "السيده", "monsieur", "madame", "mademoiselle", "mme", "mlle"),
        *("mr", "mrs", "m", "المسمي", "المسماه", "المسمين", "المدعو", "المدعوه"),
        *("الملقب", "الملقبه", "المزداد", "المزداده", "ازداد", "ازدادت", "المولود"),
        *("المولوده", "من", "تاريخ", "ne", "nee", "date", "denomme", "denommee"),
        *("prenomme", "prenommee", "nomme", "nommee", "surnomme", "surnommee"),
        *("named", "born", "pseudo", "pseudonyme", "اسم", "الاسم"),
    }
)
_NAME_WORD = re.compile(r"[^\W\d_]{2,}")
_LETTERS_ONLY = re.compile(r"[^\W\d_]+(?:[ '’-][^\W\d_]+){1,3}")
# Names of squares, schools and kings, not of persons in a case.
_NAME_PARTICLES = frozenset("el al ben bin ait ould بن ابن ايت ولد".split())  # noqa: SIM905
_HONOURED_BEFORE = frozenset("سيدي مولاي شارع ساحه sidi moulay avenue bd".split())  # noqa: SIM905
_HONOURED_AFTER = frozenset("خامس سادس ثاني v vi ii الخامس السادس الثاني".split())  # noqa: SIM905


def has_a_name(text: str) -> bool:
    """Whether a text introduces a person or holds a known given name and a surname."""
    return _is_introduced(text) or _has_full_name(text)


def _is_introduced(text: str) -> bool:
    """Whether a person is announced: by a title, or as "the so-called"."""
    # Letters that a point joins make one word when they are folded.
    if "." not in text and _OPENING.isdisjoint(fold(text).split()):
        return False
    typed = " ".join(plain(text).split())
    return bool(_INTRODUCED.search(typed)) or any(
        map(_could_be_surname, _TITLED.findall(typed))
    )


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
    "ذكر كتابة اكتبوا اختاروا اختر لائحة دون أرقام حذف خانة ورقة جدول صف سطر",
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
