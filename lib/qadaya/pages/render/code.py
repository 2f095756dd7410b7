"""Code as a page shows it: coloured at build time, in five kinds of words."""

from collections.abc import Iterator
from html import escape

from pygments.lexer import Lexer
from pygments.lexers import get_lexer_by_name
from pygments.token import Token, _TokenType
from pygments.util import ClassNotFound

from qadaya.pages.render.paths import shortened

# Few kinds: a page goes by mail, and a mark for every comma makes it twice as long.
_KINDS = (
    (Token.Comment, "hl-c"),
    (Token.Literal.String, "hl-s"),
    (Token.Literal.Number, "hl-n"),
    (Token.Keyword, "hl-k"),
    (Token.Operator.Word, "hl-k"),
    (Token.Name.Function, "hl-f"),
    (Token.Name.Class, "hl-f"),
    (Token.Name.Builtin, "hl-f"),
    (Token.Name.Decorator, "hl-f"),
)


def code_html(source: str, language: str = "ipython3") -> str:
    """The inside of a `code` element; plain where the language is not known."""
    text = shortened(source)
    try:
        lexer = get_lexer_by_name(language, stripnl=False, ensurenl=False)
    except ClassNotFound:
        return escape(text, quote=False)
    return "".join(_marked(text, lexer))


def _marked(text: str, lexer: Lexer) -> Iterator[str]:
    kept, words = "", ""
    for token, word in lexer.get_tokens(text):
        kind = _kind(token)
        if kind != kept:
            yield _span(kept, words)
            kept, words = kind, ""
        words += word
    yield _span(kept, words)


def _kind(token: _TokenType) -> str:
    return next((name for kind, name in _KINDS if token in kind), "")


def _span(kind: str, words: str) -> str:
    text = escape(words, quote=False)
    return f'<span class="{kind}">{text}</span>' if kind and words else text
