"""URLs of other sites are collected from records, chapters and settings, with their places."""

from __future__ import annotations

from pathlib import Path

import pytest

from smartguide.checks.checking import check
from smartguide.findings import Place
from smartguide.links.external.archived_copies import urls_with_copy
from smartguide.links.external.collecting import UrlPlaces, collect
from smartguide.project import Project
from tests.generator.links.projects_with_links import WITH_LINKS
from tests.projects import MakeProject


def collected(root: Path) -> UrlPlaces:
    return collect(Project.of(root), check(root).base)


def test_urls_are_collected_from_records_chapters_and_settings_with_their_places(project: MakeProject) -> None:
    assert collected(project(WITH_LINKS)) == {
        "https://md.example/a": [Place("content/guide/page.md", 3, 1)],
        "https://md.example/b": [Place("content/guide/page.md", 5, 1)],
        "https://hut.example/": [
            Place("content/huts/stone-pass.yml", 3, 10),
            Place("content/tours/beta.yml", 6, 10),
        ],
        "https://prose.example/": [Place("content/tours/beta.yml", 12, 1)],
        "https://nav.example/": [Place("mkdocs.yml", 7, 1)],
        "https://settings.example/": [Place("mkdocs.yml", 3, 1)],
    }


def test_the_line_of_a_url_is_right_in_each_notation(project: MakeProject) -> None:
    text = (
        "[r]: https://a.example/ref\n\nA [x][r]\n[x](https://a.example/ab)\n[x](https://a.example/a)\n"
        "[x](https://a.example/é)\n[x](https://a.example/?a=1&amp;b=2)\n\u2028\n"
        '`<a href="https://a.example/code">`\n<a href="https://a.example/?c=1&amp;d=2">x</a>\n\n!!! note\n\n'
        "    !!! tip\n\n        [x](https://a.example/deep)\n"
    )
    found = collected(project({"content/guide/page.md": text}))
    assert {url.removeprefix("https://a.example/"): places[0].line for url, places in found.items()} == {
        "ref": 1,
        "ab": 4,
        "a": 5,
        "%C3%A9": 6,
        "?a=1&b=2": 7,
        "?c=1&d=2": 10,
        "deep": 16,
    }


@pytest.mark.parametrize("original", ["http://path.example:80/a", "http://PATH.example/a", "https://path.example/a"])
@pytest.mark.parametrize("name", ["content/guide/page.md", "content/tours/beta.yml"])
def test_a_copy_is_recognized_in_each_notation_of_its_original(project: MakeProject, original: str, name: str) -> None:
    text = f"[x](https://path.example/a) [copy](https://web.archive.org/web/2019/{original})"
    record = "name: B\nsubtitle: B\nkind: day tour\nguided: true\ndescription: '%s'\nsources:\n  - source: map\n"
    root = project({name: record % text if name.endswith("yml") else text})
    with_copy = urls_with_copy(Project.of(root), check(root).base)
    assert with_copy == set(collected(root)) == {"https://path.example/a"}


def test_a_url_with_a_copy_in_its_record_is_recognized(project: MakeProject) -> None:
    root = project(WITH_LINKS)
    assert urls_with_copy(Project.of(root), check(root).base) == {"https://hut.example/"}
