"""The properties of a kind of record, typed by what the schema declares: the one place that walks through a schema."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Final, NamedTuple

from smartguide.reading import Path_

Schema = dict[str, Any]
MAX_DEPTH: Final = 50
"""So deep a schema is followed: it may refer to itself."""

ITEM: Final = "[]"
"""The step to an item of a list."""
OTHER: Final = "*"
"""The step to a value whose key the schema does not name."""
_ALTERNATIVES: Final = ("allOf", "anyOf", "oneOf")
_CONDITIONS: Final = ("then", "else")
_OWN_ONLY: Final = ("$ref", "properties", "required", *_ALTERNATIVES, "if", *_CONDITIONS)
"""Keywords that say how a schema is put together; they are not merged."""


class Ref(NamedTuple):
    """What a value refers to: a record of ``collection`` by its id, or by its property ``key`` if that is not empty."""

    collection: str
    key: str = ""


class Value(NamedTuple):
    """A value of a record: where it stands, what it is, and the property that it is a value of."""

    path: Path_
    value: Any
    property: Property


@dataclass(frozen=True, eq=False)
class Property:
    """A property of a kind, wherever it stands, and what its schema declares.

    ``path`` is the way to it: ``("partners", "[]", "name")``, where ``[]`` stands for every item of a list and ``*``
    for every key that the schema does not name. ``parts`` are the schemas that apply to it (with ``$ref`` followed, and
    all alternatives), the declared one first.
    """

    path: tuple[str, ...]
    parts: tuple[Part, ...]
    is_required: bool
    _resolve: Callable[[Schema], Schema | None] = field(repr=False)

    @cached_property
    def schema(self) -> Schema:
        """The keywords of all parts together; where several have one, the first counts."""
        merged: Schema = {}
        for part in reversed(self.parts):
            if not part.is_condition:
                merged |= {key: value for key, value in part.schema.items() if key not in _OWN_ONLY}
        return merged

    @cached_property
    def name(self) -> str:
        """The path as people write it: ``partners[].name``."""
        return ".".join(self.path).replace(f".{ITEM}", ITEM)

    @property
    def title(self) -> str:
        """The words for the property on a page or a form."""
        return str(self.schema.get("title", self.path[-1] if self.path else ""))

    @property
    def description(self) -> str:
        """What the property is for."""
        return str(self.schema.get("description", ""))

    @cached_property
    def ref(self) -> Ref | None:
        """What the value refers to; None if it is no reference."""
        declared = self.schema.get("x-ref")
        if not isinstance(declared, str):
            return None
        collection, _, key = declared.partition("#")
        return Ref(collection, key)

    @cached_property
    def inverse(self) -> str:
        """What the back-reference is called; empty if the schema does not say."""
        return str(self.schema.get("x-inverse", ""))

    @cached_property
    def facet(self) -> bool:
        """Whether it is declared for filters."""
        return self._is_set("x-facet")

    @cached_property
    def search(self) -> str:
        """What it is to the search: ``name``, ``place``, ``fact``, or an empty string."""
        declared = self.schema.get("x-search")
        return "name" if declared is True else str(declared or "")

    @cached_property
    def prose(self) -> bool:
        """Whether the text may hold paragraphs, emphasis, lists and links."""
        return self._is_set("x-prose")

    @cached_property
    def tooltip(self) -> bool:
        """Whether the text explains the record's name."""
        return self._is_set("x-tooltip")

    @cached_property
    def alias(self) -> bool:
        """Whether it holds other spellings of the record's name."""
        return self._is_set("x-alias")

    @cached_property
    def former_ids(self) -> bool:
        """Whether it holds ids that the record had before."""
        return self._is_set("x-former-ids")

    @cached_property
    def continues(self) -> bool:
        """Whether it names the record that this one continues."""
        return self._is_set("x-continues")

    @property
    def multiple(self) -> bool:
        """Whether it may hold several values."""
        return "array" in self.types

    @cached_property
    def types(self) -> frozenset[str]:
        """The types of JSON that a value may have; none if the schema does not say."""
        declared = [part.schema["type"] for part in self.parts if not part.is_condition and "type" in part.schema]
        return frozenset(name for one in declared for name in (one if isinstance(one, list) else [one]))

    @property
    def kind_of_value(self) -> str:
        """What a value is, in a few words: ``text``, ``a list of mappings``, ``one of: 1, 2``."""
        if self.ref:
            or_url = ", or a URL" if self.schema.get("x-or-url") else ""
            return f"the {self.ref.key or 'id'} of one of the {self.ref.collection}{or_url}"
        if "enum" in self.schema:
            return f"one of: {', '.join(map(str, self.schema['enum']))}"
        if self.schema.get("type") == "array":
            item = self.item
            return f"a list: {item.kind_of_value}" if item and "object" not in item.types else "a list of mappings"
        if self.prose:
            return "prose"
        return " or ".join(TYPES[name] for name in TYPES if name in self.types)

    @property
    def example(self) -> str:
        """An example of a value, as one would write it in YAML; an empty string for a mapping or if there is none."""
        example = (self.schema.get("examples") or [None])[0]
        if example is None or isinstance(example, dict) or (isinstance(example, list) and isinstance(example[0], dict)):
            return ""
        return json.dumps(example, ensure_ascii=False)

    @cached_property
    def properties(self) -> dict[str, Property]:
        """The named properties of a mapping, in the order of the schema."""
        found: dict[str, tuple[list[Part], bool]] = {}
        for part in self.parts:
            required = () if part.is_alternative else part.schema.get("required", ())
            for name, child in _mapping(part.schema.get("properties")).items():
                parts, was_required = found.get(name, ([], False))
                found[name] = (
                    [*parts, Part(child, part.is_alternative, part.is_condition)],
                    (was_required or name in required),
                )
        return {name: self._child(name, parts, is_required=needed) for name, (parts, needed) in found.items()}

    @cached_property
    def item(self) -> Property | None:
        """The items of a list; None if the schema does not say what they are."""
        return self._from("items", "prefixItems", step=ITEM)

    @cached_property
    def others(self) -> Property | None:
        """The values of keys that the schema does not name; None if it does not say what they are."""
        return self._from("additionalProperties", "patternProperties", step=OTHER)

    def below(self, part: str | int) -> Property | None:
        """Return the property of a value at a key or a number inside a value of this one; None if there is none."""
        if isinstance(part, int):
            return self.item
        return self.properties.get(part, self.others)

    def declared(self) -> Iterator[Property]:
        """Yield every property below this one, at every depth, in the order of the schema.

        A schema that refers to itself is followed once.
        """
        yield from self._declared(frozenset())

    def values(self, data: Any, path: Path_ = ()) -> Iterator[Value]:
        """Yield the value ``data`` of this property, which stands at ``path``, and all values below it."""
        yield Value(path, data, self)
        if isinstance(data, dict):
            for key, value in data.items():
                child = self.properties.get(key, self.others)
                if child is not None:
                    yield from child.values(value, (*path, key))
        elif isinstance(data, list) and self.item is not None:
            for number, value in enumerate(data):
                yield from self.item.values(value, (*path, number))

    def _is_set(self, keyword: str) -> bool:
        return self.schema.get(keyword) is True

    def _from(self, *keywords: str, step: str) -> Property | None:
        """Return the child that some keywords declare: a schema, a list of schemas, or a mapping of schemas."""
        parts: list[Part] = []
        for part in self.parts:
            for keyword in keywords:
                declared = part.schema.get(keyword)
                children = declared if isinstance(declared, list) else [declared]
                if keyword == "patternProperties":
                    children = list(_mapping(declared).values())
                parts += [Part(child, part.is_alternative, part.is_condition) for child in children]
        parts = [part for part in parts if isinstance(part.schema, dict)]
        return self._child(step, parts, is_required=step == ITEM) if parts else None

    def _child(self, step: str, parts: list[Part], *, is_required: bool) -> Property:
        return Property((*self.path, step), tuple(expanded(parts, self._resolve)), is_required, self._resolve)

    def _declared(self, seen: frozenset[int]) -> Iterator[Property]:
        if len(self.path) > MAX_DEPTH:
            return
        children = [*self.properties.values(), *filter(None, [self.item, self.others])]
        for child in children:
            yield child
            known = {id(part.schema) for part in child.parts}
            if not known & seen:
                yield from child._declared(seen | known)  # noqa: SLF001  # of the same class  # noqa: SLF001  # of the same class


