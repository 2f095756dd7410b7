import pytest
from paper_forms import case, form, save_csv, save_docx, save_xlsx

from qadaya.errors import ReturnError
from qadaya.reference import courts
from qadaya.returns.check import check_file
from qadaya.returns.personal import (
    is_personal,
    is_personal_heading,
    is_personal_reference,
    shown_name,
)

# Numbers and addresses that belong to nobody.
PERSONAL = [
    "0600000000",
    "06 00 00 00 00",
    "06-00-00-00-00",
    "06/00/00/00/00",
    "0600.000.000",
    "+212 600000000",
    "00212 6 00 00 00 00",
    "٠٦٠٠٠٠٠٠٠٠",
    "+33 6 00 00 00 00",
    "(0600) 000000",
    "600000000",
    "x@example.invalid",
    "https://example.invalid/someone",
    "facebook.com/someone",
    "IMEI 000000000000000",
    "السيد الفلاني",
    "Mme Foulani",
    "someone (at) example.invalid",
    "someone[at]example[dot]invalid",
    "someone (arobase) example (point) invalid",
    "بطاقة الشبكة 00:00:5e:00:53:01",
    "00-00-5e-00-53-af",
    "العنوان 192.0.2.1",
    "2001:db8::1",
    "AB000000",
    "بطاقة رقم A000000",
    "BK 000000",
    "محمد الفلاني",
    "متابعة محمد الفلاني",
    "Mohamed Foulani",
    "المدعو فلان",
    # An account that no bank keeps, and days on which nobody was born.
    "IBAN MA00 0000 0000 0000 0000 0000 0000",
    "MA00000000000000000000000000",
    "FR00 0000 0000 0000 0000 0000 000",
    "RIB 000 000 0000000000000000 00",
    "01/01/1990",
    "1990-01-01",
    "حيازة، 01-01-1985",
    "المزداد سنة 1990",
    "من مواليد 2008",
    "تاريخ الازدياد: 01/01/2009",
    "né le 1er janvier 1990",
    "حاسوب 00:1A:2B:3C:4D:5E",
    "00-1a-2b-3c-4d-5e",
    "nom.prenom [at] exemple [dot] com",
    "date de naissance 2009",
]
HARMLESS = [
    "2022/2103/456",
    "القانون 24.03",
    "الفصل 503-2",
    "سنتان حبسا نافذا وغرامة 10.000 درهم",
    "amende de 10000 DH",
    "1.500.000,00",
    "06/12/2022 10:30",
    "10:30:00 - 11:45:00",
    "2022-06-12-14-15-16-17",
    "عدد 1234 بتاريخ 06/05/2022",
    "PV 123456",
    "CyberTipline 123456789",
    "برسم سنة 2022",
    "8.729296020285052",
    "بتاريخ 15/03/2022",
    "حكم عدد 1234 بتاريخ 2021-11-30",
    "ظهير 1.02.255 الصادر في 03/10/2002",
    "loi n° 24-03 du 11/11/2003",
    "1234567890123456",
    "شارع محمد الخامس بالرباط",
    "المحكمة الابتدائية ببن أحمد",
    "سيدي يوسف بن علي",
    "على ذلك",
    "أحيل على السيد وكيل الملك بالرباط",
    "السيد رئيس المحكمة",
    "M. le procureur du Roi",
    "",
]


@pytest.mark.parametrize("text", PERSONAL)
def test_personal_data_is_recognised(text):
    assert is_personal(text)


@pytest.mark.parametrize("text", HARMLESS)
def test_what_a_return_needs_is_no_personal_data(text):
    assert not is_personal(text)


def test_the_name_of_no_court_is_personal_data():
    names = courts()[["name_ar", "name_fr", "name_en"]].to_numpy().ravel()
    assert [name for name in names if is_personal(name)] == []


@pytest.mark.parametrize(
    "text", ["الاسم والنسب", "Nom et prénom", "Suspect", "عنوان IP"]
)
def test_a_heading_for_personal_data_is_recognised(text):
    assert is_personal_heading(text)


@pytest.mark.parametrize("text", ["المحكمة", "ملاحظات", "عدد المتهمين", "رقم الملف"])
def test_other_headings_are_harmless(text):
    assert not is_personal_heading(text)


def everything(returns):
    return "".join(
        repr(one) + "".join(p.message(lang) for p in one.problems)
        for one in returns
        for lang in ("ar", "fr", "en")
    )


@pytest.mark.parametrize("column", ["body", "subject", "first_instance", "court"])
@pytest.mark.parametrize("text", ["0600000000", "x@example.invalid", "محمد الفلاني"])
def test_a_personal_value_stands_nowhere(tmp_path, column, text):
    sent = form(case(**{column: f"حيازة {text}"}), case())
    returns = check_file(save_xlsx(tmp_path / "a.xlsx", ("s", sent)))
    (one,) = returns
    letter = {"court": "A", "body": "B", "subject": "C", "first_instance": "F"}[column]
    assert [(p.rule, p.cell) for p in one.problems] == [("personal_data", f"{letter}7")]
    assert ([c.row for c in one.accepted], [c.row for c in one.refused]) == ([8], [7])
    assert one.refused[0].typed == {}
    assert text not in everything(returns)


