"""What several tests need: small projects made of a dict of files, checked or built in a folder of their own."""

from __future__ import annotations

import fcntl
import os
import shutil
import signal
import subprocess
import sys
import textwrap
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from playwright.sync_api import Browser, sync_playwright

from smartguide.building import build_site
from smartguide.checks.checking import Checked, check
from tests import browser_setup

ROOT = Path(__file__).resolve().parent.parent
COMMAND = (sys.executable, "-m", "smartguide.cli", "-C")

# The same few examples in every run of the tests; many and always others for `make fuzz`.
settings.register_profile("ci", derandomize=True, deadline=None, max_examples=60)
settings.register_profile("long", deadline=None, max_examples=1_000, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("long" if os.environ.get("SMART_GUIDE_FUZZ") else "ci")

Files = dict[str, str | bytes]
"""Paths below the project's folder, and what the files hold."""

SMALL: Files = {
    "content/catalogue.yml": """
        collections:
          partnerships: {schema: partnership, records: !include partnerships/*.yml}
          partners: {schema: partner, records: !include partners/*.yml}
          sectors: {schema: sector, records: !include sectors.yml}
          countries: {schema: country, records: !include countries.yml}
          markets: {schema: market, records: !include markets.yml}
          regions: {schema: region, records: !include regions.yml}
          sources: {schema: source, records: !include sources.yml}
          calls: {schema: call, records: !include calls.yml}
        """,
    "content/partnerships/alpha.yml": """
        acronym: Alpha
        title: The first of all partnerships
        kind: ESCP-4i
        generation: 1
        strand: "1"
        eu_funded: true
        call: first
        sectors: [digital]
        partners:
          - partner: bridge-builders
          - partner: path-finders
        target_markets: [CA]
        target_regions: [north-africa]
        sources:
          - source: guide
        """,
    "content/partners/bridge-builders.yml": """
        name: Bridge Builders
        aliases: [Brückenbauer e.V.]
        country: DE
        sources:
          - source: guide
        """,
    "content/partners/path-finders.yml": """
        name: Path Finders
        country: FR
        sources:
          - source: guide
        """,
    "content/sectors.yml": "digital: {name: Digital, description: Anything with a plug.}",
    "content/countries.yml": """
        de: {code: DE, name: Germany}
        fr: {code: FR, name: France}
        """,
    "content/markets.yml": """
        ca: {code: CA, name: Canada}
        """,
    "content/regions.yml": "north-africa: {name: North Africa}",
    "content/sources.yml": "guide: {title: A guide, publisher: Somebody, kind: report, description: It guides.}",
    "content/calls.yml": """
        first:
          title: The first call
          year: 2014
          kind: ESCP-4i
          description: It asked.
          sources: [{source: guide}]
        """,
}
"""A small project in which nothing is wrong."""


def write(root: Path, files: Files) -> None:
    """Write files below a folder; the indentation that they have in a test is taken away."""
    for name, content in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if isinstance(content, bytes):
            path.write_bytes(content)
        else:
            path.write_text(textwrap.dedent(content).lstrip("\n"), encoding="utf-8")


def smartguide(
    root: Path,
    *arguments: str,
    cwd: Path = ROOT,
    timeout: float = 300,
    prepare: Callable[[], None] | None = None,
    **environment: str,
) -> subprocess.CompletedProcess[str]:
    """Run the command on the project in a folder, in a process of its own, and return what it said.

    ``cwd`` is where its code is taken from, ``timeout`` the seconds that it may take; ``prepare`` is called in the new
    process before it begins.
    """
    return subprocess.run(
        [*COMMAND, str(root), *arguments],
        cwd=cwd,
        env={**os.environ, **environment},
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=timeout,
        preexec_fn=prepare,
    )


def start(root: Path, *arguments: str, **options: Any) -> subprocess.Popen[str]:
    """Begin to run the command on the project in a folder, with the options of Popen.

    Ctrl-C ends it also where the tests themselves run in the background, where shells let programs ignore it.
    """
    return subprocess.Popen(
        [*COMMAND, str(root), *arguments],
        cwd=ROOT,
        encoding="utf-8",
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # noqa: PLW1509 - no thread holds a lock
        **options,
    )


@pytest.fixture
def project(tmp_path: Path) -> Callable[..., Path]:
    """Return a function that makes a project: the small one, with some files changed, added or (None) taken away."""

    def make(changes: dict[str, str | bytes | None] | None = None) -> Path:
        files = {**SMALL, **(changes or {})}
        for name in ("schemas", "templates"):
            shutil.copytree(ROOT / name, tmp_path / name, dirs_exist_ok=True)
        write(tmp_path, {name: content for name, content in files.items() if content is not None})
        return tmp_path

    return make


@pytest.fixture
def site_project(project: Callable[..., Path]) -> Callable[..., Path]:
    """Return a function that makes a project which can be built: with the theme and the settings of the real one."""

    def make(changes: dict[str, str | bytes | None] | None = None) -> Path:
        settings = (ROOT / "mkdocs.yml").read_text(encoding="utf-8").partition("\nnav:\n")[0]
        root = project(
            {
                "mkdocs.yml": settings.replace("include_dir: templates", "include_dir: content") + "\n",
                "content/index.md": "# Home\n\n{{ part('collections') }}\n",
                **(changes or {}),
            }
        )
        shutil.copytree(ROOT / "theme", root / "theme")
        return root

    return make


@pytest.fixture
def findings_of(project: Callable[..., Path]) -> Callable[..., list[str]]:
    """Return a function that makes a project and says what is wrong with it, a line each."""

    def find(changes: dict[str, str | bytes | None] | None = None) -> list[str]:
        return [finding.as_text() for finding in check(project(changes)).findings]

    return find


@pytest.fixture(scope="session")
def real() -> Checked:
    """Return the real records, checked."""
    return check(ROOT)


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """Return the folder of the real site, built once, also when several workers run the tests."""
    shared = tmp_path_factory.getbasetemp() if worker_id == "master" else tmp_path_factory.getbasetemp().parent
    folder = shared / "site"
    with (shared / "site.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not folder.exists():
            build_site(ROOT, folder, strict=True)
    return folder


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Start a browser; for each module, as Playwright leaves an event loop running that other tests would trip over."""
    found = browser_setup.find()
    if found is None:
        pytest.fail(browser_setup.MISSING)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, headless=True, args=browser_setup.FLAGS)
        yield browser
        browser.close()
