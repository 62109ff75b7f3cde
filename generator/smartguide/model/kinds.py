"""The kinds of records, each declared by one JSON Schema, and the check of a record against its schema.

A schema is JSON Schema 2020-12 with a few keywords of our own, all of which validators ignore:

``x-plural``   (kind)      what a list of such records is called
``x-label``    (kind)      the property that names a record
``x-summary``  (kind)      the property that tells most about it in a line
``x-ref``      (property)  the value is the id of a record of that collection; ``countries#code`` means that it is
                           the value of ``code`` of a record there
``x-inverse``  (property)  what the back-reference is called on the page of the record that is referred to
``x-facet``    (property)  the catalogue filters by it
``x-search``   (property)  a name by which people look for the record; the search weighs it more than other text
``x-prose``    (property)  the text may hold the few constructs of prose
``x-message``  (anywhere)  the words for a finding that comes from this part of the schema
"""

from __future__ import annotations

import json
from collections.abc import Callable, Container, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, Final

import jsonschema_rs

from smartguide.findings import Finding, Place, did_you_mean, key_path, quoted
from smartguide.reading import Document, Path_

SUFFIX: Final = ".schema.json"
OWN: Final = Path(__file__).parents[1] / "schemas"
"""The folder of the generator's own schemas."""
DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"
Schema = dict[str, Any]
DEEPEST: Final = 50
"""So deep a schema is looked into: it may contain itself."""


@dataclass(frozen=True, slots=True)
class Property:
    """One property of a kind, wherever it stands.

    ``path`` is the way to it (``("partners", "[]", "partner")``, where ``[]`` stands for every item of a list),
    ``schema`` its schema with ``$ref`` resolved, ``required`` whether its parent must have it.
    """

    path: tuple[str, ...]
    schema: Schema
    required: bool

    @property
    def name(self) -> str:
        """The path as people write it: ``partners[].partner``."""
        return ".".join(self.path).replace(".[]", "[]")

    @property
    def title(self) -> str:
        """The words for the property on a page or a form."""
        return str(self.schema.get("title", self.path[-1]))

    @property
    def form(self) -> str:
        """What a value looks like, in a few words: ``text``, ``a list of ids of sectors``, ``one of: 1, 2``."""
        return _form(self.schema)

    @property
    def example(self) -> str:
        """An example of a value, as one would write it in YAML; an empty string for a mapping or if there is none."""
        example = (self.schema.get("examples") or [None])[0]
        if example is None or isinstance(example, dict) or (isinstance(example, list) and isinstance(example[0], dict)):
            return ""
        return json.dumps(example, ensure_ascii=False)

    def values(self, data: Any) -> Iterator[tuple[Path_, Any]]:
        """Yield every value of this property in a record, with its path; parts of another type are passed over."""
        yield from _values(data, self.path, ())


def _values(data: Any, rest: tuple[str, ...], so_far: Path_) -> Iterator[tuple[Path_, Any]]:
    if not rest:
        yield so_far, data
    elif rest[0] == "[]":
        if isinstance(data, list):
            for number, item in enumerate(data):
                yield from _values(item, rest[1:], (*so_far, number))
    elif isinstance(data, dict) and rest[0] in data:
        yield from _values(data[rest[0]], rest[1:], (*so_far, rest[0]))


class Fields(dict[str, Any]):
    """A mapping of a record in which every key of the schema can be asked for; any other is a KeyError."""

    def __init__(self, known: Container[str], data: dict[str, Any]) -> None:
        super().__init__(data)
        self._known = known

    def __missing__(self, key: str) -> None:
        if key not in self._known:
            raise KeyError(key)


