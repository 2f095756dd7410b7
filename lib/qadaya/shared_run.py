"""Whether this process makes a shared page: it may open what is protected, no more.

A sentence for who asks, not the border itself, which `pages.run.border` draws.
"""

import os

from qadaya.vocabulary import SHARED

# The variable of the environment that tells a process for whom it works.
AUDIENCE = "QADAYA_AUDIENCE"


def is_shared_run() -> bool:
    """Whether the environment says so."""
    return os.environ.get(AUDIENCE) == SHARED
