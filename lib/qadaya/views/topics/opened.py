"""The edition that a notebook opens, and the trace that this leaves in the notebook.

A page must say what it was made from, also one that was made from a notebook of a few
lines, run by hand. So the kernel is shown what was opened. JupyterLab draws nothing for
it; a page takes its mark of invented data, its stamp, head and foot from it.
"""

from pathlib import Path
from typing import Any

from qadaya.editions import edition as editions
from qadaya.editions.edition import Edition
from qadaya.views.topics.colophon import MIME, colophon


def open_edition(
    name: "str | Path | float | Edition" = "latest",
    *,
    audience: str | None = None,
    **where: Any,
) -> Edition:
    """The edition of that number, `latest`, or at that path; an edition is itself.

    `audience`: internal or shared; where nothing is said, that of the run, which is
    internal in JupyterLab.

    Raises: EditionError when it is missing, for another audience, or damaged.
    """
    if isinstance(name, Edition):
        # A cell that opens what it is given may be run twice.
        opened = editions.open_edition(
            name.path, audience=audience or name.audience, **where
        )
    else:
        asked = str(name) if isinstance(name, float) else name
        opened = editions.open_edition(asked, audience=audience, **where)
    _leave_trace(opened)
    return opened


def _leave_trace(edition: Edition) -> None:
    """Say in the notebook what was opened; nothing outside a notebook."""
    from IPython import get_ipython

    shell: Any = get_ipython()
    if getattr(shell, "kernel", None) is None:
        return
    facts = {k: v for k, v in colophon(edition).facts.items() if k != "language"}
    shell.display_pub.publish({MIME: facts})
