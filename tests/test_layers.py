"""The flow runs one way: a folder imports only from those above it."""

import ast

import pytest

from qadaya.paths import CHECKOUT

PACKAGE = CHECKOUT / "lib" / "qadaya"
ORDER = [
    {
        "atomic",
        "errors",
        "language",
        "paths",
        "spreadsheet",
        "strict_yaml",
        "vocabulary",
    },
    {"reference"},
    {"returns"},
    {"counting"},
    {"inference"},
    {"ledger"},
    {"editions"},
    {"views"},
    {"pages"},
    {"synthetic"},
    {"cli"},
]
LEVEL = {name: level for level, names in enumerate(ORDER) for name in names}
# `counting` and `editions` take a frame of cases; what follows sees editions only.
NEVER = {
    name: {"returns"}
    for name in ("counting", "inference", "ledger", "editions", "views", "pages")
}


def house(path):
    inside = path.relative_to(PACKAGE)
    return inside.parts[0].removesuffix(".py")


def imported(path):
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.ImportFrom) and node.module:
            names = [node.module]
            if node.module == "qadaya":
                names = [f"qadaya.{each.name}" for each in node.names]
        elif isinstance(node, ast.Import):
            names = [each.name for each in node.names]
        else:
            continue
        for name in names:
            if name.startswith("qadaya."):
                yield name.split(".")[1]


MODULES = [path for path in sorted(PACKAGE.rglob("*.py")) if house(path) != "__init__"]


@pytest.mark.parametrize(
    "path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE))
)
def test_a_module_imports_only_from_houses_above_it(path):
    own = house(path)
    for other in imported(path):
        assert LEVEL[other] <= LEVEL[own], f"{own} imports {other}"
        assert other not in NEVER.get(own, set()), f"{own} imports {other}"


def test_no_module_is_called_utils():
    assert not [path for path in MODULES if "util" in path.stem]
