"""What a record breaks of its schema, in words: each error with its place and what to do."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any, Final

from smartguide.findings import Finding, Place, did_you_mean, key_path, quoted
from smartguide.model.kinds import Kind
from smartguide.model.properties import TYPES, Property, Schema
from smartguide.reading import Document, Path_


def check(kind: Kind, document: Document, data: Any, base: Path_ = ()) -> Iterator[Finding]:
    """Yield all that ``data``, which stands at ``base`` in ``document``, breaks of the schema of a kind."""
    errors = list(kind.validator.iter_errors(data))
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
        yield from _explain(kind, error, document, data, base)


def _explain(kind: Kind, error: Any, document: Document, data: Any, base: Path_) -> Iterator[Finding]:
    path: Path_ = tuple(error.instance_path)
    declared = kind.property_at(path)
    wanted = declared.schema if declared else {}
    known_keys = declared.properties if declared else {}
    value = _value_at(data, path)
    said = _message(kind, error.schema_path)
    at_value = document.value_at((*base, *path))

    def finding(message: str, hint: str = "", *, place: Place = at_value) -> Finding:
        return Finding(place, _RULES.get(error.kind.name, "schema"), message, key_path(path), hint)

    match error.kind.name:
        case "additionalProperties" | "unevaluatedProperties":
            for name in error.kind.unexpected:
                place = document.key_at((*base, *path, name))
                hint = did_you_mean(name, known_keys) or _list_of("allowed", known_keys)
                yield finding(f"unknown key {quoted(name)}", hint, place=place)
        case "required":
            name = str(error.kind.property)
            missing = known_keys.get(name)
            yield finding(f"the key {quoted(name)} is missing", said or _purpose(missing.schema if missing else {}))
        case "falseSchema":
            yield finding("does not apply here", said or "take it out", place=document.key_at((*base, *path)))
        case "type":
            needs = " or ".join(TYPES.get(name, name) for name in error.kind.types)
            hint = _type_hint(error.kind.types, value, declared)
            yield finding(f"must be {needs}, not {_described(value)}", hint)
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
            yield finding(f"is too long ({len(value):,} characters)", said or f"at most {wanted.get('maxLength'):,}")
        case "uniqueItems":
            yield finding("holds the same thing twice", said or _repeated(value))
        case "minimum" | "maximum" | "exclusiveMinimum" | "exclusiveMaximum":
            limits = (("at least", "minimum"), ("at most", "maximum"))
            known = ", ".join(f"{word} {wanted[limit]}" for word, limit in limits if limit in wanted)
            yield finding(f"{quoted(value)} is out of range", said or known)
        case _:
            yield finding(said or str(error.message)[:200], "" if said else _purpose(wanted))


def _message(kind: Kind, schema_path: Iterable[str | int]) -> str:
    """Return the ``x-message`` of the innermost part of the schema on the way to the keyword that failed."""
    node: Any = kind.schema
    said = ""
    for part in schema_path:
        if isinstance(node, dict) and isinstance(part, str):
            said = str(node.get("x-message", said))
            target = kind.resolve(node)
            if target is not None and part not in node:
                said = str(node.get("x-message", target.get("x-message", said)))
                node = target
            node = target if part == "$ref" else node.get(part)
        elif isinstance(node, list) and isinstance(part, int) and part < len(node):
            node = node[part]
        else:
            break
    return said


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


def _type_hint(needed: list[str], value: Any, declared: Property | None) -> str:
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
        case "object", _ if required := _required(declared):
            return f"it needs the keys {', '.join(required)}"
    return _purpose(declared.schema if declared else {})


def _required(declared: Property | None) -> list[str]:
    return [name for name, child in declared.properties.items() if child.is_required] if declared else []


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
