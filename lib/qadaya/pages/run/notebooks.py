"""The notebooks that a report is made of, and what each says of itself.

A notebook needs nothing but code. What it may say stands in its metadata under
`qadaya`: `audiences`, `per`, `source` and `series`, the published one that the list of
pages draws; and its parameters in one cell with the tag `parameters`.
"""

import json
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, ValidationError, field_validator
from pydantic_core import ErrorDetails
from rapidfuzz import process

from qadaya.errors import ParameterError
from qadaya.ledger import load_ledger
from qadaya.pages.run.accepted import Accepted, accepted_by, kind_of
from qadaya.vocabulary import AUDIENCES, INTERNAL, SHARED
from qadaya.workbench import NOTEBOOKS, home

SUFFIX = ".ipynb"
# What JupyterLab calls a new notebook, and a copy, until somebody gives it a name.
_DRAFT = re.compile(r"Untitled\d*|.+-Copy\d+")
Tell = Callable[[str], None]


@dataclass(frozen=True)
class Notebook:
    """A notebook and whom its pages are for; of one that is for nobody none is made.

    `per`: "year" or "edition". `source`: "edition"; "ledger" for a notebook of
    published figures, which needs no return and no edition; "both" where it sets them
    beside ours. `accepts`: its parameters by name.
    """

    path: Path
    audiences: tuple[str, ...]
    per: str
    source: str = "edition"
    accepts: dict[str, Accepted] = field(default_factory=dict)

    @property
    def name(self) -> str:
        return self.path.stem


class _Settings(BaseModel):
    """What a notebook's metadata may say under `qadaya`."""

    model_config = ConfigDict(extra="forbid", strict=True)

    audiences: list[Literal["internal", "shared"]] = [INTERNAL, SHARED]
    per: Literal["year", "edition"] | None = None
    source: Literal["edition", "ledger", "both"] = "edition"
    series: str | None = None

    @field_validator("series")
    @classmethod
    def _is_published(cls, series: str | None) -> str | None:
        if series is not None and series not in set(load_ledger()["series"]):
            raise ValueError("not in the ledger")
        return series


_EXPECTED = {
    "audiences": 'a list such as ["internal"] or ["internal", "shared"]',
    "per": '"year" or "edition"',
    "source": '"edition", "ledger" or "both"',
    "series": 'a series of the ledger such as "cybercrime_total"',
}


class NotebookSet:
    """The notebooks of the workbench, with those that were named by their paths.

    A file that is no notebook, or says of itself what cannot be, is left out and told;
    where it was asked for it is refused. Drafts are left out too unless asked for.
    """

    def __init__(self, paths: Sequence[Path], tell: Tell) -> None:
        self.tell = tell
        self.named = [each for path in paths for each in _at(path)]
        self.known = {path.stem: path for path in [*_in_workbench(), *self.named]}

    def chosen(self, names: Sequence[str] | None) -> list[Notebook]:
        """The notebooks that were asked for, by path or name; else all but drafts.

        Raises: ParameterError when one that was asked for is missing or bad, or none
        is left.
        """
        asked = [*self.named, *map(self._path_of, names or [])]
        if asked:
            return [read_notebook(path) for path in dict.fromkeys(asked)]
        runnable = [each for path in self.known.values() if (each := self._tried(path))]
        if not runnable:
            raise ParameterError(
                f"{home() / NOTEBOOKS}: no notebook that can be run; expected at least "
                "one. Put one there, or take those of a new workbench (`qadaya init "
                "NEW`)"
            )
        return runnable

    def parameter_names(self) -> set[str]:
        """The names of the parameters of every notebook that can be read."""
        names: set[str] = set()
        for path in self.known.values():
            try:
                names.update(read_notebook(path).accepts)
            except ParameterError:
                # Told, or refused, where it is chosen.
                continue
        return names

    def _path_of(self, name: str) -> Path:
        stem = name.removesuffix(SUFFIX)
        if stem not in self.known:
            near = process.extractOne(stem, list(self.known), score_cutoff=60)
            hint = f"; did you mean {near[0]}?" if near else ""
            raise ParameterError(
                f"there is no notebook {name!r}; expected {', '.join(self.known)}{hint}"
            )
        return self.known[stem]

    def _tried(self, path: Path) -> Notebook | None:
        if _DRAFT.fullmatch(path.stem):
            self.tell(
                f"skipped: {path}: a draft by its name. Give it another name, or ask "
                f'for it with --notebook "{path.stem}"'
            )
            return None
        try:
            return read_notebook(path)
        except ParameterError as fault:
            self.tell(f"left out: {fault}")
            return None


