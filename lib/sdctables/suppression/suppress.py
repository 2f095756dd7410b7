"""Cell suppression over linked tables: which cells to hide so that none is recovered.

Small cells are hidden for themselves (primary). Others are hidden with them
(secondary) until every primary cell keeps an interval at least `width` wide for the
reader. Hiding more never narrows an interval, for either reader. So a set of hidden
cells that leaves a primary cell open gives an attacker cut: at least one cell outside
it must be hidden too. The cheapest set that satisfies all cuts found so far is attacked
again until nothing is left to cut: that is the optimum.
"""

import secrets
from dataclasses import replace
from typing import Literal

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray
from scipy import sparse

from sdctables.auditing.presolve import NoTableFits
from sdctables.cells.incidence import inner_cells_of
from sdctables.cells.order import canonical_order, order_by_name
from sdctables.cells.published import cell_name
from sdctables.errors import DisclosureError, ParameterError
from sdctables.rule import Reader, Rule, require_method
from sdctables.solver import SOLVER, Vector
from sdctables.suppression.attacker import Attacker, Mask
from sdctables.suppression.secondary import cheapest_exact, cheapest_found
from sdctables.suppression.table import (
    Counts,
    checked_counts,
    least_hidden,
    named_cells,
    prices_of,
    require_no_shown_zero,
    small_cells,
)

# Beyond this many published cells the optimum is not searched for.
LARGEST_EXACT = 100


def suppress(
    published: pd.DataFrame,
    *,
    rule: Rule,
    reader: Reader | str = "rule-aware",
    primary: str | ArrayLike | None = None,
    cost: str = "n",
    seed: int | None = None,
    totals: Literal["keep", "hide"] = "keep",
    exact_up_to: int = LARGEST_EXACT,
) -> pd.DataFrame:
    """The published cells with `status` "primary", "secondary" or "shown".

    `published`: all linked tables at once, true counts, from `published_cells`.
    Primary are counts from 1 to the threshold (from 0 with `zeros="protect"`), or the
    cells that `primary` names (a boolean column or its name). Every primary cell keeps
    an interval of at least `rule.width` for `reader`, and the hidden cells cost as
    little as possible: `cost` is "n" (their counts), "count" (how many) or a column of
    prices; a missing price is never paid. Totals, cells that are sums of other
    published cells, are secondary only with `totals="hide"`, and then as a last resort.
    Zeros that the rule shows are never hidden. The secret `seed` chooses among equals.

    `n` of a hidden cell is still the true count: print `as_printed(...)`. `.attrs`:
    "method" ("exact" up to `exact_up_to` cells, else "heuristic"), "cost", "solver",
    and what `audit` needs.

    Raises: ParameterError for bad input; DisclosureError naming the primary cells that
    no choice of cells protects.
    """
    require_method(rule, "suppression", "suppress")
    reader = Reader.of(reader)
    if totals not in ("keep", "hide"):
        raise ParameterError(f"totals is {totals!r}; expected keep or hide")
    marks = (cost, primary if isinstance(primary, str) else None)
    counts, attributes = checked_counts(published, besides=marks)
    rule = rule if primary is None else replace(rule, primary="named")
    small = small_cells(counts, rule)
    if primary is not None:
        small = named_cells(published, primary)
    require_no_shown_zero(published, small & (counts == 0), rule, attributes)
    result = _prepared(published, attributes, rule, cost)
    table = _Table(result, attributes, counts, small, seed)
    given = prices_of(published, counts, cost)
    prices = table.prices(given, hide_totals=totals == "hide")
    candidates = np.isfinite(prices) & (counts[table.order] >= least_hidden(rule))
    exact = len(result) <= exact_up_to
    attacker = table.attacker(rule, reader)
    search = cheapest_exact if exact else cheapest_found
    try:
        chosen, lost = search(attacker, candidates & ~attacker.primary, prices)
    except NoTableFits as contradiction:
        rows = table.order[contradiction.rows]
        raise _contradicting(result, rows, attributes) from None
    if len(lost):
        names = [cell_name(result.iloc[row], attributes) for row in table.order[lost]]
        advice = table.advice(rule, reader, given, hide_totals=totals == "hide")
        raise _unprotected(names, rule, reader, advice)
    secondary = np.zeros(len(result), dtype=bool)
    secondary[table.order] = chosen
    result["status"] = np.select([small, secondary], ["primary", "secondary"], "shown")
    result.attrs["method"] = "exact" if exact else "heuristic"
    return result


