"""A real browser on the real site: a server, and pages that fail the test on anything that goes wrong in them."""

from __future__ import annotations

import functools
import http.server
import json
import os
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import lxml.html
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.guide.records import Published

from .plans import full_plan, keep, visit

PATIENCE = 30_000
"""Milliseconds that a page may take for anything; far more than it needs, for machines that are busy."""
expect.set_options(timeout=PATIENCE)

NewPage = Callable[..., Page]
Run = Callable[..., Any]
Json = dict[str, Any]


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
        """Answer as static hosts do: with the site's own page, at whatever address."""
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
    """Serve a folder on a free port of this machine, and return the address of its root (which ends in a slash)."""
    handle = functools.partial(handler, directory=str(folder), below=below)
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handle) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}{below}/"
        server.shutdown()
        thread.join()


@pytest.fixture(scope="session")
def folder(request: pytest.FixtureRequest) -> Path:
    """Return the folder of the site: the real one, built for the tests, or the one that SMART_GUIDE_SITE names."""
    if named := os.environ.get("SMART_GUIDE_SITE"):
        return Path(named).resolve()
    site: Path = request.getfixturevalue("site")
    return site


@pytest.fixture(scope="session")
def published(folder: Path) -> Published:
    """Return the records as the API of that site gives them."""
    return Published(folder)


@pytest.fixture(scope="session")
def server(folder: Path) -> Iterator[str]:
    """Serve the site, and return its address."""
    with served(folder) as address:
        yield address


@pytest.fixture
def problems() -> list[str]:
    """Return what went wrong in the pages of the test so far; a test that expects it clears the list."""
    return []


@pytest.fixture
def new_context(browser: Browser, problems: list[str]) -> Iterator[Callable[..., BrowserContext]]:
    """Return a function that makes a browser profile of its own; whatever goes wrong in its pages fails the test."""
    contexts = []

    def make(**options: Any) -> BrowserContext:
        context = browser.new_context(**{"locale": "en-GB", "reduced_motion": "reduce", **options})
        context.set_default_timeout(PATIENCE)
        context.on("page", lambda page: _watch(page, problems))
        contexts.append(context)
        return context

    yield make
    for context in contexts:
        context.close()
    assert not problems


@pytest.fixture
def new_page(new_context: Callable[..., BrowserContext]) -> NewPage:
    """Return a function that opens a page in a profile of its own."""
    return lambda **options: new_context(**options).new_page()


@pytest.fixture
def page(new_page: NewPage) -> Page:
    """Return a page in a profile of its own."""
    return new_page()


def _watch(page: Page, problems: list[str]) -> None:
    def dialog(opened: Any) -> None:
        problems.append(f"a dialog: {opened.message}")
        opened.dismiss()

    def request(asked: Any) -> None:
        url = urlsplit(asked.url)
        if url.scheme in {"http", "https", "ws", "wss"} and url.hostname != "127.0.0.1":
            problems.append(f"a request to another host: {asked.url}")

    page.on("console", lambda message: message.type == "error" and problems.append(f"on the console: {message.text}"))
    page.on("pageerror", lambda error: problems.append(f"an error: {error.stack}"))
    page.on("dialog", dialog)
    page.on("request", request)


@pytest.fixture(scope="session")
def guide(folder: Path) -> dict[str, Any]:
    """Return what the page of the plan knows: all actions with their steps, all challenges with their actions."""
    script = lxml.html.parse(folder / "plan" / "index.html").getroot().get_element_by_id("sg-plan-data")
    known: dict[str, Any] = json.loads(script.text)
    return known


@pytest.fixture(scope="module")
def run(browser: Browser, server: str) -> Iterator[Run]:
    """Return a function that runs an expression in which the pure modules of checklists are known by their names."""
    page = browser.new_page()
    page.goto(f"{server}assets/checklist/page.js")
    names = ("checking", "state", "report", "formats", "sharing", "storage")

    def evaluate(expression: str, value: Any = None) -> Any:
        imports = ", ".join(f"import('{server}assets/checklist/{name}.js')" for name in names)
        code = f"async value => {{ const [{', '.join(names)}] = await Promise.all([{imports}]); return {expression}; }}"
        return page.evaluate(code, value)

    yield evaluate
    page.close()


@pytest.fixture(scope="session")
def actions(guide: Json) -> list[Json]:
    """Return three actions with at least two steps."""
    return [one for one in guide["actions"] if len(one["steps"]) > 1][:3]


@pytest.fixture(scope="session")
def address(server: str) -> str:
    return f"{server}plan/"


@pytest.fixture
def filled(page: Page, server: str, address: str, actions: list[Json]) -> Page:
    """Return the page of a plan with three actions."""
    keep(page, server, full_plan(actions))
    return visit(page, address)
