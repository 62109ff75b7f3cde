"""What lists show and filter by, for the script of the index page: ``/api/v1/<collection>--list.json``.

It is written by columns, and each value to choose from once, so that it stays small with thousands of records:

- ``id``, ``label``, ``summary``, ``names`` (other names, to be found by): of each record, in the order of the list.
- ``columns``: each with ``key``, ``title``, ``type`` (see ``model.columns``), ``filter``, ``shown`` and ``of``, the
  values of each record: null, one value, or a list. Of choices and records these are positions in ``values``, each of
  which is the value as it is written, the words for it, and the URL of its page from the root of the site, if any.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, Final

from smartguide.extensions import export
from smartguide.model import urls
from smartguide.model.columns import CHOICE, RECORDS, Choice, Column, columns
from smartguide.model.knowledge_base import Collection, KnowledgeBase, Record

SCHEMA_VERSION: Final = "1.0"


@export("lists")
def files(base: KnowledgeBase, site_url: str = "") -> Iterator[tuple[str, str]]:  # noqa: ARG001  # an export's signature
    """Yield the path and the content of the file of each collection whose list has filters."""
    for collection in base.collections.values():
        if shown := columns(collection):
            text = json.dumps(as_published(collection, shown), ensure_ascii=False, separators=(",", ":"))
            yield urls.api_list(collection.name), text + "\n"


def as_published(collection: Collection, shown: tuple[Column, ...]) -> dict[str, Any]:
    """Return the list of a collection with some columns."""
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
        "columns": [_column(one, records) for one in shown],
    }


def _column(column: Column, records: list[Record]) -> dict[str, Any]:
    cells = [column.of(record) for record in records]
    about: dict[str, Any] = {"key": column.key, "title": column.title, "type": column.form}
    about |= {"filter": column.is_filter, "shown": column.is_shown}
    if column.form not in (CHOICE, RECORDS):
        return {**about, "of": [_short(list(cell)) for cell in cells]}
    numbers: dict[Choice, int] = {}
    of = [_short([numbers.setdefault(one, len(numbers)) for one in cell if isinstance(one, Choice)]) for cell in cells]
    return {**about, "values": [_value(one) for one in numbers], "of": of}


def _value(choice: Choice) -> list[str]:
    of = [choice.value, choice.label]
    return [*of, urls.record(choice.record)] if choice.record else of


def _short(cell: list[Any]) -> Any:
    return cell if len(cell) > 1 else cell[0] if cell else None
