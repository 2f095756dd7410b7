"""The desk in a real JupyterLab, in Arabic, walked through with the keyboard alone."""

import shutil

import pytest
from openpyxl import load_workbook

from checkout import CHECKOUT
from lab_host import TOKEN, running_lab
from qadaya.returns.register import Register
from sent_returns import RABAT, SALE, case, closed_case, send, send_nil
from small_project import Project

FOCUSED = "(element) => element === document.activeElement"


@pytest.fixture
def project(tmp_path, monkeypatch):
    made = Project(tmp_path / "bench")
    shutil.copy(CHECKOUT / "notebooks" / "desk.ipynb", made.folder / "notebooks")
    shutil.copy(CHECKOUT / "params" / "corrections.yml", made.folder / "params")
    made.write("params/2024.yml", "year: 2024\nlanguage: ar\n")
    made.notebook("annual")
    monkeypatch.setenv("QADAYA_HOME", str(made.folder))
    return made


class Hands:
    """Somebody without a mouse: Tab to a thing, then a key."""

    def __init__(self, tab):
        self.tab, self.desk = tab, tab.locator(".qd-desk")

    def go(self, thing):
        """Press Tab until the thing has the focus, as a person would."""
        thing.wait_for()
        for _ in range(60):
            if thing.evaluate(FOCUSED):
                return
            self.tab.keyboard.press("Tab")
        raise AssertionError(f"Tab never reaches {thing}")

    def back(self, thing):
        for _ in range(60):
            if thing.evaluate(FOCUSED):
                return
            self.tab.keyboard.press("Shift+Tab")
        raise AssertionError(f"Shift+Tab never reaches {thing}")

    def button(self, name):
        return self.desk.get_by_role("button", name=name, exact=True)

    def press(self, name, key="Enter"):
        self.go(self.button(name))
        self.tab.keyboard.press(key)

    def room(self, name):
        self.back(self.button(name))
        self.tab.keyboard.press("Enter")
        self.desk.locator("h2", has_text=name).wait_for()

    def field(self, name):
        found = self.desk.get_by_label(name, exact=True)
        self.go(found)
        return found

    def offered(self, text):
        """Wait until a list of this room holds it: the kernel fills it after a choice,
        and a key pressed before that moves nothing."""
        self.desk.locator("option", has_text=text).first.wait_for(state="attached")

    def hears(self, text):
        self.desk.get_by_role("status").filter(has_text=text).wait_for()


def test_a_day_at_the_desk_needs_no_mouse_and_no_command(project, browser, tmp_path):
    post = [
        send(tmp_path / "sale.csv", SALE, 2024, case(), case(platform="منصة أخرى")),
        send_nil(tmp_path / "rabat.csv", RABAT, 2024),
    ]
    # One that was put into the folder, the others come through the notebook.
    inbox = project.folder / "data" / "inbox"
    send(inbox / "kenitra.csv", "tpi-kenitra", 2024, closed_case())
    context = browser.new_context(
        viewport={"width": 1280, "height": 1000}, accept_downloads=True
    )
    with running_lab(project.folder) as address:
        tab = context.new_page()
        tab.set_default_timeout(300_000)
        faults = []
        tab.on("pageerror", lambda each: faults.append(str(each)))
        tab.goto(
            f"{address}lab/workspaces/desk/tree/notebooks/desk.ipynb?token={TOKEN}"
        )
        tab.locator(".jp-Notebook .jp-CodeCell").first.wait_for()
        tab.get_by_text("| Idle").wait_for()
        tab.get_by_role("menuitem", name="Run", exact=True).click()
        tab.get_by_role("menuitem", name="Run All Cells", exact=True).click()
        hands = Hands(tab)
        hands.desk.wait_for()
        assert (
            hands.desk.evaluate("(desk) => getComputedStyle(desk).direction") == "rtl"
        )
        hands.button("الوارد").focus()
        _file(hands, post)
        _answer(hands, tmp_path)
        _decide(hands)
        _publish(hands, project)
        assert faults == []
    context.close()


