"""Building a shared edition: counted once, rounded once, attacked, then written."""

from pathlib import Path
from typing import Any

import pandas as pd

from qadaya.errors import DisclosureError
from qadaya.tables.audit import audit
from qadaya.tables.count import count_cells
from qadaya.tables.disclosure.margins import published_cells
from qadaya.tables.edition import Edition, edition_at, editions_folder
from qadaya.tables.publication.folder import next_number, same_edition, write_edition
from qadaya.tables.publication.manifest import (
    fingerprint,
    frame_digest,
    inputs_of,
    versions,
)
from qadaya.tables.publication.policy import Policy
from qadaya.tables.publication.proof import attack_tables, proof_of, require_width
from qadaya.tables.publication.rounded import Rounded, error_bounds, round_cells
from qadaya.tables.publication.secret import Secrets
from qadaya.tables.publication.vintages import (
    more,
    require_batch,
    require_wide_differences,
)
from qadaya.tables.reporting import (
    complete_years,
    courts_by_status,
    is_synthetic,
    reporting_grid,
    years_reported,
)
from qadaya.tables.sums import table_of


def build_shared(
    cases: pd.DataFrame,
    returns: pd.DataFrame,
    *,
    courts: pd.DataFrame,
    folder: Path | None,
    as_of: str,
    policy: Policy,
    secrets: Secrets,
) -> Edition:
    """The shared edition of these cases; the one on disk when nothing has changed.

    Raises: DisclosureError when it would give a case away; EditionError when it cannot
    be written. Neither leaves anything behind.
    """
    place = editions_folder(folder) / "shared"
    cells = _inner_cells(cases, policy)
    reporting = _without_nil(reporting_grid(returns, courts))
    facts = _facts(cells, reporting, returns, as_of, policy)
    mark = secrets.digest(fingerprint(facts))
    if (existing := same_edition(place, mark)) is not None:
        return edition_at(existing)
    earlier = secrets.numbers(place)
    before = secrets.recall(earlier[-1]) if earlier else None
    if before is not None:
        require_batch(cells, before, earlier[-1], policy.batch)
    rounded = round_cells(cells, policy, seed=secrets.seed, before=before)
    tables = _tables(rounded.public_cells, policy)
    bounds = error_bounds(rounded, policy)
    _withstand_memory(rounded, tables, earlier, secrets, policy)
    attacks = attack_tables(
        tables,
        rule=rounded.rule,
        policy=policy,
        bounds=bounds,
        years=complete_years(reporting),
    )
    require_width(attacks, policy.rule.width)
    proof = proof_of(
        attacks,
        rule=rounded.rule,
        policy=policy,
        gap=rounded.gap,
        seconds=rounded.seconds,
        earlier=earlier,
    )
    manifest = {
        "number": next_number(place, as_of, taken=earlier),
        "audience": "shared",
        "as_of": as_of,
        "synthetic": is_synthetic(returns),
        "years": years_reported(returns),
        "rule": rounded.rule.to_dict(),
        "rows": {"accepted": int(tables["cube"]["n"].sum()), "refused": None},
        "reporting": courts_by_status(reporting),
        "inputs": _who_reported(reporting),
        "inputs_digest": secrets.digest(frame_digest(_inputs(returns))),
        "parameters": {"as_of": as_of, "protection": policy.public()},
        "versions": versions(),
        "fingerprint": mark,
        "bounds": bounds,
    }
    return _write(
        place, manifest, tables | {"reporting": reporting}, proof, rounded, secrets
    )


def _write(
    place: Path,
    manifest: dict[str, Any],
    tables: dict[str, pd.DataFrame],
    proof: dict[str, Any],
    rounded: Rounded,
    secrets: Secrets,
) -> Edition:
    # The record first: an edition without one could never be followed by another.
    secrets.remember(manifest["number"], rounded.cells)
    try:
        return edition_at(write_edition(place, manifest, tables, proof=proof))
    except BaseException:
        secrets.forget(manifest["number"])
        raise


def _inner_cells(cases: pd.DataFrame, policy: Policy) -> pd.DataFrame:
    cells = count_cells(cases)
    return cells.groupby(list(policy.inner), as_index=False).agg({"n": "sum"})


def _tables(public_cells: pd.DataFrame, policy: Policy) -> dict[str, pd.DataFrame]:
    return {name: table_of(public_cells, name) for name in policy.tables}


def _without_nil(reporting: pd.DataFrame) -> pd.DataFrame:
    # Whether a court sent a nil return or one or two cases must not show.
    status = reporting["status"].replace("nil", "reported")
    return reporting.assign(status=status)


def _withstand_memory(
    rounded: Rounded,
    tables: dict[str, pd.DataFrame],
    earlier: list[str],
    secrets: Secrets,
    policy: Policy,
) -> None:
    """Hold back what earlier editions and this one give away together.

    The reader here is granted every rounded inner cell of every edition.
    """
    if not earlier or rounded.cells.empty:
        return
    records = [secrets.recall(number) for number in earlier]
    old = [
        each.drop(columns="n").rename(columns={"published": "n"}) for each in records
    ]
    latest = _tables(old[-1], policy)
    require_wide_differences(tables, latest, earlier[-1], policy.rule.base)
    attributes = [column for column in rounded.public_cells.columns if column != "n"]
    alike = [each for each in old if set(each.columns) == {*attributes, "n"}]
    margins = [tuple(attributes), ()]
    audited = audit(
        published_cells(rounded.public_cells, margins),
        rule=rounded.rule,
        reader="rule-aware",
        earlier=[published_cells(each, margins) for each in alike],
    )
    width = audited["high"] - audited["low"]
    small = (audited["low"] < policy.rule.base) & (audited["high"] > 0)
    if short := int((small & (width < policy.rule.width)).sum()):
        raise DisclosureError(
            f"the edition is held back: with the earlier editions {', '.join(earlier)} "
            f"it would give {short} counts away; expected intervals at least "
            f"{policy.rule.width} wide. It can be published when {more(policy.batch)} "
            "come in"
        )


def _facts(
    cells: pd.DataFrame,
    reporting: pd.DataFrame,
    returns: pd.DataFrame,
    as_of: str,
    policy: Policy,
) -> dict[str, Any]:
    return {
        "audience": "shared",
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
    came = reporting[reporting["status"] == "reported"]
    return [
        {"court_id": court, "year": int(year)}
        for court, year in zip(came["court_id"], came["year"], strict=True)
    ]
