import json
import os
import shutil
import subprocess
import sys
from functools import partial

import pandas as pd
import pytest

from qadaya.editions import build_shared
from qadaya.editions.build import build_edition
from qadaya.editions.edition import edition_at, open_edition
from qadaya.editions.protection import proof
from qadaya.editions.protection import rounding as shared
from qadaya.editions.protection.policy import Policy, read_policy
from qadaya.editions.reaudit import audit_edition
from qadaya.editions.register_secrets import Secrets
from qadaya.errors import DisclosureError, EditionError
from small_register import COURTS, a_return, many, problems

# Nine cases: six alike, and three that stand alone.
COUNTS = {("tpi-a", 2023): 6, ("ca-a", 2023): 1, ("ca-b", 2023): 2, ("ca-b", 2022): 1}


def returns_of(cases):
    sizes = cases.groupby(["court_id", "year"]).size()
    sent = [
        a_return(court, year, accepted=int(n)) for (court, year), n in sizes.items()
    ]
    return pd.DataFrame([*sent, a_return("ca-a", 2022, "nil", accepted=0)])


def built_in(place, counts=COUNTS, cases=None, returns=None, **options):
    cases = many(counts) if cases is None else cases
    return build_edition(
        cases,
        returns_of(cases) if returns is None else returns,
        problems(),
        **{
            "audience": "shared",
            "folder": place / "editions",
            "register": place / "register",
            "courts": COURTS,
        }
        | options,
    )


def keep_key(place):
    """The same key in every run, so that chance does the same."""
    kept = place / "register" / "protection"
    kept.mkdir(parents=True, mode=0o700)
    (kept / "secret.json").write_text(json.dumps({"key": "5" * 64}))
    (kept / "secret.json").chmod(0o600)


def nine_cases(place):
    keep_key(place)
    built_in(place)


@pytest.fixture
def build(tmp_path):
    keep_key(tmp_path)
    return partial(built_in, tmp_path)


@pytest.fixture
def first(build, tmp_path, built_once):
    """The edition of the nine cases in `tmp_path`; attacking it takes seconds."""
    made = built_once("shared-edition-of-nine-cases", nine_cases)
    shutil.copytree(made, tmp_path, dirs_exist_ok=True)
    return edition_at(tmp_path / "editions" / "shared" / "2024.1")


def policy(**changes):
    settings = read_policy().public()
    settings["rule"] |= changes.pop("rule", {})
    return Policy.model_validate(settings | changes)


def test_small_counts_are_rounded_to_the_base_and_large_ones_stay(first):
    cube = first.cube.set_index(["court_id", "year"])["n"]
    assert cube["tpi-a", 2023] == 6
    assert set(cube) <= {3, 6}


@pytest.mark.parametrize("name", ["bodies", "subjects", "outcomes"])
def test_every_table_has_the_same_total(first, name):
    by = ["year", "platform"]
    expected = first.cube.groupby(by)["n"].sum()
    pd.testing.assert_series_equal(first.table(name).groupby(by)["n"].sum(), expected)


def test_each_measure_of_the_sentences_counts_the_convicted_cases(build):
    cases = many(COUNTS, stage="first_instance", result="convicted")
    edition = build(cases=cases)
    sums = edition.table("sentences").groupby("measure")["n"].sum()
    assert set(sums) == {edition.cube["n"].sum()}


def test_a_nil_return_reads_like_any_other(first):
    assert set(first.table("reporting")["status"]) == {
        "reported",
        "missing",
        "not_established",
    }
    assert "nil" not in json.dumps(first.manifest.reporting)


def test_returns_and_problems_stay_with_the_desk(first):
    assert first.tables == [
        "cube",
        "bodies",
        "subjects",
        "outcomes",
        "sentences",
        "reporting",
    ]


def test_the_manifest_prints_policy_and_bounds_and_no_true_count(first):
    manifest = first.manifest.to_dict()
    assert manifest["parameters"]["protection"]["decision"]["standing"] == (
        "project_default"
    )
    assert min(each["largest"] for each in manifest["bounds"].values()) == 2
    assert {key for each in manifest["bounds"].values() for key in each} == {"largest"}
    assert manifest["rows"]["accepted"] % 3 == 0
    assert manifest["rows"]["refused"] is None
    assert manifest["inputs"][0] == {"court_id": "ca-a", "year": 2022}
    assert returns_of(many(COUNTS))["sha256"][0] not in json.dumps(manifest)


