"""Which column of the form a heading names, in Arabic, French or English."""

import re
from functools import cache, lru_cache

from rapidfuzz import fuzz, process

from qadaya.reference import fold

OFFICIAL = (
    "court",
    "body",
    "subject",
    "platform",
    "prosecution",
    "first_instance",
    "appeal",
    "cassation",
)
# The court stands in the lines above as well; every other column is needed.
NEEDED = OFFICIAL[1:]
OUTCOMES = "outcomes"
ORDINAL = "ordinal"
REMARKS = "remarks"
_ASIDE = re.compile(
    r"(?<!\S)(?:اختياري|اختياريه|facultatif|facultative|optionnel|optionnelle|optional)(?!\S)"
)
_MONTH = r"(?:شهر|تاريخ|mois|month|date)\b.*"
_NUMBER = r"(?:رقم|عدد|مرجع|مراجع|reference|references|ref|numero|num|n|no|number)\b.*"
_COUNT = r"(?:عدد|nombre|number|nb|n)\b.*"
# The first that matches the whole folded heading counts.
_PATTERNS = (
    (
        "first_instance_month",
        _MONTH
        + r"(?:ابتداي\w*|premiere instance|1 ?e?re instance|first instance)(?: .*)?",
    ),
    ("appeal_month", _MONTH + r"(?:ال)?(?:استيناف\w*|appel|appeal)(?: .*)?"),
    ("cassation_month", _MONTH + r"(?:نقض|النقض|cassation)(?: .*)?"),
    (
        "registered_month",
        _MONTH
        + r"(?:تسجيل\w*|التسجيل|ورود|الورود|enregistrement|registration|registered|reception|reçu)(?: .*)?",
    ),
    (
        "persons_prosecuted",
        _COUNT
        + r"(?:متابع\w*|المتابع\w*|اشخاص|الاشخاص|متهمين|المتهمين|poursuivi\w*|personnes|prevenus|persons|people|accused)(?: .*)?",
    ),
    (
        "persons_prosecuted",
        r"(?:الاشخاص المتابعون|الاشخاص المتابعين|persons prosecuted|personnes poursuivies)",
    ),
    (
        "case_reference",
        _NUMBER
        + r"(?:ملف\w*|الملف|قضيه|القضيه|محضر|المحضر|مسطره|المسطره|dossier|affaire|case|pv|procedure|file)(?: .*)?",
    ),
    (
        "case_reference",
        r"(?:مرجع|المرجع|المراجع|reference|ref|case reference|case number|file number|dossier n|dossier)(?: .*)?",
    ),
    (
        "court",
        r"(?:اسم )?(?:ال)?محكمه(?: المعنيه| المصرحه| المختصه)?|المحاكم|(?:nom du )?tribunal|juridictions?|(?:name of )?(?:the )?court|tribunal cour|cour tribunal|courts?|cour",
    ),
    (
        "body",
        r"(?:ال)?(?:جهه|مصلحه|جهات)(?: .*)?(?:بحث|ابحاث|البحث|بالبحث|بالابحاث)(?: .*)?|الجهه المكلفه|الجهه الباحثه|الضابطه القضاييه المكلفه(?: .*)?|(?:service|organe|unite|autorite|entite|brigade)s? (?:charge\w*|enqueteu\w*|d enquete|investigat\w*)(?: .*)?|enqueteurs?|investigating (?:body|service|unit|agency|authority)|body(?: .*)?|(?:investigation|inquiry) (?:body|service)",
    ),
    (
        "subject",
        r"(?:ال)?موضوع(?: .*)?|طبيعه (?:الاشعار|الفعل|الجريمه)|نوع (?:الاشعار|الجريمه|القضيه)|objet(?: .*)?|sujet(?: .*)?|nature (?:du signalement|de l infraction|des faits)|subject(?: .*)?|infraction",
    ),
    (
        "platform",
        r"(?:ال)?(?:منصه|منصات|المنصتان)(?: .*)?|plate ?formes?(?: .*)?|platforms?(?: .*)?",
    ),
    (
        OUTCOMES,
        r"(?:ال)?مال(?: .*)?|نتيجه القضيه|issue(?: .*)?|sort (?:de|du|reserve)(?: .*)?|resultats?(?: .*)?|outcomes?(?: .*)?|suites? (?:de l affaire|judiciaires?|reservee?s? a l affaire)|decisions?",
    ),
    (
        "prosecution",
        r"(?:ال)?متابع(?:ه|ات)|(?:قرار|مقرر) النيابه العامه|قرار المتابعه|(?:ال)?اجراء المتخذ|poursuites?(?: .*)?|decision du parquet|decision du ministere public|suites? donnees?(?: .*)?|prosecution(?: .*)?|prosecution decision",
    ),
    (
        "first_instance",
        r"(?:ال)?(?:ابتداييا|ابتدايي|ابتداييه)|(?:ال)?مرحله الابتداييه|في المرحله الابتداييه|المحكمه الابتداييه|الحكم الابتدايي|(?:en |au )?(?:premiere|1 ?e?re|1er) instance|(?:1 ?e?re|premier) degre|(?:at )?first instance|instance",
    ),
    (
        "appeal",
        r"(?:ال)?(?:استينافيا|استينافي|استينافيه|استيناف)|(?:ال)?مرحله الاستينافيه|في المرحله الاستينافيه|محكمه الاستيناف|القرار الاستينافي|(?:en |l )?appel|cour d appel|(?:on )?appeals?|court of appeal",
    ),
    (
        "cassation",
        r"(?:ال)?نقض|محكمه النقض|(?:ال)?طعن بالنقض|(?:مرحله )النقض|(?:en )?cassation|cour de cassation|court of cassation|pourvoi en cassation",
    ),
    (
        REMARKS,
        r"(?:ال)?ملاحظ(?:ات|ه)(?: .*)?|observations?(?: .*)?|remarques?(?: .*)?|notes?|remarks?|comments?|commentaires?",
    ),
    (
        ORDINAL,
        r"ر ت|رت|ع ر|(?:ال)?رقم(?: الترتيبي| التسلسلي)?|(?:ال)?عدد(?: الترتيبي| الرتبي)?|(?:ال)?ترتيب|n|no|nr|num|numero(?: d ordre)?|n d ordre|n ordre|ordre|number|serial(?: no| number)?",
    ),
)
_COMPILED = tuple((column, re.compile(pattern)) for column, pattern in _PATTERNS)
_SPELLINGS = {
    "الجهه المكلفه بالبحث": "body",
    "موضوع الاشعار": "subject",
    "المنصه المعنيه cps necmec": "platform",
    "المنصه المعنيه": "platform",
    "المتابعه": "prosecution",
    "مال القضيه": OUTCOMES,
    "ابتداييا": "first_instance",
    "استينافيا": "appeal",
    "service charge de l enquete": "body",
    "objet du signalement": "subject",
    "plateforme concernee": "platform",
    "poursuites": "prosecution",
    "premiere instance": "first_instance",
    "cassation": "cassation",
}
_SAME_WORD = 88
_LONGEST = 90


