"""How much a received file may hold; a desk sets it in `params/reading.yml`."""

from contextvars import ContextVar

from pydantic import BaseModel, ConfigDict, Field


class Bounds(BaseModel):
    """The most that a file may hold; one that holds more is refused by name.

    `rows` hold something; `cells` and `letters` are counted over a sheet or document,
    `line_letters` in a line of a list. `merged` are rows of a sheet that merged cells
    reach over, `columns` those of a table in a document, `nested` how deep its tables
    may lie in each other: each level is read again. `sheets` are those of a workbook,
    `parts` those of an archive, `unpacked_mb` what all of these come to (1 MB is
    1,000,000 bytes).
    """

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    rows: int = Field(default=100_000, ge=1, le=1_048_576)
    cells: int = Field(default=2_000_000, ge=10, le=100_000_000)
    letters: int = Field(default=20_000_000, ge=100, le=1_000_000_000)
    line_letters: int = Field(default=500_000, ge=100, le=100_000_000)
    merged: int = Field(default=500_000, ge=1, le=100_000_000)
    columns: int = Field(default=300, ge=10, le=16_384)
    # Python itself gives up a few hundred levels further down.
    nested: int = Field(default=6, ge=1, le=50)
    sheets: int = Field(default=500, ge=1, le=10_000)
    parts: int = Field(default=5000, ge=10, le=65_535)
    unpacked_mb: int = Field(default=200, ge=1, le=4000)


_HELD_TO: ContextVar[Bounds] = ContextVar("bounds", default=Bounds())  # noqa: B039


def bounds() -> Bounds:
    """What files are held to here; what comes with Qadaya where nobody said else."""
    return _HELD_TO.get()


def hold_to(bounds: Bounds) -> None:
    """Hold every file to these bounds from now on, in the process that reads."""
    _HELD_TO.set(bounds)
