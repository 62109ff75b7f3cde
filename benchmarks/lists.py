"""Measure how quickly a filtered list answers in a browser: today's, and one of 2,000 partnerships and 8,000 partners.

The pages are those of the site that ``make site`` has built; the data of the larger list takes the place of theirs.
What is told is the time of the processor that scripts, styles and layout of the page take after a choice, so that other
work of the machine does not count. Run it with ``python -m benchmarks.lists``.
"""

from __future__ import annotations

import argparse
import gzip
import statistics
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from playwright.sync_api import CDPSession, Page, sync_playwright

from benchmarks.large import ROOT, make
from smartguide.checks.checking import check
from smartguide.exports import lists
from smartguide.model import urls
from tests import browser_setup
from tests.browsers import served

COLLECTIONS: Final = ("partnerships", "partners")
CHOICES: Final = 15
"""So many choices are made of each sort; a list answers some of them with little, some with much."""
PARTS: Final = ("ScriptDuration", "LayoutDuration", "RecalcStyleDuration")
OPEN: Final = """
async (number) => {
  const panels = [...document.querySelectorAll("details.sg-facet")];
  for (const panel of panels) panel.open = true;
  await new Promise((done) => setTimeout(() => requestAnimationFrame(done)));  // their values are made then
  const chosen = panels.filter((panel) => panel.querySelector("[type=checkbox]"))[number % 4];
  for (const panel of panels) panel.open = panel === chosen;
  document.body.getBoundingClientRect();
}
"""
CHOOSE: Final = """
(number) => {
  const boxes = [...document.querySelectorAll("details.sg-facet[open] [type=checkbox]:enabled")];
  boxes[(number * 7) % boxes.length].click();
  document.body.getBoundingClientRect();
}
"""
TYPE: Final = """
(number) => {
  const field = document.querySelector(".sg-catalogue__text input");
  field.value = "smart energy food a b".slice(0, (number % 12) + 1);
  field.dispatchEvent(new Event("input"));
  document.body.getBoundingClientRect();
}
"""
SORT: Final = """
(number) => {
  const field = document.querySelector(".sg-catalogue__sort select");
  field.selectedIndex = number % field.options.length;
  field.dispatchEvent(new Event("change"));
  document.body.getBoundingClientRect();
}
"""


def main() -> None:
    """Print a few lines for each size and collection."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--site", type=Path, default=ROOT / "site", help="the built site (default: site/)")
    parser.add_argument("--sizes", nargs="+", default=["60x219", "2000x8000"], help="partnerships x partners")
    options = parser.parse_args()
    for size in options.sizes:
        partnerships, partners = map(int, size.split("x"))
        with tempfile.TemporaryDirectory() as name:
            root = make(Path(name) / "project", partnerships=partnerships, partners=partners)
            checked = check(root)
            data = dict(lists.files(checked.base, checked.extensions))
        for collection in COLLECTIONS:
            text = data[urls.api_list(collection)]
            print(
                f"{collection} of {size}: {len(text.encode()):,} bytes, {len(gzip.compress(text.encode())):,} gzipped"
            )
            with opened(options.site, collection, text) as (page, session):
                print(f"    loading: {spent(session):.0f} ms")
                for what, script in {"choosing": CHOOSE, "typing": TYPE, "sorting": SORT}.items():
                    print(f"    {what}: {told(taken(page, session, script))}")


@contextmanager
def opened(site: Path, collection: str, text: str) -> Iterator[tuple[Page, CDPSession]]:
    """Open the list of a collection with some data, and return the page and what its time is asked of."""
    with served(site) as url, sync_playwright() as playwright:
        found = browser_setup.find()
        browser = playwright.chromium.launch(executable_path=found, headless=True, args=browser_setup.FLAGS)
        page = browser.new_page(viewport={"width": 1440, "height": 900})
        page.route("**/*--list.json", lambda route: route.fulfill(body=text, content_type="application/json"))
        session = page.context.new_cdp_session(page)
        session.send("Performance.enable", {"timeDomain": "threadTicks"})
        page.goto(f"{url}{collection}/")
        page.wait_for_selector(".sg-catalogue__found", timeout=600_000)
        yield page, session
        browser.close()


def taken(page: Page, session: CDPSession, script: str) -> list[float]:
    """Return the milliseconds that each of some choices takes, from all records on."""
    found = []
    for number in range(CHOICES):
        if script == CHOOSE:
            page.evaluate(OPEN, number)
        before = spent(session)
        page.evaluate(script, number)
        found.append(spent(session) - before)
        page.evaluate("history.replaceState(null, '', location.pathname); dispatchEvent(new PopStateEvent('popstate'))")
    return found


def spent(session: CDPSession) -> float:
    """Return the milliseconds of the processor that scripts, styles and layout of a page took so far."""
    metrics = session.send("Performance.getMetrics")["metrics"]
    return sum(float(one["value"]) for one in metrics if one["name"] in PARTS) * 1000


def told(milliseconds: list[float]) -> str:
    """Return times as text."""
    return f"median {statistics.median(milliseconds):.1f} ms, at most {max(milliseconds):.1f} ms"


if __name__ == "__main__":
    main()
