"""The list of a collection with filters, in a browser: what is chosen, what is said, and what is in the URL."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from smartguide.building import build_site
from tests.browsers import NewPage, served
from tests.built_sites import made_once
from tests.generator import projects

pytestmark = pytest.mark.browser

HUT = "name: {name}\nvalley: {valley}\nsources: [{{source: map}}]\n"
TOUR = """
name: {name}
subtitle: {subtitle}
kind: {kind}
grade: {grade}
guided: {guided}
{more}
sources: [{{source: map}}]
"""
MORE = 299
"""So many tours that all look alike: the index has a second page."""


def changes() -> dict[str, str]:
    """Return the files of four tours that differ, of many that do not, and of the huts on their way."""
    kinds = ("from hut to hut", "day tour")
    tours = {
        "lakes": ("Zlatorog Lakes", "Around the lakes", kinds[0], 1, "true", "nights: 2\nstart: 2024-06\nvalleys: [NTH]\nstages: [{hut: upper-lake}, {hut: stone-pass}]"),
        "pass": ("Łomnica Pass", "Over the pass", kinds[0], 3, "false", "nights: 5\nstart: 2025-07\nvalleys: [STH]\nstages: [{hut: stone-pass}]"),
        "ridge": ("Édouard Ridge", "Along the ridge", kinds[1], 3, "false", "valleys: [NTH, STH]"),
        "script": ("'<img src=x onerror=alert(1)>'", "'=1+1'", kinds[1], 2, "true", ""),
    }  # fmt: skip
    tours |= {f"walk-{number}": (f"Walk {number:03}", "A walk", kinds[1], 1, "false", "") for number in range(MORE)}
    keys = ("name", "subtitle", "kind", "grade", "guided", "more")
    made = {
        f"content/tours/{name}.yml": TOUR.format(**dict(zip(keys, tour, strict=True))) for name, tour in tours.items()
    }
    return {**made, "content/tours/three-lakes.yml": None}  # type: ignore[dict-item]


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    def make(folder: Path) -> None:
        projects.copy(folder, changes(), site=True)
        build_site(folder, folder / "site", strict=False)

    return made_once(tmp_path_factory, worker_id, "lists", make) / "site"


@pytest.fixture(scope="session")
def server(folder: Path) -> Iterator[str]:
    with served(folder) as url:
        yield url


def opened(page: Page, url: str) -> Page:
    """Open a list and wait until its filters are there."""
    page.goto(url)
    expect(page.get_by_role("search", name=re.compile("Tours|Huts"))).to_be_visible()
    return page


def test_a_link_of_the_plain_list_that_is_pressed_stays_until_it_is_followed(page: Page, server: str) -> None:
    """The list with its filters arrives between the press and the release of the mouse."""
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    page.route("**/api/v1/tours--list.json", hold)
    with page.expect_request("**/api/v1/tours--list.json"):
        page.goto(f"{server}tours/")
    page.get_by_role("link", name="Walk 001", exact=True).hover()
    page.mouse.down()
    with page.expect_response("**/api/v1/tours--list.json") as answer:
        held.pop().continue_()
    answer.value.finished()
    page.evaluate("new Promise((seen) => requestAnimationFrame(() => requestAnimationFrame(seen)))")
    page.mouse.up()
    expect(page).to_have_url(f"{server}tours/walk-1/")


def names(page: Page) -> list[str]:
    return [text.split("\n")[0] for text in page.locator("tbody td:first-child a").all_inner_texts()]


def choose(page: Page, title: str, value: str) -> Locator:
    """Open a filter, and return the box of a value."""
    panel = page.locator("details.sg-facet").filter(has=page.locator("summary", has_text=re.compile(f"^{title}")))
    if panel.get_attribute("open") is None:
        panel.locator("summary").click()
    return panel.get_by_label(re.compile(f"^{value}"))


def test_filters_are_combined_and_back_leads_to_what_was_chosen_before(page: Page, server: str) -> None:
    opened(page, f"{server}tours/")
    expect(page.locator(".sg-catalogue__found")).to_have_text(f"{MORE + 4} tours")
    choose(page, "Grade", "3").check()
    expect(page).to_have_url(f"{server}tours/?grade=3")
    expect(page).to_have_title(re.compile("^Grade: 3 – Tours"))
    assert names(page) == ["Édouard Ridge", "Łomnica Pass"]
    choose(page, "Valley of stages", "South Valley").check()
    expect(page).to_have_url(f"{server}tours/?grade=3&stages.valley=STH")
    expect(page.get_by_role("status").first).to_have_text(f"1 of {MORE + 4} tours")
    page.go_back()
    expect(page.locator("tbody tr")).to_have_count(2)
    expect(choose(page, "Valley of stages", "South Valley")).not_to_be_checked()
    choose(page, "Grade", "1").check()  # any of one filter
    expect(page).to_have_url(f"{server}tours/?grade=3&grade=1")
    expect(page.locator(".sg-catalogue__found")).to_have_text(f"{MORE + 3} of {MORE + 4} tours")
    page.get_by_role("button", name="Leave out Grade: 3 or 1").click()
    expect(page).to_have_url(f"{server}tours/")
    expect(page.locator(".sg-catalogue__found")).to_have_text(f"{MORE + 4} tours")


def test_a_value_says_how_many_it_would_give_and_cannot_be_chosen_for_nothing(page: Page, server: str) -> None:
    opened(page, f"{server}tours/?grade=3")
    box = choose(page, "Guided", "yes")
    expect(box).to_be_disabled()
    expect(page.locator("details[open] label", has_text="no")).to_have_text("no 2")
    expect(choose(page, "Grade", "2")).to_be_enabled()  # which counts without its own filter


def test_nothing_is_said_in_words_with_what_would_give_something(page: Page, server: str) -> None:
    opened(page, f"{server}tours/?grade=3&guided=true&kind=day+tour")
    none = page.locator(".sg-catalogue__none")
    expect(none).to_contain_text("No tour has all of this: Kind: day tour; Grade: 3; Guided: yes.")
    expect(none.get_by_role("listitem")).to_have_text(
        ["Leave out “Grade: 3”: 1 tour", "Leave out “Guided: yes”: 1 tour"], use_inner_text=True
    )
    none.get_by_role("button", name="Leave out “Guided: yes”").click()
    expect(page).to_have_url(f"{server}tours/?kind=day+tour&grade=3")
    assert names(page) == ["Édouard Ridge"]


def test_a_record_must_have_all_values_if_that_is_asked(page: Page, server: str) -> None:
    opened(page, f"{server}tours/?valleys=NTH&valleys=STH")
    assert names(page) == ["Édouard Ridge", "Łomnica Pass", "Zlatorog Lakes"]
    choose(page, "Valleys", "Must have all chosen").check()
    expect(page).to_have_url(f"{server}tours/?valleys=NTH&valleys=STH&all=valleys")
    assert names(page) == ["Édouard Ridge"]
    expect(page.get_by_label("Chosen filters")).to_contain_text("Valleys: North Valley and South Valley")
    expect(choose(page, "Grade", "Must have all chosen")).to_have_count(0)  # a tour has one grade


def test_a_word_that_is_in_no_record_is_looked_for_on_all_pages(page: Page, server: str) -> None:
    opened(page, f"{server}tours/?text=marmots")
    page.get_by_role("link", name="Search all pages for “marmots”").click()
    expect(page.locator(".sg-search__input")).to_have_value("marmots")


def test_typing_filters_without_accents_and_is_one_step_to_come_back_to(page: Page, server: str) -> None:
    opened(page, f"{server}tours/?grade=3")
    steps = page.evaluate("history.length")
    page.get_by_label("Name or word").press_sequentially("lomnica pa")
    expect(page).to_have_url(f"{server}tours/?grade=3&text=lomnica+pa")
    assert names(page) == ["Łomnica Pass"]
    page.get_by_label("Name or word").fill("edouard")
    assert names(page) == ["Édouard Ridge"]
    assert page.evaluate("history.length") == steps + 1
    page.go_back()
    expect(page).to_have_url(f"{server}tours/?grade=3")


def test_ranges_of_numbers_and_years(page: Page, server: str) -> None:
    opened(page, f"{server}tours/")
    choose(page, "Nights", "From").fill("3")
    expect(page).to_have_url(f"{server}tours/?nights=3..")
    assert names(page) == ["Łomnica Pass"]
    opened(page, f"{server}tours/?start=..2024")
    assert names(page) == ["Zlatorog Lakes"]
    expect(choose(page, "Start", "To")).to_have_value("2024")


def test_the_list_is_sorted_by_its_heads_and_by_the_field(page: Page, server: str) -> None:
    opened(page, f"{server}huts/")
    page.get_by_role("columnheader").get_by_role("button", name="Tours", exact=True).click()
    expect(page).to_have_url(f"{server}huts/?sort=-tours")
    assert names(page) == ["Stone Pass Hut", "Upper Lake Hut"]
    expect(page.get_by_role("columnheader", name="Tours", exact=True)).to_have_attribute("aria-sort", "descending")
    page.get_by_label("Sort by").select_option("Tours, fewest first")
    assert names(page) == ["Upper Lake Hut", "Stone Pass Hut"]
    expect(page).to_have_url(f"{server}huts/?sort=tours")


def test_all_records_are_there_though_the_index_has_several_pages(page: Page, server: str) -> None:
    opened(page, f"{server}tours/")
    expect(page.get_by_role("navigation", name="Tours: pages")).to_be_hidden()
    expect(page.locator("tbody tr")).to_have_count(100)
    page.get_by_role("button", name="Show 100 more (of 203)").click()
    expect(page.locator("tbody tr")).to_have_count(200)
    expect(page.locator("tbody tr:nth-child(101) td a").first).to_be_focused()


def test_without_scripts_the_whole_list_is_there(new_page: NewPage, server: str) -> None:
    page = new_page(java_script_enabled=False)
    page.goto(f"{server}tours/")
    expect(page.get_by_role("link", name="Łomnica Pass")).to_be_visible()
    expect(page.get_by_role("navigation", name="Tours: pages", exact=True)).to_be_visible()
    expect(page.get_by_role("search")).to_have_count(0)


def test_what_cannot_be_loaded_leaves_the_list_as_it_was(page: Page, server: str, problems: list[str]) -> None:
    page.route("**/*--list.json", lambda route: route.fulfill(status=503))
    page.goto(f"{server}tours/")
    expect(page.get_by_role("link", name="Łomnica Pass")).to_be_visible()
    expect(page.get_by_label("Name or word")).to_have_count(0)
    problems.clear()  # the browser notes that it could not be loaded


def test_on_a_phone_filters_are_folded_and_rows_are_cards(new_page: NewPage, server: str) -> None:
    page = opened(new_page(viewport={"width": 375, "height": 800}), f"{server}tours/?grade=3")
    expect(page.get_by_role("group", name="Filters")).to_be_hidden()
    page.get_by_role("button", name="Filters (1)").click()
    choose(page, "Guided", "no").check()
    page.get_by_role("button", name="Show 2 tours").click()
    expect(page.get_by_role("group", name="Filters")).to_be_hidden()
    expect(page.locator(".sg-catalogue__found")).to_be_in_viewport()
    expect(page.locator("tbody td[data-label='Valleys']").first).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 375


def test_a_phone_shows_fewer_records_at_a_time(new_page: NewPage, server: str) -> None:
    page = opened(new_page(viewport={"width": 375, "height": 800}), f"{server}tours/")
    expect(page.locator("tbody tr")).to_have_count(30)
    page.get_by_role("button", name="Show 30 more (of 273)").click()
    expect(page.locator("tbody tr")).to_have_count(60)
    expect(page.locator("tbody tr:nth-child(31) td a").first).to_be_focused()


@pytest.mark.parametrize(("language", "sign"), [("en-IE", ","), ("de-DE", ";")])
def test_columns_are_apart_as_is_usual_for_the_language(
    new_page: NewPage, server: str, language: str, sign: str
) -> None:
    page = opened(new_page(locale=language), f"{server}tours/")
    page.get_by_text("Download or embed this list").click()
    expect(page.get_by_label("Columns apart by")).to_have_value(sign)


def test_filters_work_with_the_keyboard(page: Page, server: str) -> None:
    opened(page, f"{server}tours/")
    summary = page.locator("summary", has_text=re.compile("^Grade"))
    summary.focus()
    page.keyboard.press("Enter")
    expect(choose(page, "Grade", "3")).to_be_visible()
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    expect(page).to_have_url(f"{server}tours/?grade=3")
    expect(choose(page, "Grade", "3")).to_be_focused()
    page.keyboard.press("Escape")
    expect(summary).to_be_focused()
    expect(page.locator("details.sg-facet[open]")).to_have_count(0)


def test_the_filtered_list_is_downloaded(page: Page, server: str) -> None:
    opened(page, f"{server}tours/?grade=2&grade=3&sort=-name")
    page.get_by_text("Download or embed this list").click()
    page.get_by_label("Columns apart by").select_option(";")
    with page.expect_download() as download:
        page.get_by_role("button", name="Download as CSV").click()
    text = Path(download.value.path()).read_text(encoding="utf-8")
    assert text.startswith("\ufeff")
    head, *rows = csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""), delimiter=";")
    assert head[:3] == ["Tour", "Description", "Kind"]
    assert [row[0] for row in rows] == ["Łomnica Pass", "<img src=x onerror=alert(1)>", "Édouard Ridge"]
    assert rows[1][1] == "'=1+1"
    assert rows[0][-1] == f"{server}tours/pass/"
    with page.expect_download() as download:
        page.get_by_role("button", name="Download as JSON").click()
    found = json.loads(Path(download.value.path()).read_text(encoding="utf-8"))
    assert [found["total"], *(one["id"] for one in found["result"])] == [3, "pass", "script", "ridge"]
    html = page.get_by_label("HTML with the tours").input_value()
    assert f'<a href="{server}tours/pass/">Łomnica Pass</a>' in html
    assert "&lt;img" in html


def test_an_embedded_list_is_nothing_but_the_list(page: Page, server: str) -> None:
    page.goto(f"{server}tours/?grade=3&embed")
    expect(page.get_by_role("link", name="Tours; Grade: 3")).to_have_attribute("href", "?grade=3")
    expect(page.get_by_role("link", name="Łomnica Pass")).to_be_visible()
    for hidden in ("header", "footer", "h1", ".sg-cite", ".md-skip", ".sg-catalogue__form", "td:nth-child(2)"):
        expect(page.locator(hidden).first).to_be_hidden()


def test_an_anchor_of_the_whole_list_is_still_there(page: Page, server: str, folder: Path) -> None:
    index = folder / "tours/index.html"
    text = index.read_text(encoding="utf-8")
    assert 'id="old"' not in text
    try:
        index.write_text(text.replace('<ul class="sg-list">', '<ul class="sg-list" id="old">', 1), encoding="utf-8")
        opened(page, f"{server}tours/#old")
        expect(page.locator("#old")).to_be_visible()
    finally:
        index.write_text(text, encoding="utf-8")


def test_only_the_index_loads_what_the_list_needs(page: Page, server: str) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{server}tours/pass/", wait_until="networkidle")
    assert [url for url in asked if "catalogue" in url or "list.json" in url] == []
