"""Building an edition: cases in, a folder of tables with its manifest out."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd

from qadaya.counting.count import NEEDED_COLUMNS, count_cells
from qadaya.counting.reporting import (
    accepted_returns,
    courts_by_status,
    is_synthetic,
    reported_cases,
    reporting_grid,
    years_reported,
)
from qadaya.counting.sums import TABLE_COLUMNS, table_of
from qadaya.editions.build_shared import build_shared
from qadaya.editions.edition import (
    Edition,
    edition_at,
    editions_folder,
    hold_the_border,
)
from qadaya.editions.folder import next_number, same_edition, write_edition
from qadaya.editions.manifest import Manifest
from qadaya.editions.protection.policy import Policy, read_policy
from qadaya.editions.provenance import (
    frame_digest,
    inputs_fingerprint,
    inputs_of,
    row_counts,
    versions,
)
from qadaya.editions.register_secrets import Secrets
from qadaya.errors import EditionError
from qadaya.reference.history import courts_as_opened
from qadaya.vocabulary import (
    AUDIENCES,
    INTERNAL,
    PERSONAL_DATA,
    PLATFORMS,
    RESULTS,
    SHARED,
    STAGES,
)

_ALLOWED = {"platform": PLATFORMS, "stage": STAGES, "result": RESULTS}
_RETURN_COLUMNS = (
    "return",
    "court_id",
    "year",
    "version",
    "supplement",
    "current",
    "state",
    "accepted",
    "refused",
    "covered",
    "received_at",
    "file",
    "sheet",
    "sha256",
    "synthetic",
)
# What a problem may say of itself in an edition: its place and its rule. Other facts
# of a problem can quote a cell, so they stay in the register.
_PROBLEM_COLUMNS = (
    "return",
    "court_id",
    "year",
    "rule",
    "severity",
    "sheet",
    "row",
    "cell",
    "value",
)


def build_edition(
    cases: pd.DataFrame,
    returns: pd.DataFrame,
    problems: pd.DataFrame,
    difficulties: pd.DataFrame | None = None,
    known: Mapping[str, str] | None = None,
    decisions: pd.DataFrame | None = None,
    *,
    audience: str,
    folder: Path | None = None,
    as_of: str | None = None,
    courts: pd.DataFrame | None = None,
    policy: Policy | None = None,
    register: Path | None = None,
) -> Edition:
    """The edition of these cases, counted; the one on disk when nothing has changed.

    `cases`, `returns`, `problems`: as the register gives them, a row each. `as_of`:
    ISO date, otherwise the day the latest return was received. `courts`: indexed by
    court_id, otherwise those of the reference as they opened. For a shared edition,
    `policy`: otherwise params/protection.yml; `register`: the folder that keeps the
    secrets.
    `difficulties`: how many courts named each theme; `decisions`: those of the desk
    that were applied; `known`: the moment of the
    register, noted in the manifest so that it can be counted again.

    Raises: EditionError when the cases cannot be counted or the folder not written;
    DisclosureError when a shared edition would give a case away.
    """
    if audience not in AUDIENCES:
        raise EditionError(
            f"audience is {audience!r}; expected one of {', '.join(AUDIENCES)}"
        )
    # Building takes cases, whoever the edition is for.
    hold_the_border(INTERNAL)
    courts = courts_as_opened() if courts is None else courts
    as_of = as_of_date(as_of, returns)
    require_one_kind(returns)
    cases = reported_cases(cases, returns)
    check_cases(cases, returns, courts)
    if audience == SHARED:
        return build_shared(
            cases,
            returns,
            courts=courts,
            folder=folder,
            as_of=as_of,
            policy=policy or read_policy(),
            secrets=Secrets(register, synthetic=is_synthetic(returns)),
            known=known or {},
        )
    tables = _tables(cases, returns, problems, courts)
    further = {"difficulties": difficulties, "decisions": decisions}
    tables |= {name: each for name, each in further.items() if each is not None}
    return _internal(tables, returns, folder, as_of, known or {})


def as_of_date(as_of: str | None, returns: pd.DataFrame) -> str:
    """The date of the edition: as given, else the day of the latest return.

    Raises: EditionError for no date, or one before the latest return came in.
    """
    if returns.empty:
        by_then = f" received by {as_of}" if as_of else ""
        raise EditionError(
            f"the register holds no return{by_then}; receive some with "
            "`qadaya receive` first"
        )
    latest = str(returns["received_at"].max())[:10]
    if as_of is None:
        return latest
    try:
        date.fromisoformat(as_of)
    except ValueError:
        raise EditionError(
            f"as-of date is {as_of!r}; expected a date such as {latest}"
        ) from None
    if as_of < latest:
        raise EditionError(
            f"as-of date is {as_of}, before the latest return came in ({latest}); "
            f"expected {latest} or later"
        )
    return as_of


def require_one_kind(returns: pd.DataFrame) -> None:
    """Refuse invented returns among real ones: neither could be published for itself.

    Raises: EditionError naming the first invented one that would be counted.
    """
    counted = accepted_returns(returns)
    invented = counted["synthetic"].astype(bool)
    if invented.any() and not invented.all():
        first = counted.loc[invented, "file"].iloc[0]
        raise EditionError(
            f"the register holds {int(invented.sum())} invented returns (the first is "
            f"{first}) among {len(counted)}; expected real or invented ones only. "
            "Receive the real ones into a register of their own"
        )


def check_cases(
    cases: pd.DataFrame, returns: pd.DataFrame, courts: pd.DataFrame
) -> None:
    """Refuse cases that a table cannot place.

    Raises: EditionError naming the column and the code.
    """
    absent = [column for column in NEEDED_COLUMNS if column not in cases]
    if absent:
        raise EditionError(
            f"the cases lack {', '.join(absent)}; expected the cases of a register"
        )
    allowed: dict[str, set[Any]] = {
        column: set(codes) for column, codes in _ALLOWED.items()
    }
    allowed["court_id"] = set(courts.index)
    allowed["year"] = set(years_reported(returns))
    for column, codes in allowed.items():
        strange = sorted(set(cases[column].dropna()) - codes) + [None] * bool(
            cases[column].isna().any()
        )
        if strange:
            raise EditionError(
                f"the cases have {column} {strange[0]!r}; expected one of the codes "
                "of the vocabulary, the courts and the years of accepted returns"
            )


def _tables(
    cases: pd.DataFrame,
    returns: pd.DataFrame,
    problems: pd.DataFrame,
    courts: pd.DataFrame,
) -> dict[str, pd.DataFrame]:
    cells = count_cells(cases)
    tables = {name: table_of(cells, name) for name in TABLE_COLUMNS}
    tables["reporting"] = reporting_grid(returns, courts)
    tables["returns"] = received(returns)
    tables["problems"] = without_values(problems)
    return tables


def _internal(
    tables: dict[str, pd.DataFrame],
    returns: pd.DataFrame,
    folder: Path | None,
    as_of: str,
    known: Mapping[str, str],
) -> Edition:
    place = editions_folder(folder) / INTERNAL
    facts: dict[str, Any] = {
        "audience": INTERNAL,
        "as_of": as_of,
        "inputs": inputs_of(returns),
        "parameters": {"as_of": as_of},
        "contents": {name: frame_digest(table) for name, table in tables.items()},
    }
    mark = inputs_fingerprint(facts)
    if (existing := same_edition(place, mark)) is not None:
        return edition_at(existing)
    manifest = Manifest(
        number=next_number(place, as_of),
        audience=INTERNAL,
        as_of=as_of,
        synthetic=is_synthetic(returns),
        years=years_reported(returns),
        rows=row_counts(returns),
        reporting=courts_by_status(tables["reporting"]),
        inputs=facts["inputs"],
        known=dict(known),
        parameters=facts["parameters"],
        versions=versions(),
        fingerprint=mark,
        bounds={},
    )
    return edition_at(write_edition(place, manifest, tables))


def received(returns: pd.DataFrame) -> pd.DataFrame:
    """The returns as an internal edition holds them, one row each, every version."""
    return _columns(returns, _RETURN_COLUMNS)


def without_values(problems: pd.DataFrame) -> pd.DataFrame:
    """The problems as an edition may hold them: of personal data, only the cell."""
    kept = _columns(problems, _PROBLEM_COLUMNS)
    typed = kept["value"].astype("object")
    return kept.assign(value=typed.where(kept["rule"] != PERSONAL_DATA, None))


def _columns(frame: pd.DataFrame, names: tuple[str, ...]) -> pd.DataFrame:
    kept = frame[[name for name in names if name in frame]].reset_index(drop=True)
    # A year that was not found leaves the others whole numbers.
    whole = {name: "Int64" for name in ("year", "row", "version") if name in kept}
    return kept.astype(whole)
