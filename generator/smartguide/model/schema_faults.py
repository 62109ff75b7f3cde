"""What makes a schema unusable: values that its keywords cannot have, patterns that are none, references to nothing.

Each is told on its own, with the way to it in the file. A validator tells only the first, without its place.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final, NamedTuple

import jsonschema_rs

from smartguide.findings import did_you_mean, quoted
from smartguide.model import patterns
from smartguide.model.properties import TYPES, Schema
from smartguide.reading import Path_

LISTS_OF_SCHEMAS: Final = ("allOf", "anyOf", "oneOf", "prefixItems")
MAPPINGS_OF_SCHEMAS: Final = ("properties", "patternProperties", "dependentSchemas", "$defs")
SCHEMAS: Final = (
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
_VALUES: Final = {
    **dict.fromkeys((*LISTS_OF_SCHEMAS,), "a list of schemas, with at least one in it"),
    **dict.fromkeys((*MAPPINGS_OF_SCHEMAS,), "a mapping of names and schemas"),
    **dict.fromkeys((*SCHEMAS,), "a schema in { }, true or false"),
    **dict.fromkeys(
        ("minLength", "maxLength", "minItems", "maxItems", "minProperties", "maxProperties"),
        "a whole number from 0, without quotes",
    ),
    **dict.fromkeys(("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"), "a number, without quotes"),
    **dict.fromkeys(("title", "description", "pattern", "format", "$ref", "$id", "$comment"), "a text in quotes"),
    **dict.fromkeys(("uniqueItems", "deprecated", "readOnly", "writeOnly"), "true or false, without quotes"),
    **dict.fromkeys(("enum", "examples"), "a list in [ ]"),
    "required": "a list of names of properties, each once",
    "multipleOf": "a number above 0",
}
"""What the values of keywords are, in words."""


class Fault(NamedTuple):
    """What is wrong at a place of a schema, and what to do."""

    way: Path_
    message: str
    hint: str


def schemas_in(schema: Any, way: Path_ = ()) -> Iterator[tuple[Path_, Schema]]:
    """Yield a schema and all schemas inside it, each with its path in the file."""
    if not isinstance(schema, dict):
        return
    yield way, schema
    for keyword in SCHEMAS:
        yield from schemas_in(schema.get(keyword), (*way, keyword))
    for keyword in LISTS_OF_SCHEMAS:
        children = schema.get(keyword)
        for number, child in enumerate(children if isinstance(children, list) else ()):
            yield from schemas_in(child, (*way, keyword, number))
    for keyword in MAPPINGS_OF_SCHEMAS:
        children = schema.get(keyword)
        for name, child in (children if isinstance(children, dict) else {}).items():
            yield from schemas_in(child, (*way, keyword, name))


def of_values(schema: Schema, meta: Any) -> Iterator[Fault]:
    """Yield the keywords with a value that they cannot have; ``meta`` is the validator of schemas."""
    told: set[Path_] = set()
    for error in meta.iter_errors(schema):
        way = tuple(error.instance_path)
        names = [number for number, part in enumerate(way) if part in _VALUES or part == "type"]
        if not names:
            yield Fault(way, f"not a JSON Schema: {error.message}"[:200], "see json-schema.org")
            continue
        here = way[: names[-1] + 1]
        if here in told:
            continue
        told.add(here)
        keyword = str(here[-1])
        shown = quoted(_at(schema, way))
        if keyword == "type":
            hint = did_you_mean(str(_at(schema, way)), TYPES) or f"there are: {', '.join(TYPES)}"
            yield Fault(here, f"no type {shown}", hint)
        else:
            yield Fault(here, f"{quoted(keyword)} cannot be {shown}", f"write {_VALUES[keyword]}")


def of_patterns(schema: Schema) -> Iterator[Fault]:
    """Yield the patterns that are no regular expressions of ECMAScript."""
    for way, one in schemas_in(schema):
        keys = one.get("patternProperties")
        found = [((*way, "pattern"), one["pattern"])] if "pattern" in one else []
        found += [((*way, "patternProperties", key), key) for key in (keys if isinstance(keys, dict) else ())]
        for here, pattern in found:
            if not isinstance(pattern, str):
                continue
            if why := patterns.fault(pattern):
                yield Fault(here, f"the pattern {quoted(pattern)} cannot be used", why)
            elif not _is_pattern(pattern):
                message = f"the pattern {quoted(pattern)} cannot be used"
                yield Fault(here, message, "write it without looking ahead or back, and without back-references")


def of_references(schema: Schema, file: str, files: Mapping[str, Schema | None]) -> Iterator[Fault]:
    """Yield the references that lead nowhere.

    ``file`` is the name of the schema's file; ``files`` are all schemas of the folder, None for an unreadable one.
    """
    for way, one in schemas_in(schema):
        reference = one.get("$ref")
        if not isinstance(reference, str):
            continue
        name, _, fragment = reference.partition("#")
        short = name.rsplit("/", 1)[-1] or file
        here = (*way, "$ref")
        if short not in files:
            hint = did_you_mean(short, files) or f"write schemas/{short}, or name another one"
            yield Fault(here, f"no schema {quoted(short)}", hint)
            continue
        target: Any = files[short]
        if target is None:
            continue  # what is wrong with that file is a finding of its own
        parts = [part.replace("~1", "/").replace("~0", "~") for part in fragment.split("/") if part]
        for number, part in enumerate(parts):
            if not isinstance(target, dict) or part not in target:
                known = (
                    [f"{'/'.join(['#', *parts[:number]])}/{key}" for key in target] if isinstance(target, dict) else []
                )
                hint = did_you_mean(f"#/{'/'.join(parts[: number + 1])}", known) or f"see what there is in {short}"
                yield Fault(here, f"{short} has no '#{fragment}'", hint)
                break
            target = target[part]


def names_of_files(schema: Schema) -> set[str]:
    """Return the names of the other files that a schema refers to."""
    found = (one.get("$ref") for _, one in schemas_in(schema))
    return {name.rsplit("/", 1)[-1] for one in found if isinstance(one, str) and (name := one.partition("#")[0])}


def _is_pattern(pattern: str) -> bool:
    try:
        jsonschema_rs.Draft202012Validator({"pattern": pattern}, pattern_options=jsonschema_rs.RegexOptions())
    except (ValueError, jsonschema_rs.ReferencingError):
        return False
    return True


def _at(schema: Any, way: Path_) -> Any:
    for part in way:
        schema = schema[part]
    return schema
