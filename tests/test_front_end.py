"""The JavaScript's own checks, run by node where there is one; it is not needed.

`npm install` brings what they need: the type checker, and a parser.
"""

import json
import random
import shutil
import subprocess

import pytest

from checkout import CHECKOUT
from qadaya.spreadsheet import inert
from qadaya.views.explorer.module import FRONT

TESTS = CHECKOUT / "tests" / "js"
TOOLS = CHECKOUT / "node_modules"


def run(*command, **options):
    return subprocess.run(
        command, cwd=CHECKOUT, capture_output=True, text=True, check=False, **options
    )


@pytest.fixture(scope="module")
def node():
    found = shutil.which("node")
    if found is None:
        pytest.skip("no node here to run the JavaScript's own tests with")
    major = int(run(found, "--version").stdout.lstrip("v").split(".")[0])
    if major < 18:
        pytest.skip(f"node {major} is older than 18")
    return found


@pytest.fixture
def tools(node):
    if not (TOOLS / "typescript").is_dir() or not (TOOLS / "acorn").is_dir():
        pytest.skip("no node_modules here: npm install brings the checkers")
    return TOOLS


def test_the_javascript_has_the_types_that_it_says(node, tools):
    checked = run(node, tools / "typescript" / "bin" / "tsc", "--project", TESTS)
    assert checked.stdout + checked.stderr == ""
    assert checked.returncode == 0


@pytest.mark.parametrize("file", sorted(TESTS.glob("*.test.js")), ids=lambda f: f.stem)
def test_the_javascript_passes_its_own_tests(node, tools, file):
    done = run(node, "--test", "--test-reporter=tap", file)
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-2000:]
    assert "# fail 0" in done.stdout and "# pass 0" not in done.stdout


GUARD = """
import {{ inert }} from {module};
const typed = JSON.parse(process.argv[1]);
console.log(JSON.stringify(typed.map(inert)));
"""


def test_python_and_javascript_make_the_same_texts_inert(node):
    draw = random.Random(11)
    signs = "=+-@＝＋－＠,;\t\n\r \"'\xa0\u200f\u061c\ufeff\x07\x00a1قى😀"
    typed = ["".join(draw.choices(signs, k=draw.randint(0, 6))) for _ in range(4000)]
    module = json.dumps((FRONT / "exports" / "csv.js").as_uri())
    code = GUARD.format(module=module)
    done = run(node, "--input-type=module", "--eval", code, "--", json.dumps(typed))
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == [inert(text) for text in typed]
