"""The files of the ledger: read once, and again when they have changed."""

from collections.abc import Callable
from functools import lru_cache, wraps
from pathlib import Path

import pandas as pd

from qadaya.packaged import packaged_file, packaged_folder

Load = Callable[..., pd.DataFrame]
# A file, when it was last written, and its size.
_State = tuple[Path, int, int]


def ledger_folder(folder: Path | None = None) -> Path:
    """The folder that is read: the one given, else the ledger that Qadaya brings.

    Raises: QadayaError when the package does not hold it.
    """
    return folder or packaged_folder("ledger/data")


def read_table(name: str, folder: Path | None = None) -> pd.DataFrame:
    """One file of the ledger as it stands, a frame of your own to change."""
    return _read(*_state(name, folder)).copy()


def once_a_state(*names: str) -> Callable[[Load], Load]:
    """Have what is worked out of these files worked out once, as they stand.

    Each caller is given a frame of its own to change.
    """

    def decorate(load: Load) -> Load:
        @lru_cache(maxsize=4)
        def loaded(folder: Path | None, *_states: _State) -> pd.DataFrame:
            return load(folder)

        @wraps(load)
        def own(folder: Path | None = None) -> pd.DataFrame:
            states = [_state(name, folder) for name in names]
            return loaded(folder, *states).copy()

        return own

    return decorate


def _state(name: str, folder: Path | None) -> _State:
    path = packaged_file(f"ledger/data/{name}") if folder is None else folder / name
    state = path.stat()
    return path, state.st_mtime_ns, state.st_size


@lru_cache(maxsize=64)
def _read(path: Path, *_changed: int) -> pd.DataFrame:
    return pd.read_csv(
        path, encoding="utf-8", keep_default_na=True, dtype={"iccs": "string"}
    )
