import pandas as pd
import pytest

from qadaya.reference import court_name
from qadaya.views.prose.paragraph import Paragraph
from qadaya.views.prose.words import from_outside
from qadaya.views.topics import arrivals, headline, quality
from small_edition import small_edition

RETURNS = pd.DataFrame(
    [
        ("a1", "tpi-sale", 2023, 1, False, "accepted", 3, 0, "sale.xlsx", "1"),
        ("a2", "tpi-sale", 2023, 2, True, "accepted_with_problems", 4, 1, "b.ods", "1"),
        ("a3", "tpi-temara", 2023, 1, True, "nil", 0, 0, "temara.csv", None),
        ("a4", "tpi-fes", 2023, 1, False, "refused", 0, 0, "fes.docx", None),
        ("a5", None, pd.NA, 1, False, "refused", 0, 0, "who.xlsx", "x"),
        ("a6", None, 2023, 1, False, "refused", 0, 0, "n.xlsx", "x"),
    ],
    columns=[
        "return",
        "court_id",
        "year",
        "version",
        "current",
        "state",
        "accepted",
        "refused",
        "file",
        "sheet",
    ],
).assign(received_at="2024-03-05T10:00:00Z")
PROBLEMS = pd.DataFrame(
    [
        ("a1", "tpi-sale", 2023, "platform_missing", "block_row", "1", 12, "D12"),
        ("a2", "tpi-sale", 2023, "platform_missing", "block_row", "1", 14, "D14"),
        ("a2", "tpi-sale", 2023, "body_unknown", "ask", "1", 15, "B15"),
        ("a4", "tpi-fes", 2023, "empty_return", "block_return", None, pd.NA, None),
        ("a6", None, 2023, "court_unknown", "block_return", None, pd.NA, None),
    ],
    columns=["return", "court_id", "year", "rule", "severity", "sheet", "row", "cell"],
)
STATUSES = [
    ("tpi-sale", "ca-rabat", 2023, "reported"),
    ("tpi-temara", "ca-rabat", 2023, "nil"),
    ("tpi-fes", "ca-fes", 2023, "missing"),
    ("ca-fes", "ca-fes", 2023, "missing"),
    ("tpi-oulad-teima", "ca-agadir", 2023, "not_established"),
]


@pytest.fixture
def edition():
    return small_edition(
        [], STATUSES, others={"returns": RETURNS, "problems": PROBLEMS}
    )


def test_silent_courts_are_those_that_existed_and_sent_nothing(edition):
    silent = arrivals.silent_courts(edition, year=2023)
    assert silent["Court"].tolist() == [
        "Court of Appeal of Fez",
        "Court of First Instance of Fez",
    ]


@pytest.mark.parametrize("language", ["ar", "fr", "en"])
def test_silent_courts_stand_in_the_order_of_the_map_in_each_language(language):
    # By their names, Casablanca would come before Rabat in English, Taza before Fez
    # in Arabic.
    listed = ["tpi-sale", "ca-casablanca", "tpi-fes", "tpi-taza"]
    circuits = ["ca-rabat", "ca-casablanca", "ca-fes", "ca-taza"]
    answered = [
        (court, of, 2023, "missing") for court, of in zip(listed, circuits, strict=True)
    ]
    edition = small_edition([], answered[::-1])
    silent = arrivals.silent_courts(edition, year=2023, language=language)
    names = [court_name(court, language) for court in listed]
    assert silent.iloc[:, 1].tolist() == names


def test_answers_are_counted_by_circuit_and_status(edition):
    answers = arrivals.answers_by_circuit(edition, year=2023)
    # Both columns together are the courts that reported.
    assert answers.columns.tolist()[1:] == [
        "Reported, not nil",
        "Nil return",
        "Not reported",
        "Not yet established",
        "Missing courts would add",
    ]
    assert sorted(answers.iloc[:, 1:5].values.tolist()) == [
        [0, 0, 0, 1],
        [0, 0, 2, 0],
        [1, 1, 0, 0],
    ]


def test_one_name_for_a_status_on_a_page_that_tells_nil_returns_apart(edition):
    shown = headline.answers(edition, years=[2023])
    assert [(figure.name, figure.count) for figure in shown] == [
        ("Reported, not nil", "1"),
        ("Nil return", "1"),
        ("Not reported", "2"),
        ("Not yet established", "1"),
    ]
    names = quality.answers_by_year(edition).columns.tolist()
    assert names[1:5] == [figure.name for figure in shown]


@pytest.mark.parametrize(
    ("language", "said"),
    [("en", "No court."), ("fr", "Aucune juridiction."), ("ar", "لا توجد أي محكمة.")],
)
def test_where_no_court_is_silent_the_page_says_no_court(edition, language, said):
    edition.reporting["status"] = "reported"
    silent = arrivals.silent_courts(edition, year=2023, language=language)
    assert silent._repr_html_() == f"<p>{said}</p>"


def test_each_circuit_says_what_its_missing_courts_would_add():
    # Fez told of three cases in 2022 and is silent in 2023; its court of appeal never
    # told of any year.
    before = [("tpi-fes", "ca-fes", 2022, "reported")]
    before += [("tpi-sale", "ca-rabat", 2022, "reported")]
    cells = [("tpi-fes", "ca-fes", "NCMEC", 2022, "closed", "none", 3)]
    cells += [("tpi-sale", "ca-rabat", "NCMEC", 2022, "closed", "none", 9)]
    answers = arrivals.answers_by_circuit(
        small_edition(cells, [*before, *STATUSES]), year=2023
    )
    said = dict(
        zip(answers["Circuit"], answers["Missing courts would add"], strict=True)
    )
    assert said == {"Agadir": "0", "Fez": "0–3; 1 has never reported", "Rabat": "0"}


