import json
import os
import shutil
import sqlite3
import stat
import subprocess
import sys
from datetime import date

import pandas as pd
import pytest

from plain_user import plain_user
from qadaya.counting.reporting import reporting_grid
from qadaya.errors import ReturnError
from qadaya.reference import courts
from qadaya.returns.check_content import check_content
from qadaya.returns.readers import shared_readers
from qadaya.returns.register import Register, filing, writing
from qadaya.returns.register.filing import check_all
from qadaya.vocabulary import (
    CODED_COLUMNS,
    DERIVED_COLUMNS,
    OPTIONAL_COLUMNS,
    PLACE_COLUMNS,
)
from sent_returns import (
    APPEAL_RABAT,
    FIRST_ROW,
    RABAT,
    SALE,
    case,
    closed_case,
    send,
    send_nil,
)

PHONE = "0612345678"


@pytest.fixture
def register(tmp_path):
    return Register(tmp_path / "register")


@pytest.fixture
def sent(tmp_path):
    return tmp_path / "sent"


def standing(register):
    returns = register.returns()
    columns = ["court_id", "year", "version", "current", "state"]
    return list(returns[columns].itertuples(index=False, name=None))


def rules(register):
    problems = register.problems()
    return sorted(problems[["court_id", "rule"]].itertuples(index=False, name=None))


# Filing


def test_a_received_return_gives_its_cases_with_file_sheet_and_row(register, sent):
    register.receive(send(sent / "sale.csv", SALE, 2022, case(), closed_case()))

    cases = register.cases()

    assert cases["court_id"].tolist() == ["tpi-sale", "tpi-sale"]
    assert cases["circuit_id"].tolist() == ["ca-rabat", "ca-rabat"]
    assert cases["file"].tolist() == ["sale.csv", "sale.csv"]
    assert cases["row"].tolist() == [FIRST_ROW, FIRST_ROW + 1]
    assert cases["first_instance"].tolist() == ["convicted", "none"]
    assert cases["stage"].tolist() == ["appeal", "closed"]
    assert cases["return"].tolist() == register.returns()["return"].tolist() * 2


def test_the_original_is_kept_untouched_under_its_hash(register, sent):
    path = send(sent / "sale.csv", SALE, 2022, case())
    register.receive(path)

    sha256 = register.returns()["sha256"].item()
    original = register.folder / "originals" / sha256[:2] / f"{sha256}.csv"

    assert original.read_bytes() == path.read_bytes()


def test_only_the_owner_reads_what_is_kept(register, sent):
    old = os.umask(0o000)
    try:
        register.receive(send(sent / "sale.csv", SALE, 2022, case()))
    finally:
        os.umask(old)

    kept = [register.folder, *register.folder.rglob("*")]

    assert {stat.S_IMODE(p.stat().st_mode) for p in kept if p.is_file()} == {0o600}
    assert {stat.S_IMODE(p.stat().st_mode) for p in kept if p.is_dir()} == {0o700}


def test_receiving_the_same_file_twice_changes_nothing(register, sent):
    path = send(sent / "sale.csv", SALE, 2022, case())
    [first] = register.receive(path)
    before = register.folder.joinpath("receipts.jsonl").read_bytes()

    [again] = register.receive(path)

    assert (first.already_received, again.already_received) == (False, True)
    assert again.return_id == first.return_id
    assert standing(register) == [("tpi-sale", 2022, 1, True, "accepted")]
    assert register.folder.joinpath("receipts.jsonl").read_bytes() == before


def test_the_same_file_twice_in_one_go_is_filed_once(register, sent):
    path = send(sent / "sale.csv", SALE, 2022, case())
    copy = shutil.copy(path, sent / "again.csv")

    filed = register.receive_all([path, copy])

    assert [one.already_received for one in filed] == [False, True]
    assert len(register.returns()) == 1


def test_one_content_under_two_names_that_tell_two_years_is_two_returns(register, sent):
    bare = "المحكمة الابتدائية بسلا\nلا شيء\n"
    for year in (2022, 2023):
        path = sent / f"tpi-sale-{year}.csv"
        path.parent.mkdir(exist_ok=True)
        headings = ",".join(
            (
                "المحكمة",
                "الجهة المكلفة بالبحث",
                "موضوع الإشعار",
                "المنصة المعنية",
                "المتابعة",
                "ابتدائيا",
                "استئنافيا",
                "النقض",
            )
        )
        path.write_text(bare.replace("\n", f"\n{headings}\n", 1), encoding="utf-8")
        register.receive(path)

    assert standing(register) == [
        ("tpi-sale", 2022, 1, True, "nil"),
        ("tpi-sale", 2023, 1, True, "nil"),
    ]


