"""Cases of real courts, a few of each, and the editions made of them."""

from pathlib import Path

import pandas as pd

from qadaya.editions.build import build_edition
from qadaya.reference import circuit_of
from qadaya.vocabulary import stage_and_result

# court, year, how many, platform, subject, prosecution, outcomes at three instances
NONE = ("none", "none", "none")
OPEN = ("under_investigation", *NONE)
JUDGED = ("prosecuted", "convicted", "none", "none")
UPHELD = ("prosecuted", "convicted", "upheld", "none")
APPEALED = ("prosecuted", "acquitted", "pending", "none")
QUASHED = ("prosecuted", "convicted", "amended", "quashed")
WAITING = ("prosecuted", "pending", "none", "none")
ROWS = [
    ("tpi-sale", 2023, 3, "NCMEC", "possession", OPEN),
    ("tpi-sale", 2023, 4, "CPS", "distribution", JUDGED),
    ("tpi-rabat", 2023, 6, "NCMEC", "possession", UPHELD),
    ("ca-fes", 2023, 3, "NCMEC", "extortion", QUASHED),
    ("tpi-casablanca-penale", 2023, 5, "NCMEC", "possession", APPEALED),
    ("tpi-sale", 2024, 4, "NCMEC", "possession", WAITING),
    ("tpi-rabat", 2024, 9, "CPS", "distribution", OPEN),
    ("tpi-casablanca-penale", 2024, 12, "NCMEC", "distribution", JUDGED),
]
NIL = [("ca-errachidia", 2023), ("ca-errachidia", 2024), ("ca-fes", 2024)]


def cases(rows=ROWS):
    parts = [_case(*row[:2], *row[3:]) for row in rows for _ in range(row[2])]
    return pd.DataFrame(parts)


def returns(rows=ROWS, nil=NIL, received="2025-03-05T10:00:00+00:00"):
    reported = dict.fromkeys((court, year) for court, year, *_ in rows)
    named = [(*place, "accepted") for place in reported]
    named += [(*place, "nil") for place in nil]
    return pd.DataFrame([_return(*one, received) for one in named])


def problems():
    return pd.DataFrame(
        [
            ("tpi-sale-2023", "tpi-sale", 2023, "counted_twice", "ask"),
            ("tpi-sale-2023", "tpi-sale", 2023, "platform_missing", "block_row"),
            ("ca-fes-2024", "ca-fes", 2024, "nil_return", "note"),
        ],
        columns=["return", "court_id", "year", "rule", "severity"],
    ).assign(sheet="1", row=12, cell="D12", value=None)


def edition(folder, audience="internal", *, rows=ROWS, received=None, **facts):
    came = returns(rows, received=received) if received else returns(rows)
    # The secrets of these editions stay beside them, not in the project's register.
    facts.setdefault("register", Path(folder) / "register")
    return build_edition(
        cases(rows), came, problems(), audience=audience, folder=folder, **facts
    )


def both_editions(folder):
    for audience in ("internal", "shared"):
        edition(folder, audience)


def _case(court, year, platform, subject, outcomes):
    stage, result = stage_and_result(*outcomes)
    names = ("prosecution", "first_instance", "appeal", "cassation")
    return {
        "court_id": court,
        "circuit_id": circuit_of(court),
        "year": year,
        "platform": platform,
        "body": "bnpj",
        "subject": subject,
        **dict(zip(names, outcomes, strict=True)),
        "stage": stage,
        "result": result,
        "imprisonment_months": 24 if result == "convicted" else None,
        "fine_mad": None,
    }


def _return(court, year, state, received):
    return {
        "return": f"{court}-{year}",
        "sha256": f"{court}{year}".encode().hex().ljust(64, "0"),
        "file": f"{court}-{year}.xlsx",
        "sheet": "1",
        "court_id": court,
        "year": year,
        "version": 1,
        "current": True,
        "state": state,
        "accepted": 0 if state == "nil" else 1,
        "refused": 0,
        "received_at": received,
        "synthetic": True,
    }
