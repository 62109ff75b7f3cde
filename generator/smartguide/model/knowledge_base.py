"""The linked records of a project. Pages, exports and searches read this and nothing else."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, fields
from functools import cached_property
from math import inf
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple

from smartguide.findings import Place, Problem, key_path
from smartguide.model.catalogue import Declaration
from smartguide.model.entries import Entry, Key, slug
from smartguide.model.fields import Fields
from smartguide.model.kinds import Kind
from smartguide.model.links import Links, link
from smartguide.model.names import unknown
from smartguide.model.properties import Property
from smartguide.reading import Path_


class Reference(NamedTuple):
    """A value of one record that names another: ``source`` names ``target`` at ``path``, a value of ``through``."""

    source: Record
    through: Property
    path: Path_
    target: Record

    @property
    def inverse_title(self) -> str:
        """The words for the reference on the page of its target."""
        return self.through.inverse or self.source.collection.title


@dataclass(frozen=True, eq=False)
class Record:
    """One record of a knowledge base, linked to the others. It does not change.

    What is written in it is in ``entry``; ``collection`` and ``base`` are what it is part of.
    """

    entry: Entry
    collection: Collection
    base: KnowledgeBase

    @property
    def id(self) -> str:
        """The id, which is unique in its collection."""
        return self.entry.id

    @property
    def kind(self) -> Kind:
        """The kind of the record."""
        return self.entry.kind

    @property
    def data(self) -> dict[str, Any]:
        """The record as written. It is not to be changed."""
        return self.entry.data

    def get(self, key: str) -> Any:
        """Return a value of the record; None if the record leaves it out.

        Raises UnknownNameError if the schema declares no property of that name.
        """
        return self.entry.get(key)

    def data_at(self, path: Path_) -> Any:
        """Return the value at a path at which there is one. It is not to be changed."""
        data: Any = self.data
        for part in path:
            data = data[part]
        return data

    @property
    def label(self) -> str:
        """The name of the record on a page or in a list."""
        return self.entry.label

    @property
    def summary(self) -> str:
        """The line that describes the record; an empty string if its kind names none."""
        return self.entry.summary

    @property
    def initial(self) -> str:
        """The letter under which an alphabetical list has the record: A to Z, or # for all others."""
        first = slug(self.label)[:1].upper()
        return first if first.isalpha() else "#"

    @property
    def former_ids(self) -> list[str]:
        """The ids that the record had before."""
        return [value.value for value in self.entry.former_ids]

    @property
    def own_date(self) -> str:
        """The date of a record whose collection has dates (``dated_by``): a document. Otherwise an empty string."""
        return str(self.data.get(self.collection.dated_by) or "") if self.collection.dated_by else ""

    @property
    def path(self) -> str:
        """The file of the record, relative to the repository."""
        return self.entry.path

    @property
    def place(self) -> Place:
        """Where the record begins."""
        return self.entry.place

    @property
    def sort_key(self) -> tuple[str, str, str]:
        """Lists are by name, regardless of capitals and accents."""
        return self.entry.sort_key

    @property
    def fields(self) -> Fields:
        """The record for templates: a key that the schema knows and the record leaves out is None.

        Any other key is an UnknownNameError.
        """
        return Fields(self.kind.root, self.data)

    def optional(self, key: str) -> Any:
        """Return a value for templates that serve several kinds: None also where the kind has no such property."""
        return self.fields.optional(key)

    def place_of(self, *path: str | int) -> Place:
        """Return the place of a value of the record."""
        return self.entry.place_of(*path)

    def problem(self, path: Path_, message: str, hint: str = "") -> Problem:
        """Return a problem with the value at ``path``; ``hint`` says what to do about it."""
        return self.entry.problem(path, message, hint)

    @property
    def references(self) -> tuple[Reference, ...]:
        """The references of this record to others, in the order of the record."""
        self._note_targets()
        return self._references

    def _note_targets(self) -> None:
        if (asked := self.base.asked) is not None:
            asked.records.add(self.entry.key)
            asked.records |= self._target_keys

    @cached_property
    def _references(self) -> tuple[Reference, ...]:
        return tuple(
            Reference(self, link.through, link.path, self.base.at(link.target))
            for link in self.base._links.from_record(self.entry.key)  # noqa: SLF001  # without a note
        )

    @property
    def other_names(self) -> tuple[str, ...]:
        """What else the record is called: the names that its kind marks with ``x-search``, but for its own."""
        texts = self.entry.texts("x-search")
        names = dict.fromkeys(value.value for value in texts if value.property.search == "name")
        return tuple(name for name in names if name != self.label)

    @property
    def neighbours(self) -> tuple[Record | None, Record | None]:
        """The records before and after this one in the order of its collection; None where there is none."""
        if (asked := self.base.asked) is not None:
            asked.neighbours.add(self.entry.key)
        return self.collection.neighbours_by_id[self.id]

    @property
    def referenced_by(self) -> tuple[Reference, ...]:
        """The references of others to this record."""
        found = self._referenced_by
        if (asked := self.base.asked) is not None:
            asked.referenced.add(self.entry.key)
            asked.records |= self._source_keys
        return found

    @cached_property
    def _referenced_by(self) -> tuple[Reference, ...]:
        return tuple(
            Reference(self.base.at(link.source), link.through, link.path, self)
            for link in self.base._links.to_record(self.entry.key)  # noqa: SLF001  # without a note
        )

    def source_keys(self, collection: str, through: str) -> tuple[Key, ...]:
        """Return the keys of the records of a collection that refer to this one through a property, each once.

        That they do is noted, and not what else they say: for a record that thousands refer to, this is quick. Get
        those that matter with ``KnowledgeBase.get``.
        """
        if (asked := self.base.asked) is not None:
            asked.referenced.add(self.entry.key)
        return self._grouped_source_keys.get((collection, through), ())

    @cached_property
    def _grouped_source_keys(self) -> dict[tuple[str, str], tuple[Key, ...]]:
        found: dict[tuple[str, str], dict[Key, None]] = {}
        for one in self.base._links.to_record(self.entry.key):  # noqa: SLF001  # without a note
            found.setdefault((one.source[0], one.through.name), {})[one.source] = None
        return {group: tuple(keys) for group, keys in found.items()}

    @cached_property
    def _target_keys(self) -> frozenset[Key]:
        return frozenset(reference.target.entry.key for reference in self._references)

    @cached_property
    def _source_keys(self) -> frozenset[Key]:
        return frozenset(reference.source.entry.key for reference in self._referenced_by)

    @cached_property
    def _targets_below(self) -> dict[Path_, list[Record]]:
        """The answers of ``targets`` so far."""
        return {}

    @cached_property
    def _target_at(self) -> dict[Path_, Record]:
        return {reference.path: reference.target for reference in self._references}

    def target(self, *path: str | int) -> Record | None:
        """Return the record that the value at ``path`` refers to; None if it refers to none.

        Raises UnknownNameError if the schema declares no such property.
        """
        found = self._target_at.get(path)
        if found is None:
            self._declared(path)
        if (asked := self.base.asked) is not None:
            asked.records.update(one.entry.key for one in (self, found) if one is not None)
        return found

    def targets(self, *path: str | int) -> list[Record]:
        """Return the records that the values at or below ``path`` refer to, in the order of the record.

        Raises UnknownNameError if the schema declares no such property.
        """
        found = self._targets_below.get(path)
        if found is None:
            self._declared(path)
            found = [one.target for one in self._references if one.path[: len(path)] == path]
            self._targets_below[path] = found
        self._note_targets()
        return list(found)

    def sources_of(self, collection: str, name: str = "") -> list[Record]:
        """Return the records of a collection that refer to this one, each once, by name.

        With ``name``, only those that do so through the property of that name (``partners[].partner``). Raises
        UnknownNameError if there is no such collection, or none of its references has that name.
        """
        known = self.base[collection].kind.references
        if name and name not in known:
            raise unknown("reference", name, known, f"from {collection} to other records")
        found = {
            reference.source.id: reference.source
            for reference in self.referenced_by
            if reference.source.collection.name == collection and name in ("", reference.through.name)
        }
        return sorted(found.values(), key=lambda record: record.sort_key)

    def _declared(self, path: Path_) -> None:
        if path[0] not in self.kind.root.properties or self.kind.property_at(path) is None:
            known = [prop.name for prop in self.kind.properties]
            raise unknown("property", key_path(path), known, f"in the schema {self.kind.name}")

    def __repr__(self) -> str:
        return f"Record({self.collection.name}/{self.id})"


