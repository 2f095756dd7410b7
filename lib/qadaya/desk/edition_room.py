"""The room of editions: count one, make its pages, and look at them."""

import re
from datetime import date
from html import escape, unescape
from pathlib import Path

from ipywidgets import HTML, Dropdown, Layout, RadioButtons, Select, VBox

from qadaya.desk.findings import synthetic
from qadaya.desk.held import is_begun
from qadaya.desk.parts import (
    WIDE,
    Advance,
    Doing,
    button,
    heading,
    labelled,
    note,
    offer,
    shown_path,
    table,
)
from qadaya.desk.speech import Speech
from qadaya.editions.build import as_of_date, build_edition
from qadaya.editions.edition import (
    Edition,
    edition_at,
    edition_numbers,
    editions_folder,
)
from qadaya.pages.index import INDEX
from qadaya.pages.report import Report, write_report
from qadaya.pages.run.choice import Choice
from qadaya.pages.run.plan import Run, all_parameter_files, plan
from qadaya.pages.run.result import Progress, Result
from qadaya.returns.register import Register
from qadaya.vocabulary import AUDIENCES, label
from qadaya.workbench import home

_FRAME = (
    '<iframe class="qd-page" title="{title}" srcdoc="{page}" '
    'sandbox="allow-scripts allow-downloads allow-modals"></iframe>'
)


_TITLE = re.compile(r"<title>([^<·]*)")
_HEAD = 4_000  # characters, within which a page has its title


class _Told(Progress):
    """Hears of each run that has ended."""

    def __init__(self, advance: Advance) -> None:
        self.advance = advance

    def ended(self, result: Result) -> None:
        self.advance()


class EditionRoom:
    """Build an edition for an audience, make the pages of a year, open one."""

    def __init__(self, speech: Speech) -> None:
        say = speech.say
        self.speech = speech
        self.shelf = Register()
        self.reports = home() / "reports"
        self.doing, self.making = Doing(speech), Doing(speech)
        self.audience = RadioButtons(
            options=[(label("audience", a, speech.language), a) for a in AUDIENCES],
            layout=WIDE,
        )
        self.audience.observe(lambda change: self.refresh(), "value")
        self.plan = HTML()
        self.build = button(say("Build the edition"), self._build, main=True)
        self.year = Dropdown(layout=Layout(width="12rem"))
        self.make = button(say("Make the pages of this year"), self._make)
        self.pages = Select(rows=8, layout=WIDE)
        self.open = button(say("Open this page"), self._open)
        self.editions, self.page = HTML(), HTML()
        self.box = VBox(
            [
                heading(say("Edition and pages")),
                note(
                    say(
                        "An edition counts the register once. A shared edition is "
                        "protected; an internal one never leaves the desk."
                    )
                ),
                labelled(say("For whom"), self.audience),
                self.plan,
                self.build,
                self.doing.box,
                self.editions,
                labelled(say("Year"), self.year),
                self.make,
                self.making.box,
                labelled(say("Pages"), self.pages),
                self.open,
                self.page,
            ]
        )

    def refresh(self) -> None:
        """What would be counted, and the editions and pages that are there."""
        with self.doing.work(self.speech.say("Reading the register"), 0):
            self.plan.value = f"<p>{escape(self._will_happen())}</p>"
            self._offer()

    def _will_happen(self) -> str:
        say = self.speech.say
        if not is_begun(self.shelf):
            return say("Nothing was received yet.")
        held = self.shelf.contents()
        text = say(
            "Cases that count now: {n}, from the returns received until {day}. The "
            "click counts them into an edition; the register stays as it is. This may "
            "take some minutes.",
            n=len(held.cases),
            day=self.speech.day(date.fromisoformat(as_of_date(None, held.returns))),
        )
        invented = held.returns["synthetic"].astype(bool).any()
        return f"{text} {synthetic(self.speech)}" if invented else text

    def _offer(self) -> None:
        """The editions and pages of this audience, and the years of the latest."""
        folder = editions_folder() / self.audience.value
        made = [edition_at(folder / number) for number in edition_numbers(folder)]
        self.editions.value = self._listed(made)
        years = made[-1].years if made else []
        offer(self.year, [(str(year), year) for year in sorted(years, reverse=True)])
        folder = self.reports / self.audience.value
        ways_in = INDEX.values()
        pages = [
            path for path in sorted(folder.glob("*.html")) if path.name not in ways_in
        ]
        offer(self.pages, [(_title(path), str(path)) for path in pages])
        self.page.value = ""

    def _listed(self, made: list[Edition]) -> str:
        """The editions that there are, the latest first."""
        say = self.speech.say
        if not made:
            return f"<p>{escape(say('There is no edition for these readers yet.'))}</p>"
        head = [say("Edition"), say("Returns received until"), say("Years")]
        rows = [
            [
                f"<bdi>{escape(one.number)}</bdi>",
                escape(self.speech.day(date.fromisoformat(one.as_of))),
                escape(self.speech.listed([str(year) for year in one.years])),
            ]
            for one in reversed(made)
        ]
        return table(head, rows, say("Editions, the latest first"))

    def _build(self) -> None:
        say = self.speech.say
        self.making.said.clear()
        with self.doing.work(say("Counting and protecting; this takes a while"), 0):
            built = build_edition(*self.shelf.contents(), audience=self.audience.value)
            self._offer()
            self.doing.said.tell(
                say("Edition {number} is there.", number=built.number),
                f"<p>{shown_path(built.path)}</p>",
            )

    def _make(self) -> None:
        say = self.speech.say
        if self.year.value is None:
            self.making.said.warn(say("Build an edition first."))
            return
        with self.making.work(say("Planning the pages"), 0):
            runs = self._runs()
        if not self.making.said.is_clear:
            return
        with self.making.work(say("Making the pages"), len(runs)) as advance:
            report = write_report(runs, self.reports, progress=_Told(advance))
            self._offer()
            self._tell(report)

    def _runs(self) -> list[Run]:
        year = self.year.value
        files = [path for path in all_parameter_files() if path.stem == str(year)]
        choice = Choice(
            audiences=[self.audience.value], languages=[self.speech.language]
        )
        work = home() / "build" / "runs"
        return plan(files, choice, out=self.reports, work=work)

    def _tell(self, report: Report) -> None:
        say = self.speech.say
        failed = [
            result.sentence for result in report.results if result.state == "failed"
        ]
        lines = "".join(f"<p dir='ltr'>{escape(sentence)}</p>" for sentence in failed)
        lines += f"<p>{shown_path(report.index_page)}</p>"
        if failed:
            self.making.said.warn(say("Some pages could not be made:"), lines)
        else:
            self.making.said.tell(say("The pages are there."), lines)

    def _open(self) -> None:
        if not self.pages.value:
            self.making.said.warn(self.speech.say("Choose a page first."))
            return
        path = Path(self.pages.value)
        # On its own, as it is mailed: it cannot reach the notebook around it.
        content = escape(path.read_text(encoding="utf-8"))
        frame = _FRAME.format(title=escape(path.stem), page=content)
        self.page.value = f"<p>{shown_path(path)}</p>{frame}"


def _title(page: Path) -> str:
    """What a page is called, and its file."""
    with page.open(encoding="utf-8") as file:
        found = _TITLE.search(file.read(_HEAD))
    title = unescape(found[1]).strip() if found else ""
    return f"{title} · {page.stem}" if title else page.stem
