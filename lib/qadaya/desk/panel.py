"""The desk in JupyterLab: five rooms, for people who do not type commands."""

from functools import partial
from html import escape
from typing import Protocol

from ipywidgets import HTML, Box, Button, HBox, VBox, Widget

from qadaya.desk.court_returns import CourtReturns
from qadaya.desk.decisions import Decisions
from qadaya.desk.edition_room import EditionRoom
from qadaya.desk.findings import synthetic
from qadaya.desk.held import holds_invented
from qadaya.desk.in_view import InView
from qadaya.desk.inbox import Inbox
from qadaya.desk.late import Late
from qadaya.desk.own_keys import OwnKeys
from qadaya.desk.parts import button
from qadaya.desk.speech import Speech
from qadaya.packaged import packaged_file
from qadaya.returns.register import Register
from qadaya.views.palette import DESK, custom_properties


class Room(Protocol):
    """One room: what is seen of it, and how it is brought up to date."""

    box: VBox

    def refresh(self) -> None: ...


def open_desk(language: str = "ar") -> Widget:
    """The desk on the register of this workbench, in ar, fr or en.

    It files nothing and writes nothing without a click, and all that it does is done
    by the functions that the command `qadaya` calls.
    Raises: ParameterError for another language or where there is no workbench;
    ReturnError in a run that makes shared pages, which may not see the register.
    """
    speech = Speech(language)
    say = speech.say
    rooms: dict[str, Room] = {
        say("What came in"): Inbox(speech),
        say("Returns and answers"): CourtReturns(speech),
        say("Who has answered"): Late(speech),
        say("Decisions of the desk"): Decisions(speech),
        say("Edition and pages"): EditionRoom(speech),
    }
    shown = Box()
    doors: dict[str, Button] = {}

    def enter(name: str) -> None:
        for other, door in doors.items():
            door.button_style = "primary" if other == name else ""
        rooms[name].refresh()
        shown.children = [rooms[name].box]
        text = f"<p class='qd-synthetic'>{escape(synthetic(speech))}</p>"
        invented.value = text if holds_invented(Register()) else ""

    for name in rooms:
        doors[name] = button(name, partial(enter, name))
    css = f".qd-desk{{{custom_properties(DESK, 'qd-')}}}\n"
    css += packaged_file("desk/desk.css").read_text(encoding="utf-8")
    mark = say("Internal: exact counts, for the desk alone")
    head = HTML(f"<style>{css}</style><p class='qd-internal'>{mark}</p>")
    invented = HTML()
    enter(next(iter(rooms)))
    ways = HBox(list(doors.values())).add_class("qd-doors")
    desk = VBox([head, invented, ways, shown, OwnKeys(), InView()])
    return desk.add_class("qd-desk").add_class(f"qd-{speech.direction}")
