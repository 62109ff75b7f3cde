"""Pages of a browser in which nothing of a record may run, be loaded or be asked for, also where no policy stops it."""

from __future__ import annotations

import io
import re
from pathlib import Path
from typing import Any, Self

from playwright.sync_api import Browser, ConsoleMessage, Dialog, Error, Page, Request

from tests.browsers import PATIENCE, Handler

POLICY = re.compile(r'<meta http-equiv="Content-Security-Policy" content="([^"]+)">')
WATCH = """
window.__hits = [];
window.__hit = (what) => window.__hits.push(String(what));
document.addEventListener("securitypolicyviolation", (event) =>
  window.__hits.push(`policy: ${event.violatedDirective} ${event.blockedURI} ${event.sample}`));
"""


class Watched:
    """A page of a browser in which nothing of a record may run, be loaded or be asked for."""

    def __init__(self, browser: Browser, url: str) -> None:
        self.url = url
        self.noticed: list[str] = []
        context = browser.new_context()
        context.set_default_timeout(2 * PATIENCE)  # to search among payloads is a lot of work
        context.add_init_script(WATCH)
        self.page: Page = context.new_page()
        self.page.on("request", self._request)
        self.page.on("dialog", self._dialog)
        self.page.on("pageerror", self._error)
        self.page.on("console", self._console)

    def _request(self, request: Request) -> None:
        if not request.url.startswith((self.url, "data:", "blob:")):
            self.noticed.append(f"request to {request.url}")

    def _dialog(self, dialog: Dialog) -> None:
        self.noticed.append(f"dialog {dialog.message}")
        dialog.dismiss()

    def _error(self, error: Error) -> None:
        self.noticed.append(f"error {error}")

    def _console(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.noticed.append(message.text)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.page.context.close()  # a page that stays open goes on working

    def open(self, path: str) -> None:
        self.page.goto(self.url + path)
        self.look(path)

    def look(self, path: str) -> None:
        self.noticed += [f"{path}: {hit}" for hit in self.page.evaluate("window.__hits")]


class WithoutProtection(Handler):
    """Serves pages whose policy stops nothing, but reports what it would have stopped.

    So a page is safe by itself, also where no policy stands behind it; and where one does, it is not even asked.
    """

    def send_head(self) -> Any:
        path = Path(self.translate_path(self.path))
        page = path / "index.html" if path.is_dir() else path
        if page.suffix != ".html" or not page.is_file():
            return super().send_head()
        html = page.read_text(encoding="utf-8")
        policy = POLICY.search(html)
        assert policy
        content = html.replace(policy[0], "", 1).encode()
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(content)))
        self.send_header("Content-Security-Policy-Report-Only", f"{policy[1]}; report-uri /reports")
        self.end_headers()
        return io.BytesIO(content)

    def do_POST(self) -> None:  # noqa: N802  # as http.server calls it
        """Take a report; the page has told it to the test already."""
        self.rfile.read(int(self.headers["Content-Length"]))
        self.send_response(204)
        self.end_headers()
