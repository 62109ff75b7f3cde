"""Records as templates see them: what the schema knows can be asked for."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from smartguide.model.names import unknown
from smartguide.model.properties import OTHER, Property


class Fields:
    """A mapping of a record for templates: each key that the schema knows can be asked for; any other is an error.

    A key that the record leaves out is None. Raises UnknownNameError for a key that the schema does not know.
    """

    def __init__(self, declared: Property, data: dict[str, Any]) -> None:
        self._declared = declared
        self._data = data

    def __getitem__(self, key: str) -> Any:
        child = self._declared.below(key)
        if key in self._data:
            return fields(child, self._data[key])
        if child is None or (child.path[-1] == OTHER):
            raise unknown("property", key, self._declared.properties)
        return None

    def optional(self, key: str) -> Any:
        """Return a value for templates that serve several kinds: None also where the kind has no such property."""
        return fields(self._declared.below(key), self._data.get(key))

    def __iter__(self) -> Iterator[str]:
        return iter(self._data)

    def __len__(self) -> int:
        return len(self._data)

    def __contains__(self, key: object) -> bool:
        return key in self._data

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Fields) and self._data == other._data

    def __hash__(self) -> int:
        return id(self)


def fields(declared: Property | None, data: Any) -> Any:
    """Return a value of a record for templates: mappings as ``Fields``, everything else as it is."""
    if isinstance(data, dict) and declared is not None:
        return Fields(declared, data)
    if isinstance(data, list):
        item = declared.item if declared is not None else None
        return [fields(item, value) for value in data]
    return data