def test_a_return_without_a_year_is_filed_again_when_the_year_is_given(register, sent):
    path = send(sent / "sale.csv", SALE, "", case())

    [refused] = register.receive(path)
    [accepted] = register.receive(path, year=2022)

    assert refused.reading.state == "refused"
    assert accepted.already_received is False
    assert accepted.reading.state == "accepted"
    assert register.cases()["year"].tolist() == [2022]


# Versions


def test_a_later_file_replaces_the_earlier_in_the_counts_and_loses_neither(
    register, sent
):
    register.receive(send(sent / "sale-1.csv", SALE, 2022, case(), closed_case()))
    register.receive(send(sent / "sale-2.csv", SALE, 2022, closed_case()))

    assert standing(register) == [
        ("tpi-sale", 2022, 1, False, "accepted"),
        ("tpi-sale", 2022, 2, True, "accepted"),
    ]
    assert register.cases()["file"].tolist() == ["sale-2.csv"]
    assert register.returns()["accepted"].tolist() == [2, 1]
    assert len(list((register.folder / "originals").rglob("*.csv"))) == 2


def test_a_refused_later_file_does_not_replace_an_accepted_one(register, sent):
    register.receive(send(sent / "sale-1.csv", SALE, 2022, case()))
    [refused] = register.receive(send(sent / "sale-2.csv", SALE, 2022))

    assert refused.reading.state == "refused"
    assert (refused.current, refused.version_that_counts) == (False, 1)
    assert standing(register) == [
        ("tpi-sale", 2022, 1, True, "accepted"),
        ("tpi-sale", 2022, 2, False, "refused"),
    ]
    assert register.cases()["file"].tolist() == ["sale-1.csv"]


def test_a_return_without_a_sound_row_is_no_zero_and_replaces_nothing(register, sent):
    register.receive(send(sent / "sale-1.csv", SALE, 2022, case()))
    faulty = case(platform="INTERPOL")
    [later] = register.receive(send(sent / "sale-2.csv", SALE, 2022, faulty))
    [alone] = register.receive(send(sent / "rabat.csv", RABAT, 2022, faulty))

    assert later.reading.state == "accepted_with_problems"
    assert (later.current, later.version_that_counts) == (False, 1)
    assert (alone.current, alone.version_that_counts) == (False, None)
    assert register.cases()["file"].tolist() == ["sale-1.csv"]
    assert register.refused()["file"].tolist() == ["sale-2.csv", "rabat.csv"]
    grid = reporting_grid(register.returns(), courts()).set_index("court_id")["status"]
    assert (grid["tpi-sale"], grid["tpi-rabat"]) == ("reported", "missing")


def test_a_nil_return_replaces_cases(register, sent):
    register.receive(send(sent / "sale-1.csv", SALE, 2022, case()))
    register.receive(send_nil(sent / "sale-2.csv", SALE, 2022))

    assert register.cases().empty
    assert standing(register)[-1] == ("tpi-sale", 2022, 2, True, "nil")


def test_another_year_or_court_is_not_another_version(register, sent):
    register.receive(send(sent / "a.csv", SALE, 2022, case()))
    register.receive(send(sent / "b.csv", SALE, 2023, case()))
    register.receive(send(sent / "c.csv", RABAT, 2022, closed_case()))

    assert register.returns()["version"].tolist() == [1, 1, 1]
    assert register.returns()["current"].all()
    assert len(register.cases()) == 3


def test_two_sheets_of_one_file_for_a_court_and_year_are_one_version_and_both_count(
    register, sent
):
    path = workbook(sent / "sale.xlsx", {"أ": [case()], "ب": [closed_case()]})

    register.receive(path)

    assert standing(register) == [("tpi-sale", 2022, 1, True, "accepted")] * 2
    assert register.returns()["sheet"].tolist() == ["أ", "ب"]
    assert len(register.cases()) == 2


