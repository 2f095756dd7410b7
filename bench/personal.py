"""Personal data: which share is found, and how often there is a false alarm.

The names are given and family names that are common in Morocco, put together at random
and not taken from the list by which the rule knows names; nobody is meant. Harmless is
what courts write in the same cells: sentences, references, articles, courts, bodies.
"""

from collections.abc import Iterable
from pathlib import Path
from random import Random

import yaml
from _figures import Figure, arguments

from qadaya.reference import bodies, courts
from qadaya.returns.personal import is_personal

NAMES: dict[str, list[str]] = yaml.safe_load(
    Path(__file__).with_name("names.yml").read_text(encoding="utf-8")
)
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
        "family names alone": found(NAMES["family"] + NAMES["family_arabic"]),
        "pseudonyms": found(PSEUDONYMS),
    }
    for what, share in shares.items():
        asked.findings.add(Figure(f"found, {what}", "%", [100 * share]))
    alarms = 100 * found(_harmless(rng, n))
    asked.findings.add(Figure("false alarms, harmless texts", "%", [alarms], most=0))
    asked.findings.note(f"{n:,} texts of each sort; names that no list here holds.")


def found(texts: Iterable[str]) -> float:
    """The share of texts that are taken for personal data."""
    answers = [is_personal(text) for text in texts]
    return sum(answers) / len(answers)


def _full_names(rng: Random, n: int) -> list[str]:
    latin, arabic = (
        [
            f"{rng.choice(NAMES[given])} {rng.choice(NAMES[family])}"
            for _ in range(n // 2)
        ]
        for given, family in (("given", "family"), ("given_arabic", "family_arabic"))
    )
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
