from zipfile import ZipFile

import pytest
from openpyxl import load_workbook
from paper_forms import (
    COURT,
    FIRST_ROW,
    FRENCH,
    HEADINGS,
    ONE_ROW,
    YEAR,
    case,
    form,
    save_csv,
    save_docx,
    save_xlsx,
)

from qadaya.errors import ReturnError
from qadaya.returns.check import check_file


def read(path, **options):
    (one,) = check_file(path, **options)
    return one


def rows(one):
    return [c.row for c in one.accepted]


def cells(one):
    return [(p.rule, p.cell) for p in one.problems]


@pytest.mark.parametrize(
    ("encoding", "separator"),
    [
        ("utf-8", ","),
        ("utf-8-sig", ";"),
        ("windows-1256", ";"),
        ("windows-1256", ","),
        ("utf-16", "\t"),
        ("utf-16-le", ","),
    ],
)
def test_a_csv_file_is_read_in_any_encoding(tmp_path, encoding, separator):
    sent = form(case(), case(first_instance="سنتان حبسا"))
    one = read(
        save_csv(tmp_path / "a.csv", sent, encoding=encoding, separator=separator)
    )
    assert (one.court_id, one.year, rows(one)) == ("tpi-sale", 2022, [7, 8])
    assert one.accepted[1].codes["imprisonment_months"] == 24


def test_a_record_over_several_lines_counts_once(tmp_path):
    sent = form(case(first_instance="سنة\nحبسا\nنافذا"), case(platform="INTERPOL"))
    one = read(save_csv(tmp_path / "a.csv", sent))
    assert rows(one) == [7]
    assert cells(one) == [("platform_unknown", "D8")]


def test_french_capitals_in_windows_1252_are_read(tmp_path):
    lines = [["TRIBUNAL DE PREMIÈRE INSTANCE DE SALÉ"], ["ANNÉE 2022"]]
    row = ["", "PJ", "Détention", "NCMEC", "Poursuivi", "2 ans ferme", "", ""]
    sent = [*lines, FRENCH, row]
    one = read(save_csv(tmp_path / "a.csv", sent, encoding="cp1252", separator=";"))
    assert (one.court_id, one.year, rows(one)) == ("tpi-sale", 2022, [4])


def test_cells_are_the_true_ones_when_a_sheet_starts_elsewhere(tmp_path):
    sent = form(case(platform="INTERPOL"))
    one = read(save_xlsx(tmp_path / "a.xlsx", ("s", sent), offset=(3, 2)))
    assert cells(one) == [("platform_unknown", "F10")]


@pytest.mark.parametrize("order", [range(7, -1, -1), (3, 0, 7, 1, 5, 2, 6, 4)])
def test_columns_are_found_in_any_order(tmp_path, order):
    moved = [ONE_ROW, case(appeal="تأييد"), case(platform="")]
    table = [[row[column] for column in order] for row in moved]
    sent = [[COURT], [YEAR], *table]
    one = read(save_xlsx(tmp_path / "a.xlsx", ("s", sent)))
    assert one.accepted[0].codes["appeal"] == "upheld"
    letter = "ABCDEFGH"[list(order).index(3)]
    assert cells(one) == [("platform_missing", f"{letter}5")]


def test_a_cell_merged_over_rows_counts_for_each_of_them(tmp_path):
    sent = form(case(), case(court="", platform="", first_instance="سنة"))
    one = read(save_xlsx(tmp_path / "a.xlsx", ("s", sent), merges=["A7:A8", "D7:D8"]))
    assert [c.codes["platform"] for c in one.accepted] == ["CPS", "CPS"]


def test_each_sheet_with_the_form_is_a_return_of_its_own(tmp_path):
    path = save_xlsx(
        tmp_path / "a.xlsx",
        ("2021", form(case(), year="")),
        ("2022", form(case(), year="")),
        ("ملاحظات", [["كلام آخر"]]),
    )
    found = [(one.sheet, one.year, rows(one)) for one in check_file(path)]
    assert found == [("2021", 2021, [7]), ("2022", 2022, [7])]


