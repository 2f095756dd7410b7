import pytest
from paper_forms import case, form, save_xlsx

from qadaya.returns import rules
from qadaya.returns.check import check_file
from qadaya.returns.problems import SEVERITY

NO_COURT = "المحكمة الابتدائية ب....."


def read(folder, *rows, **lines):
    (one,) = check_file(save_xlsx(folder / "a.xlsx", ("s", form(*rows, **lines))))
    return one


def found(one):
    return [(p.rule, p.severity, p.cell) for p in one.problems]


@pytest.mark.parametrize(
    ("typed", "problem"),
    [
        ({"platform": ""}, ("platform_missing", "block_row", "D7")),
        ({"platform": "-"}, ("platform_missing", "block_row", "D7")),
        ({"platform": "INTERPOL"}, ("platform_unknown", "block_row", "D7")),
        ({"platform": "NECMEC / CPS"}, ("platform_both", "ask", "D7")),
        ({"prosecution": ""}, ("prosecution_unclear", "block_row", "E7")),
        ({"prosecution": "ينظر الملف"}, ("prosecution_unclear", "block_row", "E7")),
        ({"first_instance": "كذا"}, ("outcome_unclear", "block_row", "F7")),
        ({"appeal": "كذا"}, ("outcome_unclear", "block_row", "G7")),
        ({"body": ""}, ("body_unknown", "ask", "B7")),
        ({"body": "إدارة الجمارك"}, ("body_unknown", "ask", "B7")),
        ({"subject": ""}, ("subject_unclear", "ask", "C7")),
        ({"subject": "حيازة ونشر"}, ("subject_unclear", "ask", "C7")),
        ({"prosecution": "حفظ"}, ("outcome_without_prosecution", "ask", "F7")),
        (
            {"first_instance": "", "appeal": "تأييد"},
            ("instance_skipped", "ask", "F7"),
        ),
        (
            {"first_instance": "رائجة", "appeal": "تأييد"},
            ("instance_skipped", "ask", "F7"),
        ),
        ({"cassation": "رفض الطلب"}, ("instance_skipped", "ask", "G7")),
        ({"prosecution": '="متابعة"'}, ("formula_cell", "block_row", "E7")),
    ],
)
def test_a_faulty_row_gives_one_problem_at_its_cell(tmp_path, typed, problem):
    one = read(tmp_path, case(**typed))
    assert found(one) == [problem]
    blocked = problem[1] == "block_row"
    assert (len(one.accepted), len(one.refused)) == (not blocked, blocked)
    assert one.state == "accepted_with_problems"


@pytest.mark.parametrize(
    ("heading", "typed", "rule"),
    [
        ("شهر تسجيل القضية", "44621", "month_unclear"),
        ("شهر الحكم الابتدائي", "قريبا", "month_unclear"),
        ("شهر القرار الاستئنافي", "2022", "month_unclear"),
        ("شهر قرار النقض", "T1 2022", "month_unclear"),
        ("عدد المتابعين", "كثيرون", "persons_unclear"),
        ("مرجع القضية (اختياري)", "؟؟", "reference_unclear"),
    ],
)
def test_an_optional_cell_is_read_or_asked_about(tmp_path, heading, typed, rule):
    sent = form([*case(), typed], [*case(body="الدرك"), "-"], more=[heading])
    (one,) = check_file(save_xlsx(tmp_path / "a.xlsx", ("s", sent)))
    assert found(one) == [(rule, "ask", "I7")]
    assert len(one.accepted) == 2


def test_a_term_without_its_unit_is_asked_about(tmp_path):
    one = read(tmp_path, case(first_instance="الحبس النافذ لمدة 6"))
    assert found(one) == [("sentence_unclear", "ask", "F7")]


def test_all_problems_come_in_one_pass(tmp_path):
    one = read(tmp_path, case(platform="X", body="X", appeal="X", subject="X"), case())
    assert sorted(rule for rule, _, _ in found(one)) == [
        "body_unknown",
        "outcome_unclear",
        "platform_unknown",
        "subject_unclear",
    ]
    assert [c.row for c in one.accepted] == [8]


def test_the_same_row_twice_is_asked_about_and_counted(tmp_path):
    one = read(tmp_path, case(), case(appeal="تأييد"), case(body="الشـرطة القضائية"))
    assert found(one) == [("duplicate_row", "ask", None)]
    problem = one.problems[0]
    assert (problem.row, problem.facts["same_as_row"]) == (9, 7)
    assert len(one.accepted) == 3


def test_rows_with_two_references_are_two_cases(tmp_path):
    sent = form(
        [*case(), "1/2022"], [*case(), "2/2022"], more=["مرجع القضية (اختياري)"]
    )
    (one,) = check_file(save_xlsx(tmp_path / "a.xlsx", ("s", sent)))
    assert one.state == "accepted"


