"""The rooms of the desk, without a browser: what each shows, and what a click does."""

import json
import shutil
from datetime import UTC, date, datetime, timedelta
from html import escape

import nbformat
import pytest
from nbconvert.utils.exceptions import ConversionException

import qadaya
from checkout import CHECKOUT
from qadaya.desk.court_returns import CourtReturns
from qadaya.desk.decisions import Decisions
from qadaya.desk.edition_room import EditionRoom
from qadaya.desk.inbox import Inbox, put_beside
from qadaya.desk.late import Late
from qadaya.desk.speech import Speech, inert
from qadaya.errors import ParameterError, ReturnError
from qadaya.pages.render.exporter import QadayaExporter
from qadaya.pages.run.notebooks import read_notebook
from qadaya.returns.corrections import decided_by, read_corrections
from qadaya.returns.register import Register
from sent_returns import (
    APPEAL_RABAT,
    CLOSED,
    RABAT,
    SALE,
    case,
    closed_case,
    send,
    send_nil,
)
from test_own_notebooks import planned

CONFIRMED = date(2025, 3, 12)
NOTEBOOK = CHECKOUT / "notebooks" / "desk.ipynb"
PARTIAL = case(platform="منصة أخرى")


@pytest.fixture
def home(project):
    """A workbench with the parameter files that come with it."""
    shutil.copy(CHECKOUT / "params" / "corrections.yml", project.folder / "params")
    return project.folder


@pytest.fixture
def inbox(home):
    folder = home / "data" / "inbox"
    send(folder / "sale.csv", SALE, 2024, case(), PARTIAL)
    send_nil(folder / "rabat.csv", RABAT, 2024)
    return folder


@pytest.fixture
def filed(inbox):
    Register().receive_all(sorted(inbox.iterdir()))
    return Register()


def room(kind, language="en"):
    made = kind(Speech(language))
    made.refresh()
    return made


def said(made):
    return made.doing.said.box.value


def test_checking_shows_each_return_and_files_nothing(home, inbox):
    made = room(Inbox)
    made.check.click()
    assert "مقبول" not in made.found.value
    assert "accepted with problems" in made.found.value
    assert "nil return" in made.found.value
    assert not (home / "data" / "register").exists()


def test_a_problem_stands_with_its_row_as_typed_and_its_cell_marked(inbox):
    made = room(Inbox)
    made.check.click()
    assert "Row 6 <small>(left out)" in made.found.value
    assert "<td class='qd-bad'><bdi>منصة أخرى</bdi></td>" in made.found.value
    assert made.found.value.count("qd-bad") == 1
    assert "<code>D6</code>" in made.found.value


def test_what_a_click_would_do_is_said_before_it_is_done(inbox):
    send(inbox / "none.csv", APPEAL_RABAT, 2024, PARTIAL)
    made = room(Inbox)
    made.check.click()
    sale = "<bdi>Court of First Instance of Sale, 2024 (accepted with problems):</bdi>"
    appeal = "<bdi>Court of Appeal of Rabat, 2024 (accepted with problems):</bdi>"
    assert f"{sale} the first of this court and year; it counts" in made.plan.value
    assert f"{appeal} kept, but it does not count" in made.plan.value
    assert made.file.description == "File 3 files in the register"


def test_nothing_is_filed_that_was_not_checked(home, inbox):
    made = room(Inbox)
    made.file.click()
    assert "Check the files first." in said(made)
    made.check.click()
    made.again.click()
    made.file.click()
    assert not (home / "data" / "register").exists()


def test_filing_files_what_was_shown_and_no_file_that_came_since(inbox):
    made = room(Inbox)
    made.check.click()
    send(inbox / "later.csv", APPEAL_RABAT, 2024, case())
    made.file.click()
    assert set(Register().returns()["court_id"]) == {"tpi-sale", "tpi-rabat"}
    assert "2 returns were filed." in said(made)
    assert "1 file waits in the folder" in made.waiting.value
    assert "later.csv" in made.waiting.value


