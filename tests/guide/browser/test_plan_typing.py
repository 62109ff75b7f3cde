"""Notes and owners are saved after a pause in the typing, and nothing of them is lost."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browsers import wait_until
from tests.guide.browser.plans import KEY, action_address, button, card, keep, kept, plan_of, says, visit

pytestmark = pytest.mark.browser

Json = dict[str, Any]

TEXT = "Thirty characters, one by one."
COUNT = """(() => {
  window.writes = 0;
  const real = Storage.prototype.setItem;
  Storage.prototype.setItem = function (key, text) {
    if (key.startsWith("smart-guide:plan")) window.writes += 1;
    real.call(this, key, text);
  };
})()"""
NO_PAUSE = """(() => {
  const real = window.setTimeout;
  window.setTimeout = (run, after, ...more) => real(run, after === 400 ? 1_000_000 : after, ...more);
})()"""
"""The pause never ends, so that only what must save without it can save."""
PRESS = """([text, words]) => {
  document.execCommand("insertText", false, text);
  [...document.querySelectorAll("button")].find(one => one.textContent.startsWith(words)).click();
}"""
"""Type a text and press a button without a moment between, and without the focus going there, as assistive technology may."""


def stored(page: Page, text: str) -> None:
    """Wait until the browser keeps a text."""
    wait_until(page, "([key, text]) => localStorage.getItem(key)?.includes(text)", arg=[KEY, text])


def note(page: Page, index: int = 0) -> Locator:
    """Open the note of a step on an action's page, and return its field, which has the focus."""
    step = page.locator(".sg-checklist .sg-step").nth(index)
    area = step.locator("textarea")
    if area.is_hidden():
        button(step, "Edit").click()
    area.focus()
    return area


def notes(page: Page) -> list[str]:
    """Return the notes that the browser keeps."""
    return [step["note"] for action in kept(page)["actions"] for step in action.get("steps", []) if "note" in step]


@pytest.fixture
def place(server: str, actions: list[Json]) -> str:
    """Return the address of the page of an action."""
    return action_address(server, actions[0])


@pytest.fixture
def checklist(page: Page, place: str) -> Page:
    """Return the page of an action on which the pause never ends."""
    page.add_init_script(NO_PAUSE)
    return visit(page, place)


def test_a_note_is_saved_after_a_pause_and_not_on_each_key(page: Page, place: str) -> None:
    visit(page, place)
    page.evaluate(COUNT)
    area = note(page)
    page.keyboard.type(TEXT)
    stored(page, TEXT)
    assert 1 <= page.evaluate("window.writes") <= len(TEXT) / 3
    assert notes(page) == [TEXT]
    expect(area).to_be_focused()


def test_an_owner_is_saved_after_a_pause_and_not_on_each_key(filled: Page, actions: list[Json]) -> None:
    filled.evaluate(COUNT)
    owner = card(filled, actions[0]).get_by_label("Owner")
    owner.select_text()
    filled.keyboard.type(TEXT)
    stored(filled, TEXT)
    assert 1 <= filled.evaluate("window.writes") <= len(TEXT) / 3
    expect(owner).to_be_focused()


LEAVE: dict[str, Callable[[Page], Any]] = {
    "close": lambda page: page.close(),
    "reload": lambda page: page.reload(),
    "go away": lambda page: page.goto("about:blank"),
}


@pytest.mark.parametrize("how", LEAVE)
def test_leaving_right_after_typing_loses_nothing(checklist: Page, place: str, how: str) -> None:
    other = checklist.context.new_page()
    note(checklist)
    checklist.keyboard.type(TEXT)
    assert notes(checklist) == []
    LEAVE[how](checklist)
    visit(other, place)
    expect(other.locator(".sg-checklist .sg-step__printed")).to_have_text(TEXT)


def test_a_tab_that_is_hidden_has_saved(checklist: Page) -> None:
    note(checklist)
    checklist.keyboard.type(TEXT)
    checklist.evaluate("""() => {
      Object.defineProperty(document, "visibilityState", { get: () => "hidden" });
      document.dispatchEvent(new Event("visibilitychange"));
    }""")
    assert notes(checklist) == [TEXT]


def test_leaving_the_field_saves(checklist: Page) -> None:
    area = note(checklist)
    checklist.keyboard.type(TEXT)
    assert notes(checklist) == []
    area.blur()
    assert notes(checklist) == [TEXT]


def test_a_page_that_is_left_without_being_hidden_first_has_saved(checklist: Page) -> None:
    note(checklist)
    checklist.keyboard.type(TEXT)
    checklist.evaluate("window.dispatchEvent(new PageTransitionEvent('pagehide'))")  # all that older browsers say
    assert notes(checklist) == [TEXT]


