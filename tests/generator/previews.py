"""A running ``smartguide serve``, and a client that asks it."""

from __future__ import annotations

import html
import http.client
import json
import os
import signal
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode, urlsplit

from tests.processes import start

PATIENCE = 90
"""Seconds that anything may take; far more than it needs, for machines that are busy."""


@dataclass
class Response:
    """An answer of the preview."""

    status: int
    headers: dict[str, str]
    text: str


@dataclass
class Preview:
    """A running preview: its process, and what it has said so far."""

    root: Path
    process: subprocess.Popen[str]
    said: list[str] = field(default_factory=list)
    temporary: Path = Path()

    def __post_init__(self) -> None:
        self._reading = threading.Thread(target=self._read, daemon=True)
        self._reading.start()
        wait_until(lambda: any(line.startswith("Serving ") for line in self.said) or self.process.poll() is not None)
        self.url = next(line.split()[1] for line in self.said if line.startswith("Serving "))
        self.port = urlsplit(self.url).port or 0

    def _read(self) -> None:
        assert self.process.stdout
        for line in self.process.stdout:
            self.said.append(line.rstrip("\n"))

    def ask(self, path: str, method: str = "GET", **headers: str) -> Response:
        """Return the answer to a request, which is sent just so."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        try:
            connection.request(method, path, headers=headers)
            found = connection.getresponse()
            return Response(found.status, dict(found.getheaders()), found.read().decode("utf-8", "replace"))
        finally:
            connection.close()

    def page(self, path: str) -> str:
        """Return a page, with its entities as the characters that they stand for."""
        return html.unescape(self.ask(path).text)

    def wait_for(self, path: str, text: str) -> str:
        """Wait until a page has a text, and return the page."""
        wait_until(lambda: text in self.page(path), f"{text!r} on {path}")
        return self.page(path)

    def wait_for_chapters(self) -> None:
        """Wait until the engine has made the chapters and the search."""
        wait_until(lambda: self.ask("/search/names.json").status == 200, "the search")

    def wait_for_words(self, text: str) -> None:
        """Wait until the terminal shows a text."""
        wait_until(lambda: any(text in line for line in self.said), f"{text!r} on the terminal")

    def edit(self, name: str, old: str, new: str) -> None:
        """Change a file of the project."""
        path = self.root / name
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new), encoding="utf-8")

    @contextmanager
    def followed(self, path: str) -> Iterator[Events]:
        """Listen to what the preview tells an open page."""
        page = self.ask(path).text
        state = {name: page.partition(f'data-{name}="')[2].partition('"')[0] for name in ("page", "panel")}
        assert state["page"]
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        connection.request("GET", f"/_smartguide/events?{urlencode({'path': path, **state}, quote_via=quote)}")
        response = connection.getresponse()
        response.readline()  # it is here
        yield Events(response)
        response.close()
        connection.close()

    def end(self, number: int = signal.SIGINT) -> int:
        """End the preview as Ctrl-C does, and return its exit status."""
        self.process.send_signal(number)
        return self.process.wait(PATIENCE)

    def processes(self) -> list[int]:
        """Return the processes that work on the project."""
        found = []
        for folder in Path("/proc").glob("[0-9]*"):
            with suppress(OSError):
                if os.fsencode(self.root) in (folder / "cmdline").read_bytes().split(b"\0"):
                    found.append(int(folder.name))
        return found


@dataclass
class Events:
    """The events that an open page is sent."""

    response: http.client.HTTPResponse

    def next(self) -> tuple[str, dict[str, Any]]:
        """Wait for the next event, and return its name and what it says."""
        name = ""
        end = time.monotonic() + PATIENCE
        while line := self.response.readline().decode():
            if line.startswith("event: "):
                name = line.removeprefix("event: ").strip()
            elif line.startswith("data: "):
                return name, json.loads(line.removeprefix("data: "))
            assert time.monotonic() < end, "no event came"
        raise AssertionError("the stream has ended")


@contextmanager
def preview(root: Path, *options: str, **environment: str) -> Iterator[Preview]:
    """Run the preview of the project in a folder."""
    temporary = root.parent / f"{root.name}-temporary"
    temporary.mkdir(exist_ok=True)
    given = {**os.environ, "TMPDIR": str(temporary), "PYTHONUNBUFFERED": "1", **environment}
    with start(
        root, "serve", "--port", "0", *options, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, env=given
    ) as process:
        try:
            yield Preview(root, process, temporary=temporary)
        finally:
            process.terminate()
            process.wait(PATIENCE)


def wait_until(condition: Callable[[], Any], what: str = "") -> Any:
    """Wait until a condition holds, and return what it returns."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        if found := condition():
            return found
        time.sleep(0.05)
    raise AssertionError(f"waited in vain for {what}")
