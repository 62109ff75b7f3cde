"""Records: as they are written (``Entry``), and as part of a knowledge base, linked to others (``Record``)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from smartguide.findings import Place, Problem, key_path
from smartguide.model.kinds import Fields, Kind, Property, Value
from smartguide.model.names import unknown
from smartguide.reading import Document, Path_

if TYPE_CHECKING:
    from smartguide.model.knowledge_base import Collection, KnowledgeBase

ID: Final = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*\Z")
MAX_ID: Final = 100

Key = tuple[str, str]
"""What a record is known by: the name of its collection and its id."""


@dataclass(frozen=True, eq=False)
class Entry:
    """One record as it is written: ``data`` stands at ``base`` of ``document``.

    It knows nothing of other records, so it stays the same as long as its file does not change.
    """

    collection: str
    kind: Kind
    id: str
    data: dict[str, Any]
    document: Document
    base: Path_ = ()

    @cached_property
    def key(self) -> Key:
        """What the record is known by."""
        return self.collection, self.id

    @cached_property
    def label(self) -> str:
        """The name of the record on a page or in a list."""
        return str(self.data.get(self.kind.label_key) or self.id)

    @cached_property
    def summary(self) -> str:
        """The line that describes the record; an empty string if its kind names none."""
        return str(self.data.get(self.kind.summary_key) or "")

    @cached_property
    def sort_key(self) -> tuple[str, str]:
        """Lists are by name, regardless of capitals."""
        return self.label.casefold(), self.id

    @property
    def path(self) -> str:
        """The file of the record, relative to the repository."""
        return self.document.path

    @property
    def place(self) -> Place:
        """Where the record begins."""
        return self.document.value_at(self.base) if self.base else Place(self.path, 1, 1)

    def place_of(self, *path: str | int) -> Place:
        """Return the place of a value of the record."""
        return self.document.value_at((*self.base, *path))

    def problem(self, path: Path_, message: str, hint: str = "") -> Problem:
        """Return a problem with the value at ``path``; ``hint`` says what to do about it."""
        return Problem(self.place_of(*path), message, key_path(path), hint)

    @cached_property
    def values(self) -> tuple[Value, ...]:
        """Every value of the record that its schema declares, in the order of the record."""
        return tuple(self.kind.root.values(self.data))[1:]

    def values_of(self, keyword: str, *types: type) -> Iterator[Value]:
        """Yield the values of the properties that have a keyword, in the order of the record; of some types, if named."""
        wanted = self.kind.having(keyword)
        if wanted:
            for value in self.values:
                if value.property in wanted and (not types or isinstance(value.value, types)):
                    yield value

    @cached_property
    def references(self) -> tuple[Value, ...]:
        """The values that name other records."""
        return tuple(self.values_of("x-ref", str))

    @cached_property
    def former_ids(self) -> tuple[Value, ...]:
        """The ids that the record had before."""
        return tuple(self.texts("x-former-ids"))

    def texts(self, keyword: str) -> Iterator[Value]:
        """Yield the texts of the properties that have a keyword, in the order of the schema."""
        order = self.kind.order
        for value in sorted(self.values_of(keyword), key=lambda value: order[value.property]):
            yield from _texts(value)

    def __repr__(self) -> str:
        return f"Entry({self.collection}/{self.id})"


def _texts(value: Value) -> Iterator[Value]:
    """Yield a text, or the texts of a list, each with its path."""
    if isinstance(value.value, str):
        yield value
    elif isinstance(value.value, list):
        for number, item in enumerate(value.value):
            if isinstance(item, str):
                yield Value((*value.path, number), item, value.property)


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
    def path(self) -> str:
        """The file of the record, relative to the repository."""
        return self.entry.path

    @property
    def place(self) -> Place:
        """Where the record begins."""
        return self.entry.place

    @property
    def sort_key(self) -> tuple[str, str]:
        """Lists are by name, regardless of capitals."""
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

    @cached_property
    def references(self) -> tuple[Reference, ...]:
        """The references of this record to others, in the order of the record."""
        return tuple(
            Reference(self, link.through, link.path, self.base.at(link.target))
            for link in self.base.links.from_record(self.entry.key)
        )

    @cached_property
    def referenced_by(self) -> tuple[Reference, ...]:
        """The references of others to this record."""
        return tuple(
            Reference(self.base.at(link.source), link.through, link.path, self)
            for link in self.base.links.to_record(self.entry.key)
        )

    @cached_property
    def _target_at(self) -> dict[Path_, Record]:
        return {reference.path: reference.target for reference in self.references}

    def target(self, *path: str | int) -> Record | None:
        """Return the record that the value at ``path`` refers to; None if it refers to none.

        Raises UnknownNameError if the schema declares no such property.
        """
        self._declared(path)
        return self._target_at.get(path)

    def targets(self, *path: str | int) -> list[Record]:
        """Return the records that the values at or below ``path`` refer to, in the order of the record.

        Raises UnknownNameError if the schema declares no such property.
        """
        self._declared(path)
        return [reference.target for reference in self.references if reference.path[: len(path)] == path]

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


def slug(text: str) -> str:
    """Return an id made from any text: lower-case ASCII words joined by ``-``."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().casefold()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:MAX_ID].strip("-") or "record"
