"""The ledger is checked by line; a figure enters it with its source or not at all."""

import shutil

import pytest
from typer.testing import CliRunner

import qadaya.cli.ledger  # noqa: F401  the commands join on import
from qadaya.cli.command import app
from qadaya.errors import ParameterError
from qadaya.ledger.add import NewFigure, NewSource, add_figure
from qadaya.ledger.chapter import chapter, chapter_years
from qadaya.ledger.check import check_ledger
from qadaya.ledger.figures import FIGURES, SOURCES, load_ledger
from qadaya.ledger.files import ledger_folder
from qadaya.ledger.printed import values_as_printed


@pytest.fixture
def ledger(tmp_path):
    """A copy of the ledger that a test may damage."""
    for path in ledger_folder().glob("*.csv"):
        shutil.copyfile(path, tmp_path / path.name)
    return tmp_path


def replace(folder, name, old, new):
    path = folder / name
    text = path.read_bytes().decode()
    assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {name}"
    path.write_bytes(text.replace(old, new).encode())


def run(*arguments):
    return CliRunner().invoke(app, [str(each) for each in arguments])


def test_the_ledger_that_comes_with_qadaya_has_no_fault():
    assert check_ledger() == []


@pytest.mark.parametrize(
    ("printed", "values"),
    [
        ("520", {520}),
        ("2.764.660", {2764660}),
        ("322,889", {322889}),
        ("306 902", {306902}),
        ("306 902", {306902}),
        ("16 102", {16102}),
        (">90%", {90}),
        ("+27.53%", {27.53}),
        ("-3%", {-3}),
        ("12.90", {12.9}),
        ("43,69 %", {43.69}),
        ("about 6000", {6000}),
        ("20.5 million", {20500000}),
        ("146 ألفا و96", {146096}),
        ("28 ألف و29", {28029}),
        ("46.830", {46830}),
        ("none", set()),
    ],
)
def test_a_figure_as_printed_is_read_in_every_way_it_can_mean(printed, values):
    assert values_as_printed(printed) == values


def test_a_share_with_three_decimals_could_be_a_count_in_thousands():
    assert values_as_printed("46.830", whole=False) == {46.83, 46830}


MADAR = "2023,MADAR21_23,sextortion,cases,207,207,"


@pytest.mark.parametrize(
    ("name", "old", "new", "message"),
    [
        (
            FIGURES,
            MADAR,
            "2023,MADAR21_23,sextortion,cases,208,207,",
            "the value is 208, as printed '207'; expected the same number in both",
        ),
        (
            FIGURES,
            MADAR,
            "2023,MADAR21_32,sextortion,cases,207,207,",
            "source_id is 'MADAR21_32'; expected one of national_statistics_sources",
        ),
        (
            FIGURES,
            MADAR,
            "2023,MADAR21_23,sextortion,euros,207,207,",
            "measure is 'euros' in sextortion; expected one of cases, persons",
        ),
        (
            FIGURES,
            MADAR,
            "203,MADAR21_23,sextortion,cases,207,207,",
            "year is '203'; expected a year",
        ),
        (
            FIGURES,
            MADAR,
            "2023,MADAR21_23,sextortion,cases,many,207,",
            "the value is 'many'; expected a number",
        ),
        (
            FIGURES,
            MADAR,
            f"{MADAR}\n{MADAR}",
            "2023, MADAR21_23, sextortion, cases stands in line ",
        ),
        (
            FIGURES,
            "2023,ASSABAH,sextortion,cases,207,207,",
            "2023,ASSABAH,sextortion,cases,217,217,",
            "2023 sextortion cases is 207 and 217 (also line ",
        ),
        (
            "arithmetic.csv",
            "2023,cases,cybercrime_total,sextortion|sexual_harassment|online_fraud|",
            "2023,cases,cybercrime_total,sextortion|online_fraud|",
            "cybercrime_total of 2023 (cases) is printed as 520, its parts add to 316",
        ),
        (
            "circuit_caseload.csv",
            "2024,SAJ24C,tpi-mohammedia,",
            "2024,SAJ24C,tpi-mohamedia,",
            "court_id is 'tpi-mohamedia'; expected an identifier of data/reference",
        ),
        (
            "circuit_caseload.csv",
            "2024,FES24,ca-fes,circuit,cases_registered,",
            "2024,FES24,ca-fes,town,cases_registered,",
            "scope is 'town'; expected circuit, court",
        ),
        (
            SOURCES,
            "https://madar21.com/326191.html",
            "madar21.com/326191.html",
            "url is 'madar21.com/326191.html'; expected an address",
        ),
        (SOURCES, ",2023-01-02,", ",2 January 2023,", "published is '2 January 2023'"),
    ],
)
def test_each_fault_is_named_with_its_file_and_line(ledger, name, old, new, message):
    replace(ledger, name, old, new)

    faults = [str(fault) for fault in check_ledger(ledger)]

    assert any(message in fault for fault in faults), faults
    assert all(", line " in fault for fault in faults)
    assert run("ledger", "check", "--folder", ledger).exit_code == 1


def test_a_file_with_other_columns_is_refused_before_its_lines(ledger):
    replace(ledger, FIGURES, "year,source_id,series,", "year,source,series,")
    with pytest.raises(ParameterError, match="line 1: the columns are year, source,"):
        check_ledger(ledger)


def test_a_missing_file_is_named(ledger):
    (ledger / SOURCES).unlink()
    answer = run("ledger", "check", "--folder", ledger)
    assert answer.exit_code == 2
    assert "national_statistics_sources.csv: not found" in answer.stderr


def test_check_answers_how_much_it_has_checked():
    answer = run("ledger", "check")
    assert answer.exit_code == 0
    assert answer.stdout.endswith("no fault\n")
    assert "404 national figures and 126 caseloads" in answer.stdout


