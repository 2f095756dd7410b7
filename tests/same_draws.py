"""The secrets of test editions are the same in every run, and so is what they round."""

import hashlib
import os
from collections import Counter
from contextlib import contextmanager

import pytest

_building = []


@contextmanager
def drawn_for(name):
    """What is drawn meanwhile belongs to what is built, whoever needs it first."""
    _building.append(name)
    try:
        yield
    finally:
        _building.pop()


@pytest.fixture(scope="session", autouse=True)
def same_draws():
    """A secret follows from the file of tests that draws it, and is another each time.

    Whether one draw in hundreds rounds away the only rise of a small edition is no
    question to a test of something else.
    """
    n_drawn = Counter()

    def draw(length=32):
        file_of_tests = os.environ.get("PYTEST_CURRENT_TEST", "").partition("::")[0]
        who = _building[-1] if _building else file_of_tests
        n_drawn[who] += 1
        drawn = hashlib.sha256(f"{who} {n_drawn[who]}".encode()).hexdigest()
        return drawn[: 2 * length]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("secrets.token_hex", draw)
        yield
