"""Measure a page of each kind of the built site with Lighthouse, as on a phone, and print its four scores.

``make site``, then ``python -m benchmarks.lighthouse`` (or with the URLs of some pages: ``guide/statistics/ plan/``).
Lighthouse is large, so it is not among the packages of the project: npm fetches it when it is first asked for.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import sysconfig
import tempfile
from pathlib import Path
from typing import Any

from tests import browser_setup
from tests.browsers import served
from tests.hosted import AsHosted
from tests.page_kinds import kinds

LIGHTHOUSE = "lighthouse@13.5.0"
CATEGORIES = {"performance": "speed", "accessibility": "access", "best-practices": "practice", "seo": "SEO"}
METRICS = {"largest-contentful-paint": "LCP s", "total-blocking-time": "TBT ms", "cumulative-layout-shift": "CLS"}
"""What the speed is made of. The blocking time says nothing of the page if the machine is busy with other things."""
WANTED = 95
SLOWDOWN = 4.0
"""So many times slower than this machine Lighthouse takes a phone to be: right for a quick one."""
PHONE = 264
"""The benchmark index of a low-tier phone, as Chrome's developer tools calibrate their throttling. No slower one is
simulated: a machine with an index below 1,000 is too slow for Lighthouse's usual slowdown, as it warns itself."""


def main() -> int:
    """Print a line for each page, and return 1 if a score is too low."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("pages", nargs="*", help="URLs below the root of the site (default: a page of each kind)")
    parser.add_argument("--site", type=Path, default=Path("site"), help="folder of the built site (default: site)")
    options = parser.parse_intermixed_args()
    browser = browser_setup.find()
    if browser is None:
        sys.exit(browser_setup.MISSING)
    low = 0
    pages = options.pages or kinds(options.site)
    with served(options.site.resolve(), handler=AsHosted) as root:
        index = measured(root + pages[0], browser, SLOWDOWN)["environment"]["benchmarkIndex"]
        slowdown = max(1.0, min(SLOWDOWN, index / PHONE))
        print(f"benchmark index {index:.0f}: the processor is slowed down {slowdown:.1f} times")
        print(*(f"{name:>8}" for name in (*CATEGORIES.values(), *METRICS.values())), "  kB  page")
        for page in pages:
            report = measured(root + page, browser, slowdown)
            scores = [round(100 * (report["categories"][name]["score"] or 0)) for name in CATEGORIES]
            lcp, tbt, cls, size = (report["audits"][name]["numericValue"] for name in (*METRICS, "total-byte-weight"))
            low += min(scores) < WANTED
            figures = f"{lcp / 1000:8.1f} {tbt:8.0f} {cls:8.2f} {size / 1000:4.0f}"
            print(*(f"{score:8}" for score in scores), f"{figures}  /{page}", flush=True)
    print(f"{low} pages have a score below {WANTED}" if low else f"all scores are {WANTED} or more")
    return 1 if low else 0


def measured(url: str, browser: Path, slowdown: float) -> dict[str, Any]:
    """Return the report of Lighthouse on a page, on a processor that is so many times slower than this one."""
    npm = Path(sysconfig.get_path("scripts"), "npm")
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder, "report.json")
        command: list[str | Path] = [
            *(npm, "exec", "--yes", f"--package={LIGHTHOUSE}", "--", "lighthouse", url),
            *("--output=json", f"--output-path={report}", "--quiet", "--no-enable-error-reporting"),
            f"--throttling.cpuSlowdownMultiplier={slowdown}",
            f"--only-categories={','.join(CATEGORIES)}",
            "--chrome-flags=--headless=new --no-sandbox --disable-gpu",
        ]
        subprocess.run(command, env={**os.environ, "CHROME_PATH": str(browser)}, check=True)
        found: dict[str, Any] = json.loads(report.read_text(encoding="utf-8"))
    return found


if __name__ == "__main__":
    sys.exit(main())
