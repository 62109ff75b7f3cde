"""The columns of a list: what the records of a collection are listed with, filtered by and sorted by.

Schemas declare the filters (``x-facet``, ``x-facet-through``, ``x-facet-inverse``), and the catalogue which columns a
list shows (``columns``). A column is known by its key, which URLs and exports have, too. In a list of authors, ``born``
is a property, ``town.country`` a property of the records that ``town`` refers to, ``books`` the records of that
collection that refer to the author, and ``books.genre`` a property of those.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from typing import Any, Final, NamedTuple

from smartguide.model.kinds import Kind
from smartguide.model.knowledge_base import Collection, Record
from smartguide.model.properties import ITEM, Property, Value

FACET: Final = "x-facet"
THROUGH: Final = "x-facet-through"
INVERSE: Final = "x-facet-inverse"
CHOICE: Final = "choice"
"""Values to choose from: texts, references, yes and no, the numbers of an enum."""
RECORDS: Final = "records"
"""Records that belong to the record; the list shows how many there are, and sorts by that."""
NUMBER: Final = "number"
DATE: Final = "date"
"""Texts such as ``2016``, ``2016-01`` or ``2016-01-31``; the list is filtered by years."""

TAKEN_KEYS: Final = ("text", "sort", "all", "embed")
"""What the URL of a filtered list has besides the keys of filters."""
_DATE: Final = re.compile(r"[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?\Z")


class Choice(NamedTuple):
    """A value of a column: as it is written, the words for it, and the record that it names, if it names one."""

    value: str
    label: str
    record: Record | None = None


Cell = Choice | float | str
"""A value of a record in a column: a choice, or the number or the date itself."""


@dataclass(frozen=True, eq=False)
class Column:
    """A column of a list: its key, its title, and which of ``CHOICE``, ``RECORDS``, ``NUMBER`` and ``DATE`` it holds.

    ``is_filter`` tells whether the list can be filtered by it, ``is_shown`` whether the list shows it, ``is_counted``
    whether a record without a value has none; of any other column it is not known what such a record has.
    """

    key: str
    title: str
    form: str
    read: Callable[[Record], Iterable[Cell]]
    is_filter: bool = False
    is_shown: bool = False
    is_counted: bool = False

    def of(self, record: Record) -> list[Cell]:
        """Return the values that a record has in this column, each once, in the order of the record."""
        return list(dict.fromkeys(self.read(record)))


def columns(collection: Collection) -> tuple[Column, ...]:
    """Return the columns of a collection: those that its list shows, in their order, and then the other filters.

    A collection without filters has none. Without ``columns`` in the catalogue, the list shows what it filters by.
    """
    known = {one.key: one for one in available(collection)}
    filters = [one for one in known.values() if one.is_filter]
    if not filters:
        return ()
    shown = [known[key] for key in collection.columns if key in known] or filters
    hidden = [one for one in filters if one not in shown]
    return (*(replace(one, is_shown=True) for one in shown), *hidden)


def available(collection: Collection) -> Iterator[Column]:
    """Yield every column that the catalogue could name, in the order of the schema; those of other kinds come last."""
    base, kind = collection.base, collection.kind
    for prop in kind.properties:
        own = _own(prop)
        if own is not None and (prop.facet or len(prop.path) == 1):
            yield own
        for name in _names(prop, THROUGH):
            targets = [
                base[one.ref.collection].kind
                for one in references_in(kind, prop)
                if one.ref and one.ref.collection in base
            ]
            found = [inner for target in targets for inner in _by_name(target, name)]
            if found:
                yield _through(prop, found)
    for source in base.collections.values():
        for prop in source.kind.having(INVERSE):
            reach = [
                one for one in references_in(source.kind, prop) if one.ref and one.ref.collection == collection.name
            ]
            if reach:
                yield from _inverse(source, prop, reach)


def key_of(prop: Property) -> str:
    """Return the key of the column of a property: ``stages.remark`` for ``stages[].remark``."""
    return ".".join(part for part in prop.path if part != ITEM)


def references_in(kind: Kind, prop: Property) -> list[Property]:
    """Return the references of a kind that stand at a property or below it."""
    return [one for one in kind.references.values() if one.path[: len(prop.path)] == prop.path]


def inverse_key(source: Collection) -> str:
    """Return the key of the column of the records of a collection that refer to a record."""
    return source.name


def is_listable(prop: Property) -> bool:
    """Tell whether a list can show the values of a property: not a mapping, and no prose."""
    return _form(prop) is not None


def _names(prop: Property, keyword: str) -> list[str]:
    declared = prop.schema.get(keyword)
    return [one for one in declared if isinstance(one, str)] if isinstance(declared, list) else []


def _form(prop: Property) -> str | None:
    """Return what a column of a property holds; None if a list cannot show it."""
    item = prop.item if prop.multiple else prop
    if prop.prose or item is None or item.prose:
        return None
    if prop.multiple and "object" in item.types:
        return RECORDS if any(one.ref for one in item.declared()) else NUMBER
    if item.types & {"object", "array"}:
        return None
    if item.ref or "enum" in item.schema or "boolean" in item.types:
        return CHOICE
    if item.types & {"integer", "number"}:
        return NUMBER if "string" not in item.types else None
    return DATE if _is_date(item) else CHOICE


def _is_date(prop: Property) -> bool:
    """Tell whether the texts of a property are dates: its schema gives them a form, and its examples are dates."""
    if prop.schema.get("format") == "date":
        return True
    examples = prop.schema.get("examples") or []
    return "pattern" in prop.schema and bool(examples) and all(_DATE.match(str(one)) for one in examples)


def _own(prop: Property) -> Column | None:
    form = _form(prop)
    if form is None or prop.path[-1] == ITEM:
        return None
    read: Callable[[Record], Iterable[Cell]]
    if form == RECORDS:

        def read(record: Record) -> Iterator[Cell]:
            return (_record(found) for found in _targets(record, prop))

    elif form == NUMBER and prop.multiple and prop.item is not None and "object" in prop.item.types:

        def read(record: Record) -> Iterator[Cell]:
            return (len(value.value) for value in _values(record, prop) if value.value)

    else:

        def read(record: Record) -> Iterator[Cell]:
            return _cells(record, prop, form)

    return Column(key_of(prop), prop.title, form, read, is_filter=prop.facet)


def _cells(record: Record, prop: Property, form: str) -> Iterator[Cell]:
    """Yield the values of a property: of a list, its items."""
    refers = any(one.ref for one in (prop, prop.item) if one is not None)
    for found in _values(record, prop):
        items = enumerate(found.value) if isinstance(found.value, list) else [(None, found.value)]
        for number, value in items:
            if value is None or isinstance(value, dict | list):
                continue
            if form == CHOICE:
                path = found.path if number is None else (*found.path, number)
                yield _choice(value, record.target(*path) if refers else None)
            else:
                yield value


def _values(record: Record, prop: Property) -> Iterator[Value]:
    """Yield the values of a property, which is declared for filters or stands at the top of a record."""
    if len(prop.path) > 1:
        yield from (one for one in record.entry.values_of(FACET) if one.property is prop)
    elif (key := prop.path[0]) in record.data:
        yield Value((key,), record.data[key], prop)


def _choice(value: Any, target: Record | None) -> Choice:
    if isinstance(value, bool):
        return Choice("true", "yes") if value else Choice("false", "no")
    return Choice(str(value), target.label if target else str(value), target)


def _record(record: Record) -> Choice:
    return Choice(record.id, record.label, record)


def _targets(record: Record, prop: Property) -> list[Record]:
    """Return the records that a record refers to by the values of a property, or below them."""
    depth = len(prop.path)
    return [one.target for one in record.references if one.through.path[:depth] == prop.path]


def _by_name(kind: Kind, name: str) -> list[Column]:
    prop = kind.root.properties.get(name)
    found = _own(prop) if prop is not None else None
    return [found] if found else []


def _through(prop: Property, found: list[Column]) -> Column:
    """Return the column of a property of the records that another property refers to, of whatever kinds they are."""

    @cache
    def of_kind(kind: Kind) -> list[Column]:
        return _by_name(kind, found[0].key)

    def read(record: Record) -> Iterator[Cell]:
        for target in _targets(record, prop):
            for inner in of_kind(target.kind):
                yield from inner.of(target)

    title = f"{found[0].title} of {_in_sentence(prop.title)}"
    return Column(f"{key_of(prop)}.{found[0].key}", title, found[0].form, read, is_filter=True)


def _inverse(source: Collection, prop: Property, reach: list[Property]) -> Iterator[Column]:
    """Yield the columns of the records that refer to a record: the records themselves, and properties of them."""

    def sources(record: Record) -> list[Record]:
        found = {
            one.source.id: one.source
            for one in record.referenced_by
            if one.through in reach and one.source.collection.name == source.name
        }
        return sorted(found.values(), key=lambda one: one.sort_key)

    def read(record: Record) -> Iterator[Cell]:
        return (_record(found) for found in sources(record))

    key = inverse_key(source)
    yield Column(key, source.title, RECORDS, read, is_filter=True, is_counted=True)
    for name in _names(prop, INVERSE):
        for inner in _by_name(source.kind, name):

            def read_inner(record: Record, inner: Column = inner) -> Iterator[Cell]:
                return (cell for found in sources(record) for cell in inner.of(found))

            title = f"{inner.title} of {_in_sentence(source.title)}"
            yield Column(f"{key}.{inner.key}", title, inner.form, read_inner, is_filter=True)


def _in_sentence(title: str) -> str:
    """Return a title as it stands inside of a sentence; abbreviations keep their capitals."""
    return title if title[1:2].isupper() else title[:1].lower() + title[1:]
