"""The page Quality in a real browser: what would help leads to the records, and all of them are there without scripts."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browsers import NewPage
from tests.guide.records import Published

pytestmark = pytest.mark.browser

ROWS = ".sg-catalogue tbody tr"


def test_what_would_help_leads_to_the_records_that_lack_it(page: Page, server: str) -> None:
    page.goto(f"{server}about/quality/")
    expect(page.get_by_label("Name or word")).to_be_visible()
    entry = page.locator("#help ~ ol").first.locator("li").first
    title = re.findall("“(.+)”", entry.inner_text())[0]
    number, total = entry.get_by_role("link").inner_text().split(" of ")
    entry.get_by_role("link").click()
    expect(page.locator(".sg-catalogue__found")).to_have_text(re.compile(f"^{number} of [0-9,]+ records$"))
    assert number != total
    lacking = page.locator(f'{ROWS} td[data-label="Missing"]').all_inner_texts()
    assert lacking
    assert all(title in one for one in lacking)
    record = page.locator(f"{ROWS} a").first
    name = record.inner_text()
    record.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(name)
    page.get_by_text("How good is this record?").click()
    expect(page.locator(".sg-quality")).to_contain_text(re.compile(f"Missing: .*{re.escape(title)}"))


def test_without_scripts_the_page_leads_to_every_record(new_page: NewPage, server: str, published: Published) -> None:
    page = new_page(java_script_enabled=False)
    page.goto(f"{server}about/quality/")
    listed: list[str] = []
    waiting = page.locator("#records ~ ul a").evaluate_all("found => found.map(one => one.href)")
    assert waiting
    while waiting:
        page.goto(waiting.pop())
        listed += page.locator("article tbody td:first-child a").evaluate_all("found => found.map(one => one.href)")
        following = page.locator("nav.sg-pages a[rel=next]")
        waiting += following.evaluate_all("found => found.map(one => one.href)") if following.count() else []
    assert len(set(listed)) == sum(1 for _ in published)
