"""Linear and integer programmes over whole counts, solved by HiGHS.

The only module that knows highspy. One thread and no clock inside a search: the same
programme gives the same answer on every machine.
"""

from dataclasses import dataclass
from importlib.metadata import version
from typing import Any, Literal

import highspy
import numpy as np
from numpy.typing import NDArray
from scipy import sparse

Vector = NDArray[np.float64]
Status = Literal["optimal", "infeasible", "unbounded", "limit"]
INFINITY = float("inf")
SOLVER = f"HiGHS {version('highspy')}"

_STATUS: dict[Any, Status] = {
    highspy.HighsModelStatus.kOptimal: "optimal",
    highspy.HighsModelStatus.kInfeasible: "infeasible",
    highspy.HighsModelStatus.kUnbounded: "unbounded",
    highspy.HighsModelStatus.kUnboundedOrInfeasible: "unbounded",
}
_INTERIOR: dict[str, bool | int | str] = {
    "output_flag": False,
    "threads": 1,
    "solver": "ipm",
    "run_crossover": "off",
}


@dataclass(frozen=True)
class Programme:
    """Rows `row_low <= matrix @ x <= row_high`, columns `low <= x <= high`."""

    matrix: sparse.csr_matrix
    row_low: Vector
    row_high: Vector
    low: Vector
    high: Vector


@dataclass(frozen=True)
class Answer:
    """`value` is attained by `x`; nothing can be better than `bound`."""

    status: Status
    value: float
    bound: float
    x: Vector
    row_dual: Vector
    seconds: float


class Solver:
    """A programme loaded into HiGHS; minimises one objective after another.

    Without `integer` each search starts from the basis of the one before.
    """

    def __init__(
        self, programme: Programme, *, integer: NDArray[np.bool_] | None = None
    ) -> None:
        self._highs = highspy.Highs()
        self._highs.setOptionValue("output_flag", False)
        self._highs.setOptionValue("threads", 1)
        self._integer = integer is not None and bool(integer.any())
        if not self._integer:
            # Presolve would throw away the basis of the search before.
            self._highs.setOptionValue("presolve", "off")
            # A new objective keeps the basis primal feasible.
            self._highs.setOptionValue("simplex_strategy", 4)
        self.columns = len(programme.low)
        self._columns = np.arange(self.columns, dtype=np.int32)
        self._highs.passModel(_model(programme, integer))

    def set_row_bounds(self, row: int, low: float, high: float) -> None:
        self._highs.changeRowBounds(row, low, high)

    def set_column_bounds(self, column: int, low: float, high: float) -> None:
        self._highs.changeColBounds(column, low, high)

    def add_row(self, low: float, high: float, columns: Any, values: Any) -> None:
        columns = np.asarray(columns, dtype=np.int32)
        values = np.asarray(values, dtype=np.float64)
        self._highs.addRow(low, high, len(columns), columns, values)

    def drop_last_row(self) -> None:
        last = self._highs.getNumRow() - 1
        self._highs.deleteRows(1, np.array([last], dtype=np.int32))

    def minimise(
        self,
        cost: Vector,
        *,
        gap: float = 0.0,
        seconds: float = INFINITY,
        nodes: int | None = None,
        start: Vector | None = None,
    ) -> Answer:
        """The least `cost @ x`, within the relative gap."""
        highs = self._highs
        highs.changeColsCost(len(self._columns), self._columns, np.asarray(cost, float))
        if self._integer:
            highs.setOptionValue("mip_rel_gap", float(gap))
            highs.setOptionValue("mip_abs_gap", 1e-6)
            highs.setOptionValue("mip_max_nodes", nodes if nodes else 2**31 - 1)
        began = highs.getRunTime()
        # HiGHS counts the time of all its runs against the limit.
        limit = began + seconds if self._integer else seconds
        highs.setOptionValue("time_limit", min(limit, 1e20))
        if start is not None:
            known = highspy.HighsSolution()
            known.col_value = list(start)
            highs.setSolution(known)
        highs.run()
        return _answer(highs, highs.getRunTime() - began, integer=self._integer)


def solve_once(programme: Programme, cost: Vector, *, seconds: float) -> Answer:
    """The least `cost @ x` of a large linear programme, by an interior point.

    Without a way back to a corner: where the optimum is one it is found as near as
    makes no difference, and the way back can take longer than all the rest.
    """
    highs = highspy.Highs()
    for name, value in _INTERIOR.items():
        highs.setOptionValue(name, value)
    highs.setOptionValue("time_limit", min(seconds, 1e20))
    model = _model(programme, None)
    model.col_cost_ = np.asarray(cost, float)
    highs.passModel(model)
    highs.run()
    return _answer(highs, highs.getRunTime(), integer=False)


def _answer(highs: highspy.Highs, seconds: float, *, integer: bool) -> Answer:
    info, solution = highs.getInfo(), highs.getSolution()
    # 2 is the status "feasible" of HiGHS: x satisfies every row, best or not.
    feasible = info.primal_solution_status == 2
    # An integer search may stop within its gap, so its value proves nothing: what is
    # proven is the bound. A linear one ends at its optimum, and the two are one.
    bound = info.mip_dual_bound if integer else info.objective_function_value
    return Answer(
        _STATUS.get(highs.getModelStatus(), "limit"),
        info.objective_function_value if feasible else INFINITY,
        bound,
        np.array(solution.col_value) if feasible else np.array([]),
        np.array(solution.row_dual),
        seconds,
    )


def _model(programme: Programme, integer: NDArray[np.bool_] | None) -> highspy.HighsLp:
    matrix = sparse.csr_matrix(programme.matrix)
    model = highspy.HighsLp()
    model.num_row_, model.num_col_ = matrix.shape
    model.col_cost_ = np.zeros(matrix.shape[1])
    model.col_lower_, model.col_upper_ = programme.low, programme.high
    model.row_lower_, model.row_upper_ = programme.row_low, programme.row_high
    # Row by row, as the matrix lies in memory.
    model.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    model.a_matrix_.start_ = matrix.indptr.astype(np.int32)
    model.a_matrix_.index_ = matrix.indices.astype(np.int32)
    model.a_matrix_.value_ = matrix.data.astype(np.float64)
    if integer is not None:
        kinds = (highspy.HighsVarType.kContinuous, highspy.HighsVarType.kInteger)
        model.integrality_ = [kinds[int(whole)] for whole in integer]
    return model
