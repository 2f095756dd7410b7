"""Names to ids: courts, bodies, regions, and the folding that compares them."""

from qadaya.reference.folding import (
    bare_words,
    fold,
    plain,
    vocabulary_of,
    words,
)
from qadaya.reference.places import (
    CourtMatch,
    circuits_of,
    find_court,
    find_courts,
    nearest_court,
    places_in,
)
from qadaya.reference.services import find_body, nearest_body
from qadaya.reference.tables import (
    bodies,
    body_name,
    circuit_of,
    court_name,
    courts,
    regions,
    tiles,
)

__all__ = [
    "CourtMatch",
    "bare_words",
    "bodies",
    "body_name",
    "circuit_of",
    "circuits_of",
    "court_name",
    "courts",
    "find_body",
    "find_court",
    "find_courts",
    "fold",
    "nearest_body",
    "nearest_court",
    "places_in",
    "plain",
    "regions",
    "tiles",
    "vocabulary_of",
    "words",
]
