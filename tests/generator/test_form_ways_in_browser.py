"""The form by keyboard and for a screen reader, the ways to send what it makes, and what is there if it does not load."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from smartguide.building import build_site
from tests.browsers import NewPage, served, wait_until
from tests.built_sites import made_once
from tests.generator import projects

pytestmark = pytest.mark.browser

OFFERED: Final = "[role=listbox] [role=option]"
FORMS: Final = re.compile(r"/api/v1/forms/(?!names)")
GITHUB: Final = {"kind": "github", "repository": "https://github.example/a/b", "edit": ""}
GITLAB: Final = {"kind": "gitlab", "repository": "https://gitlab.example/a/b", "edit": ""}
OTHER: Final = {"kind": "", "repository": "https://code.example/a/b", "edit": "https://code.example/a/b/_edit/main/"}
NO_FORGE: Final = {"kind": "", "repository": "", "edit": ""}


@pytest.fixture(scope="session")
def root(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    settings = projects.text("mkdocs.yml").replace(
        "extra:\n", "extra:\n  smartguide: {form: add/, form_email: tours@example.org}\n"
    )
    huts = {
        f"content/huts/rest-{number}.yml": f"name: Rest {number}, far above the valley and the lakes\nvalley: NTH\n"
        "sources: [{source: map}]\n"
        for number in range(12)
    }
    changes = {"mkdocs.yml": settings, "content/add.md": "# Add something\n\n{{ record_form() }}\n", **huts}

    def make(folder: Path) -> None:
        projects.copy(folder, changes, site=True)
        build_site(folder, folder / "site", strict=False)

    return made_once(tmp_path_factory, worker_id, "form-ways", make)


@pytest.fixture(scope="session")
def server(root: Path) -> Iterator[str]:
    with served(root / "site", below="/tours-and-huts") as url:
        yield url


def opened(page: Page, server: str, query: str, heading: str) -> None:
    page.goto(f"{server}add/{query}")
    expect(page.get_by_role("heading", name=heading)).to_be_visible()


def lists_of(page: Page) -> None:
    page.locator("summary").filter(has_text="Lists").press("Enter")


def choose(field: Locator, text: str, option: str) -> None:
    field.fill(text)
    field.page.locator(OFFERED).filter(has_text=option).first.click()
    expect(field.page.locator(OFFERED)).to_have_count(0)


def fill_tour(page: Page, name: str) -> None:
    page.get_by_label("Name", exact=True).fill(name)
    page.get_by_label("Subtitle").fill("Along the ridge")
    page.get_by_label("Kind", exact=True).select_option("day tour")
    page.get_by_role("group", name="Guided").get_by_label("No", exact=True).check()
    choose(page.get_by_role("combobox", name="Source 1: Document"), "map", "map")


def checked(page: Page) -> None:
    page.get_by_role("button", name="Check and see the file").press("Enter")
    expect(page.get_by_role("heading", name=re.compile("Nothing is wrong|Please look")).first).to_be_focused()


def test_each_control_in_a_list_says_in_which_entry_it_is(page: Page, server: str) -> None:
    opened(page, server, "?correct=tours/three-lakes", "Correct Three Lakes")
    lists_of(page)
    for number in (1, 2):
        page.locator("summary").filter(has_text=f"Stage {number}:").press("Enter")
        hut = page.get_by_role("combobox", name=f"Stage {number}: Hut", exact=True)
        expect(hut).to_have_value(re.compile("Lake|Pass"))
    names: list[str] = page.locator(
        ".sg-form-fields :is(input, textarea, select, button, summary):visible"
    ).evaluate_all(
        """(all) => all.filter((one) => one.type !== "radio")
          .map((one) => one.ariaLabel || (one.labels?.[0] ?? one).textContent.trim())"""
    )
    assert sorted({name for name in names if names.count(name) > 1}) == []


def test_the_focus_stays_near_what_is_taken_out(page: Page, server: str) -> None:
    opened(page, server, "?correct=tours/three-lakes", "Correct Three Lakes")
    lists_of(page)
    page.locator("summary").filter(has_text="Stage 1:").press("Enter")
    page.get_by_role("button", name="Remove: Stage 1").press("Enter")
    expect(page.locator("summary").filter(has_text="Stage 1: Stone Pass")).to_be_focused()  # it is folded

    page.get_by_role("button", name="Add a stage").press("Enter")
    hut = page.get_by_role("combobox", name="Stage 2: Hut")
    expect(hut).to_be_focused()
    choose(hut, "Far hut", "Not in the list")
    page.get_by_role("button", name="Remove this new hut").press("Enter")
    page.get_by_role("button", name="Press again to remove it").press("Escape")
    page.get_by_role("button", name="Remove this new hut").press("Enter")
    page.get_by_role("button", name="Press again to remove it").press("Enter")
    expect(hut).to_be_focused()
    expect(hut).to_have_value("")


def test_after_the_last_draft_is_deleted_the_focus_is_on_the_title(page: Page, server: str) -> None:
    opened(page, server, "?add=huts", "Add a hut")
    page.get_by_label("Name", exact=True).fill("Far")
    wait_until(page, "() => localStorage.length > 0")
    page.goto("about:blank")
    opened(page, server, "", "A draft that you began")
    page.get_by_role("button", name="Delete").press("Enter")
    page.get_by_role("button", name="Press again").press("Enter")
    expect(page.get_by_role("heading", level=1)).to_be_focused()


@pytest.mark.parametrize("width", [375, 1440])
def test_tab_leaves_a_list_of_names_and_nothing_lies_over_the_next_stop(
    new_page: NewPage, server: str, width: int
) -> None:
    page = new_page(viewport={"width": width, "height": 700})
    opened(page, server, "?add=huts", "Add a hut")
    document = page.get_by_role("combobox", name="Valley", exact=True)
    document.press("ArrowDown")
    expect(page.locator(OFFERED).first).to_be_visible()
    document.press("Escape")
    expect(page.locator(OFFERED)).to_have_count(0)
    opened(page, server, "?add=tours", "Add a tour")
    lists_of(page)
    page.get_by_role("button", name="Add a stage").press("Enter")
    hut = page.get_by_role("combobox", name="Stage 1: Hut")
    hut.press("ArrowDown")
    expect(page.locator(OFFERED)).to_have_count(14)
    expect(page.get_by_role("status").filter(has_text="14 found")).to_be_attached()
    hut.press("Tab")
    expect(page.locator(":focus")).to_have_attribute("type", "text")
    covered = []
    for _ in range(25):
        page.keyboard.press("Shift+Tab")
        one = page.evaluate(
            """() => {
              const stop = document.activeElement;
              if (!stop.closest(".sg-form-fields") || stop.type === "radio") return "";
              const { x, y, width } = stop.getBoundingClientRect();
              const top = document.elementFromPoint(x + width / 2, y + 3);
              return stop === top || stop.contains(top) || top?.contains(stop) ? "" : stop.outerHTML.slice(0, 80);
            }"""
        )
        covered += [one] if one else []
    assert covered == []


def test_what_is_wrong_with_a_field_that_was_left_is_said_once(page: Page, server: str) -> None:
    opened(page, server, "?add=huts", "Add a hut")
    page.evaluate(
        """() => {
          window.said = [];
          const status = document.querySelector(".sg-form-editor > [role=status]");
          new MutationObserver(() => window.said.push(status.textContent)).observe(status, { childList: true });
        }"""
    )
    name = page.get_by_label("Name", exact=True)
    for _ in range(2):
        name.focus()
        name.press("Tab")
    wait_until(page, "() => window.said.length > 0")
    expect(name).to_have_attribute("aria-invalid", "true")
    said = [words for words in page.evaluate("window.said") if words.startswith("Name: This is required")]
    assert len(said) == 1


def test_a_name_that_is_not_loaded_is_not_offered_to_be_added(page: Page, server: str, problems: list[str]) -> None:
    page.route("**/api/v1/forms/names--valleys.json", lambda route: route.abort())
    opened(page, server, "?add=huts", "Add a hut")
    page.get_by_role("combobox", name="Valley", exact=True).fill("North")
    expect(page.locator(".sg-form-note").filter(has_text="The names did not load")).to_be_visible()
    expect(page.locator(OFFERED)).to_have_count(0)
    problems.clear()


def test_what_forced_colours_leave_shows_errors_and_what_is_chosen(new_page: NewPage, server: str) -> None:
    page = new_page(forced_colors="active")
    opened(page, server, "?add=huts", "Add a hut")
    name = page.get_by_label("Name", exact=True)
    name.focus()
    name.press("Tab")
    expect(name).to_have_css("border-style", "double")
    expect(page.get_by_role("button", name="Check and see")).not_to_have_css("border-style", "none")
    valley = page.get_by_role("combobox", name="Valley", exact=True)
    valley.fill("North")
    expect(page.locator(OFFERED).first).to_be_visible()
    valley.press("ArrowDown")
    expect(page.locator(OFFERED).first).to_have_css("outline-style", "solid")


def with_forge(page: Page, forge: dict[str, str], email: str) -> None:
    """Let the settings of the site say where its repository is, and to which address a record can be sent."""

    def answer(route: Route) -> None:
        response = route.fetch()
        data = response.json()
        data["forge"] = {"branch": "main", "folder": "", **forge}
        data["email"] = email
        route.fulfill(response=response, json=data)

    page.route(FORMS, answer)


WAYS: Final[tuple[tuple[dict[str, str], str, list[str], str], ...]] = (
    (GITHUB, "t@tours.example", ["With GitHub", "By e-mail"], "Choose a way to send it."),
    (GITLAB, "", ["With GitLab"], "Somebody looks at it, and then it is published."),
    (OTHER, "", ["In the repository"], "Somebody looks at it, and then it is published."),
    (NO_FORGE, "t@tours.example", ["By e-mail"], "Somebody looks at it, and then it is published."),
    (NO_FORGE, "", [], "Download the file, and give it to those who look after the site."),
    ({**NO_FORGE, "kind": "github"}, "", [], "Download the file, and give it to those who look after the site."),
)
"""What the settings say of the forge and the e-mail, the ways that are offered, and words above them."""


@pytest.mark.parametrize("row", WAYS, ids=lambda row: f"{row[0]['kind']}-{row[0]['repository']}-{row[1]}")
def test_each_way_to_send_a_file_that_the_settings_allow_is_offered(
    page: Page, server: str, row: tuple[dict[str, str], str, list[str], str]
) -> None:
    forge, email, ways, lead = row
    with_forge(page, forge, email)
    opened(page, server, "?correct=huts/upper-lake", "Correct Upper Lake Hut")
    page.get_by_label("Name", exact=True).fill("Upper Lake House")
    checked(page)
    expect(page.locator(".sg-form-way > summary > span:first-child")).to_have_text(ways)
    expect(page.get_by_text(lead)).to_be_visible()
    expect(page.locator(".sg-form-way[open]")).to_have_count(1 if len(ways) == 1 else 0)
    links = page.locator(".sg-form-way a").evaluate_all(
        "(all) => all.map((one) => [one.getAttribute('href'), one.target])"
    )
    assert all(href.startswith("mailto:") or (href.startswith("https://") and target) for href, target in links)
    pictures = page.locator(".sg-form-pictures [role=img]")
    expect(pictures).to_have_count(3 if forge["repository"] and forge["kind"] else 0)
    if forge is OTHER:
        edit = page.get_by_role("link", name="Open the page on which the file is changed")
        expect(edit).to_have_attribute("href", f"{OTHER['edit']}content/huts/upper-lake.yml")
        expect(page.get_by_text("Save it there as a proposal")).to_be_visible()
    if forge is GITLAB:
        words = [str(one.get_attribute("aria-label")) for one in pictures.all()]
        assert ["Commit changes" in words[0], "Create merge request" in words[2]] == [True, True]


def test_hostile_values_and_two_files_each_have_a_link_in_order(page: Page, server: str) -> None:
    hostile = """A & B #1 "c" 'd' = ? % + 😀 ü: - x"""
    with_forge(page, GITHUB, "")
    opened(page, server, "?add=tours", "Add a tour")
    fill_tour(page, hostile)
    lists_of(page)
    page.get_by_role("button", name="Add a stage").click()
    choose(page.get_by_role("combobox", name="Stage 1: Hut"), "Far hut", "Not in the list")
    hut = page.get_by_role("region", name="New hut: Far hut")
    choose(hut.get_by_role("combobox", name="Valley", exact=True), "North", "North Valley")
    choose(hut.get_by_role("combobox", name="Source 1: Document"), "map", "map")
    checked(page)
    way = page.locator(".sg-form-way")
    expect(way).to_contain_text("Send them one after the other, in this order")
    expect(way.get_by_role("heading")).to_have_text(["1. Far hut", f"2. {hostile}"])
    shown = [one.text_content() for one in page.locator(".sg-form-file pre").all()]
    sent = []
    for link in way.get_by_role("link", name=re.compile("with the file filled in")).all():
        expect(link).to_have_attribute("target", "_blank")
        sent.append(parse_qs(urlsplit(link.get_attribute("href") or "").query)["value"][0])
    assert sent == shown
    assert hostile in (shown[1] or "").replace('\\"', '"').replace("''", "'")


