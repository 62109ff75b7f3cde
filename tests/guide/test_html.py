"""Every page is valid HTML: a browser or a screen reader that is stricter than ours must not be left guessing."""

from __future__ import annotations

from pathlib import Path

from tests.nu_checker import errors
from tests.page_kinds import kinds


def test_a_page_of_each_kind_is_valid_html(site: Path) -> None:
    pages = [site / url / "index.html" if not url.endswith(".html") else site / url for url in kinds(site)]
    assert errors(pages) == []
