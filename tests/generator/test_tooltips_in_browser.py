"""Tooltips of terms: with the mouse, the keyboard and a finger; they can be reached, and taken away (WCAG 2.2, 1.4.13)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from smartguide.building import build_site
from tests.browsers import NewPage, served
from tests.built_sites import made_once
from tests.generator import projects

pytestmark = pytest.mark.browser

MEANING = "above sea level: a height."
GLOSSARY = f"""
asl: {{term: ASL, definition: "{MEANING}"}}
pass: {{term: Pass, definition: {"Long words about passes. " * 11}}}
"""
HUT = "name: Upper Lake Hut\nsetting: 2,000 ASL, below the Pass, and ASL again\nvalley: NTH\nsources: [{source: map}]\n"


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    def make(folder: Path) -> None:
        changes = {"content/glossary.yml": GLOSSARY, "content/huts/upper-lake.yml": HUT}
        projects.copy(folder, changes, site=True)
        build_site(folder, folder / "site", strict=False)

    return made_once(tmp_path_factory, worker_id, "tooltips", make) / "site"


@pytest.fixture
def page(new_page: NewPage, folder: Path) -> Iterator[Page]:
    page = new_page(viewport={"width": 1024, "height": 600})
    with served(folder) as root:
        page.goto(f"{root}huts/upper-lake/")
        yield page


def test_the_mouse_shows_what_a_term_means_and_can_go_into_it(page: Page) -> None:
    term, tooltip = page.locator("abbr", has_text="ASL").first, page.get_by_role("tooltip")
    term.hover()
    expect(tooltip).to_have_text(MEANING)
    expect(term).not_to_have_attribute("title", MEANING)  # the browser would show it beside ours
    expect(term).to_have_accessible_description(MEANING)
    tooltip.hover()
    page.wait_for_timeout(400)  # longer than it stays without the mouse
    expect(tooltip).to_be_visible()
    page.mouse.move(0, 0)
    expect(tooltip).to_have_count(0)
    expect(term).to_have_attribute("title", MEANING)


def test_escape_takes_a_tooltip_away_where_the_mouse_is(page: Page) -> None:
    page.locator("abbr", has_text="ASL").first.hover()
    expect(page.get_by_role("tooltip")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("tooltip")).to_have_count(0)


def test_the_keyboard_shows_each_term_once_and_leaves_it(page: Page) -> None:
    term, tooltip = page.locator("abbr", has_text="ASL").first, page.get_by_role("tooltip")
    term.focus()
    expect(tooltip).to_have_text(MEANING)
    page.keyboard.press("Tab")
    expect(tooltip).to_contain_text("Long words about passes.")
    page.keyboard.press("Tab")
    expect(tooltip).to_have_count(0)  # the second ASL is no stop


def test_another_term_takes_the_place_of_the_first(page: Page) -> None:
    page.locator("abbr", has_text="ASL").first.hover()
    expect(page.get_by_role("tooltip")).to_have_text(MEANING)
    page.locator("abbr", has_text="Pass").first.hover()
    expect(page.get_by_role("tooltip")).to_contain_text("Long words")
    assert page.locator("abbr:not([title])").count() == 1


def test_a_tap_shows_it_within_the_window_and_another_takes_it_away(new_page: NewPage, folder: Path) -> None:
    page = new_page(viewport={"width": 320, "height": 600}, has_touch=True, is_mobile=True)
    with served(folder) as root:
        page.goto(f"{root}huts/upper-lake/")
        for term in page.locator("abbr").all():
            term.tap()
            box = page.get_by_role("tooltip").bounding_box()
            assert box is not None
            assert box["x"] >= 0
            assert box["x"] + box["width"] <= 320
        page.locator("h1").tap()
        expect(page.get_by_role("tooltip")).to_have_count(0)
        assert page.evaluate("document.documentElement.scrollWidth") == 320


def test_a_term_at_the_foot_of_the_window_has_it_above(page: Page) -> None:
    term = page.locator("abbr", has_text="Pass").first
    top = term.evaluate("term => term.getBoundingClientRect().top")
    page.set_viewport_size({"width": 1024, "height": int(top) + 30})
    term.hover()
    box, place = page.get_by_role("tooltip").bounding_box(), term.bounding_box()
    assert box is not None
    assert place is not None
    assert box["y"] + box["height"] <= place["y"]
