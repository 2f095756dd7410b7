"""The flow runs one way: what stands lower in the list asks only for what is above.

Asking is an import, in a function, under TYPE_CHECKING or by a module's name in a text
too, or a catalogue that is opened. It holds for Python and for the explorer's
JavaScript, and neither has a circle.
"""

import ast
import os
import re
from functools import cache

import pytest

from checkout import CHECKOUT

LIB = CHECKOUT / "lib"
ORDER = [
    "sdctables",
    "qadaya.errors",
    "qadaya.slow_imports",
    "qadaya.atomic",
    "qadaya.packaged",
    "qadaya.workbench",
    "qadaya.language",
    "qadaya.dates",
    "qadaya.strict_yaml",
    "qadaya.spreadsheet",
    "qadaya.sdmx",
    "qadaya.csvw",
    "qadaya.vocabulary",
    "qadaya.shared_run",
    "qadaya.reference",
    "qadaya.returns",
    "qadaya.counting",
    "qadaya.inference",
    "qadaya.ledger",
    "qadaya.editions",
    "qadaya.views.palette",
    "qadaya.views.frames",
    "qadaya.views.prose",
    "qadaya.views.charts",
    "qadaya.views.topics",
    "qadaya.views.explorer",
    "qadaya.views",
    "qadaya.pages.render",
    "qadaya.pages.leaks",
    "qadaya.pages.render.exporter",
    "qadaya.pages.run",
    "qadaya.pages",
    "qadaya.synthetic",
    "qadaya.desk",
    "qadaya.cli",
    "qadaya.__main__",
    "qadaya",
]
LEVEL = {name: level for level, name in enumerate(ORDER)}
# These are given a frame of cases or an edition; where cases come from they cannot see.
BLIND_TO_RETURNS = ("counting", "inference", "ledger", "editions", "views", "pages")
JS_IMPORT = re.compile(r"""\b(?:from|import)\s*\(?\s*["'](\.[^"']+\.[jt]s)["']""")


def name_of(path):
    inside = path.relative_to(LIB).with_suffix("")
    parts = inside.parts[:-1] if inside.name == "__init__" else inside.parts
    return ".".join(parts)


MODULES = {
    name_of(path): path
    for path in sorted(LIB.rglob("*.py"))
    if "tests" not in path.parts
}
SCRIPTS = {str(path.relative_to(LIB)): path for path in sorted(LIB.rglob("*.[jt]s"))}
CATALOGUES = {
    ".".join((*path.relative_to(LIB).parts[1:-3], path.stem))
    for path in LIB.rglob("labels/*/*.po")
}
FOLDERS = {domain.rpartition(".")[0] for domain in CATALOGUES}  # all of a folder


def place(name):
    """The folder or the module of the list that this is in."""
    parts = name.split(".")
    homes = [".".join(parts[:length]) for length in range(len(parts), 0, -1)]
    # The package itself stands last, as its public face; what is new is not in it.
    homes = [home for home in homes if home != "qadaya" or name == "qadaya"]
    return next((home for home in homes if home in LEVEL), None)


@cache
def tree(name):
    return ast.parse(MODULES[name].read_text(encoding="utf-8"))


def texts(name):
    """The texts in a module, but for the keys of its dicts."""
    nodes = list(ast.walk(tree(name)))
    keys = {key for node in nodes if isinstance(node, ast.Dict) for key in node.keys}
    for node in nodes:
        if not isinstance(node, ast.Constant) or node in keys:
            continue
        if isinstance(node.value, str):
            yield node.value


def imported(name):
    """The modules of ours that a module asks for, wherever in it and however."""
    own = name.split(".")
    package = own if MODULES[name].name == "__init__.py" else own[:-1]
    for node in ast.walk(tree(name)):
        if isinstance(node, ast.ImportFrom):
            above = package[: len(package) - node.level + 1] if node.level else []
            base = ".".join([*above, *(node.module or "").split(".")]).strip(".")
            names = (f"{base}.{each.name}" for each in node.names)
            yield from (each if each in MODULES else base for each in names)
        elif isinstance(node, ast.Import):
            yield from (each.name for each in node.names)
    yield from (text for text in texts(name) if "." in text and text in MODULES)


