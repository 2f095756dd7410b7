"""Invented cases: what happened, before anybody writes it down."""

from collections.abc import Sequence
from dataclasses import astuple, dataclass, replace
from random import Random

import pandas as pd

from qadaya.reference.history import circuit_in
from qadaya.synthetic.world import (
    CASES,
    CASES_OF_OTHER_YEARS,
    PROSECUTED,
    PROSECUTED_OF_OTHER_YEARS,
    case_weights,
)

BODIES = {
    "dgsn-pj": 26,
    "gr": 14,
    "bnpj": 10,
    "brpj": 9,
    "dgsn-cyber-brigade": 11,
    "dgsn-cyber-central": 6,
    "dgsn": 8,
    "dgsn-minors": 7,
    "gr-judicial-centre": 6,
    "gr-cyber": 2,
    "dgsn-digital-lab": 1,
}
SUBJECTS = {
    "possession": 30,
    "distribution": 27,
    "solicitation": 15,
    "production": 9,
    "incitement": 9,
    "extortion": 7,
    "other": 3,
}
PLATFORMS = {"NCMEC": 72, "CPS": 28}
NOT_PROSECUTED = {
    0: {"under_investigation": 90, "closed": 7, "referred": 3},
    1: {"under_investigation": 50, "closed": 38, "referred": 12},
    2: {"under_investigation": 22, "closed": 62, "referred": 16},
    3: {"under_investigation": 8, "closed": 74, "referred": 18},
}
# Chances after so many years: judged; seized on appeal once judged; decided there;
# taken to cassation once decided; decided there.
JUDGED = (0.4, 0.75, 0.92, 1.0)
APPEALED, APPEAL_DECIDED = 0.65, (0.15, 0.6, 0.85, 0.95)
TAKEN_FURTHER, CASSATION_DECIDED = 0.35, (0.0, 0.3, 0.6, 0.8)
MONTHS = (4, 6, 8, 12, 18, 24, 36, 48, 60)
FINES = (500, 1000, 2000, 5000, 10000, 20000)
_TRIES = 200


@dataclass(frozen=True)
class InventedCase:
    """One case, coded; months of dates are written like `2023-04`."""

    court_id: str
    year: int
    body: str | None
    subject: str | None
    platform: str
    prosecution: str
    first_instance: str = "none"
    appeal: str = "none"
    cassation: str = "none"
    imprisonment_months: int | None = None
    fine_mad: int | None = None
    suspended: bool = False
    reference: str = ""
    registered_month: str | None = None
    persons_prosecuted: int | None = None
    first_instance_month: str | None = None
    appeal_month: str | None = None
    cassation_month: str | None = None


def draw_cases(
    rng: Random, senders: Sequence[str], year: int, *, age: int, n_cases: int | None
) -> list[InventedCase]:
    """The cases of a year on the courts that send, older years further advanced.

    No two cases of a circuit and year are alike in everything that a return says, so
    that a rule which finds two alike has found a planted pair.
    """
    n = CASES.get(year, CASES_OF_OTHER_YEARS) if n_cases is None else n_cases
    n_prosecuted = PROSECUTED.get(year, PROSECUTED_OF_OTHER_YEARS)
    if n_cases is not None:
        n_prosecuted = n // 3
    weights = case_weights()[list(senders)]
    taken: set[tuple[object, ...]] = set()
    cases = [
        _unlike_others(rng, weights, year, min(age, 3), taken, number < n_prosecuted)
        for number in range(n)
    ]
    rng.shuffle(cases)
    return [_with_extras(rng, case, serial) for serial, case in enumerate(cases)]


def draw_case(rng: Random, court_id: str, year: int) -> InventedCase:
    """One more case of a court, still under investigation."""
    case = _draw(rng, court_id, year, age=0, prosecuted=False)
    return replace(case, prosecution="under_investigation")


def _unlike_others(
    rng: Random,
    weights: pd.Series,
    year: int,
    age: int,
    taken: set[tuple[object, ...]],
    prosecuted: bool,
) -> InventedCase:
    for _ in range(_TRIES):
        court_id = rng.choices(list(weights.index), list(weights))[0]
        case = _draw(rng, court_id, year, age, prosecuted)
        signature = (circuit_in(court_id, year), *astuple(case)[2:11])
        if signature not in taken:
            taken.add(signature)
            return case
    raise RuntimeError(f"no unlike case of {year} found in {_TRIES} tries")


def _draw(
    rng: Random, court_id: str, year: int, age: int, prosecuted: bool
) -> InventedCase:
    case = InventedCase(
        court_id=court_id,
        year=year,
        body=_one_of(rng, BODIES),
        subject=_one_of(rng, SUBJECTS),
        platform=_one_of(rng, PLATFORMS),
        prosecution="prosecuted" if prosecuted else _one_of(rng, NOT_PROSECUTED[age]),
    )
    return _tried(rng, case, age) if prosecuted else case


def _tried(rng: Random, case: InventedCase, age: int) -> InventedCase:
    if rng.random() >= JUDGED[age]:
        return replace(case, first_instance=rng.choice(("pending", "none")))
    verdict = _one_of(rng, {"convicted": 80, "acquitted": 14, "other": 6})
    case = replace(case, first_instance=verdict)
    if verdict == "convicted" and rng.random() < 0.75:
        case = _sentenced(rng, case)
    if verdict == "other" or rng.random() >= APPEALED:
        return case
    if rng.random() >= APPEAL_DECIDED[age]:
        return replace(case, appeal="pending")
    case = replace(case, appeal=_appeal_of(rng, verdict))
    if rng.random() >= TAKEN_FURTHER:
        return case
    if rng.random() >= CASSATION_DECIDED[age]:
        return replace(case, cassation="pending")
    decision = {"rejected": 65, "quashed": 20, "inadmissible": 15}
    return replace(case, cassation=_one_of(rng, decision))


def _appeal_of(rng: Random, verdict: str) -> str:
    if verdict == "acquitted":
        return _one_of(rng, {"upheld": 70, "convicted": 20, "overturned": 10})
    return _one_of(rng, {"upheld": 58, "amended": 30, "acquitted": 7, "overturned": 5})


def _sentenced(rng: Random, case: InventedCase) -> InventedCase:
    return replace(
        case,
        imprisonment_months=rng.choice(MONTHS),
        fine_mad=rng.choice(FINES) if rng.random() < 0.7 else None,
        suspended=rng.random() < 0.25,
    )


def _with_extras(rng: Random, case: InventedCase, serial: int) -> InventedCase:
    # Half a year between the steps; nothing is decided before it is registered.
    month = rng.randrange(1, 13)
    decided = [case.first_instance, case.appeal, case.cassation]
    dates = [
        _later(case.year, month, 6 * step) if code not in ("none", "pending") else None
        for step, code in enumerate(decided, start=1)
    ]
    return replace(
        case,
        reference=f"{case.year}/{2600 + serial % 7}/{1001 + 13 * serial}",
        registered_month=f"{case.year}-{month:02}",
        persons_prosecuted=(1 + (rng.random() < 0.12))
        if case.prosecution == "prosecuted"
        else None,
        first_instance_month=dates[0],
        appeal_month=dates[1],
        cassation_month=dates[2],
    )


def _later(year: int, month: int, months: int) -> str:
    years, rest = divmod(month - 1 + months, 12)
    return f"{year + years}-{rest + 1:02}"


def _one_of(rng: Random, weights: dict[str, int]) -> str:
    return rng.choices(list(weights), list(weights.values()))[0]
