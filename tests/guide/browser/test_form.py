"""The form for records in a browser: from the first field to files that the command line accepts."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path
from typing import Any, Final
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from smartguide.checks.checking import check
from tests.browsers import NewContext, NewPage, served, wait_until
from tests.guide.browser.test_accessibility import found_on
from tests.hostile_texts import TEXTS
from tests.projects import ROOT

pytestmark = pytest.mark.browser

PROJECT: Final = ("content", "schemas", "extensions", "templates", "theme", "mkdocs.yml")
"""What of the repository the command line needs to check records."""
OFFERED: Final = "[role=listbox] [role=option]"
SOURCE: Final = "Smart Guide to European Strategic Cluster Partnerships"


def opened(page: Page, server: str, query: str, heading: str = "") -> Page:
    """Open the form, and wait until it is there."""
    page.goto(f"{server}contribute/{query}")
    expect(page.get_by_role("heading", name=heading or "Correct a record", level=2, exact=True)).to_be_visible()
    return page


def combobox(place: Page | Locator, name: str) -> Locator:
    """Return the last field with a name; in a list, the entry stands before it: "Source 1: Document"."""
    return place.get_by_role("combobox", name=re.compile(rf"^(?:.*: )?{name}$")).last


def choose(field: Locator, text: str, option: str) -> None:
    """Type a name, and choose what is offered with the keyboard."""
    field.fill(text)
    offered = field.page.locator(OFFERED)
    expect(offered.filter(has_text=option).first).to_be_visible()
    at = next(number for number, one in enumerate(offered.all_inner_texts()) if option in one)
    for _ in range(at + 1):
        field.press("ArrowDown")
    field.press("Enter")
    expect(offered).to_have_count(0)


def fill_partnership(page: Page, acronym: str = "TestAlliance") -> None:
    """Fill in what a partnership needs."""
    page.get_by_label("Acronym").fill(acronym)
    page.get_by_label("Official title").fill("An alliance: for tests, & more #1")
    page.get_by_label("Kind", exact=True).select_option("ESCP-4i")
    page.get_by_label("Generation").select_option("2")
    page.get_by_label("Strand").select_option("1")
    page.get_by_role("group", name="EU-funded").get_by_label("Yes").check()
    choose(combobox(page, "Document"), "smart giude 2019", SOURCE)


def checked(page: Page, heading: str = "Nothing is wrong. Now send it") -> None:
    page.get_by_role("button", name="Check and see the file").click()
    expect(page.get_by_role("heading", name=heading)).to_be_focused()


def files(page: Page) -> dict[str, str]:
    """Return the files that the form shows, by path."""
    return {
        str(one.get_attribute("aria-label")).removeprefix("The file "): one.locator("code").text_content() or ""
        for one in page.get_by_role("region", name=re.compile("^The file ")).all()
    }


def findings_with(folder: Path, made: dict[str, str]) -> list[str]:
    """Return what the command line finds in a copy of the project to which files are added, as CI runs it."""
    for name in PROJECT:
        place = ROOT / name
        if place.is_dir():
            shutil.copytree(place, folder / name)
        else:
            shutil.copyfile(place, folder / name)
    for path, text in made.items():
        (folder / path).write_text(text, encoding="utf-8")
    return [one.as_text() for one in check(folder).findings]


def stored(page: Page) -> list[dict[str, Any]]:
    """Return the drafts in the storage of the browser."""
    texts: list[str] = page.evaluate(
        "Object.entries(localStorage).filter(([key]) => key.includes(':form:')).map(([, one]) => one)"
    )
    return [json.loads(text) for text in texts]


def wait_for_drafts(page: Page, expression: str) -> None:
    """Wait until the drafts in the storage are as an expression over ``drafts`` says."""
    wait_until(
        page,
        "() => { const drafts = Object.entries(localStorage).filter(([key]) => key.includes(':form:'))"
        f".map(([, one]) => JSON.parse(one)); return {expression}; }}",
    )


def test_a_partnership_with_an_organisation_that_is_new_gives_files_that_the_command_line_accepts(
    page: Page, server: str, tmp_path: Path
) -> None:
    opened(page, server, "?add=partnerships", "Add a partnership")
    fill_partnership(page)
    page.get_by_text("Who takes part").click()
    add = page.get_by_role("button", name="Add a partner entry")
    add.click()
    choose(combobox(page, "Organisation"), "Zzyxx Cluster of Nowhere", "Not in the list")
    new = page.get_by_role("region", name="New organisation: Zzyxx Cluster of Nowhere")
    expect(new.get_by_label("Name", exact=True)).to_have_value("Zzyxx Cluster of Nowhere")
    add.click()
    choose(combobox(page, "Organisation"), "pakbrige", "Packbridge")

    checked(page, "2 things to correct")
    summary = page.get_by_role("region", name="2 things to correct")
    summary.get_by_role("link", name="Zzyxx Cluster of Nowhere: Country").click()
    expect(combobox(new, "Country")).to_be_focused()
    choose(combobox(new, "Country"), "swe", "Sweden")
    choose(combobox(new, "Document"), "smart guide 2019", SOURCE)
    new.get_by_label("Name", exact=True).fill("Zzyxx Cluster of Somewhere")
    checked(page)

    made = files(page)
    assert list(made) == [
        "content/partners/zzyxx-cluster-of-somewhere.yml",
        "content/partnerships/testalliance.yml",
    ]
    assert (
        "partner: zzyxx-cluster-of-somewhere\n  - partner: packbridge\n"
        in made["content/partnerships/testalliance.yml"]
    )
    assert findings_with(tmp_path, made) == []


def test_a_correction_changes_nothing_but_what_was_changed(page: Page, server: str, tmp_path: Path) -> None:
    path = "content/partnerships/bridge.yml"
    before = (ROOT / path).read_text(encoding="utf-8")
    opened(page, server, "?correct=partnerships/bridge", "Correct BRIDGE")
    page.get_by_role("button", name="Check and see the file").click()
    expect(page.get_by_role("heading", name="Nothing has changed yet")).to_be_focused()

    page.get_by_text("Who takes part").click()
    page.get_by_label("SMEs", exact=True).fill("1234")
    page.get_by_text("One change so far").click()
    expect(page.get_by_role("listitem").filter(has_text="SMEs").filter(has_text="1234")).to_contain_text("1100")
    checked(page)
    made = files(page)
    assert made == {path: before.replace("sme_count: 1100", "sme_count: 1234")}
    assert findings_with(tmp_path, made) == []


def test_nothing_is_filled_in_that_nobody_gave(page: Page, server: str) -> None:
    opened(page, server, "?add=partnerships", "Add a partnership")
    for more in page.locator("details").all():
        more.evaluate("one => { one.open = true; }")
    assert {
        one.input_value()
        for one in page.locator(".sg-form-fields :is(input:not([type=radio]), textarea, select)").all()
    } == {""}
    expect(page.get_by_role("group", name="EU-funded").get_by_label("Not said")).to_be_checked()
    expect(page.get_by_label("Generation")).to_be_hidden()  # only one of the kinds has it
    page.get_by_label("Kind", exact=True).select_option("ESCP-4i")
    expect(page.get_by_label("Generation")).to_have_attribute("aria-required", "true")
    page.get_by_label("Kind", exact=True).select_option("ESCP-S3")
    expect(page.get_by_label("Generation")).to_be_hidden()


def test_what_is_wrong_is_said_beside_the_field_that_was_left(page: Page, server: str) -> None:
    opened(page, server, "?add=partnerships", "Add a partnership")
    acronym = page.get_by_label("Acronym")
    acronym.focus()
    expect(page.locator(".sg-form-fault:visible")).to_have_count(0)
    acronym.press("Tab")
    expect(acronym).to_have_attribute("aria-invalid", "true")
    expect(acronym).to_have_accessible_description(re.compile("This is required: the key 'acronym' is missing"))
    expect(page.get_by_label("Official title")).not_to_have_attribute("aria-invalid", "true")
    acronym.fill("Bridge alliance")
    acronym.press("Tab")
    expect(acronym).not_to_have_attribute("aria-invalid", "true")


WRONG: Final = (
    ("Time and call", "Start", "2016", "write a year and a month"),
    ("Time and call", "Duration in months", "1,200", "a number has no thousands separator"),
    ("Time and call", "Duration in months", "200", "out of range"),
    ("Who takes part", "SMEs", "-5", "out of range"),
    ("Who takes part", "SMEs", "many", "Must be a whole number"),
    ("Who takes part", "SMEs", "1.200", "write 1200"),
    ("Who takes part", "SMEs", "1e3", "Must be a whole number"),
    ("Who takes part", "SMEs", "99999999999999999999", "too large a number"),
    ("Other details", "On", "2039-01-01", "in the future"),
    ("Other details", "On", "2019-02-30", "not in the calendar"),
)
"""A group, a field of it, what is typed there, and words of what is said about it."""


@pytest.mark.parametrize("wrong", WRONG, ids=str)
def test_wrong_input_is_told_and_stays(page: Page, server: str, wrong: tuple[str, str, str, str]) -> None:
    group, field, typed, said = wrong
    opened(page, server, "?add=partnerships", "Add a partnership")
    page.get_by_text(group, exact=True).click()
    box = page.get_by_label(field, exact=True)
    box.fill(typed)
    box.press("Tab")
    expect(box).to_have_attribute("aria-invalid", "true")
    expect(box).to_have_accessible_description(re.compile(said))
    expect(box).to_have_value(typed)


REFUSED: Final = (
    ("Acronym", "BRIDGE", "is the name of content/partnerships/bridge.yml too"),
    ("Official title", "An <b>alliance</b>", "HTML is not understood here"),
    ("Official title", "An alliance [of](https://example.org/) many", "would be shown"),
    ("Official title", "An\u00a0all\u200biance", r"the invisible character U\+200B"),
)
"""A field, what is typed there besides all that is needed, and words of what is said when the form is checked."""


@pytest.mark.parametrize("refused", REFUSED, ids=str)
def test_there_is_no_file_as_long_as_something_is_wrong_that_checks_refuse(
    page: Page, server: str, refused: tuple[str, str, str]
) -> None:
    field, typed, said = refused
    opened(page, server, "?add=partnerships", "Add a partnership")
    fill_partnership(page)
    page.get_by_label(field).fill(typed)
    checked(page, "One thing to correct")
    expect(page.get_by_label(field)).to_have_accessible_description(re.compile(said))
    assert files(page) == {}


def test_a_name_without_letters_for_an_id_asks_for_one(page: Page, server: str, tmp_path: Path) -> None:
    opened(page, server, "?add=partnerships", "Add a partnership")
    own = page.get_by_label("Name in its URL")
    fill_partnership(page, "AUX")
    expect(own).to_have_accessible_description(re.compile("On Windows no file can be called “aux”"))
    fill_partnership(page, "東京木材")
    expect(own).to_have_accessible_description(re.compile("has no letters that a URL can have"))
    checked(page, "One thing to correct")
    own.fill("Tokyo Wood")
    checked(page, "One thing to correct")
    expect(own).to_have_accessible_description(re.compile("write 'tokyo-wood'"))
    own.fill("tokyo-wood")
    wait_for_drafts(page, "drafts.some(({ records: [one] }) => one.id === 'tokyo-wood')")
    page.reload()
    expect(own).to_have_value("tokyo-wood")
    checked(page)
    made = files(page)
    assert list(made) == ["content/partnerships/tokyo-wood.yml"]
    assert findings_with(tmp_path, made) == []
    page.get_by_label("Acronym").fill("Tokyo Alliance")
    expect(own).to_be_hidden()


def test_an_organisation_is_added_together_with_a_record_that_names_it(page: Page, server: str, tmp_path: Path) -> None:
    """Strict checks refuse one that no record names."""
    opened(page, server, "?add=partners", "Add an organisation")
    page.get_by_label("Name", exact=True).fill("Zzyxx Cluster")
    choose(combobox(page, "Country"), "swe", "Sweden")
    choose(combobox(page, "Document"), "smart guide 2019", SOURCE)
    checked(page, "One thing to correct")
    named_by = page.get_by_role("searchbox", name="The name of the record")
    expect(named_by).to_have_accessible_description(re.compile("No record names this one yet"))
    named_by.fill("bridge")
    page.get_by_role("button", name="BRIDGE", exact=True).click()
    expect(page.get_by_role("heading", name="Correct BRIDGE")).to_be_focused()
    expect(page.get_by_role("region", name="New organisation: Zzyxx Cluster")).to_be_visible()
    checked(page)
    made = files(page)
    assert list(made) == ["content/partners/zzyxx-cluster.yml", "content/partnerships/bridge.yml"]
    assert findings_with(tmp_path, made) == []
    page.reload()  # the draft is the same
    expect(page.get_by_role("region", name="New organisation: Zzyxx Cluster")).to_be_visible()


def test_records_that_name_each_other_change_together(page: Page, server: str, tmp_path: Path) -> None:
    path = "content/guide/challenges/conducting-value-chain-analysis.yml"
    opened(page, server, "?add=actions", "Add an action")
    for label, text in {
        "Number": "99",
        "Title": "Share an office",
        "Summary": "One desk.",
        "Why it matters": "It costs half.",
        "Step 1: Step id": "find-a-desk",
        "Step 1: Step": "Find a desk",
    }.items():
        page.get_by_label(label, exact=True).fill(text)
    choose(combobox(page, "Area"), "strategy", "trategy")
    choose(combobox(page, "Document"), "smart guide 2019", SOURCE)
    page.locator("summary").filter(has_text="Lists").click()
    page.get_by_role("button", name="Add a challenge").click()
    choose(combobox(page, "Challenge 1"), "conducting value chain", "alue chain")
    checked(page)
    made = files(page)
    assert list(made) == ["content/guide/actions/share-an-office.yml", path]
    expect(page.get_by_text("(changed: it names “Share an office” back)")).to_be_visible()
    assert findings_with(tmp_path, made) == []


def test_nothing_is_lost_where_nothing_loads_and_nothing_can_be_stored(
    new_context: NewContext, server: str, problems: list[str]
) -> None:
    context = new_context()
    context.add_init_script(
        """
        Storage.prototype.setItem = () => { throw new DOMException("no", "QuotaExceededError"); };
        const refuse = () => Promise.reject(new DOMException("no", "SecurityError"));
        if (navigator.locks) navigator.locks.query = navigator.locks.request = refuse;
        """
    )
    page = opened(context.new_page(), server, "")
    opened(page, server, "?add=partnerships", "Add a partnership")
    page.route(re.compile("/names--partners.json"), lambda route: route.abort())
    fill_partnership(page)
    expect(page.get_by_text("This browser keeps no draft")).to_be_visible()
    page.get_by_role("button", name="Check and see the file").click()
    expect(page.get_by_text("could not be checked. Try again when you are online.")).to_be_focused()
    assert files(page) == {}
    assert all("ERR_FAILED" in one for one in problems)
    problems.clear()
    page.unroute_all()
    checked(page)
    assert list(files(page)) == ["content/partnerships/testalliance.yml"]


def test_a_name_that_is_no_record_is_told(page: Page, server: str) -> None:
    opened(page, server, "?add=partnerships", "Add a partnership")
    document = combobox(page, "Document")
    document.fill("No such document")
    document.press("Tab")
    expect(document).to_have_attribute("aria-invalid", "true")
    document.fill("smart guide to european strategic cluster partnerships")
    document.press("Tab")
    expect(document).to_have_value(SOURCE)  # a name that only one record has was meant
    expect(document).not_to_have_attribute("aria-invalid", "true")


def test_entries_of_a_list_are_moved_and_taken_out_with_the_keyboard(page: Page, server: str) -> None:
    opened(page, server, "?add=partnerships", "Add a partnership")
    page.locator("summary").filter(has_text="Other details").press("Enter")
    add = page.get_by_role("button", name="Add a spelling")
    for text in ("One", "Two", "Three"):
        add.press("Enter")
        expect(page.locator(":focus")).to_have_value("")
        page.keyboard.type(text)
    page.get_by_role("button", name="Move up: Spelling 3").press("Enter")
    expect(page.get_by_role("button", name="Move up: Spelling 2")).to_be_focused()
    expect(page.get_by_role("textbox", name="Spelling 2")).to_have_value("Three")
    page.keyboard.press("Enter")  # now it is the first, which cannot move up
    expect(page.get_by_role("button", name="Move down: Spelling 1")).to_be_focused()
    page.get_by_role("button", name="Remove: Spelling 2").press("Enter")
    expect(page.get_by_role("textbox", name="Spelling 2")).to_be_focused()
    values = [one.input_value() for one in page.get_by_role("textbox", name=re.compile("^Spelling ")).all()]
    assert values == ["Three", "Two"]
    for number in (2, 1):
        page.get_by_role("button", name=f"Remove: Spelling {number}").press("Enter")
    expect(add).to_be_focused()


def test_the_whole_way_with_the_keyboard_alone(page: Page, server: str) -> None:
    opened(page, server, "?add=partners", "Add an organisation")
    page.get_by_role("link", name="Choose something else").focus()
    while not page.evaluate("document.activeElement.matches('[type=search]')"):
        page.keyboard.press("Tab")
    page.keyboard.type("bridge")
    expect(page.get_by_role("button", name="BRIDGE", exact=True)).to_be_visible()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Correct BRIDGE")).to_be_focused()
    for text, is_name in (("Zzyxx Cluster", False), ("swe", True), ("smart guide 2019", True)):
        while not page.evaluate(
            "document.activeElement.matches('.sg-form-new input') && !document.activeElement.value"
        ):
            page.keyboard.press("Tab")
        page.keyboard.type(text)
        if is_name:
            expect(page.locator(OFFERED).first).to_be_visible()
            page.keyboard.press("ArrowDown")
            page.keyboard.press("Enter")
            expect(page.locator(OFFERED)).to_have_count(0)
    while page.evaluate("document.activeElement.textContent") != "Check and see the file":
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Nothing is wrong. Now send it")).to_be_focused()
    text, correction = files(page).values()
    assert text.endswith("name: Zzyxx Cluster\ncountry: SE\nsources:\n  - source: smart-guide-2019\n")
    assert "  - partner: zzyxx-cluster\n" in correction


def test_drafts_survive_a_closed_tab_are_offered_again_and_can_be_deleted(new_context: NewContext, server: str) -> None:
    context = new_context()
    page = opened(context.new_page(), server, "?add=partnerships", "Add a partnership")
    page.get_by_label("Acronym").focus()
    page.get_by_label("Acronym").press("Tab")
    assert page.evaluate("localStorage.length + sessionStorage.length") == 0  # nothing was typed
    fill_partnership(page)
    page.get_by_text("Who takes part").click()
    page.get_by_role("button", name="Add a partner entry").click()
    choose(combobox(page, "Organisation"), "Zzyxx Cluster of Nowhere", "Not in the list")
    wait_for_drafts(page, "drafts.length === 1 && drafts[0].records.length === 2")
    page.close()

    page = opened(context.new_page(), server, "")
    draft = page.get_by_role("region", name="A draft that you began")
    expect(draft).to_contain_text("New partnership: TestAlliance")
    draft.get_by_role("button", name="Continue").click()
    expect(page.get_by_label("Acronym")).to_have_value("TestAlliance")
    expect(page.get_by_text(f"Source 1: {SOURCE}")).to_be_visible()
    expect(page.get_by_role("region", name="New organisation: Zzyxx Cluster of Nowhere")).to_be_visible()
    new = page.get_by_role("region", name="New organisation: ")
    new.get_by_label("Name", exact=True).fill("Another name")
    page.get_by_text("Who takes part").click()
    expect(page.get_by_text("Partner entry 1: Another name")).to_be_visible()

    delete = page.get_by_role("button", name="Delete the draft")
    delete.click()
    page.get_by_role("button", name="Press again to delete it").click()
    expect(page.get_by_role("heading", name="Correct a record")).to_be_visible()
    assert stored(page) == []


def test_two_drafts_in_two_tabs_and_two_sites_of_one_host_do_not_mix(new_context: NewContext, folder: Path) -> None:
    context = new_context()
    with served(folder, below="/one") as server:
        first = opened(context.new_page(), server, "?add=partnerships", "Add a partnership")
        second = opened(context.new_page(), server, "?add=partnerships", "Add a partnership")
        first.get_by_label("Acronym").fill("First")
        second.get_by_label("Acronym").fill("Second")
        wait_for_drafts(second, "drafts.length === 2")
        first.get_by_label("Official title").fill("The first title")
        wait_for_drafts(first, "drafts.some(({ records: [one] }) => one.value.title === 'The first title')")
        drafts = {one["title"]: one["records"][0]["value"] for one in stored(first)}
        assert drafts == {"First": {"acronym": "First", "title": "The first title"}, "Second": {"acronym": "Second"}}

        copy = opened(
            context.new_page(),
            first.url.partition("contribute/")[0],
            f"?{urlsplit(first.url).query}",
            "Add a partnership",
        )
        expect(copy.get_by_text("This draft is open in another tab")).to_be_visible()
        copy.get_by_label("Acronym").fill("Copy")
        wait_for_drafts(copy, "drafts.length === 3")
        keys: list[str] = copy.evaluate("Object.keys(localStorage)")
        assert all("/one/" in key for key in keys)
        page = opened(context.new_page(), server, "")
        expect(page.get_by_text("open in another tab")).to_have_count(3)
        expect(page.get_by_role("button", name="Continue")).to_have_count(0)


def with_forge(page: Page, kind: str) -> None:
    """Let the site be one whose repository is at a forge."""

    def answer(route: Route) -> None:
        response = route.fetch()
        data = response.json()
        data["forge"] = {
            "kind": kind,
            "repository": f"https://{kind}.example/team/guide",
            "branch": "main",
            "folder": "",
        }
        route.fulfill(response=response, json=data)

    page.route(re.compile(r"/api/v1/forms/(?!names)"), answer)


def test_at_github_a_new_record_is_filled_in_and_a_long_one_is_pasted(page: Page, server: str) -> None:
    with_forge(page, "github")
    opened(page, server, "?add=partnerships", "Add a partnership")
    fill_partnership(page)
    checked(page)
    page.get_by_text("With GitHub").click()
    link = page.get_by_role("link", name="Open GitHub with the file filled in (opens in a new tab)")
    expect(link).to_have_attribute("target", "_blank")
    expect(link).to_have_attribute("rel", "noopener")
    url = urlsplit(link.get_attribute("href") or "")
    assert url.path == "/team/guide/new/main/content/partnerships"
    asked = parse_qs(url.query)
    assert asked == {"filename": ["testalliance.yml"], "value": [files(page)["content/partnerships/testalliance.yml"]]}

    page.get_by_text("What it works on").click()
    page.get_by_label("Objectives").fill("Many words. " * 700)
    checked(page)
    page.get_by_text("With GitHub").click()
    link = page.get_by_role("link", name=re.compile("Open the page for the new file"))
    assert parse_qs(urlsplit(link.get_attribute("href") or "").query) == {"filename": ["testalliance.yml"]}
    expect(page.get_by_role("link", name=re.compile("upload it"))).to_have_attribute(
        "href", "https://github.example/team/guide/upload/main/content/partnerships"
    )
    expect(page.get_by_role("list", name="What it looks like").get_by_role("img")).to_have_count(3)


@pytest.mark.parametrize(
    ("kind", "url"),
    [
        ("github", "https://github.example/team/guide/edit/main/"),
        ("gitlab", "https://gitlab.example/team/guide/-/edit/main/"),
    ],
)
def test_a_correction_leads_to_the_page_on_which_its_file_is_edited(
    page: Page, server: str, kind: str, url: str
) -> None:
    with_forge(page, kind)
    opened(page, server, "?correct=partnerships/bridge", "Correct BRIDGE")
    page.get_by_label("Acronym").fill("BRIDGES")
    checked(page)
    page.get_by_text("If you have an account").click()
    link = page.get_by_role("link", name=re.compile("Open the page on which the file is changed"))
    expect(link).to_have_attribute("href", f"{url}content/partnerships/bridge.yml")
    with page.expect_download() as begun:
        page.get_by_role("button", name="Download the file").last.click()
    assert begun.value.suggested_filename == "bridge.yml"
    assert Path(begun.value.path()).read_text("utf-8") == files(page)["content/partnerships/bridge.yml"]


def test_without_an_account_the_file_goes_by_email(new_context: NewContext, server: str) -> None:
    context = new_context(permissions=["clipboard-read", "clipboard-write"])
    page = opened(context.new_page(), server, "?add=partnerships", "Add a partnership")
    fill_partnership(page)
    checked(page)
    page.get_by_text("By e-mail", exact=True).click()
    link = page.get_by_role("link", name="Write the e-mail")
    url = urlsplit(link.get_attribute("href") or "")
    text = files(page)["content/partnerships/testalliance.yml"]
    assert url.scheme == "mailto"
    assert "@" in url.path
    asked = parse_qs(url.query)
    assert asked["subject"] == ["Add TestAlliance"]
    assert asked["body"][0].replace("\r\n", "\n").endswith(text)

    page.get_by_text("What it works on").click()
    page.get_by_label("Objectives").fill("Many words. " * 300)
    checked(page)
    page.get_by_text("By e-mail", exact=True).click()
    assert "Many" not in unquote(page.get_by_role("link", name="Write the e-mail").get_attribute("href") or "")
    page.get_by_role("group").filter(has_text="By e-mail").get_by_role("button", name="Copy the file").click()
    expect(page.get_by_text("Copied.").first).to_be_visible()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == files(page)["content/partnerships/testalliance.yml"]


def test_hostile_texts_in_fields_and_drafts_are_shown_as_text(page: Page, server: str) -> None:
    """What goes wrong in the page (a dialog, a request, an error) fails each test."""
    opened(page, server, "?add=partnerships", "Add a partnership")
    for hostile in [text for text in TEXTS if "\n" not in text][:12]:
        page.get_by_label("Acronym").fill(hostile)
        page.get_by_label("Acronym").press("Tab")
    hostile = "<img src=x onerror=alert(1)>"
    fill_partnership(page, hostile)
    page.get_by_text("Who takes part").click()
    page.get_by_role("button", name="Add a partner entry").click()
    choose(combobox(page, "Organisation"), hostile, "Not in the list")
    expect(page.get_by_role("heading", name=f"New organisation: {hostile}")).to_be_visible()
    wait_for_drafts(page, f"drafts.some((one) => one.title === {json.dumps(hostile)})")
    page.evaluate(
        """(hostile) => {
          const [key] = Object.keys(localStorage).filter((one) => one.includes(":form:"));
          const begin = key.slice(0, key.lastIndexOf(":") + 1);
          const draft = { id: hostile, title: hostile, saved: "2026-01-01T10:00:00Z", correct: "", before: null };
          const wrong = ["{", "[]", "null", '{"id": 1}', JSON.stringify({ ...draft, records: [1] })];
          for (const [number, text] of wrong.entries()) localStorage.setItem(begin + number, text);
          const records = [{ collection: hostile, id: hostile, value: { acronym: hostile, partners: hostile } }];
          localStorage.setItem(begin + hostile, JSON.stringify({ ...draft, records }));
        }""",
        hostile,
    )
    opened(page, server, "")
    expect(page.get_by_role("region", name="Drafts that you began").get_by_role("listitem")).to_have_count(2)
    expect(page.get_by_text(f"New record: {hostile}")).to_be_visible()


def test_the_record_to_be_corrected_is_found_by_name_and_from_its_page(page: Page, server: str) -> None:
    opened(page, server, "")
    page.get_by_role("searchbox", name="The name of the record").fill("pakbridge")
    found = page.get_by_role("link", name="Packbridge", exact=True)
    expect(found).to_have_attribute("href", "?correct=partners/packbridge")
    found.click()
    expect(page.get_by_role("heading", name="Correct Packbridge")).to_be_visible()

    page.goto(f"{server}partnerships/bridge/")
    page.get_by_role("link", name="Correct this record").click()
    expect(page.get_by_role("heading", name="Correct BRIDGE")).to_be_visible()
    page.goto(f"{server}partners/")
    page.get_by_role("link", name="Add an organisation").click()
    expect(page.get_by_role("heading", name="Add an organisation")).to_be_visible()
    opened(page, server, "?correct=partnerships/bridge&field=sme_count", "Correct BRIDGE")
    expect(page.get_by_label("SMEs", exact=True)).to_be_focused()


def test_without_scripts_the_page_says_what_to_do_instead(new_page: NewPage, server: str) -> None:
    page = new_page(java_script_enabled=False)
    page.goto(f"{server}contribute/?add=partnerships")
    expect(page.get_by_text("needs JavaScript")).to_be_visible()
    expect(page.locator("article a[href^='mailto:']")).to_be_visible()
    expect(page.locator("article").get_by_role("link", name="repository", exact=True)).to_be_visible()
    expect(page.locator("article").get_by_role("link", name="issue in the repository")).to_be_visible()
    expect(page.get_by_role("link", name="Add a partnership")).to_be_hidden()


def test_axe_finds_nothing_in_the_form_empty_filled_with_faults_and_at_the_end(new_page: NewPage, server: str) -> None:
    page = new_page(bypass_csp=True)  # for axe itself; what the policy stops is tested elsewhere
    opened(page, server, "")
    wrong = found_on(page, "the choices")
    opened(page, server, "?add=partnerships", "Add a partnership")
    page.get_by_role("button", name="Check and see the file").click()
    expect(page.get_by_role("heading", name=re.compile("things to correct"))).to_be_focused()
    wrong += found_on(page, "with faults")
    opened(page, server, "?correct=partnerships/bridge", "Correct BRIDGE")
    page.get_by_label("Acronym").fill("BRIDGES")
    checked(page)
    wrong += found_on(page, "at the end")
    opened(page, server, "?add=partnerships", "Add a partnership")
    page.get_by_text("Who takes part").click()
    page.get_by_role("button", name="Add a partner entry").click()
    combobox(page, "Organisation").fill("cluster")
    expect(page.locator(OFFERED).first).to_be_visible()
    page.add_script_tag(path=ROOT / "node_modules/axe-core/axe.min.js")
    wrong += page.evaluate("async () => (await axe.run()).violations.map(({ id, nodes }) => `${id}: ${nodes[0].html}`)")
    assert wrong == []
