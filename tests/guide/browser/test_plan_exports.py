"""The plan leaves the browser as Markdown, a spreadsheet and a calendar."""

from __future__ import annotations

import csv
import io
import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.guide.browser.plans import (
    NUMBER,
    action_address,
    button,
    saved,
    says,
    visit,
)

pytestmark = pytest.mark.browser

Json = dict[str, Any]


def test_saves_markdown(filled: Page, server: str, actions: list[Json]) -> None:
    name, text = saved(filled, button(filled, "Markdown"))
    steps = sum(len(action["steps"]) for action in actions)
    assert name == "smart-guide-plan.md"
    assert text.startswith(f"# My plan\n\n2 of {steps} steps done.\n\n## 1. ")
    total = len(actions[0]["steps"])
    assert f"\n\nOwner: Ana Müller · By: 28 February 2027 · 1 of {total} steps done\n\n" in text
    assert f"\n\n<{action_address(server, actions[0])}>\n\n" in text
    assert '\n\n  > Two\\\n  > lines, "quoted"\n' in text  # two lines where it is rendered, too
    assert text.count("- [x] ") == 2
    assert text.count("- [ ] ") == steps - 2


def test_saves_a_spreadsheet(filled: Page, server: str, actions: list[Json]) -> None:
    name, text = saved(filled, button(filled, "Spreadsheet"))
    assert name == "smart-guide-plan.csv"
    assert text.startswith("\ufeffOrder,Action,")
    assert re.search(r"(?<!\r)\n", text) is None
    rows = list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline="")))
    assert [(row["Order"], row["Step"]) for row in rows] == [
        (str(place), step["text"]) for place, action in enumerate(actions, 1) for step in action["steps"]
    ]
    first = rows[0]
    assert (first["Owner"], first["Due"], first["Done"]) == ("Ana Müller", "2027-02-28", "yes")
    assert first["Note"] == 'Two\r\nlines, "quoted"'
    assert first["Link"] == action_address(server, actions[0])
    assert rows[-1]["Owner"] == "'=cmd|' /C calc'!A0"
    _, in_europe = saved(filled, button(filled, "CSV with ;"))
    assert list(csv.DictReader(io.StringIO(in_europe.removeprefix("\ufeff"), newline=""), delimiter=";")) == rows


def test_saves_a_calendar(filled: Page, server: str, actions: list[Json]) -> None:
    name, text = saved(filled, button(filled, "Calendar"))
    assert name == "smart-guide-plan.ics"
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    lines = text.replace("\r\n ", "").removesuffix("\r\n").split("\r\n")
    stamp = next(line for line in lines if line.startswith("DTSTAMP:"))
    assert re.fullmatch(r"DTSTAMP:\d{8}T\d{6}Z", stamp)

    def event(action: Json, day: str, after: str) -> list[str]:
        title = re.sub(r"([\\;,])", r"\\\1", action["title"])
        start = ["BEGIN:VEVENT", f"UID:{NUMBER}-{action['id']}", stamp]
        dates = [f"DTSTART;VALUE=DATE:{day}", f"DTEND;VALUE=DATE:{after}", f"SUMMARY:Due: {title}"]
        return [*start, *dates, f"URL:{action_address(server, action)}", "TRANSP:TRANSPARENT", "END:VEVENT"]

    assert [line for line in lines if not line.startswith("DESCRIPTION:")] == [
        *("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Smart Guide//My plan//EN", "CALSCALE:GREGORIAN"),
        "X-WR-CALNAME:My plan",
        *event(actions[0], "20270228", "20270301"),
        *event(actions[2], "20280229", "20280301"),
        "END:VCALENDAR",
    ]
    first = next(line for line in lines if line.startswith("DESCRIPTION:"))
    assert first.startswith(
        f"DESCRIPTION:Owner: Ana Müller\\n1 of {len(actions[0]['steps'])} steps done\\nStill to do:\\n- "
    )


def test_exports_are_there_once_there_is_something_to_export(page: Page, address: str, actions: list[Json]) -> None:
    visit(page, address)
    for words in ("Print", "Markdown", "Spreadsheet", "Calendar", "Save to a file", "Make a link", "Delete my plan"):
        expect(button(page, words)).to_have_count(0)
    button(page, "Show the actions").click()
    page.locator(".sg-plan__area").get_by_label(actions[0]["title"]).check()
    button(page, "Calendar").click()
    says(page, "Nothing in this plan has a date yet")