@cache
def asked(name):
    return {other for other in imported(name) if other in MODULES} - {name}


def scripts_of(script):
    """The scripts that a script imports."""
    folder = os.path.dirname(script)
    source = SCRIPTS[script].read_text(encoding="utf-8")
    return {
        os.path.normpath(os.path.join(folder, address))
        for address in JS_IMPORT.findall(source)
    }


def circles(graph):
    """The groups of names that each lead back to themselves."""
    left = {name: set(others) for name, others in graph.items()}
    # What leads nowhere, and what nothing leads to, is in no circle.
    while True:
        led_to = set().union(*left.values()) if left else set()
        ends = {name for name, others in left.items() if not others}
        ends |= left.keys() - led_to
        if not ends:
            return sorted(left)
        left = {n: others - ends for n, others in left.items() if n not in ends}


@pytest.mark.parametrize("name", MODULES)
def test_a_module_imports_only_from_above(name):
    own = place(name)
    assert own, f"{name} has no place in ORDER"
    lower = {other for other in asked(name) if LEVEL[place(other)] > LEVEL[own]}
    assert not lower, f"{name} stands above what it imports"


@pytest.mark.parametrize("name", MODULES)
def test_a_module_opens_only_catalogues_from_above(name):
    own = place(name)
    for domain in CATALOGUES.intersection(texts(name)):
        folder = ".".join(["qadaya", *domain.split(".")[:-1]])
        shared = folder in ("qadaya", own) or own.startswith(f"{folder}.")
        assert shared or LEVEL[place(folder)] < LEVEL[own], domain


@pytest.mark.parametrize("name", MODULES)
def test_a_catalogue_that_a_module_names_exists(name):
    for node in ast.walk(tree(name)):
        called = isinstance(node, ast.Call) and getattr(node.func, "id", "")
        if called in ("translator", "Words") and len(node.args) == 2:
            domain = node.args[1]
            if isinstance(domain, ast.Constant):
                assert domain.value in CATALOGUES | FOLDERS


def test_what_counts_and_shows_never_sees_a_return():
    for name in MODULES:
        if name.split(".")[1:2] and name.split(".")[1] in BLIND_TO_RETURNS:
            assert not [other for other in asked(name) if ".returns" in other], name


def test_the_library_of_protection_knows_nothing_of_courts():
    for name in MODULES:
        if name.split(".")[0] == "sdctables":
            assert not [each for each in imported(name) if each.startswith("qadaya")]


def test_a_script_imports_only_scripts_that_exist_and_stand_above():
    for script in SCRIPTS:
        own = place(os.path.dirname(script).replace("/", "."))
        for other in scripts_of(script):
            assert other in SCRIPTS, f"{script} imports {other}"
            home = place(os.path.dirname(other).replace("/", "."))
            assert LEVEL[home] <= LEVEL[own], f"{script} imports {other}"


def test_no_modules_and_no_scripts_go_in_a_circle():
    assert circles({name: asked(name) for name in MODULES}) == []
    assert circles({script: scripts_of(script) for script in SCRIPTS}) == []


def test_a_circle_would_be_seen():
    graph = {"a": {"b"}, "b": {"c"}, "c": {"b", "d"}, "d": set()}
    assert circles(graph) == ["b", "c"]
    assert circles({"a": {"b", "c"}, "b": {"c"}, "c": set()}) == []


def test_every_line_of_the_order_names_something():
    missing = [n for n in ORDER if n not in MODULES and not (LIB / n).is_dir()]
    assert not missing


def test_no_module_is_called_utils():
    assert not [name for name in MODULES if "util" in name.rpartition(".")[2]]