@pytest.mark.parametrize(
    ("typed", "cell"),
    [
        ({"court": "المحكمة الابتدائية بسلا"}, "A7"),
        ({"court": "سلا"}, "A7"),
        ({"first_instance": "إدانة من طرف المحكمة الابتدائية بسلا"}, "F7"),
        ({"appeal": "تأييد حكم المحكمة الابتدائية"}, "G7"),
        ({"first_instance": "Condamnation par le TPI"}, "F7"),
    ],
)
def test_a_court_of_appeal_lists_no_case_of_a_first_instance_court(
    tmp_path, typed, cell
):
    row = case(**({"court": "محكمة الاستئناف بالرباط"} | typed))
    one = read(tmp_path, row, court=NO_COURT)
    assert one.court_id == "ca-rabat"
    assert ("second_degree_case", "block_row", cell) in found(one)
    assert [c.row for c in one.refused] == [7]


@pytest.mark.parametrize(
    "typed",
    [
        {"court": ""},
        {"court": "محكمة الاستئناف بالرباط"},
        {"court": "الرباط"},
        {"first_instance": "إدانة من طرف غرفة الجنايات الابتدائية"},
        {"prosecution": "إحالة على المحكمة الابتدائية بسلا", "first_instance": ""},
    ],
)
def test_a_case_first_registered_with_the_court_of_appeal_counts(tmp_path, typed):
    row = case(**({"court": "محكمة الاستئناف بالرباط"} | typed))
    one = read(tmp_path, row, court=NO_COURT)
    assert (one.state, found(one)) == ("accepted", [])


@pytest.mark.parametrize(
    ("row", "cell"),
    [
        (["لا شيء"], "A7"),
        (["Néant"], "A7"),
        ([0], "A7"),
        (["", "", "", "nil"], "D7"),
        (["لا توجد قضايا"], "A7"),
        (["لم تسجل أي قضية خلال هذه السنة"], "A7"),
        (["المحكمة الابتدائية بسلا", *["لا شيء"] * 7], "B7"),
        (["المحكمة الابتدائية بسلا", *["-"] * 7], "B7"),
        ([0] * 8, "A7"),
        # The sentence may stand beside the court, or in cells merged from there.
        (["المحكمة الابتدائية بسلا", "لم يتم تسجيل أي قضية"], "B7"),
        (["", "", "لا توجد أي قضية برسم سنة 2022"], "C7"),
        (["", "État néant"], "B7"),
        (["نشعركم بعدم تسجيل أية قضية"], "A7"),
        (["الجواب سلبي"], "A7"),
        (["", "", "", "صفر قضية", "-", "-"], "D7"),
    ],
)
def test_a_return_that_says_there_is_nothing_is_nil(tmp_path, row, cell):
    one = read(tmp_path, row)
    assert (one.state, found(one)) == ("nil", [("nil_return", "note", cell)])


@pytest.mark.parametrize("row", [[], ["المحكمة الابتدائية بسلا"]])
def test_a_return_that_says_nothing_is_empty(tmp_path, row):
    one = read(tmp_path, row)
    assert (one.state, found(one)) == (
        "refused",
        [("empty_return", "block_return", None)],
    )


def test_a_formula_above_the_table_is_named(tmp_path):
    one = read(tmp_path, case(), year='="برسم سنة "&2022')
    assert ("formula_cell", "block_row", "A4") in found(one)


def test_synthetic_data_are_recognised_by_their_mark(tmp_path):
    for mark in ("بيانات اصطناعية", "DONNÉES SYNTHÉTIQUES", "Synthetic data"):
        (one,) = check_file(
            save_xlsx(tmp_path / "a.xlsx", ("s", [[mark], *form(case())]))
        )
        assert one.synthetic
    assert not read(tmp_path, case()).synthetic


def test_optional_columns_are_read_and_never_needed(tmp_path):
    more = [
        "Référence (facultatif)",
        "شهر التسجيل",
        "Nombre de personnes poursuivies",
        "تاريخ الحكم الابتدائي",
    ]
    row = [*case(), "2022/2103/456", "2022-03", 2, "05/2022"]
    (one,) = check_file(save_xlsx(tmp_path / "a.xlsx", ("s", form(row, more=more))))
    codes = one.accepted[0].codes
    assert codes["registered_month"] == "2022-03"
    assert codes["persons_prosecuted"] == 2
    assert codes["first_instance_month"] == "2022-05"
    assert len(codes["case_reference"]) >= 12
    assert codes["appeal_month"] is None


def test_a_case_carries_its_circuit_stage_and_result(tmp_path):
    codes = read(tmp_path, case(appeal="إلغاء")).accepted[0].codes
    derived = codes["circuit_id"], codes["stage"], codes["result"]
    assert derived == ("ca-rabat", "appeal", "acquitted")


def test_every_rule_of_a_row_is_a_function_of_its_name():
    for rule in rules.BLOCKS_ROW:
        assert SEVERITY[rule.__name__] == "block_row"
    for rule in rules.ASKS:
        assert SEVERITY[rule.__name__] == "ask"
