import json
import os
import shutil
import subprocess
import sys

import numpy as np
import pytest

from qadaya.editions.build import build_edition
from qadaya.editions.edition import completeness, edition_at, open_edition
from qadaya.editions.once import once_an_edition
from qadaya.errors import EditionError
from small_register import COURTS, register


@pytest.fixture
def editions(tmp_path):
    for as_of in ("2024-03-05", "2024-06-01"):
        build_edition(
            *register(),
            audience="internal",
            folder=tmp_path,
            as_of=as_of,
            courts=COURTS,
        )
    return tmp_path


def test_the_latest_edition_opens_unless_a_number_is_given(editions):
    assert open_edition(folder=editions).number == "2024.2"
    assert open_edition("2024.1", folder=editions).as_of == "2024-03-05"


def test_the_tenth_edition_comes_after_the_ninth(editions):
    place = editions / "internal"
    for number in ("2024.9", "2024.10"):
        folder = place / number
        shutil.copytree(place / "2024.2", folder)
        manifest = json.loads((folder / "manifest.json").read_text())
        (folder / "manifest.json").write_text(json.dumps(manifest | {"number": number}))
    assert open_edition(folder=editions).number == "2024.10"


def test_an_edition_opens_by_its_path(editions):
    assert open_edition(editions / "internal" / "2024.1").number == "2024.1"
    assert edition_at(editions / "internal" / "2024.1").audience == "internal"


def test_an_edition_is_named_by_its_folder_in_one_line(editions):
    place = editions / "internal" / "2024.2"
    assert repr(open_edition(folder=editions)) == f"Edition(path={place!r})"


def test_a_table_is_the_callers_own(editions):
    edition = open_edition(folder=editions)
    cube = edition.cube
    cube["n"] = 0
    assert edition.cube["n"].sum() == 5


def test_what_is_worked_out_of_an_edition_is_worked_out_once(editions):
    asked = []

    @once_an_edition
    def cells(edition, *, years):
        asked.append((edition.number, list(years)))
        return edition.cube[edition.cube["year"].isin(years)]

    latest, earlier = (
        open_edition(folder=editions),
        open_edition("2024.1", folder=editions),
    )
    own = cells(latest, years=[2023])
    own["n"] = 0
    assert cells(latest, years=(2023,))["n"].sum() == 4
    assert asked == [("2024.2", [2023])]
    # Other arguments, another edition and the same one opened again ask for their own.
    assert cells(latest, years=[2022])["n"].sum() == 1
    assert cells(earlier, years=[2023])["n"].sum() == 4
    assert cells(open_edition(folder=editions), years=[2023])["n"].sum() == 4
    assert len(asked) == 4
    # What cannot be looked up is worked out each time.
    for _ in range(2):
        assert cells(latest, years=np.array([2023]))["n"].sum() == 4
    assert len(asked) == 6


def test_completeness_counts_the_courts_that_existed(editions):
    edition = open_edition(folder=editions)
    assert completeness(edition, 2023) == (2, 3)
    assert completeness(edition, 2022) == (1, 3)


def test_a_year_without_data_is_refused_by_name(editions):
    with pytest.raises(EditionError, match="no returns for 2020; it holds 2022, 2023"):
        completeness(open_edition(folder=editions), 2020)


def lose(editions):
    (editions / "internal" / "2024.2" / "cube.parquet").unlink()


def change(editions):
    path = editions / "internal" / "2024.2" / "cube.parquet"
    path.write_bytes(path.read_bytes() + b"x")


def garble(editions):
    (editions / "internal" / "2024.2" / "manifest.json").write_text("{")


def strip(editions):
    (editions / "internal" / "2024.2" / "manifest.json").write_text('{"number": "1"}')


def untouched(editions):
    pass


BAD = [
    ({"name": "2031.1"}, untouched, "no edition '2031.1'; it holds 2024.1, 2024.2"),
    ({"audience": "shared"}, untouched, "no edition yet; build one with"),
    ({"name": "1.1", "audience": "shared"}, untouched, "it holds none"),
    ({"audience": "all"}, untouched, "audience is 'all'; expected one of internal"),
    ({}, lose, "cube.parquet: is missing; the edition is damaged"),
    ({}, change, "cube.parquet: is not the file that was written"),
    ({"name": "latest"}, garble, "manifest.json: is no JSON (Expecting property name"),
    ({"name": "2024.2"}, strip, "manifest.json: lacks as_of, audience, bounds"),
]


@pytest.mark.parametrize(("options", "damage", "message"), BAD)
def test_an_edition_that_cannot_be_used_is_one_clear_line(
    editions, options, damage, message
):
    damage(editions)
    with pytest.raises(EditionError) as caught:
        open_edition(folder=editions, **options)
    assert message in str(caught.value)
    assert "\n" not in str(caught.value)


def test_an_internal_edition_is_not_opened_as_a_shared_one(editions):
    with pytest.raises(EditionError, match="is internal; expected shared"):
        open_edition(editions / "internal" / "2024.1", audience="shared")


def test_an_unknown_table_is_refused_by_name(editions):
    with pytest.raises(EditionError, match="has no table 'cases'; it holds cube,"):
        open_edition(folder=editions).table("cases")


def in_shared_run(code, home):
    environment = {**os.environ, "QADAYA_AUDIENCE": "shared", "QADAYA_HOME": str(home)}
    return subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, env=environment
    )


@pytest.mark.parametrize(
    "opening",
    [
        "open_edition(place / 'internal' / '2024.1')",
        "open_edition(place / 'internal' / '2024.1', audience='shared')",
        "edition_at(place / 'internal' / '2024.1')",
    ],
)
def test_a_shared_run_opens_no_internal_edition(editions, opening):
    run = in_shared_run(
        "from pathlib import Path\n"
        "from qadaya.editions.edition import edition_at, open_edition\n"
        f"place = Path({str(editions)!r})\n"
        f"{opening}",
        editions,
    )
    assert run.returncode == 1
    assert "EditionError: this run is shared (QADAYA_AUDIENCE=shared)" in run.stderr


def test_a_shared_run_builds_nothing(editions, monkeypatch):
    monkeypatch.setenv("QADAYA_AUDIENCE", "shared")
    with pytest.raises(EditionError, match="this run is shared"):
        build_edition(
            *register(), audience="shared", folder=editions, register=editions
        )
