"""The parameters of one run, read strictly from a YAML file.

papermill lets a misspelt parameter pass with a warning and hands a word to a notebook
that expects a number. Here both stop the run before a kernel starts, in one line.
"""

from pathlib import Path
from typing import Any, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError
from pydantic_core import ErrorDetails
from rapidfuzz import process

from qadaya.errors import ParameterError


class Parameters(BaseModel):
    """What a notebook is run with, and how its page is written.

    Its `parameters` cell has these names but `digits`: "arabic" writes the numbers and
    dates of an Arabic page with ٠ to ٩; pages in other languages never have them.
    """

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    year: int
    edition: str = Field(default="latest", pattern=r"^(latest|\d{4}\.\d+)$")
    audience: Literal["internal", "shared"] = "internal"
    language: Literal["ar", "fr", "en"] = "en"
    digits: Literal["western", "arabic"] = "western"

    def for_notebook(self) -> dict[str, Any]:
        """What papermill hands over; digits only where they are not the usual ones.

        No notebook counts with them, so papermill would call them unknown.
        """
        given = self.model_dump()
        return {k: v for k, v in given.items() if (k, v) != ("digits", "western")}


EXPECTED = {
    "year": "a year such as 2023, written without quotes",
    "edition": 'latest, or a number in quotes such as "2026.1"',
    "audience": "internal or shared",
    "language": "ar, fr or en",
    "digits": "western or arabic",
}
CHOICES = {
    "edition": ("latest",),
    "audience": ("internal", "shared"),
    "language": ("ar", "fr", "en"),
    "digits": ("western", "arabic"),
}
KIND = {
    bool: "yes/no",
    int: "a whole number",
    float: "a decimal number",
    str: "text",
    list: "a list",
    dict: "a mapping",
    type(None): "nothing",
}


def read_parameters(path: Path) -> Parameters:
    """The parameters of `params/<year>.yml`.

    Raises: ParameterError, one line with file, key, what was found and expected, for a
    file that is missing, empty or no mapping of names to values, a key that is unknown,
    missing or written twice, and a value of the wrong type.
    """
    written = _load(path)
    try:
        return Parameters.model_validate(written)
    except ValidationError as refused:
        faults = "; ".join(_sentence(fault) for fault in refused.errors())
        raise ParameterError(f"{path}: {faults}") from None


def _load(path: Path) -> dict[Any, Any]:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise ParameterError(f"{path}: not UTF-8 text; save it as UTF-8") from None
    except OSError as fault:
        raise ParameterError(
            f"{path}: cannot be read ({fault.strerror}); "
            "expected a file such as params/2023.yml"
        ) from None
    try:
        written = yaml.load(text, Loader=_OnceOnlyLoader)
    except yaml.MarkedYAMLError as fault:
        raise ParameterError(f"{path}: {_yaml_fault(fault)}") from None
    except (yaml.YAMLError, ValueError) as fault:
        raise ParameterError(f"{path}: {' '.join(str(fault).split())}") from None
    if written is None:
        raise ParameterError(f"{path}: the file is empty; expected {_names()}")
    if not isinstance(written, dict):
        found = KIND.get(type(written), type(written).__name__)
        raise ParameterError(
            f"{path}: found {found}; expected lines of `name: value` for {_names()}"
        )
    return written


class _OnceOnlyLoader(yaml.SafeLoader):
    """YAML in which a key may stand once only; plain YAML silently takes the last."""

    def construct_mapping(
        self, node: yaml.MappingNode, deep: bool = False
    ) -> dict[Any, Any]:
        seen: set[str] = set()
        for key_node, _ in node.value:
            key = str(self.construct_object(key_node, deep=True))
            if key in seen:
                raise yaml.MarkedYAMLError(
                    problem=f"{key} is written twice; expected once",
                    problem_mark=key_node.start_mark,
                )
            seen.add(key)
        return super().construct_mapping(node, deep)


def _yaml_fault(fault: yaml.MarkedYAMLError) -> str:
    mark = fault.problem_mark
    place = f"line {mark.line + 1}: " if mark else ""
    return f"{place}{fault.problem or 'not YAML'}"


def _sentence(fault: ErrorDetails) -> str:
    key = ".".join(str(part) for part in fault["loc"])
    if fault["type"] == "extra_forbidden":
        return f"{key} is not a parameter; expected {_names()}{_nearest(key)}"
    if fault["type"] in ("invalid_key", "string_type") and key not in EXPECTED:
        return f"{key} is not a parameter; expected {_names()}"
    if fault["type"] == "missing":
        return f"{key} is missing; expected {EXPECTED[key]}"
    found = fault["input"]
    kind = KIND.get(type(found), type(found).__name__)
    hint = _nearest(found, CHOICES.get(key, ())) if isinstance(found, str) else ""
    return f"{key} is {found!r} ({kind}); expected {EXPECTED[key]}{hint}"


def _nearest(word: str, known: tuple[str, ...] = tuple(EXPECTED)) -> str:
    best = process.extractOne(word.lower(), known, score_cutoff=60) if known else None
    return f"; did you mean {best[0]}?" if best else ""


def _names() -> str:
    *first, last = EXPECTED
    return f"{', '.join(first)} and {last}"
