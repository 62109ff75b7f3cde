"""Which pages exist besides those that people write: a pure function of the knowledge base."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from smartguide.model import urls
from smartguide.model.catalogue import CATALOGUE, Breadcrumb
from smartguide.model.knowledge_base import Collection, KnowledgeBase, Record
from smartguide.pages.pagination import LARGEST_INDEX, ListPage, Pagination, paginated
from smartguide.pages.text import shortened
from smartguide.quality import overview


@dataclass(frozen=True)
class Page:
    """A page to be rendered: that of a record, or a page of the index of a collection. All texts are plain.

    ``url`` is relative to the root of the site, ``edit`` the file to edit, relative to ``content/``. ``crumbs`` leads
    from the home page to the page. ``boost`` is how much more the page weighs in the search. Of an index, ``index`` is
    the list of all its records and ``part`` what this page shows of it. ``is_quality`` tells whether the page says of
    these records how good they are.
    """

    subject: Record | Collection
    url: str
    title: str
    description: str
    edit: str
    crumbs: tuple[Breadcrumb, ...] = ()
    boost: float = 1
    index: Pagination | None = field(default=None, repr=False, compare=False)
    part: ListPage | None = field(default=None, repr=False, compare=False)
    is_quality: bool = False

    @property
    def collection(self) -> Collection:
        """The collection that the page belongs to."""
        return self.subject.collection if isinstance(self.subject, Record) else self.subject

    @property
    def is_index(self) -> bool:
        """Whether this is the index of a collection, or its first page, which can stand in the navigation."""
        return self.url == urls.collection(self.collection)

    def continued(self, url: str, title: str, description: str) -> Page:
        """Return a page that continues a list of this one."""
        way = crumbs(self.collection)
        return Page(self.subject, url, title, description, self.edit, way)

    @property
    def source(self) -> str:
        """The path of the page in the folder of chapters, if it were one: ``books/emma.md``."""
        return urls.index_source(self.collection) if self.is_index else urls.page_source(self.url)


def pages(base: KnowledgeBase) -> Iterator[Page]:
    """Yield the pages of the index of each collection, and the page of each record.

    A chapter takes the place of a page that has its URL. What continues a long list of a page is known when the page is
    rendered (``Rendered.continued``).
    """
    taken = {urls.page(chapter) for chapter in base.chapters}
    for collection in base.collections.values():
        made = [*index_pages(collection), *quality_pages(collection)]
        if not collection.one_page:
            made += map(record_page, collection)
        yield from (page for page in made if page.url not in taken)


def index_pages(collection: Collection) -> list[Page]:
    """Return the pages of the index of a collection: one, or more for a large one.

    Where the records share a page they stay on it, as each has its place there by its anchor, for ever.
    """
    records = collection.by_name()
    most = len(records) + 1 if collection.one_page else LARGEST_INDEX
    index = paginated(collection.title, records, most, lambda number: urls.index_page(collection, number))
    return [_index_page(collection, index, part) for part in index.pages]


def quality_pages(collection: Collection) -> list[Page]:
    """Return the pages that say how good the records of a collection are, the least complete first; often none."""
    if not overview.has_list(collection):
        return []
    records = overview.least_complete_first(collection)
    title = f"{collection.title}: quality of the records"
    index = paginated(title, records, LARGEST_INDEX, lambda number: urls.quality_page(collection, number))
    description = f"How old and how complete the records are, and what is missing: {collection.title}"
    return [
        Page(
            collection,
            part.url,
            title if part.number == 1 else f"{title}, page {part.number} of {len(index.pages)}",
            shortened(description),
            CATALOGUE,
            crumbs(collection),
            index=index,
            part=part,
            is_quality=True,
        )
        for part in index.pages
    ]


def _index_page(collection: Collection, index: Pagination, part: ListPage) -> Page:
    title, description, way = collection.title, shortened(collection.intro), crumbs(collection)
    if part.number == 1:
        way = way[:-1]
    else:
        title = f"{title}, page {part.number} of {len(index.pages)}"
        description = f"{collection.title} from {part.names}"
    return Page(collection, part.url, title, description, CATALOGUE, way, index=index, part=part)


def page_at(base: KnowledgeBase, url: str) -> Page | None:
    """Return the page at a URL, relative to the root of the site; None if ``pages`` yields none there.

    It looks at that page alone, and so is quick however many there are. Of a page that continues a list, the page that
    the list begins on is returned.
    """
    url = urls.begun(url)
    if any(urls.page(chapter) == url for chapter in base.chapters):
        return None
    for collection in base.collections.values():
        index = urls.collection(collection)
        if not url.startswith(index):
            continue
        record = None if collection.one_page else collection.records.get(url.removeprefix(index).removesuffix("/"))
        if record is not None and urls.record(record) == url:
            return record_page(record)
        made = quality_pages(collection) if "--quality" in url else index_pages(collection)
        if found := next((page for page in made if page.url == url), None):
            return found
    return None


def record_page(record: Record) -> Page:
    """Return the page of a record."""
    return Page(
        subject=record,
        url=urls.record(record),
        title=record.label,
        description=shortened(record.summary or record.label),
        edit=record.path.partition("/")[2],
        crumbs=crumbs(record.collection),
        boost=record.collection.boost,
    )


def crumbs(collection: Collection) -> tuple[Breadcrumb, ...]:
    """Return the way from the home page to the index of a collection, and with it to the pages of its records."""
    return (("Home", urls.HOME), *collection.breadcrumbs, (collection.title, urls.collection(collection)))
