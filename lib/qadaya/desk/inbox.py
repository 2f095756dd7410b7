"""The room of what comes in: drop files, look at them, and only then file them."""

from collections.abc import Sequence
from dataclasses import replace
from html import escape
from pathlib import Path

from ipywidgets import HTML, Checkbox, FileUpload, VBox

from qadaya.atomic import write_bytes
from qadaya.desk.findings import findings, return_title, state_name
from qadaya.desk.held import data_folder, held_returns, not_filed
from qadaya.desk.parts import (
    WIDE,
    Doing,
    button,
    heading,
    note,
    shown_path,
    side_by_side,
)
from qadaya.desk.speech import Speech, inert
from qadaya.returns.register import Register
from qadaya.returns.register.filed import Filed
from qadaya.returns.register.filing import check_all
from qadaya.returns.register.intake import files_of, kept_name
from qadaya.vocabulary import NIL, REFUSED


class Inbox:
    """Files in `data/inbox`, checked, then filed with one click.

    What is dropped is put into that folder. Nothing is taken out of it: what is filed
    is no longer shown, as the register keeps the file itself.
    """

    def __init__(self, speech: Speech) -> None:
        say = speech.say
        self.speech = speech
        self.folder = data_folder("inbox")
        self.shelf = Register()
        self.checked: list[Path] = []
        self.upload = FileUpload(multiple=True, description=say("Choose files"))
        self.upload.add_class("qd-button")
        self.upload.observe(lambda change: self._take(), "value")
        self.waiting = HTML()
        self.found = HTML()
        self.doing = Doing(speech)
        self.check = button(say("Check the files"), self._check)
        self.file = button(say("File in the register"), self._file, main=True)
        self.again = button(say("Look into the folder again"), self.refresh)
        self.plan = HTML()
        # How a form is read is the same; what its rows add to is not.
        self.supplement = Checkbox(
            description=say(
                "These are supplements: cases told during the year, which add to its "
                "return"
            ),
            indent=False,
            layout=WIDE,
        )
        self.supplement.observe(lambda change: self._forget(), "value")
        self.box = VBox(
            [
                heading(say("What came in")),
                note(
                    say(
                        "Choose the files that courts sent, or put them into the "
                        "folder below. Checking files nothing."
                    )
                ),
                side_by_side(self.upload, self.again, self.check),
                self.supplement,
                self.waiting,
                self.plan,
                self.file,
                self.doing.box,
                self.found,
            ]
        )

    def refresh(self) -> None:
        """Look at the folder again; what was checked before counts no longer."""
        self._forget()
        with self.doing.work(self.speech.say("Looking into the folder"), 0):
            self._list()

    def _list(self) -> None:
        say = self.speech.say
        files = (
            not_filed(files_of([self.folder]).files, self.shelf) if self._is() else []
        )
        head = self.speech.plural(
            "{n} file waits in the folder", "{n} files wait in the folder", len(files)
        )
        names = "".join(f"<li>{inert(kept_name(path.name))}</li>" for path in files)
        listed = f"<ul>{names}</ul>"
        self.waiting.value = f"<p>{escape(head)} {shown_path(self.folder)}</p>{listed}"
        if not files:
            self.plan.value = f"<p>{escape(say('There is nothing to file.'))}</p>"

    def _is(self) -> bool:
        return self.folder.is_dir()

    def _forget(self) -> None:
        self.checked = []
        self.plan.value = self.found.value = ""
        self.file.description = self.speech.say("File in the register")

    def _take(self) -> None:
        """Put what was dropped into the folder, beside what lies there."""
        if not self.upload.value:
            return
        dropped = list(self.upload.value)
        with self.doing.work(self.speech.say("Taking the files"), len(dropped)) as on:
            self.folder.mkdir(parents=True, exist_ok=True)
            for one in dropped:
                put_beside(self.folder, str(one["name"]), bytes(one["content"]))
                on()
        # What was dropped may hold anything: no notebook is to keep it.
        self.upload.value = ()
        self.refresh()

    def _check(self) -> None:
        self._forget()
        say = self.speech.say
        files = (
            not_filed(files_of([self.folder]).files, self.shelf) if self._is() else []
        )
        if not files:
            self._list()
            return
        with self.doing.work(say("Checking"), len(files)) as advance:
            filed = check_all(files, on_filed=advance)
            # Which version it will be depends on what is filed; the plan says it.
            alone = [replace(file, version=None) for file in filed]
            self.found.value = findings(alone, self.speech)
            self.plan.value = self._will_happen(filed)
            self.checked = files
            self.file.description = self.speech.plural(
                "File {n} file in the register",
                "File {n} files in the register",
                len(files),
            )

    def _will_happen(self, filed: Sequence[Filed]) -> str:
        """A line for each return: what filing it will do."""
        returns = held_returns(self.shelf)
        seen: dict[tuple[str, int], int] = {}
        if returns is not None:
            own = returns[~returns["supplement"].astype(bool)]
            filed_before = own.dropna(subset=["court_id", "year"])
            columns = (filed_before[name] for name in ("court_id", "year", "version"))
            for court, year, version in zip(*columns, strict=True):
                key = str(court), int(year)
                seen[key] = max(seen.get(key, 0), int(version))
        lines = "".join(f"<li>{self._line(file, seen)}</li>" for file in filed)
        head = self.speech.say("When you click the button below:")
        return f"<div class='qd-plan'><p>{escape(head)}</p><ul>{lines}</ul></div>"

    def _line(self, filed: Filed, seen: dict[tuple[str, int], int]) -> str:
        reading, say = filed.reading, self.speech.say
        key = (str(reading.court_id), int(reading.year or 0))
        earlier = seen.get(key, 0)
        if reading.court_id and reading.year:
            seen[key] = earlier + 1
        if reading.state == REFUSED:
            text = say("kept with the reason of its refusal; it does not count")
        elif reading.state != NIL and not reading.accepted:
            text = say("kept, but it does not count: no row of it was accepted")
        elif self.supplement.value:
            text = say("a supplement, which adds to the return of its year")
        elif earlier:
            text = say(
                "version {n}, which counts instead of the one before", n=earlier + 1
            )
        else:
            text = say("the first of this court and year; it counts")
        title = return_title(reading, self.speech)
        if not reading.court_id:
            title = self.speech.listed([title, reading.file])
        state = state_name(reading.state, self.speech)
        name = say("{name} ({state}):", name=title, state=state)
        return f"{inert(name)} {escape(text)}"

    def _file(self) -> None:
        """File exactly what was checked and shown."""
        files, self.checked = self.checked, []
        if not files:
            self.doing.said.warn(self.speech.say("Check the files first."))
            return
        with self.doing.work(self.speech.say("Filing"), len(files)) as advance:
            filed = self.shelf.receive_all(
                files, supplement=self.supplement.value, on_filed=advance
            )
            self._forget()
            self._list()
            self.found.value = findings(filed, self.speech)
            n = len({file.return_id for file in filed})
            self.doing.said.tell(
                self.speech.plural(
                    "{n} return was filed.", "{n} returns were filed.", n
                )
            )


def put_beside(folder: Path, name: str, content: bytes) -> Path:
    """Write a file into a folder under its own name, or one beside it where taken.

    Nothing that is there is replaced; the same file again is not written twice.
    """
    plain = Path(name.replace("\\", "/")).name.lstrip(".") or "file"
    path, number = folder / plain, 1
    while path.exists():
        if path.is_file() and path.read_bytes() == content:
            return path
        number += 1
        path = folder / f"{Path(plain).stem} ({number}){Path(plain).suffix}"
    write_bytes(path, content, replace=False)
    return path
