"""What a cluster manager asks of the lists of partnerships and partners, in a real browser."""

from __future__ import annotations

import re
from collections import Counter

import pytest
from playwright.sync_api import Page, expect

from tests.guide.records import Published

pytestmark = pytest.mark.browser

FOUND = ".sg-catalogue__found"
NAMES = ".sg-catalogue tbody td:first-child a"


def opened(page: Page, url: str) -> Page:
    """Open a list and wait until its filters are there."""
    page.goto(url)
    expect(page.get_by_label("Name or word")).to_be_visible()
    return page


def chosen(page: Page, title: str, value: str) -> None:
    """Choose a value of a filter."""
    panel = page.locator("details.sg-facet").filter(has=page.locator("summary", has_text=re.compile(f"^{title}")))
    panel.locator("summary").click()
    panel.get_by_label(re.compile(f"^{value}")).check()


def matching(published: Published, **wanted: str) -> set[str]:
    """Return the names of the partnerships whose lists hold some values."""
    return {
        record["acronym"]
        for collection, _, record in published
        if collection == "partnerships" and all(value in record.get(key, ()) for key, value in wanted.items())
    }


def test_agro_food_partnerships_that_go_to_china_are_found_with_two_choices(
    page: Page, server: str, published: Published
) -> None:
    opened(page, f"{server}partnerships/")
    chosen(page, "Sectors", "Agro-food")
    page.keyboard.press("Escape")
    chosen(page, "Target markets", "China")
    expect(page).to_have_url(f"{server}partnerships/?sectors=agro-food-packaging&target_markets=CN")
    expected = matching(published, sectors="agro-food-packaging", target_markets="CN")
    assert expected
    expect(page.locator(FOUND)).to_have_text(re.compile(f"^{len(expected)} of [0-9]+ partnerships$"))
    assert set(page.locator(NAMES).all_inner_texts()) == expected


def test_that_there_is_no_partnership_of_some_kind_is_said(page: Page, server: str, published: Published) -> None:
    by_country = {
        (sector, published.find("partners", entry["partner"])["country"])
        for collection, _, record in published
        if collection == "partnerships" and record["eu_funded"]
        for sector in record.get("sectors", ())
        for entry in record.get("partners", ())
    }
    if ("photonics", "DK") in by_country:
        pytest.skip("there is one by now")
    opened(page, f"{server}partnerships/?sectors=photonics&partners.country=DK&eu_funded=true")
    expect(page.locator(".sg-catalogue__none")).to_contain_text(
        "No partnership has all of this: Country of partners: Denmark; Sectors: Photonics; EU-funded: yes."
    )
    page.get_by_role("button", name="Leave out “Sectors: Photonics”").click()
    assert page.locator(".sg-catalogue tbody tr").count() > 0


def test_who_took_part_in_most_partnerships_comes_first(page: Page, server: str, published: Published) -> None:
    opened(page, f"{server}partners/")
    page.get_by_role("columnheader").get_by_role("button", name="Partnerships", exact=True).click()
    times: Counter[str] = Counter()
    for collection, _, record in published:
        if collection == "partnerships":
            times.update({entry["partner"] for entry in record.get("partners", ())})
    most = max(times.values())
    first = page.locator(".sg-catalogue tbody tr").first
    expect(first.locator("td[data-label='Partnerships']")).to_have_text(re.compile(f"^{most}"))
    names = {published.find("partners", one)["name"] for one, number in times.items() if number == most}
    assert first.locator("td:first-child a").inner_text() in names
