"""What a text is that holds no form: data of a program, a letter, a mere pointer."""

import re

# Each kind is told by how its first lines begin; its name is a key of `REASONS`.
_HEADER = (
    r"(?:from|return-path|received|delivered-to|subject|to|date|message-id"
    r"|mime-version|x-[\w-]{1,40}):[ \t][^\n]{0,500}\n(?:[ \t][^\n]*\n)*"
)
_KINDS = (
    (
        "shortcut",
        r"\[InternetShortcut\]|\[Desktop Entry\]"
        r"|\{[^{}]{0,900}\"doc_id\"\s*:"
        r"|<\?xml[^>]*>\s*(?:<!DOCTYPE plist[^>]*>)?\s*<plist\b[^&]{0,300}<key>URL<",
    ),
    ("data", r"[\[{]\s*[\"{\[]"),
    ("interchange", r"ID;P|TABLE\s{1,4}0,1\s"),
    ("sealed", r"-----BEGIN (?:PKCS7|CMS|PGP|SIGNED)"),
    ("mail", rf"(?:{_HEADER}){{2}}|From \S+@\S+ |BEGIN:V(?:CARD|CALENDAR)"),
    ("mail", r"begin [0-7]{3} \S"),
    (
        "companion",
        r"\[\.ShellClassInfo\]"
        r"|,[^,\n]*,[^,\n]*,\d\d\.\d\d\.\d{4} [\d:]+,file:",
    ),
    (
        "data",
        r"<\?xml\b|<[a-z][\w:-]*\s+xmlns|%YAML|version https://git-lfs"
        r"|(?:CREATE|INSERT|DROP|SELECT)\b[^\n]*(?:TABLE|INTO|FROM)\b",
    ),
)
_MARKS = [(name, re.compile(start, re.I)) for name, start in _KINDS]
# The few signs in a text that are no letters: line ends, tabs, the end of a DOS file.
_NO_TEXT = re.compile(r"[\0-\x08\x0b\x0e-\x19\x1b-\x1f\x7f\ufffd]")
_MOST_SIGNS, _FEWEST_LETTERS = 1 / 100, 3
_OWNER = re.compile(rb"[\x01-\x36][ -\xff]{1,54} *[\x01-\x36]?\0")
_OWNER_SIZES = (54, 162, 165)


def kind_of_text(text: str) -> str | None:
    """The kind of a text by its first lines, a key of `REASONS`; None for any other."""
    # A mark of the encoding and blank lines may stand before what tells the kind.
    first = text[:4096].lstrip("\ufeff \t\r\n")
    return next((name for name, start in _MARKS if start.match(first)), None)


def is_for_programs(text: str) -> bool:
    """Whether a text is JSON, whose words may well be those of the form."""
    return kind_of_text(text) in ("data", "shortcut") and text.lstrip("\ufeff \t\r\n")[
        :1
    ] in ("{", "[")


def is_clean(text: str) -> bool:
    """Whether a text has several letters, and hardly any sign that is none."""
    return (
        len(set(text)) > _FEWEST_LETTERS
        and len(_NO_TEXT.findall(text)) <= len(text) * _MOST_SIGNS
    )


def is_owner_file(content: bytes) -> bool:
    """Whether this is what Office keeps beside a file that is open (~$name)."""
    # A length, the name of the user, and padding to a size that Office always writes.
    return len(content) in _OWNER_SIZES and bool(_OWNER.match(content))
