"""The plan goes from one browser to another by file and by link, and what is wrong with either does no harm."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.guide.browser.conftest import NewPage
from tests.guide.browser.plans import (
    GONE,
    button,
    card,
    cards,
    entry,
    fragment,
    full_plan,
    keep,
    kept,
    load,
    plan_of,
    question,
    ready,
    saved,
    says,
    step_of,
    unnamed,
    visit,
)

pytestmark = pytest.mark.browser

Json = dict[str, Any]


def test_a_file_brings_the_plan_to_another_browser(
    filled: Page, new_page: NewPage, address: str, actions: list[Json]
) -> None:
    name, text = saved(filled, button(filled, "Save to a file").last)
    assert name == "smart-guide-plan.json"
    assert json.loads(text) == full_plan(actions) | {"version": 2}
    other = visit(new_page(), address)
    load(other, text)
    button(question(other), "Use this plan").click()
    assert cards(other) == cards(filled)
    assert kept(other) == full_plan(actions)


@pytest.mark.parametrize("compress", [True, False])
def test_a_link_brings_the_plan_to_another_browser(
    filled: Page, new_page: NewPage, server: str, address: str, actions: list[Json], *, compress: bool
) -> None:
    if not compress:
        filled.add_init_script("delete window.CompressionStream;")
        filled.reload()
        ready(filled)
    button(filled, "Make a link").click()
    field = filled.get_by_label("Link to this plan")
    expect(field).to_be_focused()
    link = field.input_value()
    assert re.match(re.escape(address) + r"#plan=2\.%s\.[\w-]+$" % ("d" if compress else "j"), link)
    asked: list[str] = []
    other = new_page()
    other.on("request", lambda request: asked.append(request.url + (request.post_data or "")))
    visit(other, link)
    dialog = question(other)
    for words in (actions[0]["title"], "Ana Müller", "28 February 2027", "1 note"):
        expect(dialog).to_contain_text(words)
    assert kept(other)["actions"] == []
    assert other.url == address
    button(dialog, "Use this plan").click()
    says(other, "This is now your plan")
    assert kept(other) == full_plan(actions)
    assert all(url.startswith(server) and "?" not in url for url in asked)
    # A change makes the link old, so it goes.
    card(filled, actions[1]).get_by_label("Owner").fill("Someone")
    expect(field).to_be_hidden()


def test_a_link_is_copied(filled: Page, server: str) -> None:
    filled.context.grant_permissions(["clipboard-read", "clipboard-write"])
    button(filled, "Make a link").click()
    button(filled, "Copy the link").click()
    expect(filled.locator(".sg-plan__link")).to_contain_text("Copied.")
    assert filled.evaluate("navigator.clipboard.readText()") == filled.get_by_label("Link to this plan").input_value()


def conflict(page: Page, server: str, address: str, actions: list[Json]) -> Locator:
    """Open a link with a plan in a browser that has a plan of its own, and return the question."""
    first, second, third = actions
    mine = plan_of(entry(first, owner="Me", steps=[step_of(first, note="Mine")]), entry(second))
    theirs = plan_of(
        entry(third, due="2027-05-01"),
        entry(first, owner="They", due="2027-01-01", steps=[step_of(first, note="Theirs"), step_of(first, 1)]),
    )
    keep(page, server, mine)
    visit(page, address + fragment(theirs | {"id": "f" * 32}))
    dialog = question(page)
    expect(dialog).to_contain_text("You have a plan of your own")
    assert kept(page) == mine
    return dialog


@pytest.mark.parametrize("how", ["Keep mine", "Escape"])
def test_my_plan_is_kept(page: Page, server: str, address: str, actions: list[Json], how: str) -> None:
    dialog = conflict(page, server, address, actions)
    before = kept(page)
    if how == "Escape":
        page.keyboard.press("Escape")
    else:
        button(dialog, how).click()
    says(page, "stays as it is")
    assert kept(page) == before
    page.reload()
    ready(page)
    expect(question(page)).to_have_count(0)


def test_my_plan_is_replaced(page: Page, server: str, address: str, actions: list[Json]) -> None:
    button(conflict(page, server, address, actions), "Replace mine").click()
    assert cards(page) == [actions[2]["id"], actions[0]["id"]]
    expect(page.locator("#your-plan")).to_be_focused()
    button(page, "Undo").click()
    assert cards(page) == [actions[0]["id"], actions[1]["id"]]
    assert kept(page)["actions"][0]["owner"] == "Me"


def test_both_plans_are_merged(page: Page, server: str, address: str, actions: list[Json]) -> None:
    first, second, third = actions
    button(conflict(page, server, address, actions), "Merge both").click()
    expect(question(page)).to_contain_text("Where the two plans differ")
    page.set_viewport_size({"width": 1280, "height": 520})
    sizes = question(page).evaluate(
        "one => [one.scrollHeight, one.clientHeight, one.querySelector('.sg-dialog__body').scrollHeight]"
    )
    assert sizes[2] > sizes[1] >= sizes[0] - 1  # what differs scrolls, and the buttons below it stay
    button(question(page), "Merge with").click()
    says(page, "The two plans have been merged")
    assert kept(page) == plan_of(
        entry(
            first,
            owner="Me",
            due="2027-01-01",
            steps=[step_of(first, note="Mine\n\nTheirs"), step_of(first, 1)],
        ),
        entry(second),
        entry(third, due="2027-05-01"),
    )


def file_of(page: Page) -> str:
    """Return the file of the plan that a page shows."""
    return saved(page, page.locator(".sg-plan__take button", has_text="Save to a file"))[1]


def test_two_browsers_change_one_plan_and_nothing_is_lost(
    filled: Page, new_page: NewPage, address: str, actions: list[Json]
) -> None:
    first, second = actions[:2]
    button(card(filled, first), "Move down").click()  # so that the plan has times
    other = visit(new_page(), address)
    load(other, file_of(filled))
    button(question(other), "Use this plan").click()
    # Theirs: another date, a tick taken away, a note. Mine: another owner, and another note of the same step.
    card(other, first).get_by_label("By when").fill("2027-01-31")
    button(card(other, first), "Show the steps").click()
    card(other, first).locator(".sg-step__box").first.uncheck()
    for page, text in ((filled, "Mine"), (other, "Theirs")):
        if page is filled:
            button(card(page, first), "Show the steps").click()
        button(card(page, first), "Edit").nth(1).click()
        page.keyboard.type(text)
        button(card(page, first), "Close").click()
    card(filled, first).get_by_label("Owner of").first.fill("Mine")
    card(filled, first).get_by_label("Owner of").first.blur()
    card(other, first).get_by_label("Owner of").first.fill("Theirs")
    card(other, first).get_by_label("Owner of").first.blur()
    before = kept(filled)
    load(filled, file_of(other))
    button(question(filled), "Merge both").click()
    dialog = question(filled)
    owner = dialog.locator("fieldset", has_text="Owner: ")
    expect(owner.get_by_label("Theirs")).to_be_checked()  # it was written later
    expect(owner).to_contain_text("in this browser")
    owner.get_by_label("Yours").check()
    expect(dialog.locator("fieldset", has_text="Date: ").get_by_label("Theirs")).to_be_checked()
    expect(dialog.locator("fieldset", has_text="Note: ").get_by_label("Both")).to_be_checked()
    assert unnamed(filled) == []
    button(dialog, "Merge with").click()
    says(filled, "The two plans have been merged")
    merged = next(one for one in kept(filled)["actions"] if one["id"] == first["id"])
    assert (merged["owner"], merged["due"]) == ("Mine", "2027-01-31")
    assert [step["done"] for step in merged["steps"]] == [False, False]
    assert {step["note"] for step in merged["steps"]} == {'Two\nlines, "quoted"', "Mine\n\nTheirs"}
    text = file_of(filled)
    button(filled, "Undo").click()
    assert kept(filled)["actions"] == before["actions"]
    # Back to the other browser: everything there was known when it was merged, so nothing is lost on the way.
    load(other, text)
    button(question(other), "Merge both").click()
    expect(question(other)).not_to_contain_text("Changed in both plans")
    button(question(other), "Merge with").click()
    found = next(one for one in kept(other)["actions"] if one["id"] == first["id"])
    assert found == merged
    assert second["id"] in cards(other)


def test_another_plan_is_kept_beside_mine(page: Page, server: str, address: str, actions: list[Json]) -> None:
    button(conflict(page, server, address, actions), "Add as another plan").click()
    assert cards(page) == [actions[2]["id"], actions[0]["id"]]
    page.get_by_label("Plan", exact=True).select_option(label="My plan (2 actions)")
    assert cards(page) == [actions[0]["id"], actions[1]["id"]]


def test_the_plan_that_one_has_is_not_asked_about(filled: Page, address: str, actions: list[Json]) -> None:
    filled.goto(address + fragment(full_plan(actions) | {"id": "e" * 32}))
    says(filled, "the same as yours")
    load(filled, json.dumps(plan_of()))
    says(filled, "but the plan is empty")
    assert kept(filled) == full_plan(actions)


def test_a_full_stop_behind_a_link_does_no_harm(page: Page, address: str, actions: list[Json]) -> None:
    visit(page, address + fragment(full_plan(actions)) + ").")
    expect(question(page)).to_contain_text("3 actions")


ACTION = {"id": "some-action", "planned": True}
BAD: dict[str, tuple[str, str]] = {
    "empty": ("", "empty"),
    "not JSON": ("<script>alert(1)</script>", "cannot be read"),
    "prototype": ('{"__proto__": {"polluted": 1}, ' + json.dumps(plan_of())[1:], "“__proto__”"),
    "id with markup": (json.dumps(plan_of({"id": "<img src=x onerror=alert(1)>"})), "“<img src=x"),
    "no such day": (json.dumps(plan_of(ACTION | {"due": "2027-02-30"})), "“2027-02-30”"),
    "deep": ("[" * 200_000, "cannot be read"),
    "large": (json.dumps("x" * 1_000_001), "much larger"),
    "very large": (" " * 4_000_001, "much larger"),
}
"""Some of each kind; all that is refused is tried in tests/guide/javascript/checking.test.js."""


@pytest.fixture
def harmless(page: Page, server: str, address: str, actions: list[Json]) -> Callable[[str], None]:
    """Return a check that the page says what was wrong, and that nothing else came of it."""

    def check(words: str) -> None:
        says(page, words)
        says(page, "Nothing of your own plan was changed")
        assert kept(page) == full_plan(actions)
        assert len(cards(page)) == 3
        assert page.evaluate("[{}.polluted, [].polluted, ''.polluted].every(one => one === undefined)")
        expect(question(page)).to_have_count(0)
        assert page.locator(".sg-toast").locator("img, script").count() == 0

    return check


def test_bad_files_do_no_harm(filled: Page, harmless: Callable[[str], None]) -> None:
    for name, (text, words) in BAD.items():
        load(filled, text, f"{name}.json")
        says(filled, f"The file {name}.json cannot be loaded.")
        harmless(words)
    load(filled, b"\xff\xfe\x00plan", "not text")
    harmless("cannot be read")


BROKEN = "A part of it is missing"
GOOD = fragment(plan_of(ACTION))
BAD_LINKS: dict[str, tuple[str, str]] = {
    "markup": ("#plan=<img src=x onerror=alert(1)>", BROKEN),
    "a script": ("#plan=javascript:alert(1)", BROKEN),
    "percent signs": ("#plan=1.d.%E0%A4%A", BROKEN),
    "cut": (GOOD[:-12], BROKEN),
    "changed": (GOOD[:20] + ("A" if GOOD[20] != "A" else "B") * 9 + GOOD[29:], ""),
    "more behind it": (GOOD + "AAAAAAAA", BROKEN),
    "bomb": (fragment(b" " * 50_000_000), "much larger than a plan"),
    "bomb of JSON": (fragment(json.dumps(plan_of(ACTION | {"title": "x" * 999_000}))), "“title” has 999000"),
    "prototype": (fragment('{"__proto__": {"polluted": 1}, ' + json.dumps(plan_of())[1:]), "“__proto__”"),
}
"""What the page or the codec of the browser has to stop; the rest is in tests/guide/javascript/sharing.test.js."""


def test_bad_links_do_no_harm(filled: Page, address: str, harmless: Callable[[str], None]) -> None:
    for hash_, words in BAD_LINKS.values():
        filled.evaluate("hash => { location.hash = hash; }", hash_)
        says(filled, "This link cannot be opened.")
        harmless(words)
        assert filled.url == address
        button(filled, "Close").click()


def test_a_bad_link_does_no_harm_to_a_page_that_opens(
    page: Page, server: str, address: str, actions: list[Json]
) -> None:
    keep(page, server, full_plan(actions))
    visit(page, address + BAD_LINKS["bomb"][0])
    says(page, "much larger than a plan")
    visit(page, address + "#plan=%22%5D%3Cimg%3E")
    says(page, BROKEN)
    assert kept(page) == full_plan(actions)


def test_what_a_stranger_wrote_is_only_text(page: Page, address: str, actions: list[Json]) -> None:
    evil = "</script><img src=x onerror=alert(1)><b>x</b>"
    step = {"id": "gone-step", "text": evil, "done": True, "note": evil}
    plan = plan_of({**GONE, "title": evil, "owner": evil, "steps": [step]}, entry(actions[0], steps=[step]))
    visit(page, address + fragment(plan))
    expect(question(page)).to_contain_text(evil)
    button(question(page), "Use this plan").click()
    expect(page.locator(".sg-plan__card h3").first).to_contain_text(evil)
    for place in page.locator(".sg-plan__card").all():
        button(place, "Show the steps").click()
        expect(place.locator("li[data-step=gone-step] label").first).to_contain_text(evil)
    button(page.locator(".sg-plan__card").first, "Remove").click()
    says(page, evil)
    expect(page.locator(".sg-plan__begun")).to_contain_text(evil)
    assert page.locator(".sg-plan, .sg-toast, .sg-dialog").locator("img, script").count() == 0
    for words in ("Markdown", "Spreadsheet"):
        saved(page, button(page, words))
