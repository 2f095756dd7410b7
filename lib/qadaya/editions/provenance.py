"""Where an edition comes from: the returns, the versions, and hashes of both."""

import hashlib
import json
import platform
from importlib.metadata import version
from typing import Any

import pandas as pd

from qadaya.counting.reporting import accepted_returns, waiting_supplements
from qadaya.editions.manifest import LAYOUT, RowCounts

_PACKAGES = ("qadaya", "pandas", "narwhals", "pyarrow", "highspy", "scipy")
_INPUT_COLUMNS = ("court_id", "year", "version", "sha256", "state")


def versions() -> dict[str, str]:
    """The versions of Python and of the packages that made the edition."""
    return {"python": platform.python_version()} | {
        name: version(name) for name in _PACKAGES
    }


def inputs_of(returns: pd.DataFrame) -> list[dict[str, Any]]:
    """The returns that were counted, each with the SHA-256 of its file."""
    counted = accepted_returns(returns).sort_values(list(_INPUT_COLUMNS))
    records = counted[[*_INPUT_COLUMNS, "accepted", "refused"]].to_dict("records")
    return [
        {str(key): _plain(value) for key, value in record.items()} for record in records
    ]


def row_counts(returns: pd.DataFrame) -> RowCounts:
    """Rows accepted and rows refused in the current returns, refused ones included."""
    waiting = returns["return"].isin(waiting_supplements(returns)["return"])
    current = returns[returns["current"].astype(bool) & ~waiting]
    return RowCounts(
        accepted=int(current["accepted"].sum()),
        refused=int(current["refused"].sum()),
    )


def frame_digest(frame: pd.DataFrame) -> str:
    """A hash of what a frame holds, whatever the order of its rows."""
    words = frame.astype("str").fillna("")
    lines = sorted("\x1f".join(row) for row in words.itertuples(index=False))
    text = "\x1e".join(["\x1f".join(map(str, frame.columns)), *lines])
    return hashlib.sha256(text.encode()).hexdigest()


def inputs_fingerprint(facts: dict[str, Any]) -> str:
    """One hash for inputs and parameters: equal when the edition would be equal."""
    text = json.dumps({"layout": LAYOUT, **facts}, sort_keys=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()


def _plain(value: Any) -> Any:
    return value.item() if hasattr(value, "item") else value
