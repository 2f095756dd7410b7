"""Sixty-seven ways in which four counts can stand in a page: for `test_leak_kinds`.

Each takes the counts and gives a page. The kinds are those of an attack on published
pages: plain, derived numbers, words, geometry, containers, code, forms of text, names,
pictures.
"""

import base64
import bz2
import gzip
import html
import io
import json
import lzma
import struct
import zipfile
import zlib
from dataclasses import replace
from urllib.parse import quote

import numpy as np
import openpyxl
import plotly.graph_objects as go
import plotly.io as pio

import small_register
from qadaya.editions.build import build_edition
from qadaya.inference import poisson_interval

YEARS = ["2021", "2022", "2023", "2024"]
PEOPLE = [412_345, 88_214, 230_871, 51_902]
CIRCLED = {n: chr(0x2460 + n - 1) for n in range(1, 21)}
CIRCLED |= {n: chr(0x3251 + n - 21) for n in range(21, 36)}
RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
ARABIC = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
TENS = ["", "ten", "twenty", "thirty"]
ONES = ["", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]
TEENS = [
    *("ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen"),
    *("seventeen", "eighteen", "nineteen"),
]
ROMAN = [(10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")]


# Four years of one court, as they are and as a shared edition gives them.
COUNTS = [31, 17, 8, 14]
SHOWN = [30, 18, 9, 15]


def two_editions(folder):
    """The shared and the internal edition of these four years."""
    shared = as_shared(of_years(SHOWN, folder / "shared"))
    return shared, of_years(COUNTS, folder / "internal")


def of_years(counts, folder):
    cells = {("ca-a", 2021 + year): n for year, n in enumerate(counts)}
    return counted(cells, folder)


def as_shared(edition, **protection):
    facts = {"audience": "shared", **protection}
    return replace(edition, manifest=edition.manifest.model_copy(update=facts))


def counted(counts, folder):
    cases = small_register.many(counts)
    returns = [
        small_register.a_return(court, year, accepted=n)
        for (court, year), n in counts.items()
    ]
    return build_edition(
        cases,
        small_register.pd.DataFrame(returns),
        small_register.problems()[:0],
        audience="internal",
        folder=folder,
        courts=small_register.COURTS,
    )


def page(body):
    return f"<!doctype html><html><body><h1>A page</h1>{body}</body></html>"


def table(values):
    rows = "".join(
        f"<tr><th>{year}</th><td>{value}</td></tr>"
        for year, value in zip(YEARS, values, strict=True)
    )
    return page(f"<table><tr><th>year</th><th>n</th></tr>{rows}</table>")


def words(values):
    return page(f"<p>{', '.join(map(str, values))}</p>")


def script(text):
    return page(f"<script>{text}</script>")


def link(content, kind):
    packed = base64.b64encode(content).decode()
    return page(f'<a download href="data:{kind};base64,{packed}">x</a>')


def picture(content, kind):
    packed = base64.b64encode(content).decode()
    return page(f'<img alt="" src="data:image/{kind};base64,{packed}">')


def chart(**trace):
    return pio.to_html(go.Figure(go.Bar(**trace)), include_plotlyjs=False)


def as_csv(counts):
    rows = [f"{year},{n}" for year, n in zip(YEARS, counts, strict=True)]
    return "\n".join(["year,n", *rows])


def as_bytes(counts, kind="<i4"):
    return np.array(counts, dtype=kind).tobytes()


def as_xlsx(counts):
    book = openpyxl.Workbook()
    for pair in zip(YEARS, counts, strict=True):
        book.active.append(pair)
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def as_zip(counts):
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("n.csv", as_csv(counts))
    return made.getvalue()


def deflated(text):
    packing = zlib.compressobj(wbits=-15)
    return packing.compress(text.encode()) + packing.flush()


# ---- derived numbers ----


def shares(counts, places=1):
    return [f"{100 * n / sum(counts):.{places}f}" for n in counts]


def limits(counts, side):
    return [f"{float(getattr(poisson_interval(n), side)):.1f}" for n in counts]


# ---- forms of text ----


def spelled(n):
    if 10 <= n < 20:
        return TEENS[n - 10]
    return "-".join(part for part in (TENS[n // 10], ONES[n % 10]) if part)


def roman(n):
    made = ""
    for value, letters in ROMAN:
        while n >= value:
            made, n = made + letters, n - value
    return made


# ---- pictures ----


def png(*chunks, after=b"", width=1, height=1, colour=0, rows=b"\x00\x00"):
    def chunk(name, content):
        size = struct.pack(">I", len(content))
        return size + name + content + struct.pack(">I", zlib.crc32(name + content))

    head = struct.pack(">IIBBBBB", width, height, 8, colour, 0, 0, 0)
    parts = [(b"IHDR", head), *chunks, (b"IDAT", zlib.compress(rows)), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunk(*part) for part in parts) + after


def jpeg(marker, body):
    return b"\xff\xd8\xff" + marker + struct.pack(">H", len(body) + 2) + body


def gif(comment):
    head = b"GIF89a\x01\x00\x01\x00\x80\x00\x00\x00\x00\x00\xff\xff\xff"
    told = b"\x21\xfe" + bytes([len(comment)]) + comment + b"\x00"
    return head + told + b"\x2c" + bytes(8) + b"\x01\x00\x00\x02\x02D\x01\x00\x3b"


def listed(counts):
    return ",".join(map(str, counts)).encode()


PLAIN = {
    "packed array of a chart": lambda n: chart(x=YEARS, y=np.array(n)),
    "list of a chart": lambda n: chart(x=YEARS, y=n),
    "words that a chart shows": lambda n: chart(y=[1, 1, 1, 1], text=list(map(str, n))),
    "custom data": lambda n: chart(y=[1, 1, 1, 1], customdata=[[each] for each in n]),
    "table": table,
    "table in Arabic digits": lambda n: table(
        [str(each).translate(ARABIC) for each in n]
    ),
    "sentence with all of them": words,
    "comment": lambda n: page(f"<!-- {n} -->"),
    "data attribute": lambda n: page(f"<p data-n='{json.dumps(n)}'>x</p>"),
    "hidden table": lambda n: page(f"<div hidden>{table(n)}</div>"),
    "JSON": lambda n: page(
        f'<script type="application/json">{json.dumps({"n": n})}</script>'
    ),
    "list in a programme": lambda n: script(f"const n = {n};"),
    "page in a frame": lambda n: page(f'<iframe srcdoc="{html.escape(table(n))}">'),
    "words of a drawing": lambda n: page(
        "<svg>" + "".join(f"<text>{each}</text>" for each in n) + "</svg>"
    ),
}
DERIVED = {
    "shares in per cent": lambda n: table(shares(n)),
    "shares in whole per cent": lambda n: table(shares(n, 0)),
    "shares of one": lambda n: table([f"{each / sum(n):.3f}" for each in n]),
    "rates in one population": lambda n: table([f"{each / 4.137:.2f}" for each in n]),
    "index of a hundred": lambda n: table([f"{100 * each / n[0]:.1f}" for each in n]),
    "means of a month": lambda n: table([f"{each / 12:.2f}" for each in n]),
    "sums so far": lambda n: table(np.cumsum(n)),
    "differences": lambda n: table([n[0], *np.diff(n)]),
    "lower limits of intervals": lambda n: table(limits(n, "low")),
    "upper limits of intervals": lambda n: table(limits(n, "high")),
}
WORDS = {
    "one count by name in a sentence": lambda n: page(
        f"<p>In 2021 the court ca-a had {n[0]} cases.</p>"
    ),
    "two counts by name in a sentence": lambda n: page(
        f"<p>The court ca-a had {n[0]} cases in 2021, and {n[1]} in 2022.</p>"
    ),
}
GEOMETRY = {
    "path of a drawing": lambda n: page(
        '<svg><path d="M'
        + " L".join(f"{40 * i},{300 - 7.5 * each:.1f}" for i, each in enumerate(n))
        + '"/></svg>'
    ),
    "points of a line": lambda n: page(
        '<svg><polyline points="'
        + " ".join(f"{40 * i},{300 - 7.5 * each:.1f}" for i, each in enumerate(n))
        + '"/></svg>'
    ),
    "heights of bars": lambda n: page(
        "<svg>" + "".join(f'<rect height="{7.5 * e:.2f}"/>' for e in n) + "</svg>"
    ),
    "widths in a style": lambda n: page(
        "".join(f'<i style="width:{100 * e / max(n):.1f}%"></i>' for e in n)
    ),
    "stops of a gradient": lambda n: page(
        f'<i style="background:linear-gradient({", ".join(f"red {e}px" for e in n)})">'
    ),
}
CONTAINERS = {
    "workbook behind a link": lambda n: link(as_xlsx(n), "application/vnd.ms-excel"),
    "zip behind a link": lambda n: link(as_zip(n), "application/zip"),
    "gzip": lambda n: script(
        f'"{base64.b64encode(gzip.compress(as_csv(n).encode())).decode()}"'
    ),
    "bz2": lambda n: script(
        f'"{base64.b64encode(bz2.compress(as_csv(n).encode())).decode()}"'
    ),
    "xz": lambda n: script(
        f'"{base64.b64encode(lzma.compress(as_csv(n).encode())).decode()}"'
    ),
    "raw deflate": lambda n: script(
        f'"{base64.b64encode(deflated(as_csv(n))).decode()}"'
    ),
    "base85": lambda n: script(f'"{base64.b85encode(as_csv(n).encode()).decode()}"'),
    "ascii85": lambda n: script(
        f'"{base64.a85encode(as_csv(n).encode(), adobe=True).decode()}"'
    ),
    "base32": lambda n: script(f'"{base64.b32encode(as_csv(n).encode()).decode()}"'),
    "hexadecimal of a text": lambda n: script(f'"{as_csv(n).encode().hex()}"'),
    "half floats": lambda n: script(
        f'"{base64.b64encode(as_bytes(n, "<f2")).decode()}"'
    ),
    "packed bytes": lambda n: script(
        f'"{base64.b64encode(as_bytes(n, "<f8")).decode()}"'
    ),
    "address": lambda n: page(f"<a href='data:text/csv,{quote(as_csv(n))}'>x</a>"),
}
CODE = {
    "sums in a programme": lambda n: script(
        f"const n = [{', '.join(f'{each - 3}+3' for each in n)}];"
    ),
    "map of a list": lambda n: script(
        f"const n = {[2 * each for each in n]}.map(x => x / 2);"
    ),
    "escapes": lambda n: script(
        'const n = "' + "".join(f"\\x{byte:02x}" for byte in listed(n)) + '";'
    ),
    "hexadecimal numbers": lambda n: script(f"const n = [{', '.join(map(hex, n))}];"),
    "codes of characters": lambda n: script(
        f"String.fromCharCode({','.join(str(byte) for byte in listed(n))})"
    ),
}
FORMS = {
    "circled digits": lambda n: words([CIRCLED[each] for each in n]),
    "raised digits": lambda n: words([str(each).translate(RAISED) for each in n]),
    "digits in elements of their own": lambda n: page(
        "<p>"
        + ", ".join("".join(f"<b>{d}</b>" for d in str(each)) for each in n)
        + "</p>"
    ),
    "digits apart by what is not seen": lambda n: words(
        ["\u200b".join(str(each)) for each in n]
    ),
    "words for numbers": lambda n: words([spelled(each) for each in n]),
    "Roman numerals": lambda n: words([roman(each) for each in n]),
    "bars of blocks": lambda n: page("<pre>" + "\n".join("█" * e for e in n)),
}
NAMES = {
    "fragment of an address": lambda n: page(
        f'<a href="#{"-".join(map(str, n))}">x</a>'
    ),
    "query of an address": lambda n: page(
        "<a href='?" + "&".join(f"c{i}={e}" for i, e in enumerate(n)) + "'>x</a>"
    ),
    "classes": lambda n: page("".join(f'<i class="w-{each}"></i>' for each in n)),
    "names of elements": lambda n: page("".join(f'<i id="n{e}"></i>' for e in n)),
}
PICTURES = {
    "text of a picture": lambda n: picture(
        png((b"tEXt", b"Comment\x00" + listed(n))), "png"
    ),
    "packed text of a picture": lambda n: picture(
        png((b"zTXt", b"Comment\x00\x00" + zlib.compress(listed(n)))), "png"
    ),
    "comment of a photograph": lambda n: picture(jpeg(b"\xfe", listed(n)), "jpeg"),
    "pixels": lambda n: picture(
        png(width=len(n), rows=b"\x00" + as_bytes(n, "u1")), "png"
    ),
    "palette": lambda n: picture(
        png((b"PLTE", as_bytes([*n, 0, 0], "u1")), colour=3), "png"
    ),
    "chunk of its own": lambda n: picture(png((b"prVt", listed(n))), "png"),
    "bytes after the picture": lambda n: picture(png(after=listed(n)), "png"),
}
KINDS = {
    "plain": PLAIN,
    "derived numbers": DERIVED,
    "words": WORDS,
    "geometry": GEOMETRY,
    "containers": CONTAINERS,
    "code": CODE,
    "forms of text": FORMS,
    "names": NAMES,
    "pictures": PICTURES,
}
PLANTS = {name: plant for kind in KINDS.values() for name, plant in kind.items()}