def test_a_second_click_files_nothing_twice(inbox):
    made = room(Inbox)
    made.check.click()
    made.file.click()
    made.file.click()
    assert "Check the files first." in said(made)
    assert len(Register().returns()) == 2


def test_a_corrected_return_is_announced_as_the_version_that_counts(filed, inbox):
    send(inbox / "sale-2.csv", SALE, 2024, case(), closed_case())
    made = room(Inbox)
    made.check.click()
    assert "version 2, which counts instead of the one before" in made.plan.value
    assert "version" not in made.found.value
    made.file.click()
    assert "version 2" in made.found.value


def test_a_supplement_makes_no_version_of_the_return_of_its_year(home):
    register, inbox = Register(), home / "data" / "inbox"
    register.receive(send(home / "told.csv", SALE, 2024, case()), supplement=True)
    send(inbox / "sale.csv", SALE, 2024, case(), closed_case())
    made = room(Inbox)
    made.check.click()
    assert "the first of this court and year; it counts" in made.plan.value


def test_a_decision_that_fits_no_more_keeps_no_return_from_being_filed(filed, inbox):
    chosen(room(Decisions), row=5).enter.click()
    send(inbox / "sale-2.csv", SALE, 2024, closed_case())
    made = room(Inbox)
    made.check.click()
    made.file.click()
    assert "1 return was filed." in said(made)
    assert "qd-warned" not in said(room(CourtReturns))
    # What is counted is another matter.
    assert "not among the rows of the version that counts" in said(room(Late))


def test_a_file_that_nobody_can_read_is_shown_and_kept_with_its_reason(inbox):
    (inbox / "broken.xlsx").write_bytes(b"PK\x03\x04 torn")
    made = room(Inbox)
    made.check.click()
    # First what asks for something; in the plan by its name, as nothing else is known.
    assert made.found.value.index("court not known") < made.found.value.index("Sale")
    assert "court not known, year not known, broken.xlsx (refused):" in made.plan.value
    assert "kept with the reason of its refusal" in made.plan.value
    made.file.click()
    assert list(Register().returns()["state"]).count("refused") == 1


def test_what_is_dropped_goes_into_the_folder_and_out_of_the_notebook(home):
    made = room(Inbox)
    content = send(home / "x.csv", SALE, 2024, case()).read_bytes()
    made.upload.value = (dropped("sale.csv", content), dropped("sale.csv", b"other"))
    names = sorted(path.name for path in made.folder.iterdir())
    assert names == ["sale (2).csv", "sale.csv"]
    assert made.upload.value == ()
    assert "2 files wait in the folder" in made.waiting.value


def dropped(name, content):
    return {"name": name, "type": "", "size": len(content), "content": content,
            "last_modified": datetime(2025, 1, 5, tzinfo=UTC)}  # fmt: skip


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("../../etc/x.csv", "x.csv"),
        ("C:\\Desk\\x.csv", "x.csv"),
        (".hidden.csv", "hidden.csv"),
        ("..", "file"),
    ],
)
def test_a_dropped_file_stays_in_its_folder_whatever_its_name(tmp_path, name, kept):
    assert put_beside(tmp_path, name, b"x") == tmp_path / kept
    assert put_beside(tmp_path, name, b"x") == tmp_path / kept


def test_what_a_court_writes_acts_nowhere():
    text = "<img src=x onerror=alert(1)>\u202e\x07"
    assert inert(text) == "<bdi>&lt;img src=x onerror=alert(1)&gt;</bdi>"


def test_a_month_has_the_name_that_morocco_has_for_it():
    assert Speech("ar").day(date(2026, 11, 27)) == "27 نونبر 2026"


def test_the_name_of_a_file_with_personal_data_is_shown_nowhere(home):
    send(home / "data" / "inbox" / "محمد العلوي 0612345678.csv", SALE, 2024, case())
    made = room(Inbox)
    made.check.click()
    shown = made.waiting.value + made.found.value + made.plan.value
    assert "0612345678" not in shown and "العلوي" not in shown


