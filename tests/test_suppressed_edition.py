import itertools
import json
import os
import shutil
import subprocess
import sys

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import Bounds, LinearConstraint, milp

from qadaya.editions.build import build_edition
from qadaya.editions.edition import open_edition
from qadaya.editions.export.datapackage import notice
from qadaya.editions.export.files import write_tables
from qadaya.editions.manifest import RowCounts
from qadaya.editions.protection.policy import Policy, read_policy
from qadaya.editions.protection.protected import Counted
from qadaya.editions.protection.suppression import Suppression
from qadaya.editions.reaudit import audit_edition
from qadaya.errors import DisclosureError, EditionError, ParameterError
from qadaya.pages.run.choice import Choice
from qadaya.pages.run.plan import plan
from small_register import COURTS, a_return, many, problems

# By circuit: ca-a 8 and 9, ca-b 2 and 7. Years: 10 and 16.
COUNTS = {("tpi-a", 2022): 8, ("ca-b", 2022): 2, ("tpi-a", 2023): 9, ("ca-b", 2023): 7}
MARGINS = [["year"], ["circuit_id", "year"]]
RULE = {
    "method": "suppression",
    "threshold": 2,
    "zeros": "protect",
    "width": 2,
    "marks": "hidden",
}


def policy(**changes):
    settings = read_policy(profile="suppression").public()
    # Nothing hidden by chance, so that what is hidden can be worked out by hand.
    readers = ["plain", "rule-aware"]
    settings |= {"margins": MARGINS, "outside": [], "readers": readers}
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
            courts=COURTS,
            **{
                "policy": policy(),
                "folder": tmp_path / "editions",
                "register": tmp_path / "register",
            }
            | options,
        )

    return call


def shown(table, *by):
    """The counts of a table as they are printed; None where one is hidden."""
    counts = table.set_index(list(by))["n"] if by else table["n"]
    return {key: None if pd.isna(n) else n for key, n in counts.items()}


def test_a_small_count_is_hidden_with_another_and_the_totals_are_exact(build):
    edition = build()
    assert shown(edition.table("by_year"), "year") == {2022: 10, 2023: 16}
    assert shown(edition.table("by_circuit_year"), "circuit_id", "year") == {
        ("ca-a", 2022): None,
        ("ca-a", 2023): 9,
        ("ca-b", 2022): None,
        ("ca-b", 2023): 7,
    }


WITHOUT_B_IN_2022 = {key: n for key, n in COUNTS.items() if key != ("ca-b", 2022)}


def test_a_zero_is_hidden_like_a_small_count(build):
    nil = pd.DataFrame([a_return("ca-b", 2022, "nil", accepted=0)])
    returns = pd.concat([returns_of(WITHOUT_B_IN_2022), nil])
    table = build(WITHOUT_B_IN_2022, returns=returns).table("by_circuit_year")
    assert shown(table, "circuit_id", "year")["ca-b", 2022] is None
    assert shown(table, "circuit_id", "year")["ca-a", 2022] is None


def test_a_circuit_that_has_not_reported_hides_nothing(build):
    table = build(WITHOUT_B_IN_2022).table("by_circuit_year")
    assert shown(table, "circuit_id", "year") == {
        ("ca-a", 2022): 8,
        ("ca-a", 2023): 9,
        ("ca-b", 2023): 7,
    }


def test_a_reader_bounds_the_hidden_counts_as_the_sums_allow(build):
    # Two counts that add up to 10.
    attack = audit_edition(build())[0]
    hidden = attack.cells.set_index("circuit_id")[["low", "high"]]
    assert attack.table == "year 2022"
    assert hidden.T.to_dict("list") == {"ca-a": [0, 10], "ca-b": [0, 10]}


def test_the_files_of_the_edition_hold_no_hidden_count(build):
    edition = build()
    for entry in edition.manifest.tables.values():
        table = pd.read_parquet(edition.path / entry.file)
        if "hidden" in table:
            assert table.loc[table["hidden"], "n"].isna().all()
            assert table.loc[~table["hidden"], "n"].notna().all()


def test_it_holds_its_margins_and_says_why_there_is_no_cube(build):
    edition = build()
    assert edition.tables == ["by_year", "by_circuit_year", "reporting"]
    with pytest.raises(ParameterError, match="hides small counts"):
        edition.notice.require_pages(edition.manifest)
    with pytest.raises(EditionError, match="no table 'cube', as its small counts are"):
        _ = edition.cube


def test_the_manifest_prints_the_rule_and_the_proof_what_was_done(build):
    edition = build()
    assert edition.manifest.rule.to_dict() == RULE | {
        "primary": "threshold",
        "totals": "keep",
        "chance": 0.0,
    }
    protection = edition.manifest.parameters["protection"]
    assert "gap" not in protection
    assert "tables" not in protection
    assert edition.manifest.rows == RowCounts(accepted=26, refused=None)
    proof = json.loads((edition.path / "proof.json").read_text())
    assert proof["rule"]["method"] == "suppression"
    assert proof["hidden"] == 2
    assert proof["narrowest"] == 10
    assert proof["insider"]["narrowest"] == 9
    assert {each["method"] for each in proof["tables"]} <= {
        "closed form",
        "integer programme",
    }
    assert proof["certain_shares"]["found"] == 0
    assert "seed" not in proof


