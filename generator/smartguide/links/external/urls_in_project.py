"""Where the records, the chapters and the settings of a project hold URLs of other sites."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator

from smartguide.findings import Place
from smartguide.link_history.record_urls import HTTP, in_data, in_entry
from smartguide.links.external.urls_in_text import in_html, in_markdown, line_of
from smartguide.model.knowledge_base import Record
from smartguide.pages.text import prose_links
from smartguide.project import Project
from smartguide.reading import Listing
from smartguide.settings import FILE as SETTINGS
from smartguide.settings import SettingsError


def in_record(record: Record) -> Iterator[tuple[Place, str]]:
    """Yield the URLs that are values of a record, but for those of archived copies."""
    for path, url in in_entry(record.entry):
        yield record.place_of(*path), url


def in_prose(project: Project, record: Record) -> Iterator[tuple[Place, str]]:
    """Yield the URLs of the links in the prose of a record, each with its line."""
    for prose in record.entry.texts("x-prose"):
        for url in prose_links(prose.value):
            if HTTP.match(url):
                place = record.place_of(*prose.path)
                lines = (project.root / place.path).read_text(encoding="utf-8-sig").split("\n")
                yield Place(place.path, line_of(lines, url, place.line) or place.line, 1), url


def in_chapters(project: Project) -> Iterator[list[tuple[Place, str]]]:
    """Yield the URLs of each chapter."""
    for name in Listing.of(project.content).with_suffix(".md"):
        page = project.content / name
        path = page.relative_to(project.root).as_posix()
        text = page.read_text(encoding="utf-8-sig", errors="replace")
        yield [(Place(path, line, 1), url) for line, url in in_markdown(text)]


def in_settings(project: Project) -> Iterator[tuple[Place, str]]:
    """Yield the URLs in the settings of the site, but for its own: the repository, the navigation, HTML.

    Settings that cannot be used have none: a build reports what is wrong with them.
    """
    with contextlib.suppress(SettingsError):
        values = {key: value for key, value in project.settings.values.items() if key != "site_url"}
        text = (project.root / SETTINGS).read_text(encoding="utf-8-sig") if values else ""
        for url in [*in_html(text), *(url for _, url in in_data(values))]:
            yield Place(SETTINGS, line_of(text.split("\n"), url, 1) or 1, 1), url
