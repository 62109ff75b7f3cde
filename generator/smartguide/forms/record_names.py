"""The names of the records of each collection, by which a form finds those to which a record refers."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from smartguide.model.knowledge_base import Collection, KnowledgeBase, Record


def keys_by_collection(base: KnowledgeBase) -> dict[str, set[str]]:
    """Return the properties by which references name the records of collections, instead of by their ids."""
    found: dict[str, set[str]] = {}
    for collection in base.collections.values():
        for prop in collection.kind.references.values():
            if prop.ref and prop.ref.key:
                found.setdefault(prop.ref.collection, set()).add(prop.ref.key)
    return found


def rows(collection: Collection, keys: Iterable[str]) -> list[list[Any]]:
    """Return a row for each record, in the order of names: id, name, other names, values of ``keys``, former ids.

    What is empty at the end of a row is left out.
    """
    wanted = sorted(keys)
    return [_row(record, wanted) for record in collection.by_name()]


def _row(record: Record, keys: list[str]) -> list[Any]:
    values = {key: str(record.data[key]) for key in keys if key in record.data}
    row: list[Any] = [record.id, record.label, list(record.other_names), values, record.former_ids]
    while not row[-1]:
        row.pop()
    return row
