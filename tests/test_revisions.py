"""The revision triangle: first, second and third figure of each year."""

import json

import pandas as pd
import pytest
from typer.testing import CliRunner

from qadaya.cli import app
from qadaya.editions.build import build_edition
from qadaya.views.frames.revisions import (
    Step,
    editions_of,
    mean_absolute_revision,
    steps,
    triangle,
)
from small_register import COURTS, a_return, many, problems

# Figures of 2022 and 2023 in three editions; 2023 came with the second.
VINTAGES = [
    ("2024-03-01", {("ca-b", 2022): 4}),
    ("2024-06-01", {("ca-b", 2022): 6, ("tpi-a", 2023): 5}),
    ("2025-03-01", {("ca-b", 2022): 5, ("tpi-a", 2023): 8}),
]


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    place = tmp_path_factory.mktemp("vintages")
    for as_of, counts in VINTAGES:
        sent = [
            a_return(court, year, accepted=n, received_at=f"{as_of}T10:00:00+00:00")
            for (court, year), n in counts.items()
        ]
        build_edition(
            many(counts), pd.DataFrame(sent), problems(), audience="internal",
            courts=COURTS, folder=place,
        )  # fmt: skip
    return place


def test_each_year_has_its_figures_in_their_order(folder):
    table = triangle(editions_of("internal", folder))
    rows = [tuple(row) for row in table[["year", "place", "number", "n"]].values]
    assert rows == [
        (2022, 1, "2024.1", 4),
        (2022, 2, "2024.2", 6),
        (2022, 3, "2025.1", 5),
        (2023, 1, "2024.2", 5),
        (2023, 2, "2025.1", 8),
    ]


def test_the_mean_absolute_revision_is_over_steps_whichever_way_they_go(folder):
    table = triangle(editions_of("internal", folder))
    # |6 - 4| and |8 - 5| from the first to the second, |5 - 6| to the third.
    assert steps(table) == [Step(2, 2, 2.5, 3), Step(3, 1, 1.0, 1)]
    assert mean_absolute_revision(table) == 2.0


def run(*words):
    return CliRunner().invoke(app, ["revisions", *map(str, words)])


def test_the_command_gives_the_triangle_as_table_json_and_csv(folder):
    text = run("--editions", folder).output
    assert "4 (2024.1)" in text
    assert (
        "Figure 1 to 2: mean absolute revision 2.5 cases, largest 3, years: 2" in text
    )
    assert "Mean absolute revision over all steps: 2.0 cases." in text
    assert (
        "2022: 1 of 3 courts answered. Missing courts would add: 0 to 8; never "
        "reported: 1."
    ) in text
    told = json.loads(run("--editions", folder, "--format", "json").stdout)
    assert told["mean_absolute_revision"] == 2.0
    assert told["figures"][1] == {
        "year": 2022, "place": 2, "number": "2024.2", "as_of": "2024-06-01", "n": 6,
        "reported": 1, "expected": 3, "missing_most": 5, "never_reported": 1,
        "revision": 2,
    }  # fmt: skip
    lines = run("--editions", folder, "--format", "csv").stdout.splitlines()
    assert lines[1:3] == [
        "2022,1,2024.1,2024-03-01,4,1,3,,2,",
        "2022,2,2024.2,2024-06-01,6,1,3,5,1,2",
    ]


@pytest.mark.parametrize("language", ["ar", "fr"])
def test_the_triangle_is_told_in_the_language_of_the_reader(folder, language):
    answer = run("--editions", folder, "--language", language)
    assert answer.exit_code == 0
    assert "First figure" not in answer.output


def test_without_an_edition_one_line_says_what_to_do(tmp_path):
    answer = run("--editions", tmp_path, "--audience", "shared")
    assert answer.exit_code == 1
    assert "no edition yet; build one with `qadaya edition --audience shared`" in (
        answer.output
    )
