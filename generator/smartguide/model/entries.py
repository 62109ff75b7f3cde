"""Entries: records as they are written, each by itself."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

from smartguide.findings import Place, Problem, key_path
from smartguide.model.kinds import Kind
from smartguide.model.letters import folded, sorting
from smartguide.model.names import unknown
from smartguide.model.properties import Value
from smartguide.reading import Document, Path_

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
    def sort_key(self) -> tuple[str, str, str]:
        """Lists are by name, regardless of capitals and accents."""
        return sorting(self.label), self.label.casefold(), self.id

    def get(self, key: str) -> Any:
        """Return a value of the record; None if the record leaves it out.

        Raises UnknownNameError if the schema declares no property of that name.
        """
        if key not in self.kind.root.properties:
            raise unknown("property", key, self.kind.root.properties, f"in the schema {self.kind.name}")
        return self.data.get(key)

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

    def forget_values(self) -> None:
        """Leave ``values`` to be made anew if they are asked for: they take more memory than the data."""
        self.__dict__.pop("values", None)

    @cached_property
    def _marked(self) -> tuple[Value, ...]:
        """The values of the properties that have a keyword of ours; after the checks, no others are asked for."""
        marked = self.kind.marked
        values = self.__dict__.get("values") or self.kind.root.values(self.data)  # not to be kept because of this
        return tuple(value for value in values if value.property in marked)

    def values_of(self, keyword: str, *types: type) -> Iterator[Value]:
        """Yield the values of the properties that have a keyword of ours, in the order of the record.

        Values of all types, or of some.
        """
        wanted = self.kind.having(keyword)
        if wanted:
            for value in self._marked:
                if value.property in wanted and (not types or isinstance(value.value, types)):
                    yield value

    @cached_property
    def references(self) -> tuple[Value, ...]:
        """The values that name other records: texts, and numbers where the schema declares a whole number.

        A URL names no record where the schema says that one may stand there (``x-or-url``).
        """
        named = (one for one in self.values_of("x-ref", str, int) if not _is_url_instead(one))
        return tuple(one for one in named if isinstance(one.value, str) or "integer" in one.property.types)

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


def _is_url_instead(value: Value) -> bool:
    is_url = isinstance(value.value, str) and value.value.startswith(("https://", "http://"))
    return is_url and value.property.schema.get("x-or-url") is True


def _texts(value: Value) -> Iterator[Value]:
    """Yield a text, or the texts of a list, each with its path."""
    if isinstance(value.value, str):
        yield value
    elif isinstance(value.value, list):
        for number, item in enumerate(value.value):
            if isinstance(item, str):
                yield Value((*value.path, number), item, value.property)


def slug(text: str) -> str:
    """Return an id made from any text: lower-case ASCII words joined by ``-``."""
    return re.sub(r"[^a-z0-9]+", "-", folded(text)).strip("-")[:MAX_ID].strip("-") or "record"
