"""Where the indexes of collections stand in the navigation of the settings; their records belong to the same place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from smartguide.model import urls
from smartguide.model.catalogue import Breadcrumb


@dataclass(frozen=True)
class NavigationPlace:
    """The place of a page in a navigation.

    ``number`` is that of the entry of the top level that it is in, from 1; ``sections`` are the sections above it, each
    with the URL of its first page.
    """

    number: int
    sections: tuple[Breadcrumb, ...] = ()


Places = Mapping[str, NavigationPlace]
"""The places of pages by their files, relative to ``content/``: ``books/index.md``."""


def places(navigation: Any) -> Places:
    """Return the places of the pages that a navigation (``nav`` of the settings) names; the first one of each page."""
    found: dict[str, NavigationPlace] = {}
    for number, entry in enumerate(navigation if isinstance(navigation, list) else [], 1):
        for file, sections in _named(entry, ()):
            found.setdefault(file, NavigationPlace(number, sections))
    return found


def _named(entry: Any, above: tuple[Breadcrumb, ...]) -> Iterator[tuple[str, tuple[Breadcrumb, ...]]]:
    """Yield the files that an entry of a navigation names, each with the sections above it."""
    if isinstance(entry, str):
        yield entry, above
    elif isinstance(entry, list):
        for one in entry:
            yield from _named(one, above)
    elif isinstance(entry, dict):
        for title, below in entry.items():
            first = _first_file(below)
            is_section = isinstance(below, list) and first.endswith(".md")
            yield from _named(below, (*above, (str(title), urls.page(first))) if is_section else above)


def _first_file(entries: Any) -> str:
    """Return the first file of a section; an empty string if the section begins with another one."""
    first = entries[0] if isinstance(entries, list) and entries else ""
    if isinstance(first, dict):
        first = next(iter(first.values()), "")
    return first if isinstance(first, str) else ""
