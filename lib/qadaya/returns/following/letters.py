"""Letters in Arabic to courts that are late, each with its blank form (.docx, .xlsx).

A first-instance court is written to through the court of appeal of its circuit, which
gets a cover letter that names the courts.
"""

import io
from collections import defaultdict
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

from docx import Document
from docx.document import Document as Letter
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt
from docx.text.run import Run

from qadaya.atomic import files_beside
from qadaya.dates import day_in_words
from qadaya.errors import ReturnError
from qadaya.language import translator
from qadaya.reference import court_name
from qadaya.returns.following.deadlines import Deadline
from qadaya.returns.following.standing import LATE, Standing
from qadaya.returns.form import write_form

DOMAIN = "returns.following"
KINGDOM = "Kingdom of Morocco"
OFFICE = "Presidency of the Public Prosecution"
TO_FIRST_INSTANCE = "To the Crown Prosecutor at the {court}"
TO_APPEAL = "To the Crown Prosecutor General at the {court}"
THROUGH = "Through the Crown Prosecutor General at the {court}"
SUBJECT = "Subject: reminder of the statistics for the year {year}"
GREETING = "Greetings and respect,"
REMINDER = (
    "I have the honour to tell you that the table of statistics on cases of sexual "
    "exploitation of children online concerning the platforms NECMEC and CPS for the "
    "year {year} has not arrived from your court. The last day to send it was {due}."
)
PLEASE = (
    "Please fill in the form enclosed and send it as soon as possible. A court that "
    "has registered no case writes “Nothing to report” in the first row and sends the "
    "form back: a return that says nothing differs from no return."
)
NO_NAMES = "Please leave out any name and any other personal data."
COVER = (
    "Enclosed are the reminders to the courts of your circuit whose table for the year "
    "{year} has not arrived, with their forms. Please pass them on and see that they "
    "are answered."
)
CLOSING = "With my regards."
INVENTED = "Synthetic data: this letter was made from invented returns."
_FONT = "Arial"


def write_letters(
    folder: Path,
    late: Sequence[Standing],
    year: int,
    deadline: Deadline,
    today: date,
    *,
    invented: bool = False,
) -> list[Path]:
    """Letters, forms and covers of the courts that are late; nothing for others.

    Names: `<court>-<year>.docx` and `.xlsx`; `cover-<circuit>-<year>.docx`.
    Raises: ReturnError when they cannot be written; earlier ones are replaced.
    """
    waiting = [standing for standing in late if standing.state == LATE]
    circuits: dict[str, list[Standing]] = defaultdict(list)
    for standing in waiting:
        circuits[standing.circuit_id].append(standing)
    letters = {
        f"{standing.court_id}-{year}.docx": _reminder(standing, year, deadline, today)
        for standing in waiting
    }
    for circuit, ones in circuits.items():
        letters[f"cover-{circuit}-{year}.docx"] = _cover(circuit, ones, year, today)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with files_beside(folder) as beside:
            for name, letter in letters.items():
                if invented:
                    _line(letter, _say(INVENTED), bold=True)
                (beside / name).write_bytes(_bytes(letter))
            for standing in waiting:
                form = beside / f"{standing.court_id}-{year}.xlsx"
                write_form(form, court_id=standing.court_id, year=year)
            names = sorted(path.name for path in beside.iterdir())
    except OSError as fault:
        raise ReturnError(
            f"{folder}: letters cannot be written ({fault.strerror}); expected a "
            "folder that may be written to. Choose another"
        ) from fault
    return [folder / name for name in names]


def _reminder(one: Standing, year: int, deadline: Deadline, today: date) -> Letter:
    letter = _begun(year, today, lambda: _addressed(one))
    _line(letter, _say(REMINDER, year=year, due=day_in_words(deadline.due, "ar")))
    _line(letter, _say(PLEASE))
    _line(letter, _say(NO_NAMES))
    _line(letter, _say(CLOSING))
    return letter


def _cover(circuit: str, ones: Sequence[Standing], year: int, today: date) -> Letter:
    to = _say(TO_APPEAL, court=court_name(circuit, "ar"))
    letter = _begun(year, today, lambda: [to])
    _line(letter, _say(COVER, year=year))
    for number, standing in enumerate(ones, start=1):
        _line(letter, f"{number}. {court_name(standing.court_id, 'ar')}")
    _line(letter, _say(CLOSING))
    return letter


def _addressed(one: Standing) -> list[str]:
    name = court_name(one.court_id, "ar")
    if one.court_id == one.circuit_id:
        return [_say(TO_APPEAL, court=name)]
    through = _say(THROUGH, court=court_name(one.circuit_id, "ar"))
    return [_say(TO_FIRST_INSTANCE, court=name), through]


def _begun(year: int, today: date, addressed: Callable[[], list[str]]) -> Letter:
    letter = Document()
    section = letter.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    _line(letter, _say(KINGDOM), bold=True)
    _line(letter, _say(OFFICE), bold=True)
    _line(letter, day_in_words(today, "ar"))
    for text in addressed():
        _line(letter, text, bold=True, centred=True)
    _line(letter, _say(SUBJECT, year=year), bold=True)
    _line(letter, _say(GREETING))
    letter.core_properties.author = "Qadaya"
    letter.core_properties.language = "ar-MA"
    return letter


def _line(
    letter: Letter, text: str, *, bold: bool = False, centred: bool = False
) -> None:
    """A paragraph from right to left; Word asks for it of paragraph and of run."""
    paragraph = letter.add_paragraph()
    paragraph._p.get_or_add_pPr().append(OxmlElement("w:bidi"))
    if centred:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    run = paragraph.add_run(text)
    run.bold = bold
    run.font.size, run.font.name = Pt(14), _FONT
    run.font.rtl, run.font.cs_bold = True, bold
    _as_large_in_arabic(run)


def _as_large_in_arabic(run: Run) -> None:
    """Word keeps another font and size for Arabic letters; here it is the same one."""
    properties = run._r.get_or_add_rPr()
    size, fonts = properties.find(qn("w:sz")), properties.find(qn("w:rFonts"))
    assert size is not None and fonts is not None  # both were set just now
    arabic = OxmlElement("w:szCs")
    arabic.set(qn("w:val"), size.get(qn("w:val"), ""))
    size.addnext(arabic)
    fonts.set(qn("w:cs"), _FONT)


def _bytes(letter: Letter) -> bytes:
    target = io.BytesIO()
    letter.save(target)
    return target.getvalue()


def _say(text: str, **values: object) -> str:
    return translator("ar", DOMAIN).gettext(text).format(**values)
