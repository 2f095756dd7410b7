"""LaTeX as MathML, which browsers set by themselves: no script, no font to fetch."""

import re
from functools import cache
from html import escape

_DELIMITERS = (("$$", "$$"), (r"\[", r"\]"), ("$", "$"), (r"\(", r"\)"))
# What numbers and names formulas, and is no part of any.
_MARKS = re.compile(r"\\(?:label\{[^{}]*\}|notag\b|nonumber\b)")


@cache
def formula_html(latex: str, *, display: bool) -> str:
    """A formula as a `math` element; as typed, as `code`, where it cannot be set."""
    # Imported here: most pages have no formula.
    from latex2mathml.converter import convert

    try:
        made = convert(_MARKS.sub("", latex), display="block" if display else "inline")
    except Exception:
        # The library raises what it comes across; as typed it can still be read.
        made = ""
    # It passes over commands that it does not know, as names.
    if not made or re.search(r"<m[io]>\\[A-Za-z]", made):
        return f"<code>{escape(latex.strip(), quote=False)}</code>"
    return f'<p class="formula">{made}</p>' if display else made


def output_html(source: str) -> str:
    """A `text/latex` output: a formula between its delimiters, else words with some."""
    text = source.strip()
    for opening, closing in _DELIMITERS:
        inside = text[len(opening) : -len(closing)]
        if text.startswith(opening) and text.endswith(closing) and inside:
            if opening[0] == "$" and "$" in inside:
                break
            return formula_html(inside, display=True)
    if text.startswith(r"\begin{"):
        return formula_html(text, display=True)
    pieces = re.split(r"(?<!\\)\$([^$]+)\$", text)
    html = [
        formula_html(piece, display=False) if place % 2 else escape(piece, quote=False)
        for place, piece in enumerate(pieces)
    ]
    return f"<p>{''.join(html)}</p>"
