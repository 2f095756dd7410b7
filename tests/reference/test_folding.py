import pytest
from hypothesis import given
from hypothesis import strategies as st

from qadaya.reference import bare_words, fold, plain, vocabulary_of, words


@pytest.mark.parametrize(
    ("typed", "folded"),
    [
        ("الإستئناف", "الاستيناف"),
        ("الاستئناف", "الاستيناف"),
        ("براءة", "براه"),
        ("مستشفى", "مستشفي"),
        ("ســـلا", "سلا"),
        ("سلا\N{ZERO WIDTH NON-JOINER}", "سلا"),
        ("بني\N{NO-BREAK SPACE}ملال", "بني ملال"),
        ("ﻣﺤﻜﻤﺔ", "محكمه"),
        ("مُتَابَعَة", "متابعه"),
        ("٢٠٢٣", "2023"),
        ("۲۰۲۳", "2023"),
        ("Fès, Salé", "fes sale"),
        ("Cour d’appel d'Œuvre", "cour d appel d oeuvre"),
        ("Tan-Tan", "tan tan"),
        ("D.G.S.N.", "dgsn"),
        ("ب.....", "ب"),
        ("المحكمةالابتدائية", "المحكمه الابتداييه"),
        ("سنةًواحدة", "سنه واحده"),
        ("إدانةـ", "ادانه"),
        ("ةنادإ", "هنادا"),
        ("", ""),
        ("//", ""),
    ],
)
def test_one_spelling_stands_for_many(typed, folded):
    assert fold(typed) == folded


@given(st.text())
def test_folding_twice_changes_nothing(text):
    assert fold(fold(text)) == fold(text)


def test_plain_text_keeps_the_marks_inside_a_number():
    assert plain("غرامة ١٠٬٠٠٠٫٥٠ DH") == "غرامه 10.000,50 dh"


def test_a_number_and_the_word_glued_to_it_are_two_words():
    assert words("8أشهر") == ["8", "اشهر"]


def test_articles_and_glued_particles_do_not_matter():
    assert bare_words("والشرطة القضائية") == bare_words("للشرطة قضائية")


@given(st.lists(st.text(alphabet="الوبس é.1 -")))
def test_a_vocabulary_is_the_bare_words_of_every_text(texts):
    one_by_one = {word for text in texts for word in bare_words(text).split()}
    assert vocabulary_of(texts) == one_by_one
