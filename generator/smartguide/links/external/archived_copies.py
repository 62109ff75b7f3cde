"""URLs that have an archived copy beside them, so that readers can do without the URL itself."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from smartguide.findings import Place
from smartguide.link_history.record_urls import in_entry, key_for_copy, with_copy, without_fragment
from smartguide.links.external.urls_in_project import in_chapters, in_prose
from smartguide.model.knowledge_base import KnowledgeBase
from smartguide.project import Project

_COPY: Final = re.compile(r"https?://web\.archive\.org/web/[^/]+/(?P<original>https?://.+)", re.IGNORECASE)


def is_copy(url: str) -> bool:
    """Tell whether a URL is that of an archived copy in the Wayback Machine."""
    return _COPY.match(url) is not None


def urls_with_copy(project: Project, base: KnowledgeBase) -> set[str]:
    """Return the URLs that have an archived copy beside them: in the same record, or in the same chapter."""
    found = {without_fragment(url) for record in base for url in with_copy(record.entry)}
    for links in in_chapters(project):
        found.update(_with_copy_in_text(url for _, url in links))
    for record in base:
        found.update(_with_copy_in_text(url for _, url in in_prose(project, record)))
    return found


def keys_for_copies(base: KnowledgeBase) -> dict[Place, str]:
    """Return the places of URLs in records, each with the key beside it that takes an archived copy."""
    found = {}
    for record in base:
        for path, _ in in_entry(record.entry):
            if key := key_for_copy(record.entry, path):
                found[record.place_of(*path)] = key
    return found


def _with_copy_in_text(urls: Iterable[str]) -> set[str]:
    urls = list(urls)
    originals = {_normalized(copy["original"]) for copy in map(_COPY.match, urls) if copy}
    return {without_fragment(url) for url in urls if _normalized(url) in originals}


def _normalized(url: str) -> str:
    """Return what is the same for all URLs that the Wayback Machine takes for one page.

    It writes ``http://x.example:80/`` for ``https://X.example``.
    """
    scheme, _, rest = without_fragment(url).partition("://")
    host, _, path = rest.partition("/")
    return f"{host.lower().removesuffix(':443' if scheme == 'https' else ':80')}/{path}"
