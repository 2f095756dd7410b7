"""Personal data: which share is found, and how often there is a false alarm.

The names are given and family names that are common in Morocco, put together at random
and not taken from the list by which the rule knows names; nobody is meant. Harmless is
what courts write in the same cells: sentences, references, articles, courts, bodies.
"""

from collections.abc import Iterable
from random import Random

from _timing import arguments, print_load

from qadaya.reference import bodies, courts
from qadaya.returns.personal import is_personal

GIVEN = [
    "Yassine",
    "Hamza",
    "Ayoub",
    "Anas",
    "Othmane",
    "Zakaria",
    "Soufiane",
    "Amine",
    "Bilal",
    "Ilyas",
    "Reda",
    "Mehdi",
    "Youssef",
    "Adil",
    "Hicham",
    "Khalid",
    "Rachid",
    "Said",
    "Mustapha",
    "Driss",
    "Abdellah",
    "Hassan",
    "Brahim",
    "Omar",
    "Nabil",
    "Karim",
    "Jamal",
    "Tarik",
    "Badr",
    "Walid",
    "Marouane",
    "Ismail",
    "Taha",
    "Adam",
    "Rayan",
    "Nizar",
    "Fouad",
    "Fatima",
    "Khadija",
    "Aicha",
    "Meryem",
    "Salma",
    "Imane",
    "Hajar",
    "Sara",
    "Zineb",
    "Nadia",
    "Samira",
    "Hanane",
    "Loubna",
    "Asmae",
    "Ghita",
    "Chaimae",
    "Oumaima",
    "Kawtar",
    "Houda",
    "Naima",
    "Malika",
    "Latifa",
    "Rajae",
    "Sanae",
    "Wafae",
    "Ikram",
    "Dounia",
    "Btissam",
    "Hasnae",
    "Nisrine",
    "Yasmine",
    "Rim",
    "Aya",
    "Lina",
    "Soukaina",
]
GIVEN_ARABIC = [
    "ياسين",
    "حمزة",
    "أيوب",
    "أنس",
    "عثمان",
    "زكرياء",
    "سفيان",
    "أمين",
    "بلال",
    "إلياس",
    "رضا",
    "المهدي",
    "يوسف",
    "عادل",
    "هشام",
    "خالد",
    "رشيد",
    "سعيد",
    "مصطفى",
    "إدريس",
    "عبدالله",
    "حسن",
    "إبراهيم",
    "عمر",
    "نبيل",
    "كريم",
    "جمال",
    "طارق",
    "بدر",
    "وليد",
    "مروان",
    "إسماعيل",
    "طه",
    "ريان",
    "نزار",
    "فؤاد",
    "فاطمة",
    "خديجة",
    "عائشة",
    "مريم",
    "سلمى",
    "إيمان",
    "هاجر",
    "سارة",
    "زينب",
    "نادية",
    "سميرة",
    "حنان",
    "لبنى",
    "أسماء",
    "غيثة",
    "شيماء",
    "أميمة",
    "كوثر",
    "هدى",
    "نعيمة",
    "مليكة",
    "لطيفة",
    "رجاء",
    "سناء",
    "وفاء",
    "إكرام",
    "دنيا",
    "بتسام",
    "حسناء",
    "نسرين",
    "ياسمين",
    "ريم",
    "لينا",
    "سكينة",
]
FAMILY = [
    "Alaoui",
    "Idrissi",
    "Bennani",
    "Tazi",
    "Fassi",
    "Berrada",
    "Benjelloun",
    "Chraibi",
    "Lahlou",
    "Sqalli",
    "Filali",
    "Amrani",
    "Ouazzani",
    "Naciri",
    "Bouzidi",
    "Zerouali",
    "Hakimi",
    "Ziani",
    "Benkirane",
    "Mansouri",
    "Haddad",
    "Cherkaoui",
    "Sefrioui",
    "Kabbaj",
    "Guessous",
    "Rhazi",
    "Belkadi",
    "Ouahbi",
    "Ait",
    "Bouhlal",
    "Toumi",
    "Hajji",
]
FAMILY_ARABIC = [
    "العلوي",
    "الإدريسي",
    "بناني",
    "التازي",
    "الفاسي",
    "برادة",
    "بنجلون",
    "الشرايبي",
    "لحلو",
    "الصقلي",
    "الفيلالي",
    "العمراني",
    "الوزاني",
    "الناصري",
    "البوزيدي",
    "الزروالي",
    "حكيمي",
    "الزياني",
    "بنكيران",
    "المنصوري",
    "الحداد",
    "الشرقاوي",
    "الصفريوي",
    "القباج",
    "كسوس",
    "الغازي",
    "بلقاضي",
    "الوهبي",
    "بوهلال",
    "التومي",
    "حجي",
]
PSEUDONYMS = [
    "dark_wolf99",
    "night.rider",
    "queen2005",
    "الذئب_الأسود",
    "user88231",
    "القناص",
    "zorro_ma",
]


