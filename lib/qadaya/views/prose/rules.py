"""The rules that returns are checked by, named as a reader would name them."""

from qadaya.views.prose.words import Words


def rule_name(code: str, words: Words) -> str:
    """What a rule finds, in a few words; the code of a rule that has no name here."""
    return {
        "file_unreadable": words("file that cannot be read"),
        "form_not_recognised": words("form not found"),
        "column_hidden": words("hidden columns"),
        "tables_beside": words("two tables side by side"),
        "sheet_repeated": words("sheet that repeats another"),
        "sheet_hidden": words("hidden sheet with rows"),
        "court_unknown": words("unknown court"),
        "court_ambiguous": words("court not certain"),
        "year_missing": words("no year"),
        "year_conflict": words("year not certain"),
        "empty_return": words("table without a case"),
        "nil_return": words("nil return"),
        "platform_missing": words("no platform"),
        "platform_unknown": words("unknown platform"),
        "platform_both": words("both platforms"),
        "prosecution_unclear": words("decision on prosecution not understood"),
        "outcome_unclear": words("outcome not understood"),
        "body_unknown": words("unknown investigating body"),
        "subject_unclear": words("subject not understood"),
        "outcome_without_prosecution": words("outcome without a prosecution"),
        "instance_skipped": words("instance left out"),
        "duplicate_row": words("repeated row"),
        "formula_cell": words("formula in a cell"),
        "error_cell": words("error in a cell"),
        "row_hidden": words("hidden row"),
        "row_struck": words("crossed-out row"),
        "struck_cell": words("crossed-out cell"),
        "quote_unclosed": words("quotation mark left open"),
        "letters_lost": words("letters that cannot be read"),
        "month_unclear": words("month not understood"),
        "persons_unclear": words("number of persons not understood"),
        "reference_unclear": words("case reference not understood"),
        "sentence_unclear": words("sentence not understood"),
        "personal_data": words("personal data"),
        "second_degree_case": words("case of a first-instance court"),
        "counted_twice": words("case that seems counted twice"),
        "referred_elsewhere": words("case referred and listed there"),
        "supplement_not_listed": words("case told earlier, not listed"),
        "supplement_changed": words("case told earlier, changed"),
        "supplement_repeated": words("case told earlier, repeated"),
    }.get(code, code)
