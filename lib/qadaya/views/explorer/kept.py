"""A widget that a saved notebook and a page can show too, where no kernel runs."""

from abc import abstractmethod
from typing import Any, ClassVar

import anywidget
from IPython.display import display, update_display

from qadaya.views.explorer.module import EXPLORER

MIME = "application/vnd.qadaya.explorer+json"
_VIEW = "application/vnd.jupyter.widget-view+json"


class KeptWidget(anywidget.AnyWidget):
    """A widget with its state beside it, and the same in plain HTML.

    A page runs the front end `_module` on the traits named in `_state`.
    """

    _module: ClassVar[str] = EXPLORER
    _state: ClassVar[tuple[str, ...]] = ()

    @abstractmethod
    def plain(self) -> str:
        """What is shown in HTML, for where no front end runs."""

    @abstractmethod
    def name(self) -> str:
        """What it is called where only text is shown."""

    def state(self) -> dict[str, Any]:
        """What the front end is given, as JSON can hold it: the same in both hosts."""
        return {name: getattr(self, name) for name in self._state}

    def _repr_mimebundle_(self, **_: Any) -> dict[str, Any]:  # type: ignore[override]
        return {**self._view(), **self._kept()}

    def _ipython_display_(self) -> None:
        # Two outputs of one cell. JupyterLab shows an error for a view whose widget is
        # gone and looks at no other part of that output; so the table that a saved
        # notebook shows stands beside the view. Styles show one of the two.
        display(self._view(), raw=True)
        display(self._kept(), raw=True, display_id=self._place)

    def save(self) -> None:
        """Keep what is chosen now where it was shown: in the saved notebook, and in
        the page that is made of it as it stands.

        A run of the notebook begins anew: to begin with this choice there too, give
        `selection=` what `chosen()` says.
        """
        update_display(self._kept(), raw=True, display_id=self._place)

    @property
    def _place(self) -> str:
        # One of each widget: shown twice, both are kept.
        return f"qadaya-{self.model_id}"

    def _view(self) -> dict[str, Any]:
        view = {"version_major": 2, "version_minor": 1, "model_id": self.model_id}
        return {_VIEW: view}

    def _kept(self) -> dict[str, Any]:
        """What stays readable in a saved notebook and goes into a page."""
        return {
            MIME: {"module": self._module, **self.state()},
            "text/html": self.plain(),
            "text/plain": self.name(),
        }
