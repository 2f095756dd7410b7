import json
import os
import shutil
import subprocess
import sys

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qadaya.errors import DisclosureError, EditionError, ParameterError
from qadaya.pages.plan import Choice, plan
from qadaya.tables.audit import audit
from qadaya.tables.build import build_edition
from qadaya.tables.edition import open_edition
from qadaya.tables.publication.export import write_tables
from qadaya.tables.publication.policy import Policy, read_policy
from qadaya.tables.publication.reaudit import audit_edition
from qadaya.tables.publication.suppressed import printed_cells, suppressed
from small_register import COURTS, a_return, many, problems

# With every sum over it shown: years 15 and 11, circuits 17 and 9, the country 26.
COUNTS = {("tpi-a", 2022): 8, ("ca-b", 2022): 7, ("tpi-a", 2023): 9, ("ca-b", 2023): 2}
MARGINS = [[], ["year"], ["circuit_id"], ["circuit_id", "year"]]
RULE = {
    "method": "suppression",
    "threshold": 2,
    "zeros": "protect",
    "width": 2,
    "marks": "hidden",
}


def policy(**changes):
    settings = read_policy(profile="suppression").public()
    settings |= {"margins": MARGINS, "batch": 2, "outside": []}
    settings["rule"] = RULE | changes.pop("rule", {})
    return Policy.model_validate(settings | changes)


def returns_of(counts):
    sent = [a_return(court, year, accepted=n) for (court, year), n in counts.items()]
    return pd.DataFrame(sent)


@pytest.fixture
def build(tmp_path):
    def call(counts=COUNTS, returns=None, **options):
        return build_edition(
            many(counts),
            returns_of(counts) if returns is None else returns,
            problems(),
            audience="shared",
            folder=tmp_path / "editions",
            register=tmp_path / "register",
            courts=COURTS,
            **{"policy": policy()} | options,
        )

    return call


def shown(table, *by):
    """The counts of a table as they are printed; None where one is hidden."""
    counts = table.set_index(list(by))["n"] if by else table["n"]
    return {key: None if pd.isna(n) else n for key, n in counts.items()}


def test_a_small_count_is_hidden_with_three_others_and_the_totals_are_exact(build):
    edition = build()
    assert shown(edition.table("country")) == {0: 26}
    assert shown(edition.table("by_year"), "year") == {2022: 15, 2023: 11}
    assert shown(edition.table("by_circuit"), "circuit_id") == {"ca-a": 17, "ca-b": 9}
    assert shown(edition.table("by_circuit_year"), "circuit_id", "year") == {
        ("ca-a", 2022): None,
        ("ca-a", 2023): None,
        ("ca-b", 2022): None,
        ("ca-b", 2023): None,
    }


WITHOUT_B_IN_2023 = {("tpi-a", 2022): 8, ("ca-b", 2022): 7, ("tpi-a", 2023): 9}


def test_a_zero_is_hidden_like_a_small_count(build):
    nil = pd.DataFrame([a_return("ca-b", 2023, "nil", accepted=0)])
    returns = pd.concat([returns_of(WITHOUT_B_IN_2023), nil])
    edition = build(WITHOUT_B_IN_2023, returns=returns)
    table = edition.table("by_circuit_year")
    assert shown(table, "circuit_id", "year")["ca-b", 2023] is None
    assert table["hidden"].all()


def test_a_circuit_that_has_not_reported_hides_nothing(build):
    table = build(WITHOUT_B_IN_2023).table("by_circuit_year")
    assert shown(table, "circuit_id", "year") == {
        ("ca-a", 2022): 8,
        ("ca-a", 2023): 9,
        ("ca-b", 2022): 7,
    }


def test_a_reader_bounds_the_hidden_counts_as_the_sums_allow(build):
    # With x for the 2: 11 - x, 9 - x and 6 + x beside it, so x is from 0 to 9.
    edition = build()
    tables = [
        edition.table(name)
        for name in ("country", "by_year", "by_circuit", "by_circuit_year")
    ]
    columns = ("circuit_id", "year")
    printed = printed_cells(tables, edition.table("reporting"), columns)
    audited = audit(printed, rule=policy().rule, reader="rule-aware")
    hidden = audited[audited["status"] == "hidden"]
    assert {
        (row.circuit_id, row.year): (row.low, row.high) for row in hidden.itertuples()
    } == {
        ("ca-a", 2022): (6, 15),
        ("ca-a", 2023): (2, 11),
        ("ca-b", 2022): (0, 9),
        ("ca-b", 2023): (0, 9),
    }


