"""A second browser, where it is installed: Firefox over WebDriver BiDi."""

import json
import re
import shutil
import subprocess
import time
from contextlib import contextmanager
from itertools import count

import pytest

ADDRESS = re.compile(r"ws://[\d.]+:\d+")
# The name of the switch is Firefox's own; 1 is BiDi without the older protocol.
SETTINGS = 'user_pref("remote.active-protocols", 1);\n'


class Firefox:
    """One tab of it: `open(path, width)` and `evaluate(expression)`."""

    def __init__(self, socket):
        self.socket, self.numbers = socket, count(1)
        self.call("session.new", capabilities={})
        [tab] = self.call("browsingContext.getTree")["contexts"]
        self.tab = tab["context"]

    def call(self, method, **params):
        number = next(self.numbers)
        asked = {"id": number, "method": method, "params": params}
        self.socket.send(json.dumps(asked))
        while True:
            answer = json.loads(self.socket.recv())
            if answer.get("id") == number:
                assert answer["type"] == "success", answer
                return answer["result"]

    def open(self, path, width):
        """A file, at that width, with all its charts drawn."""
        size = {"width": width, "height": 900}
        self.call("browsingContext.setViewport", context=self.tab, viewport=size)
        address = path.resolve().as_uri()
        self.call(
            "browsingContext.navigate", context=self.tab, url=address, wait="complete"
        )
        self.evaluate("""new Promise((drawn) => {
          const look = () => document.documentElement.dataset.charts === "done"
            ? drawn(1) : setTimeout(look, 50);
          look();
        })""")

    def evaluate(self, expression):
        target = {"context": self.tab}
        found = self.call(
            "script.evaluate", expression=expression, target=target, awaitPromise=True
        )
        assert found["type"] == "success", found
        return found["result"].get("value")


@contextmanager
def firefox(profile):
    """Firefox with a profile of its own in that folder; skips where there is none."""
    path = shutil.which("firefox-esr") or shutil.which("firefox")
    if path is None:
        pytest.skip("no Firefox is installed")
    from websocket import create_connection

    (profile / "user.js").write_text(SETTINGS, encoding="utf-8")
    switches = ["--headless", "--no-remote", "--remote-debugging-port", "0"]
    words = [path, *switches, "--profile", str(profile)]
    log = profile / "said.txt"
    with log.open("wb") as said:
        running = subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=said)
    try:
        while not (found := ADDRESS.search(log.read_text(errors="replace"))):
            assert running.poll() is None, log.read_text(errors="replace")
            time.sleep(0.1)
        address = f"{found[0]}/session"
        yield Firefox(create_connection(address, timeout=300, suppress_origin=True))
    finally:
        running.terminate()
        running.wait()
