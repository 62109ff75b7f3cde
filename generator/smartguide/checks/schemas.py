"""The schemas themselves: keywords that there are, references to what exists, names that the API does not need."""

from __future__ import annotations

import json
from collections.abc import Container, Iterable, Iterator
from pathlib import Path
from typing import Final

import jsonschema_rs

from smartguide.findings import Finding, Place, Severity, did_you_mean, quoted
from smartguide.model.keywords import ANYWHERE, FOR_EDITORS, KEYWORDS, KIND, RESERVED, for_editors
from smartguide.model.kinds import Kind
from smartguide.model.knowledge_base import KnowledgeBase
from smartguide.model.properties import TYPES, Property, Schema
from smartguide.model.schema_faults import schemas_in
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

SIBLINGS: Final = ("x-at-most", "x-below", "x-disputed-by", "x-archived-copy-of")


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
    for way, schema in schemas_in(kind.schema):
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
            elif keyword == FOR_EDITORS and value != (right := for_editors(kind.name)):
                hint = f"write {json.dumps(right)}, or take it out"
                yield _finding(positions.of(kind.name, here), f"{quoted(keyword)} is not that of this schema", hint)
            elif not jsonschema_rs.is_valid(known.value, value):
                hint = known.description
                yield _finding(positions.of(kind.name, here), f"{quoted(keyword)} cannot be {quoted(value)}", hint)


def check_parts(kind: Kind, positions: Positions) -> Iterator[Finding]:
    """Yield what is wrong with the parts of a schema, although a validator could use it.

    These are names of properties that are required and do not exist, values that stand in an enum twice, examples that
    break the schema that they are an example of, keys that could be misspelt unnoticed, and properties without a
    description.
    """
    for way, schema in schemas_in(kind.schema):
        yield from _names_and_values(kind, way, schema, positions)
        yield from _undescribed(kind, way, schema, positions)
        yield from _wrong_examples(kind, way, schema, positions)


def _names_and_values(kind: Kind, way: Path_, schema: Schema, positions: Positions) -> Iterator[Finding]:
    declared = schema.get("properties")
    is_object = isinstance(declared, dict) and schema.get("type") == "object"
    is_closed = any(schema.get(one) is False for one in ("additionalProperties", "unevaluatedProperties"))
    if isinstance(declared, dict) and is_closed:
        for number, name in enumerate(schema.get("required", ())):
            if name not in declared:
                place = positions.of(kind.name, (*way, "required", number))
                hint = did_you_mean(name, declared) or "declare it under properties, or take it out"
                yield _finding(place, f"{_shown(way, 'required')}: no property {quoted(name)}", hint)
    if is_object and not is_closed and not {"additionalProperties", "unevaluatedProperties"} & schema.keys():
        message = (
            f"{_shown(way, 'additionalProperties')} is missing: a misspelt key would be taken for another property"
        )
        place = positions.of(kind.name, (*way, "properties"))
        yield _finding(place, message, 'write "additionalProperties": false', Severity.WARNING)
    declared_options = schema.get("enum")
    options = declared_options if isinstance(declared_options, list) else []
    for number, option in enumerate(options):
        if any(type(one) is type(option) and one == option for one in options[:number]):
            place = positions.of(kind.name, (*way, "enum", number))
            yield _finding(place, f"{_shown(way, 'enum')}: {quoted(option)} stands there twice", "delete one")


def _undescribed(kind: Kind, way: Path_, schema: Schema, positions: Positions) -> Iterator[Finding]:
    """Yield the properties without words about them. Those that repeat one, or refer to a shared part, need none."""
    if {"if", "then", "else", "allOf", "anyOf", "oneOf", "not"} & set(map(str, way)):
        return
    declared = schema.get("properties")
    for name, child in declared.items() if isinstance(declared, dict) else ():
        if isinstance(child, dict) and "$ref" not in child and not child.get("description"):
            place = positions.of(kind.name, (*way, "properties", name))
            hint = 'write "description": what it means, in a sentence; the field reference shows it'
            message = f"{_shown(way, 'properties', name)} has no description"
            yield _finding(place, message, hint, Severity.WARNING)


def _wrong_examples(kind: Kind, way: Path_, schema: Schema, positions: Positions) -> Iterator[Finding]:
    examples = schema.get("examples")
    if not isinstance(examples, list) or not examples:
        return
    is_right = kind.validator_at(way).is_valid
    for number, example in enumerate(examples):
        if not is_right(example):
            place = positions.of(kind.name, (*way, "examples", number))
            reason = next(iter(kind.validator_at(way).iter_errors(example))).message[:150]
            message = f"{_shown(way, 'examples')}: {quoted(example)} breaks its own schema"
            yield _finding(place, message, f"{reason}; correct one of the two")


def _shown(way: Path_, *parts: str) -> str:
    return ".".join(str(part) for part in (*way, *parts))


