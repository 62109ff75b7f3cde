"""The real site in a real browser."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import lxml.html
import pytest
from playwright.sync_api import Page

from tests.browsers import NewPage, served
from tests.guide.browser.plans import full_plan, keep, visit
from tests.guide.records import Published

__all__ = ["NewPage", "served"]  # for tests that still ask for them here

Json = dict[str, Any]


@pytest.fixture(scope="session")
def folder(request: pytest.FixtureRequest) -> Path:
    """Return the folder of the site: the real one, built for the tests, or the one that SMART_GUIDE_SITE names."""
    if named := os.environ.get("SMART_GUIDE_SITE"):
        return Path(named).resolve()
    site: Path = request.getfixturevalue("site")
    return site


@pytest.fixture(scope="session")
def published(folder: Path) -> Published:
    """Return the records as the API of that site gives them."""
    return Published(folder)


@pytest.fixture(scope="session")
def server(folder: Path) -> Iterator[str]:
    """Serve the site, and return its address."""
    with served(folder) as address:
        yield address


@pytest.fixture(scope="session")
def guide(folder: Path) -> dict[str, Any]:
    """Return what the page of the plan knows: all actions with their steps, all challenges with their actions."""
    script = lxml.html.parse(folder / "plan" / "index.html").getroot().get_element_by_id("sg-plan-data")
    known: dict[str, Any] = json.loads(script.text)
    return known


@pytest.fixture(scope="session")
def actions(guide: Json) -> list[Json]:
    """Return three actions with at least two steps."""
    return [one for one in guide["actions"] if len(one["steps"]) > 1][:3]


@pytest.fixture(scope="session")
def address(server: str) -> str:
    return f"{server}plan/"


@pytest.fixture
def filled(page: Page, server: str, address: str, actions: list[Json]) -> Page:
    """Return the page of a plan with three actions."""
    keep(page, server, full_plan(actions))
    return visit(page, address)
