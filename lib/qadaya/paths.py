"""Where the project's folders are, whichever folder a command starts in."""

import os
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[2]
REFERENCE = CHECKOUT / "data" / "reference"
LEDGER = CHECKOUT / "data" / "ledger"


def home() -> Path:
    """The project folder: `QADAYA_HOME`, else the nearest one above with `params/`.

    A notebook runs in `notebooks/`, a command anywhere; both mean the same
    `data/register` and `data/editions`.
    """
    if named := os.environ.get("QADAYA_HOME"):
        return Path(named)
    here = Path.cwd()
    for folder in (here, *here.parents):
        if (folder / "params").is_dir() and (folder / "notebooks").is_dir():
            return folder
    return here
