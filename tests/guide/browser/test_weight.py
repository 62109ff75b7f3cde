"""What a page costs a reader who comes for the first time."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import pytest
from playwright.sync_api import Page, Request

from tests.browsers import NewPage, served
from tests.hosted import AsHosted, compressed
from tests.page_kinds import records

pytestmark = pytest.mark.browser

MOST_HTML: Final = 25_000
"""Bytes of the HTML of a record's page, compressed."""
MOST_IN_ALL: Final = 120_000
"""Bytes of all that a record's page loads on a first visit, compressed."""


def test_the_page_of_a_record_is_light(folder: Path) -> None:
    """The longest page of each collection stands for the others."""
    heavy = {url: len(compressed(folder / url / "index.html")) for url in records(folder)}
    assert {url: size for url, size in heavy.items() if size > MOST_HTML} == {}


def test_a_first_visit_to_a_record_loads_little_and_leaves_nothing_behind(new_page: NewPage, folder: Path) -> None:
    too_heavy: dict[str, int] = {}
    with served(folder, handler=AsHosted) as root:
        for url in records(folder):
            page = new_page()
            loaded = noted(page)
            page.goto(root + url)
            page.wait_for_load_state("networkidle")
            sizes = {request.url: request.sizes()["responseBodySize"] for request in loaded}
            assert all(one.startswith(root) for one in sizes)
            assert page.context.cookies() == []
            assert page.evaluate("localStorage.length + sessionStorage.length") == 0
            if sum(sizes.values()) > MOST_IN_ALL:
                too_heavy[url] = sum(sizes.values())
            page.context.close()
    assert too_heavy == {}


def noted(page: Page) -> list[Request]:
    """Return a list to which every request of a page is added when it is done."""
    loaded: list[Request] = []

    def note(request: Request) -> None:
        loaded.append(request)

    page.on("requestfinished", note)
    return loaded
