"""What `suppress` cannot use, and says so."""

import pandas as pd
import pytest

from sdctables import (
    ParameterError,
    Rule,
    published_cells,
    suppress,
)
from small_tables import (
    S3,
    S3_MARGINS,
)

HIDE_3 = Rule(method="suppression", threshold=3)


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ({"rule": Rule()}, "suppress expects"),
        ({"reader": "clever"}, "reader is 'clever'"),
        ({"primary": "sensitive"}, "primary is 'sensitive'"),
        ({"primary": [True]}, "primary has 1 values"),
        ({"primary": [1.5] * 13}, "expected true or false"),
        ({"cost": "price"}, "cost is 'price'"),
    ],
)
def test_bad_settings_are_refused(settings, message):
    published = published_cells(S3, S3_MARGINS)

    with pytest.raises(ParameterError, match=message):
        suppress(published, **{"rule": HIDE_3, **settings})


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda cells: cells.drop(columns="n"), "expected a column n"),
        (lambda cells: cells.head(0), "0 rows"),
        (lambda cells: pd.concat([cells, cells]), "duplicate rows"),
        (lambda cells: cells.assign(n=-1), "n is negative"),
        (lambda cells: cells.assign(n=0.5), "n is fractional"),
        (lambda cells: cells.to_dict(), "a dict was given; expected a pandas"),
    ],
)
def test_bad_tables_are_refused(change, message):
    with pytest.raises(ParameterError, match=message):
        suppress(change(published_cells(S3, S3_MARGINS).frame), rule=HIDE_3)
