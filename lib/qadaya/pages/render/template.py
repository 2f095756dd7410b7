"""The templates of pages, their words in one language, the policy they all carry."""

from functools import cache
from pathlib import Path

import jinja2

from qadaya.language import translator
from qadaya.pages.render import assets
from qadaya.views.palette import LIGHT
from qadaya.vocabulary import label

# A page cannot call out even if something in it wanted to.
POLICY = (
    "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; "
    "img-src data: blob:; media-src data:; base-uri 'none'; form-action 'none'"
)


@cache
def environment(language: str) -> jinja2.Environment:
    """Templates with their words in one language, compiled once."""
    env = jinja2.Environment(
        loader=jinja2.FileSystemLoader(Path(__file__).resolve().parent),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=jinja2.StrictUndefined,
        extensions=["jinja2.ext.i18n"],
    )
    # Named places are filled by `.format`, as in every catalogue here.
    env.install_gettext_translations(  # type: ignore[attr-defined]
        translator(language, "pages.pages"), newstyle=False
    )
    env.globals |= {
        "LIGHT": LIGHT,
        "assets": assets,
        "css_string": css_string,
        "label": label,
        "language": language,
    }
    return env


def css_string(text: str) -> str:
    """A text inside a CSS string, which no character in it can end.

    The blank after an escape belongs to it.
    """
    return "".join(
        sign if sign.isalnum() or sign in " .,:·" else f"\\{ord(sign):06x} "
        for sign in text
    )
