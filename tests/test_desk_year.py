"""The desk's year, from the first supplement to the revision, as it was played."""

from collections import Counter

import pytest
from docx import Document
from openpyxl import load_workbook

from empty_workbench import empty_workbench
from played_year import (
    ALL,
    BAD,
    EMPTY,
    EMPTY_THEN_TWO,
    FILES,
    HEADED_BACK,
    JUNE,
    LATE,
    MARCH,
    NOT_OPEN,
    OPENED_IN_2024,
    RESENT,
    SILENT,
    TOLD_AFTER,
    TOLD_ALONE,
    TOLD_BEFORE,
    WRONG,
    earlier,
    of_role,
    play,
    true_cases,
    true_cases_of_2023,
    true_states,
)
from qadaya.editions.again import moment_of, require_same_again
from qadaya.returns.following.standing import coverage
from qadaya.views.frames.counts import cases_table
from qadaya.views.frames.revisions import (
    editions_of,
    mean_absolute_revision,
    steps,
    triangle,
)
from qadaya.vocabulary import ANSWERED, MISSING, NOT_ESTABLISHED


@pytest.fixture(scope="module")
def played(tmp_path_factory):
    with pytest.MonkeyPatch.context() as patch:
        home = empty_workbench(tmp_path_factory.mktemp("desk") / "home")
        patch.setenv("QADAYA_HOME", str(home))
        yield play(home.parent / "post", patch)


def states(asked):
    return {one.court_id: one.state for one in asked.standings}


def cases(asked):
    return {one.court_id: one.cases for one in asked.standings if one.cases is not None}


def test_a_form_goes_out_to_each_of_the_112_courts(played):
    assert {path.name for path in played.forms} == {f"{c}-2024.xlsx" for c in ALL}
    assert len(ALL) == 112


def test_every_file_that_came_is_in_the_register_once(played):
    assert played.sent == FILES
    returns = played.register.returns()
    assert len(returns) == FILES - RESENT
    assert all(filed.already_received for filed in played.repeated)
    assert returns["court_id"].isna().sum() == played.torn


def test_a_court_is_due_until_the_last_day_and_late_from_the_next(played):
    asked = Counter(states(played.seen["asked"]).values())
    assert asked == {"due": 100, "not_open": 12}
    waiting = {*SILENT, *LATE}
    for when, state in (("not yet late", "due"), ("late", "late")):
        found = states(played.seen[when])
        assert {court for court in ALL if found[court] == state} == waiting


@pytest.mark.parametrize("when", [MARCH, JUNE], ids=["march", "june"])
def test_each_court_stands_where_it_was_put(played, when):
    assert states(played.seen[when]) == true_states(when)


@pytest.mark.parametrize("when", [MARCH, JUNE], ids=["march", "june"])
def test_each_court_has_the_cases_that_it_was_given(played, when):
    assert cases(played.seen[when]) == true_cases(when)


@pytest.mark.parametrize(
    ("when", "missing"),
    [
        (MARCH, {*SILENT, *LATE, EMPTY, EMPTY_THEN_TWO, WRONG, "tpi-nador"}),
        (JUNE, {*SILENT, EMPTY, WRONG}),
    ],
    ids=["march", "june"],
)
def test_the_missing_are_bounded_by_what_they_told_and_ever_reported(
    played, when, missing
):
    whole = coverage(played.seen[when].standings)
    assert whole.expected == 112 - len(NOT_OPEN)
    assert whole.answered == whole.expected - len(missing)
    assert whole.cases == sum(true_cases(when).values())
    earlier = {court: ALL.index(court) % 3 for court in missing}
    told = {TOLD_ALONE: 1}
    most = sum(max(earlier[court], told.get(court, 0)) for court in missing)
    assert (whole.least_missing, whole.most_missing, whole.unknown) == (1, most, 0)


@pytest.mark.parametrize("when", [MARCH, JUNE], ids=["march", "june"])
def test_each_edition_holds_the_cases_and_the_gaps_of_every_court(played, when):
    edition = played.editions[when]
    cube, reporting = edition.cube, edition.table("reporting")
    counted = cube[cube["year"] == 2024].groupby("court_id")["n"].sum()
    true = {court: n for court, n in true_cases(when).items() if n}
    assert counted.to_dict() == true
    of_2024 = reporting[reporting["year"] == 2024]
    here = dict(zip(of_2024["court_id"], of_2024["status"], strict=True))
    stood = true_states(when)
    assert {court for court in ALL if here[court] in ANSWERED} == set(true_cases(when))
    assert {court for court in ALL if here[court] == NOT_ESTABLISHED} == NOT_OPEN
    missing = {court for court in ALL if here[court] == MISSING}
    assert missing.isdisjoint(true_cases(when))
    # A missing court would add what it had reported in 2023, if it did.
    before = {court: earlier(court) for court in missing - {OPENED_IN_2024}}
    row = cases_table(edition, by=["year"], years=[2024]).iloc[0]
    assert row["missing_most"] == sum(before.values())
    assert row["never_reported"] == len(missing) - len(before)
    assert len(stood) == row["expected"] + len(NOT_OPEN)