@dataclass(frozen=True)
class Kind:
    """A kind of record: its schema, and what follows from it."""

    name: str
    schema: Schema
    _validator: Any = field(repr=False)
    _resolve: Callable[[Schema], Schema] = field(repr=False)

    @property
    def title(self) -> str:
        """What one such record is called."""
        return str(self.schema.get("title", self.name))

    @property
    def plural(self) -> str:
        """What a list of such records is called."""
        return str(self.schema.get("x-plural", self.title + "s"))

    @property
    def label_key(self) -> str:
        """The property that names a record: ``x-label``, or else ``title`` or ``name``, whichever is there."""
        properties = self.schema.get("properties", {})
        return str(self.schema.get("x-label") or next((key for key in ("title", "name") if key in properties), ""))

    @property
    def summary_key(self) -> str:
        """The property that tells most about a record in a line; an empty string if there is none."""
        return str(self.schema.get("x-summary", ""))

    @cached_property
    def properties(self) -> tuple[Property, ...]:
        """Every property at every depth, in the order of the schema."""
        return tuple(self._walk(self.schema, ()))

    @cached_property
    def references(self) -> tuple[Property, ...]:
        """The properties that hold an id of another record."""
        return self._with("x-ref")

    @cached_property
    def facets(self) -> tuple[Property, ...]:
        """The properties by which the catalogue filters."""
        return self._with("x-facet")

    @cached_property
    def searched(self) -> tuple[Property, ...]:
        """The properties that the search weighs more than other text."""
        return self._with("x-search")

    def property_at(self, path: Path_) -> Schema:
        """Return the schema of the value at ``path`` of a record; an empty one if there is none."""
        node = self._resolve(self.schema)
        for part in path:
            others = node.get("additionalProperties")
            child = node.get("items") if isinstance(part, int) else node.get("properties", {}).get(part, others)
            if not isinstance(child, dict):
                return {}
            node = self._resolve(child)
        return node

    def fields(self, data: Any, path: Path_ = ()) -> Any:
        """Return a record for templates: a key that the schema knows and the record leaves out is None."""
        if isinstance(data, dict):
            known = self.property_at(path).get("properties", {})
            return Fields(known, {key: self.fields(value, (*path, key)) for key, value in data.items()})
        if isinstance(data, list):
            return [self.fields(item, (*path, number)) for number, item in enumerate(data)]
        return data

    def check(self, document: Document, data: Any, base: Path_ = ()) -> Iterator[Finding]:
        """Yield all that is wrong with one record.

        ``data`` is the record, which stands at ``base`` in ``document``.
        """
        errors = list(self._validator.iter_errors(data))
        wrong_type = {tuple(error.instance_path) for error in errors if error.kind.name == "type"}
        unexpected = {
            tuple(error.instance_path): error.kind.unexpected
            for error in errors
            if error.kind.name == "additionalProperties"
        }
        for error in errors:
            path = tuple(error.instance_path)
            if error.kind.name in {"enum", "const"} and path in wrong_type:
                continue  # the type says it already
            if error.kind.name == "required" and did_you_mean(error.kind.property, unexpected.get(path, ())):
                continue  # it is there, misspelt
            yield from self._explain(error, document, data, base)

    def _with(self, keyword: str) -> tuple[Property, ...]:
        return tuple(found for found in self.properties if keyword in found.schema)

    def _walk(self, schema: Schema, path: tuple[str, ...]) -> Iterator[Property]:
        if len(path) > DEEPEST:
            return
        required = schema.get("required", ())
        for name, child in schema.get("properties", {}).items():
            resolved = self._resolve(child)
            yield Property((*path, name), resolved, name in required)
            yield from self._walk_items(resolved, (*path, name))

    def _walk_items(self, schema: Schema, path: tuple[str, ...]) -> Iterator[Property]:
        if isinstance(items := schema.get("items"), dict):
            resolved = self._resolve(items)
            if "x-ref" in resolved or "x-prose" in resolved:
                yield Property((*path, "[]"), resolved, required=True)
            yield from self._walk_items(resolved, (*path, "[]"))
        if "properties" in schema:
            yield from self._walk(schema, path)

    def _explain(self, error: Any, document: Document, data: Any, base: Path_) -> Iterator[Finding]:
        path: Path_ = tuple(error.instance_path)
        wanted = self.property_at(path)
        value = _value_at(data, path)
        said = self._said(error.schema_path)
        at_value = document.value_at((*base, *path))

        def finding(message: str, hint: str = "", *, key: Path_ = path, place: Place = at_value) -> Finding:
            return Finding(place, _RULES.get(error.kind.name, "schema"), message, key_path(key), hint)

        match error.kind.name:
            case "additionalProperties" | "unevaluatedProperties":
                for name in error.kind.unexpected:
                    place = document.key_at((*base, *path, name))
                    hint = did_you_mean(name, wanted.get("properties", ())) or _list_of(
                        "allowed", wanted.get("properties", ())
                    )
                    yield finding(f"unknown key {quoted(name)}", hint, place=place)
            case "required":
                name = str(error.kind.property)
                child = self._resolve(wanted.get("properties", {}).get(name, {}))
                yield finding(f"the key {quoted(name)} is missing", said or _purpose(child))
            case "falseSchema":
                yield finding("does not apply here", said or "take it out", place=document.key_at((*base, *path)))
            case "type":
                needs = " or ".join(_TYPES.get(name, name) for name in error.kind.types)
                yield finding(f"must be {needs}, not {_described(value)}", _type_hint(error.kind.types, value, wanted))
            case "enum" | "const" | "constant":
                allowed = [str(option) for option in wanted.get("enum", [wanted.get("const")])]
                known = _list_of("allowed", allowed)
                nearest = did_you_mean(str(value), allowed)
                yield finding(f"{quoted(value)} is not allowed", said or " ".join(filter(None, (nearest, known))))
            case "pattern" | "format":
                yield finding(f"{quoted(value)} does not have the right form", said or _purpose(wanted))
            case "minItems" | "minLength" | "minProperties":
                yield finding("must not be empty", said or "write something or leave the key out")
            case "maxLength":
                yield finding(
                    f"is too long ({len(value):,} characters)", said or f"at most {wanted.get('maxLength'):,}"
                )
            case "uniqueItems":
                yield finding("holds the same thing twice", said or _repeated(value))
            case "minimum" | "maximum" | "exclusiveMinimum" | "exclusiveMaximum":
                limits = (("at least", "minimum"), ("at most", "maximum"))
                known = ", ".join(f"{word} {wanted[limit]}" for word, limit in limits if limit in wanted)
                yield finding(f"{quoted(value)} is out of range", said or known)
            case _:
                yield finding(said or str(error.message)[:200], "" if said else _purpose(wanted))

    def _said(self, schema_path: list[str | int]) -> str:
        """Return the ``x-message`` of the innermost part of the schema on the way to the keyword that failed."""
        node: Any = self.schema
        said = ""
        for part in schema_path:
            if isinstance(node, dict):
                said = str(node.get("x-message", said))
                node = self._resolve(node).get(part) if isinstance(part, str) else None
            elif isinstance(node, list) and isinstance(part, int) and part < len(node):
                node = node[part]
            else:
                break
        return said