@dataclass
class Asked:
    """What was asked of a knowledge base, so that one can tell whether the answers would be the same again.

    ``records`` are the records that were looked at, ``referenced`` those whose back-references were, ``collections``
    the collections that were looked through, ``sizes`` those that were counted. ``neighbours`` are the records that
    were asked which ones stand before and after them. ``outside`` are those of which it was asked what is known
    besides what records say: what checks of their links found, and how old they are on the day of the build.
    """

    records: set[Key] = field(default_factory=set)
    referenced: set[Key] = field(default_factory=set)
    collections: set[str] = field(default_factory=set)
    sizes: set[str] = field(default_factory=set)
    neighbours: set[Key] = field(default_factory=set)
    outside: set[Key] = field(default_factory=set)


class Records(Mapping[str, "Record"]):
    """The records of a collection by id, which tells what is asked of it."""

    def __init__(self, records: Mapping[str, Record], name: str, base: KnowledgeBase) -> None:
        self._records = records
        self._name = name
        self._base = base

    def __getitem__(self, record_id: str) -> Record:
        found = self._records.get(record_id)
        if (asked := self._base.asked) is not None:
            if found is None:
                asked.collections.add(self._name)
            else:
                asked.records.add(found.entry.key)
        if found is None:
            raise KeyError(record_id)
        return found

    def __iter__(self) -> Iterator[str]:
        if (asked := self._base.asked) is not None:
            asked.collections.add(self._name)
        return iter(self._records)

    def __len__(self) -> int:
        if (asked := self._base.asked) is not None:
            asked.sizes.add(self._name)
        return len(self._records)


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

    def in_order(self) -> list[Record]:
        """Return the records by the properties that the catalogue names for it, and then by name."""
        return sorted(self.by_name(), key=lambda record: [_place_of(record, keys) for keys in self.order_by])

    @cached_property
    def neighbours_by_id(self) -> Mapping[str, tuple[Record | None, Record | None]]:
        """The records before and after each record in the order of the collection."""
        with self.base.noting():  # which of them a page shows is noted by ``Record.neighbours``
            records = self.in_order()
        return {
            record.id: (before, after)
            for record, before, after in zip(records, [None, *records], [*records[1:], None], strict=False)
        }


