"""A site that does not lie at the root of its host: everything that names an address names the right one."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urljoin, urlsplit

import pytest
from playwright.sync_api import Page, Response, expect

from smartguide.building import build_site

from .conftest import served

pytestmark = pytest.mark.browser
BELOW = "/some/where"
SITE_URL = f"https://guide.example{BELOW}/"


@pytest.fixture
def below(site_project: Callable[..., Path], monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """Build a small site that knows itself below a path, serve it there, and return its address."""
    monkeypatch.setenv("SITE_URL", SITE_URL)
    renamed = "name: Path Finders\ncountry: FR\nformer_ids: [way-finders]\nsources:\n  - source: guide\n"
    root = site_project({"content/partners/path-finders.yml": renamed})
    build_site(root, root / "site", strict=False)
    with served(root / "site", below=BELOW) as address:
        yield address


@pytest.fixture
def missing(page: Page) -> list[str]:
    """Return what the page asked the server for in vain so far."""
    found: list[str] = []

    def look(response: Response) -> None:
        if response.status >= 400:
            found.append(response.url)

    page.on("response", look)
    return found


def test_pages_search_and_redirects(below: str, page: Page, missing: list[str]) -> None:
    page.goto(below)
    page.locator('article a[href$="partners/"]').first.click()
    page.get_by_role("link", name="Bridge Builders").first.click()
    expect(page).to_have_url(f"{below}partners/bridge-builders/")
    page.get_by_role("link", name="Alpha").first.click()
    expect(page).to_have_url(f"{below}partnerships/alpha/")
    page.locator(".md-search__input").click()
    page.locator(".md-search__input").press_sequentially("path finders")
    page.locator(".md-search-result__link").first.click()
    page.wait_for_url(f"{below}partners/path-finders/**")
    page.goto(f"{below}partners/way-finders/")
    expect(page).to_have_url(f"{below}partners/path-finders/")
    assert missing == []


def test_the_page_for_an_address_that_there_is_not(
    below: str, page: Page, missing: list[str], problems: list[str]
) -> None:
    nowhere = f"{below}partners/nobody/at/all/"
    page.goto(nowhere)
    assert page.evaluate("getComputedStyle(document.querySelector('.md-header')).position") == "sticky"
    page.get_by_role("link", name="Home").first.click()
    expect(page).to_have_url(below)
    assert missing == [nowhere]
    assert problems == [
        "on the console: Failed to load resource: the server responded with a status of 404 (Not Found)"
    ]
    problems.clear()


def test_every_address_of_the_api_and_of_the_schemas(below: str, page: Page) -> None:
    host = f"http://{urlsplit(below).netloc}"

    def get(address: str) -> Any:
        answer = page.request.get(urljoin(host, address))
        assert answer.ok, address
        return answer.json() if address.endswith(".json") else answer.text()

    index = get(f"{BELOW}/api/v1/index.json")
    assert index["total"] == len(index["result"]) > 0
    for listed in index["result"]:
        schema = get(listed["schema"])
        assert schema["$id"] == urljoin("https://guide.example", listed["schema"])
        for reference in _references(schema):
            get(urlsplit(urljoin(schema["$id"], reference)).path)
        for record in get(listed["url"])["result"]:
            path, _, anchor = record["url"].partition("#")
            assert not anchor or f'id="{anchor}"' in get(path)
            get(path)


def _references(schema: Any) -> set[str]:
    text = json.dumps(schema)
    return {part.partition('"')[0].partition("#")[0] for part in text.split('"$ref": "')[1:]} - {""}
