"""The themes of the difficulties that courts tell: `params/difficulties.yml`."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from qadaya.errors import ParameterError
from qadaya.reference import fold
from qadaya.returns.code import says_nothing
from qadaya.strict_yaml import read_yaml
from qadaya.workbench.settings import settings_file

OTHER = "other"
_OTHER_NAME = {
    "ar": "صعوبات أخرى",
    "fr": "Autres difficultés",
    "en": "Other difficulties",
}
_FILE = "difficulties.yml"
# What Arabic writes in one word with the next: particles, then the article.
_GLUED = r"(?:[وف])?(?:[بكل])?(?:ال|ل)?"
# A whole line; "no experts" is a difficulty, and "no difficulty" none.
_NO_DIFFICULTY = re.compile(
    r"لا ?شي(?: يذكر)?|neant|rien(?: a signaler)?|ras|nil|none|nothing(?: to report)?|"
    r"(?:لا|لم|ليس|بدون|دون|انعدام|عدم)\b.{0,40}صعوب(?:ه|ات).{0,12}"
    r"|(?:aucune?|pas de|sans|nulle?) difficulte.{0,20}|no difficult(?:y|ies).{0,20}"
)
_Text = Annotated[str, Field(min_length=2)]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class _Name(_Strict):
    ar: _Text
    fr: _Text
    en: _Text


class _Theme(_Strict):
    name: _Name
    keywords: Annotated[list[_Text], Field(min_length=1)]


class _Decision(_Strict):
    by: _Text
    decided: date
    why: _Text


class _File(_Strict):
    decision: _Decision
    themes: dict[Annotated[str, Field(pattern=r"^[a-z][a-z_]*$")], _Theme]


@dataclass(frozen=True)
class Themes:
    """The themes in the order of their file, each with its names and keywords."""

    names: Mapping[str, Mapping[str, str]]
    keywords: Mapping[str, Sequence[str]]

    @cached_property
    def _patterns(self) -> dict[str, re.Pattern[str]]:
        return {
            theme: re.compile(rf"(?<!\w){_GLUED}(?:{'|'.join(map(_pattern, words))})")
            for theme, words in self.keywords.items()
        }

    def of(self, text: str | None) -> list[str]:
        """The themes of a text, OTHER where it has none of them, none if it is nil."""
        lines = [line for line in (text or "").splitlines() if not _says_none(line)]
        typed = fold(" ".join(lines))
        if not typed:
            return []
        found = [name for name, words in self._patterns.items() if words.search(typed)]
        return found or [OTHER]


def read_themes(path: Path | None = None) -> Themes:
    """The themes of this workbench, or those that come with Qadaya.

    Raises: ParameterError, one line, for a file that is not as expected.
    """
    path = settings_file(_FILE, path)
    entries = read_yaml(path, expected="the themes of difficulties")
    try:
        themes = _File.model_validate(entries).themes
    except ValidationError as fault:
        error = fault.errors()[0]
        name = ".".join(map(str, error["loc"])) or path.stem
        raise ParameterError(
            f"{path}: {name}: {error['msg']}; expected decision, and themes each with "
            "name (ar, fr, en) and keywords"
        ) from None
    _require_words(path, themes)
    names = {theme: words.name.model_dump() for theme, words in themes.items()}
    return Themes(
        names | {OTHER: _OTHER_NAME},
        {
            theme: [fold(word) for word in words.keywords]
            for theme, words in themes.items()
        },
    )


def _require_words(path: Path, themes: Mapping[str, _Theme]) -> None:
    if OTHER in themes:
        raise ParameterError(
            f"{path}: themes.{OTHER}: is what no keyword finds; expected another name"
        )
    for theme, words in themes.items():
        for word in words.keywords:
            if len(fold(word)) < 2:
                raise ParameterError(
                    f"{path}: themes.{theme}: keyword {word!r} would be found "
                    "everywhere; expected a word"
                )


def _pattern(folded: str) -> str:
    """A keyword with or without articles and particles before each of its words."""
    first, *others = (re.escape(word) for word in folded.split())
    return "".join([first, *(f" {_GLUED}{word}" for word in others)])


def _says_none(line: str) -> bool:
    typed = fold(line)
    return says_nothing(line) or bool(_NO_DIFFICULTY.fullmatch(typed))