def test_the_proof_says_what_was_done_and_tells_nothing_else(first, tmp_path):
    text = (first.path / "proof.json").read_text()
    proof = json.loads(text)
    assert proof["rule"]["base"] == 3
    assert proof["readers"] == ["plain", "rule-aware", "simulating"]
    assert proof["narrowest"] == 2
    assert proof["solver"].startswith("HiGHS")
    assert not {"gap", "seconds"} & proof.keys()
    assert not any("seconds" in each for each in proof["tables"])
    assert proof["cells"] > 0
    assert "seed" not in text
    key = json.loads((tmp_path / "register" / "protection" / "secret.json").read_text())
    for path in first.path.iterdir():
        assert key["key"].encode() not in path.read_bytes()


def test_the_secrets_are_for_their_owner_only(first, tmp_path):
    kept = tmp_path / "register" / "protection"
    assert kept.stat().st_mode & 0o777 == 0o700
    modes = {path.name: path.stat().st_mode & 0o777 for path in kept.rglob("*")}
    assert modes == {
        "secret.json": 0o600,
        "synthetic": 0o700,
        "2024.1.parquet": 0o600,
    }


def test_the_same_cases_give_the_edition_that_is_there(build, first):
    assert build().path == first.path
    assert edition_at(first.path).number == "2024.1"


def test_the_same_register_rounds_the_same_counts_the_same_way(build, first, tmp_path):
    one, other = first, build(folder=tmp_path / "elsewhere")
    pd.testing.assert_frame_equal(one.cube, other.cube)


def test_no_case_at_all_is_an_edition_of_zeros(build):
    cases = many(COUNTS)
    received = returns_of(cases).assign(accepted=0, state="nil")
    edition = build(cases=cases.iloc[:0], returns=received)
    assert edition.cube.empty
    assert edition.years == [2022, 2023]


def test_one_late_case_holds_the_revision_back(build, first, tmp_path):
    late = COUNTS | {("ca-a", 2022): 1}
    with pytest.raises(DisclosureError) as caught:
        build(late)
    assert "held back: 1 case changed since the edition 2024.1" in str(caught.value)
    assert "when 2 more cases have come in" in str(caught.value)
    assert [path.name for path in (tmp_path / "editions/shared").iterdir()] == [
        "2024.1"
    ]


def test_a_batch_of_late_cases_is_published_and_the_rest_stays(build, first):
    second = build(COUNTS | {("tpi-a", 2022): 4})
    assert second.number == "2024.2"
    old = second.cube[second.cube["court_id"] != "tpi-a"].reset_index(drop=True)
    kept = first.cube[first.cube["court_id"] != "tpi-a"].reset_index(drop=True)
    pd.testing.assert_frame_equal(old, kept)
    assert json.loads((second.path / "proof.json").read_text())["earlier"] == ["2024.1"]


def test_late_cases_alone_turn_no_published_count_into_0(build, first):
    late = {("tpi-a", 2023): 9, ("ca-a", 2023): 2, ("ca-b", 2023): 2, ("ca-b", 2022): 2}
    second = build(late)
    by = ["court_id", "year"]
    before, now = (each.cube.groupby(by)["n"].sum() for each in (first, second))
    assert set(before.index) <= set(now.index)
    assert {first.manifest.rule.thresholds, second.manifest.rule.thresholds} == {"kept"}
    assert audit_edition(second)


def test_a_step_that_shows_one_case_is_named_with_its_equation(build, first):
    late = COUNTS | {("tpi-a", 2023): 7, ("tpi-a", 2022): 4}
    with pytest.raises(DisclosureError) as caught:
        build(late)
    message = str(caught.value)
    assert "7 less 6 of edition 2024.1 gives a change of 1" in message
    assert "court_id=tpi-a" in message
    assert "when 2 more cases have come in" in message


def test_an_edition_that_was_removed_has_been_read_all_the_same(build, first, tmp_path):
    for path in first.path.iterdir():
        path.unlink()
    first.path.rmdir()
    with pytest.raises(DisclosureError, match="held back"):
        build(COUNTS | {("ca-a", 2022): 1})
    assert build().number == "2024.2"


def test_real_cases_are_not_held_back_by_invented_ones(build, first):
    cases = many(COUNTS | {("ca-a", 2022): 1})
    assert (
        build(cases=cases, returns=returns_of(cases).assign(synthetic=False)).number
        == "2024.2"
    )


