"""A reply that comes while nbclient writes to the kernel is read all the same."""

import threading
import time

import nbformat
import pytest
from nbclient.output_widget import OutputWidget
from nbformat.v4 import new_code_cell, new_notebook
from papermill.execute import execute_notebook

from qadaya.pages.run.engine import ENGINE

PRINTED_INTO_A_WIDGET = (
    "import ipywidgets\nshown = ipywidgets.Output()\nwith shown:\n    print('kept')\n"
)
# Seconds. A lost reply is waited for without end; on a busy machine the run takes ten.
WITHOUT_END = 120


@pytest.fixture
def slow_to_write(monkeypatch):
    """What a busy machine does: the reply is there before the widget is written to."""
    send = OutputWidget.send

    def sent(widget, *message, **parts):
        time.sleep(1)
        send(widget, *message, **parts)

    monkeypatch.setattr(OutputWidget, "send", sent)


@pytest.mark.usefixtures("slow_to_write")
def test_a_reply_that_came_while_a_widget_was_written_to_is_read(tmp_path):
    path, done = tmp_path / "interact.ipynb", tmp_path / "done.ipynb"
    cells = [new_code_cell(PRINTED_INTO_A_WIDGET), new_code_cell("print('went on')")]
    nbformat.write(new_notebook(cells=cells), path)
    run = threading.Thread(
        target=execute_notebook,
        args=(str(path), str(done)),
        kwargs={
            "engine_name": ENGINE,
            "kernel_name": "python3",
            "progress_bar": False,
        },
        daemon=True,
    )
    run.start()
    run.join(WITHOUT_END)
    assert not run.is_alive()
    last = nbformat.read(done, as_version=4).cells[-1]
    assert last.outputs[0].text == "went on\n"
