"""``smartguide serve`` in a browser: what is saved is shown, the place on the page is kept, and what is wrong is read out."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.generator import projects
from tests.generator.previews import Preview, preview, wait_until
from tests.searches import search_for

pytestmark = pytest.mark.browser
HUT = "content/huts/stone-pass.yml"


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Preview]:
    """Serve a project with a long page."""
    long = {"templates/hut.html": "{% for number in range(300) %}<p>{{ number }}</p>\n{% endfor %}{{ record.label }}\n"}
    with preview(projects.copy(tmp_path / "project", long, site=True)) as running:
        running.wait_for_chapters()
        yield running


def test_a_save_is_shown_where_the_reader_is(served: Preview, page: Page) -> None:
    page.goto(f"{served.url}huts/stone-pass/")
    expect(page.locator("h1")).to_have_text("Stone Pass Hut")
    page.evaluate("window.scrollTo(0, 4000)")
    wait_until(lambda: page.evaluate("window.scrollY") == 4000, "the place of the reader")
    for name in ("Rock Pass Hut", "Pine Pass Hut"):
        path = served.root / HUT
        text = path.read_text(encoding="utf-8")
        path.write_text(f"name: {name}\n{text.partition(chr(10))[2]}", encoding="utf-8")
        expect(page.locator("h1")).to_have_text(name)
        wait_until(lambda: page.evaluate("window.scrollY") == 4000, "the place of the reader")


def test_what_is_wrong_appears_and_goes_without_a_reload(served: Preview, page: Page) -> None:
    page.goto(f"{served.url}huts/upper-lake/")
    page.evaluate("window.isTheSame = true")
    served.edit(HUT, "valley: STH", "valley: '<b onclick=alert(1)>X'")
    alert = page.get_by_role("alert")
    expect(alert).to_contain_text("content/huts/stone-pass.yml:2:9: error: valley:")
    expect(alert).to_contain_text("<b onclick=alert(1)>X")
    assert alert.locator("b").count() == 0
    expect(alert).to_have_css("position", "fixed")
    served.edit(HUT, "valley: '<b onclick=alert(1)>X'", "valley: STH")
    expect(alert).to_have_count(0)
    assert page.evaluate("window.isTheSame") is True


def test_a_page_that_cannot_be_shown_comes_back_by_itself(served: Preview, page: Page, problems: list[str]) -> None:
    template = served.root / "templates/tour.html"
    right = template.read_text(encoding="utf-8")
    template.write_text("{% for %}", encoding="utf-8")
    served.wait_for("/tours/three-lakes/", "templates/tour.html")
    page.goto(f"{served.url}tours/three-lakes/")
    expect(page.get_by_role("alert")).to_contain_text("templates/tour.html:1:1")
    assert ["500" in one for one in problems] == [True]
    problems.clear()
    template.write_text(right, encoding="utf-8")
    expect(page.locator("h1")).to_have_text("Three Lakes")
    expect(page.get_by_role("alert")).to_have_count(0)


def test_a_chapter_and_the_search_show_what_was_saved(served: Preview, page: Page) -> None:
    page.goto(served.url)
    served.edit("content/index.md", "# Home", "# At home")
    expect(page.locator("h1")).to_contain_text("At home")
    served.edit(HUT, "Stone Pass Hut", "Rock Pass Hut")
    served.wait_for("/search/names.json", "Rock Pass Hut")
    page.goto(f"{served.url}huts/")
    search_for(page, "rock pass").first.click()
    expect(page.locator("h1")).to_have_text("Rock Pass Hut")


def test_a_tab_that_is_closed_is_not_waited_for(served: Preview, page: Page) -> None:
    other = page.context.new_page()
    for tab in (page, other):
        tab.goto(f"{served.url}huts/stone-pass/")
    other.close()
    served.edit(HUT, "Stone Pass Hut", "Rock Pass Hut")
    expect(page.locator("h1")).to_have_text("Rock Pass Hut")
