"""The sentence of each rule and the names of places, in English: the keys of `returns`.

A sentence says what was found, what is expected and what to do.
"""

COLUMNS = {
    "court": "Court",
    "body": "Investigating body",
    "subject": "Subject of the notification",
    "platform": "Platform",
    "prosecution": "Prosecution",
    "first_instance": "At first instance",
    "appeal": "On appeal",
    "cassation": "Cassation",
    "case_reference": "Case reference",
    "registered_month": "Month of registration",
    "persons_prosecuted": "Persons prosecuted",
    "first_instance_month": "Month of the first-instance decision",
    "appeal_month": "Month of the appeal decision",
    "cassation_month": "Month of the cassation decision",
    "extra": "column that is not in the form",
    "other_sheet": "text on another sheet",
    "defined_name": "name defined in the workbook",
    "hint": "list or hint of a cell",
    "personal": "column for personal data",
    "heading": "lines above the table",
    "difficulties": "difficulties",
    "sheet_name": "name of the sheet",
    "file_name": "name of the file",
    "comment": "comment",
    "note": "note",
    "properties": "properties of the document",
    "hidden": "hidden text",
    "deleted": "deleted text",
    "link": "address of a link",
    "description": "description of a picture",
}
PLACES = {
    "heading": "the lines above the table",
    "rows": "the column of courts",
    "sheet_name": "the name of the sheet",
    "file_name": "the name of the file",
    "option": "what was given with the command",
}
RULES = {
    "file_unreadable": "nothing can be read: {reason}. {remedy}",
    "form_not_recognised": (
        "the form was not found: no cell reads like a heading of it. Expected the "
        "headings of the circular's form. Copy the rows into the form and send it "
        "again."
    ),
    "column_hidden": (
        "columns of the form are hidden: {missing}. Expected the form as it is seen. "
        "Show the columns and send the form again."
    ),
    "tables_beside": (
        "another table begins here, beside the first one. Expected one table, or one "
        "under the other. Move its rows under the first table and send the form again."
    ),
    "sheet_repeated": (
        "{n_rows} rows stand on {same_as_sheet} as well, so that this seems to be a "
        "copy; nothing of it is counted. Expected each case once. Please say whether "
        "these are further cases, or take the copy out."
    ),
    "sheet_hidden": (
        "this sheet is hidden and holds the form with rows: {n_rows}. They are not "
        "counted. If they should be, show the sheet and send the file again."
    ),
    "court_unknown": (
        "no court is known by the name {value}. Expected the name of one of the "
        "courts. Write the name of the court in the lines above the table and send "
        "the form again."
    ),
    "court_ambiguous": (
        "the court is not certain: {places}. Expected one and the same court in all "
        "places, under its own court of appeal. Correct the name and send the form "
        "again."
    ),
    "year_missing": (
        "no year was found. Expected one year, such as 'For the year {example}', above "
        "the table. Add the line and send the form again."
    ),
    "year_conflict": (
        "the year is not certain: {places}. Expected one year per table. Send one "
        "table for each year, with its year above it."
    ),
    "empty_return": (
        "there is no case in the table. Expected one row per case, or 'Nothing to "
        "report' in the first row. Fill in the table and send the form again."
    ),
    "nil_return": "the court reports no case ({value}). Nothing has to be done.",
    "platform_missing": (
        "no platform is given. Expected NCMEC (NECMEC), CPS or both. Fill in the cell "
        "and send the form again."
    ),
    "platform_unknown": (
        "the platform is {value}. Expected NCMEC (NECMEC), CPS or both. Correct the "
        "cell; a case from another source does not belong in this form."
    ),
    "platform_both": (
        "both platforms are given ({value}). Expected one, unless both reported the "
        "case. Please confirm; the case is counted under both."
    ),
    "prosecution_unclear": (
        "the prosecution's decision was not understood: {value}. Expected prosecuted, "
        "closed, under investigation or referred elsewhere. Write one of these in the "
        "cell."
    ),
    "outcome_unclear": (
        "the outcome was not understood: {value}. Expected a decision, 'pending', or "
        "an empty cell where this court was not seized. Write the decision in the cell."
    ),
    "body_unknown": (
        "no investigating body is known by the name {value}. Expected a service of "
        "the police or the gendarmerie. Please name the service; the case is counted "
        "without it."
    ),
    "subject_unclear": (
        "the subject is {value}. Expected possession, distribution, production, "
        "incitement, solicitation, extortion, or another subject in a few words. "
        "Please name one; the case is counted as {coded}."
    ),
    "outcome_without_prosecution": (
        "the outcome is {value}, but the case was not prosecuted ({prosecution}). "
        "Expected no outcome, or a prosecution. Please correct one of the two."
    ),
    "instance_skipped": (
        "{later} is filled in ({value}), but the instance before it has not decided. "
        "Expected the decisions in their order. Please add the missing decision."
    ),
    "duplicate_row": (
        "this row repeats {same_as_row} word for word. Expected one row per case. "
        "Please say whether these are two cases; both are counted."
    ),
    "formula_cell": (
        "the cell holds a formula. Expected typed text or a typed number. Replace the "
        "formula by its value and send the form again."
    ),
    "error_cell": (
        "the cell shows the error {value} and no answer. Expected a word or an empty "
        "cell. Write what stood there and send the form again."
    ),
    "row_hidden": (
        "the row is hidden, so that it is not counted. Expected every case in view. "
        "Please say whether it is a case: show the row, or take it out."
    ),
    "row_struck": (
        "the row is crossed out, so that it is not counted. Expected rows that stand. "
        "Please say whether it is a case: type it anew, or take it out."
    ),
    "struck_cell": (
        "the text of the cell is crossed out or not shown; the cell is read as empty. "
        "Expected what is meant and nothing else. Please type it, or empty the cell."
    ),
    "picture_cell": (
        "a picture or a formula stands in the cell, and no text; the cell is read as "
        "empty. Expected words. Please type what the picture shows, or take it out of "
        "the cell."
    ),
    "hidden_by_rule": (
        "a rule of the sheet (conditional formatting) may hide text of this row; it is "
        "read as typed. Expected text that always shows. Please take out the rule, or "
        "the text."
    ),
    "row_taken_back": (
        "the words {value} beside the case seem to take it back. Expected cases that "
        "count. Please say whether it is a case: take the words out, or the row; it is "
        "counted."
    ),
    "sheet_set_aside": (
        "the sheet is called {value}, as a draft, an example or an old one is. Cases "
        "counted from it: {n_rows}. Expected only sheets that count. Please take it "
        "out, or give it another name."
    ),
    "several_cases": (
        "this row seems to stand for several cases ({value}) and is counted as one. "
        "Expected a row for each case. Please write each on a row of its own."
    ),
    "quote_unclosed": (
        "a quotation mark in this line is never closed; the line is read up to its "
        "end. Expected marks in pairs. Please look whether the row is right."
    ),
    "letters_lost": (
        "letters of the cell cannot be read ({value}). Expected text in UTF-8. Please "
        "look whether the row is right."
    ),
    "month_unclear": (
        "the month was not understood: {value}. Expected a month and a year, such as "
        "03/2022. Please write them so; the case is counted without this month."
    ),
    "persons_unclear": (
        "the number of persons was not understood: {value}. Expected a whole number. "
        "Please write it; the case is counted without it."
    ),
    "reference_unclear": (
        "the case reference has no letter and no figure: {value}. Expected the "
        "reference, or an empty cell. Please write it; the case is counted without it."
    ),
    "sentence_unclear": (
        "a number in the judgment was not understood: {value}. Expected a term with "
        "its unit and a fine with its currency, such as '6 months and 2000 DH'. Please "
        "write them so; the case is counted as a conviction."
    ),
    "personal_data": (
        "this looks like personal data (name, date of birth, telephone, e-mail, IP "
        "address, bank account or identity number); it is not repeated here. Expected "
        "none in the form. Take it out and send the form again."
    ),
    "second_degree_case": (
        "a first-instance court had this case first ({value}). Expected only the cases "
        "registered for the first time with the court of appeal. Take the row out; "
        "the first-instance court reports it."
    ),
    "counted_twice": (
        "this case seems to be counted twice ({value}). Expected each case in one "
        "return. Please say which of the courts reports it; both are counted."
    ),
    "referred_elsewhere": (
        "this case was referred, and the court that went on with it lists it "
        "({value}). It is counted there, where it ended. Nothing has to be done."
    ),
    "supplement_not_listed": (
        "a case told during the year ({value}) does not stand in this return. Expected "
        "every case of the year. Please add it, or say that it is none; meanwhile the "
        "return decides and it is not counted."
    ),
    "supplement_changed": (
        "this case was told during the year ({value}); since then there is a change "
        "in: {changed}. It is counted once, as it stands here. Nothing has to be done."
    ),
    "supplement_repeated": (
        "this case was told already ({value}) and is counted there. Where it has moved "
        "on, correct the return of the year; else nothing has to be done."
    ),
}
# Other sentences of the same rules: nothing was typed, or a filter hides a row.
VARIANTS = {
    "form_incomplete": (
        "the form is not complete: there are headings for {found}, none for {missing}. "
        "Expected all headings of the circular's form. Write the missing ones above "
        "their columns and send the form again."
    ),
    "court_not_given": (
        "no court is named. Expected the name of one of the courts. Write it in the "
        "lines above the table and send the form again."
    ),
    "court_of_several": (
        "the name may mean several courts: {courts} ({places}). Expected the name of "
        "one court. Write its kind and its city in the lines above the table and send "
        "the form again."
    ),
    "prosecution_missing": (
        "the prosecution's decision is missing. Expected prosecuted, closed, under "
        "investigation or referred elsewhere. Write one of these in the cell."
    ),
    "body_not_given": (
        "no investigating body is named. Expected a service of the police or the "
        "gendarmerie. Please name the service; the case is counted without it."
    ),
    "row_filtered": (
        "a filter hides the row, so that it is not counted. Expected every case in "
        "view. Please say whether it is a case: take the filter off, or the row out."
    ),
}