def main() -> None:
    asked = arguments(__doc__, repeats=1)
    rng = Random(2023)
    n = 100 if asked.small else 5000
    shares = {
        "full names": found(_full_names(rng, n)),
        "full names after a word of the case": found(
            f"متابعة {name}" for name in _full_names(rng, n)
        ),
        "numbers and addresses": found(_numbers(rng, n)),
        "family names alone": found([*FAMILY, *FAMILY_ARABIC]),
        "pseudonyms": found(PSEUDONYMS),
    }
    for what, share in shares.items():
        print(f"found, {what}: {share:.1%}")
    print(f"false alarms, harmless texts: {found(_harmless(rng, n)):.2%}")
    print_load()


def found(texts: Iterable[str]) -> float:
    """The share of texts that are taken for personal data."""
    answers = [is_personal(text) for text in texts]
    return sum(answers) / len(answers)


def _full_names(rng: Random, n: int) -> list[str]:
    latin = [f"{rng.choice(GIVEN)} {rng.choice(FAMILY)}" for _ in range(n // 2)]
    arabic = [
        f"{rng.choice(GIVEN_ARABIC)} {rng.choice(FAMILY_ARABIC)}" for _ in range(n // 2)
    ]
    return latin + arabic


def _numbers(rng: Random, n: int) -> list[str]:
    """Numbers in the forms in which they are written; none was given to anybody."""

    def digits(size: int) -> str:
        return "".join(rng.choices("0123456789", k=size))

    kinds = (
        lambda: f"0{rng.choice('567')}{digits(8)}",
        lambda: (
            f"+212 {rng.choice('567')} {digits(2)} {digits(2)} {digits(2)} {digits(2)}"
        ),
        lambda: f"{rng.choice('ABCD')}{rng.choice('ABHJK')}{digits(6)}",
        lambda: f"x{digits(3)}@example.invalid",
        lambda: f"192.0.2.{rng.randrange(256)}",
        lambda: (
            f"MA{digits(2)} {digits(4)} {digits(4)} {digits(4)} {digits(4)} "
            f"{digits(4)} {digits(4)}"
        ),
        lambda: digits(24),
        lambda: (
            f"{rng.randrange(1, 29):02}/{rng.randrange(1, 13):02}/"
            f"{rng.randrange(1950, 2013)}"
        ),
        lambda: f"IMEI {digits(15)}",
    )
    return [rng.choice(kinds)() for _ in range(n)]


def _harmless(rng: Random, n: int) -> list[str]:
    names = [
        name
        for frame, columns in (
            (courts(), ("name_ar", "name_fr", "city_ar", "city_fr")),
            (bodies(), ("name_ar", "name_fr", "name_en")),
        )
        for column in columns
        for name in frame[column].dropna()
    ]
    number = rng.randrange
    kinds = (
        lambda: rng.choice(names),
        lambda: f"{number(2015, 2025)}/{number(2100, 2700)}/{number(1, 9999)}",
        lambda: f"{number(1, 60)} شهرا حبسا نافذا وغرامة {number(1, 50)}.000 درهم",
        lambda: f"{number(1, 60)} mois de prison ferme et {number(1, 50)} 000 DH",
        lambda: f"الفصل {number(1, 600)}-{number(1, 9)} من القانون الجنائي",
        lambda: (
            f"حكم عدد {number(1, 9999)} بتاريخ {number(1, 29)}/{number(1, 13)}/"
            f"{number(2019, 2025)}"
        ),
        lambda: f"PV n° {number(1, 99999)}/{number(2019, 2025)}",
        lambda: f"CyberTipline {number(10**7, 10**9)}",
        lambda: repr(rng.random() * number(1, 1000)),
        lambda: rng.choice(
            (
                "أحيل على السيد وكيل الملك",
                "عدم الاختصاص",
                "رائجة بجلسة 12/03/2024",
                "تأييد الحكم الابتدائي مع تعديله",
                "En cours d'instruction",
            )
        ),
    )
    return [rng.choice(kinds)() for _ in range(n)]


if __name__ == "__main__":
    main()
