"""What a page says in place of an output that it cannot show."""

from collections.abc import Callable
from html import escape
from typing import Any

from qadaya.pages.render.paths import shortened
from qadaya.pages.render.terminal import printed_html
from qadaya.pages.render.vega import NotDrawn

_SCRIPTS = ("application/javascript", "text/javascript")
# Left out where it is an object's name, or empty: then there is nothing to miss.
_NO_LOSS = {"text/plain", "text/markdown"}

Translate = Callable[[str], str]


def no_chart(fault: NotDrawn, _: Translate) -> str:
    if fault.address:
        words = _("A chart stood here whose data lie elsewhere: {address}")
        return words.format(address=fault.address)
    words = _("A chart stood here that could not be drawn: {reason}")
    return words.format(reason=fault)


def left_out(data: dict[str, Any], _: Translate) -> str:
    """Of an output in forms (`data`) that cannot be kept; "" where nothing is lost."""
    if any(kind in data for kind in _SCRIPTS):
        return _("A script stood here. A page runs no script but its own.")
    kinds = sorted(set(data) - _NO_LOSS)
    if not kinds:
        return ""
    words = _("Something stood here that no page can show: {kinds}")
    return words.format(kinds=", ".join(kinds))


def stopped_html(output: dict[str, Any], _: Translate, *, tolerated: bool) -> str:
    """Of an error, without its traceback; "" for an end that was meant.

    `tolerated`: the cell says that it raises one, so that is shown in a line.
    """
    if output["ename"] == "SystemExit" and output["evalue"] in ("", "0"):
        return ""
    if tolerated:
        line = shortened(f"{output['ename']}: {output['evalue']}".splitlines()[0])
        return f"<pre>{printed_html(line)}</pre>"
    words = _("The code stopped here with an error; what it would show is missing.")
    return f'<p class="stopped">{escape(words)}</p>'
