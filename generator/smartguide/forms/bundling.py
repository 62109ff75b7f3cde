"""A schema by itself: what it refers to is put among its own ``$defs``, and what no form needs left out."""

from __future__ import annotations

from typing import Any, Final

from smartguide.model.kinds import Kind
from smartguide.model.properties import Schema
from smartguide.model.schema_faults import LISTS_OF_SCHEMAS, MAPPINGS_OF_SCHEMAS, SCHEMAS

_LEFT_OUT: Final = frozenset(
    {
        "$schema",
        "$id",
        "$comment",
        "$defs",
        "patternErrorMessage",
        "x-facet",
        "x-facet-through",
        "x-facet-inverse",
        "x-search",
        "x-inverse",
        "x-tooltip",
    }
)
"""Keywords for pages, lists, the search and editors."""


def bundled(kind: Kind) -> Schema:
    """Return the schema of a kind as one that refers to nothing outside itself."""
    return _Bundle(kind).made()


class _Bundle:
    """Puts one schema together. ``names`` are those of the parts so far, by the identity of each part."""

    def __init__(self, kind: Kind) -> None:
        self._kind = kind
        self._names: dict[int, str] = {}
        self._parts: dict[str, Schema] = {}

    def made(self) -> Schema:
        whole = self._copied(self._kind.schema)
        return {**whole, "$defs": self._parts} if self._parts else whole

    def _copied(self, schema: Any) -> Any:
        if not isinstance(schema, dict):
            return schema  # true and false are schemas, too
        made: Schema = {}
        for keyword, value in schema.items():
            if keyword in _LEFT_OUT:
                continue
            if keyword == "$ref":
                made[keyword] = self._reference(schema)
            elif keyword in MAPPINGS_OF_SCHEMAS and isinstance(value, dict):
                made[keyword] = {name: self._copied(child) for name, child in value.items()}
            elif keyword in LISTS_OF_SCHEMAS and isinstance(value, list):
                made[keyword] = [self._copied(child) for child in value]
            elif keyword in SCHEMAS:
                made[keyword] = self._copied(value)
            elif keyword == "examples":
                made |= _examples(value)
            else:
                made[keyword] = value
        return made

    def _reference(self, schema: Schema) -> str:
        """Return the reference to the copy of what a schema refers to, which is made if it is not there."""
        target = self._kind.resolve(schema)
        if target is None or target is self._kind.schema:
            return "#"  # a schema that refers to nothing cannot be used, and no form is made of it
        name = self._names.get(id(target))
        if name is None:
            wanted = str(schema["$ref"]).rpartition("/")[2].removesuffix(".schema.json") or "part"
            name = wanted
            while name in self._parts:
                name = f"{wanted}-{len(self._parts)}"
            self._names[id(target)] = name
            self._parts[name] = {}
            self._parts[name] = self._copied(target)
        return f"#/$defs/{name}"


def _examples(value: Any) -> Schema:
    """Return the first example, unless it is a list or a mapping, which no form shows."""
    first = value[0] if isinstance(value, list) and value else None
    return {"examples": [first]} if first is not None and not isinstance(first, list | dict) else {}
