"""Which pages of the site a change touches, found from the records and the links between them; nothing is rendered."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from smartguide.changes.values import What
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
    base: KnowledgeBase, head: KnowledgeBase, touched: Iterable[Record], chapters: Mapping[str, What]
) -> Iterator[ChangedPage]:
    """Yield the pages that a change touches, by URL.

    ``touched`` are the records that are new, gone or changed, in either state; ``chapters`` says what happens at the
    URLs of chapters. They are the page of each record, the index of its collection, the pages of the records that it
    refers to or that refer to it, and of those before and after one that is new or gone. What templates and chapters
    show besides is not known.
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
    for url in sorted({*own, *others, *chapters}):
        if url in chapters:
            what = chapters[url]
        else:
            what = What.CHANGED if url in before and url in after else What.ADDED if url in after else What.REMOVED
        why = own.get(url) or others.get(url) or {"chapter"}
        yield ChangedPage(url, what, tuple(sorted(why)), shows=url not in own and url not in chapters)


def _page(record: Record) -> str:
    """Return the URL of the page that a record stands on."""
    return urls.record(record).partition("#")[0]


def _all(base: KnowledgeBase) -> set[str]:
    """Return the URLs of all pages of records and lists."""
    found = {_page(record) for record in base}
    return found | {page.url for collection in base.collections.values() for page in index_pages(collection)}