def test_a_personal_column_blocks_only_the_rows_that_fill_it(tmp_path):
    filled = [*case(), "فلان بن فلان"]
    rows = [filled, [*case(first_instance="سنة"), ""], [*case(first_instance="-"), "-"]]
    sent = form(*rows, more=["الاسم والنسب"])
    (one,) = check_file(save_xlsx(tmp_path / "a.xlsx", ("s", sent)))
    assert [(p.rule, p.cell) for p in one.problems] == [("personal_data", "I7")]
    assert [c.row for c in one.accepted] == [8, 9]


def test_a_column_that_looks_like_names_is_refused_whatever_its_heading(tmp_path):
    rows = [[*case(), "سعاد الفلانية"], [*case(first_instance="سنة"), "600000000"]]
    (one,) = check_file(
        save_xlsx(tmp_path / "a.xlsx", ("s", form(*rows, more=["عمود"])))
    )
    assert [p.cell for p in one.problems] == ["I7", "I8"]


def test_remarks_are_no_names(tmp_path):
    rows = [[*case(), "رهن الإشارة"]]
    (one,) = check_file(
        save_xlsx(tmp_path / "a.xlsx", ("s", form(*rows, more=["ملاحظات"])))
    )
    assert one.state == "accepted"


def test_the_name_of_a_file_or_sheet_is_withheld(tmp_path):
    path = save_xlsx(tmp_path / "0600000000.xlsx", ("0611111111", form(case())))
    returns = check_file(path)
    (one,) = returns
    assert (one.file, one.sheet) == ("(name withheld).xlsx", "(name withheld)")
    assert {p.facts["column"] for p in one.problems} == {"file_name", "sheet_name"}
    assert "0600000000" not in everything(returns)
    assert "0611111111" not in everything(returns)


def test_an_error_does_not_repeat_a_personal_file_name(tmp_path):
    with pytest.raises(ReturnError) as fault:
        check_file(tmp_path / "0600000000.xlsx")
    assert "0600000000" not in str(fault.value)


def test_an_ordinary_file_name_is_shown():
    assert shown_name("tpi-sidi-kacem-2022.xlsx") == "tpi-sidi-kacem-2022.xlsx"


def test_personal_data_around_the_table_is_named_by_its_cell(tmp_path):
    sent = [["الهاتف 0600000000"], *form(case())]
    (one,) = check_file(save_csv(tmp_path / "a.csv", sent))
    assert [(p.rule, p.cell, p.row) for p in one.problems] == [
        ("personal_data", "A1", None)
    ]
    assert len(one.accepted) == 1


def test_difficulties_with_personal_data_are_not_kept(tmp_path):
    told = ("الصعوبات", [["الصعوبات"], ["تأخر الخبرة"], ["اتصلوا على 0600000000"]])
    returns = check_file(save_xlsx(tmp_path / "a.xlsx", ("s", form(case())), told))
    (one,) = returns
    assert (one.difficulties, [p.cell for p in one.problems]) == (None, ["A3"])
    assert "0600000000" not in everything(returns)


def test_difficulties_are_kept_from_a_sheet_or_below_a_word_table(tmp_path):
    told = ("الصعوبات", [["المحكمة الابتدائية بسلا"], ["الصعوبات"], ["تأخر الخبرة"]])
    (one,) = check_file(save_xlsx(tmp_path / "a.xlsx", ("s", form(case())), told))
    assert one.difficulties == "تأخر الخبرة"
    table = form(case())[5:]
    table[0] = [*form()[4][:5], *table[0][5:]]
    items = ("المحكمة الابتدائية بسلا", "سنة 2022", table, "الصعوبات:", "تأخر الخبرة")
    (one,) = check_file(save_docx(tmp_path / "a.docx", *items))
    assert one.difficulties == "تأخر الخبرة"


@pytest.mark.parametrize(
    "text", ["AB000000", "محمد الفلاني", "0600-00-00-00 / 0600000001", "المدعو فلان"]
)
def test_a_reference_that_points_at_a_person_is_refused(text):
    assert is_personal_reference(text)


@pytest.mark.parametrize(
    "text", ["2101/2103/2023", "0612/2610/2023", "PV 12345", "عدد 45 بتاريخ 06/05/2022"]
)
def test_a_number_of_a_file_is_an_ordinary_reference(text):
    assert not is_personal_reference(text)


def test_a_telephone_number_among_sums_is_not_passed_over(tmp_path):
    sent = form(case(), ["المجموع", "", "0600000000"])
    (one,) = check_file(save_xlsx(tmp_path / "a.xlsx", ("s", sent)))
    assert [p.rule for p in one.problems] == ["personal_data"]


def test_a_card_number_as_a_reference_of_a_file_is_no_alarm(tmp_path):
    rows = [[*case(), "D12345/2022"]]
    sent = form(*rows, more=["رقم الملف (اختياري)"])
    (one,) = check_file(save_xlsx(tmp_path / "a.xlsx", ("s", sent)))
    assert one.state == "accepted"
    assert "case_reference" not in one.accepted[0].typed
    assert "12345" not in everything([one]).replace(
        one.accepted[0].codes["case_reference"], ""
    )
