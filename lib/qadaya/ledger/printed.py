"""What a figure as printed can mean: the check that a value was retyped rightly."""

import re

# Arabic writes a large number in two parts: "146 ألفا و96" is 146 thousand and 96.
_IN_THOUSANDS = re.compile(r"(\d+)\s*ألفا?(?:\s*و\s*(\d+))?")
_NUMBER = re.compile(r"-?\d[\d.,  ]*")
_GROUPED = re.compile(r"-?\d{1,3}(?:[.,  ]\d{3})+")


def values_as_printed(text: str, *, whole: bool = True) -> set[float]:
    """The numbers a printed figure can stand for; empty where it holds none.

    A point or a comma before three digits may group thousands or part decimals: what is
    `whole`, a count, has no decimals; a share of "46.830" gives two readings.
    """
    if thousands := _IN_THOUSANDS.search(text):
        return {int(thousands[1]) * 1000.0 + int(thousands[2] or 0)}
    number = _NUMBER.search(text)
    if number is None:
        return set()
    digits = number.group().strip(" .,")
    if text.endswith(" million"):
        return {round(float(digits) * 1_000_000, 3)}
    values = set()
    if _GROUPED.fullmatch(digits) or digits.lstrip("-").isdigit():
        values.add(float(re.sub(r"[.,  ]", "", digits)))
    if not (whole and values) and re.fullmatch(r"-?\d+[.,]\d+", digits):
        values.add(float(digits.replace(",", ".")))
    return values
