"""Which pages exist besides those that people write: a pure function of the knowledge base.

A page is a path, some front matter, and a body that is one macro call, so that every engine that runs the macros can
build it: MkDocs gets the pages in memory, ``smartguide eject`` writes them to disk for any other.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from smartguide.model import urls
from smartguide.model.knowledge_base import Collection, KnowledgeBase, Record
from smartguide.pages.text import entities, shortened


@dataclass(frozen=True)
class Page:
    """A page to be made.

    ``path`` is its place in the docs directory, ``title`` its title as plain text, ``body`` its Markdown, ``edit`` the
    file to edit (relative to the repository), ``crumbs`` the way from the home page to it as (label, url).
    """

    path: str
    title: str
    body: str
    edit: str = ""
    crumbs: tuple[tuple[str, str], ...] = ()
    meta: dict[str, Any] = field(default_factory=dict)

    @property
    def source(self) -> str:
        """The page as a Markdown file with front matter."""
        front = {"title": entities(self.title), **self.meta}
        if self.crumbs:
            front["crumbs"] = [[entities(label), url] for label, url in self.crumbs]
        lines = [f"{key}: {json.dumps(value, ensure_ascii=False)}" for key, value in front.items()]
        return "\n".join(["---", *lines, "---", "", self.body, ""])


def pages(base: KnowledgeBase) -> Iterator[Page]:
    """Yield the index page of each collection and the page of each record."""
    for collection in base.collections.values():
        yield _index(collection)
        if not collection.one_page:
            for record in collection:
                yield _record(record)


def _index(collection: Collection) -> Page:
    meta = {"description": entities(shortened(collection.intro))} if collection.intro else {}
    crumbs = _crumbs(collection)[:-1]
    body = f'{{{{ index_page("{collection.name}") }}}}'
    return Page(urls.index_source(collection), collection.title, body, "content/catalogue.yml", crumbs, meta)


def _record(record: Record) -> Page:
    description = shortened(record.summary or record.label)
    meta: dict[str, Any] = {
        "description": entities(description),
        "hide": ["navigation"],
        "search": {"boost": record.collection.boost},
    }
    if names := [entities(name) for name in _other_names(record)]:
        meta["tags"] = names  # which the search weighs most of all
    body = f'{{{{ record_page("{record.collection.name}", "{record.id}") }}}}'
    return Page(
        urls.page_source(urls.record(record)), record.label, body, record.path, _crumbs(record.collection), meta
    )


def _other_names(record: Record) -> list[str]:
    """Return what else the record is called: the values that its kind marks with ``x-search``, but for its name."""
    found = dict.fromkeys(value.value for value in record.entry.texts("x-search"))
    found.pop(record.label, None)
    return list(found)


def _crumbs(collection: Collection) -> tuple[tuple[str, str], ...]:
    """Return the way from the home page to the index of a collection."""
    return (("Home", urls.HOME), *collection.breadcrumbs, (collection.title, urls.collection(collection)))
