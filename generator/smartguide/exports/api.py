"""The static JSON API: ``/api/v1/<collection>.json`` and ``/api/v1/<collection>/<id>.json``.

A record is the record as written, plus ``id``, ``url`` (from the root of the host) and ``referenced_by``; its
references are ids. The inside of the knowledge base may change without the API: what is in an answer is decided here.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, Final

from smartguide.extensions import export
from smartguide.model import urls
from smartguide.model.knowledge_base import KnowledgeBase, Record

SCHEMA_VERSION: Final = "1.0"


@export("api")
def files(base: KnowledgeBase, site_url: str = "") -> Iterator[tuple[str, str]]:
    """Yield the path and the content of every file of the API, the list of collections included."""
    for collection in base.collections.values():
        result = [as_published(record, site_url) for record in collection]
        envelope = {
            "schema_version": SCHEMA_VERSION,
            "collection": collection.name,
            "total": len(result),
            "result": result,
        }
        yield urls.api_collection(collection.name), _json(envelope)
        for record, published in zip(collection, result, strict=True):
            content = _json({"schema_version": SCHEMA_VERSION, "result": published})
            for record_id in (record.id, *record.former_ids):
                yield urls.api_record(collection.name, record_id), content
    listed = [
        {
            "collection": collection.name,
            "title": collection.title,
            "total": len(collection),
            "url": urls.on_host(urls.api_collection(collection.name), site_url),
            "schema": urls.on_host(urls.schema(collection.kind.name), site_url),
        }
        for collection in base.collections.values()
    ]
    yield f"{urls.API}index.json", _json({"schema_version": SCHEMA_VERSION, "total": len(listed), "result": listed})


def as_published(record: Record, site_url: str = "") -> dict[str, Any]:
    """Return a record as the API of the site at ``site_url`` gives it."""
    referenced_by = sorted(
        {(*link.source, link.through.name) for link in record.base.links.to_record(record.entry.key)}
    )
    return {
        "id": record.id,
        "url": urls.on_host(urls.record(record), site_url),
        **record.data,
        "referenced_by": [
            {"collection": collection, "id": record_id, "property": name}
            for collection, record_id, name in referenced_by
        ],
    }


def _json(data: dict[str, Any]) -> str:
    return json.dumps(data, ensure_ascii=False) + "\n"