@pytest.mark.parametrize("other", [{"state": "refused"}, {"current": False}], ids=str)
def test_an_invented_return_that_does_not_count_hides_no_edition(
    build, first, tmp_path, other
):
    # The nine cases were published as real ones; now one came late.
    register = tmp_path / "register"
    record, rule = Secrets(register, synthetic=True).recall("2024.1")
    Secrets(register).remember("2024.1", record, rule)
    cases = many(COUNTS | {("ca-a", 2022): 1})
    invented = pd.DataFrame([a_return("tpi-new", 2024, synthetic=True) | other])
    returns = pd.concat([returns_of(cases).assign(synthetic=False), invented])
    with pytest.raises(DisclosureError, match="1 case changed since the edition"):
        build(cases=cases, returns=returns)


@pytest.mark.parametrize("audience", ["shared", "internal"])
def test_an_invented_return_among_real_ones_is_refused(build, tmp_path, audience):
    returns = returns_of(many(COUNTS))
    mixed = returns.assign(synthetic=[True] + [False] * (len(returns) - 1))
    with pytest.raises(EditionError) as refused:
        build(returns=mixed, audience=audience)
    assert "1 invented returns (the first is ca-a-2023.xlsx)" in str(refused.value)
    assert not (tmp_path / "editions").exists()


def test_an_edition_of_a_lost_register_stops_the_next_one(build, first, tmp_path):
    with pytest.raises(EditionError, match=r"shared edition 2024\.1 is not with this"):
        build(COUNTS | {("tpi-a", 2022): 4}, register=tmp_path / "other")


def test_an_exact_total_elsewhere_that_gives_a_case_away_is_named():
    # The 3 of the only court stands for 1 to 3 cases, and others have counted 1.
    known = policy(outside=[{"year": 2022, "n": 1, "source": "elsewhere"}])
    with pytest.raises(DisclosureError) as caught:
        proof.require_wide_intervals(attacks_on({"ca-b": 3}, known), known.rule)
    assert "court_id=ca-b" in str(caught.value)
    assert "between 1 and 1" in str(caught.value)
    assert "1 in 2022 elsewhere" in str(caught.value)


def attacks_on(published, known):
    cube = pd.DataFrame(
        {
            "court_id": list(published),
            "circuit_id": list(published),
            "platform": "CPS",
            "year": 2022,
            "stage": "closed",
            "result": "none",
            "n": list(published.values()),
        }
    )
    return shared.attack_tables(
        {"cube": cube},
        rule=known.rule,
        policy=known.model_copy(
            update={"tables": {"cube": known.tables["cube"]}, "margins": ((),)}
        ),
        bounds={"year": {"largest": 2}},
        years=[2022],
    )


def test_a_share_of_all_that_an_exact_total_makes_certain_is_named():
    # All 4 cases of 2022 are in the one count that is published: no other has any.
    known = policy(outside=[{"year": 2022, "n": 4, "source": "elsewhere"}])
    with pytest.raises(DisclosureError) as caught:
        proof.require_nothing_certain(attacks_on({"ca-b": 4}, known), known.rule)
    message = str(caught.value)
    assert "shares of 0 % or 100 % would be certain to a reader: " in message
    assert "all of circuit_id=ca-b, platform=CPS, year=2022, stage=closed" in message
    assert "stage=closed, result=none is court_id=ca-b" in message


def test_without_an_exact_total_no_share_is_certain():
    known = policy()
    attacks = attacks_on({"ca-b": 4}, known)
    assert proof.require_nothing_certain(attacks, known.rule) is None


@pytest.mark.parametrize("n", [7, 8, 9, 10, 11])
def test_a_total_at_the_edge_of_its_printed_error_makes_no_share_certain(n):
    # Printed 9 with an error of 2: each 3 may stand for 1, and n - 3 be elsewhere.
    known = policy(outside=[{"year": 2022, "n": n, "source": "elsewhere"}])
    attacks = attacks_on({"ca-a": 3, "ca-b": 3, "ca-c": 3}, known)
    assert proof.require_nothing_certain(attacks, known.rule) is None


def test_a_base_of_two_leaves_nothing_to_a_reader_who_knows_one_case(build, tmp_path):
    with pytest.raises(DisclosureError) as caught:
        build(policy=policy(rule={"base": 2}))
    assert "a reader who knows 1 of the cases of a small count" in str(caught.value)
    assert "Raise the base in params/protection.yml" in str(caught.value)
    assert not (tmp_path / "editions").exists()


