"""Small returns as a court would send them, written as CSV files of the form."""

import csv

HEADINGS = (
    "المحكمة",
    "الجهة المكلفة بالبحث",
    "موضوع الإشعار",
    "المنصة المعنية (CPS / NECMEC)",
    "المتابعة",
    "ابتدائيا",
    "استئنافيا",
    "النقض",
    "مرجع القضية (اختياري)",
)
SALE = "المحكمة الابتدائية بسلا"
RABAT = "المحكمة الابتدائية بالرباط"
APPEAL_RABAT = "محكمة الاستئناف بالرباط"
FIRST_ROW = 5  # of the cases, counted as a sheet counts

CONVICTED = ("إدانة", "تأييد", "")
CLOSED = ("", "", "")


def case(
    *,
    body="الدرك الملكي",
    subject="حيازة مواد إباحية لقاصرين",
    platform="NCMEC",
    prosecution="متابعة",
    outcomes=CONVICTED,
    reference="",
):
    return [body, subject, platform, prosecution, *outcomes, reference]


def closed_case(**changes):
    return case(prosecution="حفظ", outcomes=CLOSED, **changes)


def send(path, court, year, *cases):
    """Write a return of a court and a year to a path, and give the path back."""
    heading = [["المملكة المغربية"], [court], [f"برسم سنة {year}"], list(HEADINGS)]
    rows = [[court, *one] for one in cases]
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows(heading + rows)
    return path


def send_nil(path, court, year):
    return send(path, court, year, ["لا شيء"])
