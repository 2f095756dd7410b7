"""What each method of protection demands of a policy before anything is counted."""

from collections.abc import Mapping, Sequence

from qadaya.counting.count import CUBE_COLUMNS
from qadaya.counting.sums import FINEST_COLUMNS
from sdctables.cells.published import Margin
from sdctables.rule import Rule


def require_roundable(
    tables: Mapping[str, Margin], lists: Sequence[Sequence[Margin]], inner: Margin
) -> None:
    """The tables can be rounded together; each list of margins is of `inner` columns.

    Raises: ValueError for tables or margins that cannot be rounded together.
    """
    for name, columns in tables.items():
        if set(columns) != set(FINEST_COLUMNS.get(name, ())):
            raise ValueError(f"tables: {_table_fault(name, columns)}")
    if "cube" not in tables:
        raise ValueError("tables lack the cube; expected at least that one")
    for margins in lists:
        _require_columns(margins, inner)


def require_suppressible(
    rule: Rule, margins: Sequence[Margin], inner: Margin, *, beside: bool
) -> None:
    """The margins can be published with their small counts hidden.

    `beside`: whether the policy names anything that goes with rounding only.

    Raises: ValueError for a rule or margins that would leave a count open.
    """
    if beside:
        raise ValueError(
            "an edition by suppression publishes its margins, exact where they are "
            "shown; leave out tables, printed and exact"
        )
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
    _require_columns(margins, CUBE_COLUMNS)
    if len(inner) < 2:
        raise ValueError("margins have the year alone; expected another column beside")
    for needed in _parts_of(margins):
        if needed not in set(map(frozenset, margins)):
            wanted = [name for name in CUBE_COLUMNS if name in needed]
            raise ValueError(
                f"margins lack {wanted}, a sum over another of them; expected it too: "
                "what is not protected there could be worked out"
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
        parts |= {frozenset({"year"} | (others - {name})) for name in others}
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