def test_a_later_file_replaces_all_sheets_of_the_earlier(register, sent):
    two = workbook(sent / "sale.xlsx", {"أ": [case()], "ب": [closed_case()]})
    register.receive(two)

    register.receive(send(sent / "later.csv", SALE, 2022, closed_case()))

    assert register.returns()["current"].tolist() == [False, False, True]
    assert register.cases()["file"].tolist() == ["later.csv"]


def workbook(path, sheets):
    from openpyxl import Workbook

    from sent_returns import HEADINGS

    book = Workbook()
    book.remove(book.active)
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for line in ([SALE], ["برسم سنة 2022"], HEADINGS):
            sheet.append(list(line))
        for row in rows:
            sheet.append([SALE, *row])
    path.parent.mkdir(parents=True, exist_ok=True)
    book.save(path)
    return path


# Refused rows and personal data


def test_a_refused_row_stays_with_its_reason(register, sent):
    register.receive(
        send(sent / "sale.csv", SALE, 2022, case(), case(platform="INTERPOL"))
    )

    refused = register.refused()

    assert refused["row"].tolist() == [FIRST_ROW + 1]
    assert refused["rules"].tolist() == ["platform_unknown"]
    assert register.problems()["value"].tolist() == ["INTERPOL"]
    assert len(register.cases()) == 1


def test_a_personal_value_stands_nowhere_but_in_the_original(register, sent):
    path = send(
        sent / "sale.csv",
        SALE,
        2022,
        case(),
        case(subject=f"حيازة {PHONE}", platform="INTERPOL"),
    )

    [filed] = register.receive(path)

    assert "personal_data" in register.problems()["rule"].tolist()
    assert PHONE not in repr(filed)
    assert PHONE not in register.problems().to_csv()
    originals = register.folder / "originals"
    others = [p for p in register.folder.rglob("*") if originals not in p.parents]
    for other in filter(os.path.isfile, others):
        assert PHONE.encode() not in other.read_bytes(), other.name
    [original] = originals.rglob("*.csv")
    assert PHONE.encode() in original.read_bytes()


def test_nothing_typed_or_coded_is_kept_of_a_row_with_personal_data(register, sent):
    register.receive(
        send(sent / "sale.csv", SALE, 2022, case(), case(subject=f"حيازة {PHONE}"))
    )

    with sqlite3.connect(register.database) as connection:
        typed, platform, court = connection.execute(
            "SELECT typed, platform, court_id FROM case_rows WHERE NOT accepted"
        ).fetchone()

    assert (json.loads(typed), platform, court) == ({}, None, "tpi-sale")


def test_a_personal_file_name_is_masked_wherever_it_is_kept(register, sent):
    path = send(sent / f"sale {PHONE} 2022.csv", SALE, 2022, case())

    [filed] = register.receive(path)
    register.rebuild()

    kept = [p for p in register.folder.rglob("*") if p.is_file()]
    assert PHONE not in filed.reading.file
    assert not [p for p in kept if PHONE in p.name or PHONE.encode() in p.read_bytes()]
    assert register.cases()["year"].tolist() == [2022]


# Rules over several returns


SAME = {"reference": "2022/15"}


@pytest.mark.parametrize("appeal_first", [True, False])
def test_a_second_degree_case_is_left_out_whichever_return_came_first(
    register, sent, appeal_first
):
    files = [
        send(sent / "ca.csv", APPEAL_RABAT, 2022, case(**SAME), closed_case()),
        send(sent / "tpi.csv", SALE, 2022, case(**SAME)),
    ]
    for path in files if appeal_first else files[::-1]:
        register.receive(path)

    assert rules(register) == [("ca-rabat", "second_degree_case")]
    assert sorted(register.cases()["court_id"]) == ["ca-rabat", "tpi-sale"]
    refused = register.refused()
    assert refused["row"].tolist() == [FIRST_ROW]
    assert refused["rules"].tolist() == ["second_degree_case"]
    returns = register.returns().set_index("court_id")
    assert returns.loc["ca-rabat", "state"] == "accepted_with_problems"
    assert returns.loc["tpi-sale", "state"] == "accepted"


def test_the_problem_names_the_cell_of_the_reference_and_never_the_reference(
    register, sent
):
    register.receive(send(sent / "tpi.csv", SALE, 2022, case(**SAME)))
    [filed] = register.receive(send(sent / "ca.csv", APPEAL_RABAT, 2022, case(**SAME)))

    [problem] = filed.reading.problems

    assert problem.cell == f"I{FIRST_ROW}"
    assert problem.severity == "block_row"
    assert problem.value is None
    for language in ("ar", "fr", "en"):
        assert f"I{FIRST_ROW}" in problem.message(language)
        assert SAME["reference"] not in problem.message(language)
    assert SAME["reference"].encode() not in register.database.read_bytes()


