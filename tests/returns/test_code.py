from functools import partial

import pytest

from qadaya.language import LANGUAGES
from qadaya.returns import code
from qadaya.returns.code import code_outcome
from qadaya.returns.code.sentence import has_unread_number
from qadaya.returns.code.ticks import chosen
from qadaya.vocabulary import codes, label

CODING = {
    "platform": code.code_platform,
    "prosecution": code.code_prosecution,
    "first_instance": partial(code_outcome, "first_instance"),
    "appeal": partial(code_outcome, "appeal"),
    "cassation": partial(code_outcome, "cassation"),
    "subject": lambda text: code.code_subject(text)[0],
}


def cases(listing):
    """`text -> code` lines as parameters; `?` stands for a text that is not clear."""
    lines = [line.strip() for line in listing.strip().splitlines()]
    pairs = [line.rsplit(" -> ", 1) for line in lines]
    return [(text, None if coded == "?" else coded) for text, coded in pairs]


@pytest.mark.parametrize(
    ("text", "coded"),
    cases("""
        NECMEC -> NCMEC
        necmed -> NCMEC
        N.C.M.E.C -> NCMEC
        منصة NECMEC -> NCMEC
        المنصة الأمريكية -> NCMEC
        CyberTipline 1234567 -> NCMEC
        C.P.S -> CPS
        نظام حماية الأطفال -> CPS
        NECMEC / CPS -> NCMEC+CPS
        CPS et NCMEC -> NCMEC+CPS
        هما معا -> NCMEC+CPS
        NECMEC وCPS -> NCMEC+CPS
        NCMEC, CPS : les deux -> NCMEC+CPS
        INTERPOL -> ?
        INTERPOL / CPS -> ?
        فايسبوك -> ?
    """),
)
def test_a_platform_gets_its_code(text, coded):
    assert code.code_platform(text) == coded


@pytest.mark.parametrize(
    ("text", "coded"),
    cases("""
        متابعة -> prosecuted
        توبع -> prosecuted
        ﻣﺘﺎﺑﻌﺔ -> prosecuted
        المتابعة في حالة اعتقال -> prosecuted
        متابعة وإحالة -> prosecuted
        أحيل على قاضي التحقيق -> prosecuted
        Poursuites engagées -> prosecuted
        حفظ -> closed
        حـــفـــظ -> closed
        تم حفظ المسطرة لانعدام الإثبات -> closed
        عدم المتابعة -> closed
        لم يتابع -> closed
        لم تتم متابعته -> closed
        non poursuivi -> closed
        pas de poursuites -> closed
        Classement sans suite -> closed
        not prosecuted -> closed
        البحث جار -> under_investigation
        لازال البحث جاريا -> under_investigation
        متابعة البحث -> under_investigation
        Enquête en cours -> under_investigation
        إحالة على الاختصاص -> referred
        أحيلت على المحكمة المختصة -> referred
        Renvoi pour compétence -> referred
        ينظر الملف -> ?
        لا يتابع -> ?
        متابعة الأول وحفظ في حق الثاني -> ?
    """),
)
def test_a_prosecution_gets_its_code(text, coded):
    assert code.code_prosecution(text) == coded


@pytest.mark.parametrize(
    ("text", "coded"),
    cases("""
        إدانة -> convicted
        سنتان حبسا موقوفة -> convicted
        سنتان -> convicted
        غرامة 5000 درهم -> convicted
        السجن المؤبد -> convicted
        إدانة من أجل الحيازة وبراءته من الباقي -> convicted
        1 an de prison avec sursis -> convicted
        براءة -> acquitted
        عدم المؤاخذة -> acquitted
        لم تتم إدانته -> acquitted
        Relaxe -> acquitted
        not guilty -> acquitted
        رائجة -> pending
        لا زالت رائجة -> pending
        لم يبت فيها -> pending
        في المداولة -> pending
        مؤجلة -> pending
        pas encore jugé -> pending
        عدم الاختصاص -> other
        سقوط الدعوى العمومية -> other
        Extinction de l'action publique -> other
        - -> none
        // -> none
        لا يوجد -> none
        néant -> none
        ؟؟ -> ?
        أخرى -> ?
        غير واضح -> ?
        إدانة المتهم الأول وبراءة الثاني -> ?
    """),
)
def test_a_first_instance_outcome_gets_its_code(text, coded):
    assert code_outcome("first_instance", text) == coded


