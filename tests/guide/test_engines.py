"""The Smart Guide under each engine: the same site, and pages of records that are what the engine would make of them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from smartguide import engines
from smartguide.pages.pages import Page, pages
from smartguide.session import load
from smartguide.site import build_date, theme_markup
from smartguide.site.style_sheets import StyleSheets
from tests.compared_sites import build, differences, made_by_engine, with_continued, with_edit_link
from tests.projects import ROOT

POLICY = re.compile(r'\n<meta http-equiv="Content-Security-Policy" content="[^"]*">')


@pytest.mark.parametrize("engine", [name for name in engines.NAMES if name != engines.DEFAULT])
def test_the_site_is_the_same_under_each_engine(site: Path, tmp_path: Path, engine: str) -> None:
    other = build(ROOT, engine, tmp_path / "site")
    assert differences(site, other) == []


def test_pages_are_what_the_engine_makes_of_their_macros(site: Path, tmp_path: Path) -> None:
    """Those of one record of each collection, and all indexes; the markup of the theme is corrected in both."""
    with build_date.dated(ROOT):  # on which pages say how old records are
        session = load(ROOT)
    wanted: dict[tuple[str, bool], Page] = {}
    for page in pages(session.checked.base):
        wanted.setdefault((page.url if page.is_index else page.collection.name, page.is_index), page)
    made = with_continued(session, wanted.values())
    theirs = made_by_engine(session, engines.DEFAULT, made, tmp_path)
    style_sheets = StyleSheets(site)
    for page in made:
        our, their = ((folder / page.url / "index.html").read_text("utf-8") for folder in (site, theirs))
        corrected = style_sheets.joined(theme_markup.corrected(their))
        assert POLICY.sub("", our) == with_edit_link(corrected, page), page.url
