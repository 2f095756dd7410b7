"""What a rule does to a return, in words."""

from qadaya.views.prose.words import Words


def severity_name(code: str, words: Words) -> str:
    return {
        "block_return": words("the whole return is refused"),
        "block_row": words("the row is left out"),
        "ask": words("the row counts, the court is asked"),
        "note": words("for information"),
    }[code]
