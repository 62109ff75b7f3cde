"""How pages write what records hold in another form."""

from __future__ import annotations

import pytest

from smartguide.pages.formats import host


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("https://www.lake.example/huts?a=1", "lake.example"),
        ("http://lake.example", "lake.example"),
        ("mailto:huts@lake.example", "huts@lake.example"),
    ],
)
def test_a_link_shows_its_host_or_address(url: str, shown: str) -> None:
    assert host(url) == shown
