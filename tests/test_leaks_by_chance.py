"""What honest pages hold is no leak though by chance true counts are like it.

A report shows two thousand vectors of numbers and an edition holds as many, most of
small numbers. So a match in plain sight must tell more than that, and what follows
from the published edition tells nothing.
"""

import json
from math import comb, log2

import numpy as np
import pytest

from leak_plants import COUNTS, as_shared, counted, page, two_editions
from qadaya import open_edition
from qadaya.pages.leaks import explained, scan
from qadaya.pages.leaks.chance import Rarity
from qadaya.pages.leaks.explained import are_ratios, published_vectors
from qadaya.pages.leaks.vectors import vectors_of
from qadaya.views.frames.comparable import units
from qadaya.views.frames.funnel import funnel_units


@pytest.fixture(scope="module")
def editions(tmp_path_factory):
    return two_editions(tmp_path_factory.mktemp("editions"))


# ---- how rare counts are ----


def test_one_true_vector_tells_what_the_choice_among_its_like_does():
    # From 7 to 15 are about as large as 10, from 17 to 38 about as large as 25.
    assert Rarity([(10, 25)]).bits((10, 25)) == log2(9 * 22)


def test_what_is_in_order_of_size_is_counted_once():
    # Two numbers from 7 to 15, which may be equal: 45 pairs and not 81.
    assert Rarity([(10, 10)]).bits((10, 10)) == log2(comb(10, 2))


def test_the_more_true_vectors_are_alike_the_less_one_tells():
    alone, among = Rarity([(10, 25)]), Rarity([(10, 25), (11, 24), (9, 26), (9, 90)])
    assert among.bits((10, 25)) == alone.bits((10, 25)) - log2(3)


def test_what_no_true_vector_is_like_is_not_met():
    assert Rarity([(10, 25)]).bits((1, 2, 3)) == 99.0
    assert Rarity([]).bits((1, 2)) == 99.0


def test_common_counts_pass_in_plain_sight_and_not_out_of_sight(tmp_path):
    # Every court has about as many: many of the vectors by court are like one another.
    true = {(court, year): n for (court, year), n in _ALIKE.items()}
    protected = as_shared(counted(dict.fromkeys(true, 3), tmp_path / "shared"))
    unprotected = counted(true, tmp_path / "internal")
    vector = (4, 6, 7, 9)
    assert vector in vectors_of(unprotected)
    assert Rarity(vectors_of(unprotected)).bits(vector) < 10
    listed = json.dumps(vector)
    for body, leaks in ((f"<p>{listed}</p>", False), (f"<!-- {listed} -->", True)):
        found = scan(page(body), protected=protected, unprotected=unprotected)
        assert bool(found) is leaks


_ROWS = {"ca-a": (4, 6, 7, 9), "tpi-a": (4, 6, 8, 9), "ca-b": (4, 6, 7, 8)}
_ALIKE = {
    (court, 2021 + place): n
    for court, row in _ROWS.items()
    for place, n in enumerate(row)
}


# ---- what follows from the published edition ----


def test_the_table_of_rounding_errors_is_published(seven_courts):
    edition = open_edition(folder=seven_courts, audience="shared")
    assert edition.bounds
    printed = published_vectors(edition) - vectors_of(edition)
    assert printed
    assert all(n % 1 == 0 for key in printed for n in key)


def test_what_the_funnels_of_an_edition_draw_is_explained(seven_courts):
    edition = open_edition(folder=seven_courts, audience="shared")
    drawn = funnel_units(units(edition, level="region"))
    assert len(drawn)
    for column in ("ratio", "ratio_high"):
        assert are_ratios(drawn[column].to_numpy(dtype=float), 6, edition)
    assert not are_ratios(drawn["ratio"].to_numpy(dtype=float) * 3, 6, edition)


def test_an_edition_without_bounds_publishes_its_tables_alone(editions):
    _, true = editions
    assert published_vectors(true) == vectors_of(true)


RATIOS = np.array([220, 135, 132, 264, 176]) / 135


def test_ratios_of_a_funnel_are_explained_and_what_is_in_proportion_is_not(
    editions, monkeypatch
):
    monkeypatch.setattr(explained, "_funnel_ratios", lambda edition: [RATIOS])
    some = np.sort(RATIOS[[0, 2, 3, 4]])
    assert are_ratios(some, 6, editions[0])
    assert are_ratios(np.round(some, 2), 2, editions[0])
    assert not are_ratios(np.round(some, 1), 1, editions[0])  # could be many
    assert not are_ratios(2 * some, 6, editions[0])
    assert not are_ratios(np.append(some, 0.5), 6, editions[0])


def test_explained_ratios_with_the_shape_of_true_counts_are_no_leak(
    editions, monkeypatch
):
    protected, true = editions
    shape = np.array(COUNTS) / 13.5
    shown = page(f"<script>const x = {json.dumps(shape.tolist())};</script>")
    assert scan(shown, protected=protected, unprotected=true)
    monkeypatch.setattr(explained, "_funnel_ratios", lambda edition: [shape])
    assert scan(shown, protected=protected, unprotected=true) == []


@pytest.mark.parametrize("shape", [(3, 4, 5, 6), (2, 3, 5, 7), (1, 4, 6, 9)])
def test_a_small_shape_that_nothing_explains_is_found(tmp_path, shape):
    true = counted(
        {("ca-a", 2021 + place): n for place, n in enumerate(shape)},
        tmp_path / "internal",
    )
    protected = as_shared(
        counted({("ca-a", 2021): 30, ("ca-b", 2022): 3}, tmp_path / "shared")
    )
    shown = page(f"<script>const x = {json.dumps([n / 7 for n in shape])};</script>")
    assert scan(shown, protected=protected, unprotected=true)