def test_the_files_of_the_edition_hold_no_hidden_count(build):
    edition = build()
    for entry in edition.manifest["tables"].values():
        table = pd.read_parquet(edition.path / entry["file"])
        if "hidden" in table:
            assert table.loc[table["hidden"], "n"].isna().all()
            assert table.loc[~table["hidden"], "n"].notna().all()


def test_it_holds_its_margins_and_says_why_there_is_no_cube(build):
    edition = build()
    assert edition.tables == [
        "country",
        "by_year",
        "by_circuit",
        "by_circuit_year",
        "reporting",
    ]
    assert not edition.adds_up
    with pytest.raises(EditionError, match="no table 'cube', as its small counts are"):
        _ = edition.cube


def test_the_manifest_prints_the_rule_and_the_proof_what_was_done(build):
    edition = build()
    assert edition.manifest["rule"] == RULE | {"primary": "threshold"}
    protection = edition.manifest["parameters"]["protection"]
    assert "gap" not in protection
    assert "tables" not in protection
    assert edition.manifest["rows"] == {"accepted": 26, "refused": None}
    proof = json.loads((edition.path / "proof.json").read_text())
    assert proof["rule"]["method"] == "suppression"
    assert proof["hidden"] == 4
    assert proof["search"] == "exact"
    assert proof["narrowest"] == 9
    assert proof["insider"]["narrowest"] == 8
    assert proof["certain_shares"]["found"] == 0
    assert "seed" not in proof


def test_the_audit_holds_from_what_is_published_alone(build, tmp_path):
    edition = build()
    shutil.rmtree(tmp_path / "register")
    attacks = audit_edition(open_edition(edition.path, audience="shared"))
    assert [(each.reader, each.narrowest) for each in attacks] == [
        ("plain", 9),
        ("rule-aware", 9),
    ]


def test_the_same_cases_give_the_edition_that_is_there(build):
    assert build().path == build().path


def test_an_authority_may_let_totals_be_hidden(build):
    # 3 cases in a year leave no room for an interval 4 wide below a total that shows.
    counts = COUNTS | {("tpi-a", 2023): 2, ("ca-b", 2023): 1}
    narrow = {"rule": {"width": 4}}
    with pytest.raises(DisclosureError, match=r'Allow totals to be hidden \(totals="'):
        build(counts, policy=policy(**narrow))
    edition = build(counts, policy=policy(totals="hide", **narrow))
    assert shown(edition.table("by_year"), "year")[2023] is None


def test_cases_of_a_court_that_sent_nothing_stop_the_edition(build):
    with pytest.raises(EditionError, match="not all of courts and years that have rep"):
        build(COUNTS, returns=returns_of(WITHOUT_B_IN_2023))


def test_what_cannot_be_protected_leaves_nothing_behind(build, tmp_path):
    counts = COUNTS | {("tpi-a", 2023): 2, ("ca-b", 2023): 1}
    with pytest.raises(DisclosureError):
        build(counts, policy=policy(rule={"width": 4}))
    assert not list((tmp_path / "editions" / "shared").glob("*"))
    assert not list((tmp_path / "register" / "protection").rglob("2*"))


@pytest.mark.parametrize(
    "first, then", [("rounding", "suppression"), ("suppression", "rounding")]
)
def test_the_two_methods_never_publish_the_same_cases(build, first, then):
    policies = {"rounding": read_policy(), "suppression": policy()}
    build(policy=policies[first])
    with pytest.raises(DisclosureError) as caught:
        build(policy=policies[then])
    assert str(caught.value) == (
        "the edition is held back: the edition 2024.1 of the same cases is protected "
        f"by {first}, and exact totals beside rounded counts give counts away. "
        f"Expected {first} again; publish by {then} from a register of its own"
    )


def test_a_revision_of_enough_cases_is_published_and_audited_with_the_first(build):
    build()
    edition = build(COUNTS | {("tpi-a", 2023): 15})
    assert edition.number == "2024.2"
    assert shown(edition.table("country")) == {0: 32}
    assert audit_edition(edition)


@pytest.mark.parametrize(
    "late, message",
    [
        (1, "1 case changed since the edition 2024.1, and the difference of the two"),
        (2, "year=2023: 13 less 11 of edition 2024.1 gives a change of 2"),
    ],
)
@pytest.mark.parametrize("removed", [False, True])
def test_a_revision_of_few_cases_is_held_back(build, late, message, removed):
    first = build()
    if removed:
        shutil.rmtree(first.path)
    with pytest.raises(DisclosureError) as caught:
        build(COUNTS | {("tpi-a", 2023): 9 + late})
    assert message in str(caught.value)
    assert str(caught.value).endswith("published when 1 more case has come in")


