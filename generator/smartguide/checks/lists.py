"""What schemas and the catalogue declare of lists: filters of what can be filtered, columns that there are."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterator
from functools import partial

import jsonschema_rs

from smartguide.checks.schemas import Positions, place_of
from smartguide.findings import Finding, Place, did_you_mean, key_path, quoted
from smartguide.model import columns
from smartguide.model.columns import INVERSE, TAKEN_KEYS, THROUGH
from smartguide.model.keywords import KEYWORDS
from smartguide.model.kinds import Kind
from smartguide.model.knowledge_base import Collection, KnowledgeBase
from smartguide.model.properties import ITEM, Property
from smartguide.reading import Document, Path_

Where = Callable[[], Place]
"""Finds a place, which takes long and is done only for what is wrong."""


def check_facets(kind: Kind, base: KnowledgeBase, positions: Positions, lost: Container[str] = ()) -> Iterator[Finding]:
    """Yield what is wrong with the filters that a schema declares; ``lost`` are collections that could not be read."""
    for prop in kind.properties:
        if prop.facet:
            yield from _facet(kind, prop, positions)
        for keyword in (THROUGH, INVERSE):
            if keyword in prop.schema and jsonschema_rs.is_valid(KEYWORDS[keyword].value, prop.schema[keyword]):
                yield from _references(kind, prop, keyword, base, positions=positions, lost=lost)


def check_columns(base: KnowledgeBase, catalogue: Document) -> Iterator[Finding]:
    """Yield the columns in the catalogue that do not exist, or that nothing shows."""
    for collection in base.collections.values():
        if not collection.columns:
            continue
        known = {one.key: one for one in columns.available(collection)}
        way: Path_ = ("collections", collection.name, "columns")
        if not any(one.is_filter for one in known.values()):
            message = f"the list of {quoted(collection.name)} has no filters, and so no columns"
            hint = 'write "x-facet": true on a property in its schema, or take this out'
            yield Finding(catalogue.key_at(way), "catalogue", message, key_path(way), hint)
            continue
        for number, name in enumerate(collection.columns):
            if name not in known:
                hint = did_you_mean(name, known) or f"there are: {', '.join(known)}"
                message = f"{quoted(collection.name)} have no column {quoted(name)}"
                here = (*way, number)
                yield Finding(catalogue.value_at(here), "catalogue", message, key_path(here), hint)


def _facet(kind: Kind, prop: Property, positions: Positions) -> Iterator[Finding]:
    place = partial(place_of, kind, prop, "x-facet", positions)
    key = columns.key_of(prop)
    if prop.path[-1] == ITEM:
        hint = "move it out of 'items', to the list itself"
        yield _finding(place(), f"{prop.name}: 'x-facet' stands on the items of a list", hint)
    elif not columns.is_listable(prop):
        what = "prose" if prop.prose else "a mapping, or of several types,"
        hint = "write it on a property below it, or take it out"
        yield _finding(place(), f"{prop.name}: {what} is nothing that a list can be filtered by", hint)
    elif key in TAKEN_KEYS:
        message = f"{prop.name}: in the URL of a filtered list, {quoted(key)} means something else"
        yield _finding(place(), message, "choose another name for the property, or take this out")


def _references(
    kind: Kind, prop: Property, keyword: str, base: KnowledgeBase, *, positions: Positions, lost: Container[str]
) -> Iterator[Finding]:
    place = partial(place_of, kind, prop, keyword, positions)
    refs = [one.ref for one in columns.references_in(kind, prop) if one.ref]
    if not refs:
        message = f"{prop.name}: {quoted(keyword)} needs an 'x-ref' beside it or below it"
        yield _finding(place(), message, "add it, or take this out")
        return
    targets = [base[one.collection] for one in refs if one.collection in base]
    if any(one.collection in lost for one in refs):
        return
    declared = prop.schema[keyword]
    for name in declared if isinstance(declared, list) else ():
        of = [kind] if keyword == INVERSE else [one.kind for one in targets]
        yield from _name(prop, name, keyword, of, place)
    if keyword == INVERSE:
        sources = [one for one in base.collections.values() if one.kind is kind]
        for target in targets:
            yield from _taken(prop, sources, target, place)


def _name(prop: Property, name: str, keyword: str, of: list[Kind], place: Where) -> Iterator[Finding]:
    """Yield what is wrong with the name of a property, which one of some kinds must have."""
    found = [kind.root.properties[name] for kind in of if name in kind.root.properties]
    if of and not found:
        known = [one for kind in of for one in kind.root.properties]
        message = (
            f"{prop.name}: {quoted(keyword)} names {quoted(name)}, and {of[0].plural.lower()} have no such property"
        )
        yield _finding(place(), message, did_you_mean(name, known) or f"there are: {', '.join(known)}")
    elif found and not any(map(columns.is_listable, found)):
        message = f"{prop.name}: {quoted(name)} is nothing that a list can be filtered by"
        yield _finding(place(), message, "name a text, a number, a date, yes or no, or a reference")


def _taken(
    prop: Property, sources: list[Collection], target: Collection, place: Callable[[], Place]
) -> Iterator[Finding]:
    """Yield the filters of back-references whose key another filter of the list has."""
    for source in sources:
        keys = [one.key for one in columns.available(target)]
        key = columns.inverse_key(source)
        if keys.count(key) > 1:
            message = f"{prop.name}: the list of {quoted(target.name)} has a column {quoted(key)} already"
            hint = f'take this out, and write "x-facet": true there, or give the collection {quoted(key)} another name'
            yield _finding(place(), message, hint)


def _finding(place: Place, message: str, hint: str) -> Finding:
    return Finding(place, "schema", message, hint=hint)
