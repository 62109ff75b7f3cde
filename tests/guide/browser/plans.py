"""What the tests of checklists and plans share: ways through the pages, and plans as text."""

from __future__ import annotations

import base64
import json
import zlib
from pathlib import Path
from typing import Any

from playwright.sync_api import Locator, Page, expect

KEY = "smart-guide:plans:v2"
OLD_KEY = "smart-guide:plan:v1"
NUMBER = "0123456789abcdef" * 2

Json = dict[str, Any]
GONE = {
    "id": "an-action-of-old",
    "title": "An action <b>of old</b>",
    "planned": True,
    "owner": "Ben",
    "steps": [{"id": "old-step", "text": "An old step", "done": True, "note": "Dear to me"}],
}


def visit(page: Page, address: str) -> Page:
    """Open a page, and wait until its scripts are ready."""
    page.goto(address)
    ready(page)
    return page


def ready(page: Page) -> None:
    """Wait until the scripts of a page are ready."""
    page.locator("html[data-sg-ready]").wait_for()


def action_address(server: str, action: Json) -> str:
    """Return the address of the page of an action."""
    return server + str(action["url"]).removeprefix("../")


def plan_of(*actions: Json) -> Json:
    """Return a plan as its file has it."""
    return {"format": "smart-guide-plan", "version": 1, "id": NUMBER, "actions": list(actions)}


def entry(action: Json, **more: Any) -> Json:
    """Return an action of the guide as a plan has it."""
    return {"id": action["id"], "title": action["title"], "planned": True, **more}


def step_of(action: Json, index: int = 0, **more: Any) -> Json:
    """Return a step of an action of the guide as a plan has it."""
    step = action["steps"][index]
    return {"id": step["id"], "text": step["text"], "done": True, **more}


def full_plan(actions: list[Json]) -> Json:
    """Return a plan with three actions of the guide."""
    first, second, third = actions
    return plan_of(
        entry(first, owner="Ana Müller", due="2027-02-28", steps=[step_of(first, note='Two\nlines, "quoted"')]),
        entry(second, steps=[step_of(second, 1)]),
        entry(third, owner="=cmd|' /C calc'!A0", due="2028-02-29"),
    )


def keep(page: Page, server: str, plan: Json | str) -> None:
    """Put a plan of version 1, or any text, into the storage of a page's browser, in place of what is there."""
    if not page.url.startswith(server):
        page.goto(f"{server}assets/checklist/page.js")  # as text: a page of the same origin on which nothing runs
    text = plan if isinstance(plan, str) else json.dumps(plan)
    page.evaluate(
        "([key, old, text]) => { localStorage.removeItem(key); localStorage.setItem(old, text); }", [KEY, OLD_KEY, text]
    )


def library(page: Page) -> Json | None:
    """Return all plans that a page's browser keeps, or None where it keeps none."""
    plans: Json | None = json.loads(page.evaluate("key => localStorage.getItem(key)", KEY) or "null")
    return plans


def kept(page: Page) -> Json:
    """Return the plan of a page's browser that is shown, as version 1 would have kept it if it had all its values.

    Without times, and without what is only kept for its times.
    """
    plans = library(page)
    if plans is None:
        plan: Json = json.loads(page.evaluate("key => localStorage.getItem(key)", OLD_KEY) or '{"actions": []}')
        return plan
    shown = next(one for one in plans["plans"] if one["id"] == plans["current"])
    return {"format": "smart-guide-plan", "version": 1, **timeless(shown)}


def timeless(plan: Json) -> Json:
    """Return a plan without its times, and without what is only kept for its times."""
    times = {"changed", "browsers"}
    actions = []
    for action in plan["actions"]:
        steps = [{key: value for key, value in step.items() if key not in times} for step in action.get("steps", [])]
        spoken = [
            step
            for step in steps
            if step["done"] or step.keys() - {"id", "text", "done", "own"} or (step.get("own") and "text" in step)
        ]
        values = {key: value for key, value in action.items() if key not in {*times, "steps"}}
        if spoken or action["planned"]:
            actions.append(values | ({"steps": spoken} if spoken else {}))
    return {key: value for key, value in plan.items() if key not in times} | {"actions": actions}


