"""What the tests in a browser share: a server of a folder, and pages that note whatever goes wrong in them."""

from __future__ import annotations

import functools
import http.server
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, ConsoleMessage, Dialog, Error, Page, Request

PATIENCE = 30_000
"""Milliseconds that a page may take for anything; far more than it needs, for machines that are busy."""

NewContext = Callable[..., BrowserContext]
NewPage = Callable[..., Page]


class Handler(http.server.SimpleHTTPRequestHandler):
    """Serves a folder below a path, as static hosts do, and says nothing of it."""

    def __init__(self, *args: Any, below: str = "", **kwargs: Any) -> None:
        self.below = below
        super().__init__(*args, **kwargs)

    def translate_path(self, path: str) -> str:
        if not path.startswith(f"{self.below}/"):
            return str(Path(self.directory, "no-such-file"))
        return super().translate_path(path.removeprefix(self.below))

    def do_GET(self) -> None:
        if self.path == "/favicon.ico":  # what browsers ask for where a page does not name one
            self.send_response(http.HTTPStatus.NO_CONTENT)
            self.end_headers()
        else:
            super().do_GET()

    def send_error(self, code: int, *arguments: Any) -> None:
        """Answer as static hosts do: with the site's own page, whatever the URL."""
        page = Path(self.directory, "404.html")
        if code != http.HTTPStatus.NOT_FOUND or not page.is_file():
            super().send_error(code, *arguments)
            return
        content = page.read_bytes()
        self.send_response(code)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_: Any) -> None:
        pass


@contextmanager
def served(folder: Path, below: str = "", handler: type[Handler] = Handler) -> Iterator[str]:
    """Serve a folder on a free port of this machine, and return the URL of its root (which ends in a slash)."""
    handle = functools.partial(handler, directory=str(folder), below=below)
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handle) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}{below}/"
        server.shutdown()
        thread.join()


def wait_until(page: Page, expression: str, arg: Any = None) -> None:
    """Wait until a page's own script says yes.

    `Page.wait_for_function` cannot: when the first answer is no, it asks again with `eval`, which the site's policy forbids.
    """
    end = time.monotonic() + PATIENCE / 1000
    while not page.evaluate(expression, arg):
        assert time.monotonic() < end, f"this was never true: {expression}"
        page.wait_for_timeout(20)


def watch(page: Page, problems: list[str]) -> None:
    """Let a page note its errors, its dialogs, and its requests to other hosts."""

    def console(message: ConsoleMessage) -> None:
        if message.type == "error":
            problems.append(f"on the console: {message.text}")

    def failed(error: Error) -> None:
        problems.append(f"an error: {error.stack}")

    def dialog(opened: Dialog) -> None:
        problems.append(f"a dialog: {opened.message}")
        opened.dismiss()

    def request(asked: Request) -> None:
        url = urlsplit(asked.url)
        if url.scheme in {"http", "https", "ws", "wss"} and url.hostname != "127.0.0.1":
            problems.append(f"a request to another host: {asked.url}")

    page.on("console", console)
    page.on("pageerror", failed)
    page.on("dialog", dialog)
    page.on("request", request)
