"""When the script of the theme is loaded: on a phone not before a reader does something, unless it has something to do."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from smartguide.building import build_site
from smartguide.site import theme_markup
from tests.browsers import NewPage, served
from tests.built_sites import made_once
from tests.generator import projects

pytestmark = pytest.mark.browser

PHONE = {"width": 375, "height": 667}
LOADED = "() => 'document$' in window"
"""What the script of the theme leaves behind for others."""
CHAPTER = "# Weather\n\n" + "".join(f"## Day {day}\n\n{'Snow fell on the pass. ' * 60}\n\n" for day in range(9))


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    def make(folder: Path) -> None:
        changes = {
            "content/weather.md": CHAPTER,
            "content/notes.md": f'{CHAPTER}\n<div class="annotate">Snow (1)</div>\n',
        }
        projects.copy(folder, changes, site=True)
        build_site(folder, folder / "site", strict=False)

    return made_once(tmp_path_factory, worker_id, "theme-script", make) / "site"


@pytest.fixture
def root(folder: Path) -> Iterator[str]:
    with served(folder) as root:
        yield root


def opened(new_page: NewPage, url: str, **options: object) -> Page:
    """Open a page, and wait until all is loaded that is loaded by itself."""
    page = new_page(**options)
    page.goto(url)
    page.wait_for_load_state("networkidle")
    return page


def test_a_phone_loads_it_when_a_reader_scrolls(new_page: NewPage, root: str) -> None:
    page = opened(new_page, f"{root}weather/", viewport=PHONE)
    assert not page.evaluate(LOADED)
    page.mouse.wheel(0, 400)
    page.wait_for_function(LOADED)
    expect(page.locator(".md-header__topic").nth(1)).to_have_text("Weather")
    expect(page.locator(".md-header__title")).to_have_class("md-header__title md-header__title--active")


@pytest.mark.parametrize("action", ["click", "key", "mouse", "wider"])
def test_a_phone_loads_it_when_a_reader_does_something(new_page: NewPage, root: str, action: str) -> None:
    page = opened(new_page, f"{root}weather/", viewport=PHONE)
    assert not page.evaluate(LOADED)
    if action == "click":
        page.locator("article p").first.dispatch_event("click")
    elif action == "key":
        page.keyboard.press("Tab")
    elif action == "mouse":
        page.mouse.move(100, 100)
    else:
        page.set_viewport_size({"width": 1280, "height": 800})
    page.wait_for_function(LOADED)


@pytest.mark.parametrize("url", ["weather/#day-7", "notes/"])
def test_a_phone_loads_it_at_once_where_it_has_something_to_do(new_page: NewPage, root: str, url: str) -> None:
    opened(new_page, f"{root}{url}", viewport=PHONE).wait_for_function(LOADED)


def test_a_wide_window_loads_it_at_once(new_page: NewPage, root: str) -> None:
    page = opened(new_page, f"{root}weather/", viewport={"width": 1280, "height": 800})
    expect(page.locator(".md-sidebar--secondary .md-sidebar__scrollwrap")).to_have_attribute(
        "style", re.compile("height")
    )


def test_a_page_without_it_is_one_with_scripts(new_page: NewPage, root: str) -> None:
    page = opened(new_page, f"{root}weather/", viewport=PHONE)
    expect(page.locator("html")).to_have_class("js")


def test_another_script_of_a_page_can_ask_for_what_it_leaves_behind() -> None:
    theme, other = '<script src="../assets/javascripts/bundle.1.min.js"></script>', '<script src="../x.js"></script>'
    module = '<script src="../y.js" type="module"></script>'
    later = theme_markup.corrected(f"<p></p>{theme}{module}")
    assert later == theme_markup.corrected(later)
    assert "<script src=" not in later.replace(module, "")
    assert theme_markup.corrected(f"<p></p>{theme}{other}") == f"<p></p>{theme.replace('>', ' defer>', 1)}{other}"
