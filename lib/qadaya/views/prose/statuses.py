"""The words for what is known of one court in one year."""

from qadaya.views.prose.words import Words
from qadaya.vocabulary import NIL, REPORTED, label


def status_names(codes: list[str], words: Words) -> list[str]:
    """One name a status; where nil returns stand beside, the others are not nil.

    A nil return is an answer: beside it, "reported" would be told of too few courts.
    """
    apart = NIL in codes
    return [
        words("Reported, not nil")
        if apart and code == REPORTED
        else label("status", code, words.language)
        for code in codes
    ]
