"""A JupyterLab of one's own: started for a test, closed after it."""

import json
import os
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import contextmanager

import nbformat

TOKEN = "for-this-test-only"
# What a field tells a kernel is heard late, as on a busy machine: a test that does not
# wait for the answer fails each time, not now and then.
LATE = """
import time
from comm.base_comm import BaseComm
heard = BaseComm.handle_msg
def heard_late(comm, message):
    time.sleep(0.3)
    heard(comm, message)
BaseComm.handle_msg = heard_late
"""


def notebook(*cells):
    """A notebook of code cells, none of them run."""
    made = nbformat.v4.new_notebook()
    made.cells = [nbformat.v4.new_code_cell(cell) for cell in cells]
    made.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3"}
    return made


@contextmanager
def running_lab(folder):
    """The address of a JupyterLab that shows `folder` and knows nobody's settings."""
    settings = folder / ".jupyter"
    environment = os.environ | {
        "JUPYTER_CONFIG_DIR": str(settings),
        "JUPYTER_DATA_DIR": str(settings / "data"),
        "JUPYTERLAB_SETTINGS_DIR": str(settings / "lab"),
        "JUPYTERLAB_WORKSPACES_DIR": str(settings / "workspaces"),
        "JUPYTER_RUNTIME_DIR": str(settings / "runtime"),
        "IPYTHONDIR": str(settings / "ipython"),
        "PYTHONPATH": os.pathsep.join(sys.path),
    }
    quiet = settings / "lab" / "@jupyterlab" / "apputils-extension"
    quiet.mkdir(parents=True)
    (quiet / "notification.jupyterlab-settings").write_text('{"fetchNews": "false"}')
    startup = settings / "ipython" / "profile_default" / "startup"
    startup.mkdir(parents=True)
    (startup / "late.py").write_text(LATE)
    command = [sys.executable, "-m", "jupyter", "lab", "--no-browser", "--allow-root"]
    options = [
        f"--ServerApp.root_dir={folder}",
        "--ServerApp.port=0",
        f"--IdentityProvider.token={TOKEN}",
        "--LabApp.news_url=None",
        "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
    ]
    log = (folder / "lab.log").open("wb")
    server = subprocess.Popen(
        command + options, env=environment, stdout=log, stderr=log, cwd=folder
    )
    try:
        yield _address(settings / "runtime", server, folder)
    finally:
        server.terminate()
        _ended(server)
        log.close()


def saved(tab, path, words, patience=600):
    """The notebook's text, once the lab has saved it whole and with these words.

    The lab writes in place: whoever looks in between finds half a file.
    """
    until = time.monotonic() + patience
    while time.monotonic() < until:
        text = path.read_text(encoding="utf-8")
        if words in text and _parsed(text):
            return text
        tab.wait_for_timeout(300)
    raise RuntimeError(f"{path.name}: not saved with {words!r} in {patience} s")


def _ended(server):
    """Now and then a server that has closed all it had does not end: a thread of anyio
    waits for work that nobody brings, and Python waits for the thread."""
    try:
        server.wait(60)
    except subprocess.TimeoutExpired:
        server.kill()
        server.wait()


def _address(runtime, server, folder, patience=600):
    """Where the server listens, from the file it writes about itself."""
    until = time.monotonic() + patience
    while time.monotonic() < until and server.poll() is None:
        for about in runtime.glob("jpserver-*.json"):
            # None while the server is still writing it, in place.
            url = _parsed(about.read_text()).get("url")
            if url and _answers(f"{url}api/status?token={TOKEN}"):
                return url
        time.sleep(0.3)
    raise RuntimeError((folder / "lab.log").read_text()[-2000:])


def _parsed(text):
    """What a JSON text holds; nothing where it is not whole."""
    try:
        return json.loads(text)
    except json.JSONDecodeError:
        return {}


def _answers(url):
    try:
        with urllib.request.urlopen(url, timeout=60) as answer:
            return answer.status == 200
    except (urllib.error.URLError, OSError):
        return False