def test_a_return_is_chosen_by_its_year_and_its_answer_is_the_commands(filed):
    made = room(CourtReturns)
    assert made.year.options == (("2024", 2024),)
    names = [name for name, _ in made.chosen.options]
    assert names == [
        "Court of First Instance of Rabat · version 1 · nil return",
        "Court of First Instance of Sale · version 1 · accepted with problems",
    ]
    assert made.found.value == ""
    made.chosen.index = 1
    assert "منصة أخرى" in made.found.value
    made._answer()
    (answer,) = made.folder.iterdir()
    assert answer.name == "tpi-sale-2024-v1.xlsx"
    assert f'download="{answer.name}"' in said(made)
    made._answer_all()
    assert "2 answers are in the folder" in said(made)


def test_a_file_of_no_known_year_is_told_by_its_name_after_the_years(filed, inbox):
    (inbox / "torn.xlsx").write_bytes(b"PK\x03\x04 torn")
    filed.receive_all([inbox / "torn.xlsx"])
    made = room(CourtReturns)
    assert made.year.value == 2024
    assert [title for title, _ in made.year.options] == ["2024", "year not known"]
    made.year.index = 1
    titles = [title for title, _ in made.chosen.options]
    name = "\u2068torn.xlsx\u2069"  # it runs by itself
    assert titles == [f"court not known · {name} · refused · does not count"]


def test_a_file_name_cannot_turn_the_line_of_the_choice(filed, inbox):
    (inbox / "torn\u202excod.xlsx").write_bytes(b"PK\x03\x04 torn")
    filed.receive_all([inbox / "torn\u202excod.xlsx"])
    made = room(CourtReturns)
    made.year.index = 1
    [(title, _)] = made.chosen.options
    assert "tornxcod.xlsx" in title and "\u202e" not in title


def test_the_late_courts_are_named_and_written_to(filed):
    made = room(Late)
    made.year.value = 2024
    late = {one.court_id for one in made.asked.late}
    assert "tpi-sale" not in late and "tpi-temara" in late
    assert f"each late court ({len(late)})" in made.plan.value
    # Of a hundred letters the first are as good as all.
    made.asked = made.asked._replace(standings=made.asked.standings[:4])
    late = {one.court_id for one in made.asked.late}
    made.write.click()
    folder = filed.folder.parent / "letters" / "2024"
    letters = {path.stem for path in folder.glob("*.docx")}
    assert {f"{court}-2024" for court in late} <= letters
    assert {path.stem for path in folder.glob("*.xlsx")} == {f"{c}-2024" for c in late}


def chosen(
    made,
    *,
    row,
    action="exclude",
    reason="Sent by mistake.",
    by="Its clerk's office",
    on=CONFIRMED,
    other=None,
):
    made.where.one.value = ("tpi-sale", 2024, 0)
    made.where.row.value = (0, row)
    made.action.value = action
    made.reason.value, made.by.value, made.on.value = reason, by, on
    if other:
        made.other.one.value = ("tpi-sale", 2024, 0)
        made.other.row.value = (0, other)
    return made


def test_a_decision_is_said_then_entered_then_counted(filed, home):
    made = chosen(room(Decisions), row=5)
    place = "Court of First Instance of Sale, 2024, version 1, row 5"
    assert f"{place}: Do not count this row." in made.plan.value
    assert len(filed.cases()) == 1
    made.enter.click()
    assert "The decision is entered" in said(made)
    assert len(filed.cases()) == 0
    kept = (home / "params" / "corrections.yml").read_text(encoding="utf-8")
    before = (CHECKOUT / "params" / "corrections.yml").read_text(encoding="utf-8")
    assert kept.startswith(before.removesuffix(" []\n"))
    assert place in made.made.found.value


def test_a_second_decision_stands_below_the_first(filed):
    made = chosen(room(Decisions), row=5)
    made.enter.click()
    chosen(made, row=6, action="recode")
    made.codes["platform"].value = "CPS"
    assert "Platform = CPS" in made.plan.value
    made.enter.click()
    assert [one.correction.action for one in filed.decisions()] == ["exclude", "recode"]
    assert list(filed.cases()["platform"]) == ["CPS"]


