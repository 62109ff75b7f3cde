"""What a cluster manager does on the site, in a real browser: find, read, and take something away."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import NewPage

pytestmark = pytest.mark.browser

WIDTHS = (375, 768, 1440)


def test_four_clusters_that_want_to_go_to_brazil_need_five_clicks_at_most(page: Page, server: str) -> None:
    """Who has been there, what did they learn, what do we do first? It ends with a printed checklist."""
    page.goto(server)
    page.get_by_role("link", name="Choose a market").click()  # 1
    page.get_by_role("article").get_by_role("link", name="Brazil", exact=True).click()  # 2
    expect(page.get_by_role("heading", name="Who went there, or meant to")).to_be_visible()
    expect(page.get_by_role("link", name="REINA PLUS", exact=True).first).to_be_visible()
    expect(page.get_by_role("heading", name="What they learned")).to_be_visible()
    first = page.locator("#first + ol a, h2:has-text('What to do first') + ol a").first
    first.click()  # 3
    expect(page.get_by_role("article").get_by_role("checkbox").first).to_be_visible()
    page.evaluate("window.print = () => { window.printed = true; }")
    page.get_by_role("button", name="Print").click()  # 4
    assert page.evaluate("window.printed")


@pytest.mark.parametrize(
    ("words", "address"),
    [
        ("TENERRDIS", "partners/tenerdis/"),
        ("IDEEO", "partnerships/ideo/"),
        ("REINA PLUS", "partnerships/reina-plus/"),
        ("EU4SPORTSCLUSTERALL", "partnerships/eu4sportsclusters-alliance/"),
        ("Clean Tech Cluster", "partners/oekoenergie-cluster/"),
        ("smart packaging", "partnerships/adpack"),
    ],
)
def test_the_search_finds_what_it_is_asked_for_first(page: Page, server: str, words: str, address: str) -> None:
    page.goto(server)
    page.locator(".md-search__input").click()
    page.locator(".md-search__input").press_sequentially(words)
    first = page.locator(".md-search-result__link").first
    expect(first).to_have_attribute("href", re.compile(f"{address}.*h=.+"))


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize(
    "path", ["", "partnerships/", "partnerships/dia/", "partners/pole-scs/", "markets/us/", "guide/results/", "guide/actions/brokers/", "plan/", "about/fields/"]
)  # fmt: skip
def test_no_page_is_wider_than_its_screen(new_page: NewPage, server: str, path: str, width: int) -> None:
    page = new_page(viewport={"width": width, "height": 900})
    page.goto(server + path)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("path", ["", "partnerships/adpack/", "guide/actions/missions/", "markets/br/"])
def test_pages_can_be_read_without_javascript(new_page: NewPage, server: str, path: str) -> None:
    page = new_page(java_script_enabled=False)
    page.goto(server + path)
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.get_by_role("article").get_by_role("link").first).to_be_visible()


@pytest.mark.parametrize("path", ["", "partnerships/adpack/", "guide/lessons/", "plan/", "404.html"])
def test_pages_work_under_their_policy(page: Page, server: str, path: str) -> None:
    """Whatever the policy blocks is an error on the console, which fails the test."""
    page.goto(server + path)
    page.wait_for_load_state("networkidle")
    expect(page.get_by_role("heading", level=1).first).to_be_visible()


def test_the_colours_can_be_switched(page: Page, server: str) -> None:
    page.goto(server)
    before = page.locator("body").get_attribute("data-md-color-scheme")
    page.locator("label[for^=__palette]:visible").click()
    expect(page.locator("body")).not_to_have_attribute("data-md-color-scheme", str(before))
