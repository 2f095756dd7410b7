"""What the head and the foot of a page say, taken from the executed notebook.

The last bundle `application/vnd.qadaya.page+json` of the notebook (see
`qadaya.views.topics.colophon`) describes the edition that was read. Language, audience
and year come from it too, else from the parameters papermill injected, else from the
notebook's own `parameters` cell. A page is thus the same through `qadaya report` and
through `jupyter nbconvert --to qadaya`.
"""

import ast
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from nbformat import NotebookNode

from qadaya.language import LANGUAGES
from qadaya.views.prose.words import Words

COLOPHON = "application/vnd.qadaya.page+json"
_OWN_DIGITS = ("ar", "arabic")


@dataclass(frozen=True)
class Facts:
    """One page: for whom, from which edition, how complete. None: not known.

    `synthetic` is True where figures are invented; `per` is "year" or "edition";
    `source` is "edition", "ledger" for published figures alone, or "both".
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
    per: str = "year"
    source: str = "edition"

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


def facts_of(notebook: NotebookNode) -> Facts:
    """The facts of an executed notebook; what it does not say stays unknown."""
    said = parameters_of(notebook) | colophon_of(notebook)
    language = said.get("language")
    own = notebook.metadata.get("qadaya", {})
    per, source = own.get("per", "year"), own.get("source", "edition")
    if source == "ledger":
        # Published figures come from no edition and are for everyone.
        said |= {"edition": None, "audience": "shared"}
    return Facts(
        language=language if language in LANGUAGES else "en",
        digits="arabic" if (language, said.get("digits")) == _OWN_DIGITS else "western",
        audience=said.get("audience"),
        year=said.get("year") if per == "year" else None,
        edition=said.get("edition"),
        synthetic=bool(said.get("synthetic")),
        as_of=said.get("as_of"),
        years=list(said.get("years") or []),
        bounds=dict(said.get("bounds") or {}),
        manifest=said.get("manifest_sha256"),
        courts=said.get("courts"),
        per=per,
        source=source,
    )


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


def colophon_of(notebook: NotebookNode) -> dict[str, Any]:
    """The facts that the notebook displayed last, {} where it displayed none."""
    said: dict[str, Any] = {}
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            said = output.get("data", {}).get(COLOPHON, said)
    return {key: value for key, value in said.items() if value is not None}


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