def test_a_corrected_return_takes_the_other_courts_problem_back(register, sent):
    register.receive(send(sent / "ca.csv", APPEAL_RABAT, 2022, case(**SAME)))
    [tpi] = register.receive(send(sent / "tpi-1.csv", SALE, 2022, case(**SAME)))
    register.receive(send(sent / "tpi-2.csv", SALE, 2022, closed_case()))

    assert [one.court_id for one in tpi.also_changed] == ["ca-rabat"]
    assert rules(register) == []
    assert sorted(register.cases()["court_id"]) == ["ca-rabat", "tpi-sale"]
    assert register.returns()["state"].tolist() == ["accepted"] * 3


def test_a_case_in_the_returns_of_two_circuits_is_asked_about_and_counted(
    register, sent
):
    fes = "المحكمة الابتدائية بفاس"
    register.receive(send(sent / "sale.csv", SALE, 2022, case(**SAME)))
    register.receive(send(sent / "fes.csv", fes, 2023, case(**SAME)))

    assert rules(register) == [
        ("tpi-fes", "counted_twice"),
        ("tpi-sale", "counted_twice"),
    ]
    assert len(register.cases()) == 2
    assert set(register.returns()["state"]) == {"accepted_with_problems"}


def test_a_look_alike_on_appeal_is_asked_about_at_the_courts_cell(register, sent):
    register.receive(send(sent / "sale.csv", SALE, 2022, case()))
    register.receive(send(sent / "ca.csv", APPEAL_RABAT, 2022, case()))

    problems = register.problems()

    assert problems["rule"].tolist() == ["counted_twice"]
    assert problems["court_id"].tolist() == ["ca-rabat"]
    assert problems["cell"].tolist() == [f"A{FIRST_ROW}"]
    assert problems["severity"].tolist() == ["ask"]
    assert len(register.cases()) == 2


def test_a_check_finds_what_receiving_would_and_files_nothing(register, sent, tmp_path):
    files = [
        send(sent / "ca.csv", APPEAL_RABAT, 2022, case(**SAME)),
        send(sent / "tpi.csv", SALE, 2022, case(**SAME)),
    ]

    checked = check_all(files)

    assert sorted(tmp_path.iterdir()) == [sent]
    assert [one.reading for one in checked] == [
        one.reading for one in register.receive_all(files)
    ]


# Frames


def test_frames_have_the_same_columns_and_types_with_and_without_rows(
    register, sent, tmp_path
):
    register.receive(
        send(sent / "sale.csv", SALE, 2022, case(), case(platform="INTERPOL"))
    )
    empty = Register(tmp_path / "empty")
    empty.receive_all([])

    for name in ("cases", "returns", "problems", "refused"):
        full, none = getattr(register, name)(), getattr(empty, name)()
        assert len(full) == 1
        assert len(none) == 0
        pd.testing.assert_series_equal(full.dtypes, none.dtypes)


def test_the_cases_frame_has_the_columns_of_the_vocabulary_in_order(register):
    register.receive_all([])

    assert tuple(register.cases().columns) == (
        *PLACE_COLUMNS,
        *CODED_COLUMNS,
        *OPTIONAL_COLUMNS,
        *DERIVED_COLUMNS,
    )


def test_problems_carry_their_message_in_three_languages(register, sent):
    register.receive(send(sent / "sale.csv", SALE, 2022, case(platform="INTERPOL")))

    messages = register.problems()[["message_ar", "message_fr", "message_en"]]

    assert messages.notna().all(axis=None)
    assert messages.iloc[0].nunique() == 3


# Rebuilding


def test_everything_is_rebuilt_from_the_originals_and_the_log(register, sent):
    register.receive(send(sent / "sale-1.csv", SALE, 2022, case(), closed_case()))
    register.receive(send(sent / "sale-2.csv", SALE, 2022, case(**SAME)))
    register.receive(send(sent / "ca.csv", APPEAL_RABAT, 2022, case(**SAME)))
    register.receive(send(sent / "no-year.csv", RABAT, "", case()), year=2021)
    register.receive(send(sent / "empty.csv", RABAT, 2022))
    before = [register.cases(), register.returns(), register.problems()]

    register.database.unlink()
    register.rebuild()

    after = [register.cases(), register.returns(), register.problems()]
    for old, new in zip(before, after, strict=True):
        pd.testing.assert_frame_equal(old, new)
    assert len(before[0]) == 2
    assert stat.S_IMODE(register.database.stat().st_mode) == 0o600


