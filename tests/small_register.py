"""A register of three courts and two years, small enough to add up by eye."""

import pandas as pd

COURTS = pd.DataFrame(
    {
        "circuit_id": ["ca-a", "ca-a", "ca-b", "ca-b"],
        "valid_from": pd.array([None, None, None, 2024], dtype="Int64"),
    },
    index=pd.Index(["ca-a", "tpi-a", "ca-b", "tpi-new"], name="court_id"),
)
COLUMNS = (
    "court_id",
    "circuit_id",
    "year",
    "platform",
    "body",
    "subject",
    "prosecution",
    "first_instance",
    "appeal",
    "cassation",
    "stage",
    "result",
    "imprisonment_months",
    "fine_mad",
)
NONE = ("none", "none", "none")
ROWS = [
    # Two alike in tpi-a, of which one convicted; a case nobody could name a body for.
    ("tpi-a", "ca-a", 2023, "NCMEC", "bnpj", "possession", "prosecuted",
     "convicted", "none", "none", "first_instance", "convicted", 24, 10000),
    ("tpi-a", "ca-a", 2023, "NCMEC", "bnpj", "possession", "closed", *NONE,
     "closed", "none", None, None),
    ("tpi-a", "ca-a", 2023, "CPS", None, "extortion", "closed", *NONE,
     "closed", "none", None, None),
    ("tpi-a", "ca-a", 2023, "CPS", "gr", None, "closed", *NONE,
     "closed", "none", None, None),
    ("ca-b", "ca-b", 2022, "NCMEC+CPS", "gr", "other", "prosecuted",
     "convicted", "upheld", "none", "appeal", "convicted", 6, None),
]  # fmt: skip


def cases():
    frame = pd.DataFrame(ROWS, columns=list(COLUMNS))
    return frame.assign(file="x.xlsx", sheet="1", row=range(12, 12 + len(frame)))


def many(counts, **changes):
    """Cases alike but for the columns given: `many({("ca-a", 2023): 5})`."""
    parts = []
    for (court, year), n in counts.items():
        circuit = COURTS.loc[court, "circuit_id"]
        one = (
            cases()
            .iloc[[1]]
            .assign(court_id=court, circuit_id=circuit, year=year, **changes)
        )
        parts += [one] * n
    return pd.concat(parts, ignore_index=True)


def a_return(court, year, state="accepted", accepted=1, refused=0, **other):
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
        "accepted": accepted,
        "refused": refused,
        "received_at": "2024-03-05T10:00:00+00:00",
        "synthetic": True,
        **other,
    }


def returns():
    return pd.DataFrame(
        [
            a_return("tpi-a", 2023, accepted=4, refused=1),
            a_return("ca-a", 2023, "nil", accepted=0),
            a_return("ca-b", 2022),
            a_return("ca-b", 2023, "refused", accepted=0, refused=2),
        ]
    )


def problems():
    return pd.DataFrame(
        {
            "return": ["tpi-a-2023", "ca-b-2023"],
            "court_id": ["tpi-a", "ca-b"],
            "year": [2023, 2023],
            "rule": ["platform_unknown", "personal_data"],
            "severity": ["block_row", "block_row"],
            "sheet": ["1", "1"],
            "row": [16, 12],
            "cell": ["E16", "C12"],
            "value": ["INTERPOL", "0612345678"],
            "facts": ["{}", "0612345678"],
        }
    )


def register():
    return cases(), returns(), problems()