def test_where_nothing_may_be_copied_the_file_is_selected(page: Page, server: str) -> None:
    with_forge(page, GITLAB, "")
    page.add_init_script("Object.defineProperty(navigator, 'clipboard', { value: undefined })")
    opened(page, server, "?add=tours", "Add a tour")
    fill_tour(page, "Ridge")
    checked(page)
    page.locator(".sg-form-way").get_by_role("button", name="Copy the file").press("Enter")
    expect(page.get_by_text("The text is selected").first).to_be_visible()
    text = page.locator(".sg-form-file pre").text_content() or ""
    assert page.evaluate("String(getSelection())").strip() == text.strip()


BLOCKED: Final[tuple[tuple[str, str], ...]] = (
    ("**/assets/form/editor.js", ""),
    ("**/assets/form/model/schema.js", ""),
    ("**/api/v1/forms/huts.json", "The form did not load"),
)
"""What does not load, and what is said more than what to do instead."""


@pytest.mark.parametrize(("what", "said"), BLOCKED)
def test_if_something_does_not_load_the_page_says_what_to_do_instead(
    page: Page, server: str, problems: list[str], what: str, said: str
) -> None:
    page.route(what, lambda route: route.abort())
    page.goto(f"{server}add/?add=huts")
    instead = page.locator("[data-record-form-without]")
    if said:
        expect(page.get_by_text(said)).to_be_visible()
        expect(instead.get_by_text("needs JavaScript")).to_have_count(0)
    else:
        expect(instead.get_by_text("needs JavaScript")).to_be_visible()
        page.wait_for_load_state("networkidle")
        expect(page.locator(".sg-form")).to_be_hidden()
    expect(instead.get_by_role("link", name="tours@example.org")).to_be_visible()
    expect(instead.get_by_role("link", name="issue in the repository")).to_be_visible()
    problems.clear()


