"""The words of the form: headings, choices of the drop-down lists, and the guide.

The English text is the key of the catalogue `form`; its Arabic is the circular's own
wording. A form is always in Arabic; some courts answer in French, and the French of
the same catalogue is the wording that such returns use.
"""

from qadaya.language import translator
from qadaya.vocabulary import OPTIONAL_COLUMNS

FIRST_INSTANCE_LINE = "First-instance court of ....."
KINGDOM = "Kingdom of Morocco"
TITLE_LINES = (
    "Statistics on cases of sexual exploitation of children online",
    "concerning the two platforms",
    "CPS / NECMEC",
)
YEAR_LINE = "For the year {year}"
OUTCOMES = "Outcome of the case"
FOOTNOTE = (
    "Courts of appeal report only the cases registered with them for the first time, "
    "not those that they hear as courts of second degree."
)
NIL = "Nothing to report"

OFFICIAL_COLUMNS = {
    "court": "Court",
    "body": "Body in charge of the inquiry",
    "subject": "Subject of the notification",
    "platform": "Platform concerned (CPS / NECMEC)",
    "prosecution": "Prosecution",
    "first_instance": "At first instance",
    "appeal": "On appeal",
    "cassation": "Cassation",
}
OPTIONAL_HEADINGS = dict(
    zip(
        OPTIONAL_COLUMNS,
        (
            "Case reference (optional)",
            "Month of registration (optional)",
            "Number of persons prosecuted (optional)",
            "Month of the first-instance judgment (optional)",
            "Month of the appeal decision (optional)",
            "Month of the cassation decision (optional)",
        ),
        strict=True,
    )
)
FORM_COLUMNS = OFFICIAL_COLUMNS | OPTIONAL_HEADINGS

CHOICES = {
    "platform": ("NECMEC", "CPS", "NECMEC / CPS"),
    "prosecution": ("Prosecuted", "Closed", "Inquiry under way", "Referred elsewhere"),
    "subject": (
        "Possession of indecent material of minors",
        "Distribution of indecent material of minors",
        "Production of indecent material of minors",
        "Incitement to exploit children in indecent material",
        "Solicitation of a minor online",
        "Extortion of a minor online",
    ),
    "first_instance": (
        "Conviction",
        "Acquittal",
        "Under way",
        "Lack of jurisdiction",
        "Extinction of the public action",
        "-",
    ),
    "appeal": (
        "Upheld",
        "Amended",
        "Set aside",
        "Conviction",
        "Acquittal",
        "Under way",
        "-",
    ),
    "cassation": (
        "Appeal dismissed",
        "Quashed and sent back",
        "Inadmissible",
        "Under way",
        "-",
    ),
}

DIFFICULTIES_SHEET = "Difficulties"
DIFFICULTIES_TITLE = "Difficulties met in carrying out the circular"
GUIDE_SHEET = "Guide"
GUIDE_TITLE = "How to fill in the form"
LISTS_SHEET = "Lists"
FORM_SHEET = "Table"

# What a clerk sees beside a selected cell.
PROMPTS = {
    "platform": "Choose the platform from which the notification came.",
    "body": "Choose from the list; a body that is not in it may be typed.",
    "subject": "Choose from the list or type the subject. No names, no numbers.",
    "prosecution": "Choose what the prosecution decided.",
    "first_instance": (
        "Choose from the list, or type the sentence in full: the term of imprisonment "
        "and the fine in dirhams. Leave empty when nothing was decided."
    ),
    "appeal": "Choose from the list or type the decision.",
    "cassation": "Choose from the list or type the decision.",
    "case_reference": "Optional. The number of the file, never the name of a person.",
    "registered_month": "Optional. Year and month, such as {year}-03.",
    "persons_prosecuted": "Optional. A whole number.",
    "first_instance_month": "Optional. Year and month, such as {year}-11.",
    "appeal_month": "Optional. Year and month, such as {year}-11.",
    "cassation_month": "Optional. Year and month, such as {year}-11.",
}
NOT_IN_LIST_TITLE = "Not in the list"
NOT_IN_LIST = "Please choose one of the words in the list."
CHECK_TITLE = "Please check"
CHECK_BODY = "This body is not in the list. Keep it all the same?"

GUIDE = (
    (
        "One row, one case",
        "Each row is one case, however many persons it concerns. More rows may be "
        "inserted above the note at the foot of the table.",
    ),
    ("Court", "The court that registered the case. Empty means the court above."),
    (
        "Body in charge of the inquiry",
        "The police or gendarmerie service that carries out the inquiry.",
    ),
    (
        "Subject of the notification",
        "What the notification is about: possession, distribution, production, "
        "incitement, solicitation, extortion, or another subject in a few words.",
    ),
    (
        "Platform concerned (CPS / NECMEC)",
        "The platform from which the notification came: NECMEC (United States, the "
        "centre also written NCMEC) or CPS (Child Protection System). Both when the "
        "case came from the two.",
    ),
    (
        "Prosecution",
        "What the public prosecution decided: prosecuted, closed, inquiry under way, "
        "or referred to another authority.",
    ),
    (
        "Outcome of the case",
        "The latest decision of each instance. A sentence may be typed in full. "
        "'Under way' means that the instance is seized and has not decided; an empty "
        "cell or '-' means that it was not seized.",
    ),
    (
        "Courts of appeal",
        "Only cases registered with them for the first time. A case judged first by "
        "a first-instance court stays in the return of that court.",
    ),
    (
        "Nothing to report",
        "A court without any case writes 'Nothing to report' in the first row and "
        "returns the form: a return that says nothing differs from no return.",
    ),
    (
        "Optional columns",
        "The columns to the left may stay empty. Months are written as year and "
        "month, such as {year}-03. The reference serves to find a case counted twice.",
    ),
    (
        "No personal data",
        "No name, identity number, telephone, e-mail or IP address of anybody: a row "
        "that contains one is refused.",
    ),
    (
        "Corrections",
        "To correct a return, send the whole form again: the later one replaces the "
        "earlier. Please keep the headings, and type words and figures, not formulas.",
    ),
)


def words(text: str, language: str = "ar", **values: object) -> str:
    """The words of the form in the language of a return: `words(YEAR_LINE, year=2024)`.

    Words that are the same in every language, such as CPS, have no entry.
    """
    return translator(language, "returns.form").gettext(text).format(**values)
