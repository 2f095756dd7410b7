"""No catalogue lacks what its sister has, and no translation loses a placeholder."""

import re

import pytest
from babel.messages.pofile import read_po

from checkout import CHECKOUT
from qadaya.errors import ParameterError
from qadaya.language import catalogue, translator

PACKAGE = CHECKOUT / "lib" / "qadaya"
DOMAINS = sorted(
    {
        ".".join([*path.relative_to(PACKAGE).parts[:-3], path.stem])
        for path in PACKAGE.rglob("labels/*/*.po")
    }
)
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
def test_a_translation_fills_no_placeholder_that_the_english_lacks(language, domain):
    for message in messages(language, domain).values():
        source = message.id if isinstance(message.id, tuple) else (message.id,)
        known = {name for text in source for name in PLACEHOLDER.findall(text)}
        for text in texts(message):
            assert set(PLACEHOLDER.findall(text)) <= known, text


@pytest.mark.parametrize("domain", DOMAINS)
def test_plurals_have_the_six_forms_of_arabic_and_the_two_of_french(domain):
    for language, forms in (("ar", 6), ("fr", 2)):
        for message in messages(language, domain).values():
            if message.pluralizable:
                assert len(message.string) == forms, message.id


def test_an_unknown_language_is_refused_by_name():
    with pytest.raises(ParameterError, match="'de'; expected one of ar, fr, en"):
        translator("de", "vocabulary")
