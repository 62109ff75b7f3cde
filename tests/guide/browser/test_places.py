"""Where a reader is, and the ways on: figures that are filtered, the home page, records beside their list."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browsers import wait_until
from tests.guide.browser.conftest import NewPage
from tests.guide.records import Published

pytestmark = pytest.mark.browser

STATISTICS = "guide/statistics/"


def test_figures_are_filtered_by_topic_generation_and_source_and_the_view_can_be_sent(page: Page, server: str) -> None:
    page.goto(server + STATISTICS)
    rows = page.locator("#figures tbody tr[id]:visible")
    every = rows.count()
    page.get_by_role("combobox", name="Topic").select_option("SMEs")
    page.get_by_role("combobox", name="About").select_option("First generation")
    shown = rows.count()
    assert 0 < shown < every
    expect(page.get_by_role("status")).to_have_text(f"{shown} of {every} figures")
    assert {row.get_attribute("data-topic") for row in rows.all()} == {"smes"}
    page.goto(page.url)
    expect(page.get_by_role("combobox", name="Topic")).to_have_value("smes")
    assert rows.count() == shown
    page.get_by_role("button", name="Show all").click()
    assert rows.count() == every
    assert page.url == server + STATISTICS


def test_a_link_to_a_figure_shows_what_it_counts_also_where_a_filter_hides_it(
    page: Page, server: str, published: Published
) -> None:
    id_ = next(id_ for id_, one in published.collections["statistics"].items() if one.get("group") == "events")
    page.goto(f"{server}{STATISTICS}?topic=smes#{id_}")
    expect(page.locator(f"#{id_}")).to_be_visible()
    expect(page.locator(f"#{id_} details")).to_have_attribute("open", "")


def test_without_scripts_all_figures_are_there_and_no_filter(new_page: NewPage, server: str) -> None:
    page = new_page(java_script_enabled=False)
    page.goto(server + STATISTICS)
    expect(page.get_by_role("combobox", name="Topic")).to_be_hidden()
    rows = page.locator("#figures tbody tr[id]")
    assert rows.count() == page.locator("#figures tbody tr[id]:visible").count() > 0


def test_the_home_page_offers_to_continue_a_plan_only_where_there_is_one(page: Page, server: str) -> None:
    page.goto(server)
    link = page.get_by_role("link", name="Continue my plan")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(link).to_be_hidden()
    page.get_by_role("button", name="Add these to my plan").click()
    wait_until(page, "Object.values(localStorage).some(text => text.includes('actions'))")
    page.reload()
    expect(link).to_be_visible()


@pytest.mark.parametrize("width", [375, 1440])
def test_the_text_of_a_record_begins_where_that_of_its_list_does(page: Page, server: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(server + "calls/")
    place = "one => { const box = one.getBoundingClientRect(); return [box.left, box.width]; }"
    of_list = page.locator("article h1").evaluate(place)
    page.get_by_role("article").get_by_role("link", name="Cluster Go International").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Cluster Go International")
    assert page.locator("article h1").evaluate(place) == of_list


def test_the_way_back_leads_to_the_list_as_it_was_filtered(page: Page, server: str) -> None:
    page.goto(server + "calls/")
    page.get_by_role("article").get_by_role("link", name="Cluster Go International").first.click()
    back = page.get_by_role("link", name="Back to Calls")
    expect(back).to_have_text("Back to Calls")
    page.goto(server + "calls/?kind=ESCP-4i")
    page.get_by_role("article").get_by_role("link", name="Cluster Go International").first.click()
    expect(back).to_have_text("Back to Calls (your selection)")
    back.click()
    assert page.url == server + "calls/?kind=ESCP-4i"


@pytest.mark.parametrize("shown", ["", STATISTICS, "glossary/", "calls/", "sources/smart-guide-2019/", "about/fields/"])
def test_nothing_is_wider_than_a_phone(page: Page, server: str, shown: str) -> None:
    page.set_viewport_size({"width": 375, "height": 700})
    page.goto(server + shown)
    assert page.evaluate("document.documentElement.scrollWidth") <= 375


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_paper_is_white_and_says_where_the_page_is_from(new_page: NewPage, server: str, scheme: str) -> None:
    page = new_page(color_scheme=scheme)
    page.goto(server + "calls/cluster-go-international-2014/")
    page.emulate_media(media="print")
    expect(page.locator(".sg-cite")).to_contain_text("Smart Guide, https://")
    for hidden in (".md-header", ".sg-neighbours", ".md-sidebar >> nth=0"):
        expect(page.locator(hidden)).to_be_hidden()
    colours = page.locator("body, main, article h1, .sg-cite").evaluate_all(
        "all => all.map(one => { const style = getComputedStyle(one); return [style.backgroundColor, style.color]; })"
    )
    backgrounds = {background for background, _ in colours}
    assert backgrounds <= {"rgb(255, 255, 255)", "rgba(0, 0, 0, 0)"}
    assert all("255" not in colour for _, colour in colours)
