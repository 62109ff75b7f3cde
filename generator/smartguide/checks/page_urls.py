"""The URLs of chapters: none takes the place of another page, unless it shows what that page would show."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from smartguide.checks.chapters import Chapter
from smartguide.findings import Finding, Place, key_path, quoted
from smartguide.model import urls
from smartguide.model.knowledge_base import KnowledgeBase
from smartguide.reading import Document

RULE = "taken-url"


def check(chapters: Iterable[Chapter], base: KnowledgeBase, catalogue: Document) -> Iterator[Finding]:
    """Yield the chapters that would hide another chapter, or the index of a collection without showing it.

    URLs that differ in capitals only are one on some systems.
    """
    indexes = {urls.collection(found).casefold(): found for found in base.collections.values()}
    first: dict[str, str] = {}
    for chapter in chapters:
        url = urls.page(chapter.name)
        other = first.setdefault(url.casefold(), chapter.name)
        if other != chapter.name:
            message = f"has the URL /{url}, and so has content/{other}"
            yield Finding(Place(f"content/{chapter.name}", 1, 1), RULE, message, hint="rename one of the two")
        found = indexes.get(url.casefold())
        if found is None or (found.name in chapter.indexes and url == urls.collection(found)):
            continue
        way = ("collections", found.name, "url")
        message = f"the list of the collection {quoted(found.name)} has the URL /{urls.collection(found)}, too"
        show = f'write {{{{ index_page("{found.name}") }}}} where the list is to stand, or rename the chapter'
        is_index = chapter.name.rpartition("/")[2] in {"index.md", "README.md"}
        if not is_index and "url" in catalogue.data["collections"][found.name]:
            message = f"the list would take the place of content/{chapter.name}"
            hint = "choose another URL, or rename the chapter"
            yield Finding(catalogue.value_at(way), RULE, message, key_path(way), hint)
        else:
            yield Finding(Place(f"content/{chapter.name}", 1, 1), RULE, message, hint=show)