def read_notebook(path: Path) -> Notebook:
    """A notebook with what it says of its pages and its parameters.

    Raises: ParameterError, one line, for a file that is no notebook, metadata that
    says what cannot be, two cells of parameters, and code in another language.
    """
    content = _content(path)
    settings = _settings(path, content["metadata"].get("qadaya"))
    accepts = _accepts(path, content["cells"])
    _require_python(path, content["metadata"])
    return Notebook(
        path=path,
        audiences=tuple(settings.audiences),
        per=settings.per or ("year" if "year" in accepts else "edition"),
        source=settings.source,
        accepts=accepts,
    )


def _in_workbench() -> list[Path]:
    return _inside(home() / NOTEBOOKS)


def _inside(folder: Path) -> list[Path]:
    return sorted(e for e in folder.glob(f"*{SUFFIX}") if e.name[0] not in "._")


def _at(path: Path) -> list[Path]:
    """The notebook at a path, or all in a folder."""
    if path.is_dir():
        inside = _inside(path)
        if not inside:
            raise ParameterError(f"{path}: no notebook in this folder; expected one")
        return [notebook_file.resolve() for notebook_file in inside]
    if not path.is_file():
        near = process.extractOne(
            path.name, [e.name for e in _inside(path.parent)], score_cutoff=60
        )
        hint = f"; did you mean {path.with_name(near[0])}?" if near else ""
        raise ParameterError(
            f"{path}: no such file; expected a notebook, or a parameter file such as "
            f"params/2023.yml{hint}"
        )
    return [path.resolve()]


def _content(path: Path) -> dict[str, Any]:
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        if "worksheets" in content:
            content = _upgraded(content)
        cells = [
            {
                "type": cell["cell_type"],
                "tags": cell.get("metadata", {}).get("tags") or [],
                "source": "".join(cell["source"]),
            }
            for cell in content["cells"]
        ]
        return {"cells": cells, "metadata": dict(content["metadata"])}
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as fault:
        reason = " ".join(str(fault).split())
        raise ParameterError(f"{path}: not a notebook ({reason})") from None


def _upgraded(content: dict[str, Any]) -> dict[str, Any]:
    """A notebook of before 2015."""
    import nbformat

    upgraded: dict[str, Any] = nbformat.convert(nbformat.from_dict(content), 4)
    return upgraded


def _settings(path: Path, said: Any) -> _Settings:
    try:
        return _Settings.model_validate({} if said is None else said)
    except ValidationError as refused:
        faults = "; ".join(_sentence(fault) for fault in refused.errors())
        raise ParameterError(f"{path}: metadata.qadaya: {faults}") from None


def _sentence(fault: ErrorDetails) -> str:
    if not fault["loc"]:
        return f"found {kind_of(fault['input'])}; expected names and values"
    key = str(fault["loc"][0])
    if fault["type"] == "extra_forbidden":
        near = process.extractOne(key, list(_EXPECTED), score_cutoff=60)
        hint = f"; did you mean {near[0]}?" if near else ""
        return f"{key} is unknown; expected {', '.join(_EXPECTED)}{hint}"
    value = fault["input"]
    near = process.extractOne(str(value), list(AUDIENCES), score_cutoff=60)
    hint = f"; did you mean {near[0]}?" if near and len(fault["loc"]) > 1 else ""
    return f"{key}: found {value!r} ({kind_of(value)}); expected {_EXPECTED[key]}{hint}"


def _accepts(path: Path, cells: list[dict[str, Any]]) -> dict[str, Accepted]:
    tagged = [
        (place, cell)
        for place, cell in enumerate(cells, start=1)
        if cell["type"] == "code" and "parameters" in cell["tags"]
    ]
    if len(tagged) > 1:
        places = " and ".join(str(place) for place, _ in tagged)
        raise ParameterError(
            f"{path}: cells {places} are both tagged `parameters`; expected one such "
            "cell. Remove the tag from the others"
        )
    return accepted_by(tagged[0][1]["source"]) if tagged else {}


def _require_python(path: Path, metadata: dict[str, Any]) -> None:
    kernel = metadata.get("kernelspec") or {}
    language = kernel.get("language") or (metadata.get("language_info") or {}).get(
        "name", "python"
    )
    if str(language).lower() not in ("python", "python3", "ipython"):
        raise ParameterError(
            f"{path}: its code is {language} (kernel {kernel.get('name')!r}); expected "
            "Python, which alone is run here. Choose a Python kernel and translate it"
        )
