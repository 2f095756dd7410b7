"""Makes the pictures of docs/desk.*.md again: the desk, with invented returns.

Run by hand where the panel has changed: `python .ci/desk_pictures.py`; needs Chromium.
"""

import io
import os
import shutil
import sys
import tempfile
from pathlib import Path

from PIL import Image
from playwright.sync_api import sync_playwright

CHECKOUT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(CHECKOUT / "tests"))

from conftest import SWITCHES, chromium_path  # noqa: E402
from lab_host import TOKEN, running_lab  # noqa: E402
from qadaya.returns.register import Register  # noqa: E402
from qadaya.synthetic import write_synthetic_returns  # noqa: E402
from qadaya.workbench.layout import lay_out  # noqa: E402

YEAR = 2024
COLOURS = 48
MOST = 1100  # pixels of height that a picture takes on a page
NAMES = {
    "ar": ["الوارد", "الجداول والأجوبة", "من أجاب", "قرارات المكتب"],
    "fr": ["Courrier reçu", "États et réponses", "Qui a répondu",
           "Décisions du bureau"],
}  # fmt: skip
CHECK = {"ar": "فحص الملفات", "fr": "Contrôler les fichiers"}
ANSWER = {"ar": "كتابة الجواب عن هذا الجدول", "fr": "Écrire la réponse à cet état"}


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "qadaya"
        lay_out(home)
        os.chdir(home)
        fill(home)
        with running_lab(home) as address, sync_playwright() as playwright:
            browser = playwright.chromium.launch(
                executable_path=chromium_path(), args=SWITCHES
            )
            for language in NAMES:
                take(browser, address, home, language)


def fill(home: Path) -> None:
    """A register of a year, and three files that wait in the folder."""
    sent = home.parent / "sent"
    write_synthetic_returns(sent)
    files = sorted(p for p in sent.rglob("*") if p.is_file() and str(YEAR) in p.name)
    files = [path for path in files if path.suffix == ".xlsx"]
    inbox = home / "data" / "inbox"
    inbox.mkdir(parents=True)
    for path in files[:3]:
        shutil.copy(path, inbox)
    Register(home / "data" / "register").receive_all(files[3:])


def take(browser, address: str, home: Path, language: str) -> None:
    notebook = home / "notebooks" / f"desk-{language}.ipynb"
    text = (home / "notebooks" / "desk.ipynb").read_text(encoding="utf-8")
    notebook.write_text(
        text.replace('language = \\"ar\\"', f'language = \\"{language}\\"')
    )
    tab = browser.new_context(viewport={"width": 1280, "height": 2600}).new_page()
    tab.set_default_timeout(300_000)
    tab.goto(
        f"{address}lab/workspaces/{language}/tree/notebooks/{notebook.name}?token={TOKEN}"
    )
    tab.locator(".jp-Notebook .jp-CodeCell").first.wait_for()
    tab.get_by_text("| Idle").wait_for()
    tab.get_by_role("menuitem", name="Run", exact=True).click()
    tab.get_by_role("menuitem", name="Run All Cells", exact=True).click()
    desk = tab.locator(".qd-desk")
    desk.wait_for()
    # The folder is one of a machine that nobody has.
    for number, name in enumerate(NAMES[language], start=1):
        desk.get_by_role("button", name=name, exact=True).click()
        desk.locator("h2", has_text=name).wait_for()
        if number == 1:
            desk.get_by_role("button", name=CHECK[language], exact=True).click()
            desk.locator(".qd-return").first.wait_for()
        if number == 2:
            choose(desk)
            desk.get_by_role("button", name=ANSWER[language], exact=True).click()
            desk.locator("a.qd-file").wait_for()
        if number == 3:
            desk.locator("select").select_option(str(YEAR))
            desk.locator("caption", has_text=str(YEAR)).wait_for()
        if number == 4:
            decide(desk)
        tab.wait_for_timeout(1500)
        desk.evaluate(HIDE_PATHS, str(home.parent))
        save(desk.screenshot(), f"desk-{number}.{language}.png")
    tab.context.close()


HIDE_PATHS = """(desk, folder) => desk.querySelectorAll('code').forEach(
  (code) => { code.textContent = code.textContent.replace(folder + '/', ''); })"""


def choose(desk) -> None:
    """The first return with a problem in a row."""
    field = desk.locator("select[size], select[multiple]").last
    for number in range(field.locator("option").count()):
        field.select_option(index=number)
        desk.locator(".qd-return").first.wait_for()
        desk.page.wait_for_timeout(400)
        if desk.locator("td.qd-bad").count():
            return


def decide(desk) -> None:
    first, row = desk.locator("select").nth(0), desk.locator("select").nth(1)
    for number in range(1, first.locator("option").count()):
        first.select_option(index=number)
        desk.page.wait_for_timeout(700)
        if row.locator("option").count() > 1:
            row.select_option(index=0)
            desk.page.wait_for_timeout(700)
            return


def save(picture: bytes, name: str) -> None:
    image = Image.open(io.BytesIO(picture)).convert("RGB")
    image = image.crop((0, 0, image.width, min(image.height, MOST)))
    path = CHECKOUT / "docs" / "pictures" / name
    path.parent.mkdir(exist_ok=True)
    image.quantize(COLOURS, dither=Image.Dither.NONE).save(path, optimize=True)
    print(path.relative_to(CHECKOUT), path.stat().st_size)


if __name__ == "__main__":
    main()