def test_each_letter_comes_with_the_very_form_that_went_out(played):
    sent = {path.name: path.read_bytes() for path in played.forms}
    forms = [path for path in played.letters if path.suffix == ".xlsx"]
    assert len(forms) == len(SILENT | LATE)
    for path in forms:
        assert path.read_bytes() == sent[path.name]


def test_each_late_court_gets_its_letter_and_form_and_each_circuit_a_cover(played):
    late = SILENT | LATE
    expected = {f"{court}-2024.docx" for court in late}
    expected |= {f"{court}-2024.xlsx" for court in late}
    expected |= {f"cover-{circuit}-2024.docx" for circuit in late.values()}
    assert {path.name for path in played.letters} == expected
    for path in played.letters:
        if path.suffix == ".docx" and not path.name.startswith("cover"):
            text = "\n".join(each.text for each in Document(path).paragraphs)
            assert played.names[path.stem.removesuffix("-2024")] in text


def test_a_cover_names_the_late_courts_of_its_circuit_and_no_other(played):
    [cover] = [
        path for path in played.letters if path.name.startswith("cover-ca-rabat")
    ]
    text = "\n".join(each.text for each in Document(cover).paragraphs)
    named = {court for court in SILENT | LATE if played.names[court] in text}
    assert named == {"tpi-sale", "tpi-temara"}


def test_an_answer_marks_the_bad_cell_and_comes_back_as_the_next_version(played):
    assert [path.name for path in played.answers] == [
        f"{court}-2024-v1.xlsx" for court in HEADED_BACK
    ]
    for path in played.answers:
        sheets = load_workbook(path).worksheets[1:]
        cells = [cell for sheet in sheets for row in sheet.iter_rows() for cell in row]
        marked = [cell for cell in cells if cell.comment]
        assert [cell.value for cell in marked] == [BAD]
    for court in HEADED_BACK:
        first, second = played.register.versions(court, 2024)
        assert [len(one.reading.refused) for one in (*first, *second)] == [1, 0]
        assert [len(one.reading.accepted) for one in (*first, *second)] == [2, 3]


def test_what_was_told_during_the_year_is_counted_once(played):
    told = {
        court: Counter(one.what for one in played.register.reconciled(court, 2024))
        for court in (*of_role(TOLD_BEFORE, TOLD_AFTER), TOLD_ALONE)
    }
    for court in of_role(TOLD_BEFORE):
        assert told[court] == {"listed": 2, "new": 1}
    for court in of_role(TOLD_AFTER):
        assert told[court] == {"listed": 1, "new": 1, "adds": 1}
    assert told[TOLD_ALONE] == {"waiting": 1}


def test_the_triangle_is_that_of_three_editions(played):
    editions = editions_of("internal")
    assert [each.as_of for each in editions] == [
        "2024-02-10",
        "2025-02-20",  # what was sent again in March was known
        "2025-05-18",
    ]
    march, june = (sum(true_cases(when).values()) for when in (MARCH, JUNE))
    n = true_cases_of_2023()
    table = triangle(editions)
    lines = list(zip(table["year"], table["place"], table["n"], strict=True))
    assert lines == [(2023, 1, n), (2023, 2, n), (2023, 3, n),
                     (2024, 1, march), (2024, 2, june)]  # fmt: skip
    far = abs(june - march)
    assert far > 0
    assert [
        (s.to_place, s.years, s.mean_absolute, s.largest) for s in steps(table)
    ] == [
        (2, 2, far / 2, far),
        (3, 1, 0.0, 0),
    ]
    assert mean_absolute_revision(table) == far / 3


def test_the_edition_of_march_comes_out_the_same_in_june(played):
    edition = played.editions[MARCH]
    past = played.register.as_of_log(
        *(moment_of(edition, part) for part in ("log", "decided"))
    )
    assert require_same_again(edition, *past.contents())


def test_the_register_made_again_says_the_same(played):
    before = played.register.contents()
    played.register.rebuild()
    after = played.register.contents()
    assert before.cases.equals(after.cases)
    assert before.returns.equals(after.returns)
    assert before.problems.equals(after.problems)
