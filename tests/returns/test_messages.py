import re

import pytest

from qadaya.language import LANGUAGES, translator
from qadaya.returns import messages
from qadaya.returns.model import Problem
from qadaya.returns.problems import SEVERITY
from qadaya.returns.reasons import REASONS
from qadaya.returns.rule_texts import COLUMNS, PLACES, RULES, VARIANTS

TEXTS = [
    *RULES.values(),
    *VARIANTS.values(),
    *COLUMNS.values(),
    *PLACES.values(),
    *(text for reason in REASONS.values() for text in reason),
    messages.NO_VALUE,
    messages.EMPTY_VALUE,
    messages.IN_SHEET,
    messages.IN_ROW,
    messages.OF_SHEET,
    messages.ALSO_IN,
    messages.IN_PLACE,
    messages.NEAREST,
    messages.QUOTED,
]
FACTS = {
    "file": "a.xlsx",
    "column": "platform",
    "reason": "empty",
    "missing": ["platform", "appeal"],
    "places": [{"place": "heading", "found": "2022", "cell": "A4"}],
    "example": "2025",
    "prosecution": "closed",
    "coded": "other",
    "later": "appeal",
    "same_as_row": 7,
}


def fields(text):
    return sorted(re.findall(r"{\w+}", text))


def test_every_rule_has_a_message_and_every_message_a_rule():
    assert set(RULES) == set(SEVERITY)


@pytest.mark.parametrize("language", ["ar", "fr"])
@pytest.mark.parametrize("text", sorted(set(TEXTS)))
def test_every_text_is_translated_with_the_same_fields(language, text):
    translated = translator(language, "returns.returns").gettext(text)
    # One word is the same in French.
    assert translated != text or text == "Cassation"
    assert fields(translated) == fields(text)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("rule", RULES)
def test_a_message_is_one_line_that_begins_with_the_place(language, rule):
    problem = Problem(rule, SEVERITY[rule], "s", 7, "D7", "a\nb", FACTS)
    text = problem.message(language)
    assert text.startswith("a.xlsx")
    assert "D7" in text
    assert "\n" not in text
    assert "{" not in text


def test_a_message_says_where_what_is_expected_and_what_to_do():
    problem = Problem("platform_unknown", "block_row", "s", 7, "D7", "INTERPOL", FACTS)
    assert problem.message("en") == (
        "a.xlsx, sheet “s”, D7 (Platform): the platform is “INTERPOL”. Expected NCMEC "
        "(NECMEC), CPS or both. Correct the cell; a case from another source does not "
        "belong in this form."
    )
    assert problem.message("ar").startswith(
        "a.xlsx، الورقة «s»، D7 (المنصة): المنصة: «INTERPOL». المنتظر"
    )


def test_the_column_has_its_name_in_the_language_of_the_reader():
    problem = Problem("platform_missing", "block_row", None, 7, "D7", "", FACTS)
    assert "D7 (Plateforme)" in problem.message("fr")


def test_a_suggestion_is_the_name_and_not_the_id():
    facts = {"file": "a.xlsx", "nearest": "tpi-sale"}
    problem = Problem("court_unknown", "block_return", None, None, None, "x", facts)
    assert problem.message("en").endswith(
        "Nearest known name: Court of First Instance of Sale."
    )


def test_a_long_value_is_cut():
    problem = Problem("body_unknown", "ask", None, 7, "B7", "ب" * 500, {"file": "a"})
    assert len(problem.message("en")) < 400


def test_another_return_is_named_by_file_and_row():
    facts = {"file": "a.xlsx", "other_file": "b.xlsx", "other_row": 9}
    problem = Problem("counted_twice", "ask", None, 7, "A7", "x", facts)
    assert "also in b.xlsx, row 9" in problem.message("en")


@pytest.mark.parametrize(
    ("rule", "reason"),
    [
        *((rule, "empty") for rule in RULES),
        *(("file_unreadable", reason) for reason in REASONS),
    ],
)
def test_in_french_a_mark_stays_with_its_word(rule, reason):
    facts = FACTS | {"reason": reason, "places": 2 * FACTS["places"]}
    text = Problem(rule, SEVERITY[rule], "s", 7, "D7", "a", facts).message("fr")
    assert re.search(r"[^\N{NO-BREAK SPACE}][;:?!»](?!\w)", text) is None
    assert re.search(r"«[^\N{NO-BREAK SPACE}]", text) is None
