"""Every chart, from one place. Each returns a plain plotly figure to go on with.

The title says what is found, the line under it what is drawn, the axis the unit, the
note the source, the rounding, the status and the date. `twin(figure)` gives the table
behind it. Exact 95 % intervals are drawn; in a shared edition they cover what rounding
can have done.
"""

from qadaya.views.charts.answered import returns_by_year
from qadaya.views.charts.breakdown import (
    cases_by_body,
    cases_by_circuit,
    cases_by_subject,
)
from qadaya.views.charts.chance import chance_picture
from qadaya.views.charts.chapter import chapter_lines
from qadaya.views.charts.cohorts import cohort_standings, decided_by_age
from qadaya.views.charts.flow import case_flow, case_steps
from qadaya.views.charts.funnel import funnel_plot
from qadaya.views.charts.places import cases_by_circuit_and_year
from qadaya.views.charts.published import published_series
from qadaya.views.charts.stages import cases_by_stage
from qadaya.views.charts.style import twin
from qadaya.views.charts.years import cases_by_year, total_by_year
from qadaya.views.frames.funnel import funnel_units

__all__ = [
    "case_flow",
    "case_steps",
    "cases_by_body",
    "cases_by_circuit",
    "cases_by_circuit_and_year",
    "cases_by_stage",
    "cases_by_subject",
    "cases_by_year",
    "chance_picture",
    "chapter_lines",
    "cohort_standings",
    "decided_by_age",
    "funnel_plot",
    "funnel_units",
    "published_series",
    "returns_by_year",
    "total_by_year",
    "twin",
]
