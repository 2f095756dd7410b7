import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qadaya.returns.code import code_outcome
from qadaya.returns.code.sentence import (
    fine_mad,
    has_unread_number,
    imprisonment_months,
)

SENTENCES = [
    ("سنتين حبسا نافذا", 24, None),
    ("سنتان حبسا نافذا وغرامة 10.000 درهم", 24, 10_000),
    ("ثلاث سنوات", 36, None),
    ("سنة ونصف حبسا", 18, None),
    ("18 شهرا", 18, None),
    ("ثمانية أشهر حبسا نافذا", 8, None),
    ("6 أشهر حبسا موقوف التنفيذ", 6, None),
    ("سنتين وستة أشهر حبسا نافذا", 30, None),
    ("سنة و6 أشهر", 18, None),
    ("خمس عشرة سنة سجنا", 180, None),
    ("نصف سنة", 6, None),
    ("ستة (06) أشهر حبسا", 6, None),
    ("8أشهر حبسا", 8, None),
    ("٣ سنوات حبسا وغرامة ١٠٬٠٠٠ درهم", 36, 10_000),
    ("سنة حبسا نافذا وستة أشهر موقوفة التنفيذ", 18, None),
    ("سنتين حبسا منها سنة موقوفة التنفيذ", 24, None),
    ("سنة حبسا نافذا في حدود ستة أشهر", 12, None),
    ("2 ans de prison ferme", 24, None),
    ("1 an de prison avec sursis", 12, None),
    ("1 an et 6 mois", 18, None),
    ("1 an dont 6 mois avec sursis", 12, None),
    ("dix-huit mois de prison", 18, None),
    ("two years imprisonment and a fine of 5,000 MAD", 24, 5_000),
    ("45 يوما", 1, None),
    ("غرامة قدرها 10.000,00", None, 10_000),
    ("amende de 5 000 DH", None, 5_000),
    ("خمسة آلاف درهم", None, 5_000),
    ("غرامة مائة ألف درهم", None, 100_000),
    ("غرامة ألفي درهم", None, 2_000),
    ("20 الف درهم", None, 20_000),
    ("خمسمائة درهم", None, 500),
    ("3ans ferme+5000dh", 36, 5_000),
]


@pytest.mark.parametrize(("text", "months", "dirhams"), SENTENCES)
def test_a_sentence_gives_its_months_and_its_fine(text, months, dirhams):
    assert (imprisonment_months(text), fine_mad(text)) == (months, dirhams)


BLANK = re.compile(r"(?<!\d) | (?!\d)")


@pytest.mark.parametrize(
    ("text", "months", "dirhams"),
    [
        (f"{text[: blank.start()]}{text[blank.end() :]}", months, dirhams)
        for text, months, dirhams in SENTENCES
        for blank in BLANK.finditer(text)
    ],
)
def test_a_sentence_with_a_blank_left_out_is_read_or_asked_about(text, months, dirhams):
    is_read = (imprisonment_months(text), fine_mad(text)) == (months, dirhams)
    is_clear = code_outcome("first_instance", text) == "convicted"
    assert is_read or not is_clear or has_unread_number(text)


@pytest.mark.parametrize(
    ("text", "months", "dirhams"),
    [
        ("سنتانو6أشهر", 30, None),
        ("سنةو6أشهر", 18, None),
        ("سنتينوستةأشهر", 30, None),
        ("4سنواتو6أشهر", 54, None),
        ("سنتينحبسانافذاوغرامة5000درهم", 24, 5_000),
        ("خمسعشرة سنة سجنا", 180, None),
        ("غرامة ألفيدرهم", None, 2_000),
        ("6moisavec sursis", 6, None),
        ("dix-huitmois de prison", 18, None),
        ("البالغ السنتين من عمره، سنة حبسا", 12, None),
    ],
)
def test_words_of_a_sentence_are_taken_apart(text, months, dirhams):
    assert (imprisonment_months(text), fine_mad(text)) == (months, dirhams)


@pytest.mark.parametrize(
    ("text", "months", "dirhams"),
    [
        ("سنة وغرامة 500 درهم وتعويض مدني قدره 50.000 درهم", 12, 500),
        ("تعويض 20.000 درهم", None, None),
        ("قاصر عمرها 14 سنة، سنتان حبسا", 24, None),
        ("سنتين حبسا نافذا والمنع من الإقامة لمدة 5 سنوات", 24, None),
        ("الفصل 503-2 سنة حبسا", 12, None),
        ("السجن المؤبد", None, None),
        ("سنة حبسا نافذا للأول وسنتان للثاني", None, None),
        ("15 يوما", None, None),
        ("إدانة", None, None),
    ],
    ids=[
        "damages are no fine",
        "damages alone",
        "an age is no term",
        "a ban is no term",
        "an article of law is no term",
        "a life sentence has no months",
        "several persons",
        "less than a month",
        "nothing stated",
    ],
)
def test_what_is_no_sentence_is_left_out(text, months, dirhams):
    assert (imprisonment_months(text), fine_mad(text)) == (months, dirhams)


UNITS = ["", "", "", *"ثلاث أربع خمس ست سبع ثماني تسع عشر".split()]  # noqa: SIM905


@given(years=st.integers(3, 10), months=st.integers(3, 10))
def test_a_term_in_arabic_words_reads_back_to_its_months(years, months):
    text = f"{UNITS[years]} سنوات و{UNITS[months]}ة أشهر حبسا نافذا"
    assert imprisonment_months(text) == 12 * years + months


@given(
    years=st.integers(1, 30),
    amount=st.integers(1, 900).map(lambda thousands: thousands * 1000),
    mark=st.sampled_from([".", " ", ",", "\N{NO-BREAK SPACE}", ""]),
)
def test_a_sentence_in_figures_reads_back(years, amount, mark):
    fine = f"{amount:,}".replace(",", mark)
    text = f"{years} ans de prison ferme et amende de {fine} DH"
    assert (imprisonment_months(text), fine_mad(text)) == (12 * years, amount)
