import json
import zipfile
from collections import Counter
from pathlib import Path

import pandas as pd
import pytest
from docx import Document
from python_calamine import CalamineWorkbook

from qadaya.errors import ReturnError
from qadaya.reference import courts
from qadaya.returns.check import check_file
from qadaya.returns.problems import SEVERITY
from qadaya.synthetic import small_returns, write_synthetic_returns
from qadaya.synthetic.faults import INVENTED_NAME, PERSONAL_DATA
from qadaya.synthetic.traits import write_returns_with_traits
from qadaya.vocabulary import CODED_COLUMNS

MARKS = ("بيانات اصطناعية", "Données synthétiques")


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("synthetic") / "returns"


@pytest.fixture(scope="module")
def truth(folder):
    return write_synthetic_returns(folder)


@pytest.fixture(scope="module")
def read(folder, truth):
    return {sent.file: check_file(folder / sent.file) for sent in truth.returns}


def cases_of(truth, year):
    return [case.codes for case in truth.cases if case.codes["year"] == year]


def test_2024_has_the_published_84_cases_of_which_13_prosecuted(truth):
    cases = cases_of(truth, 2024)
    assert len(cases) == 84
    assert sum(case["prosecution"] == "prosecuted" for case in cases) == 13


def test_earlier_years_have_40_to_90_cases(truth):
    assert [len(cases_of(truth, year)) for year in (2021, 2022, 2023)] == [47, 62, 71]


def test_every_court_sends_for_2024_and_some_keep_silent_before(truth):
    counting = [sent for sent in truth.returns if sent.counts]
    assert {s.court_id for s in counting if s.year == 2024} == set(courts().index)
    assert len({s.court_id for s in counting if s.year == 2023}) < 112
    assert not [place for place in truth.missing if place[1] == 2024]


def test_a_court_sends_nothing_for_the_years_before_it_opened(truth):
    opened = courts()["valid_from"].dropna()
    for sent in truth.returns:
        if sent.year != 2024 and sent.court_id in opened.index:
            assert sent.year >= opened[sent.court_id]


def test_many_courts_have_nothing_to_report_and_large_ones_have_most(truth):
    nil = [s for s in truth.returns if s.state == "nil" and s.year == 2024]
    assert len(nil) > 50
    per_court = Counter(case["court_id"] for case in cases_of(truth, 2024))
    assert per_court.most_common(1)[0][0] == "tpi-casablanca-penale"


def test_older_years_have_come_further(truth):
    frame = pd.DataFrame([case.codes for case in truth.cases])
    prosecuted = frame[frame["prosecution"] == "prosecuted"]
    decided = ~prosecuted["first_instance"].isin(["none", "pending"])
    share = decided.groupby(prosecuted["year"]).mean()
    assert share[2021] > 0.8 > 0.5 > share[2024]


def test_no_return_counts_twice_for_a_court_and_year(truth):
    counting = Counter((s.court_id, s.year) for s in truth.returns if s.counts)
    assert set(counting.values()) == {1}


def test_a_corrected_return_sorts_after_the_one_it_corrects(truth):
    sent_twice = Counter((s.court_id, s.year) for s in truth.returns)
    corrected = [key for key, times in sent_twice.items() if times > 1]
    assert len(corrected) >= 5
    for key in corrected:
        versions = [s for s in truth.returns if (s.court_id, s.year) == key]
        accepted = [s for s in versions if s.state != "refused"]
        assert accepted[-1].counts
        assert sorted(s.file for s in accepted) == [s.file for s in accepted]


def test_all_formats_both_languages_and_every_habit_occur(truth):
    formats = Counter(sent.format for sent in truth.returns)
    assert set(formats) == {"form", "xlsx", "ods", "docx", "csv"}
    assert min(formats.values()) >= 30
    assert {sent.language for sent in truth.returns} == {"ar", "fr"}
    with_cases = [sent for sent in truth.returns if sent.accepted]
    assert {habit for sent in with_cases for habit in sent.habits} >= {
        "alias",
        "arabic_indic_digits",
        "columns_reversed",
        "merged_court",
        "no_year_in_file_name",
        "one_row_heading",
        "optional_columns",
        "repeated_headings",
        "stray_characters",
        "tatweel",
        "totals_row",
        "year_in_file_name",
        "year_in_sheet_name",
    }


def test_every_kind_of_fault_is_planted_more_than_once(truth):
    planted = Counter(fault.rule for fault in truth.faults)
    assert set(planted) == {
        "body_unknown",
        "counted_twice",
        "court_unknown",
        "duplicate_row",
        "empty_return",
        "formula_cell",
        "instance_skipped",
        "outcome_unclear",
        "outcome_without_prosecution",
        "personal_data",
        "platform_both",
        "platform_missing",
        "platform_unknown",
        "prosecution_unclear",
        "second_degree_case",
        "subject_unclear",
        "year_conflict",
        "year_missing",
    }
    assert min(planted.values()) >= 3


def test_a_file_is_made_for_every_rule_that_a_file_alone_can_break(tmp_path):
    beside_others = {
        *("counted_twice", "referred_elsewhere", "supplement_not_listed"),
        *("supplement_changed", "supplement_repeated"),
    }

    truth = write_returns_with_traits(tmp_path / "traits", seed=2023)

    planted = {fault.rule for fault in truth.faults} - beside_others
    assert planted | {"nil_return"} == set(SEVERITY) - beside_others


def test_the_truth_lies_beside_the_returns_and_names_no_personal_data(folder, truth):
    text = (folder / "truth.json").read_text(encoding="utf-8")
    written = json.loads(text)
    assert written["seed"] == 2023
    assert [sent["file"] for sent in written["returns"]] == [
        sent.file for sent in truth.returns
    ]
    values = ["0600000000", "x@example.invalid", "192.0.2.1", "AB000000", INVENTED_NAME]
    assert not [value for value in values if value in text]
    assert all(any(value in told for value in values) for told in PERSONAL_DATA)