def check_kind(kind: Kind, base: KnowledgeBase, positions: Positions, lost: Container[str] = ()) -> Iterator[Finding]:
    """Yield the names in the schema of a collection that do not exist, and property names that the API needs.

    ``lost`` are collections that exist and could not be read.
    """
    top = list(kind.root.properties)
    for name in RESERVED:
        if name in top:
            message = f"the API adds a property {quoted(name)} of its own to each record"
            hint = "choose another name, such as " + quoted({"id": "number", "url": "website"}.get(name, "references"))
            yield _finding(positions.of(kind.name, ("properties", name)), message, hint)
    for keyword in ("x-label", "x-summary"):
        wanted = kind.schema.get(keyword)
        if isinstance(wanted, str) and wanted not in top:
            hint = did_you_mean(wanted, top) or "name a property at the top of a record"
            yield _finding(positions.of(kind.name, (keyword,)), f"{keyword}: no property {quoted(wanted)}", hint)
        elif isinstance(wanted, str) and (types := kind.root.properties[wanted].types) and "string" not in types:
            message = f"{keyword}: {quoted(wanted)} is {' or '.join(TYPES[name] for name in sorted(types))}, not a text"
            yield _finding(positions.of(kind.name, (keyword,)), message, "name a property that is a text")
    for prop in kind.properties:
        if prop.ref is None or prop.ref.collection not in lost or prop.ref.collection in base:
            yield from _check_ref(kind, prop, base, positions)
        yield from _check_names(kind, prop, base, positions)
        if "x-weight" in prop.schema and len(prop.path) > 1:
            message = f"{prop.name}: 'x-weight' counts only at the top of a record"
            hint = f"write it on {quoted(prop.path[0])}, or take it out"
            yield _finding(place_of(kind, prop, "x-weight", positions), message, hint)


def _check_ref(kind: Kind, prop: Property, base: KnowledgeBase, positions: Positions) -> Iterator[Finding]:
    if prop.ref is None or not jsonschema_rs.is_valid(KEYWORDS["x-ref"].value, prop.schema["x-ref"]):
        return
    if prop.ref.collection not in base:
        message = f"{prop.name}: no collection {quoted(prop.ref.collection)}"
        hint = did_you_mean(prop.ref.collection, base.collections) or "name a collection of content/catalogue.yml"
        yield _finding(place_of(kind, prop, "x-ref", positions), message, hint)
        return
    known = base[prop.ref.collection].kind.root.properties
    if prop.ref.key and prop.ref.key not in known:
        message = f"{prop.name}: {prop.ref.collection} have no property {quoted(prop.ref.key)}"
        yield _finding(place_of(kind, prop, "x-ref", positions), message, _meant(prop.ref.key, known))


def _check_names(kind: Kind, prop: Property, base: KnowledgeBase, positions: Positions) -> Iterator[Finding]:
    """Yield the names of other properties that a property's keywords name in vain."""
    parent = _parent(kind, prop)
    for keyword in SIBLINGS:
        wanted = prop.schema.get(keyword)
        if isinstance(wanted, str) and wanted not in parent.properties:
            message = f"{prop.name}: no property {quoted(wanted)} beside it"
            yield _finding(place_of(kind, prop, keyword, positions), message, _meant(wanted, parent.properties))
    unique = prop.schema.get("x-unique")
    per = unique.get("per") if isinstance(unique, dict) else None
    if isinstance(per, str) and per not in kind.root.properties:
        message = f"{prop.name}: no property {quoted(per)}"
        yield _finding(place_of(kind, prop, "x-unique", positions), message, _meant(per, kind.root.properties))
    mirror = prop.schema.get("x-mirror")
    if isinstance(mirror, str):
        if prop.ref is None:
            message = f"{prop.name}: 'x-mirror' needs an 'x-ref' beside it"
            yield _finding(place_of(kind, prop, "x-mirror", positions), message, "add it, or take this out")
        elif prop.ref.collection in base and mirror not in base[prop.ref.collection].kind.root.properties:
            known = base[prop.ref.collection].kind.root.properties
            message = f"{prop.name}: {prop.ref.collection} have no property {quoted(mirror)}"
            yield _finding(place_of(kind, prop, "x-mirror", positions), message, _meant(mirror, known))


def _meant(name: str, known: Iterable[str]) -> str:
    """Say which name is meant, or which there are."""
    return did_you_mean(name, known) or f"there are: {', '.join(known)}"


def _parent(kind: Kind, prop: Property) -> Property:
    found = kind.root
    for part in prop.path[:-1]:
        child = found.item if part == "[]" else found.others if part == "*" else found.properties.get(part)
        found = child or found
    return found


def place_of(kind: Kind, prop: Property, keyword: str, positions: Positions) -> Place:
    """Return where the keyword of a property stands in the file of its kind; if it is shared, the property."""
    way: list[str] = []
    for part in prop.path:
        way += ["items"] if part == "[]" else ["additionalProperties"] if part == "*" else ["properties", part]
    return positions.of(kind.name, (*way, keyword))


def _finding(place: Place, message: str, hint: str, severity: Severity = Severity.ERROR) -> Finding:
    return Finding(place, "schema", message, hint=hint, severity=severity)
