import pytest

from qadaya.reference import body_name, find_body, nearest_body


@pytest.mark.parametrize(
    ("text", "body"),
    [
        ("الشرطة القضائية بسلا", "dgsn-pj"),
        ("درك سيدي قاسم", "gr"),
        ("الفرقة الوطنية للشرطه القضائيه", "bnpj"),
        ("المديرية العامة للأمن الوطني - الشرطة القضائية", "dgsn-pj"),
        ("فرقة الأحداث التابعة للشرطة القضائية بفاس", "dgsn-minors"),
        ("المركز القضائي للدرك الملكي بتازة", "gr-judicial-centre"),
        ("B.N.P.J.", "bnpj"),
        ("Brigade des mineurs, PJ de Fès", "dgsn-minors"),
        ("أخرى", "other"),
        ("إدارة الجمارك", None),
        ("الشرطة القضائية والدرك الملكي", None),
        ("", None),
    ],
)
def test_the_most_specific_known_name_counts(text, body):
    assert find_body(text) == body


def test_a_misspelt_body_is_only_suggested():
    assert find_body("فرقت الأحدات") is None
    assert nearest_body("فرقت الأحدات") == "dgsn-minors"


def test_every_body_has_a_name_in_three_languages():
    names = {body_name("bnpj", language) for language in ("ar", "fr", "en")}
    assert len(names) == 3