def test_the_audit_holds_from_what_is_published_alone(build, tmp_path):
    edition = build()
    shutil.rmtree(tmp_path / "register")
    attacks = audit_edition(open_edition(edition.path, audience="shared"))
    assert [(each.table, each.reader, each.narrowest) for each in attacks] == [
        ("year 2022", "plain", 10),
        ("year 2022", "rule-aware", 10),
        ("year 2023", "plain", None),
        ("year 2023", "rule-aware", None),
    ]


def test_the_same_cases_give_the_edition_that_is_there(build):
    assert build().path == build().path


SMALL_YEAR = {("tpi-a", 2023): 2, ("ca-b", 2023): 1}


def test_an_authority_may_let_totals_be_hidden(build):
    # 3 cases in a year leave no room for an interval 4 wide below a total that shows.
    counts = COUNTS | SMALL_YEAR
    narrow = {"rule": {"width": 4}}
    with pytest.raises(DisclosureError, match=r'Allow totals to be hidden \(totals="'):
        build(counts, policy=policy(**narrow))
    edition = build(counts, policy=policy(rule=narrow["rule"] | {"totals": "hide"}))
    assert shown(edition.table("by_year"), "year")[2023] is None


def test_a_crossing_that_no_table_has_must_stay_open_too(build):
    # The 3 of a circuit are shown, so that any platform of it has from 0 to 3.
    counts = {("tpi-a", 2022): 3, ("ca-b", 2022): 9}
    margins = [*MARGINS, ["year", "platform"]]
    with pytest.raises(DisclosureError) as caught:
        build(counts, policy=policy(margins=margins, rule={"width": 4}))
    assert "circuit_id=ca-a, platform=CPS: between 0 and 3" in str(caught.value)
    assert "publish fewer margins in params/protection.yml" in str(caught.value)


def test_cases_of_a_court_that_sent_nothing_stop_the_edition(build):
    with pytest.raises(EditionError, match="not all of courts and years that have rep"):
        build(COUNTS, returns=returns_of(WITHOUT_B_IN_2022))


def test_what_cannot_be_protected_leaves_nothing_behind(build, tmp_path):
    counts = COUNTS | SMALL_YEAR
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
        f"Expected {first} again"
    )


LATER = {("ca-b", 2022): 8, ("tpi-a", 2024): 6, ("ca-b", 2024): 5}


@pytest.mark.parametrize("removed", [False, True])
def test_a_year_is_published_once_and_repeated_as_it_was(build, removed):
    first = build()
    tables = {name: first.table(name) for name in first.tables}
    if removed:
        shutil.rmtree(first.path)
    # Six late cases of 2022 would have told that there had been two.
    second = build(COUNTS | LATER)
    assert second.number == "2024.2"
    for name, table in tables.items():
        again = second.table(name)
        again = again[again["year"] < 2024].reset_index(drop=True)
        pd.testing.assert_frame_equal(again, table)
    assert shown(second.table("by_year"), "year") == {2022: 10, 2023: 16, 2024: 11}
    proof = json.loads((second.path / "proof.json").read_text())
    assert proof["published_first"] == {"2022": "2024.1", "2023": "2024.1"}
    assert len(audit_edition(second)) == 6
    assert notice(second, "en")[-1] == (
        "Repeated as first published, in an earlier edition: 2022 (2024.1), "
        "2023 (2024.1)."
    )
    assert len(notice(first, "en")) == len(notice(second, "en")) - 1


def test_who_has_reported_is_repeated_too(build):
    # A nil return that came in late would say that the court had no case.
    build(WITHOUT_B_IN_2022)
    counts = WITHOUT_B_IN_2022 | {("tpi-a", 2024): 6}
    nil = pd.DataFrame([a_return("ca-b", 2022, "nil", accepted=0)])
    second = build(counts, returns=pd.concat([returns_of(counts), nil]))
    reporting = second.table("reporting").set_index(["court_id", "year"])["status"]
    assert reporting["ca-b", 2022] == "missing"
    assert "ca-b" in second.manifest.reporting["2022"]["missing"]
    assert {"court_id": "ca-b", "year": 2022} not in second.manifest.inputs


def test_without_a_new_year_there_is_nothing_to_publish(build):
    build()
    with pytest.raises(DisclosureError) as caught:
        build(COUNTS | {("ca-b", 2022): 8})
    assert str(caught.value) == (
        "the edition is held back: its years were published in 2024.1 already, and "
        "exact totals that move would give late cases away. Expected a year that was "
        "not published"
    )


@pytest.mark.parametrize(
    "changes", [{"rule": {"threshold": 3}}, {"margins": [*MARGINS, ["year", "stage"]]}]
)
def test_later_years_are_published_by_the_same_rule_and_margins(build, changes):
    build()
    with pytest.raises(
        DisclosureError, match=r"2024\.1 was published by other margins"
    ):
        build(COUNTS | LATER, policy=policy(**changes))


