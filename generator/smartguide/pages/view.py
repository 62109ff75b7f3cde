"""What templates may ask: links from the page that is rendered, values by their schemas, back-references."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import Any, Final, NamedTuple
from urllib.parse import urlencode

from markupsafe import Markup

from smartguide.model import urls
from smartguide.model.columns import columns
from smartguide.model.entries import slug
from smartguide.model.knowledge_base import Collection, KnowledgeBase, Record
from smartguide.model.names import unknown
from smartguide.pages import pagination
from smartguide.pages.formats import host
from smartguide.pages.pagination import ListPage, Pagination, paginated
from smartguide.pages.rendered import LEVELS, Heading
from smartguide.pages.text import entities, prose
from smartguide.reading import Path_

MARK: Final = "\0"
"""What stands around the number of a heading in what a template makes; no text of a record holds it."""


class Continuation(NamedTuple):
    """A page that continues a list: the list, the part of it that the page shows, and the body of the page."""

    list: Pagination
    part: ListPage
    html: str


class View:
    """What templates may ask, seen from the page at the URL ``page`` (relative to the root of the site).

    ``headings`` are those that the template has made so far, ``continuations`` the pages that continue its lists;
    ``continued`` returns the URL of such a page from the key of the list and the number of the page. Without it, lists
    are left whole. ``form`` is the URL of the page with the form for records, if the site has one.
    """

    def __init__(self, page: str, continued: Callable[[str, int], str] | None = None, form: str = "") -> None:
        self._page = page
        self._form = form
        self._continued = continued
        self._keys: set[str] = set()
        self.headings: list[Heading] = []
        self.continuations: list[Continuation] = []

    def heading(self, text: str, id: str = "", *, level: int = 2) -> Markup:  # noqa: A002  # as HTML calls it
        """Return a heading with plain text. Without an id it gets one that is made of its text.

        The table of contents and the search know it. Raises ValueError for a level that no heading of a page has.
        """
        if level not in LEVELS:
            raise ValueError(f"a heading has the level {', '.join(map(str, LEVELS))}, not {level}")
        self.headings.append(Heading(level, str(id), " ".join(str(text).split())))
        return Markup(f"{MARK}{len(self.headings) - 1}{MARK}")  # a number

    def paginated(self, items: Iterable[Any], title: str = "", most: int = pagination.LONGEST_LIST) -> Pagination:
        """Return a list on pages of at most so many entries, the first of which is this page.

        The title, of which the URLs of the other pages are made, is the latest heading (and its id) if none is given.
        """
        items = list(items)
        above = self.headings[-1] if self.headings else Heading(0, "", "List")
        shown = title or above.text
        if self._continued is None or len(items) <= most:
            return Pagination(shown, (ListPage(1, self._page, 1, items),))
        key = name = slug(title or above.id or above.text)
        number = 2
        while key in self._keys:
            key = f"{name}-{number}"
            number += 1
        self._keys.add(key)
        url = self._continued
        return paginated(shown, items, most, lambda number: self._page if number == 1 else url(key, number))

    def continue_list(self, pages: Pagination, part: ListPage, body: Callable[..., str], *values: Any) -> Markup:
        """Let a page continue a list; ``body(pages, part, *values)`` is what it shows. Returns nothing to be shown.

        Meanwhile links lead from that page.
        """
        begun, self._page = self._page, part.url
        try:
            html = str(body(pages, part, *values))
        finally:
            self._page = begun
        html = html.replace(
            'href="#', f'href="{urls.relative(begun, part.url)}#'
        )  # to anchors of the page of the record
        self.continuations.append(Continuation(pages, part, html))
        return Markup()

    def href(self, target: Record | Collection | str) -> str:
        """Return the link from this page to a record, a collection or a URL of the site."""
        if isinstance(target, Record):
            url = urls.record(target)
        elif isinstance(target, Collection):
            url = urls.collection(target)
        else:
            url = target
        return urls.relative(url, self._page)

    def link(self, target: Record | Collection, label: str = "") -> Markup:
        """Return the link to a record or a collection as HTML, with its name or another label."""
        text = label or (target.label if isinstance(target, Record) else target.title)
        return Markup(f'<a href="{self.href(target)}">{entities(text)}</a>')

    def api(self, record: Record) -> str:
        """Return the link to a record in the API."""
        return urls.relative(urls.api_record(record.collection.name, record.id), self._page)

    def form(self, **asked: str) -> str:
        """Return the link to the form for records with what is asked of it (``add="books"``, ``correct="books/emma"``).

        It is an empty string if the site has no form.
        """
        return f"{urls.relative(self._form, self._page)}?{urlencode(asked, safe='/')}" if self._form else ""

    def list_data(self, collection: Collection) -> str:
        """Return the link to what the list of a collection shows and filters by; an empty string without filters."""
        return self.href(urls.api_list(collection.name)) if columns(collection) else ""

    def value(self, record: Record, path: Path_, value: Any) -> Markup:
        """Return any value of a record as HTML, by its schema: references as links, prose as prose, lists as lists."""
        declared = record.kind.property_at(path)
        if declared is not None and (target := record.target(*path)) is not None:
            return self.link(target)
        if isinstance(value, dict):
            rows = Markup("").join(
                Markup("<dt>{}</dt> <dd>{}</dd>").format(
                    Markup(entities(self.title(record, *path, key))), self.value(record, (*path, key), item)
                )
                for key, item in value.items()
            )
            return Markup("<dl>{}</dl>").format(rows)
        if isinstance(value, list):
            items = Markup("").join(
                Markup("<li>{}</li>").format(self.value(record, (*path, number), item))
                for number, item in enumerate(value)
            )
            return Markup("<ul>{}</ul>").format(items)
        if isinstance(value, bool):
            return Markup("yes" if value else "no")
        if isinstance(value, str) and declared is not None and declared.prose:
            return prose(value)
        if isinstance(value, str) and value.startswith(("http://", "https://")):
            return Markup('<a href="{0}">{1}</a>').format(Markup(entities(value)), Markup(entities(host(value))))
        return Markup(entities("" if value is None else value))

    def facts(self, record: Record, *leave_out: str) -> list[tuple[str, Markup]]:
        """Return the title and the value of every property of a record, as HTML, in the order of the record.

        Its name, its summary, its former ids, what ``folded`` returns and what says how good the record is are shown
        elsewhere; so are the properties named in ``leave_out``. What holds nothing (null, an empty list or mapping) is
        left out.
        """
        elsewhere = {record.kind.label_key, record.kind.summary_key, *leave_out, *_folded_keys(record)}
        elsewhere |= {prop.path[0] for keyword in _OF_QUALITY for prop in record.kind.having(keyword)}
        elsewhere |= {str(value.path[0]) for value in record.entry.former_ids}
        return self._titled(record, (key for key in record.data if key not in elsewhere))

    def folded(self, record: Record) -> list[tuple[str, Markup]]:
        """Return the title and the value of every property of a record that its schema marks with ``x-folded``."""
        return self._titled(record, _folded_keys(record))

    def _titled(self, record: Record, keys: Iterable[str]) -> list[tuple[str, Markup]]:
        return [
            (self.title(record, key), self.value(record, (key,), record.data[key]))
            for key in keys
            if record.data[key] not in (None, [], {})
        ]

    def title(self, record: Record, *path: str | int) -> str:
        """Return the title of a property from the schema; of a key that the schema does not name, the key itself."""
        declared = record.kind.property_at(path)
        return declared.title if declared is not None and declared.path[-1:] != ("*",) else str(path[-1])

    def backlinks(self, record: Record, *leave_out: str) -> list[tuple[str, list[Record]]]:
        """Return the records that refer to this one, under the words for the reference, each once, by name.

        ``leave_out`` names what the page shows elsewhere: collections (``makers``), or one kind of reference of a
        collection (``makers.owner``). Raises UnknownNameError if there is no such collection or reference.
        """
        left_out = {_reference_named(record.base, name) for name in leave_out}
        groups: defaultdict[str, dict[Record, None]] = defaultdict(dict)
        for reference in record.referenced_by:
            collection = reference.source.collection.name
            if reference.source is record or left_out & {(collection, ""), (collection, reference.through.name)}:
                continue
            groups[reference.inverse_title][reference.source] = None
        return [(title, _by_name(found)) for title, found in sorted(groups.items())]


def _reference_named(base: KnowledgeBase, name: str) -> tuple[str, str]:
    """Return the collection and the reference (or an empty string) that a name stands for. Raises UnknownNameError."""
    collection, _, reference = name.partition(".")
    known = base[collection].kind.references
    if reference and reference not in known:
        raise unknown("reference", reference, known, f"from {collection} to other records")
    return collection, reference


_OF_QUALITY: Final = ("x-verified", "x-inferred", "x-question")
"""Keywords of what says how good a record is."""


def _folded_keys(record: Record) -> list[str]:
    """Return the keys of a record, in its order, whose properties are marked with ``x-folded``."""
    marked = {prop.path[0] for prop in record.kind.having("x-folded") if len(prop.path) == 1}
    return [key for key in record.data if key in marked]


def _by_name(records: dict[Record, None]) -> list[Record]:
    return sorted(records, key=lambda record: record.sort_key)
