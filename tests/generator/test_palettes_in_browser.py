"""Palettes: the system's is used until a reader chooses one, which every page then has."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import expect

from smartguide.building import build_site
from tests.browsers import NewPage, served
from tests.generator.projects import text
from tests.projects import MakeProject

pytestmark = pytest.mark.browser

PALETTES = """  palette:
    - media: "(prefers-color-scheme)"
      toggle: {icon: material/brightness-auto, name: Switch to light mode}
    - media: "(prefers-color-scheme: light)"
      scheme: default
      toggle: {icon: material/weather-night, name: Switch to dark mode}
    - media: "(prefers-color-scheme: dark)"
      scheme: slate
      toggle: {icon: material/weather-sunny, name: Switch to system preference}
"""


@pytest.fixture
def folder(site_project: MakeProject) -> Path:
    root = site_project({"mkdocs.yml": text("mkdocs.yml").replace("  font: false\n", "  font: false\n" + PALETTES)})
    build_site(root, root / "site", strict=False)
    return root / "site"


def test_the_system_decides_until_a_reader_does(new_page: NewPage, folder: Path) -> None:
    page = new_page(color_scheme="dark")
    body = page.locator("body")
    with served(folder) as root:
        page.goto(root)
        expect(body).to_have_attribute("data-md-color-scheme", "slate")
        page.emulate_media(color_scheme="light")
        expect(body).to_have_attribute("data-md-color-scheme", "default")
        assert page.evaluate("localStorage.length") == 0

        for button, scheme in (("light", "default"), ("dark", "slate")):
            page.get_by_role("button", name=f"Switch to {button} mode").focus()
            page.keyboard.press("Enter")
            expect(body).to_have_attribute("data-md-color-scheme", scheme)
        expect(page.get_by_role("button", name="Switch to system preference")).to_be_focused()
        expect(page.locator("meta[name=color-scheme]")).to_have_attribute("content", "dark")

        page.goto(f"{root}huts/")
        expect(body).to_have_attribute("data-md-color-scheme", "slate")
        page.get_by_role("button", name="Switch to system preference").click()
        expect(body).to_have_attribute("data-md-color-scheme", "default")
        page.emulate_media(color_scheme="dark")
        expect(body).to_have_attribute("data-md-color-scheme", "slate")