def test_two_years_on_one_sheet_are_two_returns(tmp_path):
    sent = [*form(case()), [], *form(case(), year="برسم سنة 2021")]
    path = save_xlsx(tmp_path / "a.xlsx", ("s", sent))
    found = [(one.year, rows(one)) for one in check_file(path)]
    assert found == [(2022, [7]), (2021, [15])]


def test_headings_repeated_after_a_page_break_are_no_case(tmp_path):
    sent = [*form(case()), [], *form(case(first_instance="سنة"))]
    one = read(save_xlsx(tmp_path / "a.xlsx", ("s", sent)))
    assert (rows(one), one.problems) == ([7, 15], [])


@pytest.mark.parametrize(
    "row",
    [
        ["المجموع", "", "", "2", "", "", "", ""],
        ["", "Total général", "", 12, "", "", "", ""],
        ["الإجمالي", "", "", 3, "", "", "", ""],
        ["", "", "", "", 3, 2, 1, 0],
        ["المجموع", "", "", "NCMEC: 2 / CPS: 1", "", "", "", ""],
        [str(number) for number in range(1, 9)],
        ["بالنسبة لمحاكم الاستئناف الرجاء الإشعار فقط بالقضايا المسجلة لأول مرة"],
        ["", "", "", "", "", "", "وكيل الملك", ""],
        [COURT, "", "", "", "", "", "", ""],
        [],
    ],
    ids=[
        *("total", "total-fr", "sum", "numbers-alone", "total-of-each"),
        *("numbers", "footnote", "signature", "court", "blank"),
    ],
)
def test_a_row_that_is_no_case_is_not_counted(tmp_path, row):
    one = read(save_xlsx(tmp_path / "a.xlsx", ("s", form(case(), row))))
    assert (rows(one), one.problems) == ([FIRST_ROW], [])


def test_english_headings_are_read(tmp_path):
    headings = [
        *("Court", "Investigating body", "Subject of the notification", "Platform"),
        *("Prosecution", "First instance", "Appeal", "Cassation"),
    ]
    row = ["", "Judicial Police", "Possession", "CPS", "Prosecuted", "six months"]
    sent = [
        ["Court of First Instance of Sale"],
        ["For the year 2022"],
        headings,
        [*row, "Upheld", "Rejected"],
    ]
    one = read(save_xlsx(tmp_path / "a.xlsx", ("s", sent)))
    codes = one.accepted[0].codes
    assert (codes["imprisonment_months"], codes["cassation"]) == (6, "rejected")


def test_word_counts_columns_as_they_are_read(tmp_path):
    table = [ONE_ROW[::-1], case()[::-1], case(platform="INTERPOL")[::-1]]
    one = read(save_docx(tmp_path / "a.docx", COURT, YEAR, table))
    assert rows(one) == [2]
    assert cells(one) == [("platform_unknown", "D3")]


def test_a_second_word_table_keeps_the_court_and_takes_its_own_year(tmp_path):
    table = [ONE_ROW, case()]
    path = save_docx(tmp_path / "a.docx", COURT, "برسم سنة 2021", table, YEAR, table)
    found = [(one.sheet, one.court_id, one.year) for one in check_file(path)]
    assert found == [("table 1", "tpi-sale", 2021), ("table 2", "tpi-sale", 2022)]


def test_a_word_table_split_without_headings_loses_no_case(tmp_path):
    first, rest = [ONE_ROW, case()], [case(first_instance="سنة")]
    path = save_docx(tmp_path / "a.docx", YEAR, first, "", rest, header=COURT)
    found = [(one.court_id, rows(one)) for one in check_file(path)]
    assert found == [("tpi-sale", [2]), ("tpi-sale", [1])]


@pytest.mark.parametrize("kind", ["xls", "ods"])
def test_another_kind_of_workbook_reads_the_same(tmp_path, converted, kind):
    sent = form(case(first_instance="سنتان حبسا"), case(platform="INTERPOL"))
    path = save_xlsx(tmp_path / f"a-{kind}.xlsx", ("s", sent), offset=(2, 1))
    one = read(converted(path, kind))
    assert (one.court_id, one.year, rows(one)) == ("tpi-sale", 2022, [9])
    assert cells(one) == [("platform_unknown", "E10")]