@pytest.mark.parametrize(
    ("text", "coded"),
    cases("""
        تأييد -> upheld
        تأييد الحكم القاضي بالإدانة -> upheld
        تأييد مع التعديل -> amended
        تأييد مع رفع العقوبة إلى سنتين -> amended
        Confirmation avec modification -> amended
        infirmation partielle -> amended
        إلغاء -> overturned
        Infirmation -> overturned
        إلغاء الإدانة -> overturned
        إلغاء الحكم القاضي بالبراءة -> overturned
        إلغاء الحكم القاضي بالبراءة والتصدي بالإدانة -> convicted
        Infirmation de la relaxe -> overturned
        peine réduite à 6 mois -> amended
        إلغاء الحكم المستأنف والتصريح بالبراءة -> acquitted
        إدانة -> convicted
        مستأنف -> pending
        برائجة استئنافيا -> pending
        رائجة -> pending
        لم يستأنف -> none
        لم تعرض على هذه الدرجة -> none
        pas d'appel -> none
        عدم القبول -> other
        تأييد وإلغاء -> ?
    """),
)
def test_an_appeal_gets_its_code(text, coded):
    assert code_outcome("appeal", text) == coded


@pytest.mark.parametrize(
    ("text", "coded"),
    cases("""
        رفض الطلب -> rejected
        رفض طلب النقض -> rejected
        Rejet du pourvoi en cassation -> rejected
        نقض وإحالة -> quashed
        Cassation avec renvoi -> quashed
        عدم القبول -> inadmissible
        عدم قبول طلب النقض -> inadmissible
        طعن بالنقض -> pending
        رائجة أمام محكمة النقض -> pending
        لم يطعن -> none
        كذا -> ?
    """),
)
def test_a_cassation_gets_its_code(text, coded):
    assert code_outcome("cassation", text) == coded


@pytest.mark.parametrize(
    ("text", "coded", "is_clear"),
    [
        ("حيازة مواد إباحية لقاصرين", "possession", True),
        ("نشر وتوزيع", "distribution", True),
        ("تصوير قاصر", "production", True),
        ("التحريض على استغلال الأطفال في مواد إباحية", "incitement", True),
        ("Sollicitation d'un mineur en ligne", "solicitation", True),
        ("sextorsion", "extortion", True),
        ("تحرش بقاصر عبر الأنترنت", "other", True),
        ("حيازة ونشر مواد إباحية", "possession", False),
        ("تقرير إخباري", "other", False),
        ("", "other", False),
    ],
)
def test_a_subject_gets_its_code_and_says_whether_it_is_clear(text, coded, is_clear):
    assert code.code_subject(text) == (coded, is_clear)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("column", [*CODING])
def test_the_word_that_we_show_for_a_code_is_read_as_that_code(column, language):
    # `other` is what a reader concludes; nobody writes it.
    shown = {coded: label(column, coded, language) for coded in codes(column)}
    shown.pop("other", None)
    assert {coded: CODING[column](text) for coded, text in shown.items()} == {
        coded: coded for coded in shown
    }


def test_only_a_conviction_has_a_sentence():
    assert code.code_sentence("convicted", "سنة وغرامة 500 درهم") == (12, 500)
    assert code.code_sentence("pending", "مؤجلة لمدة شهر") == (None, None)


def test_references_that_differ_in_their_spelling_have_one_digest():
    digest = code.code_reference("2022/2103/456")
    assert digest == code.code_reference("٢٠٢٢ / ٢١٠٣ / ٤٥٦")
    assert digest != code.code_reference("2022/2103/457")
    assert code.code_reference("-") is None


