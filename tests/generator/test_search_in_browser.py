"""The search as readers use it: by keys, by the mouse, with a screen reader's names, from a link, on a phone."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from smartguide.building import build_site
from tests.browsers import served
from tests.generator import projects
from tests.searches import RESULTS, search_for

pytestmark = pytest.mark.browser
FIELD = ".sg-search__input"
HOME = """
# Home

The lakestrees are in flower.

<div class="sg-search-box" data-search-box hidden></div>

<button type="button" data-search-open data-search-query="lake" hidden>Find lakes</button>
"""


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Build a small site with a search box on its home page, serve it, and return its URL."""
    root = projects.copy(tmp_path_factory.mktemp("searched"), {"content/index.md": HOME}, site=True)
    build_site(root, root / "site", strict=False)
    with served(root / "site") as url:
        yield url


def test_nothing_of_the_search_is_loaded_before_it_is_used(url: str, page: Page) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url.removeprefix(url)))
    page.goto(url)
    expect(page.locator(".sg-search-button")).to_be_visible()
    assert {one for one in asked if "search" in one} == {
        "assets/search/page.js",
        "assets/search/dom.js",
        "assets/search/frame.js",
        "assets/search/shortcut.js",
    }
    search_for(page, "three lakes")
    expect(page.locator(RESULTS).first).to_contain_text("Three Lakes")
    assert "search/names.json" in asked
    assert page.evaluate("Object.keys(localStorage).filter((key) => key.startsWith('smartguide'))") == []


def test_by_keys_alone(url: str, page: Page) -> None:
    page.goto(url)
    button = page.get_by_role("button", name="Search").first
    button.focus()
    page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog", name="Search")
    expect(dialog.get_by_label("Search", exact=True)).to_be_focused()
    page.keyboard.type("hut")
    expect(dialog.get_by_role("status")).to_contain_text("names found")
    results = page.locator(RESULTS)
    page.keyboard.press("ArrowDown")
    expect(results.first).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(results.nth(1)).to_be_focused()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    expect(page.locator(FIELD)).to_be_focused()
    page.keyboard.press("ArrowDown")
    page.keyboard.type("s")
    expect(page.locator(FIELD)).to_have_value("huts")
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    expect(button).to_be_focused()
    assert page.url == url


def test_enter_opens_the_best_result_and_back_returns_to_the_search(url: str, page: Page) -> None:
    page.goto(f"{url}huts/")
    search_for(page, "thre lakes")
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{url}tours/three-lakes/")
    page.go_back()
    expect(page.locator(FIELD)).to_have_value("thre lakes")
    expect(page.locator(RESULTS).first).to_contain_text("Three Lakes")


@pytest.mark.parametrize("key", ["/", "Control+k"])
def test_keys_that_open_the_search(url: str, page: Page, key: str) -> None:
    page.goto(url)
    expect(page.locator(".sg-search-button")).to_be_visible()
    page.keyboard.press(key)
    expect(page.locator(FIELD)).to_be_focused()
    expect(page.locator(FIELD)).to_have_value("")


def test_what_is_typed_while_the_search_is_loading_is_kept(url: str, page: Page) -> None:
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    page.route("**/assets/search/dialog.js", hold)
    page.goto(url)
    expect(page.locator(".sg-search-button")).to_be_visible()
    with page.expect_request("**/assets/search/dialog.js"):
        page.keyboard.type("/thre lakes")
    expect(page.locator(FIELD)).to_have_value("thre lakes")
    expect(page.get_by_role("dialog", name="Search").get_by_role("status")).to_contain_text("loading")
    page.keyboard.press("Enter")
    held[0].continue_()
    expect(page).to_have_url(f"{url}tours/three-lakes/")


def test_no_single_letter_does_anything_and_the_slash_can_be_turned_off(url: str, page: Page) -> None:
    page.goto(url)
    expect(page.locator(".sg-search-button")).to_be_visible()
    for key in ("s", "f"):
        page.keyboard.press(key)
    box = page.locator("[data-search-box] input")
    box.focus()
    page.keyboard.type("a/b")
    expect(box).to_have_value("a/b")
    expect(page.locator(FIELD)).to_be_hidden()
    page.locator(".sg-search-button").click()
    page.get_by_label("The key / opens the search").uncheck()
    page.keyboard.press("Escape")
    page.reload()
    expect(page.locator(".sg-search-button")).to_be_visible()
    page.keyboard.press("/")
    page.keyboard.press("Control+k")
    expect(page.get_by_label("The key / opens the search")).not_to_be_checked()
    expect(page.locator(FIELD)).to_have_value("")


