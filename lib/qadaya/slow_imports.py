"""A package that takes longer to import than all else in a run, and that nobody needs.

jsonschema imports rfc3987_syntax where it is installed, to check international web
addresses. That builds 38 grammars, and neither nbformat nor plotly ever asks for the
check. jsonschema does without the package where it is missing; so it is said to be
missing: in workers and their kernels for good, elsewhere while jsonschema is imported.
"""

import sys
from contextlib import suppress
from importlib import import_module
from typing import Any, cast

SLOW = "rfc3987_syntax"
# For the kernel, which runs it before the first cell and keeps no name of it.
WITHOUT_SLOW = f"__import__('sys').modules.setdefault({SLOW!r}, None)"


def do_without() -> None:
    """Make this process take the slow package for missing."""
    cast(dict[str, Any], sys.modules).setdefault(SLOW, None)


def import_jsonschema() -> None:
    """Import it as if the slow package were missing, which others still find here.

    A researcher's first chart asks for it: plotly looks whether nbformat is there.
    """
    if "jsonschema" in sys.modules or SLOW in sys.modules:
        return
    do_without()
    try:
        with suppress(ImportError):  # then nobody asks for it
            import_module("jsonschema")
    finally:
        del sys.modules[SLOW]