def test_a_writer_document_reads_as_its_word_twin(tmp_path, converted):
    table = [HEADINGS, [*HEADINGS[:5], *ONE_ROW[5:]], case(), case(platform="")]
    path = save_docx(tmp_path / "a.docx", COURT, YEAR, table)
    for one in (read(path), read(converted(path, "odt"))):
        assert (one.court_id, one.year, rows(one)) == ("tpi-sale", 2022, [3])
        assert cells(one) == [("platform_missing", "D4")]


@pytest.mark.parametrize("n_rows", [1, 400], ids=["small", "large"])
@pytest.mark.parametrize("kind", ["ods", "xls"])
def test_a_formula_in_another_kind_of_workbook_is_found(
    tmp_path, converted, kind, n_rows
):
    cases = [case(first_instance=f"{n} أشهر") for n in range(1, n_rows + 1)]
    sent = form(case(platform='="CPS"'), *cases)
    path = save_xlsx(tmp_path / f"formula-{kind}-{n_rows}.xlsx", ("s", sent))
    for one in (read(path), read(converted(path, kind))):
        assert cells(one) == [("formula_cell", "D7")]
        assert rows(one) == list(range(8, 8 + n_rows))


ARCHIVE = b"PK\x03\x04"
# The words of the form as another program has them, which no clerk sees so.
JSON = str([dict(zip(ONE_ROW, case(), strict=True))]).replace("'", '"')
OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("a.xlsx", b"", "empty"),
        ("a.csv", b" \r\n ", "empty"),
        ("a.xlsx", bytes(4096), "zeros"),
        ("a.xlsx", ARCHIVE + b"junk", "damaged"),
        ("a.xlsx", b"not a workbook", "plain_text"),
        ("a.doc", "السيد الرئيس".encode(), "plain_text"),
        ("a.xls", b"not a \x01\x02\x03\x04 workbook", "damaged"),
        ("a.xls", OLD, "damaged"),
        ("a.pdf", b"%PDF-1.4", "pdf"),
        ("a.xlsx", b"%PDF-1.4", "pdf"),
        ("a.xlsx", b"\x89PNG\r\n\x1a\n", "picture"),
        ("a.docx", b"\xff\xd8\xff\xe0", "picture"),
        ("a.doc", b"{\\rtf1\\ansi", "rich_text"),
        ("a.xlsx", b"Rar!\x1a\x07", "packed"),
        ("a.csv", b"\x00\x01\x02", "kind"),
        ("a.csv", bytes(range(1, 32)) * 9, "kind"),
        ("a.xls", JSON.encode(), "data"),
        ("a.csv", JSON.encode("utf-16"), "data"),
        ("a.xls", b"PAR1\x15\x04", "data"),
        ("a.xlsx", b'<?xml version="1.0"?><cases/>', "data"),
        ("a.xls", b"ID;PWXL;N;E\r\nC;Y1;X1", "interchange"),
        ("a.xls", b"TABLE\r\n0,1\r\n", "interchange"),
        ("a.xls", b"\0\0\2\0\6\4\6\0\x08\0", "old_office"),
        ("a.doc", b"\xffWPC\x10\0", "old_office"),
        ("a.doc", b"\xdb\xa5\x2d\0", "old_word"),
        ("a.xlsx", b"L\0\0\0\1\x14\2\0\0\0", "shortcut"),
        ("a.csv", b"\xef\xbb\xbf[InternetShortcut]\r\nURL=x", "shortcut"),
        ("a.xlsx", b'{"":"WARNING","doc_id":"1x","email":"a"}', "shortcut"),
        ("a.xlsx", b"\x04user".ljust(55) + b"\4\0u\0".ljust(110, b"\0"), "companion"),
        ("._a.xlsx", b"\0\5\x16\7\0\2\0\0", "companion"),
        ("a.docx", b"From: a\r\nTo: b\r\nSubject: c\r\n\r\nd", "mail"),
        ("a.xls", b"Received: a\nMIME-Version: 1.0\n\n<html><p>d</p></html>", "mail"),
        ("a.xlsx", b"-----BEGIN PKCS7-----\nMIIB", "sealed"),
        ("a.xlsx", b".pfile\0\0", "rights"),
        ("a.xls", b"PK\3\4".ljust(257) + b"ustar", "damaged"),
        ("a.xls", b"a.xlsx".ljust(257, b"\0") + b"ustar", "packed"),
        ("a.xlsx", b"\0\0\0\x18ftypmsf1", "picture"),
        ("a.xlsx", OLD + "EncryptedPackage".encode("utf-16-le"), "encrypted"),
        ("a.doc", OLD + "WordDocument".encode("utf-16-le"), "old_word"),
    ],
)
def test_a_file_that_cannot_be_read_is_one_refused_return(
    tmp_path, name, content, reason
):
    (tmp_path / name).write_bytes(content)
    one = read(tmp_path / name)
    assert (one.state, cells(one)) == ("refused", [("file_unreadable", None)])
    assert one.problems[0].facts["reason"] == reason


