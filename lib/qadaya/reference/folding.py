"""One spelling for the many that people type: what is compared, never what is shown."""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

# Letters that clerks, keyboards and fonts mix up, after marks have been taken off.
_LETTERS = {
    "ء": "",
    "ـ": "",
    "ۀ": "ه",
    "ہ": "ه",
    "ھ": "ه",
    "ە": "ه",
    "ى": "ي",
    "ی": "ي",
    "ې": "ي",
    "ک": "ك",
    "ڪ": "ك",
    "گ": "ك",
    "ڭ": "ك",
    "ڤ": "ف",
    "ٱ": "ا",
    # Letters of Persian, Urdu and other keyboards that look like those of Arabic.
    **dict.fromkeys("ۂۿ", "ه"),
    "ۃ": "ة",
    **dict.fromkeys("ےێۍؽؾؿۑ", "ي"),
    **dict.fromkeys("ػؼڬڮګݢڰ", "ك"),
    **dict.fromkeys("ۆۇۈۋۏۊ", "و"),
    **dict.fromkeys("ٯڧڨ", "ق"),
    **dict.fromkeys("ںڼ", "ن"),
    "ڥ": "ف",
    "پ": "ب",
    "چ": "ج",
    "ژ": "ز",
    # A letter that was lost on the way.
    "\N{REPLACEMENT CHARACTER}": "",
    "œ": "oe",
    "æ": "ae",
    "ø": "o",
    "ı": "i",
    "٫": ",",
    "٬": ".",
    "،": ",",
    "؛": ";",
}
# Marks, and characters without a width: direction marks, joiners, soft hyphens.
_DROPPED = {"Mn", "Me", "Cf"}
# No word goes on after a ta marbuta: the blank after it was left out.
_TA_MARBUTA = "ة"
_GOES_ON = re.compile(rf"(?<=\w){_TA_MARBUTA}(?=[^\W_])")
# D.G.S.N. is one word; a point between longer words is not.
_ACRONYM_POINT = re.compile(r"(?<![^\W_]{2})(?<=[^\W_])\.(?=[^\W_](?![^\W_]))")
_NOT_A_WORD = re.compile(r"[\W_]+")
_FIGURES = re.compile(r"(\d+)")
_KEPT_CHARACTERS = 4096
# With what an article or a particle begins.
_GLUED = frozenset("وبفكلا")


class _Plain(dict[int, str]):
    """What each character becomes: looked up once, for the first that are met."""

    def __missing__(self, number: int) -> str:
        plain = _plain_character(chr(number))
        if len(self) < _KEPT_CHARACTERS:
            self[number] = plain
        return plain


def _plain_character(character: str) -> str:
    if unicodedata.category(character) in _DROPPED:
        return ""
    if character.isdecimal():
        return str(unicodedata.decimal(character))
    return _LETTERS.get(character, character)


_PLAIN = _Plain()


@lru_cache(maxsize=65536)
def plain(text: str) -> str:
    """Lower case, bare letters, ASCII digits; the punctuation is kept.

    For what `fold` would tear apart, such as 10.000,00. Words glued together after a
    ta marbuta are taken apart.
    """
    if text.isascii():
        return text.lower()
    text = unicodedata.normalize("NFKD", text).casefold()
    text = unicodedata.normalize("NFKD", text).translate(_PLAIN)
    if _TA_MARBUTA in text:
        text = _GOES_ON.sub("ه ", text).replace(_TA_MARBUTA, "ه")
    return text


@lru_cache(maxsize=65536)
def fold(text: str) -> str:
    """The text as it is compared: one spelling per word, words apart by one space.

    Takes off hamza, madda, short vowels, tatweel, invisible characters, accents, case
    and punctuation; makes one letter of ta marbuta and ha, of alef maqsura and ya, of
    presentation forms and plain ones; writes all digits as 0 to 9. Folding twice
    changes nothing.
    """
    text = plain(text)
    if "." in text:
        text = _ACRONYM_POINT.sub("", text)
    return _NOT_A_WORD.sub(" ", text).strip()


def words(text: str) -> list[str]:
    """The folded words, a number and the word glued to it taken apart."""
    return " ".join(_FIGURES.split(fold(text))).split()


@lru_cache(maxsize=16384)
def bare_word(word: str) -> str:
    """A folded Arabic word without the article and the particles glued to it.

    Both sides of a comparison go through it, so a word that only looks as if it began
    with an article does no harm.
    """
    if word[:1] not in _GLUED:
        return word
    for prefix in ("وال", "بال", "فال", "كال", "لل", "ال"):
        if word.startswith(prefix) and len(word) - len(prefix) >= 2:
            return word[len(prefix) :]
    return word[1:] if word.startswith("و") and len(word) >= 5 else word


def vocabulary_of(texts: Iterable[str]) -> frozenset[str]:
    """Every bare word of the texts, once."""
    folded = {word for text in texts for word in fold(text).split()}
    return frozenset(map(bare_word, words(" ".join(folded))))


def bare_words(text: str) -> str:
    """The folded text with every word bare: what lexicons are compared with."""
    return " ".join(map(bare_word, words(text)))
