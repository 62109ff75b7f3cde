"""One complete record of a kind, made of the examples in its schema, so that it says what the schema says."""

from __future__ import annotations

from typing import Any, Final

from smartguide.model.kinds import Kind
from smartguide.model.properties import Property

_NONE: Final = object()


def complete(kind: Kind) -> dict[str, Any]:
    """Return a record with every property that can stand beside those before it, in the order of the schema.

    Properties that are required come first to be tried. One that would break the schema beside them is left out, such
    as the second of two of which a record has only one.
    """
    made = {name: value for name, value in _of_mapping(kind.root).items() if kind.root.properties[name].is_required}
    for name, prop in kind.root.properties.items():
        for value in _values(prop) if name not in made else ():
            tried = {**made, name: value}
            if _faults(kind, tried) <= _faults(kind, made):
                made = tried
                break
    return {name: made[name] for name in kind.root.properties if name in made}


def _faults(kind: Kind, record: dict[str, Any]) -> int:
    return sum(1 for _ in kind.validator.iter_errors(record))


def _values(prop: Property) -> list[Any]:
    """Return what may be tried as the value of a property: what its parts are made of, then the examples themselves."""
    found = _value(prop)
    return [*([] if found is _NONE else [found]), *prop.schema.get("examples", ())]


def _value(prop: Property) -> Any:
    """Return the example of a value, which of a mapping and of a list of mappings has all parts."""
    if prop.properties and "object" in prop.types:
        return _of_mapping(prop)
    item = prop.item
    if item is not None and item.properties and "object" in item.types:
        return [_of_mapping(item)]
    given = prop.schema.get("examples") or prop.schema.get("enum") or [prop.schema.get("const", _NONE)]
    return given[0]


def _of_mapping(prop: Property) -> dict[str, Any]:
    values = {name: _value(child) for name, child in prop.properties.items()}
    return {name: value for name, value in values.items() if value is not _NONE}