class Part(NamedTuple):
    """A schema that applies to a property: always, as one of several alternatives, or only under a condition."""

    schema: Any
    is_alternative: bool = False
    is_condition: bool = False


def _mapping(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def expanded(
    parts: Iterable[Part], resolve: Callable[[Schema], Schema | None], seen: set[int] | None = None
) -> Iterator[Part]:
    """Yield the schemas, what they refer to, and their alternatives, each once and before what it is made of."""
    seen = set() if seen is None else seen
    for part in parts:
        if not isinstance(part.schema, dict) or id(part.schema) in seen:
            continue  # true and false are schemas, too
        seen.add(id(part.schema))
        yield part
        below = []
        if (target := resolve(part.schema)) is not None:
            below.append(part._replace(schema=target))
        for keyword in _ALTERNATIVES:
            declared = part.schema.get(keyword)
            is_alternative = part.is_alternative or keyword != "allOf"
            children = declared if isinstance(declared, list) else ()
            below += [part._replace(schema=child, is_alternative=is_alternative) for child in children]
        conditions = [part.schema[keyword] for keyword in _CONDITIONS if keyword in part.schema]
        below += [Part(child, is_alternative=True, is_condition=True) for child in conditions]
        yield from expanded(below, resolve, seen)


TYPES: Final = {
    "string": "text",
    "integer": "a whole number",
    "number": "a number",
    "boolean": "true or false",
    "array": "a list",
    "object": "a mapping of keys and values",
    "null": "empty",
}
"""The types of JSON, as messages and documentation call them."""
