import numpy as np
import pytest

from brute_force import rounded_editions
from sdctables import Rule, audit, published_cells, round_counts
from small_tables import frame

KEPT = Rule(base=3, thresholds="kept")
FRESH = Rule(base=3)
MARGINS = {"inner": [("a",), ()], "sums": [("a",)], "total": [()]}


def edition(*counts, margins=(("a",),)):
    return published_cells(frame(counts), margins)


def intervals(audited):
    return list(zip(audited["low"].tolist(), audited["high"].tolist(), strict=True))


def read(now, *earlier, rule=KEPT, **known):
    return audit(now, rule=rule, reader="rule-aware", earlier=list(earlier), **known)


def test_a_count_that_falls_from_the_base_to_0_lost_cases_and_tells_no_more():
    # By late cases alone it cannot: its threshold is passed and stays so.
    audited = read(edition(0), edition(3))
    assert audited["changes"].tolist() == ["any"]
    assert intervals(audited) == [(0, 2)]


def test_where_thresholds_are_drawn_anew_3_and_then_0_leaves_1_to_2():
    audited = read(edition(0), edition(3), rule=FRESH)
    assert audited["changes"].tolist() == ["none"]
    assert intervals(audited) == [(1, 2)]


def test_a_count_that_rises_from_0_to_the_base_has_grown():
    audited = read(edition(3), edition(0))
    assert audited["changes"].tolist() == ["added"]
    assert intervals(audited) == [(1, 3)]


def test_what_is_believed_of_one_count_does_not_hang_on_another():
    # A case was withdrawn from the first; the second may be as it was.
    audited = read(edition(0, 3), edition(3, 3))
    assert audited["changes"].tolist() == ["any", "none"]


def test_over_three_editions_thresholds_are_the_same():
    # Base, 0, base: the cases that went have come back, the threshold is passed again.
    audited = read(edition(3), edition(3), edition(0))
    assert audited["changes"].tolist() == ["any"]
    assert intervals(audited) == [(1, 3)]


@pytest.mark.parametrize("changes", ["none", "added", "any"])
@pytest.mark.parametrize("thresholds", ["kept", "fresh"])
@pytest.mark.parametrize("margins", MARGINS.values(), ids=MARGINS)
def test_brute_force_agrees_on_editions_in_a_row(margins, thresholds, changes):
    draw = np.random.default_rng(len(margins))
    for _ in range(3):
        before = draw.integers(0, 3, 2)
        late = draw.integers(0, 3, 2)
        bases = draw.choice([2, 3, 4], 2) if draw.random() < 0.3 else [3, 3]
        editions, rules, records = [], [], []
        for counts, base in zip((before, before + late), bases, strict=True):
            rule = Rule(base=int(base), chance=0.5, thresholds=thresholds)
            alike = [record for record, old in records if old.base == rule.base]
            answer, report = round_counts(
                frame(counts),
                margins,
                rule=rule,
                earlier=alike if thresholds == "kept" else (),
                seed=int(draw.integers(1000)),
            )
            records.append((answer, rule))
            editions.append(published_cells(answer, margins, count="published"))
            rules.append(report.rule)
        most = int(sum(each["n"].max() for each in editions)) + 3
        wanted = rounded_editions(editions, rules, most=min(most, 9), changes=changes)
        pairs = [(each, rule) for each, rule in zip(editions, rules, strict=True)]
        try:
            found = read(
                editions[-1], *pairs[:-1], rule=rules[-1], changes=changes
            ).head(len(editions[-1]))
        except Exception as refused:
            assert wanted is None, refused
        else:
            assert wanted == (found["low"].tolist(), found["high"].tolist())
