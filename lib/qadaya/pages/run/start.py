"""Starts `qadaya.pages.run.worker` without a package that nothing there needs.

jsonschema imports rfc3987_syntax where it is installed, to check international web
addresses. That builds 38 grammars, which takes longer than all else that a run imports,
and neither nbformat nor plotly ever asks for the check. jsonschema does without the
package where it is missing; so it is said to be missing, here and in the kernels.
"""

import sys
from typing import Any, cast

SLOW = "rfc3987_syntax"
# For the kernel, which runs it before the first cell and keeps no name of it.
WITHOUT_SLOW = f"__import__('sys').modules.setdefault({SLOW!r}, None)"


def main() -> None:
    """Be a worker until no more jobs come."""
    cast(dict[str, Any], sys.modules).setdefault(SLOW, None)
    from qadaya.pages.run.worker import main as work

    work()


if __name__ == "__main__":
    main()
