"""The parameters of one run, read strictly from a YAML file.

papermill lets a misspelt parameter pass with a warning and hands a word to a notebook
that expects a number. Here both stop the run before a kernel starts, in one line.
"""

from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from pydantic_core import ErrorDetails
from rapidfuzz import process

from qadaya.errors import ParameterError
from qadaya.strict_yaml import read_yaml


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

    def for_notebook(self, *, source: str = "edition") -> dict[str, Any]:
        """What papermill hands over; digits only where they are not the usual ones.

        No notebook counts with them, so papermill would call them unknown. One of
        published figures (`source` "ledger") knows neither edition nor audience.
        """
        left_out = {"edition", "audience"} if source == "ledger" else set()
        given = self.model_dump(exclude=left_out)
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
    written = read_yaml(path, expected="a file such as params/2023.yml")
    if written is None:
        raise ParameterError(f"{path}: the file is empty; expected {_names()}")
    if not isinstance(written, dict):
        found = KIND.get(type(written), type(written).__name__)
        raise ParameterError(
            f"{path}: found {found}; expected lines of `name: value` for {_names()}"
        )
    return written


def _sentence(fault: ErrorDetails) -> str:
    key = ".".join(str(part) for part in fault["loc"])
    if fault["type"] == "extra_forbidden":
        return f"{key} is not a parameter; expected {_names()}{_nearest(key)}"
    if fault["type"] in ("invalid_key", "string_type") and key not in EXPECTED:
        return f"{key} is not a parameter; expected {_names()}"
    if fault["type"] == "missing":
        return f"{key} is missing; expected {EXPECTED[key]}"
    value = fault["input"]
    kind = KIND.get(type(value), type(value).__name__)
    hint = _nearest(value, CHOICES.get(key, ())) if isinstance(value, str) else ""
    return f"{key} is {value!r} ({kind}); expected {EXPECTED[key]}{hint}"


def _nearest(word: str, known: tuple[str, ...] = tuple(EXPECTED)) -> str:
    best = process.extractOne(word.lower(), known, score_cutoff=60) if known else None
    return f"; did you mean {best[0]}?" if best else ""


def _names() -> str:
    *first, last = EXPECTED
    return f"{', '.join(first)} and {last}"
