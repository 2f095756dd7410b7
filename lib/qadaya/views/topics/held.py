"""An edition as a notebook holds it: with a card, and counts as one asks for them.

edition = open_edition("latest")
edition                                     # a card: what it holds
edition.counts(by=["circuit", "year"], where={"platform": "NCMEC"})
edition.courts.<Tab>, edition.tables.<Tab>  # their names
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, cast

from qadaya.editions.edition import Edition
from qadaya.language import translator
from qadaya.views.frames.named import code_named
from qadaya.views.frames.places import in_map_order
from qadaya.views.frames.tidy import tidy_counts
from qadaya.views.topics.card import card_html
from qadaya.vocabulary import INTERNAL, codes

if TYPE_CHECKING:
    import pandas as pd


class Codes(list[str]):
    """Codes in their order, which complete with Tab, and are found by their names too.

    `edition.courts.ca_rabat` and `edition.courts["cour d'appel de Rabat"]` both give
    "ca-rabat".
    """

    def __init__(self, kind: str, codes: Iterable[str]) -> None:
        super().__init__(codes)
        self._kind = kind

    def __getitem__(self, key: Any) -> Any:
        if isinstance(key, str):
            return code_named(self._kind, key, self)
        return super().__getitem__(key)

    def __getattr__(self, name: str) -> Any:
        for code in self if name[0] != "_" else ():
            if _attribute(code) == name:
                return self[code]
        raise AttributeError(f"{type(self).__name__} holds no {name!r}")

    def __dir__(self) -> Iterable[str]:
        return [*super().__dir__(), *map(_attribute, self)]

    def _ipython_key_completions_(self) -> list[str]:
        return list(self)


class Tables(Codes):
    """The names of the tables; `edition.tables.cube` is the table of that name."""

    def __init__(self, edition: Edition) -> None:
        super().__init__("table", edition.manifest.tables)
        self._edition = edition

    def __getitem__(self, key: Any) -> Any:
        if isinstance(key, str):
            return self._edition.table(super().__getitem__(key))
        return super().__getitem__(key)


@dataclass(frozen=True, repr=False)
class HeldEdition(Edition):
    """An edition in a notebook; see `Edition` for the rest of it.

    courts, circuits, platforms: their codes, courts in the order of the map. tables:
    the names of its tables, of which each is an attribute, `edition.tables.cube`.
    """

    language: str = "en"
    # Attributes, since Tab does not look into properties.
    tables: Tables = field(init=False, compare=False, default=cast("Tables", None))
    courts: Codes = field(init=False, compare=False)
    circuits: Codes = field(init=False, compare=False)
    platforms: Codes = field(init=False, compare=False)

    def __post_init__(self) -> None:
        known = {
            "tables": Tables(self),
            "courts": Codes("court", self._places("court_id")),
            "circuits": Codes("circuit", self._places("circuit_id")),
            "platforms": Codes("platform", self._platforms()),
        }
        for name, value in known.items():
            object.__setattr__(self, name, value)

    def _places(self, column: str) -> list[str]:
        if "reporting" not in self.manifest.tables:
            return []
        return in_map_order(self.table("reporting")[column])

    def _platforms(self) -> list[str]:
        # Those of the reports, also where no case came through one of them.
        seen = {"NCMEC", "CPS"}
        if "cube" in self.manifest.tables:
            seen |= set(self.cube["platform"])
        return [code for code in codes("platform") if code in seen]

    def counts(
        self,
        by: str | Iterable[str] = "year",
        where: Mapping[str, Any] | None = None,
        *,
        measure: str = "cases",
        intervals: bool = False,
        language: str | None = None,
    ) -> "pd.DataFrame":
        """Cases by what is asked for, on the complete grid, codes and names together.

        `by`: one or several of year, platform, circuit, court, stage, result. `where`:
        what to count, `{"court": ["Salé", "tpi-rabat"], "year": 2024}`. Columns: the
        codes and names of `by`, then n, state, fewest, most, reported, expected,
        missing_most and never_reported (the returns that did not come would add none
        to so many cases, and those of so many courts nothing bounds), and low and high
        with `intervals`; called the same in every language. A shared edition gives its
        rounded counts, with the bounds of what they stand for.
        Unit: cases.
        Raises: ParameterError for what it does not hold, with the nearest.
        """
        return tidy_counts(
            self,
            by=by,
            where=where,
            measure=measure,
            intervals=intervals,
            language=language or self.language,
        )

    def __repr__(self) -> str:
        kind = f"{self.audience}, synthetic" if self.synthetic else self.audience
        held = [str(self.years[0]), str(self.years[-1])] if self.years else ["no year"]
        years = " to ".join(dict.fromkeys(held))
        exact = "exact" if self.audience == INTERNAL else "protected"
        return (
            f"<Edition {self.number}: {kind}, {exact} counts, {years}, as of "
            f"{self.as_of}, {len(self.tables)} tables>"
        )

    def _repr_mimebundle_(self, **_: object) -> dict[str, Any]:
        return {"text/html": card_html(self, self.language), "text/plain": repr(self)}


def held(edition: Edition, language: str | None = None) -> HeldEdition:
    """The edition with its card and counts in a language; itself if it is so already.

    Raises: ParameterError for an unknown language.
    """
    before = edition.language if isinstance(edition, HeldEdition) else None
    asked = language or before or "en"
    translator(asked, "views")  # refused here, not when its card is shown
    if isinstance(edition, HeldEdition) and before == asked:
        return edition
    return HeldEdition(edition.path, edition.manifest, asked)


def _attribute(code: str) -> str:
    return code.replace("-", "_").replace(".", "_")
