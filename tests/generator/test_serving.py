"""``make serve``: a contributor edits a record, and the page in the browser shows it by itself."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
from urllib.error import URLError
from urllib.request import urlopen

import pytest
from playwright.sync_api import Page, expect

from tests.projects import MakeProject

pytestmark = pytest.mark.browser


def test_an_edited_record_shows_in_the_open_page(site_project: MakeProject, page: Page) -> None:
    root = site_project()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{free.getsockname()[1]}"
    command = [sys.executable, "-m", "mkdocs", "serve", "--dev-addr", address]
    with subprocess.Popen(command, cwd=root, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as server:
        try:
            _wait_for(f"http://{address}/")
            page.goto(f"http://{address}/huts/stone-pass/")
            expect(page.locator("h1")).to_have_text("Stone Pass Hut")
            page.wait_for_timeout(1500)  # its script asks for news first, and hears of none
            record = root / "content/huts/stone-pass.yml"
            record.write_text(record.read_text(encoding="utf-8").replace("Stone Pass Hut", "Rock Pass Hut"), "utf-8")
            expect(page.locator("h1")).to_have_text("Rock Pass Hut")
            page.goto("about:blank")  # so that it does not miss the server, which stops now
        finally:
            server.terminate()


def _wait_for(address: str) -> None:
    for _ in range(300):
        try:
            with urlopen(address):
                return
        except URLError:
            time.sleep(0.1)
    pytest.fail(f"nobody answers at {address}")