def test_only_the_years_that_are_ready_are_published(build):
    edition = build(policy=policy(years=[2023]))
    assert shown(edition.table("by_year"), "year") == {2023: 16}
    assert edition.years == [2023]
    assert set(edition.table("reporting")["year"]) == {2023}
    with pytest.raises(EditionError, match="years has 2031, for which no return was"):
        build(policy=policy(years=[2023, 2031]))


def test_an_edition_that_changed_a_year_falls_in_the_audit(build, tmp_path):
    first = build()
    # As if another register, which had published 2023 alone, went on from here.
    other = {"register": tmp_path / "other", "folder": tmp_path / "elsewhere"}
    build(policy=policy(years=[2023]), **other)
    second = build(COUNTS | LATER, **other)
    assert second.number == "2024.2"
    shutil.copytree(second.path, first.path.parent / "2024.2")
    with pytest.raises(DisclosureError, match=r"not as the edition 2024\.1 printed it"):
        audit_edition(open_edition(first.path.parent / "2024.2", audience="shared"))


def test_a_total_that_others_have_published_is_not_hidden_in_vain(build):
    counts = {("tpi-a", 2022): 1, ("ca-b", 2022): 1}
    every = pd.concat(
        [
            returns_of(counts),
            pd.DataFrame([a_return("ca-a", 2022, "nil", accepted=0)]),
        ]
    )
    outside = [{"year": 2022, "n": 2, "source": "LODJ"}]
    with pytest.raises(DisclosureError, match=r"2022: its total is hidden, and others"):
        build(counts, returns=every, policy=policy(outside=outside))


def test_tables_that_were_lost_with_the_register_stop_the_next_edition(build, tmp_path):
    build()
    for path in (tmp_path / "register").rglob("*.printed"):
        path.unlink()
    with pytest.raises(
        EditionError, match=r"edition 2024\.1 printed are not with this"
    ):
        build(COUNTS | LATER)


def test_a_shared_run_opens_it_without_a_register(build, tmp_path):
    edition = build()
    shutil.rmtree(tmp_path / "register")
    script = (
        "import sys\n"
        "from qadaya.editions.edition import open_edition\n"
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
    assert table["n"].isna().tolist() == [True, False, True, False]
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
            sorted((project.folder / "params").glob("[0-9]*.yml")),
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
PLACES = ("ca-a", "ca-b", "ca-c")
KINDS = ("NCMEC", "CPS", "NCMEC+CPS")


@settings(max_examples=60)
@given(
    st.tuples(*[COUNT] * 6),
    st.integers(1, 4),
    st.integers(2, 3),
    st.sampled_from(["keep", "hide"]),
)
def test_every_hidden_count_keeps_its_interval_and_it_holds_the_truth(
    counts, threshold, width, totals
):
    cells = pd.DataFrame(
        [
            (place, kind, 2023, n)
            for (place, kind), n in zip(
                itertools.product(PLACES, KINDS[:2]), counts, strict=True
            )
        ],
        columns=["circuit_id", "platform", "year", "n"],
    )
    reporting = pd.DataFrame(
        [(place, place, 2023, "reported") for place in PLACES],
        columns=["court_id", "circuit_id", "year", "status"],
    )
    chosen = policy(
        margins=[["year"], ["circuit_id", "year"], ["year", "platform"]],
        rule={"threshold": threshold, "width": width, "totals": totals},
    )
    try:
        made = Suppression().protect(
            Counted(cells, reporting, chosen, 1, records={}, printed=lambda _: {})
        )
    except DisclosureError:
        return
    sums = {
        "by_year": [cells["n"].sum()],
        "by_circuit_year": cells.groupby("circuit_id")["n"].sum(),
        "by_year_platform": cells.groupby("platform")["n"].sum(),
    }
    equations, wanted = [], []
    names = list(itertools.product(PLACES, KINDS))
    for name, column in (
        ("by_year", None),
        ("by_circuit_year", 0),
        ("by_year_platform", 1),
    ):
        for row in made.tables[name].itertuples():
            key = None if column is None else row[1 if column == 0 else 2]
            inside = [1.0 if column is None or c[column] == key else 0.0 for c in names]
            true = sums[name][0] if column is None else sums[name].get(key, 0)
            if row.hidden:
                wanted.append((inside, true))
            else:
                assert row.n == true
                equations.append((inside, row.n))
    for inside, true in wanted:
        low, high = interval(inside, equations)
        assert low <= true <= high
        if true <= threshold:
            assert high - low >= width


def interval(inside, equations):
    """The least and the greatest a sum of counts can be, by another solver."""
    found = []
    for sign in (1, -1):
        constraints = (
            [
                LinearConstraint(
                    [row for row, _ in equations], *[[n for _, n in equations]] * 2
                )
            ]
            if equations
            else []
        )
        answer = milp(
            [sign * each for each in inside],
            constraints=constraints,
            integrality=[1] * len(inside),
            bounds=Bounds(0, 1000),
        )
        found.append(round(sign * answer.fun))
    return found
