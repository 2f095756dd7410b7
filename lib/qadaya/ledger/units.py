"""Units of published figures, kept apart by type: adding two different ones raises."""

from typing import Any, Self

from qadaya.errors import ParameterError

# What one unit counts, in the words of its publisher.
UNITS = {
    "cases": "court cases (Presidency of the Public Prosecution)",
    "persons": "persons prosecuted",
    "victims": "victims",
    "children": "children at the courts' cells for women and children",
    "juveniles": "minors before the public prosecution",
    "hearings": "hearings",
    "protective_measures": "measures taken for child victims",
    "staff": "public prosecutors in office",
    "caseload": "cases of all matters registered or decided by courts",
    "police_cases": "police cases (DGSN)",
    "arrested": "persons arrested",
    "suspects": "suspects identified or presented",
    "reports": "reports to NCMEC",
    "incidents": "incidents reported to NCMEC",
    "police_reports": "reports to the police platform E-Blagh",
    "percent": "per cent",
}


class Amount(float):
    """A published number with its unit; a plain number in every other respect.

    Sums, differences and ratios are taken within one unit only.
    Raises: ParameterError when two units meet.
    """

    unit: str

    def __new__(cls, value: float, unit: str) -> Self:
        if unit not in UNITS:
            raise ParameterError(
                f"unit is {unit!r}; expected one of {', '.join(UNITS)}"
            )
        amount = super().__new__(cls, value)
        amount.unit = unit
        return amount

    def __getnewargs__(self) -> tuple[float, str]:  # type: ignore[override]
        return float(self), self.unit

    def __repr__(self) -> str:
        return f"{self} {self.unit}"

    def __str__(self) -> str:
        # As printed, also in a CSV file: 520, not 520.0.
        return str(int(self)) if self.is_integer() else str(float(self))

    def __add__(self, other: Any) -> "Amount":
        self._same_unit(other, "added to")
        if self.unit == "percent":
            raise ParameterError("percentages do not add; expected counts of one unit")
        return Amount(float(self) + float(other), self.unit)

    def __radd__(self, other: Any) -> "Amount":
        # sum() begins with a plain 0, and so do the sums of pandas.
        return self if not isinstance(other, Amount) and other == 0 else self + other

    def __sub__(self, other: Any) -> "Amount":
        self._same_unit(other, "compared with")
        return Amount(float(self) - float(other), self.unit)

    def __rsub__(self, other: Any) -> "Amount":
        self._same_unit(other, "compared with")
        return Amount(float(other) - float(self), self.unit)

    def __truediv__(self, other: Any) -> float:
        self._same_unit(other, "divided by")
        return float(self) / float(other)

    def __rtruediv__(self, other: Any) -> float:
        self._same_unit(other, "divided by")
        return float(other) / float(self)

    def _same_unit(self, other: Any, verb: str) -> None:
        its_unit = getattr(other, "unit", "a plain number")
        if its_unit != self.unit:
            raise ParameterError(
                f"{self.unit} {verb} {its_unit}: different units; expected one unit. "
                "Use float() where you mean the bare number"
            )


# The caseload of the courts counts files of every matter: never beside the offences.
_CASELOAD = ("all_courts_", "courts_of_", "first_instance_", "penal_")
# Whom a figure of persons counts, by a word in its series.
_PERSONS = {
    "victims": "victims",
    "arrested": "arrested",
    "suspects": "suspects",
    "_at_cells": "children",
    "juveniles": "juveniles",
    "child_offenders": "juveniles",
    "public_prosecutors": "staff",
}
_OTHER_MEASURES = {
    "percent": "percent",
    "victims": "victims",
    "sessions": "hearings",
    "measures": "protective_measures",
}
MEASURES = ("cases", "persons", "reports", *_OTHER_MEASURES)


def unit_of(series: str, measure: str) -> str:
    """The unit of a published figure, from its series and measure.

    Raises: ParameterError for a measure that is not one of MEASURES.
    """
    if measure in _OTHER_MEASURES:
        return _OTHER_MEASURES[measure]
    if measure == "cases":
        return _cases(series)
    if measure == "reports":
        if series.endswith("_incidents"):
            return "incidents"
        return "police_reports" if series.startswith("dgsn_") else "reports"
    if measure == "persons":
        whom = (unit for word, unit in _PERSONS.items() if word in series)
        return next(whom, "persons")
    raise ParameterError(
        f"measure is {measure!r} in {series}; expected one of {', '.join(MEASURES)}"
    )


def _cases(series: str) -> str:
    if series.startswith("dgsn_"):
        return "police_cases"
    return "caseload" if series.startswith(_CASELOAD) else "cases"