@dataclass
class Kinds:
    """All kinds of a project, by name, and what is wrong with their schemas."""

    by_name: dict[str, Kind] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)


def load(folder: Path) -> Kinds:
    """Load every ``<kind>.schema.json`` of a folder; a schema that cannot be used is a finding, not an exception."""
    kinds = Kinds()
    schemas: dict[str, Schema] = {}
    for path in sorted(folder.glob(f"*{SUFFIX}")):
        shown = f"{folder.name}/{path.name}"
        try:
            schema = _read(path, folder)
            jsonschema_rs.meta.validate(schema)
        except json.JSONDecodeError as error:
            kinds.findings.append(
                Finding(Place(shown, error.lineno, error.colno), "schema", f"not readable as JSON: {error.msg}")
            )
        except (ValueError, OSError, RecursionError, jsonschema_rs.ReferencingError) as error:
            kinds.findings.append(Finding(Place(shown), "schema", f"not a JSON Schema: {str(error).splitlines()[0]}"))
        else:
            schemas[path.name] = schema
            if path.name != str(schema.get("$id", path.name)).rsplit("/", 1)[-1]:
                place = Place(shown, *_position(path, '"$id"'))
                hint = f"end it with '{path.name}', or leave it out"
                kinds.findings.append(
                    Finding(place, "schema", f"the $id is that of another file: {schema['$id']}", hint=hint)
                )
    # A schema without an $id stands beside the others, so that its references to them are found.
    folder_id = next((str(one["$id"]).rsplit("/", 1)[0] for one in schemas.values() if "$id" in one), "schema:")
    schemas = {name: {"$id": f"{folder_id}/{name}", **schema} for name, schema in schemas.items()}
    resources = [(schema["$id"], schema) for schema in schemas.values()]
    try:
        registry = jsonschema_rs.Registry(resources)
    except (ValueError, jsonschema_rs.ReferencingError) as error:
        kinds.findings.append(Finding(Place(folder.name), "schema", str(error).splitlines()[0]))
        return kinds

    def resolve(schema: Schema) -> Schema:
        return _resolved(schema, schemas)

    for name, schema in schemas.items():
        try:
            validator = jsonschema_rs.Draft202012Validator(
                schema,
                registry=registry,
                pattern_options=jsonschema_rs.RegexOptions(),  # linear in the text: no pattern can be made to hang
                offline=True,
                validate_formats=True,
            )
        except (ValueError, jsonschema_rs.ReferencingError) as error:
            place = Place(f"{folder.name}/{name}")
            kinds.findings.append(Finding(place, "schema", str(error).splitlines()[0]))
            continue
        kind = name.removesuffix(SUFFIX)
        kinds.by_name[kind] = Kind(kind, schema, validator, resolve)
    return kinds