def text_of(path):
    if path.suffix == ".csv":
        content = path.read_bytes()
        return next(t for t in decoded(content) if any(mark in t for mark in MARKS))
    if path.suffix == ".docx":
        return "\n".join(paragraph.text for paragraph in Document(path).paragraphs)
    book = CalamineWorkbook.from_path(path)
    return str(book.get_sheet_by_index(0).to_python())


def decoded(content):
    for encoding in ("utf-8-sig", "windows-1256"):
        try:
            yield content.decode(encoding)
        except UnicodeDecodeError:
            continue


def test_every_file_opens_and_says_that_its_data_are_invented(folder, truth):
    for sent in truth.returns:
        text = text_of(folder / sent.file)
        assert any(mark in text for mark in MARKS), sent.file


def test_the_files_on_disk_are_those_of_the_truth(folder, truth):
    on_disk = {path.name for path in folder.iterdir()}
    assert on_disk == {sent.file for sent in truth.returns} | {"truth.json"}


def test_csv_files_come_in_several_encodings_and_with_two_separators(folder, truth):
    starts = set()
    for sent in truth.returns:
        if sent.format == "csv":
            content = (folder / sent.file).read_bytes()
            mark = content.startswith(b"\xef\xbb\xbf")
            separator = ";" if content.count(b";") > content.count(b",") else ","
            starts.add((mark, separator))
    assert len(starts) == 4


def test_the_same_seed_gives_the_same_files_and_another_one_others(tmp_path):
    for name, seed in (("a", 7), ("b", 7), ("c", 8)):
        small_returns(tmp_path / name, seed=seed)
    contents = [
        {path.name: path.read_bytes() for path in (tmp_path / name).iterdir()}
        for name in "abc"
    ]
    assert contents[0] == contents[1]
    assert contents[0] != contents[2]


def test_small_returns_are_two_circuits_and_two_years(tmp_path):
    truth = small_returns(tmp_path)
    assert {(s.court_id, s.year) for s in truth.returns if s.counts} == {
        (court_id, year)
        for court_id in (
            "ca-al-hoceima",
            "ca-nador",
            "tpi-al-hoceima",
            "tpi-driouch",
            "tpi-nador",
            "tpi-targuist",
        )
        for year in (2023, 2024)
    }
    assert 12 <= len(truth.returns) <= 15
    assert truth.faults and len(truth.cases) == 30


def test_a_folder_that_holds_anything_is_left_alone(tmp_path):
    (tmp_path / "real.xlsx").write_text("a court's own")
    with pytest.raises(ReturnError, match="must never mix with real ones"):
        small_returns(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["real.xlsx"]


def test_a_place_that_cannot_be_written_to_is_named(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(ReturnError, match="cannot be written"):
        small_returns(tmp_path / "file" / "returns")


def found_problems(read):
    return {
        (file, problem.rule, problem.row)
        for file, returns in read.items()
        for returned in returns
        for problem in returned.problems
        if problem.rule != "nil_return"
    }


def planted_problems(truth):
    return {
        (fault.file, fault.rule, fault.row)
        for fault in truth.faults
        if not fault.needs_register
    }


def test_reading_finds_at_least_99_of_100_planted_faults(truth, read):
    planted, found = planted_problems(truth), found_problems(read)
    missed = sorted(planted - found, key=str)
    assert len(missed) <= 0.01 * len(planted), missed


def test_reading_finds_nothing_that_was_not_planted(truth, read):
    invented = found_problems(read) - planted_problems(truth)
    assert not sorted(invented, key=str)


def test_every_planted_fault_is_found_in_its_own_cell(truth, read):
    cells = {
        (file, problem.rule, problem.row): problem.cell
        for file, returns in read.items()
        for returned in returns
        for problem in returned.problems
    }
    for fault in truth.faults:
        # Of two cells that contradict each other either may be named.
        if fault.cell and fault.rule not in ("outcome_without_prosecution",):
            assert cells[(fault.file, fault.rule, fault.row)] == fault.cell, fault


def test_no_clean_file_is_refused_and_no_refused_one_accepted(truth, read):
    for sent in truth.returns:
        (returned,) = read[sent.file]
        assert returned.synthetic, sent.file
        if not any(fault.needs_register for fault in sent.faults):
            assert returned.state == sent.state, (sent.file, returned.problems)
        if sent.state != "refused":
            assert (returned.court_id, returned.year) == (sent.court_id, sent.year)


def test_every_accepted_case_gets_its_codes(truth, read):
    for sent in truth.returns:
        (returned,) = read[sent.file]
        blocked_later = {
            fault.row
            for fault in sent.faults
            if fault.needs_register and fault.rule == "second_degree_case"
        }
        got = {c.row: c.codes for c in returned.accepted if c.row not in blocked_later}
        want = {case.row: case.codes for case in sent.accepted}
        assert got.keys() == want.keys(), sent.file
        for row, codes in want.items():
            differs = {
                key: got[row][key] for key in codes if got[row][key] != codes[key]
            }
            assert not differs, (sent.file, row, differs)


def test_the_codes_of_the_truth_are_those_of_a_case(truth):
    for case in truth.cases:
        assert set(CODED_COLUMNS) <= set(case.codes)


def test_a_formula_is_a_real_one(folder, truth):
    fault = next(f for f in truth.faults if f.rule == "formula_cell")
    with zipfile.ZipFile(Path(folder) / fault.file) as archive:
        parts = b"".join(archive.read(name) for name in archive.namelist())
    assert b"1+1" in parts
