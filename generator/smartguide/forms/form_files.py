"""The files of the form, below ``/api/v1/``.

- ``forms/<collection>.json``: what the form of a collection is made of; ``types/form.d.ts`` says what each key is.
- ``forms/names--<collection>.json``: the names of the records of a collection; see ``record_names``.
- ``<collection>/<id>.yml``, or ``<collection>.yml`` if one file holds all records: the files to be corrected, to the
  byte.
"""

from __future__ import annotations

import functools
import json
import os
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Any, Final

from smartguide.extensions import Export, Extensions
from smartguide.forms.bundling import bundled
from smartguide.forms.forge import forge
from smartguide.forms.only_ci import only_ci
from smartguide.forms.record_names import keys_by_collection, rows
from smartguide.model import urls
from smartguide.model.knowledge_base import Collection, KnowledgeBase
from smartguide.model.schema_files import SUFFIX
from smartguide.settings import Settings

FOLDER: Final = f"{urls.API}forms/"


def export(settings: Settings, extensions: Extensions) -> Export:
    """Return the export of what the form of a project is made of."""
    function = functools.partial(files, settings=settings, extensions=extensions)
    return Export("forms", lambda base, _: function(base), __doc__ or "")


def files(base: KnowledgeBase, *, settings: Settings, extensions: Extensions) -> Iterator[tuple[str, str]]:
    """Yield the path and the text of every file of the form.

    A collection without records has no form: nothing says where the file of its first record is to be.
    """
    keys = keys_by_collection(base)
    for collection in base.collections.values():
        yield names_url(collection.name), _json(rows(collection, keys.get(collection.name, ())))
        if len(collection):
            made = as_published(collection, settings=settings, extensions=extensions)
            yield f"{FOLDER}{collection.name}.json", _json(made)
            yield from _sources(collection)


def names_url(collection: str) -> str:
    """Return the URL of the names of a collection. Two hyphens are in no name."""
    return f"{FOLDER}names--{collection}.json"


def as_published(collection: Collection, *, settings: Settings, extensions: Extensions) -> dict[str, Any]:
    """Return what the form of a collection with records is made of."""
    base, kind = collection.base, collection.kind
    pattern = file_pattern(collection)
    path = PurePosixPath(pattern)
    in_one_file = "*" not in pattern
    schema = os.path.relpath(f"schemas/{kind.name}{SUFFIX}", path.parent).replace(os.sep, "/")
    referred = {prop.ref.collection for prop in kind.references.values() if prop.ref}
    return {
        "collection": collection.name,
        "title": kind.title,
        "plural": kind.plural,
        "folder": str(path.parent),
        "file": path.name if in_one_file else "<id>.yml",
        "in_one_file": in_one_file,
        "schema_line": "" if in_one_file else f"# yaml-language-server: $schema={schema}",
        "schema": bundled(kind),
        "label": kind.label_key,
        "summary": kind.summary_key,
        "only_ci": list(only_ci(collection, extensions)),
        "named_by": list(_named_by(collection)),
        "dates": _dates(collection),
        "targets": {
            name: _target(base[name]) for name in sorted({collection.name, *referred}) if name in base.collections
        },
        "url": urls.collection(collection),
        "taken": list(_taken(collection)),
        "taken_ids": _taken_ids(collection),
        "email": settings.form.email,
        "forge": forge(settings),
    }


def file_pattern(collection: Collection) -> str:
    """Return where the records of a collection are: ``content/tours/*.yml``, or the one file that holds them all.

    It is empty if the collection has no records.
    """
    first = next(iter(collection), None)
    if first is None:
        return ""
    return first.path if first.entry.base else f"{first.path.rpartition('/')[0]}/*.yml"


def _target(collection: Collection) -> dict[str, Any]:
    return {
        "title": collection.kind.title,
        "file": file_pattern(collection),
        "names": names_url(collection.name),
        "total": len(collection),
    }


def _named_by(collection: Collection) -> Iterator[str]:
    """Yield the collections whose records can name one of this collection, if readers find it only through others."""
    if collection.standalone:
        return
    for one in collection.base.collections.values():
        references = one.kind.references.values()
        if len(one) and any(prop.ref and prop.ref.collection == collection.name for prop in references):
            yield one.name


def _dates(collection: Collection) -> dict[str, dict[str, str]]:
    """Return the dates of the documents with which a record can be compared (``x-verified``): by collection and id."""
    named = {
        prop.ref.collection
        for prop in collection.kind.having("x-verified")
        if prop.ref and prop.ref.collection in collection.base
    }
    return {
        name: {record.id: record.own_date for record in collection.base[name] if record.own_date}
        for name in sorted(named)
    }


def _taken(collection: Collection) -> Iterator[dict[str, Any]]:
    """Yield the values that no other record of a collection may have (``x-unique``)."""
    for prop in sorted(collection.kind.having("x-unique"), key=lambda prop: prop.name):
        declared = prop.schema["x-unique"]
        if declared == "list":
            continue
        per = str(declared["per"]) if isinstance(declared, dict) else ""
        values = [
            [value.value, str(record.data.get(per)) if per else "", record.id]
            for record in collection
            for value in record.entry.values_of("x-unique")
            if value.property is prop and isinstance(value.value, str | int | float)
        ]
        yield {"property": prop.name, "per": per, "values": values}


def _taken_ids(collection: Collection) -> dict[str, str]:
    """Return the ids with which a record would have the URL of another page, each with the words for that page."""
    if collection.one_page:
        return {}
    base, prefix = collection.base, urls.collection(collection)
    pages = {urls.collection(found): f"the index of {found.name}" for found in base.collections.values()}
    pages |= {urls.page(chapter).casefold(): f"content/{chapter}" for chapter in base.chapters}
    taken = {
        url.removeprefix(prefix).rstrip("/"): words
        for url, words in pages.items()
        if url.startswith(prefix) and url != prefix
    }
    return {one: words for one, words in taken.items() if "/" not in one} | dict.fromkeys(
        urls.INDEXES, f"the index of {collection.name}"
    )


def _sources(collection: Collection) -> Iterator[tuple[str, str]]:
    """Yield the file of each record as it is, once."""
    told: set[str] = set()
    for record in collection:
        if record.path in told:
            continue
        told.add(record.path)
        try:
            text = (collection.base.root / record.path).read_bytes().decode("utf-8")
        except (OSError, UnicodeDecodeError):
            continue  # it has changed since it was read
        name = f"{collection.name}.yml" if record.entry.base else f"{collection.name}/{record.id}.yml"
        yield f"{urls.API}{name}", text


def _json(data: Any) -> str:
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")) + "\n"
