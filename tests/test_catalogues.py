"""No string lacks a translation, no catalogue keeps one that nothing shows.

`every_string` holds the tests to the first while they run; here the sources are read.
"""

import ast
import re
from functools import cache

import pytest
from babel.messages.pofile import read_po
from jinja2.ext import babel_extract

from checkout import CHECKOUT
from every_string import OPEN
from qadaya.errors import ParameterError
from qadaya.language import catalogue, translator

PACKAGE = CHECKOUT / "lib" / "qadaya"
DOMAINS = sorted(
    {
        ".".join([*path.relative_to(PACKAGE).parts[:-3], path.stem])
        for path in PACKAGE.rglob("labels/*/*.po")
    }
)
# How the code asks for a translation: by one text, or by one and many.
SINGULAR, PLURAL = {"words", "self", "say", "_", "gettext"}, {"plural", "ngettext"}
CALLS = sorted(SINGULAR | PLURAL)
OPTIONS = {"trim_blocks": "1", "lstrip_blocks": "1"}
PLACEHOLDER = re.compile(r"\{(\w+)[^}]*\}")


def messages(language, domain):
    with catalogue(language, domain).open("rb") as source:
        entries = read_po(source, locale=language, abort_invalid=True)
    return {entry.id: entry for entry in entries if entry.id}


def texts(message):
    return message.string if isinstance(message.string, tuple) else (message.string,)


@pytest.mark.parametrize("domain", DOMAINS)
def test_arabic_and_french_hold_the_same_strings(domain):
    assert messages("ar", domain).keys() == messages("fr", domain).keys()


@pytest.mark.parametrize("domain", DOMAINS)
@pytest.mark.parametrize("language", ["ar", "fr"])
def test_no_string_is_left_untranslated(language, domain):
    for text, message in messages(language, domain).items():
        assert all(texts(message)), text
        assert not message.fuzzy, text


@pytest.mark.parametrize("domain", DOMAINS)
@pytest.mark.parametrize("language", ["ar", "fr"])
def test_a_translation_fills_the_placeholders_of_the_english_and_no_other(
    language, domain
):
    for message in messages(language, domain).values():
        source = message.id if isinstance(message.id, tuple) else (message.id,)
        known = {name for text in source for name in PLACEHOLDER.findall(text)}
        # A form for one or two can do without the number, whatever it is called.
        needed = set() if message.pluralizable else known
        for text in texts(message):
            assert needed <= set(PLACEHOLDER.findall(text)) <= known, text


@pytest.mark.parametrize("domain", DOMAINS)
def test_what_is_said_in_french_has_one_apostrophe(domain):
    said = [
        text for message in messages("fr", domain).values() for text in texts(message)
    ]
    assert [text for text in said if re.search(r"\w'\w", text)] == []


@pytest.mark.parametrize("domain", DOMAINS)
def test_no_line_ends_within_a_number_in_french(domain):
    said = [
        text for message in messages("fr", domain).values() for text in texts(message)
    ]
    assert [text for text in said if re.search(r"\b\d{1,3} \d{3}\b", text)] == []


@pytest.mark.parametrize("domain", DOMAINS)
def test_the_form_has_one_name_in_french(domain):
    said = [
        text for message in messages("fr", domain).values() for text in texts(message)
    ]
    other = re.compile(r"modèle (de la circulaire|du 14 avril|ne|peut)")
    assert [text for text in said if other.search(text)] == []


@pytest.mark.parametrize("domain", DOMAINS)
def test_plurals_have_the_six_forms_of_arabic_and_the_two_of_french(domain):
    for language, forms in (("ar", 6), ("fr", 2)):
        for message in messages(language, domain).values():
            if message.pluralizable:
                assert len(message.string) == forms, message.id


@cache
def literals(path):
    """The texts in a module."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return {
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }


def asked(path):
    """The texts for which a module or a template asks for a translation."""
    if path.suffix == ".j2":
        with path.open("rb") as file:
            for _, _, message, _ in babel_extract(file, CALLS, [], OPTIONS):
                # A template gives the number too, which is no text.
                one = isinstance(message, str)
                yield message if one else tuple(text for text in message if text)
        return
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not isinstance(node, ast.Call):
            continue
        name = getattr(node.func, "id", getattr(node.func, "attr", ""))
        values = [getattr(each, "value", None) for each in node.args[:2]]
        if name in PLURAL and all(isinstance(each, str) for each in values):
            yield tuple(values)
        elif name in SINGULAR and isinstance(next(iter(values), None), str):
            yield values[0]


SOURCES = sorted(
    path for kind in ("*.py", "*.j2") for path in PACKAGE.rglob(kind) if path.is_file()
)


def test_every_string_that_is_asked_for_is_in_a_catalogue():
    known = {text for domain in DOMAINS for text in messages("ar", domain)}
    found = {text for path in SOURCES for text in asked(path)}
    assert len(found) > 300
    assert found - known == set()


@pytest.mark.parametrize("domain", [each for each in DOMAINS if each != OPEN])
def test_no_catalogue_keeps_a_string_that_its_folder_does_not_hold(domain):
    folder = PACKAGE.joinpath(*domain.split(".")[:-1])
    inside = [path for path in SOURCES if folder in path.parents]
    held = set().union(*(literals(path) for path in inside if path.suffix == ".py"))
    held |= {text for path in inside if path.suffix == ".j2" for text in asked(path)}
    held = {text[0] if isinstance(text, tuple) else text for text in held}
    ids = messages("ar", domain)
    first = {text[0] if isinstance(text, tuple) else text for text in ids}
    assert first - held == set()


def test_an_unknown_language_is_refused_by_name():
    with pytest.raises(ParameterError, match="'de'; expected one of ar, fr, en"):
        translator("de", "vocabulary")


def test_a_string_that_no_catalogue_has_fails_the_test_that_shows_it():
    with pytest.raises(AssertionError, match="'No such words' is in no catalogue"):
        translator("fr", "views.charts").gettext("No such words")
