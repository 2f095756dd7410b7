"""What a rule does to a return, in words."""

from qadaya.views.prose.words import Words
from qadaya.vocabulary import ASK, BLOCK_RETURN, BLOCK_ROW, NOTE


def severity_name(code: str, words: Words) -> str:
    return {
        BLOCK_RETURN: words("the whole return is refused"),
        BLOCK_ROW: words("the row is left out"),
        ASK: words("the row counts, the court is asked"),
        NOTE: words("for information"),
    }[code]