def fragment(plan: Json | str | bytes, packing: str = "d", version: int = 1) -> str:
    """Return the fragment of a link that holds a plan."""
    data = plan if isinstance(plan, bytes) else (plan if isinstance(plan, str) else json.dumps(plan)).encode()
    if packing == "d":
        packer = zlib.compressobj(9, zlib.DEFLATED, -15)
        data = packer.compress(data) + packer.flush()
    return f"#plan={version}.{packing}.{base64.urlsafe_b64encode(data).decode().rstrip('=')}"


def cards(page: Page) -> list[str]:
    """Return the ids of the actions of the plan, in the order in which the page shows them."""
    return list(page.locator(".sg-plan__card").evaluate_all("cards => cards.map(card => card.dataset.action)"))


def card(page: Page, action: Json) -> Locator:
    """Return the card of an action on the page of the plan."""
    return page.locator(f'.sg-plan__card[data-action="{action["id"]}"]')


def question(page: Page) -> Locator:
    """Return the question that the page asks."""
    return page.locator(".sg-dialog")


def button(place: Page | Locator, start: str) -> Locator:
    """Return the button whose words begin so."""
    return place.locator("button:visible", has_text=start)


def says(page: Page, words: str) -> None:
    """Wait until the message at the foot of the window says something."""
    expect(page.locator(".sg-toast")).to_contain_text(words)


def focused(page: Page) -> str:
    """Return the words of the element that has the focus, as a screen reader begins to read them."""
    return str(page.evaluate("document.activeElement.innerText || document.activeElement.labels?.[0]?.innerText"))


def tab_to(page: Page, words: str) -> None:
    """Press Tab until the focus is on an element whose words begin so."""
    for _ in range(page.locator("a[href], area, button, input, select, textarea, summary, [tabindex]").count()):
        page.keyboard.press("Tab")
        if focused(page).startswith(words):
            return
    raise AssertionError(f"the Tab key does not lead to {words!r}")


def narrow(page: Page) -> int:
    """Return by how many pixels the page is wider than its window."""
    return int(page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))


def small_targets(page: Page) -> list[str]:
    """Return what can be pressed on the page but is less than 44 px high."""
    return list(
        page.evaluate("""() =>
        [...document.querySelectorAll(".sg-tool, .sg-step__label, .sg-plan input, .sg-own input, select, textarea")]
          .filter(one => !["checkbox", "radio", "file"].includes(one.type))
          .filter(one => one.checkVisibility() && one.getBoundingClientRect().height < 43.9)
          .map(one => one.outerHTML)""")
    )


def unnamed(page: Page) -> list[str]:
    """Return the controls that a screen reader has no name for, and what a policy against inline code would stop."""
    return list(
        page.evaluate("""() => {
          const roots = [".sg-checklist", ".sg-plan", ".sg-add", ".sg-toast", ".sg-dialog"];
          const ours = [...document.querySelectorAll(roots.map(root => `${root} *`).join(", "))];
          const nameless = ours.filter(one => one.matches("input:not([type=file]), textarea, select")
            && ![...one.labels].some(label => label.innerText.trim()));
          const silent = ours.filter(one => one.matches("button") && !one.textContent.trim());
          const forbidden = ({ name }) => name === "style" || name.startsWith("on");
          const inline = ours.filter(one => [...one.attributes].some(forbidden));
          return [...nameless, ...silent, ...inline].map(one => one.outerHTML);
        }""")
    )


def saved(page: Page, press: Locator) -> tuple[str, str]:
    """Press a button that saves a file; return its name and what it holds."""
    with page.expect_download() as download:
        press.click()
    return download.value.suggested_filename, Path(download.value.path()).read_bytes().decode()


def load(page: Page, content: str | bytes, name: str = "plan.json") -> None:
    """Load a plan from a file, as a person does."""
    with page.expect_file_chooser() as chooser:
        button(page, "Load from a file").click()
    buffer = content if isinstance(content, bytes) else content.encode()
    chooser.value.set_files({"name": name, "mimeType": "application/json", "buffer": buffer})
