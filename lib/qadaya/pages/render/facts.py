"""What the head and the foot of a page say: from the run, else from the notebook.

`qadaya report` knows what it ran, and a notebook need not say it again. In a notebook
that was run elsewhere, each bundle `application/vnd.qadaya.page+json` (see
`qadaya.views.topics.colophon`) describes an edition that was read, the last one the
page's. Language, audience and year come from it too, else from the parameters papermill
injected, else from the notebook's own `parameters` cell; whatever else a notebook calls
so is its own business. One of published figures may name the `series` whose years the
index draws. Invented data are marked whoever tells of them.
"""

import ast
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from nbformat import NotebookNode

from qadaya.language import LANGUAGES
from qadaya.ledger import load_ledger
from qadaya.reference.tables import court_name
from qadaya.views.prose.words import Words

COLOPHON = "application/vnd.qadaya.page+json"
_OWN_DIGITS = ("ar", "arabic")


@dataclass(frozen=True)
class Facts:
    """One page: for whom, from which edition, how complete. None: not known.

    `synthetic` is True where figures are invented; `per` is "year" or "edition";
    `counts` are the cases of each year; `source` is "edition", "ledger" for published
    figures alone, or "both"; `place` is the court or circuit it was asked for.
    """

    language: str = "en"
    digits: str = "western"
    audience: str | None = None
    year: int | None = None
    edition: str | None = None
    synthetic: bool = False
    as_of: str | None = None
    years: list[int] = field(default_factory=list)
    bounds: dict[str, dict[str, Any]] = field(default_factory=dict)
    manifest: str | None = None
    courts: dict[str, int] | None = None
    counts: list[list[int]] = field(default_factory=list)
    per: str = "year"
    source: str = "edition"
    place: str | None = None

    @property
    def place_name(self) -> str | None:
        """The court or circuit that the page was asked for, in its language."""
        return court_name(self.place, self.language) if self.place else None

    @property
    def date(self) -> str | None:
        """The day of the register in the words of the page's language."""
        return Words(self.language).date(self.as_of) if self.as_of else None

    @property
    def placeholders(self) -> dict[str, object]:
        """What {year} and its like stand for in the notebook's prose."""
        return {
            "year": self.year,
            "previous_year": None if self.year is None else self.year - 1,
            "first_year": min(self.years, default=None),
            "last_year": max(self.years, default=None),
            "edition": self.edition,
            "as_of": self.date,
        }


def facts_of(notebook: NotebookNode, run: dict[str, Any] | None = None) -> Facts:
    """The facts of an executed notebook; what nobody says stays unknown.

    `run`: what is known of the run, by the names of `Facts`, with `manifest_sha256`.
    """
    own = notebook.metadata.get("qadaya") or {}
    bundles = list(bundles_of(notebook))
    known = _settings(parameters_of(notebook)) | _joined(bundles) | _known(run or {})
    language = known.get("language")
    per = known.get("per") or own.get("per", "year")
    source = known.get("source") or own.get("source", "edition")
    if source == "ledger":
        # Published figures come from no edition and are for everyone.
        known |= {"edition": None, "audience": "shared"}
    return Facts(
        language=language if language in LANGUAGES else "en",
        digits="arabic"
        if (language, known.get("digits")) == _OWN_DIGITS
        else "western",
        audience=known.get("audience"),
        year=known.get("year") if per == "year" else None,
        edition=known.get("edition"),
        synthetic=any(bundle.get("synthetic") for bundle in [*bundles, known]),
        as_of=known.get("as_of"),
        years=list(known.get("years") or []),
        bounds=dict(known.get("bounds") or {}),
        manifest=known.get("manifest_sha256"),
        courts=known.get("courts"),
        counts=list(known.get("counts") or _published(own.get("series"))),
        per=per,
        source=source,
        place=known.get("place"),
    )


def _published(series: str | None) -> list[list[int]]:
    """The cases of each year of a published series, where its sources agree."""
    if series is None:
        return []
    figures = load_ledger()
    of_series = (figures["series"] == series) & (figures["measure"] == "cases")
    values = (
        figures[of_series]
        .groupby("year", as_index=False)["value"]
        .agg(["nunique", "first"])
    )
    agreed = values.loc[values["nunique"] == 1, ["year", "first"]]
    return [[int(year), int(n)] for year, n in agreed.to_numpy().tolist()]


def bundles_of(notebook: NotebookNode) -> Iterator[dict[str, Any]]:
    """What the notebook displayed of the editions that it read, in its order."""
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            if COLOPHON in output.get("data", {}):
                yield output.data[COLOPHON]


def parameters_of(notebook: NotebookNode) -> dict[str, Any]:
    """The parameters of a run: those of the notebook, over them the injected ones."""
    own: dict[str, Any] = {}
    for cell in notebook.cells:
        tags = cell.metadata.get("tags", [])
        if cell.cell_type == "code" and (
            "parameters" in tags or "injected-parameters" in tags
        ):
            own |= dict(_literals(cell.source))
    injected = notebook.metadata.get("papermill", {}).get("parameters") or {}
    return own | injected


def _settings(parameters: dict[str, Any]) -> dict[str, Any]:
    """Those of the parameters that say something of the page, where they can."""
    kinds = {"year": int, "edition": str, "audience": str, "language": str}
    kinds["digits"] = str
    return {k: v for k, v in parameters.items() if type(v) is kinds.get(k)}


def _joined(bundles: list[dict[str, Any]]) -> dict[str, Any]:
    """The last bundle, over what only earlier ones say of the same edition."""
    last = bundles[-1] if bundles else {}
    joined: dict[str, Any] = {}
    for bundle in bundles:
        if bundle.get("manifest_sha256") == last.get("manifest_sha256"):
            joined |= _known(bundle)
    return joined


def _known(facts: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in facts.items() if value is not None}


def _literals(source: str) -> Iterator[tuple[str, Any]]:
    try:
        statements = ast.parse(source).body
    except SyntaxError:
        # The cell then failed when it ran; its page would say nothing of it anyway.
        return
    for statement in statements:
        if isinstance(statement, ast.Assign) and isinstance(
            statement.value, ast.Constant
        ):
            for target in statement.targets:
                if isinstance(target, ast.Name):
                    yield target.id, statement.value.value
