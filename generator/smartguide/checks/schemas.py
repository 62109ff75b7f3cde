"""The schemas themselves: keywords that there are, references to what exists, names that the API does not need."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import jsonschema_rs

from smartguide.findings import Finding, Place, did_you_mean, quoted
from smartguide.model.keywords import ANYWHERE, KEYWORDS, KIND, RESERVED
from smartguide.model.kinds import Kind
from smartguide.model.knowledge_base import KnowledgeBase
from smartguide.model.properties import Property, Schema
from smartguide.model.schema_files import SUFFIX
from smartguide.reading import Path_, Reader

STANDARD: Final = frozenset(
    (  # noqa: SIM905  # as a list of literals it would be three times as long
        "$schema $id $ref $anchor $dynamicRef $dynamicAnchor $vocabulary $comment $defs "
        "allOf anyOf oneOf not if then else dependentSchemas prefixItems items contains "
        "properties patternProperties additionalProperties propertyNames unevaluatedItems unevaluatedProperties "
        "type enum const multipleOf maximum exclusiveMaximum minimum exclusiveMinimum maxLength minLength pattern "
        "maxItems minItems uniqueItems maxContains minContains maxProperties minProperties required dependentRequired "
        "title description default deprecated readOnly writeOnly examples "
        "format contentEncoding contentMediaType contentSchema"
    ).split()  # a list of them would be three times as long
)
"""The keywords of JSON Schema 2020-12 (https://json-schema.org/draft/2020-12/schema)."""

_LISTS_OF_SCHEMAS: Final = ("allOf", "anyOf", "oneOf", "prefixItems")
_MAPPINGS_OF_SCHEMAS: Final = ("properties", "patternProperties", "dependentSchemas", "$defs")
_SCHEMAS: Final = (
    "items",
    "contains",
    "additionalProperties",
    "propertyNames",
    "unevaluatedItems",
    "unevaluatedProperties",
    "not",
    "if",
    "then",
    "else",
    "contentSchema",
)
SIBLINGS: Final = ("x-at-most", "x-below")


class Positions:
    """Where things stand in the schema files of a folder; a file is read for that only if it has faults."""

    def __init__(self, root: Path, folder: Path) -> None:
        self._reader = Reader(root, folder)
        self._folder = folder

    def of(self, kind: str, way: Path_) -> Place:
        """Return the place of a keyword in the schema of a kind. JSON is YAML, near enough for that."""
        return self._reader.read(self._folder / f"{kind}{SUFFIX}").key_at(way)


def check_keywords(kind: Kind, positions: Positions) -> Iterator[Finding]:
    """Yield the keywords of a schema that do not exist, stand in the wrong place, or have a value of another form."""
    for way, schema in _schemas(kind.schema, ()):
        for keyword, value in schema.items():
            if keyword in STANDARD:
                continue
            known = KEYWORDS.get(keyword)
            here = (*way, keyword)
            if known is None:
                hint = did_you_mean(keyword, [*KEYWORDS, *STANDARD]) or "see the keywords in the documentation"
                yield _finding(positions.of(kind.name, here), f"no keyword {quoted(keyword)}", hint)
            elif known.of != ANYWHERE and (known.of == KIND) != (way == ()):
                where = "at the top of a schema" if known.of == KIND else "on a property"
                yield _finding(
                    positions.of(kind.name, here), f"{quoted(keyword)} does not belong here", f"it stands {where}"
                )
            elif not jsonschema_rs.is_valid(known.value, value):
                hint = known.description
                yield _finding(positions.of(kind.name, here), f"{quoted(keyword)} cannot be {quoted(value)}", hint)


def _schemas(schema: Any, way: Path_) -> Iterator[tuple[Path_, Schema]]:
    """Yield a schema and all schemas inside it, each with its path in the file."""
    if not isinstance(schema, dict):
        return
    yield way, schema
    for keyword in _SCHEMAS:
        yield from _schemas(schema.get(keyword), (*way, keyword))
    for keyword in _LISTS_OF_SCHEMAS:
        children = schema.get(keyword)
        for number, child in enumerate(children if isinstance(children, list) else ()):
            yield from _schemas(child, (*way, keyword, number))
    for keyword in _MAPPINGS_OF_SCHEMAS:
        children = schema.get(keyword)
        for name, child in (children if isinstance(children, dict) else {}).items():
            yield from _schemas(child, (*way, keyword, name))


def check_kind(kind: Kind, base: KnowledgeBase, positions: Positions) -> Iterator[Finding]:
    """Yield the names in the schema of a collection that do not exist, and property names that the API needs."""
    top = list(kind.root.properties)
    for name in RESERVED:
        if name in top:
            message = f"the API adds a property {quoted(name)} of its own to each record"
            hint = "choose another name, such as " + quoted({"id": "number", "url": "website"}.get(name, "references"))
            yield _finding(positions.of(kind.name, ("properties", name)), message, hint)
    for keyword in ("x-label", "x-summary"):
        wanted = kind.schema.get(keyword)
        if isinstance(wanted, str) and wanted not in top:
            hint = did_you_mean(wanted, top)
            yield _finding(positions.of(kind.name, (keyword,)), f"no property {quoted(wanted)}", hint)
    for prop in kind.properties:
        yield from _check_ref(kind, prop, base, positions)
        yield from _check_names(kind, prop, base, positions)


def _check_ref(kind: Kind, prop: Property, base: KnowledgeBase, positions: Positions) -> Iterator[Finding]:
    if prop.ref is None:
        return
    place = _place(kind, prop, "x-ref", positions)
    if prop.ref.collection not in base:
        hint = did_you_mean(prop.ref.collection, base.collections) or "name a collection of content/catalogue.yml"
        yield _finding(place, f"{prop.name}: no collection {quoted(prop.ref.collection)}", hint)
        return
    known = base[prop.ref.collection].kind.root.properties
    if prop.ref.key and prop.ref.key not in known:
        message = f"{prop.name}: {prop.ref.collection} have no property {quoted(prop.ref.key)}"
        yield _finding(place, message, did_you_mean(prop.ref.key, known))


def _check_names(kind: Kind, prop: Property, base: KnowledgeBase, positions: Positions) -> Iterator[Finding]:
    """Yield the names of other properties that a property's keywords name in vain."""
    parent = _parent(kind, prop)
    for keyword in SIBLINGS:
        wanted = prop.schema.get(keyword)
        if isinstance(wanted, str) and wanted not in parent.properties:
            message = f"{prop.name}: no property {quoted(wanted)} beside it"
            yield _finding(_place(kind, prop, keyword, positions), message, did_you_mean(wanted, parent.properties))
    unique = prop.schema.get("x-unique")
    per = unique.get("per") if isinstance(unique, dict) else None
    if isinstance(per, str) and per not in kind.root.properties:
        message = f"{prop.name}: no property {quoted(per)}"
        yield _finding(_place(kind, prop, "x-unique", positions), message, did_you_mean(per, kind.root.properties))
    mirror = prop.schema.get("x-mirror")
    if isinstance(mirror, str):
        place = _place(kind, prop, "x-mirror", positions)
        if prop.ref is None:
            yield _finding(place, f"{prop.name}: 'x-mirror' needs an 'x-ref' beside it", "add it, or take this out")
        elif prop.ref.collection in base and mirror not in base[prop.ref.collection].kind.root.properties:
            known = base[prop.ref.collection].kind.root.properties
            message = f"{prop.name}: {prop.ref.collection} have no property {quoted(mirror)}"
            yield _finding(place, message, did_you_mean(mirror, known))


def _parent(kind: Kind, prop: Property) -> Property:
    found = kind.root
    for part in prop.path[:-1]:
        child = found.item if part == "[]" else found.others if part == "*" else found.properties.get(part)
        found = child or found
    return found


def _place(kind: Kind, prop: Property, keyword: str, positions: Positions) -> Place:
    """Return where the keyword of a property stands in the file of its kind; if it is shared, the property."""
    way: list[str] = []
    for part in prop.path:
        way += ["items"] if part == "[]" else ["additionalProperties"] if part == "*" else ["properties", part]
    return positions.of(kind.name, (*way, keyword))


def _finding(place: Place, message: str, hint: str) -> Finding:
    return Finding(place, "schema", message, hint=hint)
