"""The checklist of an action, in a real browser."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browsers import wait_until
from tests.guide.browser.conftest import NewPage, served
from tests.guide.browser.plans import (
    KEY,
    OLD_KEY,
    action_address,
    button,
    entry,
    focused,
    keep,
    kept,
    narrow,
    plan_of,
    ready,
    says,
    small_targets,
    step_of,
    tab_to,
    unnamed,
    visit,
)

pytestmark = pytest.mark.browser

Json = dict[str, Any]

FORBIDDEN = """Object.defineProperty(window, "localStorage", {
  get() { throw new DOMException("The operation is insecure.", "SecurityError"); } });"""
FULL = """Storage.prototype.setItem = function () { throw new DOMException("Full.", "QuotaExceededError"); };"""


@pytest.fixture(scope="session")
def action(guide: Json) -> Json:
    """Return an action with several steps, one of them with a detail."""
    return next(
        one for one in guide["actions"] if len(one["steps"]) > 2 and any(step["detail"] for step in one["steps"])
    )


@pytest.fixture(scope="session")
def address(server: str, action: Json) -> str:
    return action_address(server, action)


def test_without_scripts_it_is_a_list_to_read(new_page: NewPage, server: str, guide: Json) -> None:
    page = new_page(java_script_enabled=False)
    for action in guide["actions"]:
        page.goto(action_address(server, action))
        items = page.locator(".sg-checklist ol > li")
        assert items.locator(".sg-step__text").all_inner_texts() == [step["text"] for step in action["steps"]]
        stages = list(dict.fromkeys(step["stage"] for step in action["steps"] if step["stage"]))
        assert page.locator(".sg-checklist h3").all_inner_texts() == stages
        assert page.locator(".sg-checklist").locator("input, button").count() == 0


def test_without_scripts_it_prints_with_boxes(new_page: NewPage, address: str) -> None:
    page = new_page(java_script_enabled=False)
    page.goto(address)
    page.emulate_media(media="print")
    text = page.locator(".sg-step__text").first
    assert "☐" in text.evaluate("one => getComputedStyle(one, '::before').content")
    expect(page.locator(".sg-checklist .sg-print-only")).to_contain_text("Owner:")
    expect(page.locator(".md-header")).to_be_hidden()


def test_a_tick_stays(page: Page, address: str, action: Json) -> None:
    visit(page, address)
    total = len(action["steps"])
    expect(page.locator(".sg-meter")).to_contain_text(f"0 of {total} steps done")
    page.get_by_label(action["steps"][1]["text"], exact=True).check()
    expect(page.locator(".sg-meter")).to_contain_text(f"1 of {total} steps done")
    expect(page.locator(".sg-hidden[role=status]")).to_contain_text(f"1 of {total} steps done")
    assert page.locator(".sg-meter progress").evaluate("bar => [bar.value, bar.max]") == [1, total]
    page.reload()
    ready(page)
    assert page.locator(".sg-step__box").evaluate_all("all => all.map(one => one.checked)") == [
        place == 1 for place in range(total)
    ]
    page.get_by_label(action["steps"][1]["text"], exact=True).uncheck()
    assert kept(page)["actions"] == []


def test_all_steps_done(page: Page, address: str, action: Json) -> None:
    visit(page, address)
    for box in page.locator(".sg-step__box").all():
        box.check()
    expect(page.locator(".sg-meter")).to_contain_text(f"All {len(action['steps'])} steps done")


def test_a_note_stays_and_is_only_text(page: Page, address: str) -> None:
    visit(page, address)
    note = "Ask <img src=x onerror=alert(1)> first.\n${1} {{ 2 }} & so on"
    button(page, "Edit").first.click()
    assert focused(page).startswith("Note")
    page.keyboard.insert_text(note)
    page.reload()
    ready(page)
    printed = page.locator(".sg-step__printed").first
    expect(printed).to_have_text(note)
    button(page, "Edit").first.click()
    area = page.locator(".sg-step").first.locator("textarea")
    expect(area).to_have_value(note)
    page.emulate_media(media="print")
    expect(printed).to_have_text(note)
    expect(area).to_be_hidden()
    page.emulate_media(media="screen")
    area.fill("  ")
    area.blur()
    assert kept(page)["actions"] == []
    button(page, "Close").click()
    assert focused(page).startswith("Edit")
    expect(area).to_be_hidden()


def test_a_note_can_be_written_anew(page: Page, address: str) -> None:
    visit(page, address)
    button(page, "Edit").first.click()
    page.keyboard.type("Old")
    page.keyboard.press("ControlOrMeta+A")
    page.keyboard.press("Backspace")
    page.keyboard.type("New")
    expect(page.locator(".sg-checklist textarea:visible")).to_have_value("New")
    page.keyboard.press("Tab")
    assert kept(page)["actions"][0]["steps"][0]["note"] == "New"


def test_with_the_keyboard_alone(page: Page, address: str, action: Json) -> None:
    visit(page, address)
    tab_to(page, action["steps"][0]["text"])
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    assert focused(page).startswith("Edit")
    page.keyboard.press("Enter")
    page.keyboard.type("By keyboard")
    page.keyboard.press("Tab")
    (found,) = kept(page)["actions"]
    assert found["steps"] == [step_of(action, note="By keyboard")]


def test_controls_have_names_and_details_belong_to_them(page: Page, address: str, action: Json) -> None:
    visit(page, address)
    button(page, "Edit").first.click()
    assert unnamed(page) == []
    step = next(step for step in action["steps"] if step["detail"])
    expect(page.get_by_label(step["text"], exact=True)).to_have_accessible_description(step["detail"])


def test_fits_a_small_telephone(new_page: NewPage, address: str) -> None:
    page = visit(new_page(viewport={"width": 320, "height": 640}), address)
    button(page, "Edit").first.click()
    assert narrow(page) == 0
    assert small_targets(page) == []


def test_into_the_plan_and_out_again(page: Page, address: str, action: Json) -> None:
    visit(page, address)
    button(page, "Add to my plan").click()
    assert kept(page)["actions"] == [entry(action)]
    expect(page.locator(".sg-hidden[role=status]")).to_contain_text("Added to your plan")
    assert focused(page) == "Remove from my plan"
    page.keyboard.press("Enter")
    assert kept(page)["actions"] == []
    button(page, "Undo").click()
    assert kept(page)["actions"] == [entry(action)]
    page.get_by_role("link", name="Open my plan").click()
    ready(page)
    expect(page.locator(".sg-plan__card h3")).to_contain_text(action["title"])


def test_a_challenge_puts_its_actions_into_the_plan(page: Page, server: str, guide: Json) -> None:
    challenge = max(guide["challenges"], key=lambda one: len(one["actions"]))
    visit(page, action_address(server, challenge))
    button(page, "Add its").click()
    assert [one["id"] for one in kept(page)["actions"]] == challenge["actions"]
    expect(button(page, "In my plan")).to_have_attribute("aria-disabled", "true")
    assert focused(page) == "In my plan"


def test_a_step_has_an_owner_and_a_date_or_does_not_apply(page: Page, address: str, action: Json) -> None:
    visit(page, address)
    first = page.locator(".sg-step").first
    button(first, "Edit").click()
    first.get_by_label("Owner of").fill("Ana")
    first.get_by_label("By when").fill("2020-02-29")
    button(first, "Close").click()
    expect(first.locator(".sg-step__facts")).to_have_text("Ana · by 29 February 2020 · overdue")
    page.locator(".sg-step__box").first.check()
    expect(first.locator(".sg-step__facts")).to_have_text("Ana · by 29 February 2020")
    button(first, "Edit").click()
    first.get_by_label("Does not apply").check()
    expect(page.locator(".sg-step__box").first).not_to_be_checked()
    expect(page.locator(".sg-meter")).to_contain_text(f"0 of {len(action['steps']) - 1} steps done")
    assert kept(page)["actions"][0]["steps"][0] == step_of(action) | {
        "done": False, "skipped": True, "owner": "Ana", "due": "2020-02-29"
    }  # fmt: skip
    assert unnamed(page) == []


def test_a_step_of_ones_own(page: Page, address: str, action: Json) -> None:
    visit(page, address)
    total = len(action["steps"])
    page.get_by_label("Add a step of your own").fill("Book a <b>stand</b>")
    page.keyboard.press("Enter")
    expect(page.get_by_label("Add a step of your own")).to_be_focused()
    expect(page.get_by_label("Add a step of your own")).to_have_value("")
    expect(page.locator(".sg-hidden[role=status]")).to_contain_text(f"0 of {total + 1} steps done")
    page.get_by_label("Book a <b>stand</b>", exact=True).check()
    page.reload()
    ready(page)
    own = page.locator(".sg-step", has_text="Book a <b>stand</b>")
    expect(own.locator(".sg-step__box").first).to_be_checked()
    button(own, "Edit").click()
    button(own, "Delete this step").click()
    expect(own).to_have_count(0)
    expect(page.get_by_label("Add a step of your own")).to_be_focused()
    button(page, "Undo").click()
    expect(own.locator(".sg-step__box").first).to_be_checked()


def test_prints_the_list_alone(page: Page, server: str, address: str, action: Json) -> None:
    plan = plan_of(entry(action, owner="Ana Müller", due="2027-03-12", steps=[step_of(action)]))
    keep(page, server, plan)
    page.add_init_script("window.print = () => { window.printed = document.documentElement.className; };")
    visit(page, address)
    page.emulate_media(media="print")
    whose = page.locator(".sg-checklist .sg-print-only", has_text="Owner:")
    expect(whose).to_contain_text("Ana Müller")
    expect(whose).to_contain_text("12 March 2027")
    expect(page.locator(".sg-print-head")).to_contain_text(f"Smart Guide · {address} · printed on ")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    foot = page.evaluate("[...document.styleSheets].flatMap((one) => [...one.cssRules]).at(-1).cssText")
    assert f"Smart Guide · {address} · printed on " in foot
    assert "counter(page)" in foot
    content = page.locator(".sg-step__text").first.evaluate("one => getComputedStyle(one, '::before').content")
    assert "☑" in content
    expect(page.locator("#sources")).to_be_visible()
    page.emulate_media(media="screen")
    button(page, "Print the checklist").click()
    assert "sg-print-list" in page.evaluate("window.printed")
    page.emulate_media(media="print")
    for hidden in (".md-header", ".sg-crumbs", "#sources", ".sg-tool"):
        expect(page.locator(hidden).first).to_be_hidden()
    expect(page.locator("h1")).to_be_visible()
    expect(page.locator(".sg-checklist")).to_be_visible()
    page.evaluate("window.dispatchEvent(new Event('afterprint'))")
    expect(page.locator("#sources")).to_be_visible()


def test_two_tabs_show_the_same(page: Page, address: str, action: Json) -> None:
    visit(page, address)
    other = visit(page.context.new_page(), address)
    first, second = (step["text"] for step in action["steps"][:2])
    other.get_by_label(first, exact=True).check()
    expect(page.get_by_label(first, exact=True)).to_be_checked()
    page.get_by_label(second, exact=True).check()
    expect(other.get_by_label(second, exact=True)).to_be_checked()
    expect(other.get_by_label(first, exact=True)).to_be_checked()


def test_a_tab_that_slept_undoes_nothing(page: Page, address: str, action: Json) -> None:
    page.add_init_script("window.addEventListener('storage', event => event.stopImmediatePropagation(), true);")
    visit(page, address)
    other = visit(page.context.new_page(), address)
    other.get_by_label(action["steps"][0]["text"], exact=True).check()
    # Browsers take their time to carry what one tab wrote to another.
    wait_until(
        page, "([key, id]) => (localStorage.getItem(key) ?? '').includes(id)", arg=[KEY, action["steps"][0]["id"]]
    )
    page.get_by_label(action["steps"][1]["text"], exact=True).check()
    (found,) = kept(page)["actions"]
    assert len(found["steps"]) == 2
    expect(page.get_by_label(action["steps"][0]["text"], exact=True)).to_be_checked()


@pytest.mark.parametrize(("broken", "words"), [(FORBIDDEN, "does not allow the page to save"), (FULL, "no room left")])
def test_goes_on_without_storage(  # noqa: PLR0917
    page: Page, address: str, action: Json, broken: str, words: str, problems: list[str]
) -> None:
    page.add_init_script(broken)
    visit(page, address)
    for step in action["steps"][:2]:
        page.get_by_label(step["text"], exact=True).check()
    expect(page.locator(".sg-warning")).to_contain_text(words)
    expect(page.locator(".sg-meter")).to_contain_text(f"2 of {len(action['steps'])}")
    not_materials(problems)


def not_materials(problems: list[str]) -> None:
    """Forget what is wrong in Material itself, which cannot do without storage; what is wrong in our modules stays."""
    problems[:] = [problem for problem in problems if "/assets/checklist/" in problem]


def test_says_that_storage_works_again(page: Page, address: str, action: Json) -> None:
    visit(page, address)
    page.evaluate("() => { window.real = Storage.prototype.setItem; " + FULL + " }")
    page.get_by_label(action["steps"][0]["text"], exact=True).check()
    expect(page.locator(".sg-warning")).to_be_visible()
    page.evaluate("() => { Storage.prototype.setItem = window.real; }")
    page.get_by_label(action["steps"][1]["text"], exact=True).check()
    expect(page.locator(".sg-warning")).to_have_count(0)
    (found,) = kept(page)["actions"]
    assert len(found["steps"]) == 2


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("{", "only a part of one"),
        ('{"some": "thing"}', "not a plan of the Smart Guide"),
        ('{"format": "smart-guide-plan", "version": 3}', "newer version"),
    ],
)
def test_what_cannot_be_read_is_put_aside(page: Page, server: str, address: str, text: str, reason: str) -> None:
    keep(page, server, text)
    visit(page, address)
    warning = page.locator(".sg-warning")
    expect(warning).to_contain_text(reason)
    page.locator(".sg-step__box").first.check()
    assert len(kept(page)["actions"]) == 1
    page.reload()
    ready(page)
    with page.expect_download() as download:
        button(warning, "Save it to a file").click()
    assert Path(download.value.path()).read_text() == text
    button(warning, "Delete it").click()
    expect(warning).to_have_count(0)
    assert page.evaluate("Object.keys(localStorage).filter(key => key.startsWith('smart-guide'))") == [KEY]


def test_what_cannot_be_put_aside_is_left_alone(page: Page, server: str, address: str) -> None:
    keep(page, server, "{ precious")
    page.add_init_script("""const real = Storage.prototype.setItem;
      Storage.prototype.setItem = function (key, text) {
        if (key.includes(":unreadable:")) throw new DOMException("Full.", "QuotaExceededError");
        real.call(this, key, text);
      };""")
    visit(page, address)
    expect(page.locator(".sg-warning")).to_contain_text("is left unchanged")
    page.locator(".sg-step__box").first.check()
    assert page.evaluate("key => localStorage.getItem(key)", OLD_KEY) == "{ precious"


def test_rubbish_from_another_tab_does_no_harm(page: Page, address: str, action: Json) -> None:
    visit(page, address)
    page.locator(".sg-step__box").first.check()
    other = page.context.new_page()
    other.goto(address)
    expect(other.locator(".sg-step__box").first).to_be_checked()  # it has read what the first tab wrote
    other.evaluate("key => localStorage.setItem(key, 'rubbish')", KEY)
    expect(page.locator(".sg-warning")).to_be_visible()
    expect(page.locator(".sg-step__box").first).to_be_checked()
    assert kept(page)["actions"][0]["id"] == action["id"]


def test_a_step_that_is_gone_is_still_shown(page: Page, server: str, address: str, action: Json) -> None:
    old = {"id": "an-older-step", "text": "An <b>older</b> step", "done": True, "note": "Its note"}
    keep(page, server, plan_of(entry(action, planned=False, steps=[step_of(action), old])))
    visit(page, address)
    item = page.locator("li[data-step=an-older-step]")
    expect(item).to_contain_text("An <b>older</b> step")
    expect(item).to_contain_text("no longer in the guide")
    expect(item.locator(".sg-step__printed")).to_have_text("Its note")
    expect(page.locator(".sg-meter")).to_contain_text(f"1 of {len(action['steps'])} steps done")
    page.locator(".sg-step__box").nth(1).check()
    (found,) = kept(page)["actions"]
    assert old in found["steps"]


def test_a_renamed_action_keeps_its_ticks(page: Page, server: str, address: str, action: Json) -> None:
    keep(page, server, plan_of({"id": "the-old-name", "planned": False, "steps": [step_of(action)]}))
    page.route(
        address,
        lambda route: route.fulfill(
            body=route.fetch()
            .text()
            .replace("data-sg-checklist", 'data-former="an-older-name the-old-name" data-sg-checklist', 1),
            content_type="text/html",
        ),
    )
    visit(page, address)
    expect(page.locator(".sg-step__box").first).to_be_checked()
    page.locator(".sg-step__box").nth(1).check()
    assert [one["id"] for one in kept(page)["actions"]] == [action["id"]]


def test_the_button_is_beside_the_title(page: Page, address: str) -> None:
    visit(page, address)
    title, press = page.locator("h1").bounding_box(), button(page, "Add to my plan").bounding_box()
    assert title
    assert press
    assert press["y"] - (title["y"] + title["height"]) < 60


def test_the_menu_says_how_many_actions_the_plan_has(page: Page, server: str, address: str, action: Json) -> None:
    keep(page, server, plan_of(entry(action), {"id": "other", "planned": False, "steps": [{"id": "s", "done": True}]}))
    page.goto(server)
    count = page.locator(".md-tabs__link .sg-count")
    expect(count).to_have_text("1 action")
    visit(page, address)
    button(page, "Remove from my plan").click()
    expect(count).to_have_count(0)
    button(page, "Undo").click()
    expect(count).to_have_text("1 action")


MARKET = """<button type="button" class="sg-add-to-plan" data-actions="{ids}" {market} hidden>Add these</button>"""


def test_actions_are_added_to_the_plan_of_a_market(page: Page, server: str, guide: Json) -> None:
    ids = [one["id"] for one in guide["actions"][:2]]
    buttons = [
        MARKET.format(ids=" ".join(ids), market='data-market="BR" data-market-name="Brazil"'),
        MARKET.format(ids=ids[1], market='data-market="CN" data-market-name="China"').replace("these", "one"),
        MARKET.format(ids=ids[0], market="").replace("these", "here"),
    ]
    page.route(
        f"{server}about/",
        lambda route: route.fulfill(
            body=route.fetch().text().replace("</article>", "".join(buttons) + "</article>"), content_type="text/html"
        ),
    )
    page.goto(f"{server}about/")
    ready(page)
    button(page, "Add these").click()
    says(page, "2 actions were added to My plan for Brazil.")
    assert [one["id"] for one in kept(page)["actions"]] == ids
    button(page, "Add these").click()
    says(page, "in My plan for Brazil already")
    button(page, "Add one").click()
    says(page, "1 action was added to My plan for China.")
    assert (kept(page)["market"], kept(page)["marketName"]) == ("CN", "China")
    button(page, "Undo").click()
    assert kept(page)["market"] == "BR"
    button(page, "Add one").click()
    button(page, "Add here").click()
    says(page, "1 action was added to My plan for China.")
    page.get_by_role("link", name="Open My plan for China").click()
    ready(page)
    assert page.locator(".sg-plan__card h3").all_inner_texts() == [guide["actions"][place]["title"] for place in (1, 0)]
    page.get_by_label("Plan", exact=True).select_option(label="My plan for Brazil (2 actions)")
    expect(page.locator("#your-plan")).to_have_text("My plan for Brazil")


def test_works_below_a_path(page: Page, folder: Path, action: Json) -> None:
    with served(folder, below="/some/where") as server:
        visit(page, action_address(server, action))
        button(page, "Add to my plan").click()
        page.get_by_role("link", name="Open my plan").click()
        ready(page)
        page.locator(".sg-plan__card h3 a").click()
        ready(page)
        assert page.url == action_address(server, action)


def test_other_pages_load_next_to_nothing(page: Page, server: str) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(server)
    page.wait_for_load_state("networkidle")
    assert [url for url in asked if "/assets/checklist/" in url] == [f"{server}assets/checklist/page.js"]
    assert page.evaluate("Object.keys(localStorage).filter(key => key.startsWith('smart-guide'))") == []
