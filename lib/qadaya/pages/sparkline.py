"""A few counts in order as a small drawing, for a line of the index."""

from html import escape

from qadaya.language import translator
from qadaya.views.prose.words import Words

WIDTH, HEIGHT, EDGE = 96, 28, 4


def sparkline(counts: list[list[int]], language: str = "en") -> str:
    """An SVG of the counts by year, from zero; empty for fewer than two.

    `counts`: pairs of a year and its count, in order. The years and counts are its
    text, and the last one is marked. It runs from left to right in every language.
    """
    if len(counts) < 2:
        return ""
    top = max(*(n for _, n in counts), 1)
    across, down = (WIDTH - 2 * EDGE) / (len(counts) - 1), HEIGHT - 2 * EDGE
    places = [
        (round(EDGE + at * across, 1), round(HEIGHT - EDGE - n / top * down, 1))
        for at, (_, n) in enumerate(counts)
    ]
    line = " ".join(f"{x:g},{y:g}" for x, y in places)
    x, y = places[-1]
    return (
        f'<svg class="spark" role="img" aria-label="{escape(_said(counts, language))}" '
        f'viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}">'
        f'<polyline points="{line}"/><circle cx="{x:g}" cy="{y:g}" r="3"/></svg>'
    )


def _said(counts: list[list[int]], language: str) -> str:
    words, _ = Words(language), translator(language, "pages.pages").gettext
    each = (
        _("{year}: {n} cases").format(year=year, n=words.number(n))
        for year, n in counts
    )
    return " · ".join(each)