def test_a_shared_edition_has_no_column_for_nil_returns(edition):
    edition.audience = "shared"
    edition.reporting["status"] = edition.reporting["status"].replace("nil", "reported")
    answers = arrivals.answers_by_circuit(edition, year=2023)
    assert "Nil return" not in answers
    assert answers["Reported"].tolist().count(2) == 1


def bare(table):
    """The rows without the marks that hold names in their direction."""
    marks = str.maketrans("", "", "\u2068\u2069")
    return [[str(cell).translate(marks) for cell in row] for row in table.to_numpy()]


def test_every_version_of_a_return_is_listed_and_one_counts(edition):
    came = arrivals.returns_received(edition, year=2023)
    sale = came[came["Court"] == "Court of First Instance of Sale"]
    assert sale["Version"].tolist() == [1, 2]
    assert sale["Counts"].tolist() == ["no", "yes"]
    assert sale["Received"].tolist() == ["5 March 2024", "5 March 2024"]


def test_a_return_of_no_known_court_or_year_is_not_lost(edition):
    lost = arrivals.unplaced_returns(edition)
    assert bare(lost) == [
        ["who.xlsx", "x", "5 March 2024"],
        ["n.xlsx", "x", "5 March 2024"],
    ]


def test_problems_of_a_replaced_version_are_not_counted(edition):
    found = arrivals.problems_by_rule(edition, year=2023)
    assert found[["Rule", "Problems", "Courts"]].values.tolist() == [
        ["unknown investigating body", 1, 1],
        ["unknown court", 1, 0],
        ["table without a case", 1, 1],
        ["no platform", 1, 1],
    ]


def test_what_is_for_information_is_no_problem():
    known = PROBLEMS["rule"] != "court_unknown"
    problems = PROBLEMS.assign(severity=PROBLEMS["severity"].where(known, "note"))
    edition = small_edition(
        [], STATUSES, others={"returns": RETURNS, "problems": problems}
    )
    rules = arrivals.problems_by_rule(edition, year=2023)["Rule"].tolist()
    assert "unknown court" not in rules and len(rules) == 3


def test_a_refusal_names_court_file_cell_and_rule(edition):
    refused = arrivals.refused_rows(edition, year=2023)
    assert bare(refused) == [
        ["Court of First Instance of Fez", "fes.docx", "", "", "table without a case"],
        ["Court of First Instance of Sale", "b.ods", "1", "D14", "no platform"],
        ["", "n.xlsx", "x", "", "unknown court"],
    ]


def test_completeness_is_said_over_the_courts_that_existed(edition):
    said = arrivals.completeness_sentence(edition, year=2023)
    assert said.startswith("2 of 4 courts reported for 2023.")
    arabic = arrivals.completeness_sentence(edition, year=2023, language="ar")
    assert arabic.startswith("وردت جداول 2 من 4 محاكم برسم سنة 2023.")


def test_an_internal_edition_says_what_the_others_could_add():
    statuses = [
        *STATUSES,
        ("tpi-fes", "ca-fes", 2021, "reported"),
        ("tpi-fes", "ca-fes", 2022, "reported"),
        ("ca-fes", "ca-fes", 2022, "missing"),
    ]
    counts = [
        ("tpi-fes", "ca-fes", "CPS", 2021, "closed", "none", 2),
        ("tpi-fes", "ca-fes", "NCMEC", 2022, "closed", "none", 3),
        ("tpi-fes", "ca-fes", "CPS", 2022, "closed", "none", 4),
    ]
    edition = small_edition(counts, statuses)
    said = arrivals.completeness_sentence(edition, year=2023)
    assert said == (
        "2 of 4 courts reported for 2023. The others would add 0 to 7 cases: from none "
        "to the most that each has reported in another year. 1 of them has never "
        "reported, and nothing bounds it."
    )
    arabic = arrivals.completeness_sentence(edition, year=2023, language="ar")
    assert "من 0 إلى 7 قضايا: من لا شيء" in arabic
    [figure] = headline.key_figures(edition, years=[2023])[-1:]
    assert figure.note == "the others would add 0–7; 1 has never reported"
    added = quality.answers_by_year(edition)["Missing courts would add"]
    assert added.tolist() == ["0", "not known: 1 has never reported", figure.note[21:]]


def test_a_shared_edition_bounds_the_others_by_its_published_counts():
    statuses = [*STATUSES, ("tpi-fes", "ca-fes", 2022, "reported")]
    counts = [("tpi-fes", "ca-fes", "CPS", 2022, "closed", "none", 3)]
    bounds = {"court_id x year": {"largest": 2}}
    edition = small_edition(counts, statuses, audience="shared", bounds=bounds)
    said = arrivals.completeness_sentence(edition, year=2023)
    assert "0 to 5 cases: from none to the most that each can have reported" in said
    assert "by the published counts" in said
    edition.bounds = {"platform": {"largest": 2}}  # nothing about a single court
    assert arrivals.completeness_sentence(edition, year=2023) == (
        "2 of 4 courts reported for 2023."
    )


def test_a_sentence_is_shown_as_prose_with_its_signs_as_typed():
    assert Paragraph("p < 0.05")._repr_markdown_() == "p\u00a0\\<\u00a00.05"


def test_a_file_name_cannot_turn_the_line_it_stands_in():
    assert from_outside("sale\u202exslx.2024") == "\u2068salexslx.2024\u2069"
    assert from_outside("\u2067سلا\u2069") == "\u2068سلا\u2069"
