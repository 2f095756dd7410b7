import pytest
import yaml

from checkout import CHECKOUT
from qadaya.editions.manifest import Manifest
from qadaya.editions.protection.policy import Policy, policy_of, read_policy
from qadaya.errors import ParameterError
from small_edition import small_manifest

SHIPPED = CHECKOUT / "params" / "protection.yml"


def manifest_of(policy):
    parameters = {"as_of": "2024-03-05", "protection": policy.public()}
    return Manifest(**small_manifest(parameters=parameters))


def changed(tmp_path, **changes):
    settings = yaml.safe_load(SHIPPED.read_text(encoding="utf-8"))
    for key, value in changes.items():
        settings[key] = value
        if value is None:
            del settings[key]
    path = tmp_path / "protection.yml"
    path.write_text(yaml.safe_dump(settings), encoding="utf-8")
    return path


def test_the_policy_that_is_shipped_is_nobodys_decision_but_the_projects():
    policy = read_policy(SHIPPED)
    assert policy.decision.standing == "project_default"
    assert policy.rule.base == 3
    assert policy.readers == ("plain", "rule-aware", "simulating")
    assert policy.rule.chance == 0.5


def test_the_inner_cells_hold_what_any_table_is_made_of(tmp_path):
    tables = read_policy(SHIPPED).public()["tables"]
    path = changed(
        tmp_path,
        tables={"cube": tables["cube"], "bodies": tables["bodies"]},
        margins=[[], ["year"]],
        printed=[],
    )
    assert read_policy(path).inner == (
        "court_id",
        "circuit_id",
        "platform",
        "year",
        "stage",
        "result",
        "body",
    )


def test_what_an_edition_prints_reads_back_as_the_same_policy():
    policy = read_policy(SHIPPED)
    assert policy_of(manifest_of(policy)) == policy
    assert Policy.model_validate(policy.public()) == policy


BAD = [
    ({"colour": "red"}, "colour: Extra inputs are not permitted"),
    ({"rule": None}, "rule: Field required"),
    ({"rule": {"method": "rounding", "base": 1}}, "base is 1; expected a whole number"),
    ({"rule": {"bass": 3}}, "unknown key 'bass'"),
    ({"rule": {"method": "suppression"}}, "leave out tables, printed and exact"),
    ({"profiles": ["suppression"]}, "profiles: expected a name and settings for each"),
    ({"batch": "three"}, "batch: Input should be a valid integer (found 'three')"),
    ({"gap": 2}, "gap: Input should be less than 1"),
    (
        {"readers": ["clever"]},
        "readers.0: Input should be 'plain', 'rule-aware' or 'simulating'",
    ),
    ({"margins": [["judge"]]}, "margin ['judge'] has 'judge', which no table has"),
    ({"margins": []}, "margins: Tuple should have at least 1 item"),
    ({"tables": {}}, "tables lack the cube"),
    ({"tables": {"judges": ["year"]}}, "unknown table 'judges'; expected cube"),
    ({"tables": {"cube": ["year"]}}, "cube has ['year']; expected ['court_id'"),
    ({"outside": [{"year": 2024, "n": 84}]}, "outside.0.source: Field required"),
]


@pytest.mark.parametrize(("changes", "message"), BAD)
def test_a_policy_that_cannot_be_used_is_one_clear_line(tmp_path, changes, message):
    with pytest.raises(ParameterError) as caught:
        read_policy(changed(tmp_path, **changes))
    assert message in str(caught.value)
    assert "protection.yml" in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[", "line 1: expected the node content"),
        ("batch: 3\nbatch: 1", "line 2: batch is written twice"),
        ("", "holds no settings"),
        (None, "cannot be read"),
    ],
)
def test_a_file_that_is_no_policy_is_one_clear_line(tmp_path, text, message):
    path = tmp_path / "protection.yml"
    if text is not None:
        path.write_text(text)
    with pytest.raises(ParameterError, match=message):
        read_policy(path)


def profile(tmp_path, **changes):
    settings = yaml.safe_load(SHIPPED.read_text(encoding="utf-8"))["profiles"]
    settings["suppression"] |= changes
    return changed(tmp_path, profiles=settings)


def test_the_other_profile_hides_counts_and_zeros_and_shares_who_decided():
    policy = read_policy(SHIPPED, profile="suppression")
    assert policy.rule.method == "suppression"
    assert policy.rule.zeros == "protect"
    assert policy.rule.totals == "keep"
    assert policy.inner == ("circuit_id", "platform", "year", "stage")
    assert policy.decision == read_policy(SHIPPED).decision
    assert policy.outside == read_policy(SHIPPED).outside


def test_what_an_edition_by_suppression_prints_reads_back_as_the_same_policy():
    policy = read_policy(SHIPPED, profile="suppression")
    assert policy_of(manifest_of(policy)) == policy


def test_a_policy_in_use_may_itself_be_one_of_suppression(tmp_path):
    settings = yaml.safe_load(SHIPPED.read_text(encoding="utf-8"))
    chosen = settings.pop("profiles")["suppression"]
    kept = {key: settings[key] for key in ("decision", "readers", "outside")}
    path = tmp_path / "protection.yml"
    path.write_text(yaml.safe_dump(kept | chosen), encoding="utf-8")
    assert read_policy(path) == read_policy(SHIPPED, profile="suppression")


RULE = {"method": "suppression", "threshold": 4, "zeros": "protect", "width": 3}
HIDDEN = RULE | {"marks": "hidden"}
BY_CHANCE = HIDDEN | {"chance": 0.1}


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"rule": HIDDEN | {"zeros": "show"}}, "zeros is 'show'; expected protect"),
        ({"rule": RULE}, "marks is 'kind'; expected hidden"),
        ({"rule": HIDDEN | {"width": 1}}, "width is 1; expected at least 2"),
        ({"rule": HIDDEN | {"threshold": 0}}, "threshold is 0; expected a whole"),
        ({"margins": [["body"]]}, "margin ['body'] has 'body', which no table has"),
        ({"exact": [["year"]]}, "leave out tables, printed and exact"),
        ({"margins": [["year"]]}, "margins have the year alone"),
        ({"margins": [["year"], ["circuit_id"]]}, "expected year in every margin"),
        (
            {"margins": [["year"], ["year", "stage", "platform"]]},
            "margins lack ['platform', 'year'], a sum over another of them",
        ),
        (
            {"margins": [["year"], ["court_id", "year"]]},
            "margins lack ['circuit_id', 'year'], a sum over another",
        ),
        ({"margins": [["year"], ["year", "year"]]}, "has a column twice"),
        ({"margins": [["year"], ["year"]]}, "is there twice"),
        ({"rule": HIDDEN | {"totals": "drop"}}, "totals is 'drop'; expected keep or"),
        ({"rule": HIDDEN}, "reader is 'simulating' and the rule has no chance"),
    ],
)
def test_a_profile_that_cannot_be_used_is_one_clear_line(tmp_path, changes, message):
    with pytest.raises(ParameterError) as caught:
        read_policy(profile(tmp_path, **changes), profile="suppression")
    assert message in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_profile_that_is_not_there_is_named_with_those_that_are():
    with pytest.raises(ParameterError, match="no profile 'secret'; it has suppression"):
        read_policy(SHIPPED, profile="secret")
