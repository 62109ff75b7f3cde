"""What all tests share: how many examples are tried, a browser, and the real records and site."""

from __future__ import annotations

import importlib
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from smartguide.building import build_site
from smartguide.checks.checking import Checked, check
from tests import browser_setup
from tests.browsers import PATIENCE, NewContext, NewPage, watch
from tests.built_sites import made_once
from tests.processes import smartguide, start
from tests.projects import ROOT, Changes, FindingsOf, MakeProject, write

__all__ = ["ROOT", "SMALL", "smartguide", "start", "write"]  # for tests that still ask for them here

for name in ("mkdocs.commands.build", "mkdocs_macros.plugin", "smartguide.engines.mkdocs_plugin"):
    importlib.import_module(name)  # once: engines work in copies of this process, and each would import them again

expect.set_options(timeout=PATIENCE)

# The same few examples in every run of the tests; many and always others for `make fuzz`.
settings.register_profile("ci", derandomize=True, deadline=None, max_examples=60)
settings.register_profile("long", deadline=None, max_examples=1_000, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("long" if os.environ.get("SMART_GUIDE_FUZZ") else "ci")

SMALL: dict[str, str | bytes] = {
    "content/catalogue.yml": """
        extensions: [extensions/country_codes.py, extensions/country_names.py, extensions/counts.py, extensions/relations.py, extensions/rules.py]
        collections:
          partnerships: {schema: partnership, standalone: true, records: !include partnerships/*.yml}
          partners: {schema: partner, records: !include partners/*.yml}
          sectors: {schema: sector, records: !include sectors.yml}
          countries: {schema: country, records: !include countries.yml}
          markets: {schema: market, records: !include markets.yml}
          regions: {schema: region, records: !include regions.yml}
          sources: {schema: source, records: !include sources.yml}
          calls: {schema: call, standalone: true, records: !include calls.yml}
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
        de: {code: DE, name: Germany, eu_member: true}
        fr: {code: FR, name: France, eu_member: true}
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


@pytest.fixture
def project(tmp_path: Path) -> MakeProject:
    """Return a function that makes a project: the small one, with some files changed, added or (None) taken away."""

    def make(changes: Changes | None = None) -> Path:
        files = {**SMALL, **(changes or {})}
        for name in ("schemas", "templates", "extensions"):
            shutil.copytree(ROOT / name, tmp_path / name, dirs_exist_ok=True)
        write(tmp_path, {name: content for name, content in files.items() if content is not None})
        return tmp_path

    return make


@pytest.fixture
def site_project(project: MakeProject) -> MakeProject:
    """Return a function that makes a project which can be built: with the theme and the settings of the real one."""

    def make(changes: Changes | None = None) -> Path:
        settings = (ROOT / "mkdocs.yml").read_text(encoding="utf-8").partition("\nnav:\n")[0]
        root = project(
            {
                "mkdocs.yml": settings + "\n",
                "content/index.md": "# Home\n\n{{ part('collections') }}\n",
                "content/contribute.md": "# Contribute\n\n{{ record_form() }}\n",
                **(changes or {}),
            }
        )
        shutil.copytree(ROOT / "theme", root / "theme")
        return root

    return make


@pytest.fixture
def findings_of(project: MakeProject) -> FindingsOf:
    """Return a function that makes a project and says what is wrong with it, a line each."""

    def find(changes: Changes | None = None) -> list[str]:
        found = [finding.as_text() for finding in check(project(changes)).findings]
        return [line for line in found if not line.startswith("extensions/")]  # rules for collections that it has not

    return find


@pytest.fixture(scope="session")
def real() -> Checked:
    """Return the real records, checked."""
    return check(ROOT)


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """Return the folder of the real site, built once, also when several workers run the tests."""
    return made_once(tmp_path_factory, worker_id, "site", lambda folder: build_site(ROOT, folder, strict=True))


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


@pytest.fixture
def problems() -> list[str]:
    """Return what went wrong in the pages of the test so far; a test that expects it clears the list."""
    return []


@pytest.fixture
def new_context(browser: Browser, problems: list[str]) -> Iterator[NewContext]:
    """Return a function that makes a browser profile of its own; whatever goes wrong in its pages fails the test."""
    contexts = []

    def make(**options: Any) -> BrowserContext:
        context = browser.new_context(**{"locale": "en-GB", "reduced_motion": "reduce", **options})
        context.set_default_timeout(PATIENCE)
        context.on("page", lambda page: watch(page, problems))
        contexts.append(context)
        return context

    yield make
    for context in contexts:
        context.close()
    assert not problems


@pytest.fixture
def new_page(new_context: NewContext) -> NewPage:
    """Return a function that opens a page in a profile of its own."""
    return lambda **options: new_context(**options).new_page()


@pytest.fixture
def page(new_page: NewPage) -> Page:
    """Return a page in a profile of its own."""
    return new_page()
