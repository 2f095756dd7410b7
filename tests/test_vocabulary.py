import ast
import itertools

import pytest

from checkout import CHECKOUT
from qadaya import vocabulary
from qadaya.language import LANGUAGES, translator
from qadaya.vocabulary import codes, label, stage_and_result

KINDS = sorted(vocabulary._WORDS)

STANDINGS = [
    # prosecution, first instance, appeal, cassation -> stage, result
    (("under_investigation", "none", "none", "none"), ("under_investigation", "none")),
    (("closed", "none", "none", "none"), ("closed", "none")),
    (("referred", "none", "none", "none"), ("referred", "none")),
    (("prosecuted", "none", "none", "none"), ("prosecuted", "pending")),
    (("prosecuted", "pending", "none", "none"), ("prosecuted", "pending")),
    (("prosecuted", "convicted", "none", "none"), ("first_instance", "convicted")),
    (("prosecuted", "other", "none", "none"), ("first_instance", "other")),
    (("prosecuted", "convicted", "pending", "none"), ("appeal", "convicted")),
    (("prosecuted", "convicted", "upheld", "none"), ("appeal", "convicted")),
    (("prosecuted", "acquitted", "overturned", "none"), ("appeal", "convicted")),
    (("prosecuted", "convicted", "overturned", "none"), ("appeal", "acquitted")),
    (("prosecuted", "acquitted", "convicted", "quashed"), ("cassation", "pending")),
    (("prosecuted", "convicted", "upheld", "rejected"), ("cassation", "convicted")),
    (("prosecuted", "acquitted", "upheld", "pending"), ("cassation", "acquitted")),
    # asked of the court, and counted: closed, yet convicted
    (("closed", "convicted", "none", "none"), ("first_instance", "convicted")),
    # asked of the court, and counted: an appeal without a first decision
    (("prosecuted", "none", "upheld", "none"), ("appeal", "pending")),
]


@pytest.mark.parametrize(("outcome", "standing"), STANDINGS)
def test_a_case_stands_where_its_latest_instance_left_it(outcome, standing):
    assert stage_and_result(*outcome) == standing


def test_every_combination_of_codes_has_one_stage_and_one_result():
    columns = ("prosecution", "first_instance", "appeal", "cassation")
    for outcome in itertools.product(*map(codes, columns)):
        stage, result = stage_and_result(*outcome)
        assert stage in codes("stage")
        assert result in codes("result")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", KINDS)
def test_every_code_has_a_word_in_every_language(kind, language):
    for code in codes(kind):
        assert label(kind, code, language)
        if language != "en" and kind != "platform":
            text = vocabulary._WORDS[kind][code]
            assert translator(language, "vocabulary")._catalog.get(text)  # type: ignore


def test_a_word_is_given_in_the_language_asked_for():
    assert label("stage", "appeal", "ar") == "معروضة على الاستئناف"
    assert label("stage", "appeal", "fr") == "En appel"
    assert label("stage", "appeal", "en") == "On appeal"


# Codes that are no everyday words, so that finding one elsewhere means a second coding.
ONCE = [
    vocabulary.BLOCK_RETURN,
    vocabulary.BLOCK_ROW,
    vocabulary.ACCEPTED_WITH_PROBLEMS,
    "QADAYA_AUDIENCE",
]


@pytest.mark.parametrize("code", ONCE)
def test_a_code_is_spelled_in_one_place(code):
    spelled = [
        path.name
        for path in sorted((CHECKOUT / "lib" / "qadaya").rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and node.value == code
    ]
    assert len(spelled) == 1, spelled
