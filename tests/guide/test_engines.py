"""The Smart Guide under each engine: the same site, and pages of records that are what the engine would make of them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from smartguide import engines
from smartguide.pages.pages import index_page, pages, record_page
from smartguide.session import load
from tests.compared_sites import build, differences, made_by_engine, search_of_zensical, with_edit_link
from tests.projects import ROOT

POLICY = re.compile(r'\n<meta http-equiv="Content-Security-Policy" content="[^"]*">')


@pytest.mark.parametrize("engine", [name for name in engines.NAMES if name != engines.DEFAULT])
def test_the_site_is_the_same_under_each_engine(site: Path, tmp_path: Path, engine: str) -> None:
    other = build(ROOT, engine, tmp_path / "site")
    assert differences(site, other) == []
    if engine == "zensical":
        assert len(search_of_zensical(other)) > 1


def test_pages_are_what_the_engine_makes_of_their_macros(site: Path, tmp_path: Path) -> None:
    """One record of each collection, and each index."""
    session = load(ROOT)
    made = {page.url for page in pages(session.checked.base)}
    wanted = [index_page(collection) for collection in session.checked.base.collections.values()]
    wanted += [
        record_page(record) for collection in session.checked.base.collections.values() for record in [*collection][:1]
    ]
    wanted = [page for page in wanted if page.url in made]
    theirs = made_by_engine(session, engines.DEFAULT, tuple(wanted), tmp_path)
    for page in wanted:
        our, their = ((folder / page.url / "index.html").read_text("utf-8") for folder in (site, theirs))
        assert POLICY.sub("", our) == with_edit_link(their, page), page.url