def test_nothing_is_cut_off_or_scrolls_sideways_on_320_pixels(new_page: NewPage, server: str) -> None:
    page = new_page(viewport={"width": 320, "height": 640})
    with_forge(page, GITHUB, "tours-and-huts-of-all-the-valleys@a-long-name-of-a-host.example")
    opened(page, server, "?add=tours", "Add a tour")
    wide: dict[str, Any] = {"empty": width_of(page)}
    page.get_by_role("button", name="Check and see the file").press("Enter")
    expect(page.get_by_role("heading", name=re.compile("to correct"))).to_be_focused()
    wide["errors"] = width_of(page)
    fill_tour(page, "Averyveryveryveryverylongnameofatourwithoutanyspace")
    checked(page)
    for more in page.locator(".sg-form-way > summary").all():
        more.press("Enter")
    wide["end"] = width_of(page)
    assert wide == {what: [320, []] for what in wide}


def width_of(page: Page) -> list[Any]:
    """Return how wide the page is, and what of the form goes beyond its right end."""
    found: list[Any] = page.evaluate(
        """() => [document.documentElement.scrollWidth, [...document.querySelectorAll(".sg-form *")]
          .filter((one) => one.getBoundingClientRect().right > innerWidth + 1 && !one.closest("pre"))
          .map((one) => one.outerHTML.slice(0, 80))]"""
    )
    return found