def test_a_missing_database_is_made_again_by_whoever_reads_first(register, sent):
    register.receive(send(sent / "sale.csv", SALE, 2022, case()))
    register.database.unlink()

    assert len(register.cases()) == 1


def test_a_file_that_was_noted_but_not_committed_is_filed_by_the_next(register, sent):
    register.receive(send(sent / "sale.csv", SALE, 2022, case()))
    before = register.database.read_bytes()
    register.receive(send(sent / "rabat.csv", RABAT, 2022, closed_case()))
    register.database.write_bytes(before)  # as of a machine that stopped in between

    assert sorted(register.cases()["court_id"]) == ["tpi-rabat", "tpi-sale"]

    register.database.write_bytes(before)
    [again] = register.receive(sent / "rabat.csv")

    assert again.already_received
    assert sorted(register.cases()["court_id"]) == ["tpi-rabat", "tpi-sale"]


def test_a_log_line_cut_off_in_writing_is_no_receipt(register, sent):
    register.receive(send(sent / "sale.csv", SALE, 2022, case()))
    with (register.folder / "receipts.jsonl").open("a") as log:
        log.write('{"sha256": "12')

    register.receive(send(sent / "rabat.csv", RABAT, 2022, closed_case()))
    register.rebuild()

    assert sorted(register.cases()["court_id"]) == ["tpi-rabat", "tpi-sale"]


def test_an_interrupted_receipt_leaves_the_files_before_it_and_nothing_of_it(
    register, sent, monkeypatch
):
    files = [
        send(sent / "a.csv", SALE, 2022, case()),
        send(sent / "b.csv", RABAT, 2022, case()),
    ]
    apply = filing.apply_cross_rules

    def stop_at_rabat(store, received):
        if "tpi-rabat" in dict(received):
            raise KeyboardInterrupt
        return apply(store, received)

    monkeypatch.setattr(filing, "apply_cross_rules", stop_at_rabat)
    with pytest.raises(KeyboardInterrupt):
        register.receive_all(files)

    assert standing(register) == [("tpi-sale", 2022, 1, True, "accepted")]
    assert len((register.folder / "receipts.jsonl").read_text().splitlines()) == 1


def test_a_name_with_what_others_take_for_a_line_end_is_one_receipt(register, sent):
    for mark in ("\u2028", "\u2029", "\x85", "\x0c"):
        register.receive(send(sent / f"sale{mark}2022.csv", SALE, 2022, case()))

    register.rebuild()
    register.receive(send(sent / "rabat.csv", RABAT, 2022, closed_case()))

    assert sorted(register.cases()["court_id"]) == ["tpi-rabat", "tpi-sale"]


def test_a_rebuild_in_another_year_reads_a_file_as_it_was_received(
    register, sent, monkeypatch
):
    register.receive(send(sent / "sale.csv", SALE, 2022, case()))
    before = register.returns()

    class Earlier(date):
        @classmethod
        def today(cls):
            return cls(2020, 1, 1)

    # Readers are copies of this process: those to come have the other clock.
    shared_readers().close()
    monkeypatch.setattr("qadaya.returns.read.years.date", Earlier)
    register.rebuild()
    shared_readers().close()

    pd.testing.assert_frame_equal(register.returns(), before)


def test_no_return_is_of_a_year_after_it_was_received(sent):
    content = send(sent / "sale.csv", SALE, 2022, case()).read_bytes()
    [as_of_2021] = check_content(content, "sale.csv", received=2021)
    [as_of_2022] = check_content(content, "sale.csv", received=2022)
    assert (as_of_2021.year, as_of_2021.state) == (None, "refused")
    assert (as_of_2022.year, as_of_2022.state) == (2022, "accepted")


def test_one_moment_of_a_register_is_what_each_of_its_frames_says(register, sent):
    register.receive(send(sent / "sale.csv", SALE, 2022, case()))
    contents = register.contents()
    pd.testing.assert_frame_equal(contents.cases, register.cases())
    pd.testing.assert_frame_equal(contents.returns, register.returns())
    pd.testing.assert_frame_equal(contents.problems, register.problems())