@lru_cache(maxsize=4096)
def heading_column(text: str) -> str | None:
    """The column that a whole heading names, None for any other text.

    Besides the columns: `outcomes` (the heading over the three instances), `ordinal`
    and `remarks`, which are no part of the form and do no harm.
    """
    if not text or len(text) > _LONGEST:
        return None
    typed = " ".join(_ASIDE.sub(" ", fold(text)).split())
    if not typed:
        return ORDINAL if text.strip() == "#" else None
    for column, pattern in _COMPILED:
        if pattern.fullmatch(typed):
            return column
    return _misspelled(typed) if len(typed) > 6 else None


def columns_of_row(row: list[str]) -> dict[int, str]:
    """The columns that the cells of a row name, by position."""
    return {
        position: column
        for position, text in enumerate(row)
        if (column := heading_column(text)) is not None
    }


def is_heading_row(named: dict[int, str]) -> bool:
    """Whether a row that names these columns is the heading of a table.

    A row of cases may hold a word that is also a heading ("متابعة"), but never four,
    of which two are none of the words of decisions.
    """
    columns = set(named.values())
    first = columns & {"court", "body", "subject", "platform"}
    return len(columns & {*OFFICIAL, OUTCOMES}) >= 4 and len(first) >= 2


def n_headings(rows: list[list[str]]) -> int:
    """The largest number of official columns that one row names, and the next adds."""
    most = 0
    for row, following in zip(rows, [*rows[1:], []], strict=True):
        columns = set(columns_of_row(row).values())
        if len(columns & set(OFFICIAL)) >= 3:
            columns |= set(columns_of_row(following).values())
        most = max(most, len(columns & set(OFFICIAL)))
        if most == len(OFFICIAL):
            break
    return most


@cache
def _misspelled(typed: str) -> str | None:
    best = process.extractOne(
        typed, _SPELLINGS.keys(), scorer=fuzz.ratio, score_cutoff=_SAME_WORD
    )
    return _SPELLINGS[best[0]] if best else None