def test_the_proof_says_what_an_insider_and_certain_shares_were_tried_on(first):
    proof = json.loads((first.path / "proof.json").read_text())
    assert proof["insider"] == {"coalition": 1, "narrowest": 1, "certain_shares": 0}
    assert proof["certain_shares"]["groups"] > 0
    assert proof["certain_shares"]["found"] == 0


def test_the_base_can_be_raised_from_one_edition_to_the_next(build, first):
    second = build(COUNTS | {("tpi-a", 2022): 7}, policy=policy(rule={"base": 5}))
    assert second.number == "2024.2"
    assert set(second.cube["n"]) <= {5, 6, 7}
    assert audit_edition(second)
    assert first.manifest.rule.base == 3


def test_a_table_can_be_left_out_of_the_next_edition(build, first):
    settings = read_policy().public()
    left = {name: settings["tables"][name] for name in ("cube", "bodies")}
    kept = {column for columns in left.values() for column in columns}
    margins = [m for m in settings["margins"] if set(m) <= kept]
    fewer = policy(tables=left, margins=margins, printed=[])
    second = build(COUNTS | {("tpi-a", 2022): 4}, policy=fewer)
    assert second.number == "2024.2"
    third = build(COUNTS | {("tpi-a", 2022): 12})
    assert third.number == "2024.3"
    assert audit_edition(third)


def test_a_step_over_two_editions_is_named_by_the_build_and_by_the_audit(build, first):
    build(COUNTS | {("tpi-a", 2023): 20})
    late = COUNTS | {("tpi-a", 2023): 7, ("ca-b", 2022): 4}
    with pytest.raises(DisclosureError, match=r"7 less 6 of edition 2024\.1"):
        build(late)
    with pytest.MonkeyPatch.context() as unseen:
        unseen.setattr(shared, "withstand_memory", lambda *_: None)
        third = build(late)
    with pytest.raises(DisclosureError, match=r"7 less 6 of edition 2024\.1"):
        audit_edition(third)


def test_an_edition_that_falls_short_is_not_written(build, tmp_path, monkeypatch):
    def fall(attacks, width):
        raise DisclosureError("given away")

    monkeypatch.setattr(proof, "require_wide_intervals", fall)
    with pytest.raises(DisclosureError, match="given away"):
        build()
    assert not (tmp_path / "editions").exists()
    kept = [each for each in (tmp_path / "register").rglob("*") if each.is_file()]
    assert [path.name for path in kept] == ["secret.json"]


def test_a_failure_while_writing_leaves_no_record_either(build, tmp_path, monkeypatch):
    def fail(*arguments, **options):
        raise EditionError("no space")

    monkeypatch.setattr(build_shared, "write_edition", fail)
    with pytest.raises(EditionError, match="no space"):
        build()
    kept = [each for each in (tmp_path / "register").rglob("*") if each.is_file()]
    assert [path.name for path in kept] == ["secret.json"]


def test_an_edition_is_audited_again_from_what_it_publishes(first):
    attacks = audit_edition(first)
    assert {each.table for each in attacks} >= {"cube", "bodies", "subjects"}
    assert min(each.narrowest for each in attacks if each.narrowest is not None) == 2


def test_an_internal_edition_has_nothing_to_audit(build):
    with pytest.raises(EditionError, match="its counts are not protected"):
        audit_edition(build(audience="internal"))


def test_another_base_rounds_to_that_base(build):
    edition = build(policy=policy(rule={"base": 5}))
    assert set(edition.cube["n"]) <= {5, 6}


def test_a_shared_run_reads_its_edition_and_reaches_no_secret(first, tmp_path):
    code = (
        "from pathlib import Path\n"
        "from qadaya.editions.edition import open_edition\n"
        "from qadaya.editions.register_secrets import Secrets\n"
        f"place = Path({str(tmp_path)!r})\n"
        "print(open_edition(audience='shared', folder=place / 'editions').number)\n"
        "Secrets(place / 'register')"
    )
    environment = {**os.environ, "QADAYA_AUDIENCE": "shared"}
    run = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, env=environment
    )
    assert run.stdout.strip() == "2024.1"
    assert "the secrets of the register do not open here" in run.stderr


def test_the_latest_shared_edition_opens_by_audience(first, tmp_path):
    opened = open_edition(audience="shared", folder=tmp_path / "editions")
    assert opened.path == first.path
    assert opened.bounds == first.bounds
