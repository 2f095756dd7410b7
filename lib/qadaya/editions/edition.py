"""An edition: what notebooks, views and pages open, and nothing else.

On disk: `data/editions/<audience>/<number>/` with `manifest.json` and one Parquet file
a table. A shared run is given such a folder and no register; with
`QADAYA_AUDIENCE=shared` in the environment an internal edition does not open.
"""

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from qadaya.counting.reporting import Completeness, completeness_of
from qadaya.editions.manifest import MANIFEST, Manifest, read_manifest
from qadaya.editions.notices import Notice, notice_of
from qadaya.errors import EditionError
from qadaya.shared_run import is_shared_run
from qadaya.vocabulary import AUDIENCES, INTERNAL, SHARED
from qadaya.workbench import home

if TYPE_CHECKING:
    import pandas as pd

PROOF = "proof.json"
_NUMBER = re.compile(r"\d{4}\.\d+")


@dataclass(frozen=True)
class Edition:
    """One publication: its folder with the tables, and what it says of itself."""

    path: Path
    # A list of every return, which nobody wants to see for the name of an edition.
    manifest: Manifest = field(repr=False)
    # What was read: a page of courts asks for the same tables some thousand times.
    _read: "dict[str, pd.DataFrame]" = field(
        default_factory=dict, init=False, repr=False, compare=False
    )
    # What was worked out of them, for `once_an_edition`.
    _worked_out: dict[Any, Any] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    @property
    def number(self) -> str:
        """Its name: the year of its date and its place in the year, "2026.1"."""
        return self.manifest.number

    @property
    def audience(self) -> str:
        """For whom it is: internal (exact counts) or shared (protected ones)."""
        return self.manifest.audience

    @property
    def synthetic(self) -> bool:
        """Whether any return in it was invented."""
        return self.manifest.synthetic

    @property
    def as_of(self) -> str:
        """The day of the register that was counted, as an ISO date."""
        return self.manifest.as_of

    @property
    def years(self) -> list[int]:
        """The years for which a return was accepted, in order."""
        return self.manifest.years

    @property
    def bounds(self) -> dict[str, dict[str, Any]]:
        """The largest error that rounding made, by kind of margin.

        In cases; empty when the edition is internal.
        """
        return {name: dict(bound) for name, bound in self.manifest.bounds.items()}

    @property
    def tables(self) -> list[str]:
        """The names of the tables that this edition holds."""
        return list(self.manifest.tables)

    @property
    def notice(self) -> Notice:
        """What its method of protection means for whoever reads it."""
        return notice_of(self.manifest.rule)

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
        if name not in self.manifest.tables:
            raise EditionError(
                f"edition {self.number} ({self.audience}) has no table {name!r}"
                f"{self.notice.absent}; it holds {', '.join(self.tables)}"
            )
        if name not in self._read:
            # Imported here: to plan runs and find that nothing changed takes no table.
            import pandas as pd

            file = self.path / self.manifest.tables[name].file
            self._read[name] = pd.read_parquet(file)
        return self._read[name].copy()


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
    """Where editions are kept: `folder`, else `data/editions` of the workbench."""
    return Path(folder) if folder is not None else home() / "data" / "editions"


def open_edition(
    name: str | Path = "latest",
    *,
    audience: str | None = None,
    folder: Path | None = None,
) -> Edition:
    """The edition of that number, `latest`, or at that path.

    `audience`: None for that of the run, which is internal but where a shared page is
    made.

    Raises: EditionError when it is missing, for another audience, or damaged.
    """
    if audience is None:
        audience = SHARED if is_shared_run() else INTERNAL
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
    manifest = read_manifest(path)
    hold_the_border(manifest.audience)
    for table in manifest.tables.values():
        _verify(path / table.file, table.sha256)
    return Edition(path, manifest)


def edition_numbers(place: Path) -> list[str]:
    """The numbers of the editions in a folder, oldest first."""
    if not place.is_dir():
        return []
    return in_order(
        folder.name for folder in place.iterdir() if _NUMBER.fullmatch(folder.name)
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
    if audience != SHARED and is_shared_run():
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


def _verify(path: Path, digest: str) -> None:
    if not path.is_file():
        fault = "is missing"
    elif file_digest(path) != digest:
        fault = "is not the file that was written"
    else:
        return
    raise EditionError(
        f"{path}: {fault}; the edition is damaged. Remove its folder and build it "
        "again with `qadaya edition`"
    )
