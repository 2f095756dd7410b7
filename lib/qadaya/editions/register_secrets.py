"""What an edition must never show and its register keeps: a seed and a record.

Both lie in `<register>/protection/`, readable by the owner only. The seed chooses
one of many answers that are as good; who knew it could run the protection backwards.
The record of a shared edition holds its true and published inner cells, and the tables
that hide some, so that the next edition can leave alone what has not changed.
"""

import hashlib
import hmac
import json
import secrets
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from qadaya.atomic import file_beside, sweep, write_text
from qadaya.editions.edition import edition_at, edition_numbers, in_order
from qadaya.editions.provenance import frame_digest
from qadaya.errors import EditionError
from qadaya.shared_run import is_shared_run
from qadaya.workbench import home
from sdctables.rule import Rule

_FOLDER = "protection"
_SEED = "secret.json"
# The tables of an edition that later ones repeat.
_PRINTED = ".printed"
_REGISTER, _DIGEST = b"qadaya.register", b"qadaya.digest"
_OWNER_READS = 0o600
# Where the file of an edition's inner cells says by which rule they were protected.
_RULE = b"qadaya.rule"


class Secrets:
    """The secrets that a register keeps; made on first use.

    Editions of invented returns are remembered apart: what they published says nothing
    of real cases.

    Raises: EditionError in a shared run, or when they cannot be read or written.
    """

    def __init__(
        self, register: Path | None = None, *, synthetic: bool = False
    ) -> None:
        if is_shared_run():
            raise EditionError(
                "this run is shared (QADAYA_AUDIENCE=shared): the secrets of the "
                "register do not open here"
            )
        register = register or home() / "data" / "register"
        self.folder = Path(register) / _FOLDER
        self._synthetic = synthetic
        self._records = self.folder / ("synthetic" if synthetic else "real")
        self._key = self._read_or_draw()

    def seed_of(self, fingerprint: str) -> int:
        """The seed of the protection of an edition, below 2**63, the same each time."""
        digest = self.digest(f"seed {fingerprint}")
        return int.from_bytes(bytes.fromhex(digest)[:8], "big") >> 1

    def digest(self, text: str) -> str:
        """A hash that only the register can make.

        A plain hash of true counts would let a reader try guesses until one fits.
        """
        return hmac.new(self._key, text.encode(), hashlib.sha256).hexdigest()

    def keyed(self, name: str, value: str) -> str:
        """What a shared manifest says of a moment of the register."""
        return self.digest(f"known {name} {value}")

    def remember(
        self,
        number: str,
        cells: pd.DataFrame,
        rule: Rule,
        tables: Mapping[str, pd.DataFrame] | None = None,
    ) -> Path:
        """Keep the true and the published inner cells of a shared edition.

        And its rule: that of a later edition can be another one. `tables`: what it
        printed, where that does not follow from the inner cells.
        """
        for name, table in (tables or {}).items():
            self._keep(table, "", self._records / f"{number}.{name}{_PRINTED}")
        path = self._record(number)
        self._keep(cells, json.dumps(rule.to_dict(), sort_keys=True), path)
        return path

    def _keep(self, table: pd.DataFrame, rule: str, path: Path) -> None:
        arrow = pa.Table.from_pandas(table, preserve_index=False)
        notes = {
            _RULE: rule,
            _REGISTER: self.digest("register"),
            _DIGEST: self._digest_of(table, rule, path),
        }
        noted = arrow.replace_schema_metadata((arrow.schema.metadata or {}) | notes)
        with self._plain_errors(path):
            path.parent.mkdir(mode=0o700, exist_ok=True)
            sweep(path.parent)
            with file_beside(path, mode=_OWNER_READS, durable=True) as beside:
                pq.write_table(noted, beside)

    def numbers(self, place: Path) -> list[str]:
        """The shared editions that were ever published: here, or noted as written.

        An edition whose folder was removed has been read all the same.
        """
        noted = [path.stem for path in self._records.glob("*.parquet")]
        here = [
            number for number in edition_numbers(place) if self._alike(place, number)
        ]
        return in_order({*noted, *here})

    def recall(self, number: str) -> tuple[pd.DataFrame, Rule]:
        """The inner cells of an earlier shared edition, with `n` and `published`.

        With them the rule that it was rounded by.

        Raises: EditionError when they were lost, since then nobody can tell what the
        difference between the two editions would give away.
        """
        path = self._record(number)
        if not path.is_file():
            raise EditionError(
                f"{path}: what was protected in the shared edition {number} is not "
                "with this register; expected the register that edition was built "
                "from. Restore it, or withdraw the edition before building another"
            )
        cells, rule = self._read(path)
        with self._plain_errors(path):
            return cells, Rule.from_dict(json.loads(rule))

    def recall_tables(self, number: str) -> dict[str, pd.DataFrame]:
        """The tables of an earlier edition as it printed them, by name.

        Raises: EditionError when they were lost.
        """
        tables = {}
        for path in sorted(self._records.glob(f"{number}.*{_PRINTED}")):
            name = path.name.removesuffix(_PRINTED).removeprefix(f"{number}.")
            tables[name], _ = self._read(path)
        if "reporting" not in tables:
            raise EditionError(
                f"{self._records}: the tables that the shared edition {number} printed "
                "are not with this register; expected the register that edition was "
                "built from. Restore it"
            )
        return tables

    def forget(self, number: str) -> None:
        """Remove the record of an edition that was not written after all."""
        self._record(number).unlink(missing_ok=True)
        for path in self._records.glob(f"{number}.*{_PRINTED}"):
            path.unlink()

    def _read(self, path: Path) -> tuple[pd.DataFrame, str]:
        """A record as this register kept it, and the rule noted in it.

        Raises: EditionError naming the file when another register kept it, or when it
        is not as it was written.
        """
        with self._plain_errors(path):
            arrow = pq.read_table(path)
            notes = {
                key: value.decode() for key, value in arrow.schema.metadata.items()
            }
            table, rule = arrow.to_pandas(), notes[_RULE]
            register, digest = notes[_REGISTER], notes[_DIGEST]
        if not hmac.compare_digest(register, self.digest("register")):
            raise EditionError(
                f"{path}: was kept by another register; expected a record of this one, "
                f"whose key is in {self.folder / _SEED}. Restore its own from a copy"
            )
        if not hmac.compare_digest(digest, self._digest_of(table, rule, path)):
            raise EditionError(
                f"{path}: was changed after it was kept; expected the record as it was "
                "written. Restore it from a copy"
            )
        return table, rule

    def _digest_of(self, table: pd.DataFrame, rule: str, path: Path) -> str:
        # The name is part of it: the record of another edition is not this one's.
        parts = (self._records.name, path.name, rule, frame_digest(table))
        return self.digest("\n".join(("record", *parts)))

    def _record(self, number: str) -> Path:
        return self._records / f"{number}.parquet"

    def _alike(self, place: Path, number: str) -> bool:
        return edition_at(place / number).synthetic == self._synthetic

    def _read_or_draw(self) -> bytes:
        path = self.folder / _SEED
        with self._plain_errors(path):
            if not path.exists():
                self.folder.mkdir(parents=True, exist_ok=True)
                self.folder.chmod(0o700)
                drawn = json.dumps({"key": secrets.token_hex(32)})
                # Another process may have drawn in the meantime: the first key stays.
                with suppress(FileExistsError):
                    write_text(
                        path, drawn, mode=_OWNER_READS, durable=True, replace=False
                    )
            return bytes.fromhex(json.loads(path.read_text(encoding="utf-8"))["key"])

    @staticmethod
    @contextmanager
    def _plain_errors(path: Path) -> Iterator[None]:
        try:
            yield
        except OSError as reason:
            raise EditionError(
                f"{path}: cannot be read or written ({reason.strerror}); a shared "
                "edition needs the secrets of the register"
            ) from None
        except (ValueError, KeyError, TypeError):
            raise EditionError(
                f"{path}: is damaged; expected the key or the record that was kept "
                "with the register. Restore it from a copy"
            ) from None
