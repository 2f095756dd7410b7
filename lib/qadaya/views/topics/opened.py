"""The edition that a notebook opens, and the trace that this leaves in the notebook.

A page must say what it was made from, also one that was made from a notebook of a few
lines, run by hand. So the kernel is shown what was opened. JupyterLab draws nothing for
it; a page takes its mark of invented data, its stamp, head and foot from it.
"""

from numbers import Real
from pathlib import Path
from typing import Any

from qadaya.editions import edition as editions
from qadaya.editions.edition import Edition
from qadaya.errors import EditionError
from qadaya.views.topics.colophon import MIME, colophon
from qadaya.views.topics.held import HeldEdition, held


def open_edition(
    name: "str | Path | float | Edition" = "latest",
    *,
    audience: str | None = None,
    language: str | None = None,
    **where: Any,
) -> HeldEdition:
    """The edition of that number, `latest`, or at that path; an edition is itself.

    `audience`: internal or shared; where nothing is said, that of the run, which is
    internal in JupyterLab. `language`: of its card and of the names in its counts, en
    where nothing is said.

    Raises: EditionError when it is missing, for another audience, or damaged.
    """
    if isinstance(name, Edition):
        opened = _again(name, audience, where)
    else:
        opened = editions.open_edition(_asked(name), audience=audience, **where)
    edition = held(opened, language)
    _leave_trace(edition)
    return edition


def _again(edition: Edition, audience: str | None, where: dict[str, Any]) -> Edition:
    """The same edition: a cell that opens what it is given may be run twice."""
    opened = editions.open_edition(
        edition.path, audience=audience or edition.audience, **where
    )
    return edition if opened.manifest == edition.manifest else opened


def _asked(name: Any) -> str | Path:
    """The name as text; a number is the number of an edition.

    Raises: EditionError for what is neither.
    """
    if isinstance(name, str | Path):
        return name
    if isinstance(name, Real) and not isinstance(name, bool):
        return f"{float(name):g}"
    raise EditionError(
        f'edition is {name!r}; expected a number such as "2026.1", "latest", a '
        "folder or an edition"
    )


def _leave_trace(edition: Edition) -> None:
    """Say in the notebook what was opened; nothing outside a notebook."""
    from IPython import get_ipython

    shell: Any = get_ipython()
    if getattr(shell, "kernel", None) is None:
        return
    facts = {k: v for k, v in colophon(edition).facts.items() if k != "language"}
    shell.display_pub.publish({MIME: facts})
