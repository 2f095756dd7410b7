"""What each method of protection demands of a policy before anything is counted."""

from collections.abc import Mapping, Sequence
from typing import Protocol

from qadaya.counting.count import CUBE_COLUMNS
from qadaya.counting.sums import FINEST_COLUMNS
from sdctables.cells.checks import Margin
from sdctables.rule import Rule


class Demands(Protocol):
    """`unused`: settings of the other method, which an edition by this one omits."""

    unused: frozenset[str]

    def require(
        self,
        rule: Rule,
        tables: Mapping[str, Margin],
        lists: Sequence[Sequence[Margin]],
        inner: Margin,
    ) -> None:
        """Whether what the policy names can be published together.

        `lists`: the margins, those printed besides, those that are exact; all of the
        `inner` columns.

        Raises: ValueError for what cannot.
        """
        ...


class RoundingDemands:
    unused = frozenset({"years"})

    def require(
        self,
        rule: Rule,
        tables: Mapping[str, Margin],
        lists: Sequence[Sequence[Margin]],
        inner: Margin,
    ) -> None:
        for name, columns in tables.items():
            if set(columns) != set(FINEST_COLUMNS.get(name, ())):
                raise ValueError(f"tables: {_table_fault(name, columns)}")
        if "cube" not in tables:
            raise ValueError("tables lack the cube; expected at least that one")
        for margins in lists:
            _require_columns(margins, inner)


class SuppressionDemands:
    unused = frozenset({"batch", "tables", "printed", "exact", "gap", "time_limit"})

    def require(
        self,
        rule: Rule,
        tables: Mapping[str, Margin],
        lists: Sequence[Sequence[Margin]],
        inner: Margin,
    ) -> None:
        margins, printed, exact = lists
        if tables or printed or exact:
            raise ValueError(
                "an edition by suppression publishes its margins, exact where they are "
                "shown; leave out tables, printed and exact"
            )
        _require_hiding_all(rule)
        _require_columns(margins, CUBE_COLUMNS)
        if len(inner) < 2:
            raise ValueError(
                "margins have the year alone; expected another column beside"
            )
        # A sum that can be worked out is published, wherever it is printed.
        for needed in _parts_of(margins):
            if needed not in set(map(frozenset, margins)):
                wanted = [name for name in CUBE_COLUMNS if name in needed]
                raise ValueError(
                    f"margins lack {wanted}, a sum over another of them; expected it "
                    "too: what is not protected there could be worked out"
                )


_DEMANDS: dict[str, Demands] = {
    "rounding": RoundingDemands(),
    "suppression": SuppressionDemands(),
}


def demands_of(rule: Rule) -> Demands:
    return _DEMANDS[rule.method]


def _require_hiding_all(rule: Rule) -> None:
    """A rule that leaves no count open beside those that are hidden."""
    if rule.zeros != "protect":
        raise ValueError(
            f"rule: zeros is {rule.zeros!r}; expected protect: beside a zero that is "
            "shown, a count can be known to be all of its group"
        )
    if rule.marks != "hidden":
        raise ValueError(
            f"rule: marks is {rule.marks!r}; expected hidden: an edition does not say "
            "for which reason a count is not shown"
        )
    if rule.width < 2:
        raise ValueError(
            f"rule: width is {rule.width}; expected at least 2: who knows one of the "
            "cases of a count knows it one case more narrowly"
        )


def _table_fault(name: str, columns: Margin) -> str:
    if name not in FINEST_COLUMNS:
        return f"unknown table {name!r}; expected {', '.join(FINEST_COLUMNS)}"
    return f"{name} has {list(columns)}; expected {list(FINEST_COLUMNS[name])}"


def _parts_of(margins: Sequence[Margin]) -> list[frozenset[str]]:
    """The margins that a reader can add up from these, all of one year."""
    parts = {frozenset({"year"})}
    for margin in margins:
        if "year" not in margin:
            raise ValueError(
                f"margin {list(margin)} goes over all years; expected year in every "
                "margin: beside the next edition a total over years gives counts away"
            )
        others = set(margin) - {"year"}
        # One column summed away at a time: what is left must be a margin, and is asked
        # the same.
        parts |= {frozenset({"year"} | (others - {name})) for name in others}
        # The list of courts tells the circuit of each, so that courts add up to it.
        if "court_id" in others:
            parts.add(frozenset({"year", "circuit_id"} | (others - {"court_id"})))
    return sorted(parts, key=lambda part: (len(part), sorted(part)))


def _require_columns(margins: Sequence[Margin], known: Margin) -> None:
    seen: set[frozenset[str]] = set()
    for margin in margins:
        if len(set(margin)) < len(margin) or frozenset(margin) in seen:
            raise ValueError(
                f"margin {list(margin)} is there twice, or has a column twice; "
                "expected each once"
            )
        seen.add(frozenset(margin))
        if unknown := sorted(set(margin) - set(known)):
            raise ValueError(
                f"margin {list(margin)} has {unknown[0]!r}, which no table has; "
                f"expected some of {', '.join(known)}"
            )
