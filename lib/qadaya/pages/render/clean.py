"""HTML from a notebook, made fit for a page: nothing that runs, calls or stands in for
what is the page's own.

What a list of tags and attributes lets through is decided by `nh3`, last of all. What
is left out and could be seen is said where it stood. Identifiers of the author get a
prefix: they stay links within the notebook's words, and can never be one of the page's.
"""

import re
from collections.abc import Iterator
from html import escape

import nh3
from bs4 import BeautifulSoup, Tag
from bs4.element import NavigableString

from qadaya.language import DIRECTION, translator
from qadaya.pages.render.drawings import as_pictures
from qadaya.pages.render.paths import shortened
from qadaya.pages.render.styles import PROPERTIES, inline_styles
from qadaya.pages.render.tables import make_tables_readable, plain_text

__all__ = ["OWN", "clean_html", "dropped_html", "plain_text", "shows_something"]

OWN = "u-"
_TAGS = """
a abbr article aside b bdi bdo blockquote br caption center cite code col colgroup dd
del details dfn div dl dt em figcaption figure font footer h1 h2 h3 h4 h5 h6 header hr i
img ins kbd li main mark nav ol p pre q rp rt ruby s samp section small span strike
strong sub summary sup table tbody td tfoot th thead time tr tt u ul var wbr
audio video source input label
math merror mfrac mi mmultiscripts mn mo mover mpadded mphantom mprescripts mroot mrow
ms mspace msqrt mstyle msub msubsup msup mtable mtd mtext mtr munder munderover menclose
none
"""
_EVERYWHERE = {
    *("class", "dir", "id", "lang", "role", "style", "tabindex", "title"),
    "translate",  # a title in its author's words
}
_ATTRIBUTES = {
    "*": _EVERYWHERE | {"aria-label", "aria-hidden"},
    "a": {"href"},
    "audio": {"src", "controls"},
    "col": {"span"},
    "font": {"color"},
    "img": {"src", "alt", "width", "height"},
    "input": {"type", "checked", "disabled"},
    "li": {"value"},
    "ol": {"start", "reversed", "type"},
    "details": {"open"},
    "source": {"src", "type"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan", "scope"},
    "time": {"datetime"},
    "video": {"src", "controls", "width", "height", "loop", "muted"},
    **{tag: {"display", "mathvariant", "stretchy", "fence"} for tag in ("math", "mo")},
    **{
        tag: {"columnalign", "rowspacing", "columnspacing"} for tag in ("mtable", "mtd")
    },
    "mi": {"mathvariant"},
    "mover": {"accent"},
    "munder": {"accentunder"},
    "mspace": {"width"},
    "mfrac": {"linethickness"},
    "mstyle": {"displaystyle", "scriptlevel"},
}
_CLASSES = re.compile(
    r"(?:keys|big|note|words|data|num|scroll|vh|date|address|long|dropped|formula|dataframe|qx-saved|hl-[a-z]|ansi-[a-z-]+)"
)
_HELD = ("data:image/", "data:audio/", "data:video/")
# What shows something, and cannot here.
_SHOWS = ("iframe", "frame", "object", "embed", "applet", "canvas", "portal", "webview")
_SEEN = ("img", "audio", "video", "svg", "table", "hr", "input", "math")
_SILENT = ("style", "link", "meta", "base", "template", "noscript", "title", "head")


def clean_html(
    source: str,
    *,
    label: str,
    nothing: str = "–",
    language: str = "en",
    scripts: bool = True,
) -> str:
    """The same HTML without what runs and without addresses that are fetched.

    `label` names tables that have no caption of their own; `nothing` stands for a table
    without rows. `scripts`: whether to say so where one was left out.
    """
    soup = BeautifulSoup(as_pictures(source), "html.parser")
    inline_styles(soup)
    _say_what_is_left_out(soup, language, scripts)
    for element in soup.find_all(True):
        _own_names(element)
    for text in soup.find_all(string=True):
        if type(text) is NavigableString and (short := shortened(text)) != text:
            text.replace_with(short)
    rtl = DIRECTION[language] == "rtl"
    make_tables_readable(soup, label=label, nothing=nothing, rtl=rtl)
    return sanitized(str(soup)).strip()


def sanitized(source: str) -> str:
    """What the list lets through."""
    return nh3.clean(
        source,
        tags=set(_TAGS.split()),
        clean_content_tags={"script", "style", "template", "title"},
        attributes={tag: set(names) for tag, names in _ATTRIBUTES.items()},
        attribute_filter=_filtered,
        filter_style_properties=set(PROPERTIES),
        url_schemes={"http", "https", "mailto", "data"},
        link_rel=None,
        strip_comments=True,
    )


def shows_something(html: str) -> bool:
    """Whether there is more in it than what was said to be left out."""
    soup = BeautifulSoup(html, "html.parser")
    for note in soup.select(".dropped"):
        note.decompose()
    return bool(soup.find(_SEEN) or plain_text(str(soup)))


def dropped_html(words: str) -> str:
    """A sentence that stands where something was left out."""
    return f'<p class="dropped">{escape(words, quote=False)}</p>'


def _filtered(tag: str, name: str, value: str) -> str | None:
    low = "".join(value.split()).lower()
    if name == "class":
        return " ".join(filter(_CLASSES.fullmatch, value.split())) or None
    if name == "src":
        return value if low.startswith(_HELD) else None
    if name == "href":
        starts = ("#", "http://", "https://", "mailto:")
        return value if low.startswith(starts) else None
    if name == "style" and re.search(r"url|image-set|expression|\\|@", low):
        return None
    if tag == "input" and name == "type" and low != "checkbox":
        return None
    return value


def _say_what_is_left_out(soup: BeautifulSoup, language: str, scripts: bool) -> None:
    _ = translator(language, "pages.pages").gettext
    for element in soup.find_all(_SILENT):
        element.decompose()
    scripts_said = not scripts
    for element in soup.find_all("script"):
        text = element.string or ""
        loads = "src" in element.attrs or "PlotlyConfig" in text or "cdn.plot" in text
        sentence = _("A script stood here. A page runs no script but its own.")
        _replace(element, None if scripts_said or loads else sentence)
        # Once for all of an output; one that loads another shows nothing itself.
        scripts_said = scripts_said or not loads
    for element in soup.find_all([*_SHOWS, "img", "audio", "video"]):
        if element.name in _SHOWS or not _is_held(element):
            address = _address(element)
            sentence = _(
                "Something from another place stood here; a page asks for nothing."
            )
            if address:
                sentence = _(
                    "Left out, since a page asks for nothing: {address}"
                ).format(address=address)
            _replace(element, sentence)
        elif element.name == "img":
            element.attrs.setdefault("alt", "")
    for element in soup.find_all("input"):
        element.attrs["disabled"] = ""


def _replace(element: Tag, told: str | None) -> None:
    if told:
        note = BeautifulSoup(dropped_html(told), "html.parser")
        # A paragraph inside a paragraph would end it.
        if element.find_parent("p") is not None and note.p is not None:
            note.p.name = "span"
        element.insert_before(note)
    element.decompose()


def _is_held(element: Tag) -> bool:
    sources = [element, *element.find_all("source")]
    values = [str(e.attrs["src"]) for e in sources if "src" in e.attrs]
    return bool(values) and all(v.strip().lower().startswith(_HELD) for v in values)


def _address(element: Tag) -> str:
    """Where it would have been fetched from, as words; a path by its last part."""
    named = next(_addresses(element), "")
    return shortened(named) if len(named) < 200 else ""


def _addresses(element: Tag) -> Iterator[str]:
    for each in (element, *element.find_all("source")):
        for name in ("src", "data", "srcset"):
            value = str(each.attrs.get(name, "")).strip()
            if value and not value.lower().startswith(
                ("data:", "javascript:", "blob:")
            ):
                yield value


def _own_names(element: Tag) -> None:
    if element.attrs.get("id"):
        element.attrs["id"] = f"{OWN}{element.attrs['id']}"
    target = str(element.attrs.get("href", ""))
    if element.name == "a" and target.startswith("#"):
        element.attrs["href"] = f"#{OWN}{target[1:]}"
