"""Difficulties: coded by theme, shown to the desk alone, counted without a word."""

import json

import pytest
from openpyxl import load_workbook
from typer.testing import CliRunner

from empty_workbench import empty_workbench
from qadaya.cli import app
from qadaya.editions.build import build_edition
from qadaya.editions.edition import open_edition
from qadaya.errors import ParameterError
from qadaya.returns.form import write_form
from qadaya.returns.form.notes import DIFFICULTIES_HEADING_ROW
from qadaya.returns.form.table import FIRST_ROW, LETTERS
from qadaya.returns.register import Register
from qadaya.returns.themes import read_themes
from qadaya.views.topics import quality

SLOW_EXPERTS = "تأخر ورود نتائج الخبرة التقنية على الأجهزة المحجوزة."
ABROAD = "طول أمد الإنابات القضائية الدولية."
PERSONAL = "يصعب الاتصال بالخبير على الرقم 0612345678"


@pytest.fixture(scope="module")
def themes():
    return read_themes()


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (SLOW_EXPERTS, ["expertise", "delays"]),
        (ABROAD, ["cooperation", "delays"]),
        ("صعوبة تحديد هوية مستعملي الخطوط المسبقة الدفع.", ["identification"]),
        ("عدم وجود خبراء", ["expertise"]),
        ("Retard des opérateurs télécoms", ["providers", "delays"]),
        ("Manque de formation des enquêteurs", ["means"]),
        ("شيء آخر تماما", ["other"]),
        ("Aucune difficulté particulière", []),
        ("لا توجد أية صعوبات", []),
        ("لا شيء", []),
        ("néant", []),
        ("", []),
        (None, []),
    ],
)
def test_a_text_is_of_each_theme_whose_keyword_it_holds(themes, text, found):
    assert themes.of(text) == found


def test_every_theme_has_its_name_in_three_languages(themes):
    for names in themes.names.values():
        assert set(names) == {"ar", "fr", "en"}


HEAD = "decision: {by: The desk, decided: 2026-01-01, why: It is so.}\nthemes:\n"
NAME = "name: {ar: aa, fr: ff, en: ee}"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (HEAD + f"  x: {{{NAME}}}", "themes.x.keywords: Field required"),
        (HEAD + f"  x: {{{NAME}, keywords: []}}", "themes.x.keywords"),
        (HEAD + "  x: {name: {ar: aa}, keywords: [word]}", "themes.x.name.fr"),
        (HEAD + f"  x: {{{NAME}, keywords: ['. .']}}", "would be found everywhere"),
        (HEAD + f"  other: {{{NAME}, keywords: [word]}}", "is what no keyword finds"),
        (HEAD + f"  X y: {{{NAME}, keywords: [word]}}", "themes"),
        (HEAD + f"  x: {{{NAME}, keywords: [word], weight: 2}}", "themes.x.weight"),
        ("themes: {}", "decision: Field required"),
    ],
)
def test_the_file_of_themes_is_read_strictly(tmp_path, text, message):
    path = tmp_path / "difficulties.yml"
    path.write_text(text)
    with pytest.raises(ParameterError) as caught:
        read_themes(path)
    assert message in str(caught.value)
    assert len(str(caught.value).splitlines()) == 1


@pytest.fixture
def bench(tmp_path, monkeypatch):
    folder = empty_workbench(tmp_path / "bench")
    monkeypatch.chdir(folder)
    return folder


def returned(path, court, text):
    """The court's form with one case and what it writes of its difficulties."""
    write_form(path, court_id=court, year=2022)
    book = load_workbook(path)
    typed = {"body": "BNPJ", "subject": "ابتزاز", "platform": "CPS"}
    for column, word in (typed | {"prosecution": "حفظ"}).items():
        book.worksheets[0][f"{LETTERS[column]}{FIRST_ROW}"] = word
    book.worksheets[1][f"A{DIFFICULTIES_HEADING_ROW + 1}"] = text
    book.save(path)
    return path


@pytest.fixture
def register(bench):
    shelf = Register()
    for court, text in (("tpi-sale", SLOW_EXPERTS), ("tpi-fes", ABROAD)):
        shelf.receive(returned(bench / f"{court}.xlsx", court, text))
    shelf.receive(returned(bench / "rabat.xlsx", "tpi-rabat", "لا شيء"))
    return shelf


def test_the_desk_reads_what_was_written_with_its_themes(register):
    told = register.difficulties()
    assert told["court_id"].tolist() == ["tpi-sale", "tpi-fes"]
    assert told["themes"].tolist() == ["expertise,delays", "cooperation,delays"]
    assert told["text"].tolist() == [SLOW_EXPERTS, ABROAD]


@pytest.mark.parametrize("language", ["ar", "fr", "en"])
def test_the_command_shows_them_in_three_languages(register, language):
    answer = CliRunner().invoke(app, ["difficulties", "--language", language])
    assert answer.exit_code == 0
    told = CliRunner().invoke(app, ["difficulties", "--format", "json"]).stdout
    assert [one["text"] for one in json.loads(told)] == [SLOW_EXPERTS, ABROAD]
    lines = CliRunner().invoke(app, ["difficulties", "--year", "2021", "--format",
                                     "csv"]).stdout.splitlines()  # fmt: skip
    assert len(lines) == 1


def test_an_internal_edition_counts_courts_by_theme_and_holds_no_word(register):
    edition = build_edition(*register.contents(), audience="internal")
    table = quality.difficulties_by_theme(edition, language="fr")
    assert table.values.tolist() == [
        ["Longueur des délais", 2],
        ["Coopération judiciaire internationale", 1],
        ["Expertise technique et preuve numérique", 1],
    ]
    for path in edition.path.iterdir():
        assert "الخبرة التقنية على".encode() not in path.read_bytes()
        assert "الإنابات".encode() not in path.read_bytes()


def test_a_shared_edition_holds_no_difficulty(seven_courts):
    shared = open_edition(audience="shared", folder=seven_courts)
    assert "difficulties" not in shared.tables
    assert quality.difficulties_by_theme(shared).empty
    assert "stay at the desk" in quality.say_difficulties(shared)


def test_personal_data_among_difficulties_is_kept_nowhere(bench):
    shelf = Register()
    [filed] = shelf.receive(returned(bench / "x.xlsx", "tpi-sale", PERSONAL))
    assert filed.reading.difficulties is None
    assert "personal_data" in {one.rule for one in filed.reading.problems}
    assert shelf.difficulties().empty
    for words in (["difficulties"], ["returns"], ["receive", str(bench / "x.xlsx")]):
        assert "0612345678" not in CliRunner().invoke(app, words).output
    assert b"0612345678" not in shelf.database.read_bytes()
