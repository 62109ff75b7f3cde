"""What the tests of link checks share: the small project, and short waits between tries."""

from __future__ import annotations

import functools
from pathlib import Path

import pytest

from smartguide.links.external import checking
from smartguide.links.external.fetching import RequestPolicy
from tests.generator import projects
from tests.projects import MakeProject


@pytest.fixture
def project(tmp_path: Path) -> MakeProject:
    """Return a function that makes a project: the small one, with some files changed, added or (None) taken away."""
    return lambda changes=None: projects.copy(tmp_path, changes)


@pytest.fixture(autouse=True)
def _short_backoff(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the command wait next to nothing between two tries; tests of the waiting itself do not use the command."""
    monkeypatch.setattr(checking, "RequestPolicy", functools.partial(RequestPolicy, backoff=0.01))
