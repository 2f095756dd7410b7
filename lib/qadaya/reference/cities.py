"""From the words after a kind of court to the city that they name, and its courts."""

from collections.abc import Iterator

from qadaya.reference.spellings import cities, courts_by_city, level_of

_BRANCH_WORDS = {
    "penale": ("زجري", "penal", "criminal"),
    "civile": ("مدني", "civil"),
    "sociale": ("اجتماعي", "social"),
}
# Places whose name holds the name of a court's city and which are not that city.
_OTHER_PLACES = (
    "العيون سيدي ملوك",
    "العيون الشرقيه",
    "laayoune sidi mellouk",
    "el aioun sidi mellouk",
    "el aioun charkia",
    "قلعه مكونه",
    "kelaat m gouna",
)
# Words between the kind of court and its place, and what may stand instead of a place.
_EMPTY_WORDS = frozenset(
    [
        "ب",
        "ل",
        "في",
        "لدي",
        "de",
        "d",
        "du",
        "des",
        "a",
        "of",
        "in",
        "la",
        "le",
        "l",
        "the",
        "عن",
        "مدينه",
        "ville",
    ]
)


def place_at_start(tokens: list[str]) -> str | None:
    """The city that the words begin with, the longest known name first."""
    if names_other_place(" ".join(tokens)):
        return None
    for size in range(min(6, len(tokens)), 0, -1):
        for first in _without_prefix(tokens[0]):
            city = cities().get(" ".join([first, *tokens[1:size]]))
            if city:
                return city
    return None


def place_after_branch(rest: str) -> str | None:
    """The place after the branch: الزجرية بالدار البيضاء, pénal de Casablanca."""
    tokens = rest.split()
    while tokens and _branch(tokens[0]):
        tokens = without_stops(" ".join(tokens[1:])).split()
    return place_at_start(tokens)


def courts_of(city: str, level: str, line: str) -> tuple[str, ...]:
    """The courts of a level in a city; where a line names a branch, that branch."""
    ids = courts_by_city()[city]
    if level != "any":
        ids = tuple(c for c in ids if level_of(c) == level)
    branch = _branch(line) if len(ids) > 1 else None
    named = tuple(c for c in ids if branch and c.endswith(f"-{branch}"))
    return named or ids


def names_other_place(folded: str) -> bool:
    """Whether a text names a place that is only called like a court's city."""
    return any(f"{place} " in f"{folded} " for place in _OTHER_PLACES)


def without_stops(folded: str) -> str:
    """The text from its first word on that may begin the name of a place."""
    tokens = folded.split()
    while tokens and tokens[0] in _EMPTY_WORDS:
        tokens = tokens[1:]
    return " ".join(tokens)


def _branch(text: str) -> str | None:
    for branch, stems in _BRANCH_WORDS.items():
        if any(stem in text for stem in stems):
            return branch
    return None


def _without_prefix(token: str) -> Iterator[str]:
    yield token
    if len(token) > 3 and token[0] in "بل":
        yield token[1:]
    if token.startswith("لل") and len(token) > 4:
        yield f"ال{token[2:]}"
