"""An edition: what notebooks, views and pages open, and nothing else.

On disk: `data/editions/<audience>/<number>/` with `manifest.json` and one Parquet file
a table. A shared run is given such a folder and no register; with
`QADAYA_AUDIENCE=shared` in the environment an internal edition does not open.
"""

import hashlib
import json
import os
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from qadaya.counting.reporting import Completeness, completeness_of
from qadaya.errors import EditionError
from qadaya.paths import home
from qadaya.vocabulary import AUDIENCES

if TYPE_CHECKING:
    import pandas as pd

MANIFEST = "manifest.json"
PROOF = "proof.json"
_NUMBER = re.compile(r"\d{4}\.\d+")


@dataclass(frozen=True)
class Edition:
    """One publication: its tables, its manifest, and how far counts were moved.

    `bounds`: for each kind of margin the largest and the mean error that protection
    made, in cases; empty when internal. `synthetic`: whether any return was invented.
    """

    path: Path
    number: str
    audience: str
    synthetic: bool
    as_of: str
    years: list[int]
    manifest: dict[str, Any]
    bounds: dict[str, dict[str, Any]]

    @property
    def tables(self) -> list[str]:
        """The names of the tables that this edition holds."""
        return list(self.manifest["tables"])

    @property
    def adds_up(self) -> bool:
        """Whether every table is a sum of the cube; not where counts are hidden."""
        return (self.manifest.get("rule") or {}).get("method") != "suppression"

    @property
    def cube(self) -> "pd.DataFrame":
        """Cases by court, circuit, platform, year, stage, result: cells above zero.

        Raises: EditionError for an edition with hidden counts, which has no such table.
        """
        return self.table("cube")

    def table(self, name: str) -> "pd.DataFrame":
        """One table of the edition, a frame of your own to change.

        Raises: EditionError when this edition has no such table.
        """
        if name not in self.manifest["tables"]:
            why = "" if self.adds_up else ", as its small counts are hidden"
            raise EditionError(
                f"edition {self.number} ({self.audience}) has no table {name!r}{why}; "
                f"it holds {', '.join(self.tables)}"
            )
        # Imported here: to plan runs and to find that nothing changed takes no table.
        import pandas as pd

        return pd.read_parquet(self.path / self.manifest["tables"][name]["file"])


def completeness(edition: Edition, year: int) -> Completeness:
    """How many courts reported for a year, of how many existed: `(reported, expected)`.

    Raises: EditionError for a year that the edition does not hold.
    """
    if year not in edition.years:
        raise EditionError(
            f"edition {edition.number} holds no returns for {year}; "
            f"it holds {', '.join(map(str, edition.years)) or 'no year'}"
        )
    return completeness_of(edition.table("reporting"), year)


def editions_folder(folder: Path | None = None) -> Path:
    """Where editions are kept: `folder`, else `data/editions` of the project."""
    return Path(folder) if folder is not None else home() / "data" / "editions"


def open_edition(
    name: str | Path = "latest",
    *,
    audience: str = "internal",
    folder: Path | None = None,
) -> Edition:
    """The edition of that number, `latest`, or at that path.

    Raises: EditionError when it is missing, for another audience, or damaged.
    """
    if audience not in AUDIENCES:
        raise EditionError(
            f"audience is {audience!r}; expected one of {', '.join(AUDIENCES)}"
        )
    hold_the_border(audience)
    if (Path(name) / MANIFEST).is_file():
        return _for_audience(edition_at(Path(name)), audience)
    place = editions_folder(folder) / audience
    numbers = edition_numbers(place)
    number = _latest(numbers, place) if name == "latest" else str(name)
    if number not in numbers:
        known = f"it holds {', '.join(numbers)}" if numbers else "it holds none"
        raise EditionError(
            f"{place}: no edition {number!r}; {known}. Build one with "
            f"`qadaya edition --audience {audience}`"
        )
    return _for_audience(edition_at(place / number), audience)


def edition_at(path: Path) -> Edition:
    """The edition in a folder, whoever it is for, after its files were verified.

    Raises: EditionError when it is incomplete or changed, or internal in a shared run.
    """
    manifest = _manifest(path)
    hold_the_border(manifest["audience"])
    for entry in manifest["tables"].values():
        _verify(path / entry["file"], entry["sha256"])
    return Edition(
        path=path,
        number=manifest["number"],
        audience=manifest["audience"],
        synthetic=manifest["synthetic"],
        as_of=manifest["as_of"],
        years=manifest["years"],
        manifest=manifest,
        bounds=manifest["bounds"],
    )


def edition_numbers(place: Path) -> list[str]:
    """The numbers of the editions in a folder, oldest first."""
    if not place.is_dir():
        return []
    return in_order(
        each.name for each in place.iterdir() if _NUMBER.fullmatch(each.name)
    )


def newest_edition(audience: str) -> Path | None:
    """The folder of the newest edition for an audience; None where there is none."""
    place = editions_folder() / audience
    numbers = edition_numbers(place)
    return place / numbers[-1] if numbers else None


def in_order(numbers: Iterable[str]) -> list[str]:
    """Numbers of editions, oldest first: the tenth of a year comes after the ninth."""
    return sorted(numbers, key=lambda number: [int(part) for part in number.split(".")])


def file_digest(path: Path) -> str:
    """The SHA-256 of a file, in hexadecimal."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _latest(numbers: list[str], place: Path) -> str:
    if not numbers:
        raise EditionError(
            f"{place}: no edition yet; build one with "
            f"`qadaya edition --audience {place.name}`"
        )
    return numbers[-1]


def hold_the_border(audience: str) -> None:
    """Let a shared run reach shared editions only.

    Raises: EditionError for anything else when QADAYA_AUDIENCE is "shared".
    """
    if audience != "shared" and os.environ.get("QADAYA_AUDIENCE") == "shared":
        raise EditionError(
            "this run is shared (QADAYA_AUDIENCE=shared): an internal edition does "
            "not open here; use audience='shared'"
        )


def _for_audience(edition: Edition, audience: str) -> Edition:
    if edition.audience != audience:
        raise EditionError(
            f"{edition.path}: this edition is {edition.audience}; expected {audience}"
        )
    return edition


def _manifest(path: Path) -> dict[str, Any]:
    try:
        manifest = json.loads((path / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError) as reason:
        raise EditionError(
            f"{path}: {MANIFEST} cannot be read ({reason}); expected an edition. "
            "Build it again with `qadaya edition`"
        ) from None
    needed = {"number", "audience", "synthetic", "as_of", "years", "tables", "bounds"}
    absent = needed - manifest.keys() if isinstance(manifest, dict) else needed
    if absent:
        raise EditionError(
            f"{path}: {MANIFEST} lacks {', '.join(sorted(absent))}; the edition is "
            "damaged. Build it again with `qadaya edition`"
        )
    return manifest


def _verify(path: Path, digest: str) -> None:
    if not path.is_file():
        found = "is missing"
    elif file_digest(path) != digest:
        found = "is not the file that was written"
    else:
        return
    raise EditionError(
        f"{path}: {found}; the edition is damaged. Remove its folder and build it "
        "again with `qadaya edition`"
    )
