"""Accessibility: what axe-core finds on a page of each kind, and what only a person with a keyboard would notice."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browsers import NewPage, wait_until
from tests.guide.browser.plans import Json, full_plan, keep, visit
from tests.guide.records import Published
from tests.page_kinds import kinds
from tests.projects import ROOT

pytestmark = pytest.mark.browser

NOT_YET: Final = ".sg-late:not(.sg-laid-out), .sg-late tr:not(.sg-laid-out)"
"""What late.js has not come to. Axe would take the links in it to lie above each other."""
AXE: Final = ROOT / "node_modules/axe-core/axe.min.js"
WIDTHS: Final = (1440, 375, 320)
PARTS: Final = 6
"""So many tests share the pages: they can run side by side."""
ALL_RULES: Final = {"resultTypes": ["violations"], "preload": False, "rules": {"target-size": {"enabled": True}}}
COLOURS: Final = {"resultTypes": ["violations"], "preload": False, "runOnly": ["color-contrast", "link-in-text-block"]}
"""Only these differ between light and dark."""
FOUND: Final = """async (options) => (await axe.run(document, options)).violations.flatMap((rule) =>
  rule.nodes.map((node) => `${rule.id}: ${node.html.replace(/\\s+/g, " ").slice(0, 160)}`))"""
PHONE: Final[dict[str, Any]] = {"viewport": {"width": 375, "height": 800}}
RECORD: Final = ("partnerships", "adpack")
CHAPTER: Final = "guide/results/"


def found_on(page: Page, what: str) -> list[str]:
    """Return what is wrong with a page at each width and in both colour schemes, what is folded included."""
    wrong: list[str] = []
    expect(page.locator(NOT_YET)).to_have_count(0)
    page.add_script_tag(path=AXE)
    page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true")
    for scheme, options in (("default", ALL_RULES), ("slate", COLOURS)):
        page.set_viewport_size({"width": WIDTHS[0], "height": 900})
        if scheme == "slate":
            page.locator("[data-sg-palettes] > button:visible").click()
        expect(page.locator("body")).to_have_attribute("data-md-color-scheme", scheme)
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            wrong += [f"{what or 'home'}, {scheme}, {width} px: {one}" for one in page.evaluate(FOUND, options)]
            wide = page.evaluate("document.documentElement.scrollWidth")
            if wide > width:
                wrong.append(f"{what or 'home'}, {width} px: is {wide} px wide, and scrolls sideways")
    page.evaluate("localStorage.clear()")  # the next page is light again
    return wrong


@pytest.mark.parametrize("part", range(PARTS))
def test_axe_finds_nothing_and_nothing_scrolls_sideways(
    new_page: NewPage, folder: Path, server: str, part: int
) -> None:
    page = new_page(bypass_csp=True)  # for axe itself; what the policy stops is tested elsewhere
    wrong: list[str] = []
    for url in kinds(folder)[part::PARTS]:
        page.goto(server + url)
        wrong += found_on(page, url)
    assert wrong == []


def asked(page: Page, server: str, question: str) -> Locator:
    """Ask the search something, and return its dialog."""
    page.goto(server)
    page.keyboard.press("/")
    dialog = page.get_by_role("dialog", name="Search")
    dialog.get_by_label("Search", exact=True).fill(question)
    return dialog


def search_with_results(page: Page, server: str, actions: list[Json]) -> None:
    expect(asked(page, server, "cluster").get_by_role("heading", name="In the texts")).to_be_visible()


def search_without_results(page: Page, server: str, actions: list[Json]) -> None:
    expect(asked(page, server, "qqqqxxzz").get_by_role("status")).to_contain_text("Nothing is called")


def filtered_list(page: Page, server: str, actions: list[Json]) -> None:
    page.goto(f"{server}partnerships/?kind=ESCP-4i&target_markets=CN")
    page.locator(".sg-facet > summary").first.click()


def plan_with_steps(page: Page, server: str, actions: list[Json]) -> None:
    keep(page, server, full_plan(actions))
    visit(page, f"{server}plan/")
    for card in page.locator(".sg-plan__card").all():
        card.get_by_role("button", name=re.compile("^Show the steps")).click()
    page.locator(".sg-plan__card .sg-step").first.get_by_role("button", name=re.compile("^Edit")).click()


@pytest.mark.parametrize(
    "state", [search_with_results, search_without_results, filtered_list, plan_with_steps], ids=lambda one: one.__name__
)
def test_axe_finds_nothing_in_what_is_open(
    new_page: NewPage, server: str, actions: list[Json], state: Callable[[Page, str, list[Json]], None]
) -> None:
    page = new_page(bypass_csp=True)
    state(page, server, actions)
    page.add_script_tag(path=AXE)
    wrong = []
    for scheme in ("default", "slate"):
        page.evaluate(
            "scheme => { document.body.dataset.mdColorScheme = scheme; }", scheme
        )  # a dialog hides the button
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            wrong += [f"{scheme}, {width} px: {one}" for one in page.evaluate(FOUND, ALL_RULES)]
    assert wrong == []


@pytest.mark.parametrize("width", [1440, 375])
@pytest.mark.parametrize("shown", ["", CHAPTER, RECORD], ids=str)
def test_every_stop_of_the_tab_key_can_be_seen(
    new_page: NewPage, server: str, published: Published, shown: str | tuple[str, str], width: int
) -> None:
    page = new_page(viewport={"width": width, "height": 800})
    page.goto(server + (shown if isinstance(shown, str) else published.url(*shown)))
    expect(page.locator(".md-sidebar.sg-drawer")).to_be_attached()
    unseen, stops = [], 0
    while stop := next_stop(page):
        stops += 1
        if not stop["seen"]:
            unseen.append(stop["html"])
    assert stops > 3
    assert unseen == []


def next_stop(page: Page) -> dict[str, Any] | None:
    """Press Tab, and return what has the focus now and whether it can be seen; None at the end of the page."""
    page.keyboard.press("Tab")
    stop: dict[str, Any] | None = page.evaluate(
        """() => {
          const stop = document.activeElement;
          if (stop === document.body) return null;
          const shown = stop.matches('.md-option') ? stop.nextElementSibling : stop; // the label stands for it
          const box = shown.getBoundingClientRect();
          const seen = box.width > 1 && box.height > 1 && box.right > 0 && box.left < innerWidth
            && box.bottom > 0 && box.top < innerHeight;
          return { seen, html: stop.outerHTML.slice(0, 120) };
        }"""
    )
    return stop


@pytest.mark.parametrize("shown", ["", "404.html", CHAPTER, RECORD], ids=str)
def test_the_first_stop_leads_to_the_title(
    page: Page, server: str, published: Published, shown: str | tuple[str, str]
) -> None:
    page.goto(server + (shown if isinstance(shown, str) else published.url(*shown)))
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to content")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_be_focused()


def test_the_drawer_opens_and_closes_with_the_keyboard_and_the_focus_comes_back(
    new_page: NewPage, server: str, published: Published
) -> None:
    page = new_page(**PHONE)
    page.goto(server + published.url(*RECORD))
    menu = page.get_by_role("button", name="Navigation", exact=True)
    expect(menu).to_have_attribute("aria-expanded", "false")
    expect(link(page, "Home")).to_have_count(0)

    menu.press("Enter")
    expect(menu).to_have_attribute("aria-expanded", "true")
    assert focus_is_inside(page.locator(".md-sidebar--primary"))
    expect(page.locator(".md-content")).to_have_js_property("inert", value=True)  # what lies behind is out of reach
    page.keyboard.press("Escape")
    expect(menu).to_be_focused()
    expect(link(page, "Home")).to_have_count(0)
    expect(page.locator(".md-content")).to_have_js_property("inert", value=False)


def test_a_section_in_the_drawer_opens_and_closes_with_the_keyboard(new_page: NewPage, server: str) -> None:
    page = new_page(**PHONE)
    page.goto(server)
    page.get_by_role("button", name="Navigation", exact=True).press("Enter")
    section = page.get_by_role("button", name="Guide", exact=True)
    expect(section).to_have_attribute("aria-expanded", "false")
    expect(link(page, "Introduction")).to_have_count(0)
    section.press("Enter")
    expect(link(page, "Introduction")).to_be_visible()
    expect(
        link(page, "Introduction")
    ).to_be_in_viewport()  # the panel slides in; the focus must not scroll to where it was
    assert page.locator(".md-sidebar--primary .md-sidebar__scrollwrap").evaluate("one => one.scrollLeft") == 0
    expect(link(page, "Home")).to_have_count(0)  # it is covered now
    back = page.get_by_role("button", name="Guide", exact=True)
    expect(back).to_be_focused()
    back.press("Enter")
    expect(section).to_be_focused()
    expect(link(page, "Introduction")).to_have_count(0)


def link(page: Page, name: str) -> Locator:
    """Return the links in the drawer that have a name and can be reached."""
    return page.locator(".md-sidebar--primary").get_by_role("link", name=name, exact=True)


def focus_is_inside(part: Locator) -> bool:
    return bool(part.evaluate("part => part.contains(document.activeElement)"))


def test_the_drawer_works_without_scripts_too(new_page: NewPage, server: str) -> None:
    page = new_page(java_script_enabled=False, **PHONE)
    page.goto(server)
    page.locator(".md-header label[for=__drawer]").click()
    expect(link(page, "Home")).to_be_visible()


@pytest.mark.parametrize("shown", [CHAPTER, RECORD], ids=str)
def test_headings_and_their_permalinks_have_names_of_their_own(
    page: Page, server: str, published: Published, shown: str | tuple[str, str]
) -> None:
    page.goto(server + (shown if isinstance(shown, str) else published.url(*shown)))
    headings = page.locator("article :is(h2, h3):has(.headerlink)")
    assert headings.count() > 1
    for heading in headings.all():
        text = heading.evaluate("one => one.firstChild.textContent")
        expect(heading).to_have_accessible_name(text)
        expect(heading.locator(".headerlink")).to_have_accessible_name(f"Link to: {text}")


def test_a_table_that_does_not_fit_is_moved_by_the_arrow_keys(new_page: NewPage, server: str) -> None:
    page = new_page(viewport={"width": 728, "height": 800})  # a little wider than where rows become cards
    page.goto(f"{server}about/fields/")
    table = page.get_by_role("region", name=re.compile("^Fields of ")).first
    table.focus()
    for _ in range(12):
        page.keyboard.press("ArrowRight")
    wait_until(page, "part => part.scrollLeft > 50", arg=table.element_handle())


def test_no_single_key_leaves_the_page(page: Page, server: str) -> None:
    page.goto(server + CHAPTER)
    page.get_by_role("heading", level=1).click()
    for key in ("n", "p", ".", ","):
        page.keyboard.press(key)
    expect(page).to_have_url(server + CHAPTER)
    assert page.locator("link:is([rel=next], [rel=prev])").count() == 0


def test_nothing_is_stored_before_a_choice_and_the_colours_are_after_it(page: Page, server: str) -> None:
    page.goto(server)
    expect(page.locator(".md-sidebar.sg-drawer")).to_be_attached()
    page.goto(server + CHAPTER)
    assert page.evaluate("localStorage.length + sessionStorage.length") == 0
    assert page.context.cookies() == []
    page.locator("[data-sg-palettes] > button:visible").click()
    expect(page.locator("body")).to_have_attribute("data-md-color-scheme", "slate")
    page.reload()
    expect(page.locator("body")).to_have_attribute("data-md-color-scheme", "slate")


def test_progress_is_drawn_in_colours_that_the_system_forces(
    new_page: NewPage, server: str, published: Published
) -> None:
    """One step of many is done: what is drawn of that is neither empty nor of the colour of what is not done."""
    page = new_page(forced_colors="active", color_scheme="light")
    page.goto(server + published.url("actions", "missions"))
    page.get_by_role("article").get_by_role("checkbox").first.check()
    bar = page.locator(".sg-meter progress").first
    shown = bar.screenshot()
    bar.evaluate("one => { one.value = 0; }")
    assert bar.screenshot() != shown
