"""The linked records of a project. Pages, exports and searches read this and nothing else."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from types import MappingProxyType

from smartguide.model.catalogue import Declaration
from smartguide.model.links import Links, link
from smartguide.model.names import unknown
from smartguide.model.records import Entry, Key, Record


@dataclass(frozen=True, eq=False)
class Collection(Declaration):
    """The records of one kind, by id, and what the catalogue declares of them.

    ``unreadable`` are the ids of records whose files could not be read; ``base`` is what the collection is part of.
    """

    base: KnowledgeBase = field(kw_only=True, repr=False)
    records: Mapping[str, Record] = field(default_factory=dict)
    unreadable: frozenset[str] = frozenset()

    def __iter__(self) -> Iterator[Record]:
        return iter(self.records.values())

    def __len__(self) -> int:
        return len(self.records)

    def by_name(self) -> list[Record]:
        """Return the records by name, regardless of capitals."""
        return sorted(self, key=lambda record: record.sort_key)


@dataclass(frozen=True)
class Content:
    """What was read of one collection: its declaration, its records, and the ids of those that cannot be read.

    ``is_readable`` is False if the one file that holds all of them cannot be read.
    """

    declaration: Declaration
    entries: Mapping[str, Entry]
    unreadable: frozenset[str] = frozenset()
    is_readable: bool = True


class KnowledgeBase:
    """All collections, by name, in the order of the catalogue. It does not change.

    ``root`` is the folder of the project, ``chapters`` the paths below ``content/`` of the Markdown pages that people
    write, ``schemas`` the folder of the schemas.
    """

    def __init__(self, root: Path, contents: Iterable[Content] = (), chapters: Iterable[str] = ()) -> None:
        contents = list(contents)
        self.root = root
        self.chapters = tuple(chapters)
        self.links: Links = link(
            {one.declaration.name: one.entries.values() for one in contents},
            {one.declaration.name: one.unreadable for one in contents},
            {one.declaration.name for one in contents if not one.is_readable},
        )
        self.collections: Mapping[str, Collection] = MappingProxyType(
            {one.declaration.name: self._collection(one) for one in contents}
        )

    def _collection(self, content: Content) -> Collection:
        records: dict[str, Record] = {}
        declared = {one.name: getattr(content.declaration, one.name) for one in fields(content.declaration)}
        collection = Collection(**declared, base=self, records=MappingProxyType(records), unreadable=content.unreadable)
        records.update({entry.id: Record(entry, collection, self) for entry in content.entries.values()})
        return collection

    def __getitem__(self, collection: str) -> Collection:
        """Return a collection. Raises UnknownNameError."""
        if collection not in self.collections:
            raise unknown("collection", collection, self.collections)
        return self.collections[collection]

    def __contains__(self, collection: object) -> bool:
        return collection in self.collections

    def __iter__(self) -> Iterator[Record]:
        for collection in self.collections.values():
            yield from collection

    @property
    def is_complete(self) -> bool:
        """Whether every file of a record could be read."""
        return not any(collection.unreadable for collection in self.collections.values())

    def get(self, collection: str, record_id: str) -> Record | None:
        """Return a record, or None if there is no such collection or record."""
        found = self.collections.get(collection)
        return found.records.get(record_id) if found else None

    def at(self, key: Key) -> Record:
        """Return the record that a link leads to or comes from."""
        collection, record_id = key
        return self.collections[collection].records[record_id]
