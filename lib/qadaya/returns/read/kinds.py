"""What a file is, told by what is inside it and never by its name."""

import re

# The first bytes of kinds that are not read, and what they are called in `REASONS`.
_MARKS = (
    (b"%PDF", "pdf"),
    (b"\x89PNG", "picture"),
    (b"\xff\xd8\xff", "picture"),
    (b"GIF8", "picture"),
    (b"BM", "picture"),
    (b"II*\x00", "picture"),
    (b"MM\x00*", "picture"),
    (b"{\\rtf", "rich_text"),
    (b"Rar!", "packed"),
    (b"7z\xbc\xaf", "packed"),
    (b"\x1f\x8b", "packed"),
    (b"BZh", "packed"),
    (b"\xfd7zXZ", "packed"),
    (b"MSCF", "packed"),
    (b"MZ", "program"),
    (b"\x7fELF", "program"),
    (b"ID3", "sound"),
    (b"OggS", "sound"),
    (b"8BPS", "picture"),
    (b"AT&TFORM", "picture"),
    (b"\0\0\0\x0cjP", "picture"),
    (b"%!PS", "kind"),
    (b"\xffWPC", "kind"),
    (b"ITSF", "kind"),
    (b"[InternetShortcut]", "kind"),
    (b"SQLite format 3", "database"),
    (b"\x00\x01\x00\x00Standard", "database"),
    (b"bplist00", "kind"),
)
ZIP, OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_EMPTY_ZIP = b"PK\x05\x06"
# Old workbooks that begin without a container: BOF of Excel 2, 3 and 4.
_OLDEST = (b"\x09\x00\x04\x00", b"\x09\x02\x06\x00", b"\x09\x04\x06\x00")
_PICTURES = (b"heic", b"heix", b"mif1", b"avif", b"WEBP")
_HEAD = 4096
_FIRST_OF_PDF = 1024  # what stands before its mark is passed over by every program
_WEB = re.compile(
    r"<(?:!doctype html|html|head|body|table|meta|div|style|frameset)[\s>]", re.I
)
_MAIL = re.compile(r"^(?:mime-version|content-type|from|subject|date):", re.I | re.M)
_SHEETS_2003 = re.compile(r"urn:schemas-microsoft-com:office:spreadsheet")
_WORD_2003 = re.compile(r"schemas\.microsoft\.com/office/word/2003")
_FLAT = re.compile(r"<(?:\w+:)?document\s[^>]*opendocument:xmlns:office")
_SVG = re.compile(r"<svg[\s>]")
_ENCODINGS = (
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)


def without_lines_before(content: bytes) -> bytes:
    """An archive or container without the blank lines that a web server put before."""
    stripped = content.lstrip(b"\r\n\t ")
    return stripped if stripped.startswith((ZIP, OLE)) else content


def kind_of(content: bytes) -> str:
    """The kind of a file: archive, container, web, web_archive, sheets_2003, flat,
    text, or one that is not read, by its name in `REASONS`.
    """
    if content.startswith(ZIP):
        return "archive"
    if content.startswith(_EMPTY_ZIP):
        return "packed"
    if content.startswith(OLE):
        return "container"
    for mark, kind in _MARKS:
        if content.startswith(mark) and not _is_letters(content, kind):
            return kind
    if content[4:8] == b"ftyp" or content[:4] == b"RIFF":
        return "picture" if content[8:12] in _PICTURES else "sound"
    if b"%PDF-" in content[:_FIRST_OF_PDF]:
        return "pdf"
    if content.startswith(_OLDEST):
        return "oldest_excel"
    return _kind_of_text(content)


def _is_letters(content: bytes, kind: str) -> bool:
    """Whether bytes that could begin a picture or program begin a text."""
    return (
        kind in ("picture", "program")
        and len(content) > 2
        and (content[:2] in (b"BM", b"MZ") and b"\0" not in content[:64])
    )


def _kind_of_text(content: bytes) -> str:
    head = _decoded(content[:_HEAD]).lstrip()
    if head.startswith("<"):
        if _SHEETS_2003.search(head):
            return "sheets_2003"
        if _WORD_2003.search(head):
            return "word_2003"
        if _FLAT.search(head):
            return "flat"
        if _SVG.search(head):
            return "picture"
    if _WEB.search(head):
        # A page saved with its pictures is a mail with the page as its first part.
        return "web_archive" if _MAIL.match(head) else "web"
    if _MAIL.match(head) and "multipart/" in head.lower():
        return "web_archive"
    return "text"


def _decoded(head: bytes) -> str:
    for mark, encoding in _ENCODINGS:
        if head.startswith(mark):
            return head.removeprefix(mark).decode(encoding, "ignore")
    return head.decode("latin-1")
