"""Charts of Vega and Vega-Lite (Altair's) as pictures, drawn when the page is made."""

import re
from typing import Any

from qadaya.pages.render.drawings import picture

_VERSION = re.compile(r"/vega-lite/v(\d+)(?:\.(\d+))?")


class NotDrawn(Exception):
    """Why a chart could not be drawn; `address`: of data that lie elsewhere."""

    def __init__(self, reason: str, address: str = "") -> None:
        super().__init__(reason)
        self.address = address


def drawn(spec: dict[str, Any], alt: str) -> str:
    """The chart as an `img` element.

    Raises: NotDrawn for one whose data lie elsewhere, or that is none.
    """
    # Imported here: it brings a whole engine along, and most pages have no such chart.
    import vl_convert

    try:
        if "/vega/" in str(spec.get("$schema")):
            svg = vl_convert.vega_to_svg(spec, allowed_base_urls=[])
        else:
            version = _version(spec, vl_convert.get_vegalite_versions())
            svg = vl_convert.vegalite_to_svg(
                spec, vl_version=version, allowed_base_urls=[]
            )
    except ValueError as fault:
        raise _not_drawn(str(fault)) from None
    html = picture(svg, _said(spec) or alt)
    if not html:
        raise NotDrawn("no drawing came of it")
    return html


def _version(spec: dict[str, Any], known: list[str]) -> str | None:
    """The nearest version of the library to the one that the chart was made for."""
    found = _VERSION.search(str(spec.get("$schema")))
    if not found:
        return None
    major = [
        version for version in known if version.lstrip("v").split(".")[0] == found[1]
    ]
    exact = [
        version for version in major if version.lstrip("v") == f"{found[1]}.{found[2]}"
    ]
    return next(iter(exact or major[-1:]), None)


def _said(spec: dict[str, Any]) -> str:
    title = spec.get("title")
    words = title.get("text") if isinstance(title, dict) else title
    description = spec.get("description") or words
    return (
        " ".join(description)
        if isinstance(description, list)
        else str(description or "")
    )


def _not_drawn(fault: str) -> NotDrawn:
    if "External data url not allowed: " in fault:
        address = fault.partition("not allowed: ")[2].split()[0]
        # A name alone is looked for where the library keeps its examples.
        return NotDrawn("data elsewhere", address.rpartition("/")[2])
    lines = [line.strip() for line in fault.splitlines() if line.strip()]
    return NotDrawn(lines[1] if len(lines) > 1 else "".join(lines))
