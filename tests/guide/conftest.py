"""What the tests of the guide share: its records as plain data."""

from __future__ import annotations

from pathlib import Path

import pytest

from smartguide.checks.checking import Checked
from tests.guide.records import Published, Records, written


@pytest.fixture(scope="session")
def records(real: Checked) -> Records:
    """Return the records as people wrote them."""
    return written(real)


@pytest.fixture(scope="session")
def published(site: Path) -> Published:
    """Return the records as the API of the built site gives them."""
    return Published(site)
