"""Loads what every file is read by: names of courts and persons, wordings, patterns.

They are loaded when they are first asked for, in a tenth of a second. Loaded before
the processes that read are started, they are there in each of them from the start.
"""

from functools import cache

from qadaya.reference import find_body
from qadaya.reference.history import opening_years
from qadaya.returns.check_content import check_content
from qadaya.returns.person_names import has_a_name, looks_like_a_name

_FORM = """\
المحكمة الابتدائية بسلا
برسم سنة 2023
المحكمة,الجهة المكلفة بالبحث,موضوع الإشعار,المنصة,المتابعة,ابتدائيا,استئنافيا,النقض
سلا,الدرك الملكي,حيازة مواد إباحية,CPS,متابعة,سنة حبسا,تأييد,رفض الطلب
"""
_LINE = "شارع محمد الخامس"


@cache
def load_once() -> None:
    """Read a small form, by which everything is asked for."""
    check_content(_FORM.encode(), "tpi-sale-2023.csv")
    # Asked for by names, services and new courts, which the form does not hold.
    has_a_name(_LINE)
    looks_like_a_name(_LINE)
    find_body(_LINE)
    opening_years()