def test_a_row_that_is_wrong_in_two_columns_is_mended_by_one_decision(home):
    wrong = case(platform="INTERPOL", prosecution="?", outcomes=CLOSED)
    Register().receive(send(home / "a.csv", SALE, 2024, case(), wrong))
    made = chosen(room(Decisions), row=6, action="recode")
    made.codes["platform"].value = "CPS"
    made.enter.click()
    assert "The row stays left out because of: Prosecution. Choose" in said(made)
    made.codes["prosecution"].value = "closed"
    assert "Platform = CPS" in made.plan.value and "Prosecution" in made.plan.value
    made.enter.click()
    _, one = Register().cases().to_dict("records")
    assert (one["platform"], one["stage"]) == ("CPS", "closed")
    assert {field.value for field in made.codes.values()} == {""}


def test_decisions_that_cannot_be_read_are_told_at_the_click(filed, home):
    made = chosen(room(Decisions), row=6, action="recode")
    made.codes["platform"].value = "CPS"
    (home / "params" / "corrections.yml").write_text("corrections: [\n")
    made.enter.click()
    assert "corrections.yml: line 2: expected the node content" in said(made)


def test_a_decision_is_withdrawn_and_stays_for_what_was_counted_with_it(filed, home):
    made = chosen(room(Decisions), row=5)
    made.enter.click()
    assert "Decisions made" in made.made.found.value
    before = (home / "params" / "corrections.yml").read_text(encoding="utf-8")
    made.made._withdraw()
    assert "The decision is withdrawn." in made.made.doing.said.box.value
    after = (home / "params" / "corrections.yml").read_text(encoding="utf-8")
    assert after == f"{before}    withdrawn_on: {date.today()}\n"
    assert len(filed.cases()) == 1
    assert made.made.ways.layout.display == "none"
    yesterday = date.today() - timedelta(days=1)
    [one] = read_corrections()
    assert decided_by([(1, one)], yesterday).standing == [(1, one)]
    assert decided_by([(1, one)], date.today()) == ([], date.today())


def test_a_decision_that_fits_no_more_is_withdrawn_at_the_desk(filed, inbox):
    chosen(room(Decisions), row=5).enter.click()
    filed.receive(send(inbox / "sale-2.csv", SALE, 2024, closed_case()))
    made = room(Decisions)
    assert "not among the rows of the version that counts" in said(made)
    made.made._withdraw()
    assert len(filed.cases()) == 1
    assert "qd-warned" not in said(room(Decisions))


def test_a_row_of_a_supplement_is_decided_on_as_one_of_its_own(filed, home):
    told = closed_case(reference="7/2610/2024")
    filed.receive_all(
        [send(home / "told.csv", SALE, 2024, told, closed_case())], supplement=True
    )
    made = room(Decisions)
    titles = [title for title, _ in made.where.one.options]
    sale = "2024 · Court of First Instance of Sale"
    assert titles[-2:] == [sale, f"{sale} · supplement 1"]
    made.where.one.value = ("tpi-sale", 2024, 1)
    made.where.row.value = (0, 5)
    made.reason.value, made.by.value = "Sent by mistake.", "Its clerk's office"
    assert "2024, supplement 1, row 5: Do not count this row." in made.plan.value
    assert len(filed.cases()) == 3
    made.enter.click()
    assert len(filed.cases()) == 2
    assert [one.correction.where.supplement for one in filed.decisions()] == [1]


