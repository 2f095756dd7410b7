import pytest

from qadaya.returns.code.wording import known_words, read_wording


@pytest.mark.parametrize("glued", ["", "و", "ب", "ل", "وب", "ول"])
def test_a_particle_glued_to_the_first_word_does_not_matter(glued):
    assert read_wording("first_instance", f"{glued}إدانة").first == "convicted"


def test_a_heap_of_conjunctions_is_no_particle():
    assert read_wording("first_instance", "وووإدانة").first is None


def test_the_longest_pattern_at_a_place_counts():
    assert read_wording("prosecution", "متابعة").first == "prosecuted"
    assert read_wording("prosecution", "عدم المتابعة").first == "closed"


def test_an_unforeseen_negation_is_told():
    assert read_wording("platform", "ليس NCMEC").negated
    assert not read_wording("platform", "NCMEC").negated


def test_a_text_without_words_says_nothing():
    assert read_wording("subject", " / ") == (frozenset(), False, None)


def test_known_words_are_whole_and_bare():
    assert {"prosecuted", "براه"} <= known_words()
    assert [word for word in known_words() if " " in word or "*" in word] == []
