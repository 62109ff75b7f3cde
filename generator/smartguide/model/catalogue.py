"""The catalogue, ``content/catalogue.yml``: which collections there are, and the records of each.

A collection's records are gathered with ``!include``: a wildcard makes one record of each file (the file's name is the
id), a single file holds several records under their ids.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any, Final

from smartguide.findings import Finding, Place, did_you_mean, key_path, quoted
from smartguide.model.entries import ID, MAX_ID, Entry, slug
from smartguide.model.kinds import Kind
from smartguide.model.properties import Property
from smartguide.model.schema_files import SUFFIX, Kinds
from smartguide.reading import Document, Path_

CATALOGUE: Final = "catalogue.yml"
TAKEN: Final = {"index": "the list of all collections", "quality": "the quality of all records"}
"""Names that the API has another use for, and what that is."""
Breadcrumb = tuple[str, str]
"""The words of a breadcrumb and the URL that it leads to, relative to the root of the site."""


@dataclass(frozen=True, eq=False)
class Declaration:
    """What the catalogue declares of a collection.

    ``url`` is where its pages stand (without slashes at the ends), ``one_page`` whether its records share a page, on
    which each has an anchor. ``boost`` is how much more its pages weigh in the search, ``standalone`` whether its
    records are read for their own sake, also where no other refers to them. ``breadcrumbs`` are the sections between
    the home page and the index of the collection. ``order_by`` are the properties by which the records follow each
    other, each with the keys that lead to it, if need be through a reference (``("area", "order")``); without them
    they do by name. The newest value of ``dated_by`` says from when the data are. ``columns`` are the keys of what its
    list shows (``model.columns``).
    """

    name: str
    kind: Kind
    template: str
    url: str
    title: str
    intro: str = ""
    one_page: bool = False
    boost: float = 1
    standalone: bool = False
    breadcrumbs: tuple[Breadcrumb, ...] = ()
    order_by: tuple[tuple[str, ...], ...] = ()
    dated_by: str = ""
    columns: tuple[str, ...] = ()


def declarations(catalogue: Document, kinds: Kinds) -> Iterator[Declaration | Finding]:
    """Yield the declaration of each collection of a catalogue that keeps to its schema, and what is wrong with others.

    Nothing is said of a collection whose schema cannot be used: that is a finding of the schema.
    """
    taken: dict[str, str] = {}
    sections: dict[str, str] = catalogue.data.get("sections", {})
    for name, entry in catalogue.data["collections"].items():
        way: Path_ = ("collections", name)
        url = entry.get("url", name).strip("/")
        if url in taken or name in TAKEN:
            first = quoted(taken[url]) if url in taken else TAKEN[name]
            message = f"the pages of {quoted(name)} would take the place of those of {first}"
            yield Finding(catalogue.key_at(way), "catalogue", message, key_path(way), "give it another name or url")
            continue
        taken[url] = name
        kind = kinds.by_name.get(entry["schema"])
        if kind is None:
            if entry["schema"] not in kinds.failed:
                place = catalogue.value_at((*way, "schema"))
                missing = f"write schemas/{entry['schema']}{SUFFIX}"
                hint = did_you_mean(entry["schema"], kinds.by_name) or missing
                message = f"no schema {quoted(entry['schema'])}"
                yield Finding(place, "catalogue", message, key_path((*way, "schema")), hint)
            continue
        if not catalogue.has_include((*way, "records")):
            place = catalogue.key_at((*way, "records"))
            hint = f"for example: records: !include {name}/*.yml"
            message = "records are gathered with !include"
            yield Finding(place, "catalogue", message, key_path((*way, "records")), hint)
        yield from _unknown_properties(catalogue, name, kind, kinds)
        yield Declaration(
            name,
            kind,
            entry.get("template", entry["schema"]),
            url,
            entry.get("title", kind.plural),
            entry.get("intro", ""),
            one_page=entry.get("pages", "each") == "one",
            boost=entry.get("boost", 1),
            standalone=entry.get("standalone", False),
            breadcrumbs=tuple(
                (title, f"{prefix}/") for prefix, title in sections.items() if url.startswith(f"{prefix}/")
            ),
            order_by=tuple(tuple(one.split(".")) for one in entry.get("order_by", ())),
            dated_by=entry.get("dated_by", ""),
            columns=tuple(entry.get("columns", ())),
        )


def _unknown_properties(catalogue: Document, name: str, kind: Kind, kinds: Kinds) -> Iterator[Finding]:
    """Yield what ``order_by`` and ``dated_by`` of a collection name, but no schema declares."""
    entry = catalogue.data["collections"][name]
    asked: list[tuple[Path_, str]] = [(("order_by", at), one) for at, one in enumerate(entry.get("order_by", ()))]
    asked += [(("dated_by",), entry["dated_by"])] if "dated_by" in entry else []
    for way, keys in asked:
        asked_of: Kind | None = kind
        declared: Property | None = None
        for number, key in enumerate(keys.split(".")):
            message = ""
            if number and (declared is None or declared.ref is None):
                message = f"{quoted(keys.rpartition('.')[0])} refers to no other records"
            elif number and declared is not None and declared.ref is not None:
                target = catalogue.data["collections"].get(declared.ref.collection, {})
                asked_of = kinds.by_name.get(target.get("schema", ""))
            if asked_of is None:
                break  # that a reference leads nowhere is a finding of the schema
            declared = asked_of.root.properties.get(key)
            if not message and declared is None:
                message = f"the schema {quoted(asked_of.name)} declares no property {quoted(key)}"
            if message:
                hint = did_you_mean(key, asked_of.root.properties) or "name a property of the records"
                place = catalogue.value_at(("collections", name, *way))
                yield Finding(place, "catalogue", message, key_path(("collections", name, *way)), hint)
                break


def documents(catalogue: Document, collection: str) -> tuple[list[Document], bool]:
    """Return the files of a collection's records, and whether each file is one record."""
    way: Path_ = ("collections", collection, "records")
    return catalogue.included(way), catalogue.is_gathered(way)


