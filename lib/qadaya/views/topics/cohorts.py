"""Cases followed by the year of their return, from one place.

Where each year's cases stand, how much of them is decided at which age, what one
instance made of another's decisions, and the sentences stated, in bands.
"""

from qadaya.views.frames.cohorts import decided_share
from qadaya.views.frames.history import maturity
from qadaya.views.prose.cohorts import cohort_table, say_decided
from qadaya.views.prose.history import maturity_table
from qadaya.views.topics.instances import instances_table, say_instances, sentence_table

__all__ = [
    "cohort_table",
    "decided_share",
    "instances_table",
    "maturity",
    "maturity_table",
    "say_decided",
    "say_instances",
    "sentence_table",
]
