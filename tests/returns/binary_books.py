"""Builds binary workbooks (.xlsb), record by record as [MS-XLSB] has them."""

import io
import struct
import zipfile

from paper_forms import case, form

CASES = (
    case(),
    case(platform="NCMEC", first_instance="براءة"),
    case(prosecution="حفظ", first_instance=""),
)
SENT = form(*CASES)
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STRUCK = 1  # the number of the style, and of the font


def record(kind, body=b""):
    head = bytes([kind]) if kind < 128 else bytes([kind & 127 | 128, kind >> 7])
    size = len(body)
    sizes = bytearray()
    while size > 127:
        sizes.append(size & 127 | 128)
        size >>= 7
    return head + bytes([*sizes, size]) + body


def text(value):
    letters = value.encode("utf-16-le")
    return struct.pack("<I", len(letters) // 2) + letters


def cell(kind, column, value, style=0):
    return record(kind, struct.pack("<II", column, style) + value)


def typed(column, value, style=0):
    return cell(6, column, text(value), style)


def row(number, *cells, hidden=False):
    head = struct.pack("<IIHBBBI", number, 0, 300, 0, 0x10 if hidden else 0, 0, 0)
    return record(0, head) + b"".join(cells)


def rows(changed=None, number=7, hidden=False):
    """The rows of the form; of the second case some cells are others."""
    for at, texts in enumerate(SENT):
        cells = {c: typed(c, t) for c, t in enumerate(texts) if t}
        if at == number:
            cells |= changed or {}
        yield row(
            at, *(cells[c] for c in sorted(cells)), hidden=hidden and at == number
        )


def sheet(*lines, after=b""):
    width = record(148, struct.pack("<IIII", 0, len(SENT), 0, 8))
    data = record(145) + b"".join(lines) + record(146)
    return record(129) + width + data + after + record(130)


def related(**kinds):
    inside = "".join(
        f'<Relationship Id="r{n}" Type="{RELATIONS}/{kind}" Target="{target}"/>'
        for n, (target, kind) in enumerate(kinds.items(), 1)
    )
    return f"<Relationships>{inside}</Relationships>"


STYLES = b"".join(
    (
        record(278),
        record(611, struct.pack("<I", 2)),
        *(record(43, struct.pack("<HH", 200, 8 * n) + bytes(30)) for n in range(2)),
        record(612),
        record(617, struct.pack("<I", 2)),
        *(record(47, struct.pack("<HHH", 0, 0, n) + bytes(10)) for n in range(2)),
        record(618),
        record(279),
    )
)
WHITE, BLACK = b"\x05\xff\0\0\xff\xff\xff\xff", b"\x05\xff\0\0\0\0\0\xff"
DARK = 1  # the number of the style with black cells; of the font, that of white letters
COLOURED = b"".join(
    (
        record(278),
        *(
            record(43, struct.pack("<HH", 200, 0) + bytes(8) + ink + bytes(14))
            for ink in (BLACK, WHITE)
        ),
        record(45, struct.pack("<I", 0) + bytes(16)),
        record(45, struct.pack("<I", 1) + BLACK + WHITE),
        record(617, struct.pack("<I", 2)),
        *(record(47, struct.pack("<HHHH", 0, 0, 0, n) + bytes(8)) for n in range(2)),
        record(618),
        record(279),
    )
)


def of_two(first, second):
    """Shared texts with one, whose second part has the other font."""
    runs = struct.pack("<IHH", 1, len(first), 1)
    item = b"\1" + text(first + second) + runs
    return record(159, struct.pack("<II", 1, 1)) + record(19, item) + record(160)


# "براءة" and after it, crossed out, "إدانة".
PARTLY = (
    b"\1" + text("براءة إدانة") + struct.pack("<I", 1) + struct.pack("<HH", 5, STRUCK)
)
SHARED = record(159, struct.pack("<II", 1, 1)) + record(19, PARTLY) + record(160)


def book(*sheets, hidden=(), styles=STYLES, shared=SHARED):
    told = b"".join(
        record(
            156,
            struct.pack("<II", int(n in hidden), n + 1)
            + text(f"r{n + 1}")
            + text(name),
        )
        for n, (name, _) in enumerate(sheets)
    )
    main = record(131) + record(143) + told + record(144) + record(132)
    targets = {f"worksheets/sheet{n}.bin": "worksheet" for n in range(len(sheets))}
    targets |= {"styles.bin": "styles", "sharedStrings.bin": "sharedStrings"}
    parts = {
        "[Content_Types].xml": "<Types/>",
        "_rels/.rels": related(**{"xl/workbook.bin": "officeDocument"}),
        "xl/_rels/workbook.bin.rels": related(**targets),
        "xl/workbook.bin": main,
        "xl/styles.bin": styles,
        "xl/sharedStrings.bin": shared,
        **{f"xl/worksheets/sheet{n}.bin": told for n, (_, told) in enumerate(sheets)},
    }
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return target.getvalue()
