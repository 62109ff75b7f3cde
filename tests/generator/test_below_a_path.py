"""A site that does not lie at the root of its host: every URL that it names is the right one."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import urljoin, urlsplit

import pytest
from playwright.sync_api import Page, Response, expect

from smartguide.building import build_site
from tests.browsers import served
from tests.generator import projects
from tests.searches import search_for

pytestmark = pytest.mark.browser
BELOW = "/some/where"
SITE_URL = f"https://tours.example{BELOW}/"


@pytest.fixture(scope="module")
def below(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Build a small site that knows itself below a path, serve it there, and return its URL."""
    renamed = "name: Stone Pass Hut\nvalley: STH\nformer_ids: [rock-pass]\nsources:\n  - source: map\n"
    root = projects.copy(tmp_path_factory.mktemp("below"), {"content/huts/stone-pass.yml": renamed}, site=True)
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("SITE_URL", SITE_URL)
        build_site(root, root / "site", strict=False)
    with served(root / "site", below=BELOW) as url:
        yield url


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
    page.locator('article a[href$="huts/"]').first.click()
    expect(page.get_by_role("search", name="Huts")).to_be_visible()  # the list with filters is there
    page.get_by_role("link", name="Upper Lake Hut").first.click()
    expect(page).to_have_url(f"{below}huts/upper-lake/")
    page.get_by_role("link", name="Three Lakes").first.click()
    expect(page).to_have_url(f"{below}tours/three-lakes/")
    search_for(page, "stone pass").first.click()
    page.wait_for_url(f"{below}huts/stone-pass/**")
    page.goto(f"{below}huts/rock-pass/")
    expect(page).to_have_url(f"{below}huts/stone-pass/")
    assert missing == []


def test_the_page_for_a_url_that_does_not_exist(
    below: str, page: Page, missing: list[str], problems: list[str]
) -> None:
    nowhere = f"{below}huts/nobody/at/all/"
    page.goto(nowhere)
    assert page.evaluate("getComputedStyle(document.querySelector('.md-header')).position") == "sticky"
    page.get_by_role("link", name="Home").first.click()
    expect(page).to_have_url(below)
    assert missing == [nowhere]
    assert problems == [
        "on the console: Failed to load resource: the server responded with a status of 404 (Not Found)"
    ]
    problems.clear()


def test_every_url_of_the_api_and_of_the_schemas(below: str, page: Page) -> None:
    host = f"http://{urlsplit(below).netloc}"

    def get(url: str) -> Any:
        answer = page.request.get(urljoin(host, url))
        assert answer.ok, url
        return answer.json() if url.endswith(".json") else answer.text()

    index = get(f"{BELOW}/api/v1/index.json")
    assert index["total"] == len(index["result"]) > 0
    for listed in index["result"]:
        schema = get(listed["schema"])
        assert schema["$id"] == urljoin("https://tours.example", listed["schema"])
        for reference in _references(schema):
            get(urlsplit(urljoin(schema["$id"], reference)).path)
        for record in get(listed["url"])["result"]:
            path, _, anchor = record["url"].partition("#")
            assert not anchor or f'id="{anchor}"' in get(path)
            get(path)


def _references(schema: Any) -> set[str]:
    text = json.dumps(schema)
    return {part.partition('"')[0].partition("#")[0] for part in text.split('"$ref": "')[1:]} - {""}
