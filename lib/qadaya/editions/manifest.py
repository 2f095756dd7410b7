"""`manifest.json`: what an edition says of itself, typed and read strictly."""

import json
from pathlib import Path
from textwrap import shorten
from typing import Any, Literal, Self

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    ValidationError,
    field_serializer,
    field_validator,
    model_validator,
)

from qadaya.errors import EditionError, QadayaError
from qadaya.vocabulary import SHARED
from sdctables.rule import Rule

MANIFEST = "manifest.json"
# Raised when a program of before could not read the file, or would read it wrongly.
LAYOUT = 1


class _Part(BaseModel):
    model_config = ConfigDict(
        extra="forbid", frozen=True, strict=True, arbitrary_types_allowed=True
    )


class TableFile(_Part):
    """One table of an edition: its file, its rows, and the hash of the file."""

    file: str = Field(pattern=r"^[a-z0-9_-]+\.parquet$")
    rows: int = Field(ge=0)
    sha256: str = Field(pattern=r"^[0-9a-f]{64}$")


class RowCounts(_Part):
    """Rows accepted and refused; None where the edition does not tell."""

    accepted: int | None
    refused: int | None


class RoundingError(_Part):
    """How far rounding moved the sums of one kind of margin at the most, in cases."""

    largest: int


class Manifest(_Part):
    """All that an edition says of itself; what a shared one must not say is left out.

    `reporting`: the courts at each status, by year. `inputs`: the returns counted.
    `known`: the moment of the register; of a shared edition as keyed hashes.
    `bounds`: by the name of a margin. Of shared editions only: `rule`, and
    `published_first`, the edition that published a repeated year first.
    """

    layout: int = LAYOUT
    number: str = Field(pattern=r"^\d{4}\.\d+$")
    audience: Literal["internal", "shared"]
    as_of: str = Field(pattern=r"^\d{4}-\d\d-\d\d$")
    synthetic: bool
    years: list[int]
    rule: Rule | None = None
    rows: RowCounts
    reporting: dict[str, dict[str, list[str]]]
    inputs: list[dict[str, Any]]
    inputs_digest: str | None = None
    known: dict[str, str] = Field(default_factory=dict)
    parameters: dict[str, Any]
    versions: dict[str, str]
    fingerprint: str
    bounds: dict[str, RoundingError]
    published_first: dict[str, str] = Field(default_factory=dict)
    tables: dict[str, TableFile] = Field(default_factory=dict)

    @field_validator("rule", mode="before")
    @classmethod
    def _rule(cls, settings: Any) -> Any:
        return Rule.from_dict(settings) if isinstance(settings, dict) else settings

    @model_validator(mode="after")
    def _protected(self) -> Self:
        if self.audience == SHARED and self.rule is None:
            raise ValueError("a shared edition without the rule of its protection")
        return self

    @field_serializer("rule")
    def _printed_rule(self, rule: Rule | None) -> dict[str, Any] | None:
        return None if rule is None else rule.to_dict()

    def to_dict(self) -> dict[str, Any]:
        """What is written: plain values, and nothing that was not given."""
        return {"layout": self.layout} | self.model_dump(
            mode="json", exclude_unset=True
        )


def read_manifest(folder: Path) -> Manifest:
    """What the edition in a folder says of itself.

    Raises: EditionError, one line with the file, what is wrong with it and what to do.
    """
    path = folder / MANIFEST
    try:
        text = path.read_text(encoding="utf-8")
        written = json.loads(text)
    except OSError as reason:
        raise _refusal(path, f"cannot be read ({reason.strerror})") from None
    except ValueError as reason:
        raise _refusal(path, f"is no JSON ({reason})") from None
    if not isinstance(written, dict):
        raise _refusal(path, "holds no settings")
    layout = written.get("layout", LAYOUT)
    if layout != LAYOUT:
        raise EditionError(
            f"{path}: layout is {layout!r}; this program reads {LAYOUT}. Open the "
            "edition with the version of Qadaya that wrote it, or build it again"
        )
    try:
        return Manifest.model_validate_json(text)
    except ValidationError as faults:
        raise _refusal(path, _first_fault(faults)) from None
    except QadayaError as fault:
        raise _refusal(path, str(fault)) from None


def _refusal(path: Path, fault: str) -> EditionError:
    return EditionError(
        f"{path}: {fault}; the edition is damaged. Remove its folder and build it "
        "again with `qadaya edition`"
    )


def _first_fault(faults: ValidationError) -> str:
    errors = faults.errors(include_url=False)
    absent = [str(fault["loc"][0]) for fault in errors if fault["type"] == "missing"]
    if absent:
        return f"lacks {', '.join(sorted(absent))}"
    first = errors[0]
    where = ".".join(map(str, first["loc"]))
    if first["type"] == "extra_forbidden":
        return f"{where} is no entry of a manifest"
    found = shorten(repr(first["input"]), width=60, placeholder="...")
    fault = first["msg"].removeprefix("Value error, ")
    return f"{where} is {found} ({fault})" if where else fault
