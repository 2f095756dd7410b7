"""The few parts that every room of the desk is put together from."""

import base64
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from html import escape
from pathlib import Path
from typing import Any

from ipywidgets import HTML, Button, HBox, IntProgress, Layout, Select, VBox, Widget

from qadaya.desk.speech import Speech, inert
from qadaya.errors import QadayaError

Advance = Callable[[], None]
WIDE = Layout(width="52rem", max_width="100%")


def heading(text: str) -> HTML:
    return HTML(f"<h2>{escape(text)}</h2>")


def note(text: str) -> HTML:
    return HTML(f"<p>{escape(text)}</p>")


def labelled(text: str, field: Widget) -> Widget:
    """A field under its name, which a reader of screens reads with it."""
    field.description = text
    field.style.description_width = "auto"
    return field.add_class("qd-field")


def offer(field: Widget, options: Sequence[tuple[str, Any]]) -> None:
    """Give a field other options; what was chosen stays where it is still among them.

    Of a list nothing is chosen then, of a field with one line the first.
    """
    kept = field.value
    values = [value for _, value in options]
    field.options = options
    first = None if isinstance(field, Select) else next(iter(values), None)
    field.value = kept if kept in values else first


def side_by_side(*parts: Widget) -> HBox:
    return HBox(list(parts)).add_class("qd-side")


def table(head: Sequence[str], rows: Sequence[Sequence[str]], title: str) -> str:
    """A table as HTML; the cells are HTML already, the heads and the title are not."""
    heads = "".join(f'<th scope="col">{escape(name)}</th>' for name in head)
    body = "".join(
        "<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows
    )
    caption = f"<caption>{escape(title)}</caption>" if title else ""
    return (
        f"<div class='qd-wide'><table>{caption}<thead><tr>{heads}</tr></thead>"
        f"<tbody>{body}</tbody></table></div>"
    )


def download(name: str, content: bytes, text: str) -> str:
    """A link that hands a file over, wherever the kernel runs."""
    coded = base64.b64encode(content).decode("ascii")
    return (
        f'<a class="qd-file" download="{escape(name)}" href="data:application/'
        f'octet-stream;base64,{coded}">{escape(text)}</a>'
    )


class Announcement:
    """Where a room says what it did; a reader of screens hears it at once."""

    def __init__(self, speech: Speech) -> None:
        self.speech = speech
        self.box = HTML()
        self.clear()

    @property
    def is_clear(self) -> bool:
        """Whether nothing was said since the last work began."""
        return not self._said

    def clear(self) -> None:
        self._put("", "")

    def tell(self, text: str, more: str = "") -> None:
        """A sentence, and HTML that follows it."""
        self._put(f"<p>{escape(text)}</p>{more}", "qd-done")

    def warn(self, text: str, more: str = "") -> None:
        self._put(f"<p>{escape(text)}</p>{more}", "qd-warned")

    def refuse(self, fault: QadayaError) -> None:
        """What an error says, in the words the command has for it."""
        lines = "".join(f"<p dir='ltr'>{inert(x)}</p>" for x in str(fault).splitlines())
        self.warn(self.speech.say("It was not done. The reason:"), lines)

    def _put(self, html: str, kind: str) -> None:
        self._said = bool(html)
        self.box.value = f'<div role="status" class="qd-said {kind}">{html}</div>'


class Doing:
    """The progress of work that takes long, and a place for how it ended."""

    def __init__(self, speech: Speech) -> None:
        self.said = Announcement(speech)
        self.speech = speech
        self.bar = IntProgress(layout=Layout(width="100%"))
        self.what = HTML()
        self.going = VBox([self.what, self.bar]).add_class("qd-going")
        self.going.layout.display = "none"
        self.box = VBox([self.going, self.said.box])

    @contextmanager
    def work(self, what: str, total: int) -> Iterator[Advance]:
        """Shows how far it is; an error of ours becomes a sentence, and nothing more.

        With a total of 0 nobody knows how long it takes, and the bar is full.
        """
        self.said.clear()
        self.bar.max, self.bar.value = max(total, 1), 0 if total else 1
        self._show(what, total)
        self.going.layout.display = ""
        try:
            yield lambda: self._advance(what, total)
        except QadayaError as fault:
            self.said.refuse(fault)
        except Exception:
            # Not swallowed: it goes on to the log of JupyterLab, where it can be read.
            say = self.speech.say
            self.said.warn(say("A fault of Qadaya stopped this; its log has the rest."))
            raise
        finally:
            self.going.layout.display = "none"

    def _advance(self, what: str, total: int) -> None:
        self.bar.value += 1
        self._show(what, total)

    def _show(self, what: str, total: int) -> None:
        far = f" <bdi dir='ltr'>{self.bar.value}/{total}</bdi>" if total else ""
        self.what.value = f"<p>{escape(what)}{far}</p>"


def button(text: str, act: Callable[[], None], *, main: bool = False) -> Button:
    """A button that does something; the one that matters most is `main`."""
    made = Button(description=text, layout=Layout(width="auto", height="auto"))
    made.add_class("qd-main" if main else "qd-button")
    made.on_click(lambda _: act())
    return made


def shown_path(path: Path) -> str:
    """A path of this machine as HTML, from left to right in any language."""
    return f"<code dir='ltr'>{escape(str(path))}</code>"
