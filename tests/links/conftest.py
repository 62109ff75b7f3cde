"""What the tests of links to other sites share."""

from __future__ import annotations

import functools

import pytest

from smartguide.links.external import checking as command


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the command wait next to nothing before it tries again; the waiting itself is tested without it."""
    monkeypatch.setattr(command, "Manners", functools.partial(command.Manners, backoff=0.01))
