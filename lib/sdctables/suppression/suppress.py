"""Cell suppression over linked tables: which cells to hide so that none is recovered.

Small cells are hidden for themselves (primary). Others are hidden with them
(secondary) until every primary cell keeps an interval at least `width` wide for the
reader. Hiding more never narrows an interval, for either reader. So a set of hidden
cells that leaves a primary cell open gives an attacker cut: at least one cell outside
it must be hidden too. The cheapest set that satisfies all cuts found so far is attacked
again until nothing is left to cut: that is the optimum.
"""

import numbers
import secrets
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray
from scipy import sparse

from sdctables.auditing.presolve import NoTableFits
from sdctables.cells.checks import cell_name, require_seed
from sdctables.cells.incidence import inner_cells_of, totals_among
from sdctables.cells.order import canonical_order, order_by_name
from sdctables.cells.table import CellTable
from sdctables.errors import DisclosureError, ParameterError
from sdctables.rule import Reader, Rule, require_method
from sdctables.solver import Vector
from sdctables.suppression.attacker import Attacker, Mask
from sdctables.suppression.secondary import cheapest_exact, cheapest_found
from sdctables.suppression.table import (
    Counts,
    least_hidden,
    named_cells,
    prices_of,
    require_no_shown_zero,
    require_public_prices,
    small_cells,
    table_of,
    true_counts,
)

# Beyond this many published cells the optimum is not searched for.
LARGEST_EXACT = 100
# How many times seldomer chance hides a total than another cell.
SELDOM = 0.1


def suppress(
    published: CellTable | pd.DataFrame,
    *,
    rule: Rule,
    reader: Reader | str = "rule-aware",
    primary: str | ArrayLike | None = None,
    cost: str = "n",
    seed: int | None = None,
    exact_up_to: int = LARGEST_EXACT,
) -> CellTable:
    """The published cells with `status` "primary", "secondary" or "shown".

    `published`: all linked tables at once, true counts, from `published_cells`; or a
    frame, whose columns of yes and no, and those named here, are no attributes.
    Primary are counts from 1 to the threshold (from 0 with `zeros="protect"`), or the
    cells that `primary` names (a boolean column or its name). Every primary cell keeps
    an interval of at least `rule.width` for `reader`, and the hidden cells cost as
    little as possible: `cost` is "n" (their counts), "count" (how many) or a column of
    prices; a missing price is never paid. Totals, cells that are sums of other
    published cells, are secondary only if the rule says `totals="hide"`, and then as a
    last resort. Zeros that the rule shows are never hidden. The secret `seed` chooses
    among equals, and which cells `rule.chance` hides.

    `n` of a hidden cell is still the true count: print `table.as_printed()`. Up to
    `exact_up_to` cells the answer is the cheapest, beyond it a good one. The table has
    the rule as it must be printed.

    Raises: ParameterError for bad input; DisclosureError naming the primary cells that
    no choice of cells protects.
    """
    require_method(rule, "suppression", "suppress")
    reader = Reader.of(reader)
    require_seed(seed)
    if not isinstance(exact_up_to, numbers.Integral):
        raise ParameterError(
            f"exact_up_to is {exact_up_to!r}; expected a whole number of cells"
        )
    marks = (cost, primary if isinstance(primary, str) else None)
    given = table_of(published, besides=marks)
    counts, attributes = true_counts(given), list(given.attributes)
    rule = rule if primary is None else replace(rule, primary="named")
    # By the rule's threshold, unless the owner names the cells: then by that alone.
    small = small_cells(counts, rule)
    if primary is not None:
        small = named_cells(given.frame, primary)
    require_no_shown_zero(given.frame, small & (counts == 0), rule, attributes)
    table = _Table(given, counts, small, seed)
    own_prices = prices_of(given.frame, counts, cost)
    require_public_prices(own_prices, rule)
    # Prices and all that follows stand in the order of the structure, see _Table.
    prices = table.prices(own_prices, rule)
    candidates = np.isfinite(prices) & (counts[table.order] >= least_hidden(rule))
    exact = len(given) <= exact_up_to
    attacker = table.attacker(rule, reader)
    candidates &= ~attacker.primary
    # What chance hides is hidden first, and the search makes the best of the rest.
    drawn = candidates & table.lots(rule.chance)
    search = cheapest_exact if exact else cheapest_found
    try:
        chosen, lost = search(attacker, candidates, prices, drawn)
    except NoTableFits as contradiction:
        rows = table.order[contradiction.rows]
        raise _contradicting(given.frame, rows, attributes) from None
    if len(lost):
        cells = given.frame
        names = [cell_name(cells.iloc[row], attributes) for row in table.order[lost]]
        advice = table.advice(rule, reader, own_prices)
        raise _unprotected(names, rule, reader, advice)
    secondary = np.zeros(len(given), dtype=bool)
    # Back from the order of the search to that of the rows.
    secondary[table.order] = chosen
    status = np.select([small, secondary], ["primary", "secondary"], "shown")
    return given.assign(status=status).of(rule=rule)


