"""An edition made again from its manifest and the register, to be held beside it."""

import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path

import pandas as pd

from qadaya.counting.reporting import is_synthetic, reported_cases
from qadaya.editions.build import build_edition
from qadaya.editions.build_shared import build_shared
from qadaya.editions.edition import Edition, in_order
from qadaya.editions.protection.policy import policy_of
from qadaya.editions.register_secrets import Secrets
from qadaya.errors import EditionError
from qadaya.reference.history import courts_as_opened
from qadaya.vocabulary import INTERNAL
from sdctables.rule import Rule


class _SecretsBefore(Secrets):
    """The secrets as they were when an edition was published; nothing is added."""

    def __init__(self, register: Path | None, *, synthetic: bool, number: str) -> None:
        super().__init__(register, synthetic=synthetic)
        self._number = number

    def numbers(self, place: Path) -> list[str]:
        order = in_order({*super().numbers(place), self._number})
        return order[: order.index(self._number)]

    def remember(
        self,
        number: str,
        cells: pd.DataFrame,
        rule: Rule,
        tables: Mapping[str, pd.DataFrame] | None = None,
    ) -> Path:
        return self.folder

    def forget(self, number: str) -> None:
        pass


def moment_of(
    edition: Edition, part: str, *, register: Path | None = None
) -> Callable[[str], bool]:
    """Whether a value is the one that the manifest names of a moment.

    `part`: `log` or `decided`, as the register names them.
    Raises: EditionError for a manifest that does not name its moment.
    """
    known = edition.manifest.known
    if "log" not in known:
        raise EditionError(
            f"{edition.path}: names no moment of the register, as it was built before "
            "manifests did; expected a newer edition. Build one with `qadaya edition`"
        )
    digest = known.get(part)
    if edition.audience == INTERNAL:
        return lambda value: value == digest
    secrets = Secrets(register, synthetic=edition.synthetic)
    return lambda value: secrets.keyed(part, value) == digest


def require_same_again(
    edition: Edition,
    cases: pd.DataFrame,
    returns: pd.DataFrame,
    problems: pd.DataFrame,
    difficulties: pd.DataFrame | None = None,
    known: Mapping[str, str] | None = None,
    decisions: pd.DataFrame | None = None,
    *,
    register: Path | None = None,
) -> list[str]:
    """The tables of an edition, each found the same byte for byte when made again.

    The frames: those of the register at the moment that the manifest names.
    Raises: EditionError naming the tables that differ, and the programs that do.
    """
    held = (cases, returns, problems, difficulties, known, decisions)
    with tempfile.TemporaryDirectory() as place:
        again = _made(edition, held, register, Path(place))
        before, now = (each.manifest.tables for each in (edition, again))
    names = sorted({*before, *now})
    other = [
        name
        for name in names
        if name not in before
        or name not in now
        or before[name].sha256 != now[name].sha256
    ]
    if other:
        raise EditionError(
            f"{edition.path}: made again, {', '.join(other)} differ"
            f"{'s' if len(other) == 1 else ''}{_other_programs(edition, again)}; "
            "expected the same tables, byte for byte. See whether decisions or files "
            "of params/ were changed since"
        )
    return names


def _made(
    edition: Edition,
    held: tuple[
        pd.DataFrame,
        pd.DataFrame,
        pd.DataFrame,
        pd.DataFrame | None,
        Mapping[str, str] | None,
        pd.DataFrame | None,
    ],
    register: Path | None,
    place: Path,
) -> Edition:
    manifest = edition.manifest
    if manifest.audience == INTERNAL:
        return build_edition(
            *held, audience=INTERNAL, folder=place, as_of=manifest.as_of
        )
    cases, returns, _, _, known, _ = held
    synthetic = is_synthetic(returns)
    return build_shared(
        reported_cases(cases, returns),
        returns,
        courts=courts_as_opened(),
        folder=place,
        as_of=manifest.as_of,
        policy=policy_of(manifest),
        secrets=_SecretsBefore(register, synthetic=synthetic, number=manifest.number),
        known=known or {},
    )


def _other_programs(edition: Edition, again: Edition) -> str:
    before, now = edition.manifest.versions, again.manifest.versions
    other = [
        f"{name} {before.get(name)} then, {now[name]} now"
        for name in now
        if before.get(name) != now[name]
    ]
    return f" ({'; '.join(other)})" if other else ""
