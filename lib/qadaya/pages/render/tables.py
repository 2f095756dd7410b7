"""Tables of outputs that a screen reader can follow: named, with header cells."""

import re
from typing import Any

from bs4 import BeautifulSoup, Tag

_BLANKS = re.compile(r"[ \t\r\n]+")
_FIGURE = re.compile(r"^[\s\d.,%±<>()–−+\-/ \u202f\xa0]*\d[\s\d.,%±<>()–−+\-/]*$")
# They keep a figure in its order inside Arabic and on one line, and are no part of it.
_UNSEEN = dict.fromkeys(map(ord, "\u2060\u2066\u2067\u2068\u2069"))
_DATE = re.compile(r"(?<!\d)(\d{4}-\d{2}(?:-\d{2})?)(?!\d)")
_YEAR = re.compile(r"(?:19|20)\d\d")
_ADDRESS = re.compile(r"https?://\S+$")
LONG = 24  # letters of a text that is not to stand in a column of single words
_EMPTY = ("", "–", "—", "-", "NaN", "None", "<NA>", "nan")


def make_tables_readable(
    soup: BeautifulSoup, *, label: str, nothing: str, rtl: bool = False
) -> None:
    """Name each table, mark its heads and its figures; no row: the word for nothing.

    `rtl`: whether the page runs from right to left; years do not, as in its charts.
    """
    for number, table in enumerate(soup.find_all("table"), start=1):
        if table.find("td") is None and not table.select("tbody th"):
            table.replace_with(nothing)
            continue
        _drop_row_numbers(table)
        if rtl:
            _turn_years(table)
        _make_readable(table, label if number == 1 else f"{label} ({number})", soup)


def plain_text(source: str) -> str:
    """The words of a piece of HTML on one line; spaces that hold words stay."""
    words = BeautifulSoup(source, "html.parser").get_text(" ")
    return _BLANKS.sub(" ", words).strip()


def is_figure(text: str) -> bool:
    """Whether a cell holds a figure, a range of figures, or nothing."""
    bare = text.translate(_UNSEEN)
    return bare in _EMPTY or _FIGURE.match(bare) is not None


def _turn_years(table: Tag) -> None:
    """Years ascend from left to right, as in charts; merged cells are left alone."""
    rows = _unmerged_rows(table)
    years = _years_across(rows[0]) if rows else slice(0)
    for row in rows:
        if len(row) == len(rows[0]) and row[years]:
            before = row[years.start - 1]
            for cell in row[years]:
                before.insert_after(cell.extract())


def _years_across(heads: list[Tag]) -> slice:
    """Where years that ascend stand side by side, after the first head."""
    texts = [head.get_text(strip=True).translate(_UNSEEN) for head in heads]
    numbers = [int(text) if text.isdecimal() else 0 for text in texts]
    places = [n for n, number in enumerate(numbers) if 1900 <= number <= 2100 and n]
    numbered = [numbers[place] for place in places]
    together = places == list(range(places[0], places[-1] + 1)) if places else False
    ascending = numbered == sorted(set(numbered))
    return slice(places[0], places[-1] + 1) if together and ascending else slice(0)


def _unmerged_rows(table: Tag) -> list[list[Tag]]:
    """The cells of each row; nothing for a table with merged cells."""
    rows = [list(row.find_all(["th", "td"])) for row in table.find_all("tr")]
    spans = ("colspan", "rowspan")
    merged = any(span in cell.attrs for row in rows for cell in row for span in spans)
    return [] if merged else rows


def _make_readable(table: Tag, label: str, soup: BeautifulSoup) -> None:
    table.attrs = {"class": "data", **_styled(table)}
    for cell in table.find_all(["th", "td"]):
        _name_cell(cell)
        _hold_dates(cell, soup)
    _align_columns(table)
    if table.caption is None:
        caption = soup.new_tag("caption", attrs={"class": "vh"})
        caption.string = label
        table.insert(0, caption)
    frame = soup.new_tag("div")
    frame.attrs |= {"class": "scroll", "tabindex": "0", "role": "group"}
    frame.attrs["aria-label"] = plain_text(str(table.caption))
    table.wrap(frame)


def _styled(element: Tag) -> dict[str, Any]:
    """The colours that the author gave it."""
    return {"style": element.attrs["style"]} if "style" in element.attrs else {}


def _drop_row_numbers(table: Tag) -> None:
    """Without the index of a frame that only counts its rows, from 0."""
    heads = table.select("tbody tr > th:first-child")
    corner = table.select("thead tr > th:first-child")
    numbers = [head.get_text(strip=True) for head in heads]
    counted = [str(place) for place in range(len(numbers))]
    if (
        numbers
        and numbers == counted
        and not any(c.get_text(strip=True) for c in corner)
    ):
        for cell in (*heads, *corner):
            cell.decompose()


def _name_cell(cell: Tag) -> None:
    spans: dict[str, Any] = {
        key: cell.attrs[key] for key in ("rowspan", "colspan") if key in cell.attrs
    }
    spans |= _styled(cell)
    text = cell.get_text(strip=True)
    in_head = cell.find_parent("thead") is not None
    cell.attrs = spans
    if cell.name == "th" and not text:
        # pandas leaves the corner over its index empty: a header that names nothing.
        cell.name = "td"
    elif cell.name == "th":
        across, down = "colspan" in spans, "rowspan" in spans
        group = across if in_head else down
        cell.attrs["scope"] = ("col" if in_head else "row") + ("group" if group else "")
    elif is_figure(text):
        cell.attrs["class"] = "num"
    elif _ADDRESS.match(text.translate(_UNSEEN)):
        # One word of many letters: on paper it would be cut at the edge.
        cell.attrs["class"] = "address"
    elif len(text) > LONG:
        cell.attrs["class"] = "long"


def _hold_dates(cell: Tag, soup: BeautifulSoup) -> None:
    """A date stays on one line: broken, its halves change places in Arabic."""
    if cell.attrs.get("class") == "num":
        return
    for text in cell.find_all(string=_DATE):
        pieces = _DATE.split(text)
        held = [
            soup.new_tag("span", attrs={"class": "date"}, string=piece)
            if place % 2
            else piece
            for place, piece in enumerate(pieces)
            if piece
        ]
        text.replace_with(*held)


def _align_columns(table: Tag) -> None:
    """Heads over figures stand where the figures do; merged cells are left alone.

    A dash or a year among words stands where the words do: neither is added to another.
    """
    rows = _unmerged_rows(table)
    if not rows:
        return
    heads, body = rows[0], [row for row in rows[1:] if len(row) == len(rows[0])]
    for place, head in enumerate(heads):
        cells = [row[place] for row in body]
        figures = [cell for cell in cells if cell.attrs.get("class") == "num"]
        if cells and len(figures) == len(cells):
            head.attrs["class"] = "num"
        elif all(map(_adds_nothing, figures)):
            for cell in figures:
                del cell.attrs["class"]


def _adds_nothing(cell: Tag) -> bool:
    text = cell.get_text(strip=True).translate(_UNSEEN)
    return text in _EMPTY or _YEAR.fullmatch(text) is not None