def as_printed(published: pd.DataFrame, *, rule: Rule) -> pd.DataFrame:
    """The cells as a reader gets them: no count that is not shown.

    With `marks="hidden"` the status does not say why a cell is hidden either.
    """
    shown = published["status"] == "shown"
    printed = published.assign(n=published["n"].astype("Int64").where(shown))
    if rule.marks == "hidden":
        printed["status"] = np.where(shown, "shown", "hidden")
    return printed


class _Table:
    """Published cells in an order that does not depend on labels or rows.

    Prices get a little random each, so that the optimum is one and a secret.
    """

    def __init__(
        self,
        published: pd.DataFrame,
        attributes: list[str],
        counts: Counts,
        small: Mask,
        seed: int | None,
    ) -> None:
        incidence = inner_cells_of(published, attributes).incidence(published)
        named = order_by_name(published, attributes)
        across = sparse.csr_matrix(incidence[named].T)
        kinds = counts[named] * 2 + small[named]
        cells, inner = canonical_order(across, kinds, np.zeros(across.shape[0], int))
        self.order = named[cells]
        self.incidence = sparse.csr_matrix(incidence[self.order][:, inner])
        self.counts, self.small = counts[self.order], small[self.order]
        seed = secrets.randbits(63) if seed is None else seed
        self._draw = np.random.default_rng(seed)

    def prices(self, given: Vector, *, hide_totals: bool) -> Vector:
        """A total costs more than all cells that are none, or cannot be had."""
        prices, total = given[self.order], _is_total(self.incidence)
        inner = prices[~total & np.isfinite(prices)].sum()
        prices = prices + np.where(total, inner + 1 if hide_totals else np.inf, 0.0)
        return prices + self._draw.random(len(prices)) * 0.5 / len(prices)

    def attacker(self, rule: Rule, reader: Reader) -> Attacker:
        counts = self.counts.astype(float)
        return Attacker(self.incidence, counts, self.small, rule, reader)

    def advice(
        self, rule: Rule, reader: Reader, given: Vector, *, hide_totals: bool
    ) -> str:
        """What would protect all primary cells: tried, not guessed."""
        hidden = replace(rule, marks="hidden")
        tries = {
            'print only that a cell is hidden (marks="hidden")': (hidden, hide_totals),
            'allow totals to be hidden (totals="hide")': (rule, True),
        }
        helpful = [
            words
            for words, (other, totals) in tries.items()
            if self._is_enough(other, reader, given, totals)
        ]
        if not helpful and self._is_enough(hidden, reader, given, True):
            helpful = ['set both marks="hidden" and totals="hide"']
        words = (
            " or ".join(helpful) or "ask for a narrower width, publish fewer margins"
        )
        return f"{words[0].upper()}{words[1:]}"

    def _is_enough(
        self, rule: Rule, reader: Reader, given: Vector, hide_totals: bool
    ) -> bool:
        """Whether hiding all that may be hidden leaves no primary cell open."""
        prices = self.prices(given, hide_totals=hide_totals)
        may = np.isfinite(prices) & (self.counts >= least_hidden(rule))
        attacker = self.attacker(rule, reader)
        return not len(attacker.open_cells(self.small | may))


def _prepared(
    published: pd.DataFrame, attributes: list[str], rule: Rule, cost: str
) -> pd.DataFrame:
    result = published.copy()
    result.attrs = {
        **published.attrs,
        "attributes": attributes,
        "primary": rule.primary,
        "cost": cost,
        "solver": SOLVER,
    }
    return result


def _contradicting(
    published: pd.DataFrame, rows: NDArray[np.intp], attributes: list[str]
) -> DisclosureError:
    names = [cell_name(published.iloc[row], attributes) for row in sorted(rows)[:5]]
    return DisclosureError(
        f"no counts fit the published cells {'; '.join(names)}: their sums do not "
        f"agree. Expected tables added up from the same cells by "
        f"{', '.join(map(str, attributes))}"
    )


def _is_total(incidence: sparse.csr_matrix) -> Mask:
    """Cells that hold another published cell and more."""
    size = np.diff(incidence.indptr)
    overlap = sparse.coo_matrix(incidence @ incidence.T)
    holds = (overlap.data == size[overlap.col]) & (size[overlap.row] > overlap.data)
    total = np.zeros(len(size), dtype=bool)
    total[overlap.row[holds]] = True
    return total


def _unprotected(
    names: list[str], rule: Rule, reader: Reader, advice: str
) -> DisclosureError:
    more = f" and {len(names) - 5} more" if len(names) > 5 else ""
    return DisclosureError(
        f"primary cells {'; '.join(names[:5])}{more}: no choice of further cells "
        f"leaves the {reader.knows} reader an interval {rule.width} wide. {advice}, or "
        "round instead."
    )