def test_leaving_the_field_of_an_owner_saves(filled: Page, actions: list[Json]) -> None:
    filled.evaluate(NO_PAUSE)
    owner = card(filled, actions[0]).get_by_label("Owner")
    owner.select_text()
    filled.keyboard.type("Kim")
    assert kept(filled)["actions"][0]["owner"] == "Ana Müller"
    owner.blur()
    assert kept(filled)["actions"][0]["owner"] == "Kim"


def test_a_note_for_which_the_plan_has_no_room_stays_in_its_field(checklist: Page, server: str, place: str) -> None:
    full = [{"id": f"a-{number}", "planned": True} for number in range(300)]
    keep(checklist, server, plan_of(*full))
    visit(checklist, place)
    area = note(checklist)
    checklist.keyboard.type(TEXT)
    says(checklist, "more than a plan can hold")
    checklist.evaluate("window.addEventListener('storage', () => { window.heard = true; })")
    other = visit(checklist.context.new_page(), place)
    keep(other, server, plan_of(full[0] | {"planned": False, "steps": [{"id": "s", "done": True}]}, *full[1:]))
    wait_until(checklist, "window.heard")
    expect(area).to_have_value(TEXT)


def test_the_next_change_saves_the_note_too_and_its_undo_keeps_it(checklist: Page) -> None:
    note(checklist)
    checklist.evaluate(PRESS, [TEXT, "Add to my plan"])
    assert notes(checklist) == [TEXT]
    checklist.evaluate(PRESS, [" More.", "Remove from my plan"])
    button(checklist, "Undo").click()
    assert kept(checklist)["actions"][0]["planned"]
    assert notes(checklist) == [f"{TEXT} More."]


@pytest.fixture
def writing(filled: Page, actions: list[Json]) -> Page:
    """Return the page of a plan on which somebody writes a note, and on which the pause never ends."""
    filled.evaluate(NO_PAUSE)
    button(card(filled, actions[0]), "Show the steps").click()
    button(card(filled, actions[0]), "Edit").first.click()
    card(filled, actions[0]).locator("textarea").first.select_text()
    return filled


@pytest.mark.parametrize("way", ["Save to a file", "Markdown", "Spreadsheet"])
def test_a_file_has_what_was_just_typed(writing: Page, way: str) -> None:
    with writing.expect_download() as download:
        writing.evaluate(PRESS, [TEXT, way])
    assert TEXT in Path(download.value.path()).read_text(encoding="utf-8")


def test_a_link_has_what_was_just_typed_and_stays_when_it_is_saved(writing: Page) -> None:
    writing.evaluate("window.CompressionStream = undefined")  # so that the link can be read here
    writing.evaluate(PRESS, [TEXT, "Make a link"])
    field = writing.get_by_label("Link to this plan")
    expect(field).to_be_focused()
    plan = writing.evaluate("text => atob(text.split('.').at(-1).replaceAll('-', '+').replaceAll('_', '/'))", field.input_value())  # fmt: skip
    assert json.loads(plan)["actions"][0]["steps"][0]["note"] == TEXT
    assert TEXT in notes(writing)
    expect(field).to_be_visible()


def test_what_was_just_typed_is_printed(writing: Page, actions: list[Json]) -> None:
    writing.evaluate(
        "window.print = () => { window.printed = document.querySelector('.sg-step__printed').textContent; }"
    )
    writing.evaluate(PRESS, [TEXT, "Print"])
    assert writing.evaluate("window.printed") == TEXT


def test_a_change_in_another_tab_and_what_is_being_typed_are_both_kept(checklist: Page, place: str) -> None:
    other = visit(checklist.context.new_page(), place)
    area = note(checklist)
    area.press_sequentially(TEXT)
    other.locator(".sg-step__box").nth(1).check()
    expect(checklist.locator(".sg-step__box").nth(1)).to_be_checked()
    stored(other, TEXT)  # the change of the other tab has saved the note, without the pause
    expect(other.locator(".sg-checklist .sg-step__printed").first).to_have_text(TEXT)
    expect(other.locator(".sg-step__box").nth(1)).to_be_checked()
    expect(area).to_be_focused()
    area.press_sequentially(" More.")
    expect(area).to_have_value(f"{TEXT} More.")


def test_one_note_in_two_tabs_becomes_both_texts(checklist: Page, place: str) -> None:
    other = checklist.context.new_page()
    other.add_init_script(NO_PAUSE)
    visit(other, place)
    mine, theirs = note(checklist), note(other)
    mine.press_sequentially("Mine")
    theirs.press_sequentially("Theirs")
    mine.press("ArrowLeft")
    theirs.blur()
    expect(mine).to_have_value("Mine\n\nTheirs")
    expect(theirs).to_have_value("Mine\n\nTheirs")
    expect(mine).to_be_focused()
    mine.page.keyboard.type("!")  # the cursor is still where it was
    mine.blur()
    assert notes(checklist) == ["Min!e\n\nTheirs"]
