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


TAKEN_BACK = {
    "prosecution": (
        *("متابعة (ملغاة)", "متابعة خطأ", "متابعة بالخطأ", "المتابعة لم تتم"),
        *("متابعة - لا", "متابعة؟", "متابعة ربما", "متابعة (مكررة)", "ألغيت المتابعة"),
        *("متابعة تم التراجع عنها", "poursuite annulée", "Poursuites : non"),
        *("Poursuivi, à vérifier", "prosecuted by mistake", "prosecuted (tbc)"),
        *("not prosecuted yet", "لم يتابع بعد", "متابعة: 0", "قبل المتابعة"),
        *("اقتراح متابعة", "في انتظار المتابعة", "projet de poursuite"),
        *("م\u0336ت\u0336ا\u0336ب\u0336ع\u0336ة", "~~متابعة~~", "<s>متابعة</s>"),
    ),
    "platform": ("CPS (خطأ)", "NECMEC ملغى", "CPS non", "CPS à confirmer"),
    "first_instance": (
        *(
            "براءة جزئية",
            "acquittement partiel",
            "إدانة (ملغاة)",
            "براءة خطأ",
            "condamné (annulé)",
            "convicted (void)",
        ),
        *("acquittement par erreur", "إدانة غير صحيحة", "ملتمس الإدانة"),
        *("إدانة إن ثبت", "condamnation prévue", "condamné antérieurement"),
    ),
    "appeal": ("إدانة (ملغاة)", "تأييد خطأ", "Condamnation annulée"),
    "cassation": ("رفض (خطأ)", "rejet annulé"),
    "subject": ("حيازة (خطأ)", "possession (erreur)"),
}


@pytest.mark.parametrize(
    ("field", "text"),
    [(field, t) for field, texts in TAKEN_BACK.items() for t in texts],
)
def test_an_answer_that_is_taken_back_is_none(field, text):
    reading = read_wording(field, text)
    assert reading.negated or len(reading.codes) != 1


@pytest.mark.parametrize(
    ("field", "text", "code"),
    [
        ("first_instance", "البراءة لفائدة الشك", "acquitted"),
        ("first_instance", "Condamné, pas d'appel", "convicted"),
        ("appeal", "إلغاء الحكم الابتدائي والحكم من جديد بالإدانة", "convicted"),
        ("appeal", "annulé, acquittement", "acquitted"),
        ("prosecution", "عدم المتابعة", "closed"),
        ("prosecution", "متابعة في حالة سراح", "prosecuted"),
    ],
)
def test_a_word_of_doubt_that_belongs_to_an_answer_takes_nothing_back(
    field, text, code
):
    reading = read_wording(field, text)
    assert not reading.negated
    assert code in reading.codes


ONE_WORD = {
    "prosecution": {"متابعة": "prosecuted", "حفظ": "closed", "poursuite": "prosecuted"},
    "platform": {"NECMEC": "NCMEC", "CPS": "CPS"},
    "first_instance": {
        **{"إدانة": "convicted", "إدانته": "convicted", "condamné": "convicted"},
        **{"براءة": "acquitted", "acquitté": "acquitted"},
    },
    "appeal": {"تأييد": "upheld", "إلغاء": "overturned", "تعديل": "amended"},
}
PAIRS = [
    (field, f"{one}{link}{other}")
    for field, codes in ONE_WORD.items()
    for one, code in codes.items()
    for link in ("", "و")
    for other in codes
    if codes[other] != code
]


@pytest.mark.parametrize(("field", "text"), PAIRS)
def test_two_answers_without_a_blank_between_them_are_none(field, text):
    reading = read_wording(field, text)
    assert reading.negated or len(reading.codes) != 1


@pytest.mark.parametrize(
    ("field", "text"),
    [
        ("prosecution", "متابعةملغاة"),
        ("appeal", "تأييدملغى"),
        ("first_instance", "condamnéannulé"),
    ],
)
def test_an_answer_is_taken_back_without_a_blank_too(field, text):
    assert read_wording(field, text).negated


@pytest.mark.parametrize(
    ("field", "text", "code"),
    [
        ("prosecution", "متابعةفي حالة سراح", "prosecuted"),
        ("first_instance", "بإدانةالمتهم", "convicted"),
        ("first_instance", "إدانتهما", "convicted"),
        ("first_instance", "condamnations", "convicted"),
        ("platform", "منصةCPS", "CPS"),
    ],
)
def test_an_ending_or_a_blank_left_out_changes_no_answer(field, text, code):
    assert read_wording(field, text) == (frozenset({code}), False, code)


def test_known_words_are_whole_and_bare():
    assert {"prosecuted", "براه"} <= known_words()
    assert [word for word in known_words() if " " in word or "*" in word] == []
