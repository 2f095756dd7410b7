"""The words of the views: each is in one catalogue, and no catalogue has a spare."""

import ast
import re
from collections import Counter
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from qadaya import views
from qadaya.language import catalogue
from qadaya.views.explorer import frame_labels, labels, published_labels
from qadaya.views.explorer.facts import BREAKS

VIEWS = Path(views.__file__).parent
LISTS = [
    *(
        words
        for one in (labels, published_labels)
        for words in (one.WORDS, one.COUNTED)
    ),
    frame_labels.WORDS,
    frame_labels.OF_ONE_PLATFORM,
    BREAKS,
]
SPOKEN = ("words", "self", "_", "gettext")


def constants(node):
    """The texts that a call is given; of a choice by key, all of them."""
    if isinstance(node, ast.Subscript):
        node = node.value
    if isinstance(node, ast.Dict):
        yield from (value.value for value in node.values)
    elif isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value


def spoken(path):
    """Every text that a module says, alone or with its plural."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not isinstance(node, ast.Call) or not node.args:
            continue
        name = getattr(node.func, "id", getattr(node.func, "attr", ""))
        if name in ("plural", "ngettext"):
            found = [text for given in node.args[:2] for text in constants(given)]
            yield tuple(found)
        elif name in SPOKEN:
            yield from constants(node.args[0])


def said():
    """What the views say: in sentences, and in the lists of the explorer."""
    found = {text for path in VIEWS.rglob("*.py") for text in spoken(path)}
    listed = {text for lists in LISTS for text in lists.values()}
    return (found | listed) - {()}


def messages(language):
    for path in sorted(catalogue(language, "views").iterdir()):
        with path.open("rb") as source:
            yield from (each for each in read_po(source, locale=language) if each.id)


@pytest.mark.parametrize("language", ["ar", "fr"])
def test_no_text_is_missing_and_none_is_left_over(language):
    assert {message.id for message in messages(language)} == said()


@pytest.mark.parametrize("language", ["ar", "fr"])
def test_a_text_has_one_translation(language):
    ids = (m.id[0] if m.pluralizable else m.id for m in messages(language))
    assert [text for text, n in Counter(ids).items() if n > 1] == []


@pytest.mark.parametrize("language", ["ar", "fr"])
def test_a_translation_keeps_every_fact(language):
    for message in messages(language):
        forms = message.string if message.pluralizable else (message.string,)
        text = message.id[-1] if message.pluralizable else message.id
        asked = set(re.findall(r"{(\w+)}", text))
        for form in forms:
            assert set(re.findall(r"{(\w+)}", form)) <= asked, text
        # none, one and two are said in words; the form of any number says it all
        assert set(re.findall(r"{(\w+)}", forms[-1])) == asked, text
