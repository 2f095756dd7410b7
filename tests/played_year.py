"""A year of 112 courts, played from the first supplement to the revision in June.

What each court does is written here, and what must come of it: nothing in this file
asks the code under test what is true.
"""

import csv
from datetime import UTC, date, datetime
from itertools import count

from openpyxl import load_workbook

from checkout import CHECKOUT
from qadaya.desk.answering import who_has_answered, write_answers, write_reminders
from qadaya.editions.build import build_edition
from qadaya.returns.form import write_all_forms
from qadaya.returns.register import Register, intake
from sent_returns import case, closed_case, send, send_nil

FILES = 401
COURTS_FILE = CHECKOUT / "lib" / "qadaya" / "reference" / "data" / "courts.csv"
# Decreed, and opened after 2024 or not at all (court_validity.csv, read by eye).
NOT_OPEN = {
    "ca-dakhla", "tpi-jerada", "tpi-el-hajeb", "tpi-bouznika", "tpi-mdiq",
    "tpi-tahannaout", "tpi-boujdour", "tpi-chichaoua", "tpi-demnate", "tpi-erfoud",
    "tpi-er-rich", "tpi-oulad-teima",
}  # fmt: skip
OPENED_IN_2024 = "tpi-biougra"
# What courts do that is told one by one, with the circuit a letter goes through.
SILENT = {"tpi-sale": "ca-rabat", "tpi-fes": "ca-fes", "ca-safi": "ca-safi"}
LATE = {
    "tpi-temara": "ca-rabat", "tpi-oujda": "ca-oujda", "ca-tanger": "ca-tanger",
    "tpi-khouribga": "ca-khouribga", "tpi-settat": "ca-settat",
}  # fmt: skip
EMPTY, EMPTY_THEN_TWO = "tpi-rabat", "tpi-meknes"
WRONG, WRONG_THEN_ONE = "tpi-agadir", "tpi-nador"
TOLD_ALONE = "tpi-fes"  # a supplement, and never a return
NAMED = {*SILENT, *LATE, EMPTY, EMPTY_THEN_TWO, WRONG, WRONG_THEN_ONE}
(PLAIN, PLAIN_TOO, NIL, MENDED, TOLD_BEFORE, TOLD_AFTER, WITHDRAWN, FAULTY) = range(8)
BAD = "منصة أخرى"
CLOSED = {"prosecution": "حفظ", "outcomes": ("", "", "")}
OPEN = {"prosecution": "في طور البحث", "outcomes": ("", "", "")}
CPS = {"platform": "CPS"}
RESENT = 30


def names():
    with COURTS_FILE.open(encoding="utf-8-sig") as file:
        return {line["court_id"]: line["name_ar"] for line in csv.DictReader(file)}


ALL = list(names())
ROLES = {
    court: place % 8
    for place, court in enumerate(c for c in ALL if c not in NOT_OPEN | NAMED)
}
HEADED_BACK = [court for court, role in ROLES.items() if role == MENDED][:3]


def of_role(*roles):
    return [court for court, role in ROLES.items() if role in roles]


def plain(court):
    """How many cases a court has that does nothing else: one to four."""
    return 1 + ALL.index(court) % 4


def earlier(court):
    """How many cases a court had in 2023: none to two; some did not exist."""
    return ALL.index(court) % 3


# The cases of 2024 that count, by what the court does: in March, and in June.
COUNTED = {
    PLAIN: lambda court: (plain(court), plain(court)),
    PLAIN_TOO: lambda court: (plain(court), plain(court)),
    NIL: lambda court: (0, 0),
    MENDED: lambda court: (2, 3),
    TOLD_BEFORE: lambda court: (3, 3),
    TOLD_AFTER: lambda court: (2, 3),
    WITHDRAWN: lambda court: (2, 1),
    FAULTY: lambda court: (1, 1),
}
STATES = {
    PLAIN: ("accepted", "accepted"),
    PLAIN_TOO: ("accepted", "accepted"),
    NIL: ("nil", "nil"),
    MENDED: ("accepted_with_problems", "revised"),
    TOLD_BEFORE: ("accepted", "accepted"),
    TOLD_AFTER: ("accepted", "accepted"),
    WITHDRAWN: ("accepted", "revised"),
    FAULTY: ("accepted_with_problems", "accepted_with_problems"),
}
MARCH, JUNE = 0, 1


def true_states(when):
    told = {court: STATES[role][when] for court, role in ROLES.items()}
    told |= dict.fromkeys(NOT_OPEN, "not_open") | dict.fromkeys(SILENT, "late")
    told |= dict.fromkeys(LATE, ("late", "accepted")[when])
    told |= {EMPTY: "empty", EMPTY_THEN_TWO: ("empty", "accepted")[when]}
    told |= {WRONG: "refused", WRONG_THEN_ONE: ("refused", "accepted")[when]}
    return told


def true_cases(when):
    """The cases of each court whose return counts."""
    told = {court: COUNTED[role](court)[when] for court, role in ROLES.items()}
    if when == JUNE:
        told |= dict.fromkeys(LATE, 2) | {EMPTY_THEN_TWO: 2, WRONG_THEN_ONE: 1}
    return told


def true_cases_of_2023():
    gone = NOT_OPEN | {OPENED_IN_2024}
    return sum(earlier(court) for court in ALL if court not in gone)