# Registers that cannot be used


def test_a_shared_run_may_not_open_a_register(tmp_path, monkeypatch):
    monkeypatch.setenv("QADAYA_AUDIENCE", "shared")

    with pytest.raises(ReturnError, match=r"shared pages.*open the edition instead"):
        Register(tmp_path)


def damaged(register):
    register.database.write_bytes(b"SQLite format 3\0" + b"\7" * 5000)


def of_another_program(register):
    register.database.unlink()
    with sqlite3.connect(register.database) as connection:
        connection.execute("CREATE TABLE theirs (x)")


def of_another_version(register):
    with sqlite3.connect(register.database) as connection:
        connection.execute("PRAGMA user_version = 99")


def without_an_original(register):
    register.database.unlink()
    shutil.rmtree(register.folder / "originals")


def with_a_changed_original(register):
    register.database.unlink()
    next((register.folder / "originals").rglob("*.csv")).write_text("changed")


def with_a_broken_log(register):
    register.database.unlink()
    (register.folder / "receipts.jsonl").write_text("no receipt\n")


def gone(register):
    shutil.rmtree(register.folder)


@pytest.mark.parametrize(
    ("spoil", "message"),
    [
        (damaged, "register.sqlite: damaged .* Run `qadaya rebuild`"),
        (of_another_program, "not a register; expected a database that"),
        (of_another_version, "version 99; this program reads version 5"),
        (without_an_original, "original of sale.csv is missing"),
        (with_a_changed_original, "original of sale.csv was changed"),
        (with_a_broken_log, "receipts.jsonl, line 1: not a receipt"),
        (gone, "no register there"),
    ],
    ids=lambda value: getattr(value, "__name__", None),
)
def test_a_register_that_cannot_be_used_is_refused_in_one_line(
    register, sent, spoil, message
):
    register.receive(send(sent / "sale.csv", SALE, 2022, case()))
    spoil(register)

    with pytest.raises(ReturnError, match=message) as refused:
        register.cases()

    assert "\n" not in str(refused.value)


def steps_of(work):
    """How many functions are called meanwhile, the same on every machine."""
    taken = 0

    def count(frame, event, function):
        nonlocal taken
        taken += event in ("call", "c_call")

    sys.setprofile(count)
    try:
        work()
    finally:
        sys.setprofile(None)
    return taken


def test_a_receipt_takes_as_many_steps_in_a_large_register_as_in_a_small_one(
    register, sent
):
    taken = []
    for size, year in ((2, 2022), (60, 2023)):
        older = [
            send(
                sent / f"{year}-{n}.csv", SALE, 2012, case(reference=f"{n}/2610/{year}")
            )
            for n in range(size)
        ]
        register.receive_all(older)
        fes = send(sent / f"fes-{year}.csv", "المحكمة الابتدائية بفاس", year, case())
        content = check_content(fes.read_bytes(), fes.name)
        assert content  # read once before, so that the readers are there
        taken.append(steps_of(lambda fes=fes: register.receive(fes)))

    assert abs(taken[1] - taken[0]) < 60, taken


@pytest.mark.parametrize("damage", ["other", "shorter", "gone"])
def test_a_log_whose_last_line_is_another_is_not_written_on(register, sent, damage):
    register.receive(send(sent / "sale.csv", SALE, 2022, case()))
    log = register.folder / "receipts.jsonl"
    line = log.read_bytes()
    if damage == "gone":
        log.unlink()
    else:
        other = line.replace(b"sale.csv", b"said.csv")
        log.write_bytes(line[:-9] if damage == "shorter" else other)

    with pytest.raises(ReturnError, match="name different files"):
        register.receive(send(sent / "rabat.csv", RABAT, 2022, case()))
    assert len(log.read_bytes() if log.exists() else b"") <= len(line)


def test_a_damaged_or_foreign_version_is_mended_by_rebuilding(register, sent):
    register.receive(send(sent / "sale.csv", SALE, 2022, case()))
    for spoil in (damaged, of_another_version):
        spoil(register)
        register.rebuild()

        assert len(register.cases()) == 1


