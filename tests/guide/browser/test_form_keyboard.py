"""A whole partnership with the keyboard alone: the focus is always somewhere, and every stop can be seen."""

from __future__ import annotations

import re
from typing import Final

import pytest
from playwright.sync_api import Page, expect

from tests.browsers import NewPage
from tests.guide.browser.test_form import OFFERED, SOURCE, files, opened

pytestmark = pytest.mark.browser

STOP: Final = """() => {
  const stop = document.activeElement;
  const { x, y, width, height } = stop.getBoundingClientRect();
  const isSeen = (at) => {
    const top = document.elementFromPoint(x + width * at, y + height / 2);
    return stop === top || stop.contains(top) || Boolean(top?.contains(stop));
  };
  const label = stop.getAttribute("aria-label") || (stop.labels?.[0] ?? stop).textContent;
  return {
    name: label.replace(/\\s+/g, " ").trim(),
    seen: stop !== document.body && [0.1, 0.5, 0.9].some(isSeen), // "Back to top" may lie over the middle
    ring: getComputedStyle(stop).outlineStyle,
  };
}"""


def to(page: Page, name: str, key: str = "Tab") -> None:
    """Press Tab until a control has the focus whose name begins like this."""
    passed = []
    for _ in range(80):
        page.keyboard.press(key)
        stop = page.evaluate(STOP)
        passed.append(stop["name"][:40])
        assert stop["seen"], f"{passed[-1]!r} cannot be seen, after {passed[:-1]}"
        assert stop["ring"] != "none", passed[-1]
        if stop["name"].startswith(name):
            return
    pytest.fail(f"no {name!r} among {passed}")


def choose(page: Page, text: str, option: str) -> None:
    page.keyboard.type(text)
    offered = page.locator(OFFERED)
    expect(offered.filter(has_text=option).first).to_be_visible()
    page.keyboard.press("ArrowDown")
    while option not in page.locator(f"{OFFERED}[aria-selected=true]").inner_text():
        page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(offered).to_have_count(0)


@pytest.mark.parametrize("width", [375, 1440])
def test_a_partnership_with_partners_is_made_with_the_keyboard_alone(
    new_page: NewPage, server: str, width: int
) -> None:
    page = opened(new_page(viewport={"width": width, "height": 800}), server, "?add=partnerships", "Add a partnership")
    page.get_by_role("link", name="Choose something else").focus()
    to(page, "Acronym")
    page.keyboard.type("TestAlliance")
    to(page, "Official title")
    page.keyboard.type("An alliance for tests")
    to(page, "Kind")
    page.keyboard.type("ESCP-S3")
    to(page, "Not said")
    page.keyboard.press("ArrowRight")
    to(page, "Source 1: Document")
    choose(page, "smart guide 2019", SOURCE)

    to(page, "Who takes part")
    page.keyboard.press("Enter")
    to(page, "Add a partner entry")
    for number, (typed, option) in enumerate(
        (("pakbrige", "Packbridge"), ("Zzyxx Cluster", "Not in the list"), ("clusaga", "CLUSAGA")), start=1
    ):
        page.keyboard.press("Enter")
        expect(page.get_by_role("combobox", name=f"Partner entry {number}: Organisation")).to_be_focused()
        choose(page, typed, option)
        to(page, "Add a partner entry")
    to(page, "Move up: Partner entry 3", "Shift+Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Move up: Partner entry 2")).to_be_focused()
    to(page, "Partner entry 1: Packbridge", "Shift+Tab")
    to(page, "Remove: Partner entry 1")
    page.keyboard.press("Enter")
    expect(page.locator(":focus")).to_have_accessible_name(re.compile("^Partner entry 1"))

    to(page, "Check and see the file")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="things to correct")).to_be_focused()
    to(page, "Zzyxx Cluster: Country")
    page.keyboard.press("Enter")
    expect(page.get_by_role("combobox", name="Country", exact=True)).to_be_focused()
    expect(page.locator(":focus")).to_have_attribute("aria-invalid", "true")
    choose(page, "swe", "Sweden")
    to(page, "Source 1: Document")
    choose(page, "smart guide 2019", SOURCE)
    to(page, "Check and see the file")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name=re.compile("Nothing is wrong|Please look")).first).to_be_focused()
    to(
        page,
        "Write the e-mail" if page.get_by_role("link", name="Write the e-mail").is_visible() else "In the repository",
    )
    text = files(page)["content/partnerships/testalliance.yml"]
    assert "partners:\n  - partner: clusaga\n  - partner: zzyxx-cluster\n" in text
