import pytest

from qadaya.returns.person_names import has_a_name, looks_like_a_name


@pytest.mark.parametrize(
    ("text", "holds"),
    [
        ("محمد الفلاني", True),
        ("المسمى فلان", True),
        ("Mme Foulania", True),
        ("شارع محمد الخامس", False),
        ("بن أحمد", False),
        ("سيدي محمد", False),
        ("السيد وكيل الملك", False),
    ],
)
def test_a_name_needs_a_word_that_nothing_else_explains(text, holds):
    assert has_a_name(text) is holds


def test_words_of_the_form_do_not_look_like_a_name():
    assert looks_like_a_name("سعاد الفلانية")
    assert not looks_like_a_name("أحيل الملف")
    assert not looks_like_a_name("المحكمة الابتدائية بسلا")
