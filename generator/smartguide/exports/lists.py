"""What lists show and filter by, for the script of the index page: ``/api/v1/<collection>--list.json``.

It is written by columns, and each value to choose from once, so that it stays small with thousands of records:

- ``id``, ``label``, ``summary``, ``names`` (other names, to be found by): of each record, in the order of the list.
- ``columns``: each with ``key``, ``title``, ``type`` (see ``model.columns``), ``filter``, ``shown`` and ``of``, the
  values of each record: null if none is known, one value, or a list (empty if it is known that there is none). Of
  choices and records these are positions in ``values``, each of which is the value as it is written, the words for it,
  and of a record the URL of its page from the root of the site and, of choices, its other names (those that the search
  knows), if it has any.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, Final

from smartguide.extensions import Export, Extensions
from smartguide.model import urls
from smartguide.model.columns import CHOICE, RECORDS, Choice, Column, columns
from smartguide.model.knowledge_base import Collection, KnowledgeBase, Record

SCHEMA_VERSION: Final = "1.0"


def export(extensions: Extensions) -> Export:
    """Return the export of the lists, whose values are found by the names that a project adds for the search."""
    return Export("lists", lambda base, _: files(base, extensions), __doc__ or "")


def files(base: KnowledgeBase, extensions: Extensions) -> Iterator[tuple[str, str]]:
    """Yield the path and the content of the file of each collection whose list has filters."""
    for collection in base.collections.values():
        if shown := columns(collection):
            published = as_published(collection, shown, extensions)
            text = json.dumps(published, ensure_ascii=False, separators=(",", ":"))
            yield urls.api_list(collection.name), text + "\n"


def as_published(collection: Collection, shown: tuple[Column, ...], extensions: Extensions) -> dict[str, Any]:
    """Return the list of a collection with some columns. Raises ExtensionError if names for the search fail."""
    records = collection.by_name()
    return {
        "schema_version": SCHEMA_VERSION,
        "collection": collection.name,
        "title": collection.title,
        "one": collection.kind.title,
        "name": collection.kind.label_key or "id",
        "url": urls.collection(collection),
        "pages": "one" if collection.one_page else "each",
        "total": len(records),
        "id": [record.id for record in records],
        "label": [record.label for record in records],
        "summary": [record.summary for record in records],
        "names": [" · ".join(name for name in record.other_names if name != record.summary) for record in records],
        "columns": [_column(one, records, extensions) for one in shown],
    }


def _column(column: Column, records: list[Record], extensions: Extensions) -> dict[str, Any]:
    cells = [column.of(record) for record in records]
    about: dict[str, Any] = {"key": column.key, "title": column.title, "type": column.form}
    about |= {"filter": column.is_filter, "shown": column.is_shown}
    if column.form not in (CHOICE, RECORDS):
        return {**about, "of": [_short(list(cell)) for cell in cells]}
    numbers: dict[Choice, int] = {}
    of = [[numbers.setdefault(one, len(numbers)) for one in cell if isinstance(one, Choice)] for cell in cells]
    values = [_value(one, column, extensions) for one in numbers]
    return {**about, "values": values, "of": [[] if column.is_counted and not one else _short(one) for one in of]}


def _value(choice: Choice, column: Column, extensions: Extensions) -> list[str]:
    of = [choice.value, choice.label]
    if choice.record is None:
        return of
    known = extensions.names_of(choice.record) if column.form == CHOICE else ()
    names = [name for name in known if name not in (choice.value, choice.label)]
    return [*of, urls.record(choice.record), *([" · ".join(names)] if names else [])]


def _short(cell: list[Any]) -> Any:
    return cell if len(cell) > 1 else cell[0] if cell else None
