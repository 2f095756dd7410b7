"""What each table and each column of an edition says, in words a reader can check."""

from typing import NamedTuple

from qadaya.counting.bands import BANDS_OF_MEASURE
from qadaya.language import translator
from qadaya.vocabulary import codes


class Column(NamedTuple):
    """The type of a column, its title, what it holds, its unit, its codes."""

    type: str
    title: str
    description: str
    unit: str | None = None
    codes: tuple[str, ...] | None = None


# The English words are the keys of the catalogue `tables`.
TABLES = {
    "cube": "Cases by court, platform, year, stage and result",
    "reporting": "Which courts have reported, by year",
    "bodies": "Cases by year, platform and investigating body",
    "subjects": "Cases by year, platform and subject of the report",
    "outcomes": "Cases by year, platform and the outcome at each instance",
    "sentences": "Convicted cases by year and the sentence stated, in bands",
    "returns": "Returns received, each version of each court and year",
    "problems": "Problems found in the returns",
    "difficulties": "Difficulties that courts told, by theme",
    "decisions": "Decisions of the desk that were applied",
}
# The columns of a margin, as the name of its table has them.
MARGIN_TITLES = {
    "court": "Court",
    "circuit": "Circuit",
    "platform": "Platform",
    "year": "Year",
    "stage": "Stage",
    "result": "Result",
}
_BANDS = tuple(
    dict.fromkeys(band for each in BANDS_OF_MEASURE.values() for band in each)
)
COLUMNS = {
    "court_id": Column("string", "Court", "Identifier of the court"),
    "circuit_id": Column(
        "string",
        "Circuit",
        "Identifier of the court of appeal of the court in that year",
    ),
    "platform": Column(
        "string",
        "Platform",
        "Platform the report came from",
        codes=codes("platform"),
    ),
    "year": Column("integer", "Year", "Year that the return is about", "year"),
    "stage": Column(
        "string", "Stage", "How far the case has come", codes=codes("stage")
    ),
    "result": Column(
        "string", "Result", "The decision that stands so far", codes=codes("result")
    ),
    "body": Column(
        "string", "Body", "Investigating body; `unknown` when none could be coded"
    ),
    "subject": Column(
        "string",
        "Subject",
        "What the report was about; `unknown` when it could not be coded",
        codes=(*codes("subject"), "unknown"),
    ),
    "first_instance": Column(
        "string",
        "First instance",
        "Outcome at first instance",
        codes=codes("first_instance"),
    ),
    "appeal": Column("string", "Appeal", "Outcome on appeal", codes=codes("appeal")),
    "cassation": Column(
        "string", "Cassation", "Outcome in cassation", codes=codes("cassation")
    ),
    "measure": Column(
        "string", "Measure", "What the band measures", codes=tuple(BANDS_OF_MEASURE)
    ),
    "band": Column("string", "Band", "Band of the sentence stated", codes=_BANDS),
    "status": Column(
        "string",
        "Status",
        "What is known of the court in that year",
        codes=codes("status"),
    ),
    "hidden": Column(
        "boolean", "Hidden", "Whether the count is not shown, to protect it or another"
    ),
    "n": Column("integer", "Cases", "Number of cases, not of persons", "cases"),
    "return": Column("string", "Return", "Identifier of the return"),
    "sha256": Column("string", "SHA-256", "Fingerprint of the file received"),
    "file": Column("string", "File", "Name of the file received"),
    "sheet": Column("string", "Sheet", "Sheet of the file"),
    "version": Column("integer", "Version", "Version of the return, from 1"),
    "supplement": Column(
        "boolean", "Supplement", "Whether it adds to the return of its year"
    ),
    "current": Column("boolean", "Current", "Whether this version is the one counted"),
    "state": Column("string", "State", "What became of the return"),
    "accepted": Column("integer", "Rows accepted", "Rows that were counted", "rows"),
    "refused": Column("integer", "Rows refused", "Rows that were left out", "rows"),
    "covered": Column(
        "integer",
        "Rows covered",
        "Rows of a supplement that the return of the year covers",
        "rows",
    ),
    "received_at": Column("string", "Received", "When the file was received"),
    "rule": Column("string", "Rule", "Name of the check that found the problem"),
    "severity": Column("string", "Severity", "What the problem does to the row"),
    "row": Column("integer", "Row", "Row of the file"),
    "cell": Column("string", "Cell", "Cell of the file, such as D14"),
    "value": Column(
        "string", "Value", "The value as typed; empty where it may be personal"
    ),
    "action": Column("string", "Action", "What the desk decided about the row"),
    "detail": Column("string", "Detail", "The codes, or the other row of the decision"),
    "reason": Column("string", "Reason", "Why the desk decided so"),
    "confirmed_by": Column("string", "Confirmed by", "The office that confirmed it"),
    "confirmed_on": Column("string", "Confirmed on", "The day it was confirmed"),
    "theme": Column("string", "Theme", "Theme of a difficulty"),
    "name_ar": Column("string", "Theme in Arabic", "Name of the theme"),
    "name_fr": Column("string", "Theme in French", "Name of the theme"),
    "name_en": Column("string", "Theme in English", "Name of the theme"),
    "courts": Column("integer", "Courts", "Courts that told it", "courts"),
    "synthetic": Column(
        "boolean", "Synthetic data", "Whether the data are invented for testing"
    ),
}


def table_title(name: str, language: str) -> str:
    """What a table holds: `table_title("cube", "fr")`.

    A table of one margin is named by its columns: `by_circuit_year`.
    """
    say = translator(language, "editions.tables").gettext
    if name in TABLES:
        return say(TABLES[name])
    titles = [say(MARGIN_TITLES[part]) for part in name.removeprefix("by_").split("_")]
    return say("Cases by: {columns}").format(columns=say(", ").join(titles))


def column_title(name: str, language: str) -> str:
    """The heading of a column: `column_title("n", "ar")`."""
    return translator(language, "editions.tables").gettext(COLUMNS[name].title)


def column_description(name: str, language: str) -> str:
    """What a column holds, in one phrase."""
    return translator(language, "editions.tables").gettext(COLUMNS[name].description)
