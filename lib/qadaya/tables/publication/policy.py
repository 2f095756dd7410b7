"""The policy of protection: `params/protection.yml`, read strictly."""

from datetime import date
from pathlib import Path
from typing import Any, Literal

import yaml
from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    ValidationError,
    field_validator,
    model_validator,
)

from qadaya.errors import ParameterError
from qadaya.paths import CHECKOUT, home
from qadaya.tables.count import CELL_COLUMNS
from qadaya.tables.disclosure.rule import Rule
from qadaya.tables.sums import FINEST_COLUMNS

Margin = tuple[str, ...]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, arbitrary_types_allowed=True)


class Decision(_Strict):
    """Who decided on the policy, when and why."""

    by: str = Field(min_length=1)
    standing: Literal["project_default", "authority"]
    decided: date
    why: str = Field(min_length=1)


class Outside(_Strict):
    """A total of the same cases that others have published exactly."""

    year: int = Field(strict=True)
    n: int = Field(ge=0, strict=True)
    source: str = Field(min_length=1)


class Policy(_Strict):
    """What may be published, by which rule, against which readers.

    `tables`: the finest level of each table. `margins`: the sums that rounding keeps
    near; `printed`: further ones whose error is told. `batch`: the fewest changed cases
    that a revision may publish. `outside`: exact totals that a reader finds elsewhere.
    """

    decision: Decision
    rule: Rule
    readers: tuple[Literal["plain", "rule-aware"], ...] = Field(min_length=1)
    batch: int = Field(ge=1, strict=True)
    tables: dict[str, Margin]
    margins: tuple[Margin, ...] = Field(min_length=1)
    printed: tuple[Margin, ...] = ()
    exact: tuple[Margin, ...] = ()
    outside: tuple[Outside, ...] = ()
    gap: float = Field(ge=0, lt=1)
    time_limit: float = Field(gt=0)

    @field_validator("rule", mode="before")
    @classmethod
    def _rule(cls, settings: Any) -> Rule:
        return settings if isinstance(settings, Rule) else Rule.from_dict(settings)

    @model_validator(mode="after")
    def _known(self) -> "Policy":
        for name, columns in self.tables.items():
            if set(columns) != set(FINEST_COLUMNS.get(name, ())):
                raise ValueError(f"tables: {_table_fault(name, columns)}")
        if "cube" not in self.tables:
            raise ValueError("tables lack the cube; expected at least that one")
        for margin in (*self.margins, *self.printed, *self.exact):
            if unknown := sorted(set(margin) - set(self.inner)):
                raise ValueError(
                    f"margin {list(margin)} has {unknown[0]!r}, which no table has"
                )
        if self.rule.method != "rounding":
            raise ValueError(
                "rule: method is 'suppression'; an edition is rounded, since its "
                "tables, its filters and the editions after it must all add up. Hide "
                "counts of a single table with qadaya.tables.protect.suppress"
            )
        return self

    @property
    def inner(self) -> Margin:
        """The columns of the inner cells: all that any table is made of."""
        used = {column for columns in self.tables.values() for column in columns}
        return tuple(column for column in CELL_COLUMNS if column in used)

    def public(self) -> dict[str, Any]:
        """The policy as an edition prints it; it holds no secret."""
        plain = self.model_dump(mode="json", exclude={"rule"})
        return {**plain, "rule": self.rule.to_dict()}


def read_policy(path: Path | None = None) -> Policy:
    """The policy of a file, else of `params/protection.yml` of the project.

    Raises: ParameterError naming the file, the key, what was found and expected.
    """
    path = default_path() if path is None else path
    try:
        settings = yaml.safe_load(path.read_text(encoding="utf-8"))
    except OSError as reason:
        raise ParameterError(
            f"{path}: cannot be read ({reason.strerror}); expected the policy of "
            "protection"
        ) from None
    except yaml.YAMLError as reason:
        raise ParameterError(
            f"{path}: is not YAML ({' '.join(str(reason).split())})"
        ) from None
    return _validated(settings, path)


def policy_of(manifest: dict[str, Any]) -> Policy:
    """The policy that is printed with a shared edition.

    Raises: ParameterError when the manifest has none or it was changed by hand.
    """
    settings = manifest.get("parameters", {}).get("protection")
    return _validated(settings, Path("manifest.json"))


def default_path() -> Path:
    """`params/protection.yml` of the project, else the one that comes with Qadaya."""
    own = home() / "params" / "protection.yml"
    return own if own.is_file() else CHECKOUT / "params" / "protection.yml"


def _validated(settings: Any, path: Path) -> Policy:
    if not isinstance(settings, dict):
        raise ParameterError(f"{path}: holds no settings; expected keys such as rule")
    try:
        return Policy.model_validate(settings)
    except ValidationError as faults:
        first = faults.errors(include_url=False)[0]
        where = ".".join(map(str, first["loc"]))
        found = "" if first["type"] == "missing" else f" (found {first['input']!r})"
        place = f"{path}: {where}" if where else f"{path}"
        text = first["msg"].removeprefix("Value error, ")
        shown = found if where else ""
        raise ParameterError(f"{place}: {text}{shown}") from None
    except ParameterError as fault:
        raise ParameterError(f"{path}: {fault}") from None


def _table_fault(name: str, columns: Margin) -> str:
    if name not in FINEST_COLUMNS:
        return f"unknown table {name!r}; expected {', '.join(FINEST_COLUMNS)}"
    return f"{name} has {list(columns)}; expected {list(FINEST_COLUMNS[name])}"