def test_a_row_with_personal_data_is_offered_by_its_number_alone(home):
    told = [case(reference="0612345678"), case(subject="حيازة " * 30)]
    Register().receive(send(home / "a.csv", SALE, 2024, *told))
    made = room(Decisions)
    made.where.one.value = ("tpi-sale", 2024, 0)
    (personal, _), (long, _) = made.where.row.options
    assert personal == "Row 5: The row is not shown: it holds personal data."
    assert long.endswith("…")


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"reason": " "}, "Write the reason, the office that confirmed it"),
        ({"by": ""}, "Write the reason, the office that confirmed it"),
        ({"action": "same_case_as"}, "Choose the other row too."),
        ({"by": "0612345678"}, "The reason or the office names a person"),
        ({"reason": "x"}, "Write the reason and the office in words."),
        ({"on": date(2023, 12, 31)}, "The day lies before the year of the return"),
        ({"on": date(9999, 1, 1)}, "or is yet to come."),
        ({"action": "same_case_as", "other": 5}, "The other row is the same row."),
        ({"row": 6, "action": "recode"}, "Choose a new code for one column at least."),
        ({"row": 6, "action": "count_here", "other": 5}, "leaves the row out all the"),
    ],
)
def test_a_decision_that_is_not_whole_is_refused_and_nothing_is_written(
    filed, home, change, message
):
    path = home / "params" / "corrections.yml"
    before = path.read_bytes()
    made = chosen(room(Decisions), **{"row": 5, **change})
    made.enter.click()
    assert message in said(made)
    assert path.read_bytes() == before


def test_an_edition_is_said_then_built_and_its_page_opens_apart(filed, home, project):
    made = room(EditionRoom)
    assert "Cases that count now: 1" in made.plan.value
    made._make()
    assert "Build an edition first." in made.making.said.box.value
    assert "There is no edition for these readers yet." in made.editions.value
    made.build.click()
    assert "Edition 20" in said(made)
    assert made.editions.value.count("<tr>") == 2  # the heads, and the edition
    assert made.year.options == (("2024", 2024),)
    page = "<title>A &amp; B · Qadaya</title><p title='a'>One & two</p>"
    for name in ("annual-2024.en", "index.en"):
        project.write(f"reports/internal/{name}.html", page)
    made.refresh()
    assert [name for name, _ in made.pages.options] == ["A & B · annual-2024.en"]
    made.pages.index = 0
    made._open()
    assert 'sandbox="allow-scripts' in made.page.value
    assert f'srcdoc="{escape(page)}"' in made.page.value
    assert "allow-same-origin" not in made.page.value


def test_each_room_opens_on_a_workbench_that_received_nothing(home):
    for kind in (Inbox, CourtReturns, Late, Decisions, EditionRoom):
        for language in ("ar", "fr", "en"):
            assert "qd-warned" not in said(room(kind, language))


def test_the_desk_is_refused_to_a_run_that_makes_shared_pages(home, monkeypatch):
    monkeypatch.setenv("QADAYA_AUDIENCE", "shared")
    with pytest.raises(ReturnError, match="makes shared pages"):
        qadaya.open_desk()


def test_the_desk_speaks_arabic_unless_told_otherwise(home):
    assert "qd-rtl" in qadaya.open_desk()._dom_classes
    assert "qd-ltr" in qadaya.open_desk("fr")._dom_classes
    with pytest.raises(ParameterError, match="'de'; expected one of ar, fr, en"):
        qadaya.open_desk("de")


def test_the_notebook_of_the_desk_is_for_no_page(project):
    assert read_notebook(NOTEBOOK).audiences == ()
    project.edition()
    project.notebook("annual")
    shutil.copy(NOTEBOOK, project.folder / "notebooks")
    runs = planned(project)
    assert {run.notebook.name for run in runs} == {"annual"}
    for audience in ("internal", "shared"):
        with pytest.raises(ParameterError, match="for the desk alone; no page"):
            planned(project, notebooks=["desk"], audiences=[audience])


@pytest.mark.parametrize("audience", [None, "internal", "shared"])
def test_nbconvert_makes_no_page_of_the_desk(audience):
    notebook = nbformat.read(NOTEBOOK, as_version=4)
    facts = {"audience": audience} if audience else None
    with pytest.raises(ConversionException, match="for the desk alone; no page"):
        QadayaExporter().from_notebook_node(notebook, {"qadaya_facts": facts})


def test_a_notebook_for_the_desk_only_gives_no_shared_page():
    notebook = nbformat.from_dict(json.loads(NOTEBOOK.read_text(encoding="utf-8")))
    notebook.metadata["qadaya"] = {"audiences": ["internal"]}
    notebook.cells[1].source = 'audience = "shared"'
    with pytest.raises(ConversionException, match="internal only; no page for shared"):
        QadayaExporter().from_notebook_node(notebook)
