"""Which pages of the site a change touches, found from the records and the links between them; nothing is rendered."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import NamedTuple

from smartguide.changes.values import What
from smartguide.checks.chapters import Chapter
from smartguide.model import urls
from smartguide.model.knowledge_base import KnowledgeBase, Record
from smartguide.pages.pages import index_pages


class ChangedPage(NamedTuple):
    """A page: its URL, whether it is new, gone or changed, and why it changes.

    ``shows`` is whether it changes only because it shows something of a record that has a page of its own.
    """

    url: str
    what: What
    why: tuple[str, ...]
    shows: bool


def pages(
    base: KnowledgeBase,
    head: KnowledgeBase,
    touched: Collection[Record],
    changed: Mapping[str, What],
    chapters: Iterable[Chapter],
) -> Iterator[ChangedPage]:
    """Yield the pages that a change touches, by URL.

    ``touched`` are the records that are new, gone or changed, in either state; ``changed`` says what happens at the
    URLs of chapters that change, ``chapters`` are all of them. They are the page of each record, the index of its
    collection, the pages of the records that it refers to or that refer to it, of those before and after one that is
    new or gone, and the chapters whose macros name it or its collection. What templates show besides is not known.
    """
    before, after = _all(base), _all(head)
    own: dict[str, set[str]] = {}
    others: dict[str, set[str]] = {}
    for record in touched:
        name = f"{record.collection.kind.title}: {record.label}"
        own.setdefault(_page(record), set()).add(name)
        for collection in (found.collections.get(record.collection.name) for found in (base, head)):
            if collection is not None:
                others.setdefault(urls.collection(collection), set()).add(f"lists {record.collection.title}")
        for reference in record.references:
            others.setdefault(_page(reference.target), set()).add(f"shows {record.label}")
        for reference in record.referenced_by:
            others.setdefault(_page(reference.source), set()).add(f"shows {record.label}")
        if not (base.get(*record.entry.key) and head.get(*record.entry.key)):
            for neighbour in filter(None, record.neighbours):
                others.setdefault(_page(neighbour), set()).add(f"leads to {record.label}")
    for chapter in chapters:
        if found := set(_named(chapter, touched)):
            others.setdefault(urls.page(chapter.name), set()).update(found)
    for url in sorted({*own, *others, *changed}):
        if url in changed:
            what = changed[url]
        else:
            what = What.CHANGED if url in before and url in after else What.ADDED if url in after else What.REMOVED
        why = own.get(url) or ({"its text"} if url in changed else others[url])
        yield ChangedPage(url, what, tuple(sorted(why)), shows=url not in own and url not in changed)


def _named(chapter: Chapter, touched: Collection[Record]) -> Iterator[str]:
    """Yield what the macros of a chapter show of some records."""
    labels = {record.entry.key: record.label for record in touched}
    titles = {record.collection.name: record.collection.title for record in touched}
    for named, _ in chapter.named:
        given = named.given or {}
        collection, record_id = given.get("collection", ""), given.get("record_id", "")
        if (collection, record_id) in labels:
            yield f"shows {labels[collection, record_id]}"
        elif not record_id and collection in titles:
            yield f"shows {titles[collection]}"


def _page(record: Record) -> str:
    """Return the URL of the page that a record stands on."""
    return urls.record(record).partition("#")[0]


def _all(base: KnowledgeBase) -> set[str]:
    """Return the URLs of all pages."""
    found = {_page(record) for record in base} | {urls.page(chapter) for chapter in base.chapters}
    return found | {page.url for collection in base.collections.values() for page in index_pages(collection)}
