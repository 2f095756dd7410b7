import pytest
import yaml

from checkout import CHECKOUT
from qadaya.errors import ParameterError
from qadaya.pages.run.params import Parameters, read_parameters


def read(folder, text):
    path = folder / "2023.yml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return read_parameters(path)


def test_a_file_with_all_four_parameters_is_read_as_typed(tmp_path):
    text = 'year: 2023\nedition: "2026.1"\naudience: shared\nlanguage: fr\n'
    assert read(tmp_path, text) == Parameters(
        year=2023, edition="2026.1", audience="shared", language="fr"
    )


def test_a_notebook_hears_of_digits_only_where_they_are_not_the_usual_ones(tmp_path):
    usual = read(tmp_path, "year: 2022\nlanguage: ar")
    assert "digits" not in usual.for_notebook()
    own = read(tmp_path, "year: 2022\nlanguage: ar\ndigits: arabic")
    assert own.for_notebook()["digits"] == "arabic"


def test_what_is_left_out_is_what_the_notebook_itself_has(tmp_path):
    assert read(tmp_path, "year: 2022").model_dump() == {
        "year": 2022,
        "edition": "latest",
        "audience": "internal",
        "language": "en",
        "digits": "western",
        "own": {},
    }


BAD = {
    "unknown": (
        "yaer: 2023",
        "yaer is not a parameter; expected year, edition, audience, language and "
        "digits; did you mean year?",
    ),
    "nothing like it": (
        "year: 2023\ncolour: red",
        "colour is not a parameter; expected year, edition, audience, language and "
        "digits",
    ),
    "year as text": (
        'year: "2023"',
        "year is '2023' (text); expected a year such as 2023, written without quotes",
    ),
    "year with a decimal": ("year: 2023.0", "year is 2023.0 (a decimal number); "),
    "year as yes": ("year: yes", "year is True (yes/no); "),
    "year as nothing": ("year:", "year is None (nothing); "),
    "years": ("year: [2022, 2023]", "year is [2022, 2023] (a list); "),
    "edition as number": (
        "year: 2023\nedition: 2026.1",
        "edition is 2026.1 (a decimal number); "
        'expected latest, or a number in quotes such as "2026.1"',
    ),
    "edition as path": ("year: 2023\nedition: ../x", "edition is '../x' (text); "),
    "audience": (
        "year: 2023\naudience: share",
        "audience is 'share' (text); expected internal or shared; did you mean shared?",
    ),
    "language": (
        "year: 2023\nlanguage: de",
        "language is 'de' (text); expected ar, fr or en",
    ),
    "no year": ("language: ar", "year is missing; "),
    "twice": ("year: 2023\nyear: 2024", "line 2: year is written twice; expected once"),
    "empty": (
        "",
        "the file is empty; expected year, edition, audience, language and digits",
    ),
    "comment only": ("# nothing\n", "the file is empty; "),
    "list": ("- 2023", "found a list; expected lines of `name: value` for year, "),
    "word": ("2023", "found a whole number; expected lines of `name: value`"),
    "number as key": ("2023: year", "2023 is not a parameter; expected year, "),
    "broken": ("year: [2023", "line 1: "),
    "impossible date": ("year: 2023-13-45", "month must be in 1..12"),
    "not UTF-8": (b"year: \xff\xfe", "not UTF-8 text; save it as UTF-8"),
    "code": ("year: !!python/name:os.system", "line 1: could not determine"),
}


@pytest.mark.parametrize("text, message", BAD.values(), ids=BAD.keys())
def test_bad_parameters_are_one_line_with_file_key_found_and_expected(
    tmp_path, text, message
):
    with pytest.raises(ParameterError) as refused:
        read(tmp_path, text)
    line = str(refused.value)
    assert line.startswith(f"{tmp_path / '2023.yml'}: ")
    assert message in line
    assert "\n" not in line


def test_two_faults_of_one_file_come_in_one_line(tmp_path):
    with pytest.raises(ParameterError) as refused:
        read(tmp_path, "yeer: 2023\naudience: 1")
    line = str(refused.value)
    assert "year is missing" in line
    assert "did you mean year?" in line
    assert "audience is 1 (a whole number)" in line
    assert "\n" not in line


def test_a_missing_file_is_one_line(tmp_path):
    with pytest.raises(ParameterError, match="cannot be read"):
        read_parameters(tmp_path / "none.yml")


@pytest.mark.parametrize("year", [2021, 2022, 2023, 2024])
def test_the_shipped_files_are_read_and_name_their_own_year(year):
    path = CHECKOUT / "params" / f"{year}.yml"
    assert read_parameters(path).year == year
    assert yaml.safe_load(path.read_text())["edition"] == "latest"
