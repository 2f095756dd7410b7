"""What a function of a researcher's drew, in the forms that a notebook can show.

A plotly, matplotlib or Altair figure, a frame, a styled table, or text.
"""

import io
import traceback
from base64 import b64encode
from typing import Any

from IPython import get_ipython
from IPython.core.formatters import DisplayFormatter

from qadaya.errors import ParameterError

_TEXT = "text/plain"
PICTURES_DPI = 144


def forms_of(drawn: Any) -> dict[str, Any]:
    """The forms of what was drawn, by kind, as an output of a notebook holds them.

    Raises: ParameterError for what has no form but its name in Python.
    """
    if isinstance(drawn, str):
        return {_TEXT: drawn}
    figure = _matplotlib_figure(drawn)
    if figure is not None:
        return {"image/png": _png(figure), _TEXT: "Figure"}
    shell = get_ipython()
    formatter = shell.display_formatter if shell else DisplayFormatter()
    forms = dict(formatter.format(drawn)[0])
    if not set(forms) - {_TEXT}:
        raise ParameterError(
            f"draw gave {_kind(drawn)}; expected a plotly, matplotlib or Altair "
            "figure, a frame, or text"
            + (". Does it end with `return`?" if drawn is None else "")
        )
    return forms


def output_of(forms: dict[str, Any]) -> dict[str, Any]:
    """The same as one output of a notebook."""
    return {"output_type": "display_data", "data": forms, "metadata": {}}


def error_output(error: Exception) -> dict[str, Any]:
    """An exception as the output that a cell would show, from the function on."""
    # Below the frame of ours that called it.
    own = error.__traceback__.tb_next if error.__traceback__ else None
    lines = traceback.format_exception(type(error), error, own)
    return {
        "output_type": "error",
        "ename": type(error).__name__,
        "evalue": str(error),
        "traceback": "".join(lines).splitlines(),
    }


def _matplotlib_figure(drawn: Any) -> Any:
    """The figure of what matplotlib gives: a figure, its axes, a grid of seaborn."""
    figure = getattr(drawn, "figure", drawn)
    return figure if hasattr(figure, "savefig") else None


def _png(figure: Any) -> str:
    picture = io.BytesIO()
    figure.savefig(picture, format="png", dpi=PICTURES_DPI, bbox_inches="tight")
    # Else the cell that drew it shows it a second time.
    from matplotlib import pyplot

    pyplot.close(figure)
    return b64encode(picture.getvalue()).decode()


def _kind(drawn: Any) -> str:
    return "nothing" if drawn is None else type(drawn).__name__
