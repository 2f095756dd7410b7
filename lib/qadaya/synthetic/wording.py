"""How courts write things down: many words for one code, in Arabic and in French."""

from dataclasses import dataclass
from functools import cache
from random import Random

from qadaya.reference import body_name, court_name
from qadaya.reference.tables import read_rows
from qadaya.synthetic.cases import InventedCase

Words = dict[str, dict[str, tuple[str, ...]]]

ARABIC: Words = {
    "platform": {
        "NCMEC": ("NECMEC", "NECMEC", "NCMEC", "NECMED"),
        "CPS": ("CPS",),
        "NCMEC+CPS": ("NECMEC / CPS", "CPS + NECMEC"),
    },
    "prosecution": {
        "prosecuted": ("متابعة", "متابعة", "توبع", "تمت المتابعة"),
        "closed": ("حفظ", "الحفظ"),
        "under_investigation": ("البحث جار", "في طور البحث"),
        "referred": ("إحالة على الاختصاص",),
    },
    "first_instance": {
        "convicted": ("إدانة", "الإدانة"),
        "acquitted": ("براءة", "البراءة"),
        "pending": ("رائجة", "في المداولة", "مدرجة"),
        "other": ("عدم الاختصاص", "سقوط الدعوى العمومية"),
    },
    "appeal": {
        "upheld": ("تأييد", "تأييد الحكم الابتدائي"),
        "amended": ("تعديل", "تأييد مع التعديل"),
        "overturned": ("إلغاء",),
        "convicted": ("إدانة",),
        "acquitted": ("براءة",),
        "pending": ("رائجة",),
    },
    "cassation": {
        "rejected": ("رفض الطلب",),
        "quashed": ("نقض وإحالة", "النقض والإحالة"),
        "inadmissible": ("عدم القبول",),
        "pending": ("رائجة",),
    },
    "subject": {
        "possession": ("حيازة مواد إباحية لقاصرين", "حيازة"),
        "distribution": ("نشر وتوزيع مواد إباحية لقاصرين", "نشر وتوزيع"),
        "production": ("إنتاج مواد إباحية لقاصرين",),
        "incitement": ("التحريض على استغلال الأطفال في مواد إباحية", "تحريض"),
        "solicitation": ("استدراج قاصر عبر الأنترنت", "استدراج قاصر"),
        "extortion": ("ابتزاز قاصر عبر الأنترنت", "ابتزاز قاصر"),
        "other": ("تحرش بقاصر عبر الأنترنت",),
    },
}
FRENCH: Words = {
    "platform": {
        "NCMEC": ("NCMEC", "NECMEC"),
        "CPS": ("CPS",),
        "NCMEC+CPS": ("NCMEC / CPS",),
    },
    "prosecution": {
        "prosecuted": ("Poursuivi", "Poursuite"),
        "closed": ("Classement sans suite",),
        "under_investigation": ("Enquête en cours",),
        "referred": ("Renvoi pour compétence",),
    },
    "first_instance": {
        "convicted": ("Condamnation",),
        "acquitted": ("Acquittement",),
        "pending": ("En cours", "En délibéré"),
        "other": ("Incompétence", "Extinction de l'action publique"),
    },
    "appeal": {
        "upheld": ("Confirmation",),
        "amended": ("Confirmation avec modification",),
        "overturned": ("Infirmation",),
        "convicted": ("Condamnation",),
        "acquitted": ("Acquittement",),
        "pending": ("En cours",),
    },
    "cassation": {
        "rejected": ("Rejet du pourvoi",),
        "quashed": ("Cassation avec renvoi",),
        "inadmissible": ("Irrecevabilité",),
        "pending": ("En cours",),
    },
    "subject": {
        "possession": ("Détention de matériel pornographique impliquant des mineurs",),
        "distribution": ("Diffusion et distribution", "Diffusion"),
        "production": ("Production de matériel pornographique impliquant des mineurs",),
        "incitement": ("Incitation",),
        "solicitation": ("Sollicitation d'un mineur en ligne",),
        "extortion": ("Chantage sur un mineur",),
        "other": ("Harcèlement d'un mineur en ligne",),
    },
}
# 12 months are a year, and Arabic has a word of its own for two of anything.
YEARS_ARABIC = {12: "سنة", 24: "سنتان", 36: "3 سنوات", 48: "4 سنوات", 60: "5 سنوات"}
_TO_ARABIC_DIGITS = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
TATWEEL = "ـ"
_NO_BREAK, _ZERO_WIDTH = "\N{NO-BREAK SPACE}", "\N{ZERO WIDTH NON-JOINER}"


