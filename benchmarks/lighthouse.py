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

from tests import browser_setup
from tests.browsers import served
from tests.hosted import AsHosted
from tests.page_kinds import kinds

LIGHTHOUSE = "lighthouse@13.5.0"
CATEGORIES = {"performance": "speed", "accessibility": "access", "best-practices": "practice", "seo": "SEO"}
WANTED = 95


def main() -> int:
    """Print a line for each page, and return 1 if a score is too low."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("pages", nargs="*", help="URLs below the root of the site (default: a page of each kind)")
    parser.add_argument("--site", type=Path, default=Path("site"), help="folder of the built site (default: site)")
    options = parser.parse_args()
    browser = browser_setup.find()
    if browser is None:
        sys.exit(browser_setup.MISSING)
    low = 0
    print(*(f"{name:>8}" for name in CATEGORIES.values()), "  kB  page")
    with served(options.site.resolve(), handler=AsHosted) as root:
        for page in options.pages or kinds(options.site):
            scores, size = measured(root + page, browser)
            low += min(scores) < WANTED
            print(*(f"{score:8}" for score in scores), f"{size:4}  /{page}", flush=True)
    print(f"{low} pages have a score below {WANTED}" if low else f"all scores are {WANTED} or more")
    return 1 if low else 0


def measured(url: str, browser: Path) -> tuple[list[int], int]:
    """Return the scores of a page, and how many kB it takes to show it."""
    npm = Path(sysconfig.get_path("scripts"), "npm")
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder, "report.json")
        command = [
            *(npm, "exec", "--yes", f"--package={LIGHTHOUSE}", "--", "lighthouse", url),
            *("--output=json", f"--output-path={report}", "--quiet", "--no-enable-error-reporting"),
            f"--only-categories={','.join(CATEGORIES)}",
            "--chrome-flags=--headless=new --no-sandbox --disable-gpu",
        ]
        subprocess.run(command, env={**os.environ, "CHROME_PATH": str(browser)}, check=True)
        found = json.loads(report.read_text(encoding="utf-8"))
    scores = [round(100 * (found["categories"][name]["score"] or 0)) for name in CATEGORIES]
    return scores, round(found["audits"]["total-byte-weight"]["numericValue"] / 1000)


if __name__ == "__main__":
    sys.exit(main())
