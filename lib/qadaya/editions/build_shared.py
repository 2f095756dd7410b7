"""Building a shared edition: counted once, protected once, attacked, then written."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from qadaya.counting.count import count_cells
from qadaya.counting.reporting import courts_by_status, is_synthetic, reporting_grid
from qadaya.editions.edition import Edition, edition_at, editions_folder
from qadaya.editions.folder import next_number, same_edition, write_edition
from qadaya.editions.manifest import Manifest, RoundingError, RowCounts
from qadaya.editions.protection.methods import method_of
from qadaya.editions.protection.policy import Policy
from qadaya.editions.protection.protected import (
    Counted,
    Protected,
    require_one_method,
)
from qadaya.editions.provenance import (
    frame_digest,
    inputs_fingerprint,
    inputs_of,
    versions,
)
from qadaya.editions.register_secrets import Secrets
from qadaya.vocabulary import NIL, REPORTED, SHARED


def build_shared(
    cases: pd.DataFrame,
    returns: pd.DataFrame,
    *,
    courts: pd.DataFrame,
    folder: Path | None,
    as_of: str,
    policy: Policy,
    secrets: Secrets,
    known: Mapping[str, str],
) -> Edition:
    """The shared edition of these cases; the one on disk when nothing has changed.

    Raises: DisclosureError when it would give a case away; EditionError when it cannot
    be written. Neither leaves anything behind.
    """
    place = editions_folder(folder) / SHARED
    cells = _inner_cells(cases, policy)
    reporting = _without_nil(reporting_grid(returns, courts))
    facts = _facts(cells, reporting, returns, as_of, policy)
    mark = secrets.digest(inputs_fingerprint(facts))
    if (existing := same_edition(place, mark)) is not None:
        return edition_at(existing)
    records = {number: secrets.recall(number) for number in secrets.numbers(place)}
    require_one_method(
        policy.rule, {number: rule for number, (_, rule) in records.items()}
    )
    # Other counts, other draws: what chance did once says nothing of the next edition.
    seed = secrets.seed_of(mark)
    counted = Counted(cells, reporting, policy, seed, records, secrets.recall_tables)
    made = method_of(policy.rule).protect(counted)
    # Where a year is repeated, so is who had reported when it was published.
    reporting = made.tables.get("reporting", reporting)
    manifest = Manifest(
        number=next_number(place, as_of, taken=records),
        audience=SHARED,
        as_of=as_of,
        synthetic=is_synthetic(returns),
        years=sorted({int(year) for year in reporting["year"]}),
        rule=made.rule,
        rows=RowCounts(accepted=made.accepted, refused=None),
        reporting=courts_by_status(reporting),
        inputs=_who_reported(reporting),
        inputs_digest=secrets.digest(frame_digest(_inputs(returns))),
        # Of the lines of the log a hash that this register alone can make.
        known={name: secrets.keyed(name, value) for name, value in known.items()},
        parameters={"as_of": as_of, "protection": policy.public()},
        versions=versions(),
        fingerprint=mark,
        bounds={name: RoundingError(**error) for name, error in made.bounds.items()},
        published_first=made.proof.get("published_first", {}),
    )
    return _write(place, manifest, made, reporting, secrets)


def _write(
    place: Path,
    manifest: Manifest,
    made: Protected,
    reporting: pd.DataFrame,
    secrets: Secrets,
) -> Edition:
    number, tables = manifest.number, made.tables | {"reporting": reporting}
    # The record first: an edition without one could never be followed by another.
    secrets.remember(number, made.record, made.rule, made.repeated)
    try:
        return edition_at(write_edition(place, manifest, tables, proof=made.proof))
    except BaseException:
        secrets.forget(number)
        raise


def _inner_cells(cases: pd.DataFrame, policy: Policy) -> pd.DataFrame:
    cells = count_cells(cases)
    return cells.groupby(list(policy.inner), as_index=False).agg({"n": "sum"})


def _without_nil(reporting: pd.DataFrame) -> pd.DataFrame:
    # Whether a court sent a nil return or one or two cases must not show.
    status = reporting["status"].replace(NIL, REPORTED)
    return reporting.assign(status=status)


def _facts(
    cells: pd.DataFrame,
    reporting: pd.DataFrame,
    returns: pd.DataFrame,
    as_of: str,
    policy: Policy,
) -> dict[str, Any]:
    return {
        "audience": SHARED,
        "as_of": as_of,
        "policy": policy.public(),
        "cells": frame_digest(cells),
        "reporting": frame_digest(reporting),
        "inputs": frame_digest(_inputs(returns)),
    }


def _inputs(returns: pd.DataFrame) -> pd.DataFrame:
    return pd.DataFrame(inputs_of(returns))


def _who_reported(reporting: pd.DataFrame) -> list[dict[str, Any]]:
    """The court and year of each return counted; their files are in the digest."""
    came = reporting[reporting["status"] == REPORTED]
    return [
        {"court_id": court, "year": int(year)}
        for court, year in zip(came["court_id"], came["year"], strict=True)
    ]