NEW = NewFigure(2025, "MADAR21_23", "sextortion", "cases", "260")


def test_a_figure_is_added_after_the_last_of_its_year_and_nothing_else_moves(ledger):
    before = (ledger / FIGURES).read_text().splitlines()

    added = add_figure(NEW._replace(year=2024), folder=ledger)

    after = (ledger / FIGURES).read_text().splitlines()
    assert added.line == "2024,MADAR21_23,sextortion,cases,260,260," + (
        "CONFLICT with 250 (ALOMQ24), 250 (TANJAOUI24)."
    )
    assert added.others == ["250 (ALOMQ24)", "250 (TANJAOUI24)"]
    (new,) = [line for line in after if line not in before]
    assert [line for line in after if line != new] == before
    place = after.index(new)
    assert after[place - 1].startswith("2024,") and after[place + 1].startswith("2025,")
    assert check_ledger(ledger) == []


def test_a_new_source_is_added_with_its_figure(ledger):
    source = NewSource("PMP25", "PMP", "Report 2025", "https://pmp.ma/x", "2026", "ar")
    add_figure(NEW._replace(source_id="PMP25", as_printed="77"), source, ledger)
    row = load_ledger(ledger).query("source_id == 'PMP25'").iloc[0]
    assert (row["value"], row["publisher"], row["url"]) == (77, "PMP", source.url)
    assert (ledger / SOURCES).read_bytes().count(b"\r\n") == 120


@pytest.mark.parametrize(
    ("figure", "source", "message"),
    [
        (
            NEW._replace(source_id=""),
            None,
            "source is empty: not in national_statistics_sources.csv; expected a sour",
        ),
        (NEW._replace(source_id="X"), None, "source X: not in national_statistics_so"),
        (
            NEW._replace(source_id="X"),
            NewSource("X", "P", "", "https://x.ma", "", "ar"),
            "source X: publisher, title or address is empty",
        ),
        (
            NEW,
            NewSource("MADAR21_23", "P", "T", "https://x.ma", "", "ar"),
            "source MADAR21_23: stands in national_statistics_sources.csv",
        ),
        (
            NEW._replace(
                series="sextortion_share_of_cases",
                measure="percent",
                as_printed="1.234",
            ),
            None,
            "'1.234': read as 1.234 or 1234; expected one number",
        ),
        (
            NEW._replace(series="sextorsion"),
            None,
            "series is 'sextorsion', which the ledger does not hold; expected a series "
            "of the ledger, such as sextortion. Say that it is new with --new-series",
        ),
        (NEW._replace(as_printed="many"), None, "'many': read as no number"),
        (NEW._replace(as_printed="7", measure="euros"), None, "measure is 'euros'"),
        (
            NEW._replace(year=2023, as_printed="207"),
            None,
            "MADAR21_23 already gives cases of sextortion for 2023",
        ),
    ],
)
def test_what_cannot_be_kept_is_refused_and_nothing_is_written(
    ledger, figure, source, message
):
    before = (ledger / FIGURES).read_bytes(), (ledger / SOURCES).read_bytes()
    with pytest.raises(ParameterError) as caught:
        add_figure(figure, source, ledger)
    assert message in str(caught.value)
    assert before == ((ledger / FIGURES).read_bytes(), (ledger / SOURCES).read_bytes())


def test_a_new_series_is_taken_when_it_is_said_to_be_new(ledger):
    figure = NEW._replace(series="voice_cloning")
    added = add_figure(figure, folder=ledger, new_series=True)
    assert added.line == "2025,MADAR21_23,voice_cloning,cases,260,260,"
    # It is known from then on.
    add_figure(figure._replace(year=2024), folder=ledger)


def test_a_chapter_of_next_year_is_entered_line_by_line(ledger):
    # Invented figures, in a copy; the walk in CONTRIBUTING.md.
    new = [
        "--publisher",
        "Invented daily",
        "--title",
        "A report",
        "--url",
        "https://x.ma",
    ]
    lines = [
        ("cybercrime_total", "cases", "511"),
        ("cybercrime_total", "persons", "602"),
        ("sextortion", "cases", "260"),
        ("child_pornography_total", "cases", "51"),
        ("cybercrime_total_yoy_cases", "percent", "+8.7%"),
    ]
    for place, (series, measure, printed) in enumerate(lines):
        answer = run(
            *("ledger", "add", "--folder", ledger, "--source", "INVENTED_25"),
            *("--year", 2025, "--series", series, "--measure", measure),
            *("--as-printed", printed, *(new if place == 0 else ())),
        )
        assert answer.exit_code == 0, answer.output
    assert run("ledger", "check", "--folder", ledger).exit_code == 0
    entered = load_ledger(ledger)
    assert chapter_years(entered) == list(range(2019, 2026))
    found = {(each.series, each.measure): each for each in chapter(2025, entered)}
    assert found["cybercrime_total", "cases"].value == 511
    assert found["online_fraud", "cases"].reason == "together"


def test_a_ledger_with_a_fault_takes_no_figure(ledger):
    replace(ledger, FIGURES, MADAR, "2023,MADAR21_23,sextortion,cases,208,207,")
    with pytest.raises(ParameterError, match="mend them before adding"):
        add_figure(NEW._replace(as_printed="7"), folder=ledger)


def test_add_asks_for_what_no_option_says_and_shows_what_it_denies(ledger):
    answers = "2024\nsextortion\ncases\n260\nMADAR21_23\n"
    answer = CliRunner().invoke(
        app, ["ledger", "add", "--folder", str(ledger)], input=answers
    )
    assert answer.exit_code == 0, answer.output
    assert "read as 260 cases" in answer.stdout
    assert "another source prints 250 (ALOMQ24); both stay" in answer.stdout
