"""The policy of protection: `params/protection.yml`, read strictly.

The file holds the policy in use and, under `profiles`, others by name. A profile has a
rule and margins of its own; who decided, the readers and what others have published are
the same for all.
"""

from datetime import date
from pathlib import Path
from typing import Any, Literal

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    ValidationError,
    field_validator,
    model_validator,
)

from qadaya.counting.count import CELL_COLUMNS
from qadaya.editions.manifest import MANIFEST, Manifest
from qadaya.editions.protection.demands import demands_of
from qadaya.errors import ParameterError
from qadaya.packaged import packaged_file
from qadaya.strict_yaml import read_yaml
from qadaya.workbench import PARAMS, find_home
from sdctables.cells.checks import Margin
from sdctables.rule import Reader, ReaderName, Rule

_EXPECTED = (
    "the policy of protection, which no default stands in for. Put it back from a "
    "copy, or take the one of a new workbench (`qadaya init NEW`)"
)
_COMMON = ("decision", "readers", "outside")


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

    `outside`: exact totals that a reader finds elsewhere. By rounding: `batch`, the
    fewest changed cases that a revision may publish; `tables`, the finest level of
    each table; `margins`, the sums that rounding keeps near; `printed`, further ones
    whose error is told; `exact`, those that must be hit. By suppression: `margins`,
    the tables; `years`, those to publish, else all.
    """

    decision: Decision
    rule: Rule
    readers: tuple[ReaderName, ...] = Field(min_length=1)
    batch: int = Field(default=3, ge=1, strict=True)
    tables: dict[str, Margin] = Field(default_factory=dict)
    margins: tuple[Margin, ...] = Field(min_length=1)
    printed: tuple[Margin, ...] = ()
    exact: tuple[Margin, ...] = ()
    years: tuple[int, ...] = ()
    outside: tuple[Outside, ...] = ()
    gap: float = Field(default=0.02, ge=0, lt=1)
    time_limit: float = Field(default=600, gt=0)

    @field_validator("rule", mode="before")
    @classmethod
    def _rule(cls, settings: Any) -> Rule:
        return settings if isinstance(settings, Rule) else Rule.from_dict(settings)

    @model_validator(mode="after")
    def _known(self) -> "Policy":
        demands = demands_of(self.rule)
        margins = (self.margins, self.printed, self.exact)
        demands.require(self.rule, self.tables, margins, self.inner)
        for name in self.readers:
            Reader(name).require_audit_of(self.rule)
        return self

    @property
    def inner(self) -> Margin:
        """The columns of the inner cells: all that any table is made of."""
        levels = self.tables.values() if self.tables else self.margins
        used = {column for columns in levels for column in columns}
        return tuple(column for column in CELL_COLUMNS if column in used)

    def public(self) -> dict[str, Any]:
        """The policy as an edition prints it; it holds no secret."""
        unused = demands_of(self.rule).unused
        plain = self.model_dump(mode="json", exclude={"rule", *unused})
        return {**plain, "rule": self.rule.to_dict()}


def read_policy(path: Path | None = None, *, profile: str | None = None) -> Policy:
    """The policy of a file, else of `params/protection.yml` of the workbench.

    Where no workbench is said, the one that comes with Qadaya. `profile`: one of those
    that the file names, instead of the policy in use.

    Raises: ParameterError naming the file, the key, what was found and expected.
    """
    path = path or _default()
    settings = read_yaml(path, expected=_EXPECTED)
    chosen = _chosen(settings, profile, path)
    return _validated(chosen, _label(path, profile))


def policy_of(manifest: Manifest) -> Policy:
    """The policy that is printed with a shared edition.

    Raises: ParameterError when the manifest has none or it was changed by hand.
    """
    settings = manifest.parameters.get("protection")
    return _validated(settings, MANIFEST)


def _default() -> Path:
    workbench = find_home()
    if workbench is not None:
        # Its own or none: ours would publish by a rule that nobody here decided on.
        return workbench / PARAMS / "protection.yml"
    return packaged_file("workbench/files/params/protection.yml")


def _chosen(settings: Any, profile: str | None, path: Path) -> Any:
    """The settings of the policy in use, or of a profile."""
    if not isinstance(settings, dict):
        return settings
    profiles = settings.pop("profiles", None) or {}
    if not isinstance(profiles, dict) or not all(
        isinstance(profile, dict) for profile in profiles.values()
    ):
        raise ParameterError(f"{path}: profiles: expected a name and settings for each")
    if profile is None:
        return settings
    if profile not in profiles:
        known = ", ".join(map(str, profiles)) or "none"
        raise ParameterError(f"{path}: no profile {profile!r}; it has {known}")
    common = {key: settings[key] for key in _COMMON if key in settings}
    return common | profiles[profile]


def _label(path: Path, profile: str | None) -> str:
    return f"{path}" if profile is None else f"{path}: profile {profile}"


def _validated(settings: Any, source: str) -> Policy:
    if not isinstance(settings, dict):
        raise ParameterError(f"{source}: holds no settings; expected keys such as rule")
    try:
        return Policy.model_validate(settings)
    except ValidationError as faults:
        first = faults.errors(include_url=False)[0]
        where = ".".join(map(str, first["loc"]))
        found = "" if first["type"] == "missing" else f" (found {first['input']!r})"
        place = f"{source}: {where}" if where else source
        text = first["msg"].removeprefix("Value error, ")
        shown = found if where else ""
        raise ParameterError(f"{place}: {text}{shown}") from None
    except ParameterError as fault:
        raise ParameterError(f"{source}: {fault}") from None
