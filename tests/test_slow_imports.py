"""What takes longest to import is left out, and is there for who asks for it."""

import subprocess
import sys

import pytest


def last_line(code):
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    return done.stdout.splitlines()[-1]


def test_a_chart_of_ours_waits_for_no_grammar_of_web_addresses():
    assert (
        last_line(
            "import sys\n"
            "from qadaya import charts\n"
            "import nbformat\n"
            "print('jsonschema' in sys.modules, 'rfc3987_syntax' in sys.modules)"
        )
        == "True False"
    )


def test_who_asks_for_the_slow_package_still_gets_it():
    assert (
        last_line(
            "from qadaya import charts\n"
            "import rfc3987_syntax\n"
            "print(rfc3987_syntax.is_valid_syntax('iri', 'https://example.org'))"
        )
        == "True"
    )


@pytest.mark.parametrize("first", ["jsonschema", "rfc3987_syntax"])
def test_what_was_imported_before_stays_as_it_was(first):
    assert (
        last_line(
            f"import sys, {first}\n"
            f"before = sys.modules['{first}']\n"
            "from qadaya import charts\n"
            f"print(sys.modules['{first}'] is before)"
        )
        == "True"
    )


def test_who_plans_pages_waits_for_neither_statistics_nor_charts():
    slow = "{'scipy', 'plotly', 'nbformat', 'IPython'}"
    assert (
        last_line(
            f"import sys\nimport qadaya.pages.report\nprint({slow} & set(sys.modules))"
        )
        == "set()"
    )