def _read(path: Path, folder: Path) -> Schema:
    """Return a schema. Raises ValueError if it is none that we can use; another dialect would be fetched."""
    if not path.resolve().is_relative_to(folder.parent.resolve()):
        raise ValueError("a link that leads out of the project")
    schema = json.loads(path.read_text(encoding="utf-8-sig"))
    if not isinstance(schema, dict):
        raise ValueError("it must be a mapping of keywords")  # noqa: TRY004  # told like all else
    if schema.setdefault("$schema", DIALECT) != DIALECT:
        raise ValueError(f"its $schema must be {DIALECT}")
    return schema


def _position(path: Path, text: str) -> tuple[int, int]:
    """Return the line and column at which a text first stands in a file."""
    before = path.read_text(encoding="utf-8-sig").partition(text)[0]
    return before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1


def _resolved(schema: Any, schemas: dict[str, Schema], left: int = DEEPEST) -> Schema:
    """Follow ``$ref`` to another file of the folder; keywords beside the ``$ref`` come first (title, description)."""
    if not isinstance(schema, dict):
        return {}  # true and false are schemas, too
    reference = schema.get("$ref")
    if not isinstance(reference, str) or not left:
        return schema
    name, _, fragment = reference.partition("#")
    target: Any = schemas.get(name.rsplit("/", 1)[-1], {})
    for part in fragment.strip("/").split("/"):
        target = (target.get(part, {}) if isinstance(target, dict) else {}) if part else target
    own = {key: value for key, value in schema.items() if key != "$ref"}
    return {**_resolved(target, schemas, left - 1), **own}


def _form(schema: Schema) -> str:
    if target := str(schema.get("x-ref", "")):
        name, _, key = target.partition("#")
        return f"the {key or 'id'} of one of the {name}"
    if "enum" in schema:
        return f"one of: {', '.join(map(str, schema['enum']))}"
    if schema.get("type") == "array":
        items = schema.get("items", {})
        return f"a list: {_form(items)}" if items.get("type") != "object" else "a list of mappings"
    if schema.get("x-prose"):
        return "prose"
    return _TYPES.get(str(schema.get("type")), "")


_RULES: Final = {
    "additionalProperties": "unknown-key",
    "unevaluatedProperties": "unknown-key",
    "required": "missing-key",
    "falseSchema": "does-not-apply",
    "type": "wrong-type",
    "enum": "not-allowed",
    "const": "not-allowed",
    "pattern": "wrong-form",
    "format": "wrong-form",
    "propertyNames": "wrong-form",
    "minItems": "empty",
    "minLength": "empty",
    "minProperties": "empty",
    "maxLength": "too-long",
    "uniqueItems": "repeated",
    "minimum": "out-of-range",
    "maximum": "out-of-range",
}
"""The names that the findings of the schemas' keywords carry."""

_TYPES: Final = {
    "string": "text",
    "integer": "a whole number",
    "number": "a number",
    "boolean": "true or false",
    "array": "a list",
    "object": "a mapping of keys and values",
    "null": "empty",
}


def _described(value: Any) -> str:
    match value:
        case None:
            return "empty"
        case bool():
            return str(value).lower()
        case int() | float():
            return f"the number {value}"
        case str():
            return f"the text {quoted(value)}"
        case list():
            return "a list"
        case _:
            return "a mapping"


def _type_hint(needed: list[str], value: Any, wanted: Schema) -> str:
    match needed[0], value:
        case _, None:
            return "write a value or leave the key out"
        case "string", bool() | int() | float():
            return "put it in quotes"
        case "array", str() | int() | float() | dict():
            return "begin each entry with '- ' on a line of its own"
        case "boolean", str():
            return "write true or false, without quotes"
        case (("integer" | "number"), str()):
            return "write digits only: no quotes, no thousands separator, no unit"
        case "object", _ if wanted.get("required"):
            return f"it needs the keys {', '.join(wanted['required'])}"
    return _purpose(wanted)


def _purpose(schema: Schema) -> str:
    """Say what a property is for, with an example."""
    examples = schema.get("examples", [])
    example = examples[0] if examples else None
    shown = f"for example {json.dumps(example, ensure_ascii=False)}" if isinstance(example, str | int | float) else ""
    description = str(schema.get("description", ""))
    return "; ".join(filter(None, (description.rstrip("."), shown)))


def _repeated(value: Any) -> str:
    """Name the first entry of a list that stands there twice."""
    seen: list[Any] = []
    for item in value if isinstance(value, list) else ():
        if item in seen:
            return f"{quoted(json.dumps(item, ensure_ascii=False))} stands there again; delete it"
        seen.append(item)
    return "delete one"


def _list_of(word: str, known: Any) -> str:
    names = list(known)
    return f"{word}: {', '.join(names)}" if names else ""


def _value_at(data: Any, path: Path_) -> Any:
    for part in path:
        data = data[part]  # the path comes from the validator, so it exists
    return data
