import doctest
from pathlib import Path

import pandas as pd

README = Path(__file__).parents[1] / "README.md"


def test_every_example_of_the_readme_gives_what_it_says(tmp_path, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    with pd.option_context("display.width", 80):
        done = doctest.testfile(
            str(README),
            module_relative=False,
            optionflags=doctest.NORMALIZE_WHITESPACE | doctest.ELLIPSIS,
        )

    assert done.attempted > 30
    assert done.failed == 0
