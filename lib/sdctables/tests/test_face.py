import ast
import subprocess
import sys
from pathlib import Path

import pytest

import sdctables


def test_audit_and_suppress_are_functions_whatever_was_imported_before():
    before = (
        "import sdctables.auditing.findings\n"
        "from sdctables.auditing import audit, bounds\n"
        "import sdctables.rounding.round, sdctables.suppression.suppress\n"
    )
    code = f"{before}from sdctables import audit, suppress\nprint(audit.__name__)"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert run.stdout.strip() == "audit", run.stderr


@pytest.mark.parametrize("name", sdctables.__all__)
def test_every_public_name_is_there(name):
    assert getattr(sdctables, name) is not None


def test_an_unknown_name_is_no_attribute():
    with pytest.raises(AttributeError, match="'sdctables' has no attribute 'leak'"):
        _ = sdctables.leak


def test_the_library_knows_no_qadaya():
    code = (
        "import sys, sdctables\n"
        "[getattr(sdctables, name) for name in sdctables.__all__]\n"
        "print([name for name in sys.modules if name.split('.')[0] == 'qadaya'])"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert run.stdout.strip() == "[]", run.stderr


LIBRARY = Path(sdctables.__file__).parent


def imported(nodes):
    for node in nodes:
        if isinstance(node, ast.ImportFrom):
            yield (node.module or "").split(".")[0]
        elif isinstance(node, ast.Import):
            yield from (each.name.split(".")[0] for each in node.names)


def test_the_library_needs_four_packages_and_pyarrow_for_parquet_alone():
    paths = [path for path in LIBRARY.rglob("*.py") if "tests" not in path.parts]
    trees = {path.name: ast.parse(path.read_text()) for path in paths}
    own = {*sys.stdlib_module_names, "sdctables"}

    first = {name for each in trees.values() for name in imported(each.body)} - own
    every = {n: set(imported(ast.walk(tree))) for n, tree in trees.items()}

    assert first == {"numpy", "pandas", "scipy", "highspy"}
    assert [name for name, asked in every.items() if "pyarrow" in asked] == ["files.py"]
