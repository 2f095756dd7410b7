"""The parameters of one run, read strictly from a YAML file.

papermill lets a misspelt parameter pass with a warning and hands a word to a notebook
that expects a number. Here both stop the run before a kernel starts, in one line.
"""

from collections.abc import Collection, Sequence
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from pydantic_core import ErrorDetails
from rapidfuzz import process

from qadaya.errors import ParameterError
from qadaya.pages.run.accepted import Accepted, Typed, kind_of
from qadaya.strict_yaml import read_yaml


class Parameters(BaseModel):
    """What a notebook is run with, and how its page is written.

    The `parameters` cell of ours has these names but `digits`: "arabic" writes the
    numbers and dates of an Arabic page with ٠ to ٩; pages in other languages never have
    them. `own` holds what other notebooks accept, by name.
    """

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    year: int
    edition: str = Field(default="latest", pattern=r"^(latest|\d{4}\.\d+)$")
    audience: Literal["internal", "shared"] = "internal"
    language: Literal["ar", "fr", "en"] = "en"
    digits: Literal["western", "arabic"] = "western"
    own: dict[str, Any] = Field(default_factory=dict)

    def for_notebook(
        self,
        *,
        source: str = "edition",
        accepts: Collection[str] | None = None,
    ) -> dict[str, Any]:
        """What papermill hands over: what the notebook accepts (None: all of it).

        Digits only where they are not the usual ones: no notebook counts with them. One
        of published figures (`source` "ledger") knows neither edition nor audience.
        """
        left_out = {"edition", "audience"} if source == "ledger" else set()
        given = self.model_dump(exclude=left_out | {"own"}) | self.own
        if self.digits == "western":
            given.pop("digits")
        known = given if accepts is None else {*accepts, "digits"}
        # A notebook without parameters is given none: papermill would put them on top.
        return {k: v for k, v in given.items() if k in known} if known else {}

    def owned(self, accepts: dict[str, Accepted]) -> dict[str, Any]:
        """Of `own`, what a notebook accepts, each as it takes it.

        Raises: ParameterError for a value of another kind.
        """
        given = {k: v for k, v in self.own.items() if k in accepts}
        return {name: accepts[name].take(value) for name, value in given.items()}


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


def read_parameters(path: Path, own: Collection[str] = ()) -> Parameters:
    """The parameters of `params/<year>.yml`; `own`: names that notebooks accept.

    Raises: ParameterError, one line with file, key, what was found and expected, for a
    file that is missing, empty or no mapping of names to values, a key that is unknown,
    missing or written twice, and a value of the wrong type.
    """
    try:
        return _parted(_load(path), own)
    except ValidationError as refused:
        raise ParameterError(f"{path}: {_sentences(refused, own)}") from None


def with_assignments(
    parameters: Parameters, assignments: Sequence[str], own: Collection[str]
) -> Parameters:
    """The parameters with what was typed as `name=value` in place of what they held.

    Raises: ParameterError for a name that nothing accepts, or a value that cannot be.
    """
    typed: dict[str, Any] = {}
    for assignment in assignments:
        name, sign, value = assignment.partition("=")
        if not sign or not name.isidentifier():
            raise ParameterError(
                f"-p {assignment}: expected name=value, such as -p top=5; quote it "
                "where the value has blanks"
            )
        typed[name] = _standard(name, value) if name in EXPECTED else Typed(value)
    if not typed:
        return parameters
    held = parameters.model_dump(exclude={"own"}) | parameters.own
    try:
        return _parted(held | typed, own)
    except ValidationError as refused:
        raise ParameterError(f"-p: {_sentences(refused, own)}") from None


def _parted(written: dict[Any, Any], own: Collection[str]) -> Parameters:
    names = {name for name in written if name in own and name not in EXPECTED}
    standard = {k: v for k, v in written.items() if k not in names}
    if "own" in standard:
        # The name of a field here, and no parameter.
        standard["own "] = standard.pop("own")
    read = Parameters.model_validate(standard)
    return read.model_copy(update={"own": {k: written[k] for k in sorted(names)}})


def _standard(name: str, value: str) -> Any:
    return int(value) if name == "year" and value.isdecimal() else value


def _load(path: Path) -> dict[Any, Any]:
    written = read_yaml(path, expected="a file such as params/2023.yml")
    if written is None:
        raise ParameterError(f"{path}: the file is empty; expected {_names()}")
    if not isinstance(written, dict):
        raise ParameterError(
            f"{path}: found {kind_of(written)}; expected lines of `name: value` for "
            f"{_names()}"
        )
    return written


def _sentences(refused: ValidationError, own: Collection[str]) -> str:
    return "; ".join(_sentence(fault, own) for fault in refused.errors())


def _sentence(fault: ErrorDetails, own: Collection[str]) -> str:
    key = ".".join(str(part) for part in fault["loc"]).strip()
    if fault["type"] == "extra_forbidden":
        hint = _nearest(key, (*EXPECTED, *own))
        also = f", or what a notebook accepts ({', '.join(sorted(own))})" if own else ""
        return f"{key} is not a parameter; expected {_names()}{also}{hint}"
    if fault["type"] in ("invalid_key", "string_type") and key not in EXPECTED:
        return f"{key} is not a parameter; expected {_names()}"
    if fault["type"] == "missing":
        return f"{key} is missing; expected {EXPECTED[key]}"
    value = fault["input"]
    hint = _nearest(value, CHOICES.get(key, ())) if isinstance(value, str) else ""
    return f"{key} is {value!r} ({kind_of(value)}); expected {EXPECTED[key]}{hint}"


def _nearest(word: str, known: tuple[str, ...] = tuple(EXPECTED)) -> str:
    best = process.extractOne(word.lower(), known, score_cutoff=60) if known else None
    return f"; did you mean {best[0]}?" if best else ""


def _names() -> str:
    *first, last = EXPECTED
    return f"{', '.join(first)} and {last}"
