"""What a cluster manager does on the site, in a real browser: find, read, and take something away."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.guide.browser.conftest import NewPage
from tests.guide.records import Published
from tests.searches import RESULTS, search_for

pytestmark = pytest.mark.browser

WIDTHS = (375, 768, 1440)
ADPACK = ("partnerships", "adpack")
MISSIONS = ("actions", "missions")
BRAZIL = ("markets", "br")


def url_of(published: Published, shown: str | tuple[str, str]) -> str:
    """Return the URL of a page, or of the record of a collection that has an id or had it."""
    return shown if isinstance(shown, str) else published.url(*shown)


def test_four_clusters_that_want_to_go_to_brazil_need_four_clicks_at_most(page: Page, server: str) -> None:
    """Who targeted it, what did they learn, what do we do first? It ends with a printed checklist."""
    page.goto(server)
    page.get_by_role("article").get_by_role("link", name="Brazil", exact=True).click()  # 1
    expect(page.get_by_role("heading", name="Who went there")).to_be_visible()
    expect(page.get_by_role("link", name="REINA PLUS", exact=True).first).to_be_visible()
    expect(page.get_by_role("heading", name="What they learned")).to_be_visible()
    first = page.locator("#first ~ ol a").first
    first.click()  # 2
    expect(page.get_by_role("article").get_by_role("checkbox").first).to_be_visible()
    page.evaluate("window.print = () => { window.printed = true; }")
    page.get_by_role("button", name="Print").click()  # 3
    assert page.evaluate("window.printed")


def found_by(published: Published, words: str) -> set[str]:
    """Return the URLs of the pages of all records that have some words in their name, another spelling or their title."""
    return {
        published.url(collection, id_).partition("#")[0]
        for collection, id_, record in published
        if words.casefold() in "\n".join([*published.spellings(collection, id_), record.get("title", "")]).casefold()
    }


@pytest.mark.parametrize(
    ("words", "collection", "id_"),
    [
        ("TENERRDIS", "partners", "tenerdis"),
        ("IDEEO", "partnerships", "ideo"),
        ("REINA PLUS", "partnerships", "reina-plus"),
        ("EU4SPORTSCLUSTERALL", "partnerships", "eu4sportsclusters-alliance"),
        ("Clean Tech Cluster", "partners", "oekoenergie-cluster"),
        ("smart packaging", "partnerships", "adpack"),
    ],
)
def test_the_search_finds_what_it_is_asked_for_first(  # noqa: PLR0917
    page: Page, server: str, published: Published, words: str, collection: str, id_: str
) -> None:
    wanted = published.url(collection, id_)
    named_so = found_by(published, words)
    assert wanted in named_so
    page.goto(server)
    results = search_for(page, words)
    expect(results.first).to_have_attribute("href", re.compile(rf"/({'|'.join(map(re.escape, named_so))})$"))
    expect(page.locator(f'{RESULTS}[href$="/{wanted}"]').first).to_be_attached()


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize(
    "shown",
    [
        "",
        "partnerships/",
        ("partnerships", "dia"),
        ("partners", "pole-scs"),
        ("markets", "us"),
        "guide/results/",
        ("actions", "brokers"),
        "plan/",
        "about/fields/",
    ],
    ids=str,
)
def test_no_page_is_wider_than_its_screen(
    new_page: NewPage, server: str, published: Published, shown: str | tuple[str, str], width: int
) -> None:
    page = new_page(viewport={"width": width, "height": 900})
    page.goto(server + url_of(published, shown))
    assert page.evaluate("document.documentElement.scrollWidth") <= width


SHIFTS = """new Promise(done => new PerformanceObserver(list =>
    done(list.getEntries().reduce((sum, { value }) => sum + value, 0))).observe({ type: "layout-shift", buffered: true }))"""


@pytest.mark.parametrize("width", [375, 1440])
@pytest.mark.parametrize("shown", ["", "404.html", "guide/statistics/", "partnerships/", "plan/", "contribute/"])
def test_nothing_jumps_while_a_page_loads(new_page: NewPage, server: str, shown: str, width: int) -> None:
    """What scripts add to a page has its place from the beginning: half of the shift that readers are said to notice."""
    page = new_page(viewport={"width": width, "height": 900})
    page.goto(server + shown)
    page.wait_for_load_state("networkidle")
    shifts = f"Promise.race([{SHIFTS}, new Promise(done => setTimeout(() => done(0), 300))])"  # none is no entry
    assert page.evaluate(shifts) < 0.05


@pytest.mark.parametrize("shown", ["", ADPACK, MISSIONS, BRAZIL], ids=str)
def test_pages_can_be_read_without_javascript(
    new_page: NewPage, server: str, published: Published, shown: str | tuple[str, str]
) -> None:
    page = new_page(java_script_enabled=False)
    page.goto(server + url_of(published, shown))
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.get_by_role("article").get_by_role("link").first).to_be_visible()


@pytest.mark.parametrize("shown", ["", ADPACK, "guide/lessons/", "plan/", "404.html"], ids=str)
def test_pages_work_under_their_policy(
    page: Page, server: str, published: Published, shown: str | tuple[str, str]
) -> None:
    """Whatever the policy blocks is an error on the console, which fails the test."""
    page.goto(server + url_of(published, shown))
    page.wait_for_load_state("networkidle")
    expect(page.get_by_role("heading", level=1).first).to_be_visible()


def test_the_colours_can_be_switched(page: Page, server: str) -> None:
    page.goto(server)
    before = page.locator("body").get_attribute("data-md-color-scheme")
    page.locator("[data-sg-palettes] > button:visible").click()
    expect(page.locator("body")).not_to_have_attribute("data-md-color-scheme", str(before))
