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
    (b"II+\x00", "picture"),
    (b"MM\x00*", "picture"),
    (b"MM\x00+", "picture"),
    (b"\xd7\xcd\xc6\x9a", "picture"),
    (b"\0\0\1\0\1\0", "picture"),
    (b"{\\rtf", "rich_text"),
    (b"Rar!", "packed"),
    (b"7z\xbc\xaf", "packed"),
    (b"\x1f\x8b", "packed"),
    (b"BZh", "packed"),
    (b"\xfd7zXZ", "packed"),
    (b"MSCF", "packed"),
    (b"\x28\xb5\x2f\xfd", "packed"),
    (b"MZ", "program"),
    (b"\x7fELF", "program"),
    (b"ID3", "sound"),
    (b"OggS", "sound"),
    (b"#!AMR", "sound"),
    (b"\xff\xfb", "sound"),
    (b"\x1aE\xdf\xa3", "sound"),
    (b"8BPS", "picture"),
    (b"AT&TFORM", "picture"),
    (b"\0\0\0\x0cjP", "picture"),
    (b"%!PS", "kind"),
    (b"\xffWPC", "old_office"),
    (b"\xdb\xa5", "old_word"),
    (b"\xdc\xa5", "old_word"),
    (b"\x31\xbe\0\0\0", "old_office"),
    (b"\0\0\2\0", "old_office"),
    (b"\0\0\x1a\0", "old_office"),
    (b"\xff\0\2\0", "old_office"),
    (b"\1\xfe", "old_office"),
    (b"ITSF", "kind"),
    (b"L\0\0\0\1\x14\2\0", "shortcut"),
    (b"SQLite format 3", "database"),
    (b"\x00\x01\x00\x00Standard", "database"),
    (b"PAR1", "data"),
    (b"ARROW1", "data"),
    (b"ORC", "data"),
    (b"$FL2", "data"),
    (b"$FL3", "data"),
    (b"<stata_dta>", "data"),
    (b"\x89HDF", "data"),
    (b"\x80\4\x95", "data"),
    (b"bplist00", "kind"),
    (b"\x78\x9f\x3e\x22", "mail"),
    (b"!BDN", "mail"),
    (b".pfile", "rights"),
    (b"\0\5\x16\7", "companion"),
    (b"\0\0\0\1Bud1", "companion"),
)
ZIP, OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_EMPTY_ZIP = b"PK\x05\x06"
# Old workbooks that begin without a container: BOF of Excel 2, 3 and 4.
_OLDEST = (b"\x09\x00\x04\x00", b"\x09\x02\x06\x00", b"\x09\x04\x06\x00")
_PICTURES = (b"heic", b"heix", b"hevc", b"mif1", b"msf1", b"avif", b"avis", b"WEBP")
# Kinds whose mark stands further on, and where.
_LATER = (
    (2, b"-lh", "packed"),
    (7, b"**ACE**", "packed"),
    (257, b"ustar", "packed"),
    (40, b" EMF", "picture"),
    (12, b"\xc2\xea\x81\x60\xb3\x14\x11\xcf", "data"),
    (0x8001, b"CD001", "packed"),
)
# What a signed or sealed file begins with: a sequence, then the name of its kind.
_SEALED = b"\x06\x09*\x86H\x86\xf7\r\1\7"
_HEAD = 4096
# Letters can begin as these kinds do; none of them goes on without a control sign.
_LEAST, _FIRST = 4, 128
_CONTROL = re.compile(rb"[\0-\x08\x0e-\x1f]")
_FIRST_OF_PDF = 1024  # what stands before its mark is passed over by every program
_WEB = re.compile(
    r"<(?:!doctype html|html|head|body|table|meta|div|style|frameset)[\s>]", re.I
)
_MAIL = re.compile(
    r"^(?:mime-version|content-type|from|subject|date|to|received|return-path"
    r"|delivered-to|message-id|x-[\w-]+):",
    re.I | re.M,
)
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
    # An archive without a part: nothing in it is a form.
    if content.startswith(_EMPTY_ZIP):
        return "packed"
    if content.startswith(OLE):
        return "container"
    for mark, kind in _MARKS:
        if content.startswith(mark) and not _is_letters(content, mark, kind):
            return kind
    # Containers of moving pictures and sounds; the brand tells which.
    if content[4:8] == b"ftyp" or content[:4] == b"RIFF":
        return "picture" if content[8:12] in _PICTURES else "sound"
    if b"%PDF-" in content[:_FIRST_OF_PDF]:
        return "pdf"
    for place, mark, kind in _LATER:
        if content.startswith(mark, place):
            return kind
    # 0x30 begins a sequence of ASN.1, and its first entry says what was signed.
    if content[:1] == b"0" and _SEALED in content[:32]:
        return "sealed"
    if content.startswith(_OLDEST):
        return "oldest_excel"
    # No mark: text, or what looks like it; the readers of text say so if it is not.
    return _kind_of_text(content)


def _is_letters(content: bytes, mark: bytes, kind: str) -> bool:
    """Whether bytes that could begin a picture, program or data begin a text."""
    return (
        kind in ("picture", "program", "data", "sound", "mail")
        and len(content) > _LEAST
        # Marks of letters alone: "BM" or "MZ" may begin a word, a mark with a sign does
        # not.
        and mark.isalnum()
        and not _CONTROL.search(content[:_FIRST])
    )


def _kind_of_text(content: bytes) -> str:
    # The namespaces stand in the first element, so the beginning is enough.
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
