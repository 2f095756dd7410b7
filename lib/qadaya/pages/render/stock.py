"""A page by one of nbconvert's own templates, with what every page of ours says.

`--template lab` is asked for its look. The mark of invented data, the stamp and the
edition stand on it all the same, and its policy lets nothing be fetched.
"""

import re
from html import escape

from qadaya.language import translator
from qadaya.pages.render.facts import Facts
from qadaya.pages.render.sentences import audience_words
from qadaya.pages.render.template import POLICY
from qadaya.views.palette import LIGHT

_HEAD = re.compile(r"<head\b[^>]*>", re.IGNORECASE)
_BODY = re.compile(r"<body\b[^>]*>", re.IGNORECASE)
_STYLE = (
    "font:600 15px/1.6 sans-serif;padding:8px 16px;margin:0;"
    f"background:{LIGHT['synth']};color:{LIGHT['synth-ink']};"
    f"border-bottom:1px solid {LIGHT['synth-line']}"
)


def dressed(page: str, facts: Facts) -> str:
    """The page with its policy and, first thing in its body, what it is."""
    _ = translator(facts.language, "pages.pages").gettext
    credits = [
        _("Synthetic data.") if facts.synthetic else "",
        audience_words(facts) or "",
    ]
    if facts.edition:
        credits.append(_("Qadaya, edition {edition}").format(edition=facts.edition))
    words = " · ".join(filter(None, credits))
    policy = f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">'
    page = _HEAD.sub(lambda found: found[0] + policy, page, count=1)
    if not words:
        return page
    mark = f'<p lang="{facts.language}" style="{_STYLE}">{escape(words)}</p>'
    if not _BODY.search(page):
        return mark + page
    return _BODY.sub(lambda found: found[0] + mark, page, count=1)