def test_what_two_editions_tell_together_is_held_back(build):
    # Alone the second would show two of the four counts. The years, which the first
    # shows, less these two would be the other two.
    build()
    with pytest.raises(DisclosureError) as caught:
        build(policy=policy(margins=[[], ["circuit_id", "year"]]))
    assert str(caught.value).startswith(
        "the edition is held back: beside 2024.1 it would tell circuit_id=ca-b, "
        "year=2023; expected intervals at least 2 wide"
    )


def test_tables_of_other_columns_than_before_are_held_back(build):
    build()
    with pytest.raises(DisclosureError) as caught:
        build(policy=policy(margins=[[], ["circuit_id"]]))
    assert str(caught.value) == (
        "the edition is held back: its tables have circuit_id, those of the edition "
        "2024.1 circuit_id, year, and what both together tell cannot be worked out. "
        "Keep the columns of the margins"
    )


def test_a_shared_run_opens_it_without_a_register(build, tmp_path):
    edition = build()
    shutil.rmtree(tmp_path / "register")
    script = (
        "import sys\n"
        "from qadaya.tables.edition import open_edition\n"
        "edition = open_edition(sys.argv[1], audience='shared')\n"
        "print(edition.table('by_year')['n'].sum())"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, str(edition.path)],
        env=os.environ | {"QADAYA_AUDIENCE": "shared"},
        capture_output=True,
        text=True,
    )
    assert done.stdout == "26\n", done.stderr


@pytest.mark.parametrize(
    "language, title, notice",
    [
        (
            "en",
            "Cases by: Circuit, Year",
            "counts up to 2 are hidden, zeros among them",
        ),
        ("fr", "Affaires par : Ressort, Année", "les nombres jusqu’à 2 sont masqués"),
        (
            "ar",
            "القضايا حسب: الدائرة الاستئنافية، السنة",
            "الأعداد التي لا تتجاوز 2 محجوبة",
        ),
    ],
)
def test_its_tables_are_exported_with_what_was_hidden(
    build, tmp_path, language, title, notice
):
    write_tables(build(), tmp_path / "out", language=language)
    table = pd.read_csv(tmp_path / "out" / "by_circuit_year.csv")
    assert list(table) == ["circuit_id", "year", "n", "hidden", "synthetic"]
    assert table["n"].isna().all()
    package = json.loads((tmp_path / "out" / "datapackage.json").read_text("utf-8"))
    titles = {each["name"]: each.get("title") for each in package["resources"]}
    assert titles["by_circuit_year"] == title
    assert notice in package["description"]


def test_no_page_is_made_of_it_and_the_message_says_what_to_do(project):
    project.edition("shared")  # rounded, of the small register
    shutil.rmtree(project.folder / "data")
    build_edition(
        many(COUNTS),
        returns_of(COUNTS),
        problems(),
        audience="shared",
        folder=project.folder / "data" / "editions",
        register=project.folder / "other",
        courts=COURTS,
        policy=policy(),
    )
    project.notebook("annual", audiences=["internal", "shared"])
    with pytest.raises(ParameterError) as caught:
        plan(
            sorted((project.folder / "params").glob("*.yml")),
            Choice(audiences=["shared"]),
            out=project.folder / "reports",
            work=project.folder / "build",
        )
    assert str(caught.value) == (
        "edition 2024.1 (shared) hides small counts, so its tables do not add up and "
        "no page is made of it; take them with `qadaya tables 2024.1 -o DIR`, and "
        "build the other pages with --audience internal"
    )


COUNT = st.integers(0, 9)


@settings(max_examples=40)
@given(st.tuples(COUNT, COUNT, COUNT, COUNT))
def test_every_hidden_small_count_keeps_its_interval_and_it_holds_the_truth(counts):
    places = [("ca-a", 2022), ("ca-a", 2023), ("ca-b", 2022), ("ca-b", 2023)]
    cells = pd.DataFrame(
        [(*place, n) for place, n in zip(places, counts, strict=True)],
        columns=["circuit_id", "year", "n"],
    )
    reporting = pd.DataFrame(places, columns=["circuit_id", "year"]).assign(
        court_id="x", status="reported"
    )
    try:
        made = suppressed(cells, reporting, policy(), seed=1, earlier={})
    except DisclosureError:
        # Only totals may be too small to hide anything below them.
        assert sum(counts) <= 20
        return
    audited = audit(made.printed, rule=made.rule, reader="rule-aware")
    true = cells.set_index(["circuit_id", "year"])["n"]
    for row in audited.itertuples():
        if "Total" in (row.circuit_id, row.year):
            continue
        n = true[row.circuit_id, row.year]
        assert row.low <= n <= row.high
        if n <= 2:
            assert row.status == "hidden"
            assert row.high - row.low >= 2