def _file(hands, post):
    with hands.tab.expect_file_chooser() as chooser:
        hands.go(hands.desk.locator("button.widget-upload"))
        hands.tab.keyboard.press("Enter")
    chooser.value.set_files(post)
    hands.desk.get_by_text("3 ملفات تنتظر في المجلد").wait_for()
    hands.press("فحص الملفات")
    hands.desk.get_by_text("عند النقر على الزر أدناه:").wait_for()
    hands.desk.locator("td.qd-bad", has_text="منصة أخرى").wait_for()
    assert not Register().folder.exists()
    hands.press("تسجيل 3 ملفات في السجل", "Space")
    hands.hears("سجلت 3 جداول.")
    assert len(Register().returns()) == 3


def _answer(hands, folder):
    hands.room("الجداول والأجوبة")
    returns = hands.field("الجدول")
    hands.tab.keyboard.press("Home")
    hands.tab.keyboard.press("ArrowDown")
    hands.tab.keyboard.press("ArrowDown")
    hands.tab.keyboard.press("ArrowUp")
    assert returns.evaluate("(list) => list.selectedIndex") == 1
    hands.tab.keyboard.press("End")
    hands.desk.locator("td.qd-bad", has_text="منصة أخرى").wait_for()
    hands.press("كتابة الجواب عن هذا الجدول")
    link = hands.desk.get_by_role("link", name="تنزيل tpi-sale-2024-v1.xlsx")
    hands.go(link)
    with hands.tab.expect_download() as download:
        hands.tab.keyboard.press("Enter")
    download.value.save_as(folder / "answer.xlsx")
    marked = [
        cell.value
        for sheet in load_workbook(folder / "answer.xlsx").worksheets
        for row in sheet.iter_rows()
        for cell in row
        if cell.comment
    ]
    assert marked == ["منصة أخرى"]
    hands.room("من أجاب")
    hands.desk.get_by_role(
        "cell", name="محكمة الاستئناف بالرباط", exact=True
    ).wait_for()


def _decide(hands):
    cells = hands.tab.locator(".jp-Notebook .jp-Cell").count()
    hands.room("قرارات المكتب")
    # A digit or letter goes to the line that begins with it; in JupyterLab the arrows
    # move on to another cell, and D twice deletes this one.
    returns = hands.field("الجدول")
    hands.tab.keyboard.press("2")
    hands.tab.keyboard.press("ArrowDown")
    assert returns.evaluate("(list) => list.selectedIndex") == 2
    hands.offered("السطر 5")
    hands.field("السطر")
    for key in ("ArrowDown", "d", "d"):
        hands.tab.keyboard.press(key)
    assert hands.tab.locator(".jp-Notebook .jp-Cell").count() == cells
    hands.desk.get_by_text("النقر يضيف إلى params/corrections.yml").wait_for()
    hands.field("السبب")
    hands.tab.keyboard.type("أرسل خطأ.")
    hands.field("أكدته (المصلحة)")
    hands.tab.keyboard.type("كتابة النيابة العامة")
    hands.go(hands.button("تقييد هذا القرار"))
    hands.desk.get_by_text("أكدته (المصلحة): كتابة النيابة العامة").wait_for()
    counted = len(Register().cases())
    hands.press("تقييد هذا القرار")
    hands.hears("قيد القرار")
    assert len(Register().cases()) == counted - 1
    assert [one.correction.reason for one in Register().decisions()] == ["أرسل خطأ."]


def _publish(hands, project):
    hands.room("الطبعة والصفحات")
    hands.press("إعداد الطبعة")
    hands.hears("جاهزة")
    hands.press("إعداد صفحات هذه السنة")
    hands.hears("الصفحات جاهزة.")
    hands.field("الصفحات")
    hands.tab.keyboard.press("Home")
    hands.press("فتح هذه الصفحة")
    page = hands.desk.frame_locator("iframe.qd-page")
    page.get_by_role("heading", name="annual in 2024").wait_for()
    assert project.page("annual-2024.ar").exists()