class Played:
    """The desk through the year; what it saw is kept to be asked about."""

    def __init__(self, folder, patch):
        self.folder, self.patch = folder, patch
        self.register, self.names = Register(), names()
        self.sent, self.numbers = 0, count(1)
        self.rows = {court: self._rows() for court in ALL}
        self.seen, self.editions, self.resent = {}, {}, []

    def _rows(self):
        """Four cases of a court, no two alike, each with a reference of its own."""
        kinds = (CLOSED, CLOSED | CPS, OPEN, OPEN | CPS)
        return [
            case(reference=f"{next(self.numbers)}/2610/2024", **kind) for kind in kinds
        ]

    def on(self, day):
        class Clock(datetime):
            @classmethod
            def now(cls, tz=None):
                return datetime.fromisoformat(f"{day}T12:00:00").replace(tzinfo=UTC)

        self.today = date.fromisoformat(day)
        self.patch.setattr(intake, "datetime", Clock)

    def file(self, name):
        return self.folder / "sent" / f"{self.today}-{name}.csv"

    def receive(self, files, *, supplement=False):
        files = list(files)
        self.sent += len(files)
        return self.register.receive_all(files, supplement=supplement)

    def returns(self, year, cases):
        """One file of each court: its cases, or that there was none."""
        for court, rows in cases.items():
            name = self.names[court]
            path = self.file(f"{court}-{year}-{len(rows)}")
            yield send(path, name, year, *rows) if rows else send_nil(path, name, year)

    def look(self, when):
        self.seen[when] = who_has_answered(self.register, 2024, self.today)

    def publish(self, when):
        self.editions[when] = build_edition(
            *self.register.contents(), audience="internal"
        )


def play(folder, patch):
    played = Played(folder, patch)
    for part in (_before, _forms_and_returns, _answers_and_edition, _revision):
        part(played)
    return played


def _before(played):
    played.on("2024-02-10")
    gone = NOT_OPEN | {OPENED_IN_2024}
    courts = [court for court in ALL if court not in gone]
    kinds = [closed_case(), closed_case(platform="CPS")]
    played.receive(played.returns(2023, {c: kinds[: earlier(c)] for c in courts}))
    played.on("2024-03-15")
    played.publish("first")
    for day, place in (("2024-05-06", 0), ("2024-09-12", 1)):
        played.on(day)
        courts = of_role(TOLD_BEFORE) + (of_role(TOLD_AFTER) if place else [])
        courts += [TOLD_ALONE] if place else []
        told = {court: [played.rows[court][place]] for court in courts}
        played.receive(played.returns(2024, told), supplement=True)


def _forms_and_returns(played):
    played.on("2025-01-02")
    played.forms = write_all_forms(played.folder / "forms", year=2024)
    played.look("asked")
    played.on("2025-02-20")
    rows, bad = played.rows, case(**OPEN | {"platform": BAD})
    sent = {
        court: rows[court][: plain(court)] for court in of_role(PLAIN, PLAIN_TOO)
    } | dict.fromkeys(of_role(NIL), ())
    sent |= {court: [*rows[court][:2], bad] for court in of_role(MENDED)}
    sent |= {court: rows[court][:3] for court in of_role(TOLD_BEFORE)}
    sent |= {court: rows[court][:2] for court in of_role(TOLD_AFTER, WITHDRAWN)}
    sent |= {court: [rows[court][0], bad] for court in of_role(FAULTY)}
    sent |= {court: [bad] for court in (WRONG, WRONG_THEN_ONE)}
    files = list(played.returns(2024, sent))
    for court in (EMPTY, EMPTY_THEN_TWO):
        files.append(send(played.file(f"{court}-empty"), played.names[court], 2024))
    played.receive(files)
    played.resent = files[:RESENT]
    played.look("not yet late")


def _answers_and_edition(played):
    played.on("2025-03-01")
    played.look("late")
    played.letters = write_reminders(played.folder / "letters", played.seen["late"])
    played.on("2025-03-10")
    files = played.register.latest(since="2025-01-01")
    asked = [one for one in files if one.filed[0].reading.court_id in HEADED_BACK]
    played.answers = write_answers(played.folder / "answers", asked)
    # The same file under another name says nothing new.
    again = [path.with_name(f"again-{path.name}") for path in played.resent]
    for path, copy in zip(played.resent, again, strict=True):
        copy.write_bytes(path.read_bytes())
    played.repeated = played.receive(again)
    played.on("2025-03-15")
    played.look(MARCH)
    played.publish(MARCH)


def _revision(played):
    played.on("2025-04-20")
    rows = played.rows
    mended = [court for court in of_role(MENDED) if court not in HEADED_BACK]
    sent = {court: rows[court][:3] for court in mended}
    sent |= {court: rows[court][:2] for court in (*LATE, EMPTY_THEN_TWO)}
    sent |= {WRONG_THEN_ONE: rows[WRONG_THEN_ONE][:1]}
    played.receive([*played.returns(2024, sent), *map(_mended, played.answers)])
    played.on("2025-05-18")
    sent = {court: rows[court][:1] for court in of_role(WITHDRAWN)}
    played.receive(played.returns(2024, sent))
    added = {court: rows[court][2:3] for court in of_role(TOLD_AFTER)}
    played.receive(played.returns(2024, added), supplement=True)
    # The rest of the post is nothing that can be read.
    torn = [played.file(f"torn-{n}") for n in range(FILES - played.sent)]
    for n, path in enumerate(torn):
        path.with_suffix(".xlsx").write_bytes(
            b"PK\x03\x04" + bytes([n % 256, n // 256])
        )
    played.receive(path.with_suffix(".xlsx") for path in torn)
    played.torn = len(torn)
    played.on("2025-06-15")
    played.look(JUNE)
    played.publish(JUNE)


def _mended(answer):
    """The answer as the court sends it back, its bad cell put right."""
    book = load_workbook(answer)
    for sheet in book.worksheets[1:]:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.value == BAD:
                    cell.value = "NCMEC"
    path = answer.with_name(f"back-{answer.name}")
    book.save(path)
    return path
