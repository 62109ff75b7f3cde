"""Which pages exist besides those that people write: a pure function of the knowledge base."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from smartguide.model import urls
from smartguide.model.catalogue import CATALOGUE, Breadcrumb
from smartguide.model.knowledge_base import Collection, KnowledgeBase, Record
from smartguide.pages.text import shortened


@dataclass(frozen=True)
class Page:
    """A page to be rendered: that of a record, or the index of a collection. All texts are plain.

    ``url`` is relative to the root of the site, ``edit`` the file to edit, relative to ``content/``. ``crumbs`` leads
    from the home page to the page. ``names`` are what else the subject is called, and ``boost`` how much more the page
    weighs in the search.
    """

    subject: Record | Collection
    url: str
    title: str
    description: str
    edit: str
    crumbs: tuple[Breadcrumb, ...] = ()
    names: tuple[str, ...] = ()
    boost: float = 1

    @property
    def collection(self) -> Collection:
        """The collection that the page belongs to."""
        return self.subject.collection if isinstance(self.subject, Record) else self.subject

    @property
    def source(self) -> str:
        """The path of the page in the folder of chapters, if it were one: ``books/emma.md``."""
        return urls.index_source(self.subject) if isinstance(self.subject, Collection) else urls.page_source(self.url)


def pages(base: KnowledgeBase) -> Iterator[Page]:
    """Yield the index page of each collection and the page of each record.

    A chapter takes the place of an index or of a record that has its URL.
    """
    taken = {urls.page(chapter) for chapter in base.chapters}
    for collection in base.collections.values():
        made = [index_page(collection)]
        if not collection.one_page:
            made += map(record_page, collection)
        yield from (page for page in made if page.url not in taken)


def page_at(base: KnowledgeBase, url: str) -> Page | None:
    """Return the page at a URL, relative to the root of the site; None if ``pages`` yields none there.

    It looks at that page alone, and so is quick however many there are.
    """
    if any(urls.page(chapter) == url for chapter in base.chapters):
        return None
    for collection in base.collections.values():
        index = urls.collection(collection)
        if url == index:
            return index_page(collection)
        if url.startswith(index) and not collection.one_page:
            record = collection.records.get(url.removeprefix(index).removesuffix("/"))
            if record is not None and urls.record(record) == url:
                return record_page(record)
    return None


def index_page(collection: Collection) -> Page:
    """Return the index page of a collection."""
    return Page(
        subject=collection,
        url=urls.collection(collection),
        title=collection.title,
        description=shortened(collection.intro),
        edit=CATALOGUE,
        crumbs=crumbs(collection)[:-1],
    )


def record_page(record: Record) -> Page:
    """Return the page of a record."""
    return Page(
        subject=record,
        url=urls.record(record),
        title=record.label,
        description=shortened(record.summary or record.label),
        edit=record.path.partition("/")[2],
        crumbs=crumbs(record.collection),
        names=tuple(_other_names(record)),
        boost=record.collection.boost,
    )


def crumbs(collection: Collection) -> tuple[Breadcrumb, ...]:
    """Return the way from the home page to the index of a collection, and with it to the pages of its records."""
    return (("Home", urls.HOME), *collection.breadcrumbs, (collection.title, urls.collection(collection)))


def _other_names(record: Record) -> list[str]:
    """Return what else the record is called: the values that its kind marks with ``x-search``, but for its name."""
    found = dict.fromkeys(value.value for value in record.entry.texts("x-search"))
    found.pop(record.label, None)
    return list(found)