def test_what_cannot_be_read_says_what_it_is_and_what_to_do(tmp_path):
    (tmp_path / "a.xlsx").write_bytes(OLD + "EncryptedPackage".encode("utf-16-le"))
    assert read(tmp_path / "a.xlsx").problems[0].message("en") == (
        "a.xlsx: nothing can be read: the file is locked with a password. Save it "
        "without a password and send it again."
    )


def test_a_damaged_workbook_prints_nothing(tmp_path, capfd):
    (tmp_path / "a.xls").write_bytes(OLD)
    read(tmp_path / "a.xls")
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize("kept", [0.1, 0.4, 0.7, 0.95])
def test_an_old_workbook_cut_short_is_unreadable(tmp_path, converted, kept):
    path = save_xlsx(tmp_path / f"cut{kept}.xlsx", ("s", form(case())))
    content = converted(path, "xls").read_bytes()
    cut = tmp_path / "cut.xls"
    cut.write_bytes(content[: int(len(content) * kept)])
    assert cells(read(cut)) == [("file_unreadable", None)]


def test_a_word_in_the_last_cell_of_a_sheet_costs_nothing(tmp_path):
    path = save_xlsx(tmp_path / "a.xlsx", ("s", form(case())))
    book = load_workbook(path)
    book["s"]["XFD1048576"] = "x"
    book.save(path)
    one = read(path)
    assert (rows(one), one.problems) == ([7], [])
    assert (one.account.seen, one.account.others) == (2, {"note": 1})


@pytest.mark.parametrize(
    "held",
    [
        'office:value-type="string"><text:p>x</text:p></table:table-cell>',
        'office:value-type="float" office:value="1"/>',
    ],
)
def test_an_ods_sheet_that_repeats_a_cell_by_the_million_is_refused(
    tmp_path, converted, held
):
    sent = save_xlsx(tmp_path / "a.xlsx", ("s", form(case())))
    rows = (
        '<table:table-row table:number-rows-repeated="100000">'
        f'<table:table-cell table:number-columns-repeated="1000" {held}'
        "</table:table-row></table:table>"
    )
    path = tmp_path / "a.ods"
    with ZipFile(converted(sent, "ods")) as sound, ZipFile(path, "w") as vast:
        for name in sound.namelist():
            part = sound.read(name)
            if name == "content.xml":
                part = part.replace(b"</table:table>", rows.encode(), 1)
            vast.writestr(name, part)
    assert read(path).problems[0].facts["reason"] == "too_many_cells"


def test_a_folder_is_no_return(tmp_path):
    assert read(tmp_path).problems[0].facts["reason"] == "folder"


def test_a_path_that_is_not_there_is_an_error(tmp_path):
    with pytest.raises(ReturnError, match=r"a\.xlsx: not found; expected a file"):
        check_file(tmp_path / "a.xlsx")


def test_a_file_without_the_form_says_which_headings_are_missing(tmp_path):
    one = read(save_xlsx(tmp_path / "a.xlsx", ("s", [["hello"], ["x", 1]])))
    assert cells(one) == [("form_not_recognised", None)]
    headings = [text for text in ONE_ROW if "المنصة" not in text]
    one = read(save_xlsx(tmp_path / "b.xlsx", ("s", [[COURT], headings])))
    assert one.problems[0].facts["missing"] == ["platform"]
