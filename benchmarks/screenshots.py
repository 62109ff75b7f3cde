"""Take pictures of a page of each kind: at three widths, light and dark, and as it is printed.

``make site``, then ``python -m benchmarks.screenshots FOLDER``. CI keeps the pictures, to look at what a change does.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Literal

from playwright.sync_api import Browser, sync_playwright

from tests import browser_setup
from tests.browsers import PATIENCE, served
from tests.page_kinds import kinds

WIDTHS = (375, 768, 1440)
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
HIGHEST = 8_000
"""Pixels of a picture; what comes below that looks like what is above."""


def main() -> int:
    """Take the pictures, and say how many there are."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path, help="where the pictures go")
    parser.add_argument("pages", nargs="*", help="URLs below the root of the site (default: a page of each kind)")
    parser.add_argument("--site", type=Path, default=Path("site"), help="folder of the built site (default: site)")
    options = parser.parse_intermixed_args()
    found = browser_setup.find()
    if found is None:
        sys.exit(browser_setup.MISSING)
    pages = options.pages or kinds(options.site)
    options.folder.mkdir(parents=True, exist_ok=True)
    with served(options.site.resolve()) as root, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=browser_setup.FLAGS)
        for page in pages:
            take(browser, root, page, options.folder)
        browser.close()
    print(f"{len(pages)} pages are in {options.folder}")
    return 0


def take(browser: Browser, root: str, url: str, folder: Path) -> None:
    """Take all pictures of one page."""
    name = url.strip("/").removesuffix(".html").replace("/", "_") or "home"
    context = browser.new_context(locale="en-GB", reduced_motion="reduce")
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    for scheme in SCHEMES:
        page.emulate_media(color_scheme=scheme)
        page.goto(root + url)  # the theme asks for the colours when a page is loaded
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            height = min(HIGHEST, page.evaluate("document.documentElement.scrollHeight"))
            page.screenshot(
                path=folder / f"{name}-{width}-{scheme}.jpeg",
                type="jpeg",
                quality=70,
                full_page=True,
                clip={"x": 0, "y": 0, "width": width, "height": height},
            )
    page.emulate_media(color_scheme="light")
    page.goto(root + url)
    page.pdf(path=folder / f"{name}-printed.pdf", format="A4")
    context.close()


if __name__ == "__main__":
    sys.exit(main())