@dataclass(frozen=True)
class Hand:
    """How one clerk writes: language, the sign for nothing, and habits."""

    language: str
    nothing: str = ""
    habits: tuple[str, ...] = ()

    def write(self, rng: Random, case: InventedCase) -> dict[str, str]:
        """What the clerk types for a case, by column of the form; optional ones too."""
        typed = {
            "court": court_name(case.court_id, self.language),
            "body": self.body(rng, case.body),
            "first_instance": self.verdict(rng, case),
        }
        for column in ("subject", "platform", "prosecution", "appeal", "cassation"):
            typed[column] = self.word(rng, column, getattr(case, column))
        typed = {column: self.dress(column, text) for column, text in typed.items()}
        return typed | _optional(case)

    def word(self, rng: Random, column: str, code: str | None) -> str:
        """A word for a code, or this clerk's sign for none."""
        if code in (None, "none"):
            return self.nothing
        words = ARABIC if self.language == "ar" else FRENCH
        return rng.choice(words[column][str(code)])

    def body(self, rng: Random, body_id: str | None) -> str:
        """A name of the body, or one of its variants in the same script."""
        if body_id is None:
            return self.nothing
        return rng.choice(_body_names(body_id, self.language))

    def verdict(self, rng: Random, case: InventedCase) -> str:
        """The judgment of first instance; a known sentence is written out."""
        months, fine = case.imprisonment_months, case.fine_mad
        if months is None:
            return self.word(rng, "first_instance", case.first_instance)
        if self.language == "ar":
            return _arabic_sentence(months, fine, suspended=case.suspended)
        return _french_sentence(months, fine, suspended=case.suspended)

    def dress(self, column: str, text: str) -> str:
        """The text with this clerk's habits: digits, stretching, stray spaces."""
        if "arabic_indic_digits" in self.habits:
            text = text.translate(_TO_ARABIC_DIGITS)
        if "tatweel" in self.habits and column in ("prosecution", "first_instance"):
            text = _stretched(text)
        if "stray_characters" in self.habits:
            text = text.replace(" ", _NO_BREAK, 1) + (_ZERO_WIDTH if text else "")
        return text


def court_alias(rng: Random, court_id: str, language: str) -> str:
    """Another full name of a court, as courts spell each other's names."""
    return rng.choice(_aliases(language)[court_id])


def arabic_digits(text: str) -> str:
    """The text with Arabic-Indic digits."""
    return text.translate(_TO_ARABIC_DIGITS)


def _optional(case: InventedCase) -> dict[str, str]:
    values = {
        "case_reference": case.reference,
        "registered_month": case.registered_month,
        "persons_prosecuted": case.persons_prosecuted,
        "first_instance_month": case.first_instance_month,
        "appeal_month": case.appeal_month,
        "cassation_month": case.cassation_month,
    }
    return {key: "" if value is None else str(value) for key, value in values.items()}


def _stretched(text: str) -> str:
    # Tatweel stands between two joined letters, so the first of them must join on.
    inside = len(text) > 3 and _joins(text[1]) and text[2] != " "
    return text[:2] + TATWEEL * 2 + text[2:] if inside else text


def _joins(letter: str) -> bool:
    return "\u0621" < letter < "\u064b" and letter not in "آأؤإاةدذرزوى"


def _arabic_sentence(months: int, fine: int | None, *, suspended: bool) -> str:
    how = "موقوف التنفيذ" if suspended else "نافذا"
    term = YEARS_ARABIC.get(months) or (
        f"{months} أشهر" if months <= 10 else f"{months} شهرا"
    )
    return f"{term} حبسا {how}" + (
        f" وغرامة {_thousands(fine, '.')} درهم" if fine else ""
    )


def _french_sentence(months: int, fine: int | None, *, suspended: bool) -> str:
    years, rest = divmod(months, 12)
    term = f"{months} mois" if rest else f"{years} an{'s' * (years > 1)}"
    how = "avec sursis" if suspended else "ferme"
    return f"{term} de prison {how}" + (
        f" et amende de {_thousands(fine, ' ')} DH" if fine else ""
    )


def _thousands(amount: int, mark: str) -> str:
    return f"{amount:,}".replace(",", mark)


@cache
def _variants() -> dict[str, list[str]]:
    rows = read_rows("investigating_bodies.csv")
    return {row["body_id"]: row["variants"].split("|") for row in rows}


@cache
def _body_names(body_id: str, language: str) -> list[str]:
    if language != "ar":
        return [body_name(body_id, language)]
    arabic = [v for v in _variants()[body_id] if "\u0621" <= v[0] <= "\u064a"]
    return [body_name(body_id, "ar"), *arabic[:3]]


@cache
def _aliases(language: str) -> dict[str, list[str]]:
    start = ("المحكمة", "محكمة") if language == "ar" else ("Tribunal", "Cour ", "TPI")
    names: dict[str, list[str]] = {}
    for row in read_rows("court_aliases.csv"):
        alias, court_id = row["alias"], row["court_id_or_city"]
        # A section of a court has its own sign, but sends no return.
        section = "الأسرة" in alias or "famille" in alias
        if alias.startswith(start) and not court_id.startswith("city:") and not section:
            names.setdefault(court_id, []).append(alias)
    return names