def _place_of(record: Record, keys: tuple[str, ...]) -> tuple[bool, float, str]:
    """Return what a record is sorted by: numbers by their size, before texts; what has no value comes last."""
    for key in keys[:-1]:
        found = record.target(key) if key in record.kind.root.properties else None
        if found is None:
            return True, 0, ""
        record = found
    value = record.data.get(keys[-1])
    if isinstance(value, int | float):
        return False, value, ""
    return value is None, inf, str(value)


@dataclass(frozen=True)
class Content:
    """What was read of one collection: its declaration, its records, and the ids of those that cannot be read."""

    declaration: Declaration
    entries: Mapping[str, Entry]
    unreadable: frozenset[str] = frozenset()


class KnowledgeBase:
    """All collections, by name, in the order of the catalogue. It does not change.

    ``root`` is the folder of the project, ``chapters`` the paths below ``content/`` of the Markdown pages that people
    write. ``is_complete`` tells whether all records could be read. While ``asked`` is set, what is asked of the
    knowledge base is noted there.
    """

    def __init__(
        self, root: Path, contents: Iterable[Content] = (), chapters: Iterable[str] = (), *, is_complete: bool = True
    ) -> None:
        contents = list(contents)
        self.asked: Asked | None = None
        self.root = root
        self.chapters = tuple(chapters)
        self._by_key: dict[Key, Record] = {}
        self.is_complete = is_complete
        self._links: Links = link({one.declaration.name: one.entries.values() for one in contents})
        self.collections: Mapping[str, Collection] = MappingProxyType(
            {one.declaration.name: self._collection(one) for one in contents}
        )

    @property
    def links(self) -> Links:
        """All references between records."""
        if self.asked is not None:
            self.asked.collections.update(self.collections)
        return self._links

    def _collection(self, content: Content) -> Collection:
        records: dict[str, Record] = {}
        declared = {one.name: getattr(content.declaration, one.name) for one in fields(content.declaration)}
        shown = Records(records, content.declaration.name, self)
        collection = Collection(**declared, base=self, records=shown, unreadable=content.unreadable)
        records.update({entry.id: Record(entry, collection, self) for entry in content.entries.values()})
        self._by_key.update({record.entry.key: record for record in records.values()})
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
    def data_as_of(self) -> str:
        """The newest value of the properties that the catalogue names with ``dated_by``; empty if there is none."""
        values = [
            record.own_date for collection in self.collections.values() if collection.dated_by for record in collection
        ]
        return max(values, default="")

    def get(self, collection: str, record_id: str) -> Record | None:
        """Return a record, or None if there is no such collection or record."""
        found = self.collections.get(collection)
        return found.records.get(record_id) if found else None

    def at(self, key: Key) -> Record:
        """Return the record that a link leads to or comes from."""
        return self._by_key[key]

    @contextlib.contextmanager
    def noting(self) -> Iterator[Asked]:
        """Note what is asked in the block."""
        before, self.asked = self.asked, Asked()
        try:
            yield self.asked
        finally:
            self.asked = before
