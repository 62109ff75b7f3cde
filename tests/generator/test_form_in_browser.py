"""The form for records of any knowledge base in a browser: kinds without a word about forms in their schemas."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest
from playwright.sync_api import Locator, Page, expect

from smartguide.building import build_site
from smartguide.checks.checking import check
from tests.browsers import served
from tests.built_sites import made_once
from tests.generator import projects

pytestmark = pytest.mark.browser

HOSTILE: Final = "<img src=x onerror=alert(1)> & {{ 7 * 7 }}"
OFFERED: Final = "[role=listbox] [role=option]"


def changes() -> dict[str, str]:
    """Return what makes the small project one with a form, and with a hut whose name would be dangerous as HTML."""
    settings = projects.text("mkdocs.yml").replace(
        "extra:\n", "extra:\n  smartguide: {form: add/, form_email: tours@example.org}\n"
    )
    hut = f"name: {HOSTILE!r}\nvalley: NTH\nsources: [{{source: map}}]\n"
    return {
        "mkdocs.yml": settings,
        "content/add.md": "# Add something\n\n{{ record_form() }}\n",
        "content/huts/hostile.yml": hut,
    }


@pytest.fixture(scope="session")
def root(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    def make(folder: Path) -> None:
        projects.copy(folder, changes(), site=True)
        build_site(folder, folder / "site", strict=False)

    return made_once(tmp_path_factory, worker_id, "form", make)


@pytest.fixture(scope="session")
def server(root: Path) -> Iterator[str]:
    with served(root / "site", below="/tours-and-huts") as url:
        yield url


def choose(field: Locator, text: str, option: str) -> None:
    """Type a name, and take what is offered with a click."""
    field.fill(text)
    field.page.locator(OFFERED).filter(has_text=option).first.click()
    expect(field.page.locator(OFFERED)).to_have_count(0)


def test_a_tour_with_a_hut_and_a_valley_that_are_new_gives_three_files_that_are_accepted(
    page: Page, server: str, root: Path, tmp_path: Path
) -> None:
    page.goto(f"{server}tours/")
    page.get_by_role("link", name="Add a tour", exact=True).click()
    expect(page.get_by_role("heading", name="Add a tour")).to_be_visible()
    page.get_by_label("Name", exact=True).fill("Ridge")
    page.get_by_label("Subtitle").fill("Along the ridge")
    page.get_by_label("Kind", exact=True).select_option("day tour")
    page.get_by_role("group", name="Guided").get_by_label("No", exact=True).check()
    choose(page.get_by_role("combobox", name="Source 1: Document"), "map", "map")
    page.locator("summary").filter(has_text="Lists").click()
    page.get_by_role("button", name="Add a stage").click()
    choose(page.get_by_role("combobox", name="Stage 1: Hut"), "Far hut", "Not in the list")
    hut = page.get_by_role("region", name="New hut: Far hut")
    choose(hut.get_by_role("combobox", name="Valley", exact=True), "West Valley", "Not in the list")
    choose(hut.get_by_role("combobox", name="Source 1: Document"), "map", "map")
    valley = page.get_by_role("region", name="New valley: West Valley")
    valley.get_by_label("Code").fill("WST")
    page.get_by_role("button", name="Check and see the file").click()
    expect(page.get_by_role("heading", name="Nothing is wrong. Now send it")).to_be_focused()

    made = {
        str(one.get_attribute("aria-label")).removeprefix("The file "): one.locator("code").text_content() or ""
        for one in page.get_by_role("region", name=re.compile("^The file ")).all()
    }
    assert set(made) == {"content/tours/ridge.yml", "content/huts/far-hut.yml", "content/valleys.yml"}
    assert made["content/valleys.yml"].startswith((root / "content/valleys.yml").read_text("utf-8").rstrip())
    copy = projects.copy(tmp_path, {**changes(), **made}, site=True)
    found = [one.as_text() for one in check(copy).findings]
    assert [one for one in found if "hostile.yml" not in one] == []  # no tour stops there


def test_names_of_records_are_shown_as_text(page: Page, server: str) -> None:
    """What goes wrong in the page (a dialog, a request, an error) fails the test."""
    page.goto(f"{server}huts/hostile/")
    page.get_by_role("link", name="Correct this record").click()
    expect(page.get_by_role("heading", name=f"Correct {HOSTILE}")).to_be_visible()
    page.goto(f"{server}add/?add=tours")
    page.locator("summary").filter(has_text="Lists").click()
    page.get_by_role("button", name="Add a stage").click()
    choose(page.get_by_role("combobox", name="Stage 1: Hut"), "img src", HOSTILE)
    expect(page.get_by_text(f"Stage 1: {HOSTILE}")).to_be_visible()
