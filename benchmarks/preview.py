"""Measure how long it takes from saving a record to its text in the page that is open in a browser.

The preview and the browser are real; the time is taken in the page, when the text is there. Run it with
``python -m benchmarks.preview --pages 535 3035 10535``.
"""

from __future__ import annotations

import argparse
import asyncio
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from benchmarks.large import make
from smartguide.checks.checking import Checker
from smartguide.pages.environment import environment
from smartguide.pages.pages import page_at
from smartguide.pages.rendering import Renderer
from smartguide.project import Project
from smartguide.server.watching import changes
from tests import browser_setup

EDITED = "content/partnerships/adpack.yml"
URL = "partnerships/adpack/"
OF_THE_GUIDE = 535, 60, 219
"""Pages, partnerships and partners of the project that is made larger."""
WORD = "previewed"
NOTE_WHEN_SEEN = f"""
let last;
new MutationObserver(() => {{
  const found = document.querySelector("article")?.textContent.match(/{WORD}(\\d+)/);
  if (found && found[1] !== last) {{
    last = found[1];
    window.noteSeen(Number(last), Date.now() / 1000);
  }}
}}).observe(document, {{ childList: true, subtree: true }});
"""
"""Tells when a text is in the page: first in the page that is open, and once more when that was loaded anew."""


def main() -> None:
    """Print a line for each size."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--pages", type=int, nargs="+", default=[535, 3_035], help="sizes (default: 535 3035)")
    parser.add_argument("--saves", type=int, default=11, help="saves that are counted (default: 11)")
    parser.add_argument("--pause", type=float, default=3, help="seconds between two saves (default: 3)")
    options = parser.parse_args()
    for pages in options.pages:
        extra = pages - OF_THE_GUIDE[0]
        partnerships = OF_THE_GUIDE[1] + extra // 5
        partners = OF_THE_GUIDE[2] + extra - extra // 5
        with tempfile.TemporaryDirectory() as name:
            root = make(Path(name), partnerships=partnerships, partners=partners)
            shown, loaded = measure(root, options.saves, options.pause)
            print(f"{pages} pages: save to screen {told(shown)}; page loaded anew {told(loaded)}")
            print(f"    of which {', '.join(f'{what} {taken:.3f}' for what, taken in parts(root).items())}")


def told(taken: list[float]) -> str:
    """Return times as text."""
    return f"median {statistics.median(taken):.3f} s (from {min(taken):.3f} to {max(taken):.3f})"


def measure(root: Path, saves: int, pause: float) -> tuple[list[float], list[float]]:
    """Return the seconds from each save until its text is in the page, and until the page was loaded anew."""
    record = root / EDITED
    text = record.read_text(encoding="utf-8")
    seen: dict[int, list[float]] = {}
    with serving(root) as url, opened(url + URL, lambda number, when: seen.setdefault(number, []).append(when)) as page:
        page.wait_for_selector("article", timeout=300_000)
        taken = []
        for number in range(saves + 1):
            page.wait_for_timeout(pause * 1000)
            start = time.time()
            record.write_text(text.replace("title: ", f"title: {WORD}{number} ", 1), encoding="utf-8")
            while len(seen.get(number, [])) < len(("shown", "loaded anew")):
                page.wait_for_timeout(50)
            taken.append([when - start for when in seen[number]])
        record.write_text(text, encoding="utf-8")
    counted = taken[1:]  # the first compiles the templates
    return [first for first, *_ in counted], [second for _, second, *_ in counted]


@contextmanager
def serving(root: Path) -> Iterator[str]:
    """Serve the preview, and return the URL of its root."""
    command = [sys.executable, "-m", "smartguide", "-C", str(root), "serve", "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as server:
        assert server.stdout
        url = next(line.split()[1] for line in server.stdout if line.startswith("Serving "))
        try:
            yield url
        finally:
            server.send_signal(signal.SIGTERM)
            server.stdout.read()


@contextmanager
def opened(url: str, note: Callable[[int, float], object]) -> Iterator[Page]:
    """Open a page in a browser."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=browser_setup.find(), args=browser_setup.FLAGS)
        page = browser.new_page()
        page.expose_function("noteSeen", note)
        page.add_init_script(NOTE_WHEN_SEEN)
        page.goto(url, timeout=300_000)
        yield page
        browser.close()


def parts(root: Path) -> dict[str, float]:
    """Return the median seconds of the parts that come before the browser is told, each by itself."""
    project = Project.of(root)
    checker = Checker(project)
    env = environment([project.templates], checker.check().extensions.functions)
    record = root / EDITED
    text = record.read_text(encoding="utf-8")
    found: dict[str, list[float]] = {"watch": [], "read": [], "render": [], "check (afterwards)": []}
    for number in range(6):
        time.sleep(0.2)
        found["watch"].append(asyncio.run(_watched(project, record, f"{text}# {number}\n")))
        start = time.perf_counter()
        read = checker.read()
        read_at = time.perf_counter()
        page = page_at(read.base, URL)
        assert page
        Renderer(read.base, env=env).page(page)
        rendered_at = time.perf_counter()
        checker.check(read)
        end = time.perf_counter()
        found["read"].append(read_at - start)
        found["render"].append(rendered_at - read_at)
        found["check (afterwards)"].append(end - rendered_at)
    record.write_text(text, encoding="utf-8")
    return {what: statistics.median(taken[1:]) for what, taken in found.items()}


async def _watched(project: Project, record: Path, text: str) -> float:
    """Save a record, and return the seconds until that is known."""
    watching = changes(project)
    first = asyncio.ensure_future(anext(watching))
    await asyncio.sleep(0.5)
    start = time.perf_counter()
    record.write_text(text, encoding="utf-8")  # noqa: ASYNC240  # this is what is measured
    await first
    taken = time.perf_counter() - start
    await watching.aclose()  # type: ignore[attr-defined]
    return taken


if __name__ == "__main__":
    main()