def without_records(data: dict[str, Any]) -> dict[str, Any]:
    """Return the catalogue without the records themselves, which have schemas of their own."""
    entries = data.get("collections")
    if not isinstance(entries, dict):
        return data
    bare = {
        name: {**entry, "records": []} if isinstance(entry, dict) and "records" in entry else entry
        for name, entry in entries.items()
    }
    return {**data, "collections": bare}


def _as_mapping(data: Any) -> str:
    """Say how to write the records of a file that are no mapping: in a list, most begin with their id."""
    first = data[0] if isinstance(data, list) and data else None
    key, value = next(iter(first.items())) if isinstance(first, dict) and first else ("", None)
    if isinstance(value, str) and ID.match(value):
        return f"write {quoted(f'{value}:')} in the place of {quoted(f'- {key}: {value}')}, and so for each record"
    if key:
        return "begin each record with a line of its id and ':', and write its keys below it, indented, without '- '"
    return "write 'some-id:' and the record below it"


def entries(declaration: Declaration, document: Document, *, one_a_file: bool) -> Iterator[Entry | Finding]:
    """Yield the records of one file, and what is wrong with those that cannot be used."""
    name = PurePosixPath(document.path).stem
    if one_a_file:
        found: list[tuple[str, Any, Path_]] = [(name, document.data, ())]
    elif isinstance(document.data, dict):
        found = [(name, data, (name,)) for name, data in document.data.items()]
    else:
        message = "must be a mapping of ids and records"
        yield Finding(document.value_at(()), "type", message, hint=_as_mapping(document.data))
        return
    below = {one for one, data, _ in found if not (one_a_file or isinstance(data, dict))} & {
        *declaration.kind.root.properties
    }
    for number, (record_id, data, base) in enumerate(found):
        place = document.key_at(base) if base else Place(document.path)
        if not ID.match(record_id) or len(record_id) > MAX_ID:
            right = slug(record_id)
            hint = f"rename the file to {quoted(right + '.yml', MAX_ID)}" if one_a_file else f"write {quoted(right)}"
            message = f"the id {quoted(record_id)} is not lower-case ASCII words joined by '-'"
            if len(record_id) > MAX_ID:
                message = f"the id {quoted(record_id)} has {len(record_id)} characters; it may have {MAX_ID}"
                hint = "give the file a shorter name" if one_a_file else "write a shorter one"
            yield Finding(place, "id", message, hint=hint)
        elif data is None and [one for one, *_ in found[number + 1 : number + 2] if one in below]:
            continue  # the next line belongs to it, and is told
        elif not isinstance(data, dict) and record_id in below:
            message = f"{quoted(record_id)} is a key of a record, and stands where the ids of records stand"
            yield Finding(place, "type", message, hint="indent it by two spaces, below the id of its record")
        elif not isinstance(data, dict):
            message = "a record must be a mapping of keys and values"
            key = declaration.kind.label_key or "key"
            begin = f"begin it with '{key}: …'" + (
                ", below it and indented by two spaces" if base and data is None else ""
            )
            hint = "a file holds one record: delete the '- '" if isinstance(data, list) and not base else begin
            yield Finding(document.value_at(base), "type", message, key_path(base), hint)
        else:
            yield Entry(declaration.name, declaration.kind, record_id, data, document, base)
