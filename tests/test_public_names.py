"""What `help` shows of the names that callers are given."""

import inspect
from types import ModuleType

import pytest

import qadaya
import sdctables


def public_names():
    for package in (qadaya, sdctables):
        for name in package.__all__:
            found = getattr(package, name)
            yield f"{package.__name__}.{name}", found
            if isinstance(found, ModuleType):
                for inner in names_of(found):
                    yield f"{package.__name__}.{name}.{inner}", getattr(found, inner)


def names_of(module):
    """What `help` lists of a module: its own functions, or what it says."""
    own = [
        name
        for name, value in vars(module).items()
        if inspect.isfunction(value) and value.__module__ == module.__name__
    ]
    return getattr(module, "__all__", [name for name in own if name[0] != "_"])


def members_of(found):
    """Methods and properties that a class adds itself."""
    own = vars(found).items() if inspect.isclass(found) else ()
    for name, member in own:
        if name[0] != "_" and (
            inspect.isroutine(member) or isinstance(member, property)
        ):
            yield name, member


NAMES = dict(public_names())
EXPLAINED = {
    name: found
    for name, found in NAMES.items()
    if isinstance(found, ModuleType) or callable(found)
}


def test_the_names_of_a_package_are_those_that_it_lists():
    for package in (qadaya, sdctables):
        assert sorted(package.__all__) == sorted(set(package.__all__))
        assert set(package.__all__) <= set(dir(package))


@pytest.mark.parametrize("name", EXPLAINED)
def test_the_first_line_of_help_is_a_sentence_that_says_what_one_gets(name):
    text = inspect.getdoc(EXPLAINED[name])
    assert text, name
    first, *rest = text.splitlines()
    assert first[-1] in ".:" and first[0].isupper()
    assert not rest or rest[0] == "", f"{name}: the first line goes on"


@pytest.mark.parametrize("name", [n for n, v in NAMES.items() if inspect.isfunction(v)])
def test_a_function_tells_the_types_of_what_it_takes_and_gives(name):
    signature = inspect.signature(NAMES[name])
    assert signature.return_annotation is not inspect.Signature.empty
    for parameter in signature.parameters.values():
        assert parameter.annotation is not inspect.Parameter.empty, parameter


def test_what_a_public_class_offers_is_explained_too():
    silent = [
        f"{name}.{member}"
        for name, found in NAMES.items()
        for member, value in members_of(found)
        if not inspect.getdoc(value)
    ]
    assert silent == []