def test_a_log_and_a_database_that_disagree_are_not_written_to(register, sent):
    register.receive(send(sent / "sale.csv", SALE, 2022, case()))
    (register.folder / "receipts.jsonl").write_text("")

    with pytest.raises(ReturnError, match="name different files"):
        register.receive(send(sent / "rabat.csv", RABAT, 2022, case()))
    with pytest.raises(ReturnError, match="name different files"):
        register.cases()


def test_a_folder_that_cannot_be_made_is_refused_in_one_line(tmp_path, sent):
    (tmp_path / "file").write_text("")
    register = Register(tmp_path / "file" / "register")

    with pytest.raises(ReturnError, match="cannot be read or written"):
        register.receive(send(sent / "sale.csv", SALE, 2022, case()))


def test_a_read_only_register_can_be_read_and_not_written(register, sent):
    register.receive(send(sent / "sale.csv", SALE, 2022, case()))
    kept = [register.folder, *register.folder.rglob("*")]
    for path in kept:
        path.chmod(0o500 if path.is_dir() else 0o400)
    with plain_user():
        assert len(register.cases()) == 1
        with pytest.raises(ReturnError, match="cannot be read or written"):
            register.receive(send(sent / "rabat.csv", RABAT, 2022, case()))
    for path in kept:
        path.chmod(0o700)


def test_a_register_of_somebody_else_is_refused_in_one_line(register, sent):
    register.receive(send(sent / "sale.csv", SALE, 2022, case()))
    register.folder.chmod(0o000)
    with plain_user(), pytest.raises(ReturnError, match="cannot be read or written"):
        register.cases()
    register.folder.chmod(0o700)


def test_a_file_that_cannot_be_opened_is_refused_and_the_others_go_on(register, sent):
    sent.mkdir(exist_ok=True)
    closed = sent / "closed.csv"
    os.mkfifo(closed)
    open_one = send(sent / "open.csv", RABAT, 2022, closed_case())

    refused, accepted = register.receive_all([closed, open_one])

    assert [one.rule for one in refused.reading.problems] == ["file_unreadable"]
    assert refused.return_id is None
    assert accepted.reading.state == "accepted"
    assert len(register.returns()) == 1


def test_two_processes_may_receive_at_once(register, sent):
    files = [send(sent / f"{y}.csv", SALE, y, case()) for y in range(2019, 2025)]
    code = "import sys; from qadaya.returns.register import Register as R; "
    code += "R(sys.argv[1]).receive_all(sys.argv[2:])"
    command = [sys.executable, "-c", code, register.folder, *files]

    both = [subprocess.Popen(command) for _ in range(2)]

    assert [one.wait(timeout=300) for one in both] == [0, 0]
    assert register.returns()["year"].tolist() == list(range(2019, 2025))
    assert len((register.folder / "receipts.jsonl").read_text().splitlines()) == 6


def test_a_full_disk_leaves_the_register_as_it_was(register, sent, monkeypatch):
    register.receive(send(sent / "sale.csv", SALE, 2022, case()))

    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(ReturnError, match="No space left on device"):
        register.receive(send(sent / "rabat.csv", RABAT, 2022, case()))
    monkeypatch.undo()

    assert standing(register) == [("tpi-sale", 2022, 1, True, "accepted")]
    names = {path.name for path in register.folder.iterdir()}
    assert names == {"originals", "receipts.jsonl", "register.sqlite"}
    assert len([p for p in register.folder.rglob("*") if p.is_file()]) == 3


def test_a_full_database_says_so_and_takes_the_file_once_there_is_room(
    register, sent, monkeypatch
):
    register.receive(send(sent / "sale.csv", SALE, 2022, case()))
    opened = writing.open_database

    def without_room(database):
        connection = opened(database)
        (pages,) = connection.execute("PRAGMA page_count").fetchone()
        connection.execute(f"PRAGMA max_page_count = {pages}")
        return connection

    rabat = send(sent / "rabat.csv", RABAT, 2022, *[closed_case()] * 200)
    monkeypatch.setattr(writing, "open_database", without_room)
    with pytest.raises(ReturnError, match=r"the disk is full .* Free some space"):
        register.receive(rabat)
    # Who only reads is not kept waiting for room.
    assert standing(register) == [("tpi-sale", 2022, 1, True, "accepted")]
    monkeypatch.undo()

    [filed] = register.receive(rabat)

    assert not filed.already_received
    assert sorted(set(register.cases()["court_id"])) == ["tpi-rabat", "tpi-sale"]