class _Table:
    """Published cells in an order that does not depend on labels or rows.

    Prices get a little random each, so that the optimum is one and a secret.
    """

    def __init__(
        self,
        given: CellTable,
        counts: Counts,
        small: Mask,
        seed: int | None,
    ) -> None:
        incidence = inner_cells_of(given).incidence(given.frame)
        named = order_by_name(given.frame, given.attributes)
        # The order is that of columns, so cells stand across here; sorted by name, so
        # that only what nothing tells apart goes by its name.
        across = sparse.csr_matrix(incidence[named].T)
        # Two cells of one count differ if the owner named one of them.
        kinds = counts[named] * 2 + small[named]
        cells, inner = canonical_order(across, kinds, np.zeros(across.shape[0], int))
        self.order = named[cells]
        self.incidence = sparse.csr_matrix(incidence[self.order][:, inner])
        self.counts, self.small = counts[self.order], small[self.order]
        self.total = totals_among(self.incidence)
        self.seed = secrets.randbits(63) if seed is None else seed
        self._draw = np.random.default_rng(self.seed)

    def prices(self, given: Vector, rule: Rule) -> Vector:
        """A total costs more than all cells that are none, or cannot be had."""
        prices = given[self.order]
        # One total costs more than all cells that are none together: no number of those
        # is spared for it.
        inner = prices[~self.total & np.isfinite(prices)].sum()
        of_total = inner + 1 if rule.totals == "hide" else np.inf
        prices = prices + np.where(self.total, of_total, 0.0)
        # All draws together come to less than 0.5: among whole prices they only decide
        # between equals.
        return prices + self._draw.random(len(prices)) * 0.5 / len(prices)

    def lots(self, chance: float) -> Mask:
        """The cells that chance hides, if they may be: any set of them can come out.

        So no reader can tell from the choice what the hidden counts are, but by what
        the rule says. Totals are worth more to readers, and seldom drawn.
        """
        # Another stream than the prices have: the two must not tell of each other.
        draw = np.random.default_rng([self.seed, 1])
        share = np.where(self.total, chance * SELDOM, chance)
        return draw.random(len(share)) < share

    def attacker(self, rule: Rule, reader: Reader) -> Attacker:
        counts = self.counts.astype(float)
        return Attacker(self.incidence, counts, self.small, rule, reader)

    def advice(self, rule: Rule, reader: Reader, given: Vector) -> str:
        """What would protect all primary cells: tried, not guessed."""
        tries: dict[str, dict[str, Any]] = {
            'print only that a cell is hidden (marks="hidden")': {"marks": "hidden"},
            'allow totals to be hidden (totals="hide")': {"totals": "hide"},
        }
        # Each by itself, and both at once only if neither helps alone.
        helpful = [
            words
            for words, change in tries.items()
            if self._is_enough(replace(rule, **change), reader, given)
        ]
        both = replace(rule, marks="hidden", totals="hide")
        if not helpful and self._is_enough(both, reader, given):
            helpful = ['set both marks="hidden" and totals="hide"']
        words = (
            " or ".join(helpful) or "ask for a narrower width, publish fewer margins"
        )
        return f"{words[0].upper()}{words[1:]}"

    def _is_enough(self, rule: Rule, reader: Reader, given: Vector) -> bool:
        """Whether hiding all that may be hidden leaves no primary cell open."""
        prices = self.prices(given, rule)
        # Hiding more never narrows an interval, so all that may be hidden is the test.
        may = np.isfinite(prices) & (self.counts >= least_hidden(rule))
        attacker = self.attacker(rule, reader)
        return not len(attacker.open_cells(self.small | may))


def _contradicting(
    published: pd.DataFrame, rows: NDArray[np.intp], attributes: list[str]
) -> DisclosureError:
    names = [cell_name(published.iloc[row], attributes) for row in sorted(rows)[:5]]
    return DisclosureError(
        f"no counts fit the published cells {'; '.join(names)}: their sums do not "
        f"agree. Expected tables added up from the same cells by "
        f"{', '.join(map(str, attributes))}"
    )


def _unprotected(
    names: list[str], rule: Rule, reader: Reader, advice: str
) -> DisclosureError:
    more = f" and {len(names) - 5} more" if len(names) > 5 else ""
    return DisclosureError(
        f"primary cells {'; '.join(names[:5])}{more}: no choice of further cells "
        f"leaves the {reader.knows} reader an interval {rule.width} wide. {advice}, or "
        "round instead."
    )
