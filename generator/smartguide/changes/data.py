"""What a comparison says to a program: JSON, whose keys docs/extending.md lists."""

from __future__ import annotations

from typing import Any, Final

from smartguide.changes.comparing import ChangedRecord, Comparison
from smartguide.changes.escaping import as_json
from smartguide.changes.revisions import Commit
from smartguide.changes.values import Change
from smartguide.findings import key_path
from smartguide.model import urls
from smartguide.model.knowledge_base import Record, Reference

VERSION: Final = 1


def json(comparison: Comparison) -> str:
    """Return a comparison as JSON; it ends with a line feed."""
    return as_json(as_data(comparison)) + "\n"


def as_data(comparison: Comparison) -> dict[str, Any]:
    """Return a comparison as data that JSON can hold."""
    return {
        "schema_version": VERSION,
        "base": {**_commit(comparison.base), "wanted": comparison.wanted.id},
        "head": _commit(comparison.head),
        "notes": list(comparison.notes),
        "records": [_changed(one) for one in comparison.records],
        "chapters": [
            {
                "what": str(one.what),
                "path": one.path,
                "title": one.title,
                "url": one.url,
                "former_path": one.former_path,
                "lines_added": one.lines_added,
                "lines_removed": one.lines_removed,
                "passages": [{"was": was, "now": now} for was, now in one.passages],
            }
            for one in comparison.chapters
        ],
        "files": [{"what": str(one.what), "path": one.path, "of": one.of} for one in comparison.files],
        "kinds": [{"kind": one.title, "says": list(one.says)} for one in comparison.kinds],
        "links": {
            "gained": [{"url": one.url, "files": list(one.files)} for one in comparison.urls_gained],
            "lost": [{"url": one.url, "files": list(one.files)} for one in comparison.urls_lost],
        },
        "references": {
            "gained": [_reference(one) for one in comparison.references_gained],
            "lost": [_reference(one) for one in comparison.references_lost],
        },
        "pages": [
            {"what": str(one.what), "url": one.url, "why": list(one.why), "shows": one.shows}
            for one in comparison.pages
        ],
        "figures": [{"figure": one.words, "before": one.before, "after": one.after} for one in comparison.figures],
        "findings": {
            "gained": [one.as_dict() for one in comparison.findings_gained],
            "lost": [one.as_dict() for one in comparison.findings_lost],
        },
    }


def _commit(commit: Commit | None) -> dict[str, str | None]:
    return {"revision": commit.named if commit else None, "commit": commit.id if commit else None}


def _record(record: Record) -> dict[str, str]:
    return {
        "collection": record.collection.name,
        "id": record.id,
        "label": record.label,
        "path": record.path,
        "url": urls.record(record),
    }


def _changed(one: ChangedRecord) -> dict[str, Any]:
    return {
        "what": str(one.what),
        "kind": one.record.kind.title,
        **_record(one.record),
        "former": _record(one.former) if one.former else None,
        "redirected": one.told if one.former else None,
        "into": _record(one.into) if one.into else None,
        "values": [_value(change) for change in one.values],
    }


def _value(change: Change) -> dict[str, Any]:
    return {
        "what": str(change.what),
        "key": key_path(change.path),
        "title": list(change.words),
        "was": change.was,
        "now": change.now,
        "before": change.before,
        "after": change.after,
        "places": list(change.places) if change.places else None,
    }


def _reference(one: Reference) -> dict[str, Any]:
    return {"from": _record(one.source), "to": _record(one.target), "through": one.through.name}