def test_what_is_pasted_is_searched_for(url: str, page: Page) -> None:
    page.goto(url)
    page.locator(".sg-search-button").click()
    page.locator(FIELD).evaluate(
        "(field) => { field.focus(); document.execCommand('insertText', false, 'stone pass'); }"
    )
    expect(page.locator(RESULTS).first).to_contain_text("Stone Pass")


def test_names_come_with_their_kind_and_the_texts_below(url: str, page: Page) -> None:
    page.goto(f"{url}?q=lake")
    dialog = page.get_by_role("dialog", name="Search")
    expect(dialog.locator("h2").first).to_be_visible()
    expect(dialog.locator(".sg-search__kind").first).to_be_visible()
    expect(dialog.get_by_role("heading", name="In the texts")).to_be_visible()
    expect(dialog.locator("mark").first).to_contain_text("lake", ignore_case=True)
    expect(dialog.get_by_role("status")).to_contain_text("in their texts")


def test_where_nothing_is_found_it_is_said_and_likely_names_are_offered(url: str, page: Page) -> None:
    page.goto(url)
    search_for(page, "lakestree")
    dialog = page.get_by_role("dialog", name="Search")
    expect(dialog.get_by_role("status")).to_contain_text("Nothing is called “lakestree”.")
    expect(dialog.get_by_role("heading", name="Did you mean")).to_be_visible()
    expect(page.locator(RESULTS).first).to_contain_text("Three Lakes")


def test_pages_with_a_word_stand_above_names_that_are_only_like_it(url: str, page: Page) -> None:
    page.goto(f"{url}?q=lakestrees")
    headings = page.get_by_role("dialog", name="Search").locator("h2")
    expect(headings).to_have_text(["In the texts", "Did you mean"])
    page.locator(FIELD).fill("three lakes")
    expect(headings.first).to_have_text("Names")


def test_boxes_and_buttons_on_pages_open_the_search(url: str, page: Page) -> None:
    page.goto(url)
    page.get_by_label("Search this site").fill("stone")
    page.keyboard.press("Enter")
    expect(page.locator(RESULTS).first).to_contain_text("Stone Pass")
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Find lakes").click()
    expect(page.locator(FIELD)).to_have_value("lake")


@pytest.mark.parametrize("file", ["search/names.json", "assets/search/dialog.js"])
def test_a_failure_to_load_is_told_and_tried_again(url: str, page: Page, problems: list[str], file: str) -> None:
    page.goto(url)
    page.route(f"**/{file}", lambda route: route.abort())
    search_for(page, "stone")
    expect(page.get_by_role("status")).to_contain_text("could not be loaded")
    page.unroute(f"**/{file}")
    search_for(page, "stone pass")
    expect(page.locator(RESULTS).first).to_contain_text("Stone Pass")
    problems.clear()


def test_on_a_phone_the_search_fills_the_screen(url: str, page: Page) -> None:
    page.set_viewport_size({"width": 375, "height": 700})
    page.goto(url)
    search_for(page, "lake")
    expect(page.locator(RESULTS).first).to_be_visible()
    box = page.get_by_role("dialog", name="Search").bounding_box()
    assert box is not None
    assert (box["x"], box["width"]) == (0, 375)
    assert page.evaluate("document.documentElement.scrollWidth") <= 375
    page.get_by_role("button", name="Close the search").click()
    expect(page.locator(FIELD)).to_be_hidden()


def test_without_javascript_nothing_of_it_is_shown(url: str, browser: Browser) -> None:
    with browser.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(url)
        assert page.locator(".sg-search-button").count() == 0
        assert not page.get_by_role("button", name="Find lakes").is_visible()
        assert not page.locator("[data-search-box]").is_visible()