@pytest.mark.parametrize(
    ("text", "month"),
    [
        ("2024-03", "2024-03"),
        ("03/2024", "2024-03"),
        ("15/03/2024", "2024-03"),
        ("2024-03-15", "2024-03"),
        ("٠٣/٢٠٢٤", "2024-03"),
        ("mars 2024", "2024-03"),
        ("غشت 2024", "2024-08"),
        ("مارس24", "2024-03"),
        ("2024 مارس", "2024-03"),
        ("Mar.2024", "2024-03"),
        ("شهر مارس من سنة 2024", "2024-03"),
        ("lundi 4 mars 2024", "2024-03"),
        ("mar. 5 mars 2024", "2024-03"),
        ("2024-03-15 00:00:00", "2024-03"),
        ("13/2024", None),
        ("45352", None),
        ("22 mars", None),
        ("مارس وأبريل 2024", None),
        ("T1 2024", None),
        ("bientôt", None),
    ],
)
def test_a_month_is_written_with_its_year(text, month):
    assert code.code_month(text) == month


def test_a_month_alone_is_one_of_the_year_of_the_return():
    assert code.code_month("ماي", 2022) == "2022-05"
    assert code.code_month("ماي") is None


@pytest.mark.parametrize(
    ("text", "persons"),
    [
        ("2", 2),
        ("٣", 3),
        ("3 أشخاص", 3),
        ("شخصان", 2),
        ("متهم واحد", 1),
        ("deux prévenus", 2),
        ("ثلاثة (3)", 3),
        ("ثلاثة (4)", None),
        ("2 متهمين و 1 حدث", None),
        ("2,5", None),
        ("1000", None),
        ("x", None),
    ],
)
def test_persons_are_a_whole_number(text, persons):
    assert code.code_persons(text) == persons


@pytest.mark.parametrize(
    ("text", "unread"),
    [
        ("الحبس النافذ لمدة 6", True),
        ("18 ش حبسا نافذا", True),
        ("غرامة نافذة قدرها 5", True),
        ("سنة حبسا نافذا وغرامة 5000 درهم", False),
        ("حبس موقوف وغرامة 5000 درهم", False),
        ("الحبس طبقا للفصلين 483 و 503", False),
        ("بالحبس بتاريخ 12/03/2022 ملف عدد 12", False),
        ("الحكم على 2 متهمين بالحبس", False),
    ],
)
def test_a_figure_of_a_judgment_is_read_or_known_to_be_unread(text, unread):
    assert has_unread_number(text) is unread


@pytest.mark.parametrize(
    ("text", "choice"),
    [
        ("☒ NECMEC ☐ CPS", "NECMEC"),
        ("المنصة: ☐ NECMEC ☒ CPS", "CPS"),
        ("CPS ✓ NECMEC ☐", "CPS"),
        ("✗ إدانة ☐ براءة", "إدانة"),
        ("✗ NECMEC ✓ CPS", "CPS"),
        ("☐ إدانة ☐ براءة", ""),
    ],
)
def test_the_choice_of_a_cell_is_the_one_that_is_ticked(text, choice):
    assert chosen(text) == choice


@pytest.mark.parametrize(
    "text",
    ['"', '""', "〃", "-〃-", '— " —', "»", "''", ",,", "،،", "’’", "-//-", "ـ // ـ"],
)
def test_a_sign_for_the_same_as_above_is_an_answer_nobody_has_read(text):
    assert not code.says_nothing(text)
    assert code.code_outcome("first_instance", text) is None
    assert code.code_platform(text) is None


@pytest.mark.parametrize(
    "text",
    ["", "-", "---", "/", "//", "////", "/ /", "'", ",", "_", "ـ", "…", "∅", "***"],
)
def test_a_stroke_or_a_sign_for_nothing_says_nothing(text):
    assert code.says_nothing(text)


@pytest.mark.parametrize("text", ["CPS ☐ NECMEC", "✗ CPS", "CPS ☐ NECMEC ☒ INTERPOL"])
def test_a_box_that_may_belong_to_either_side_chooses_nothing(text):
    assert code.code_platform(text) is None and not code.says_nothing(text)


def test_a_tick_between_two_platforms_is_asked_about():
    assert code.code_platform("CPS ✓ NECMEC") == "NCMEC+CPS"


@pytest.mark.parametrize(
    "mark", [*"☑☒✓✔✅🗹■◼⬛●◉⦿🔘☐□◻⬜○◯⚪❏❑✗✘❌", "[ ]", "[x]", "( )", "(×)"]
)
def test_no_mark_of_a_choice_is_left_standing_beside_it(mark):
    assert chosen(f"CPS {mark}") != f"CPS {mark}"
