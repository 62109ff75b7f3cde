"""What the tests of link checks share: short waits between tries."""

from __future__ import annotations

import functools

import pytest

from smartguide.links.external import checking
from smartguide.links.external.fetching import RequestPolicy


@pytest.fixture(autouse=True)
def _short_backoff(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the command wait next to nothing between two tries; tests of the waiting itself do not use the command."""
    monkeypatch.setattr(checking, "RequestPolicy", functools.partial(RequestPolicy, backoff=0.01))
