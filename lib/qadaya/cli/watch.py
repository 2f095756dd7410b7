"""The command that follows an inbox: `watch`. What arrives becomes pages."""

import signal
import time
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from types import FrameType
from typing import Annotated

import typer

from qadaya.cli.command import EXIT_REFUSED, Audience, Language, app
from qadaya.cli.inbox import SETTLED, InboxFolder
from qadaya.errors import ParameterError, QadayaError

# Milliseconds between two looks while nothing is told by the system.
LOOK = int(SETTLED * 1000)


@app.command()
def watch(
    inbox: Annotated[
        Path, typer.Argument(metavar="INBOX", help="The folder returns are put into.")
    ],
    audience: Annotated[
        list[Audience] | None,
        typer.Option(
            "--audience",
            help="Editions to make anew. Default: internal; each shared edition tells "
            "its readers something more, so it is made when you say so.",
        ),
    ] = None,
    once: Annotated[
        bool, typer.Option("--once", help="Look once and end, as for cron.")
    ] = False,
) -> None:
    """Receive what is put into a folder, and make the edition and its pages anew.

    A line for each thing done. Ends on Ctrl-C or SIGTERM, with exit code 0; with
    --once the code is 1 where something failed.
    """
    if not inbox.is_dir():
        raise ParameterError(f"{inbox}: no such folder; expected one for returns")
    audiences = list(dict.fromkeys(audience or [Audience.internal]))
    followed = InboxFolder(inbox, time.time)
    signal.signal(signal.SIGTERM, _interrupt)
    if once:
        if not _round(followed, audiences, anyway=True):
            raise typer.Exit(EXIT_REFUSED)
        return
    try:
        _say(f"watching {inbox}")
        # At first all the same: what was received before may have been left half way.
        for number, _ in enumerate(_news(inbox)):
            _round(followed, audiences, anyway=number == 0)
    except KeyboardInterrupt:
        _say("ended")


def _interrupt(number: int, frame: FrameType | None) -> None:
    """SIGTERM ends what Ctrl-C ends: kernels, and what is half written."""
    raise KeyboardInterrupt


def _news(inbox: Path) -> Iterator[None]:
    """Now, then when something in the folder changes, and every few seconds.

    The last for files that have just been written, and for disks of other machines,
    which tell of nothing.
    """
    from watchfiles import watch as changes

    yield
    for _ in changes(inbox, rust_timeout=LOOK, yield_on_timeout=True):
        yield


def _round(inbox: InboxFolder, audiences: list[Audience], *, anyway: bool) -> bool:
    """Receive what is whole and make anew what it changes; whether all went well.

    `anyway`: also where nothing is new. What stands as it would be made is left alone.
    """
    from qadaya.returns.register import Register

    try:
        arrived, _ = inbox.arrived()
    except OSError as fault:
        _say(f"{inbox.folder}: cannot be read ({fault.strerror}); looked at again soon")
        return False
    kept = [_received(path) for path in arrived]
    well = all(each is not None for each in kept)
    if not any(kept) and not (anyway and Register().log.path.exists()):
        return well
    for audience in audiences:
        try:
            well = _edition(audience) and _pages(audience) and well
        except QadayaError as fault:
            _say(f"{audience.value}: {' '.join(str(fault).split())}")
            well = False
    return well


def _received(path: Path) -> bool | None:
    """Whether the register holds more now; None where the file could not be filed."""
    from qadaya.returns.register import Register
    from qadaya.returns.register.intake import kept_name

    try:
        filed = Register().receive_all([path])
    except (QadayaError, OSError) as fault:
        reason = getattr(fault, "strerror", None) or " ".join(str(fault).split())
        _say(f"{kept_name(path.name)}: not filed: {reason}")
        return None
    for file in filed:
        state = "there already" if file.already_received else file.reading.state
        whose = (
            f"{file.reading.court_id or 'no court'} {file.reading.year or 'no year'}"
        )
        _say(f"{kept_name(path.name)}: {state.replace('_', ' ')}, {whose}")
    return any(file.return_id and not file.already_received for file in filed)


def _edition(audience: Audience) -> bool:
    from qadaya.editions.build import build_edition
    from qadaya.returns.register import Register

    built = build_edition(*Register().contents(), audience=audience.value)
    _say(f"edition {built.number} ({built.audience}): {built.path}")
    return True


def _pages(audience: Audience) -> bool:
    from qadaya.pages.report import write_report
    from qadaya.pages.run.choice import Choice
    from qadaya.pages.run.plan import all_parameter_files, plan
    from qadaya.workbench import home

    out, work = home() / "reports", home() / "build" / "runs"
    choice = Choice(
        audiences=[audience.value],
        languages=[each.value for each in Language],
        every_year=True,
    )
    files = _with_years(all_parameter_files(), audience)
    report = write_report(plan(files, choice, out=out, work=work), out)
    failed = [run for run in report.results if run.state == "failed"]
    for result in failed:
        _say(f"failed: {result.sentence}")
    built = sum(run.state == "built" for run in report.results)
    _say(f"{built} of {len(report.results)} pages made anew; {report.index_page}")
    return not failed


def _with_years(files: list[Path], audience: Audience) -> list[Path]:
    """The parameter files of years that the edition holds: more come with returns.

    All of them where none is, which the plan then says in a sentence.
    """
    from qadaya.editions.edition import open_edition

    years = open_edition(audience=audience.value).years
    return [path for path in files if int(path.stem) in years] or files


def _say(line: str) -> None:
    typer.echo(f"{datetime.now():%Y-%m-%d %H:%M:%S} {line}")
